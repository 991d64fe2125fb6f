"""The till that asks for the next shift: after a forgotten one, past midnight, with a clock set back."""

from __future__ import annotations

from datetime import timedelta

from pytestqt.qtbot import QtBot

from pos.clock import stopped_at
from pos.ledger import Ledger
from tests.books import DAY, MOMENT, end_shift, sell, shift_of
from tests.ui.closing.screen import closed, shown
from tests.ui.hands import button, tap, texts
from ui import work
from ui.theme import Theme
from ui.till.open_shift import OpenShift


def test_a_forgotten_shift_is_closed_before_the_next_and_never_blocks(
    qtbot: QtBot, theme: Theme, till: Ledger
) -> None:
    sell(till, {"PECI": 1})
    till.clock = stopped_at(MOMENT + timedelta(days=1))
    for frame in shown(qtbot, theme, till):
        opening = frame.desk.currentWidget()
        assert isinstance(opening, OpenShift)
        assert "Sif Jum, 14 Apr 2023, 14.07 belum ditutup." in texts(opening)
        assert not opening.open.isVisible()
        tap(button(opening, "Tutup tanpa dihitung"))
        assert any("petugas" in text for text in texts(opening))
        frame.app.sign_in(frame.app.staff["sari"])
        tap(button(opening, "Tutup tanpa dihitung"))
        work.finish()
        assert closed(till).uncounted
        assert closed(till).day == DAY
        assert opening.drawer.amount == 250_000
        tap(button(opening, "Buka sif"))
        assert (shift_of(till).day, shift_of(till).cashier) == (DAY + timedelta(days=1), "sari")


def test_after_midnight_the_evenings_shift_may_go_on(qtbot: QtBot, theme: Theme, till: Ledger) -> None:
    till.clock = stopped_at(MOMENT.replace(hour=0, minute=20) + timedelta(days=1))
    for frame in shown(qtbot, theme, till):
        tap(button(frame.desk, "Lanjutkan sif ini"))
        assert frame.desk.currentWidget() is frame.desk.till
        assert frame.app.shift == shift_of(till)


def test_a_clock_set_back_is_told_beside_the_day_and_noted(qtbot: QtBot, theme: Theme, till: Ledger) -> None:
    end_shift(till)
    till.clock = stopped_at(MOMENT - timedelta(days=1))
    for frame in shown(qtbot, theme, till):
        opening = frame.desk.currentWidget()
        assert isinstance(opening, OpenShift)
        assert opening.day.day == DAY  # that of the papers, not the clock's
        assert any("Jam komputer mundur" in text for text in texts(opening))
        tap(button(opening, "Hari sesudahnya"))
        tap(button(opening, "Hari sebelumnya"))
        tap(button(opening, "Buka sif"))
        work.finish()
        assert shift_of(till).day == DAY
        end_shift(till)
        assert closed(till).report["clock_noted"] == 1

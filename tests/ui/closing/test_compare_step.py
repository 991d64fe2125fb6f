"""What was counted beside what should be there: differences, reasons, who allows them."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from pos.drawer_count import kept_counts
from pos.ledger import Ledger
from pos.shifts import current_shift
from tests.books import shift_of
from tests.ui.closing.screen import AHMAD, SARI, asking, closed, count, officers, page
from tests.ui.hands import button, buttons, key, tap, texts, type_text
from ui import work
from ui.closing.compare_step import _Sum
from ui.frame import Frame


def test_a_difference_is_told_and_asks_for_its_reason(frame: Frame, till: Ledger) -> None:
    shown = page(frame)
    count(2, 0, 2)
    key(Qt.Key.Key_F9)
    assert {"Kurang", "Rp10.000"} <= set(texts(shown))
    key(Qt.Key.Key_F9)
    assert current_shift(till) is not None
    assert any("sebab" in text.lower() and "laci" in text for text in texts(shown))
    tap(button(shown, "Salah kembalian"))
    shown.compare.reason.edit.setFocus()
    type_text("Kaos Sablon")
    key(Qt.Key.Key_Return)
    assert (closed(till).reason, closed(till).difference) == ("Salah kembalian: Kaos Sablon", -10_000)


def test_a_large_difference_is_approved_by_a_second_person(frame: Frame, till: Ledger) -> None:
    officers(frame, till)
    frame.app.sign_in(frame.app.staff["sari"])  # who has the right, but counted it
    shown = page(frame)
    count(1)
    key(Qt.Key.Key_F9)
    tap(button(shown, "Lainnya"))
    tap(button(shown, "Tutup sif & cetak Z"))
    sheet = asking(frame)
    assert "Uang di laci berselisih Rp150.000." in texts(sheet)
    assert not [one for one in buttons(sheet) if one.accessibleName().startswith("Sari")]
    tap(button(sheet, "Tidak jadi"))
    assert current_shift(till) is not None
    tap(button(shown, "Tutup sif & cetak Z"))
    sheet = asking(frame)
    for digit in SARI:  # theirs opens nothing
        tap(button(sheet, digit))
    work.finish()
    assert current_shift(till) is not None
    for digit in AHMAD:
        tap(button(sheet, digit))
    work.finish()
    last = closed(till)
    assert (last.cashier, last.reason, last.difference) == ("sari", "Lainnya", -150_000)
    assert last.approval
    assert (last.approval.by, last.approval.reason) == ("ahmad", "Lainnya")
    assert current_shift(till) is None


def test_the_only_officer_closes_a_large_difference_with_a_reason(frame: Frame, till: Ledger) -> None:
    frame.app.sign_in(frame.app.staff["sari"])
    shown = page(frame)
    count(1)
    key(Qt.Key.Key_F9)
    tap(button(shown, "Lainnya"))
    tap(button(shown, "Tutup sif & cetak Z"))
    assert closed(till).difference == 100_000 - 250_000
    assert current_shift(till) is None


def test_a_large_difference_needs_an_officer_and_nothing_is_lost_without(frame: Frame, till: Ledger) -> None:
    shown = page(frame)
    key(Qt.Key.Key_F9)
    tap(button(shown, "Lainnya"))
    key(Qt.Key.Key_F9)
    assert current_shift(till) is not None
    assert len(kept_counts(till, shift_of(till))) == 1
    tap(button(asking(frame), "Tidak jadi"))
    officers(frame, till)
    tap(button(shown, "Tutup sif & cetak Z"))
    asking(frame)
    type_text(AHMAD)
    work.finish()
    assert (closed(till).difference, closed(till).cashier) == (-250_000, "rina")


def test_in_a_low_window_the_sums_stand_apart_as_long_as_there_is_room(frame: Frame) -> None:
    frame.resize(1093, 614)
    shown = page(frame)
    count(2, 0, 2)
    key(Qt.Key.Key_F9)

    def apart() -> set[int]:
        """How far the lines of sums stand apart, in px."""
        QApplication.processEvents()
        sums = [one.geometry() for one in shown.compare.findChildren(_Sum) if one.isVisible()]
        lines = sorted(sums, key=lambda line: line.y())
        assert len(lines) > 3
        return {below.y() - above.y() - above.height() for above, below in pairwise(lines[:-2])}

    assert apart() == {8}
    frame.resize(1093, 560)
    assert max(apart()) < 8
    assert shown.compare._close.visibleRegion().boundingRect().height() == shown.compare._close.height()

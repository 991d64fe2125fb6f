"""The panel of picture 08: it is not there until a laptop has two histories, and splits the second off."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pos.forks import forks
from pos.ledger import devices, open_ledger
from pos.reports import Period, run_report
from tests.ui.hands import button, key, show, tap
from tests.ui.shop import frame_of
from tests.ui.sync.world import forked
from ui.question import Question
from ui.start import Start
from ui.sync.differences import DifferencesSheet
from ui.sync.fork_panel import ForkPanel


@pytest.fixture
def panel(qtbot: QtBot, shop: Start) -> ForkPanel:
    """A panel that looks at nothing yet, with the keyboard, in a window of its own."""
    made = ForkPanel(frame_of(shop).app)
    show(qtbot, made)
    made.resize(424, 500)
    return made


def looked(qtbot: QtBot, panel: ForkPanel, target: Path) -> None:
    with qtbot.waitSignal(panel.refreshed, timeout=10_000):
        panel.look_at(str(target))


def words(panel: ForkPanel) -> str:
    return "\n".join(one.text() for one in panel.findChildren(QLabel) if one.isVisible())


def test_it_is_not_there_while_there_is_nothing_to_tell(
    qtbot: QtBot, panel: ForkPanel, tmp_path: Path
) -> None:
    with qtbot.waitSignal(panel.refreshed, timeout=10_000):
        panel.refresh()
    assert not panel.isVisible()
    looked(qtbot, panel, tmp_path / "tiada.lapak")
    assert not panel.isVisible()


def test_it_tells_of_both_histories_in_words_and_in_a_drawing(
    qtbot: QtBot, panel: ForkPanel, tmp_path: Path
) -> None:
    looked(qtbot, panel, forked(tmp_path))
    assert panel.isVisible()
    assert "Stan S07 punya dua riwayat berbeda" in words(panel)
    assert "Sejak 14 Apr 14.07" in words(panel)
    assert "Tidak ada penjualan yang hilang" in words(panel)
    assert panel.branches.accessibleName() == "S07 · 2 dokumen, Rp150.000. S07-B · 1 dokumen, Rp30.000"


@pytest.mark.parametrize("with_keys", [False, True])
def test_one_safe_action_splits_it_off(
    qtbot: QtBot, panel: ForkPanel, tmp_path: Path, with_keys: bool
) -> None:
    central = forked(tmp_path)
    looked(qtbot, panel, central)
    officer = next(one for one in panel.app.staff.values() if one.role != "kasir")
    panel.app.sign_in(officer)
    if with_keys:
        panel.split_button.setFocus(Qt.FocusReason.TabFocusReason)
        key(Qt.Key.Key_Return)
    else:
        tap(button(panel, "Pisahkan jadi Stan S07-B"))
    question = panel.window().findChild(Question)
    assert question is not None
    assert "Tidak ada yang dihapus" in question.accessibleName()
    with qtbot.waitSignals([panel.split_done, panel.refreshed], timeout=10_000) as waiting:
        tap(button(question, "Ya, pisahkan"))
    assert waiting.all_signals_and_args is not None
    assert not panel.isVisible()
    with closing(open_ledger(central, read_only=True)) as ledger:
        assert forks(ledger) == ()
        with ledger.read() as conn:
            assert sorted(device.booth for device in devices(conn).values()) == ["S07", "S07B"]
        assert run_report(ledger, "totals", Period()).totals["total"] == 180_000


def test_a_no_changes_nothing(qtbot: QtBot, panel: ForkPanel, tmp_path: Path) -> None:
    central = forked(tmp_path)
    looked(qtbot, panel, central)
    before = central.read_bytes()
    panel.app.sign_in(next(one for one in panel.app.staff.values() if one.role != "kasir"))
    tap(panel.split_button)
    question = panel.window().findChild(Question)
    assert question is not None
    key(Qt.Key.Key_Escape)
    assert central.read_bytes() == before
    assert panel.isVisible()


def test_a_cashier_alone_may_not(qtbot: QtBot, panel: ForkPanel, tmp_path: Path) -> None:
    looked(qtbot, panel, forked(tmp_path))
    tap(panel.split_button)
    assert panel.window().findChild(Question) is None or panel.app.cashier.role != "kasir"


def test_both_sides_can_be_looked_at(qtbot: QtBot, panel: ForkPanel, tmp_path: Path) -> None:
    looked(qtbot, panel, forked(tmp_path))
    tap(button(panel, "Lihat perbedaan"))
    qtbot.waitUntil(lambda: panel.window().findChild(DifferencesSheet) is not None, timeout=10_000)
    sheet = panel.window().findChild(DifferencesSheet)
    assert sheet is not None
    assert "Rp50.000; Penjualan" in sheet.list.accessibleName()
    key(Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_a_stick_that_is_gone_is_told_and_the_panel_stays_whole(
    qtbot: QtBot, panel: ForkPanel, tmp_path: Path
) -> None:
    central = forked(tmp_path)
    looked(qtbot, panel, central)
    panel.app.sign_in(next(one for one in panel.app.staff.values() if one.role != "kasir"))
    tap(panel.split_button)
    central.unlink()
    question = panel.window().findChild(Question)
    assert question is not None
    with qtbot.waitSignal(panel.app.failed, timeout=10_000):
        tap(button(question, "Ya, pisahkan"))

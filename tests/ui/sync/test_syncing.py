"""Handing over by itself: at intervals, at closing, quietly; and the program that ends meanwhile."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt

from pos.handed import all_handed, waiting
from pos.ledger import Ledger
from tests.books import end_shift, sell
from tests.sync.world import held
from tests.ui.hands import key, texts
from ui import work
from ui.frame import Frame
from ui.sync.page import SyncPage
from ui.sync.syncing import SCREEN
from ui.sync.waiting_mark import WaitingMark


def test_at_intervals_it_hands_over_quietly(frame: Frame, till: Ledger, stick: Path) -> None:
    syncing = frame.app.syncing
    syncing.begin()
    assert (syncing._timer.isActive(), syncing._timer.interval()) == (True, 15 * 60_000)
    syncing._timer.timeout.emit()  # nothing is chosen yet
    work.finish()
    assert (all_handed(till), syncing.course, syncing.trouble) == ([], None, None)
    frame.app.set("target", str(stick / "pusat.lapak"))
    syncing._timer.timeout.emit()
    work.finish()
    assert held(stick / "pusat.lapak") == {till.own().code: 5}
    frame.app.set("sync_minutes", "0")
    assert not syncing._timer.isActive()
    frame.app.set("sync_minutes", "5")
    assert syncing._timer.interval() == 5 * 60_000
    syncing.stop()


def test_what_fails_quietly_is_told_by_the_bar_alone(frame: Frame, stick: Path) -> None:
    syncing, told = frame.app.syncing, list[object]()
    frame.app.failed.connect(told.append)
    syncing.refused.connect(told.append)
    frame.app.set("target", str(stick.parent / "lepas" / "pusat.lapak"))
    syncing.run_quietly()
    work.finish()
    assert told == []
    assert "tidak ada" in str(syncing.trouble)
    (mark,) = frame.status.findChildren(WaitingMark)
    assert mark.dot == "danger"
    frame.app.set("target", str(stick / "pusat.lapak"))
    syncing.run_quietly()
    work.finish()
    assert (str(syncing.trouble), mark.dot) == ("None", "primary")


def test_a_closing_is_handed_over_at_once(frame: Frame, till: Ledger, stick: Path) -> None:
    frame.app.set("target", str(stick / "pusat.lapak"))
    frame.app.do(lambda ledger: sell(ledger, {"PECI": 1}))
    work.finish()
    assert all_handed(till) == []
    frame.app.do(end_shift)
    work.finish()
    assert waiting(till).documents == 0
    frame.app.set("sync_closing", "0")
    sell(till, {"PECI": 1})
    frame.app.do(end_shift)
    work.finish()
    assert waiting(till).documents == 3


def test_one_at_a_time(frame: Frame, stick: Path) -> None:
    syncing = frame.app.syncing
    assert syncing.run(str(stick / "pusat.lapak"))
    assert not syncing.run(str(stick / "lain.lapak"))
    work.finish()
    assert not (stick / "lain.lapak").exists()


def test_a_quiet_one_is_looked_at_when_somebody_asks(frame: Frame, stick: Path) -> None:
    frame.choose(SCREEN)
    work.finish()
    syncing = frame.app.syncing
    frame.app.set("target", str(stick / "pusat.lapak"))
    syncing.run_quietly()
    key(Qt.Key.Key_F5)
    assert syncing.by_hand
    work.finish()
    page = frame.screens.currentWidget()
    assert isinstance(page, SyncPage)
    assert "5 dokumen disetor" in texts(page)


def test_the_program_ends_although_one_is_held(frame: Frame, till: Ledger, stick: Path) -> None:
    syncing = frame.app.syncing
    assert syncing.run(str(stick / "pusat.lapak"))
    course = syncing.course
    assert course
    course.pause()
    syncing.stop()
    work.finish()  # would never come back otherwise
    assert syncing.view is None
    assert not syncing.run(str(stick / "pusat.lapak"))
    assert all_handed(till) == []

"""The page of handing over fits into every window in every state, with the longest names and sums."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.course import Course
from pos.errors import WorldFailed
from pos.handed import Known, Waiting
from pos.ledger import Ledger
from pos.text import use_language
from tests.books import MOMENT
from tests.ui.hands import show
from tests.ui.test_fits import faults
from ui import work
from ui.app import App
from ui.dress import dress
from ui.frame import Frame
from ui.sync.page import SyncPage
from ui.sync.syncing import SCREEN
from ui.theme import load_theme

LOOKS = (((1366, 768), 1.0, "id"), ((1093, 614), 1.0, "en"), ((1366, 768), 1.25, "id"))
LONG = "Stan Lembaga Pemasyarakatan Narkotika Perempuan Kelas IIA Muara Beliti"
MUCH = Waiting(12_345, 98_765_432_100, MOMENT, (("sale", 9_999), ("received", 345), ("void", 1_001)), MOMENT)


@pytest.fixture
def page(qtbot: QtBot, till: Ledger, request: pytest.FixtureRequest) -> Iterator[SyncPage]:
    (width, height), scale, language = request.param
    use_language(language)
    theme = load_theme("light", scale, calm=True)
    dress(theme)
    frame = Frame(App.over(till, theme))
    frame.resize(width, height)
    show(qtbot, frame)
    frame.desk.prepare()
    frame.choose(SCREEN)
    work.finish()
    shown = frame.screens.currentWidget()
    assert isinstance(shown, SyncPage)
    yield shown
    work.finish()
    use_language("id")


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("page", LOOKS, indirect=True, ids=str)
def test_all_states_fit(page: SyncPage, stick: Path) -> None:
    frame, syncing = page.window(), page.app.syncing
    assert isinstance(frame, Frame)
    wrong: list[str] = []

    def look(state: str) -> None:
        for _time in range(3):  # what wraps finds its height, then what lies around it
            QApplication.processEvents()
        wrong.extend(f"{state}: {fault}" for fault in faults(frame, "sync"))

    look("first")
    page.app.set("target", str(stick / f"{'pusat-' * 20}.lapak"))
    page.hand_over()
    work.finish()
    look("done")
    assert syncing.state
    rows = [Known(f"S{n}", "booth", "S99", LONG, "LPP-PLG", 99_999, MOMENT.isoformat()) for n in range(300)]
    syncing._show(syncing.state._replace(waiting=MUCH, booths=tuple(rows)))
    page.run_panel.show_failed(WorldFailed(f"{LONG} " * 2, LONG))
    look("failed")
    course = Course(clock=page.app.clock)
    course.begin("merge")
    course.advance(1_234_567, 9_876_543)
    syncing.course = course
    syncing.watch()
    look("running")
    course.pause()
    look("paused")
    syncing.course = None
    assert not wrong, "\n".join(dict.fromkeys(wrong))

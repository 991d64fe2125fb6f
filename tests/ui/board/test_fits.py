"""The board fits into every window: nothing is cut, nothing too small for a finger, Tab goes round."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from pos.text import use_language
from tests.books import sell
from tests.ui.hands import key, show
from tests.ui.office.room import settle
from tests.ui.test_fits import faults
from tests.ui.test_names import goes_round, group_of
from ui.app import App
from ui.board.page import BoardPage
from ui.dress import dress
from ui.frame import Frame
from ui.theme import load_theme

SIZES = [((1366, 768), 1.0), ((1366, 768), 1.25), ((1280, 720), 1.0), ((1093, 614), 1.0), ((1920, 1080), 1.0)]
CASES = [(size, scale, language) for size, scale in SIZES for language in ("id", "en")]


@pytest.fixture
def frame(qtbot: QtBot, till: Ledger, request: pytest.FixtureRequest) -> Iterator[Frame]:
    (width, height), scale, language = request.param
    use_language(language)
    theme = load_theme("light", scale, calm=True)
    dress(theme)
    sell(till, {"PECI": 1})
    frame = Frame(App.over(till, theme))
    frame.resize(width, height)
    show(qtbot, frame)
    frame.app.sign_in(frame.app.staff["sari"])
    frame.choose(3)
    settle()
    yield frame
    settle()
    use_language("id")


def states(frame: Frame) -> Iterator[str]:
    page = frame.screens.currentWidget()
    assert isinstance(page, BoardPage)
    yield "board"
    grid, head = page.card.grid, page.head
    ways: dict[str, Callable[[], object]] = {
        "a day": lambda: grid.opened.emit(0, 22),
        "a day without a sale": lambda: grid.opened.emit(1, 22),
        "how complete": head.title.click,
        "paper": lambda: head.file_wanted.emit("pdf"),
    }
    for name, do in ways.items():
        do()
        settle()
        yield name
        key(Qt.Key.Key_Escape)
        settle()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("frame", CASES, indirect=True, ids=str)
def test_all_of_it_fits(frame: Frame) -> None:
    size, wrong = frame.size(), []
    for state in states(frame):
        assert frame.size() == size, f"{state} needs {frame.size()}"
        wrong += [f"{state}: {fault}" for fault in faults(frame, state) if "scrolls" not in fault]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


@pytest.mark.parametrize("frame", CASES[:1], indirect=True, ids=str)
def test_tab_goes_round(frame: Frame) -> None:
    page = frame.screens.currentWidget()
    assert isinstance(page, BoardPage)
    page.take_focus()
    goes_round(frame, *[one for one in page.findChildren(QAbstractButton) if group_of(one)])

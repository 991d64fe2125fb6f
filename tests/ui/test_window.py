"""The window: whatever comes up in it or over it wears the program's look."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import show
from ui import work
from ui.list_sheet import Entry, ListSheet
from ui.setup.page import SetupPage
from ui.theme import Theme
from ui.window import Window


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, theme: Theme) -> Iterator[Window]:
    """As in the program, which gives the application no style sheet; other tests do."""
    qapp.setStyleSheet("")
    window = Window(theme)
    show(qtbot, window)
    yield window
    work.finish()
    qapp.setStyleSheet(theme.qss())


def native_frames(inside: QWidget) -> set[int]:
    """How wide the frames are that lists and what scrolls bear."""
    return {area.frameWidth() for area in inside.findChildren(QScrollArea)}


def test_the_assistant_wears_the_look(window: Window, tmp_path: Path) -> None:
    assert native_frames(window) == set()
    window.show_content(SetupPage(window.theme, tmp_path))
    assert native_frames(window) == {0}


def test_the_system_is_shown_the_emblem_and_not_before_it_is_asked_for(window: Window) -> None:
    assert window.windowIcon().isNull()
    window.wear_emblem()
    assert window.windowIcon().pixmap(64, 64).toImage().pixelColor(32, 12).alpha() > 0


def test_a_sheet_over_the_whole_window_wears_it_too(window: Window) -> None:
    window.show_content(QWidget())
    sheet = ListSheet(window, window.theme, "UPT", [Entry("a", "Lapas")], "")
    sheet.open()
    assert native_frames(sheet) == {0}

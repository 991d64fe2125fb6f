"""The map of Shift+F1: the keys of what is in sight first, every place whole in any window, by keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from tests.ui.hands import key, show, texts
from ui.app import App
from ui.dress import dress
from ui.frame import Frame
from ui.help_map import HelpMap
from ui.keys import meanings, place_names
from ui.theme import load_theme

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(qtbot: QtBot, till: Ledger, size: tuple[int, int] = (1366, 768), scale: float = 1.0) -> Frame:
    """The screens in a window of that size."""
    theme = load_theme("light", scale)
    dress(theme)
    frame = Frame(App.over(till, theme))
    frame.resize(*size)
    show(qtbot, frame)
    return frame


def on_map(frame: Frame) -> HelpMap:
    key(Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert frame.guide.map is not None
    assert frame.guide.map.isVisible()
    return frame.guide.map


def titles(shown: HelpMap) -> list[str]:
    """The places in the order in which they are read."""
    font = shown.theme.font("title")
    body = shown.findChildren(QScrollArea)[0].widget()
    assert body is not None
    return [each.text() for each in body.findChildren(QLabel) if each.font().pixelSize() == font.pixelSize()]


def test_what_is_in_sight_comes_first(qtbot: QtBot, till: Ledger) -> None:
    frame = opened(qtbot, till)
    names = place_names()
    for menu, place in ((1, "till"), (2, "orders"), (3, "stock"), (7, "closing")):
        key(getattr(Qt.Key, f"Key_{menu}"), CTRL)
        assert titles(on_map(frame))[:2] == [names[place], names["anywhere"]]
        key(Qt.Key.Key_Escape)


@pytest.mark.parametrize(("size", "scale"), [((1366, 768), 1.0), ((1366, 768), 1.25), ((1093, 614), 1.0)])
def test_everything_can_be_read_with_the_keyboard_alone(
    qtbot: QtBot, till: Ledger, size: tuple[int, int], scale: float
) -> None:
    shown = on_map(opened(qtbot, till, size, scale))
    QApplication.processEvents()
    (scroll,) = shown.findChildren(QScrollArea)
    body, bar = scroll.widget(), scroll.verticalScrollBar()
    assert body is not None
    words = body.findChildren(QLabel)
    assert sorted(titles(shown)) == sorted(place_names().values())
    assert set(meanings().values()) <= set(texts(body))
    assert body.width() <= scroll.viewport().width()
    for each in words:
        assert each.height() >= each.heightForWidth(each.width()), each.text()
        assert each.mapTo(body, QPoint(each.width(), 0)).x() <= body.width(), each.text()
    for _press in range(10):
        key(Qt.Key.Key_PageDown)
    QApplication.processEvents()
    assert bar.value() == bar.maximum()
    key(Qt.Key.Key_Home)
    assert bar.value() == 0
    assert shown.isVisible()
    if (size, scale) == ((1366, 768), 1.0):
        assert bar.maximum() == 0  # at the usual size all of it is seen at once

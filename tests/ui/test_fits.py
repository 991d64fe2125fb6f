"""Everything fits into every window that the booths have: nothing is cut, nothing too small for a finger."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from pos.text import use_language
from tests.books import with_catalogue
from tests.ui.hands import buttons, show
from tests.ui.walk import MANY, walk
from ui import work
from ui.app import App
from ui.dress import dress
from ui.frame import Frame
from ui.orders.small import Elided
from ui.slip_view import SlipView
from ui.tell import Toast
from ui.theme import load_theme
from ui.widgets import FitLabel

SIZES = [(1366, 768), (1280, 720), (1093, 614), (1920, 1080)]
CASES = [
    (size, scale, language)
    for size in SIZES
    for scale in (1.0, 1.12, 1.25)
    for language in ("id", "en")
    if scale == 1.0 or size[0] >= 1366
]
FINGER = 48  # px, whatever the display size: DESIGN.md chapter 3
TILL = {"till empty", "till full", "undo is offered", "cash"}  # where the total and what pays are seen
# What does not fit is scrolled to.
SCROLLED = {
    "manual",
    "settings",
    "map of keys",
    "sign in",
    "carts put aside",
    "content of a bundle is asked for",
}
SCROLLED |= {"manual", "goods", "bring in a list", "a list before it is taken", "labels"}


@pytest.fixture
def frame(qtbot: QtBot, till: Ledger, request: pytest.FixtureRequest) -> Iterator[Frame]:
    (width, height), scale, language = request.param
    use_language(language)
    theme = load_theme("light", scale, calm=True)
    dress(theme)
    frame = Frame(App.over(with_catalogue(till, MANY), theme))
    frame.resize(width, height)
    show(qtbot, frame)
    frame.desk.prepare()
    work.finish()
    yield frame
    work.finish()
    use_language("id")


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("frame", CASES, indirect=True, ids=str)
def test_all_states_fit(frame: Frame) -> None:
    size = frame.size()
    wrong = []
    for state in walk(frame):
        QApplication.processEvents()
        assert frame.size() == size, f"{state} needs {frame.size()}"
        wrong += [f"{state}: {fault}" for fault in faults(frame, state)]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


def faults(frame: Frame, state: str) -> Iterator[str]:
    for one in buttons(frame):
        # The status bar is never the only way to anything (DESIGN.md chapter 5).
        if min(one.width(), one.height()) < FINGER and not frame.status.isAncestorOf(one):
            yield f"{name(one)} has {one.width()} x {one.height()} px for a finger"
        if owner(one, frame) is None and not frame.rect().contains(area(one, frame)):
            yield f"{name(one)} is out of sight"
        if one.width() < one.minimumSizeHint().width() or one.height() < one.minimumSizeHint().height():
            yield f"{name(one)} is smaller than its words"
    toasts = frame.findChildren(Toast)  # they leave out the middle of a long name
    for text in frame.findChildren(QLabel):
        if text.isVisible() and text.text() and not any(one.isAncestorOf(text) for one in toasts):
            yield from cut(text)
    if state in TILL:
        yield from hidden(frame, state)
    if state not in SCROLLED:
        yield from scroll_bars(frame)


def cut(text: QLabel) -> Iterator[str]:
    """Lines that wrap need their height, others their width; amounts that shrink to fit need neither."""
    if isinstance(text, FitLabel | Elided):
        return
    if text.wordWrap():
        fits = text.height() >= text.heightForWidth(text.width())
    else:
        lines = text.text().split("\n")
        fits = text.width() >= max(map(QFontMetrics(text.font()).horizontalAdvance, lines))
        fits = fits and text.height() >= QFontMetrics(text.font()).height() * len(lines) - 2
    if not fits:
        yield f"{text.text()!r} is cut at {text.width()} x {text.height()} px"


def hidden(frame: Frame, state: str) -> Iterator[str]:
    """The total and what pays are always in sight, and so is the last line that was added."""
    panel = frame.desk.till.cart
    for part in (panel.foot, panel.foot.pay):
        if not frame.rect().contains(area(part, frame)):
            yield f"{type(part).__name__} is out of sight"
    last = len(frame.desk.basket.cart.lines) - 1
    if last >= 0 and state == "till full":
        line = panel.list.visualRect(panel.list.lines.index(last))
        if not panel.list.viewport().rect().contains(line):
            yield f"the last line is at {line} of {panel.list.viewport().rect()}"


def scroll_bars(frame: Frame) -> Iterator[str]:
    """Lists scroll, pages do not; nothing scrolls sideways."""
    for bar in frame.findChildren(QScrollBar):
        if not bar.isVisible() or bar.maximum() == bar.minimum():
            continue
        if bar.orientation() == Qt.Orientation.Horizontal:
            yield f"{type(owner(bar, frame)).__name__} scrolls sideways"
        elif not isinstance(owner(bar, frame), QAbstractItemView | SlipView):
            yield f"{type(owner(bar, frame)).__name__} scrolls"


def owner(part: QWidget, frame: Frame) -> QWidget | None:
    """The list or page that it is scrolled with, the innermost."""
    around = [one for one in frame.findChildren(QAbstractScrollArea) if one.isAncestorOf(part)]
    return min(around, key=lambda one: one.width() * one.height(), default=None)


def area(widget: QWidget, window: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint()), widget.size())


def name(one: QAbstractButton) -> str:
    return f"{type(one).__name__} {one.accessibleName()!r}"

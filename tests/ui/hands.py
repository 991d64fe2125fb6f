"""What a person's hands and eyes do: find a button by its name, press it, read what is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ui.people.approval_sheet import ApprovalSheet
from ui.question import Question


def show(qtbot: QtBot, window: QWidget) -> None:
    """Open a window and give it the keyboard."""
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()


def buttons(inside: QWidget) -> list[QAbstractButton]:
    """Every button that can be seen."""
    return [button for button in inside.findChildren(QAbstractButton) if button.isVisible()]


def button(inside: QWidget, name: str) -> QAbstractButton:
    """The one visible button whose accessible name is `name`."""
    (found,) = (button for button in buttons(inside) if button.accessibleName() == name)
    return found


def tap(target: QWidget, *, double: bool = False) -> None:
    """Click in the middle, where it must not be covered by anything; `double` as a nervous hand does.

    It waits for what takes no presses in the first moment, as the done screen does.
    """
    middle = target.rect().center()
    window = target.window()
    wait_for(lambda: window.childAt(target.mapTo(window, middle)) is target)
    place = target.mapTo(window, middle)
    assert window.childAt(place) is target, f"covered by {window.childAt(place)}"
    QTest.mouseClick(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
    if double:
        _second_click(window, place)


def wait_for(happened: Callable[[], bool]) -> bool:
    """Look until it has happened, for two seconds at most; whether it has."""
    for _look in range(400):
        if happened():
            return True
        QTest.qWait(5)
    return happened()


def key(code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press and release a key where the focus is."""
    QTest.keyClick(focused(), code, modifier)


def type_text(text: str) -> None:
    """Type, each key where the focus is by then."""
    for letter in text:
        QTest.keyClicks(focused(), letter)


def hold(code: Qt.Key) -> None:
    """What a key that is held down goes on sending."""
    for _repeat in range(3):
        event = QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier, "", True, 1)
        QApplication.sendEvent(focused(), event)


def focused() -> QWidget:
    """Who holds the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def texts(inside: QWidget) -> Iterator[str]:
    """Every label's text that can be read."""
    return (label.text() for label in inside.findChildren(QLabel) if label.isVisible() and label.text())


def colors(image: QImage) -> set[str]:
    """The colours in a picture, as #rrggbb."""
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def _second_click(window: QWidget, place: QPoint) -> None:
    """The second press of a double click and its end, on whatever is there by now."""
    target = window.childAt(place) or window
    local = target.mapFrom(window, place)
    QTest.mouseDClick(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, local)
    QTest.mouseRelease(target, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, local)


def question(inside: QWidget) -> Question | None:
    """What the window asks just now, if anything."""
    asked = [one for one in inside.window().findChildren(Question) if one.isVisible()]
    assert len(asked) < 2
    return asked[0] if asked else None


def nobody_allows(inside: QWidget) -> None:
    """An officer is asked to allow something over this window, and none comes."""
    (sheet,) = (one for one in inside.window().findChildren(ApprovalSheet) if one.isVisible())
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not sheet.isVisible()

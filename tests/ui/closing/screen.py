"""The page of closing, served by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pos.closing import Closing, last_closing
from pos.ledger import Ledger
from pos.model import Staff
from pos.pins import hash_pin
from pos.staff import post_staff, staff
from tests.ui.hands import buttons, key, show, texts, type_text
from ui import work
from ui.app import App
from ui.closing.page import ClosingPage
from ui.frame import Frame
from ui.people.approval_sheet import ApprovalSheet
from ui.theme import Theme

SARI, AHMAD = "715902", "860413"
CTRL = Qt.KeyboardModifier.ControlModifier


def shown(qtbot: QtBot, theme: Theme, ledger: Ledger) -> Iterator[Frame]:
    frame = Frame(App.over(ledger, theme))
    frame.resize(1366, 768)
    show(qtbot, frame)
    frame.desk.prepare()
    work.finish()
    yield frame
    work.finish()


def page(frame: Frame) -> ClosingPage:
    key(Qt.Key.Key_7, CTRL)
    found = frame.screens.currentWidget()
    assert isinstance(found, ClosingPage)
    return found


def count(*pieces: int) -> None:
    """Type pieces from the largest value on, each with Enter."""
    for each in pieces:
        if each:
            type_text(str(each))
        key(Qt.Key.Key_Return)


def seen(inside: QWidget) -> str:
    """Everything that can be read or heard, tool tips too."""
    every = [one for one in inside.findChildren(QWidget) if one.isVisible()]
    words = [w for one in every for w in (one.toolTip(), one.accessibleName(), one.accessibleDescription())]
    return "\n".join([*texts(inside), *words, *(one.text() for one in buttons(inside))])


def officers(frame: Frame, ledger: Ledger) -> None:
    """Two who may allow things have PINs."""
    cards = [Staff("ahmad", "Ahmad Fauzan", "petugas", hash_pin(AHMAD))]
    post_staff(ledger, [replace(frame.app.staff["sari"], pin=hash_pin(SARI)), *cards])
    frame.app.staff = staff(ledger)


def asking(frame: Frame) -> ApprovalSheet:
    """The sheet that asks for an officer."""
    (sheet,) = (one for one in frame.findChildren(ApprovalSheet) if one.isVisible())
    return sheet


def closed(ledger: Ledger) -> Closing:
    found = last_closing(ledger)
    assert found is not None
    return found

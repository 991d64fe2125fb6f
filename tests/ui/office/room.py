"""What tests of the office share: its pages, its sheets, and the first person who works there."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from pos.model import Staff
from pos.pins import hash_pin
from tests.ui.hands import key, type_text, wait_for
from ui import work
from ui.frame import Frame
from ui.office.first_sheet import FirstSheet
from ui.page import Page

K = Qt.Key
T = TypeVar("T", bound=Page)
PIN = "246813"
NURBAITI = Staff("nurbaiti", "Hj. Nurbaiti", "kantor", hash_pin(PIN))


def settle() -> None:
    """What was asked is answered and shown."""
    work.finish()
    QApplication.processEvents()


def page_of(frame: Frame, kind: type[T], place: int) -> T:
    frame.choose(place)
    settle()
    page = frame.screens.currentWidget()
    assert isinstance(page, kind)
    return page


def sheet_of(frame: Frame, kind: type[QWidget]) -> QWidget:
    (found,) = (one for one in frame.findChildren(kind) if one.isVisible())
    return found


def sign_in_first(frame: Frame, name: str = "Hj. Nurbaiti", pin: str = PIN) -> None:
    """Nobody works here yet: the first says who they are."""
    sheet = sheet_of(frame, FirstSheet)
    assert isinstance(sheet, FirstSheet)
    type_text(name)
    key(K.Key_Return)
    type_text(pin)
    key(K.Key_Return)
    assert wait_for(lambda: not any(one.isVisible() for one in frame.findChildren(FirstSheet)))
    settle()

"""The stock screen of a booth."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from tests.ui.hands import key, show
from ui import work
from ui.app import App
from ui.frame import Frame
from ui.stock.page import StockPage
from ui.theme import Theme

K = Qt.Key


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[StockPage]:
    """The stock screen of a booth; Rina is at the till."""
    frame = Frame(App.over(till, theme))
    frame.resize(1366, 768)
    show(qtbot, frame)
    key(K.Key_3, Qt.KeyboardModifier.ControlModifier)
    shown = frame.screens.currentWidget()
    assert isinstance(shown, StockPage)
    yield shown
    work.finish()

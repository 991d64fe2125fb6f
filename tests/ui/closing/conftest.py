"""A shift to be closed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from tests.books import sell
from tests.ui.closing.screen import shown
from tests.ui.opened import Opened
from ui.frame import Frame
from ui.theme import Theme


@pytest.fixture(autouse=True)
def _opened(opened: Opened) -> None:
    """No paper gets to the system."""


@pytest.fixture
def frame(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[Frame]:
    """The screens over a shift with one sale for cash: Rp250.000 should be in the drawer."""
    sell(till, {"PECI": 1})
    yield from shown(qtbot, theme, till)

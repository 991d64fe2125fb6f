"""A booth whose payment sheet is open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from pos.money import Rupiah
from tests.ui.hands import show
from tests.ui.pay.booth import Booth, cart
from ui.theme import Theme


@pytest.fixture
def open_booth(theme: Theme, qtbot: QtBot) -> Callable[..., Booth]:
    """A booth that asks for `total` Rupiah."""

    def made(total: Rupiah = 445_000, *, shown: bool = True, **size: int) -> Booth:
        booth = Booth(theme, **size)
        show(qtbot, booth)
        booth.search.setFocus()
        if shown:
            booth.sheet.open_for(cart(total), "S03K7-000042")
        return booth

    return made


@pytest.fixture
def booth(open_booth: Callable[..., Booth]) -> Booth:
    """A booth that asks for Rp445.000."""
    return open_booth()

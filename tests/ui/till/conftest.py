"""A till to put one's hands on: the window's frame over real books."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from pos.model import Product
from tests.books import with_catalogue
from tests.ui.hands import show
from ui import work
from ui.app import App
from ui.frame import Frame
from ui.theme import Theme
from ui.till.desk import Desk
from ui.till.done_page import DonePage


@pytest.fixture
def frame(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[Frame]:
    """The frame over the ledger of `till`, 1366x768 px, with the keyboard in the search field."""
    frame = Frame(App.over(till, theme))
    frame.resize(1366, 768)
    show(qtbot, frame)
    yield frame
    work.finish()


@pytest.fixture
def page(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[DonePage]:
    """The last page of a sale over the ledger of `till`; which sale that is comes with the test."""
    page = DonePage(App.over(till, theme))
    page.resize(1290, 736)
    show(qtbot, page)
    yield page
    work.finish()


@pytest.fixture
def crowded(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[Frame]:
    """The same with 60 products in 12 categories."""
    goods = [Product(f"B{n}", f"Barang {n}", 1000 * n, "LP1-PLG", f"Kategori {n % 12}") for n in range(1, 61)]
    frame = Frame(App.over(with_catalogue(till, goods), theme))
    frame.resize(1366, 768)
    show(qtbot, frame)
    yield frame
    work.finish()


@pytest.fixture
def desk(frame: Frame) -> Desk:
    """The till of `frame`."""
    return frame.desk

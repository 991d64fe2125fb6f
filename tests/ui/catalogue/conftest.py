"""The page of goods: in the whole program, and by itself over a ledger, which opens in a moment."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.ledger import open_ledger
from tests.ui.hands import show
from tests.ui.shop import frame_of
from ui import work
from ui.app import App
from ui.catalogue.page import GoodsPage
from ui.start import Start
from ui.theme import Theme


def settle() -> None:
    """Let all that was begun in the background come to its end, and what comes of it too."""
    for _round in range(3):
        work.finish()
        QApplication.processEvents()


def page_in(start: Start) -> GoodsPage:
    """The page in the whole program, with Sari, who is an officer, at the till."""
    app = frame_of(start).app
    app.sign_in(app.staff["sari"])
    app.goods_wanted.emit(None)
    settle()
    page = frame_of(start).screens.currentWidget()
    assert isinstance(page, GoodsPage)
    return page


@pytest.fixture
def rinas(qtbot: QtBot, theme: Theme, books: Path, tmp_path: Path) -> Iterator[GoodsPage]:
    """The page by itself, with Rina, who is a cashier."""
    path = tmp_path / "sendiri.lapak"
    shutil.copy(books, path)
    with closing(open_ledger(path)) as ledger:
        page = GoodsPage(App.over(ledger, theme))
        page.resize(1290, 736)
        show(qtbot, page)
        page.begin()
        settle()
        yield page
        settle()


@pytest.fixture
def page(rinas: GoodsPage) -> GoodsPage:
    """The same with Sari, who is an officer."""
    rinas.app.sign_in(rinas.app.staff["sari"])
    settle()
    return rinas

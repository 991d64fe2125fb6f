"""The program's own look for every widget under test."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.ledger import open_ledger
from tests.books import set_pin
from tests.ui.opened import Opened
from tests.ui.shop import GOODS, PIN, books_of_today, open_shop
from ui import running
from ui.dress import dress
from ui.garbage import collect
from ui.start import Start
from ui.theme import Theme, load_theme


@pytest.fixture(autouse=True, scope="package")
def on_the_main_thread() -> Iterator[None]:
    """As in the program: nothing is collected on a background thread (ui/garbage.py)."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()


@pytest.fixture(autouse=True)
def _let_go(on_the_main_thread: None) -> Iterator[None]:  # noqa: ARG001 - it goes before
    """What the test let go is deleted now: pytest-qt leaves it to the next loop of events, however late."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    collect()


@pytest.fixture(scope="session")
def style(qapp: QApplication) -> None:
    """How widgets are drawn, set once: each time it is set, every widget alive is made up anew."""
    theme = load_theme("light")
    dress(theme)
    qapp.setStyle("Fusion")
    qapp.setStyleSheet(theme.qss())


@pytest.fixture
def theme(style: None) -> Theme:  # noqa: ARG001 - a look needs a style to be seen
    """The light theme at 100 %, in use by the whole application."""
    theme = load_theme("light")
    dress(theme)
    return theme


@pytest.fixture(scope="session")
def books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of `shop`, made once."""
    path = tmp_path_factory.mktemp("books") / "stan.lapak"
    books_of_today(path, GOODS).close()
    return path


@pytest.fixture
def shop(qtbot: QtBot, theme: Theme, books: Path, tmp_path: Path) -> Iterator[Start]:
    """A whole till that runs, as tests/ui/shop.py makes it, over a ledger of its own with more GOODS."""
    path = tmp_path / books.name
    shutil.copy(books, path)
    start = open_shop(qtbot, theme, path)
    yield start
    start.finish()


@pytest.fixture
def tones(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What would be heard of the program."""
    heard: list[str] = []
    monkeypatch.setattr(running, "play", heard.append)
    return heard


@pytest.fixture
def staffed(qtbot: QtBot, theme: Theme, books: Path, tmp_path: Path) -> Iterator[Start]:
    """A shop where Rina has a PIN, and nobody has signed in yet."""
    path = tmp_path / books.name
    shutil.copy(books, path)
    with closing(open_ledger(path)) as ledger:
        set_pin(ledger, "rina", PIN)
    start = open_shop(qtbot, theme, path)
    yield start
    start.finish()


@pytest.fixture
def opened() -> Iterator[Opened]:
    """The files that the system was asked to open, which opens none."""
    handler, slot = Opened(), cast("bytes", "take")  # PySide takes a str and calls it bytes
    QDesktopServices.setUrlHandler("file", handler, slot)
    yield handler
    QDesktopServices.unsetUrlHandler("file")

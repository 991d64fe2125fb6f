"""A till with orders, its screen of orders in sight."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date, time
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos.clock import stopped_at
from pos.ledger import open_ledger
from pos.orders import ready
from pos.preorder import Contact
from tests.books import DAY, MOMENT, booth
from tests.ordering import RATNA, ahead, counter, ordered
from tests.ui.hands import show
from tests.ui.orders.desk import Desk
from ui import work
from ui.app import App
from ui.frame import Frame
from ui.theme import Theme


@pytest.fixture(scope="session")
def ordered_books(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four orders: late, today and ready with a deposit, tomorrow, next week; made once."""
    path = tmp_path_factory.mktemp("pesanan") / "stan.lapak"
    with closing(booth(path)) as till:
        today = ordered(till, due=DAY, due_time=time(16))
        ahead(till, today, 100_000, "transfer")
        ready(till, today, counter(till))
        ordered(till, {"PECI": 4}, contact=Contact("Siti Maryam", "081373110020"), channel="facebook")
        ordered(till, {"SEMPRONG": 2}, contact=Contact(handle="dapur"), due=date(2023, 4, 20))
        ordered(till, {"PUTRI-500": 1}, contact=RATNA, due=DAY, due_time=None, channel="booth")
    return path


@pytest.fixture
def desk(qtbot: QtBot, theme: Theme, ordered_books: Path, tmp_path: Path) -> Iterator[Desk]:
    """The screen of orders over a ledger of its own."""
    path = tmp_path / "stan.lapak"
    shutil.copy(ordered_books, path)
    with closing(open_ledger(path)) as ledger:
        ledger.clock = stopped_at(MOMENT)
        frame = Frame(App.over(ledger, theme))
        frame.resize(1366, 768)
        show(qtbot, frame)
        frame.desk.prepare()
        work.finish()
        frame.choose(1)
        work.finish()
        yield Desk(frame)
        work.finish()

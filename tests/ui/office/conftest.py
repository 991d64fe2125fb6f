"""A central file with two booths' days, and the office's program over a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos.chains import reading
from pos.clock import stopped_at
from pos.ledger import Ledger, open_ledger
from pos.model import Sale
from pos.refunds import void
from pos.sync import copy_chains
from tests.books import DAY, MOMENT, booth, busy_day, new_collector, next_shift, sell, shift_of
from tests.ui.hands import show
from tests.ui.office.room import settle
from ui import work
from ui.app import App
from ui.frame import Frame
from ui.theme import Theme


@pytest.fixture(scope="module")
def brought(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Sale]]:
    """A central file with two booths' days, one sale cancelled late, a drawer that was short; its sales."""
    folder = tmp_path_factory.mktemp("pusat")
    third, seventh = booth(folder / "s03.lapak"), booth(folder / "s07.lapak", "S07")
    sales = busy_day(third)
    third.clock = stopped_at(MOMENT.replace(hour=16))
    void(third, sales[0], shift_of(third), "sari", reason="salah ketik")
    sales.append(sell(seventh, {"PECI": 2}))
    next_shift(seventh, "rina", DAY)
    sales.append(sell(seventh, {"NASTAR-500": 1}, "qris"))
    with closing(open_ledger(new_collector(folder / "HBP-59 pusat.lapak"))) as central:
        for one in (third, seventh):
            with reading(one) as source:
                copy_chains(source, central)
            one.close()
    return folder / "HBP-59 pusat.lapak", sales


@pytest.fixture
def sales(brought: tuple[Path, list[Sale]]) -> list[Sale]:
    return brought[1]


@pytest.fixture
def central(brought: tuple[Path, list[Sale]], tmp_path: Path) -> Iterator[Ledger]:
    """A copy of the central file, open."""
    path = tmp_path / brought[0].name
    shutil.copyfile(brought[0], path)
    ledger = open_ledger(path, stopped_at(MOMENT))
    yield ledger
    ledger.close()


@pytest.fixture
def frame(qtbot: QtBot, theme: Theme, central: Ledger) -> Iterator[Frame]:
    """The office's program; nobody of the office is known yet."""
    frame = Frame(App.over(central, theme))
    frame.resize(1366, 768)
    show(qtbot, frame)
    settle()
    yield frame
    work.finish()

"""The books that exports are made of: a region of two booths, with every kind of paper in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from pos.approvals import granted
from pos.chains import reading
from pos.clock import stopped_at
from pos.exports import export
from pos.ledger import Ledger, open_ledger
from pos.refunds import void
from pos.sync import copy_chains
from tests.books import MOMENT, booth, busy_day, end_shift, new_collector, set_pin, shift_of
from tests.ordering import ahead, ordered


@pytest.fixture(scope="session")
def region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A central file with two booths: sales of every shape, one cancelled, orders, a PIN, a closed shift."""
    folder = tmp_path_factory.mktemp("region")
    with closing(open_ledger(new_collector(folder / "pusat.lapak"), stopped_at(MOMENT))) as centre:
        for code in ("S03", "S07"):
            with closing(booth(folder / f"{code}.lapak", code)) as till:
                set_pin(till, "sari", "271828")
                sale = busy_day(till)[1]
                till.clock = stopped_at(MOMENT + timedelta(minutes=5))
                allowed = granted(till, "sari", "void", sale.receipt, "salah tekan")
                void(till, sale, shift_of(till), "rina", "salah tekan", approval=allowed)
                ahead(till, ordered(till), 100_000)
                end_shift(till, 50_000, "uang belum dihitung semua")
                with reading(till) as chain:
                    copy_chains(chain, centre)
        yield centre


@pytest.fixture(scope="session")
def sealed(region: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed archive of the region."""
    path = tmp_path_factory.mktemp("segel") / "hbp59.zip"
    export(region, path)
    return path


@pytest.fixture
def opened(sealed: Path, tmp_path: Path) -> Path:
    """The same unpacked, to be changed."""
    with ZipFile(sealed) as archive:
        archive.extractall(tmp_path / "arsip")
    return tmp_path / "arsip"

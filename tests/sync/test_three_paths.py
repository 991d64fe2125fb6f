"""Twenty booths, 41 days, three ways to the office in any order: every figure and every byte is the same."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from pos.carry import sync_target
from pos.clock import stopped_at
from pos.exports import export
from pos.ledger import Ledger, open_ledger, open_target
from pos.merge import merge
from pos.reports import REPORTS, Period, run_report
from tests.books import WIB, derived, documents
from tests.exhibition import FIRST, LAST, sparse_exhibition, whole_exhibition
from tests.exports.reading import sheets
from tests.pg import empty_database

BOOTHS = 20
AFTER = datetime.combine(LAST + timedelta(days=2), datetime.min.time(), WIB)
WAYS = ("file", "folder", "database")


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory, postgres_server: str) -> Iterator[dict[str, Ledger]]:
    """The office's books by each way, each brought in an order of its own, some booths twice."""
    folder = tmp_path_factory.mktemp("wilayah")
    before = os.environ.get("LAPAK_HOME")
    os.environ["LAPAK_HOME"] = str(folder / "rumah")
    booths = [_booth(folder / f"s{number:02}.lapak", number) for number in range(BOOTHS)]
    chance = Random(59)
    with ExitStack() as stack:
        url = stack.enter_context(empty_database(postgres_server))
        targets = {"file": str(folder / "pusat.lapak"), "folder": str(folder / "awan"), "database": url}
        for where in targets.values():
            for path in (*chance.sample(booths, BOOTHS), *chance.sample(booths, 3)):
                with closing(open_ledger(path)) as ledger:
                    sync_target(ledger, where)
        merge(str(folder / "kantor.lapak"), [folder / "awan"])
        targets["folder"] = str(folder / "kantor.lapak")
        opened = {}
        for way, where in targets.items():
            opened[way] = stack.enter_context(closing(open_target(where)))
            opened[way].clock = stopped_at(AFTER)
        yield opened
    os.environ.pop("LAPAK_HOME")
    if before:
        os.environ["LAPAK_HOME"] = before


def _booth(path: Path, number: int) -> Path:
    """One of the twenty: the first with everything there is, the others as every eighth day brings it."""
    code, seed = f"S{number + 1:02}", 100 + number
    made = sparse_exhibition(path, code, seed, number) if number else whole_exhibition(path, code, seed)
    made.ledger.close()
    return path


def test_the_same_documents_and_rows(offices: dict[str, Ledger]) -> None:
    one, *others = offices.values()
    chains, rows = documents(one), derived(one)
    assert len(chains) == BOOTHS
    for other in others:
        assert documents(other) == chains
        assert derived(other) == rows


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_is_the_same(offices: dict[str, Ledger], name: str) -> None:
    one, *others = (repr(run_report(ledger, name, Period())) for ledger in offices.values())
    assert all(other == one for other in others)


def test_all_days_of_all_booths_are_in_them(offices: dict[str, Ledger]) -> None:
    """On three of them nobody sold anything."""
    sold = {str(row[0]) for row in run_report(offices["database"], "days", Period()).rows}
    days = {str(FIRST + timedelta(days=n)) for n in range(41) if n % 13 != 11}
    assert days <= sold
    assert (len(days), len(run_report(offices["file"], "shifts", Period()).rows)) == (38, 212)


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_apart(offices: dict[str, Ledger], way: str) -> None:
    table = run_report(offices[way], "reconcile", Period())
    assert table.totals == {"difference": 0}
    assert run_report(offices[way], "totals", Period()).totals["sales"] > 300


def test_the_workbook_is_the_same_cell_by_cell(offices: dict[str, Ledger], tmp_path: Path) -> None:
    books = []
    for way, ledger in offices.items():
        export(ledger, tmp_path / f"{way}.xlsx")
        books.append(sheets(tmp_path / f"{way}.xlsx"))
    one, *others = books
    assert len(one) > 10
    for other in others:
        assert list(other) == list(one)
        for name, cells in one.items():
            assert other[name] == cells, name


def test_the_sealed_archive_is_the_same_byte_by_byte(offices: dict[str, Ledger], tmp_path: Path) -> None:
    sealed = []
    for way, ledger in offices.items():
        export(ledger, tmp_path / f"{way}.zip")
        sealed.append((tmp_path / f"{way}.zip").read_bytes())
    one, *others = sealed
    assert all(other == one for other in others)

"""A second process makes the documents of many slips: the same comes of it, whatever happens to it."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pos import journal
from pos.body import canonical
from pos.clock import stopped_at
from pos.errors import BadDocument
from pos.ledger import Ledger, open_ledger
from pos.model import Fields
from pos.paper import Entered, import_sales
from pos.second import Pipes
from pos.slips import _make
from tests.books import MOMENT, derived, documents
from tests.test_paper import but, written


@pytest.fixture(autouse=True)
def _worth(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small files, too, and ten sales at a time."""
    monkeypatch.setattr("pos.slips.WORTH_BYTES", 1)
    monkeypatch.setattr("pos.slips.SALES_AT_ONCE", 10)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.fixture(autouse=True)
def _nobody_is_left() -> Iterator[None]:
    yield
    assert multiprocessing.active_children() == []


@pytest.fixture
def made_here(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many documents were made in this process, a batch each."""
    made: list[int] = []

    def count(batch: journal.Checked) -> journal.Checked:
        made.append(len(batch.docs))
        return batch

    make = journal.make
    monkeypatch.setattr("pos.journal.make", lambda *told: map(count, make(*told)))
    return made


def paper(folder: Path, sales: int = 35) -> Path:
    lines = [but(receipt=n, sku=sku, qty=n + 1) for n in range(sales) for sku in ("PECI", "HAMPERS")]
    return written(folder / "nota.csv", lines)


Work = Callable[..., None]
Alone = Callable[[Path], tuple[Entered, object, object]]


@pytest.fixture
def alone(booth_file: Path, monkeypatch: pytest.MonkeyPatch) -> Alone:
    """What one process makes of a paper."""

    def enter(path: Path) -> tuple[Entered, object, object]:
        copy = shutil.copyfile(booth_file, path.with_name("sendiri.lapak"))
        with monkeypatch.context() as one, closing(open_ledger(copy, stopped_at(MOMENT))) as ledger:
            one.setattr("pos.slips.WORTH_BYTES", 10**9)
            return import_sales(ledger, path), documents(ledger), derived(ledger)

    return enter


def test_the_same_comes_of_it_and_nothing_was_made_here(
    till: Ledger, tmp_path: Path, made_here: list[int], alone: Alone
) -> None:
    path, told = paper(tmp_path), []
    entered = import_sales(till, path, progress=lambda *far: told.append(far))
    assert (made_here, told) == ([], [(10, 35), (20, 35), (30, 35), (35, 35)])
    assert (entered, documents(till), derived(till)) == alone(path)
    assert (made_here, entered.sales) == ([10, 10, 10, 5], 35)


def _die(*_told: object) -> None:
    os._exit(9)


def _die_behind_the_second(pipes: Pipes) -> None:
    class Tired:
        left = 2

        def send_bytes(self, parcel: bytes) -> None:
            if not self.left:
                os._exit(9)
            self.left -= 1
            pipes.going.send_bytes(parcel)

    going: Any = Tired()
    _make(Pipes(pipes.coming, going))


@pytest.mark.parametrize(("dies", "left"), [(_die, [10, 10, 10, 5]), (_die_behind_the_second, [10, 5])])
def test_where_it_dies_the_work_goes_on_here(
    till: Ledger,
    tmp_path: Path,
    made_here: list[int],
    alone: Alone,
    dies: Callable[..., None],
    left: list[int],
) -> None:
    path = paper(tmp_path)
    with pytest.MonkeyPatch.context() as dying:
        dying.setattr("pos.slips._make", dies)
        entered = import_sales(till, path)
    assert made_here == left
    assert (entered, documents(till), derived(till)) == alone(path)


class _StopError(Exception):
    pass


def test_who_stops_the_import_stops_both_and_nothing_stays(till: Ledger, tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise _StopError

    before = documents(till), derived(till)
    with pytest.raises(_StopError):
        import_sales(till, paper(tmp_path, 200), progress=stop)
    assert (documents(till), derived(till)) == before


def _refuse_one(fields: Fields) -> str:
    if fields.get("paper") == "15":
        raise ValueError
    return canonical(fields)


def _make_refusing(pipes: Pipes) -> None:
    journal.canonical = _refuse_one  # type: ignore[attr-defined]
    _make(pipes)


def test_a_document_that_nobody_would_take_is_refused_as_by_one(
    till: Ledger, tmp_path: Path, made_here: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, before = paper(tmp_path), (documents(till), derived(till))
    monkeypatch.setattr("pos.journal.canonical", _refuse_one)
    monkeypatch.setattr("pos.slips._make", _make_refusing)
    with pytest.raises(BadDocument, match=r"isinya tidak dapat dibaca"):
        import_sales(till, path)
    assert (documents(till), derived(till), made_here) == (*before, [])

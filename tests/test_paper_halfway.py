"""An import of paper sales that goes wrong halfway: it is told, and nothing of it stays."""

from __future__ import annotations

import gc
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from pos.body import canonical
from pos.errors import BadDocument, Refused, WorldFailed
from pos.ledger import Ledger, open_ledger
from pos.model import Fields
from pos.paper import import_sales
from tests.books import derived, documents
from tests.test_paper import LINE, but, written


def test_an_interrupted_import_leaves_nothing(till: Ledger, tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    path, before = written(tmp_path / "a.csv", [LINE]), (documents(till), derived(till))
    with pytest.raises(KeyboardInterrupt):
        import_sales(till, path, progress=stop)
    assert (documents(till), derived(till)) == before
    assert import_sales(till, path).sales == 1


def many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """100 sales, entered 10 at a time: what goes wrong behind the first has others before it."""
    monkeypatch.setattr("pos.slips.SALES_AT_ONCE", 10)
    return written(tmp_path / "many.csv", [but(receipt=n) for n in range(100)])


@pytest.mark.parametrize("bad", [0, 9, 10, 55, 99])
def test_a_sale_that_no_ledger_would_take_undoes_those_before_it(
    till: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bad: int
) -> None:
    path, before = many(tmp_path, monkeypatch), (documents(till), derived(till))

    def refuse(fields: Fields) -> str:
        if fields.get("paper") == str(bad):
            raise ValueError
        return canonical(fields)

    with monkeypatch.context() as patch:
        patch.setattr("pos.journal.canonical", refuse)
        with pytest.raises(BadDocument, match=r"^\w{8} #\d+: isinya tidak dapat dibaca\.$"):
            import_sales(till, path)
    assert (documents(till), derived(till)) == before
    assert import_sales(till, path).sales == 100


def grown_by_import(till: Ledger, path: Path, folder: Path) -> int:
    """By how many pages an import makes a ledger longer: tried on a copy."""
    copy = folder / "lain.lapak"
    with closing(sqlite3.connect(str(till.path))) as own, closing(sqlite3.connect(copy)) as its:
        own.backup(its)
    with closing(open_ledger(copy)) as other:
        before = pages(other)
        import_sales(other, path)
        return pages(other) - before


def pages(ledger: Ledger) -> int:
    with ledger.read() as conn:
        return int(conn.exec_driver_sql("PRAGMA page_count").scalar_one())


@pytest.mark.parametrize("part", [0, 0.2, 0.4, 0.6, 0.8, 0.99])
def test_a_disk_that_is_full_anywhere_in_an_import_is_told_and_leaves_nothing(
    till: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: float
) -> None:
    path, before = many(tmp_path, monkeypatch), (documents(till), derived(till))
    wanted = pages(till) + int((grown_by_import(till, path, tmp_path) - 1) * part)
    with till.read() as conn:
        conn.exec_driver_sql(f"PRAGMA max_page_count = {wanted}")
    with pytest.raises(WorldFailed, match="penuh"):
        import_sales(till, path)
    assert (documents(till), derived(till)) == before
    with till.read() as conn:
        conn.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert import_sales(till, path).sales == 100


def test_an_import_beside_another_writer_is_told_and_leaves_nothing(
    till: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, before = many(tmp_path, monkeypatch), (documents(till), derived(till))
    with till.read() as conn:
        conn.exec_driver_sql("PRAGMA busy_timeout = 0")
    with closing(sqlite3.connect(str(till.path), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(WorldFailed, match="sedang dipakai program lain"):
            import_sales(till, path)
    assert (documents(till), derived(till)) == before


def test_the_collector_runs_again_behind_an_import_that_went_wrong(till: Ledger, tmp_path: Path) -> None:
    for rows in ([LINE], [but(qty="x")]):
        with suppress(Refused):
            import_sales(till, written(tmp_path / "a.csv", rows))
        assert gc.isenabled()

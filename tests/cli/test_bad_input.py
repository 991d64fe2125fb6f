"""Bad input and a failing world: one clear sentence, exit code 2 or 3, and the ledger as it was.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pos.mark import APPLICATION_ID
from tests.cli.running import Run, documents_of

CATALOG = "sku,name,price,institution"
PAPER = "receipt,at,cashier,sku,qty,price,discount,method"
GOOD_PAPER = "P-1,2023-04-14T08:00,rina,SEMPRONG,1,30000,0,cash"

# What the file holds -> where its sentence points: row and column.
CATALOGUES = {
    "price missing": (b"sku,name,institution\nA,A,LPP-PLG\n", "a.csv:1:price"),
    "wrong columns": (b"satu,dua\n1,2\n", "a.csv:1:sku"),
    "price 12,5": (b'sku,name,price,institution\nA,A,"12,5",LPP-PLG\n', "a.csv:2:price"),
    "price above": (b"sku;name;price;institution\nA;A;1.000.000.001;LPP-PLG\n", "a.csv:2:price"),
    "sku twice": (b"sku,name,price,institution\nA,A,1,LPP-PLG\nA,B,2,LPP-PLG\n", "a.csv:3:sku"),
    "semicolons": (b"sku;name;price;institution\nA;A;x;LPP-PLG\n", "a.csv:2:price"),
    "cp1252": ("sku;name;price;institution\nA;Kué;x;LPP-PLG\n".encode("cp1252"), "a.csv:2:price"),
    "bom": ("\ufeffsku;name;price;institution\nA;Kué;x;LPP-PLG\n".encode(), "a.csv:2:price"),
    "quotes": (b'sku,name,price,institution\nA,"A,1,LPP-PLG\n', "a.csv:2"),
    "institution": (b"sku,name,price,institution\nA,A,1,LP-X\n", "a.csv:2:institution"),
    "empty": (b"", "a.csv"),
    "utf-16": ("sku,name".encode("utf-16"), "a.csv"),
    "zip": (b"PK\x03\x04" + b"x" * 100, "a.csv"),
}
PAPERS = {
    "wrong columns": ("nota,sku\nP-1,SEMPRONG", "a.csv:1:at"),
    "unknown sku": (GOOD_PAPER.replace("SEMPRONG", "TIADA"), "a.csv:2:sku"),
    "negative": (GOOD_PAPER.replace(",1,", ",-1,"), "a.csv:2:qty"),
    "fraction": (GOOD_PAPER.replace(",1,", ",1.5,"), "a.csv:2:qty"),
    "price 12,5": (GOOD_PAPER.replace("30000", '"12,5"'), "a.csv:2:price"),
    "price above": (GOOD_PAPER.replace("30000", "1000000001"), "a.csv:2:price"),
    "before": (GOOD_PAPER.replace("04-14", "03-22"), "a.csv:2:at"),
    "after": (GOOD_PAPER.replace("04-14", "05-03"), "a.csv:2:at"),
    "method": (GOOD_PAPER.replace("cash", "barter"), "a.csv:2:method"),
}


@pytest.mark.parametrize("name", CATALOGUES)
def test_a_bad_catalogue_37_38_41_42(lapak: Run, path: Path, tmp_path: Path, name: str) -> None:
    content, where = CATALOGUES[name]
    (tmp_path / "a.csv").write_bytes(content)
    before = documents_of(path)
    said = lapak("catalog", "import", path, tmp_path / "a.csv")
    assert (said.code, said.out) == (2, "")
    assert where in said.sentence
    assert documents_of(path) == before


@pytest.mark.parametrize("name", PAPERS)
def test_bad_paper_31_34_42(lapak: Run, path: Path, tmp_path: Path, name: str) -> None:
    rows, where = PAPERS[name]
    (tmp_path / "a.csv").write_text(rows if "nota" in rows else f"{PAPER}\n{rows}\n")
    before = documents_of(path)
    said = lapak("sales", "import", path, tmp_path / "a.csv")
    assert (said.code, said.out) == (2, "")
    assert where in said.sentence
    assert documents_of(path) == before


def test_many_bad_rows_are_listed_up_to_twenty(lapak: Run, path: Path, tmp_path: Path) -> None:
    rows = "\n".join(f"S{n},A,x,LPP-PLG" for n in range(50))
    (tmp_path / "a.csv").write_text(f"{CATALOG}\n{rows}\n")
    said = lapak("catalog", "import", path, tmp_path / "a.csv", "--json")
    assert said.code == 2
    assert sum(line.startswith("a.csv:") for line in said.err.splitlines()) == 20
    assert len(said.json["rejected"]) == 50


@pytest.mark.parametrize("kind", ["catalog", "sales"])
def test_a_file_that_is_none_25(lapak: Run, path: Path, tmp_path: Path, kind: str) -> None:
    with (tmp_path / "besar.csv").open("wb") as file:
        file.truncate(200_000_000)
    for name in ("besar.csv", "tiada.csv", "."):
        said = lapak(kind, "import", path, tmp_path / name)
        assert (said.code, said.out) == (2, "")
        assert said.sentence


def other_database(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("CREATE TABLE document (x)")


def wrong_tables(path: Path) -> None:
    other_database(path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        raw.execute("PRAGMA user_version = 1001")


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 2000")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


LEDGERS: dict[str, Callable[[Path], object]] = {
    "1 empty": lambda path: path.write_bytes(b""),
    "2 text": lambda path: path.write_text("bukan buku\n" * 1_000),
    "3 another database": other_database,
    "4 wrong tables": wrong_tables,
    "7 newer": newer,
    "5 cut": lambda path: os.truncate(path, 5_000),
    "25 a folder": folder,
    "missing": Path.unlink,
}
COMMANDS = (
    ["verify", "{0}"],
    ["report", "{0}", "totals"],
    ["catalog", "import", "{0}", "{1}"],
    ["sales", "import", "{0}", "{1}"],
    ["sync", "{0}", "{1}.lapak"],
    ["export", "{0}", "-o", "{1}.xlsx"],
    ["check", "{0}", "S03XX-000001 00000000"],
    ["receipt", "{0}", "S03XX-000001", "--text"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("fault", LEDGERS)
def test_a_bad_ledger(lapak: Run, path: Path, tmp_path: Path, fault: str, command: list[str]) -> None:
    LEDGERS[fault](path)
    before = path.read_bytes() if path.is_file() else None
    (tmp_path / "a.csv").write_text(f"{PAPER}\n{GOOD_PAPER}\n")
    said = lapak(*[word.format(path, tmp_path / "a.csv") for word in command])
    assert (said.code in {2, 3}, said.out) == (True, "")
    assert "stan.lapak" in said.sentence
    assert (path.read_bytes() if path.is_file() else None) == before


def test_a_ledger_cut_at_any_page_is_told_5(path: Path, lapak: Run) -> None:
    whole = path.read_bytes()
    for size in range(0, len(whole), 4096):
        path.write_bytes(whole[:size])
        said = lapak("verify", path)
        assert said.code in {1, 2, 3}
        assert "Traceback" not in said.err
        assert said.err

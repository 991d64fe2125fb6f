"""Single tables: CSV for people and for programs, JSON lines; and files that are whole or not there."""

from __future__ import annotations

import csv
import errno
import hashlib
import io
import json
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos import text
from pos.approvals import granted
from pos.catalog import post_products
from pos.chains import reading
from pos.clock import stopped_at
from pos.errors import Refused, WorldFailed
from pos.exports import EXPORTS, TABLES, export, request
from pos.ledger import Ledger, create_collector, open_ledger, open_target
from pos.model import By
from pos.refunds import void
from pos.reports import Period
from pos.sync import copy_chains
from pos.treasury import Paid, enter_pnbp
from tests.books import CATALOGUE, DAY, MOMENT, STAFF, booth, busy_day, sell, shift_of
from tests.ordering import ordered


@pytest.fixture
def english() -> Iterator[None]:
    text.use_language("en")
    yield
    text.use_language("id")


def rows(path: Path, delimiter: str = ";") -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text("utf-8-sig")), delimiter=delimiter))


def test_csv_for_indonesian_excel_is_exactly_so(till: Ledger, tmp_path: Path) -> None:
    sale = sell(till, {"NASTAR-500": 1}, tendered=100_000)
    export(till, tmp_path / "a.csv", table="payments")
    heading = "No. nota;Bagian ke;Stan;Tanggal;Waktu;Kode;Cara bayar;Jumlah uang;Diterima;Kembalian"
    line = f"{sale.receipt};1;S03;2023-04-14;14:07:00;cash;Tunai;65000;100000;35000;;{sale.device}"
    wanted = f"\ufeff{heading};Nomor referensi;Perangkat\r\n{line}\r\n"
    assert (tmp_path / "a.csv").read_bytes() == wanted.encode()


def test_csv_for_programs_is_exactly_so(till: Ledger, tmp_path: Path) -> None:
    sale = sell(till, {"NASTAR-500": 1}, tendered=100_000)
    export(till, tmp_path / "a.csv", table="payments", csv_form="plain")
    heading = "receipt,part,booth,day,time,method,name,amount,tendered,change,reference,device"
    line = f"{sale.receipt},1,S03,2023-04-14,14:07:00,cash,Tunai,65000,100000,35000,,{sale.device}"
    assert (tmp_path / "a.csv").read_bytes() == f"{heading}\n{line}\n".encode()


def test_json_lines_are_objects_with_the_ledgers_own_values(till: Ledger, tmp_path: Path) -> None:
    sale = sell(till, {"PECI": 2}, discount=500)
    export(till, tmp_path / "a.jsonl")
    (line,) = (tmp_path / "a.jsonl").read_text("utf-8").splitlines()
    found = json.loads(line)
    assert (found["receipt"], found["line"], found["day"]) == (sale.receipt, 1, "2023-04-14")
    assert (found["qty"], found["discount"], found["total"], found["cost"]) == (2, 500, 99_500, None)
    assert found["institution"] == "LP1-PLG"


def test_without_a_name_the_table_is_that_of_the_lines(till: Ledger, tmp_path: Path) -> None:
    lines = sum(len(sale.lines) for sale in busy_day(till))
    assert export(till, tmp_path / "a.csv").rows == export(till, tmp_path / "a.jsonl").rows == lines


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_as_many_lines_as_it_says(till: Ledger, tmp_path: Path, table: str) -> None:
    sale = busy_day(till)[0]
    ordered(till)
    till.clock = stopped_at(MOMENT + timedelta(minutes=5))
    approval = granted(till, "sari", "void", sale.receipt, "salah tekan")
    void(till, sale, shift_of(till), "rina", approval=approval)
    paid = Paid("LPP-PLG", DAY, 150_000, "820230413000012", "0A1B2C3D4E5F6G7H")
    enter_pnbp(till, paid, By(STAFF[1]))
    done = export(till, tmp_path / "a.csv", table=table)
    heading, *found = rows(tmp_path / "a.csv")
    assert len(found) == done.rows > 0
    assert len(set(heading)) == len(heading)


@pytest.mark.parametrize("table", TABLES)
def test_no_file_begins_with_ID(till: Ledger, tmp_path: Path, table: str) -> None:
    """Excel takes a file that does for one of another kind (MS KB 323626)."""
    for form in ("id", "plain"):
        export(till, tmp_path / "a.csv", table=table, csv_form=form)
        assert not (tmp_path / "a.csv").read_text("utf-8-sig").upper().startswith("ID")


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize("table", TABLES)
def test_nor_does_one_in_english(till: Ledger, tmp_path: Path, table: str) -> None:
    export(till, tmp_path / "a.csv", table=table)
    assert not (tmp_path / "a.csv").read_text("utf-8-sig").upper().startswith("ID")


@pytest.mark.parametrize("form", ["id", "plain"])
def test_no_name_is_taken_for_a_formula(tmp_path: Path, form: str) -> None:
    with closing(booth(tmp_path / "a.lapak")) as till:
        post_products(till, [replace(CATALOGUE[3], name='=HYPERLINK("http://x";"Peci")')])
        sell(till, {"PECI": 1})
        export(till, tmp_path / "a.csv", csv_form=form)
        export(till, tmp_path / "a.jsonl")
    (_heading, line) = rows(tmp_path / "a.csv", ";" if form == "id" else ",")
    assert line[6] == '\'=HYPERLINK("http://x";"Peci")'
    assert json.loads((tmp_path / "a.jsonl").read_text())["name"].startswith("=")


def test_separators_and_quotes_in_names_are_quoted(tmp_path: Path) -> None:
    with closing(booth(tmp_path / "a.lapak")) as till:
        post_products(till, [replace(CATALOGUE[3], name='Peci; 6", "bordir"')])
        sell(till, {"PECI": 1})
        export(till, tmp_path / "a.csv")
    assert rows(tmp_path / "a.csv")[1][6] == 'Peci; 6", "bordir"'


def test_booths_stand_in_order_and_their_receipts_too(tmp_path: Path) -> None:
    create_collector(tmp_path / "pusat.lapak")
    with closing(open_ledger(tmp_path / "pusat.lapak")) as centre:
        for code in ("S07", "S03"):
            with closing(booth(tmp_path / f"{code}.lapak", code)) as till:
                busy_day(till)
                with reading(till) as source:
                    copy_chains(source, centre)
        export(centre, tmp_path / "a.csv", table="sales")
    found = [(line[1], line[0][-6:]) for line in rows(tmp_path / "a.csv")[1:]]
    assert found == [(code, f"{n:06d}") for code in ("S03", "S07") for n in range(1, 8)]


def test_a_period_keeps_its_days_booth_and_institution(till: Ledger, tmp_path: Path) -> None:
    busy_day(till)
    made = [
        export(till, tmp_path / "a.csv", period=period).rows
        for period in (Period(institution="LPK-MRE"), Period(booth="S03"), Period(end=till.own().event.start))
    ]
    assert made == [1, 10, 0]


def test_one_institution_has_no_receipts_of_its_own(till: Ledger, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        export(till, tmp_path / "a.csv", table="sales", period=Period(institution="LPK-MRE"))


def test_postgresql_exports_the_same(till: Ledger, tmp_path: Path, postgres_url: str) -> None:
    busy_day(till)
    with closing(open_target(postgres_url)) as server:
        with reading(till) as source:
            copy_chains(source, server)
        for table in ("sales", "lines", "payments", "products"):
            wanted = export(till, tmp_path / "a.csv", table=table)
            assert export(server, tmp_path / "b.csv", table=table).sha256 == wanted.sha256
        assert export(server, tmp_path / "b.xlsx").rows == export(till, tmp_path / "a.xlsx").rows


def test_the_answer_names_the_file_its_rows_and_its_bytes(till: Ledger, tmp_path: Path) -> None:
    done = export(till, tmp_path / "baru" / "a.csv")
    assert done.file == tmp_path / "baru" / "a.csv"
    assert done.sha256 == hashlib.sha256(done.file.read_bytes()).hexdigest()


def test_progress_is_told_in_rows(till: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    busy_day(till)
    monkeypatch.setattr(request, "TELL_EVERY", 6)
    told: list[tuple[int, int]] = []
    export(till, tmp_path / "a.csv", progress=lambda done, total: told.append((done, total)))
    export(till, tmp_path / "a.xlsx", progress=lambda done, total: told.append((done, total)))
    assert told == [(6, 10), (10, 10), (6, 17), (12, 17), (17, 17)]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.xlsx"])
def test_an_export_that_is_stopped_leaves_the_old_file_and_nothing_else(
    till: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    busy_day(till)
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / name).write_text("old")
    monkeypatch.setattr(request, "TELL_EVERY", 5)
    with pytest.raises(KeyboardInterrupt):
        export(till, folder / name, progress=stop)
    assert [(path.name, path.read_text()) for path in folder.iterdir()] == [(name, "old")]


@pytest.mark.parametrize("ending", EXPORTS)
def test_a_full_disk_leaves_nothing_and_says_so(
    till: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    busy_day(till)
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorldFailed, match=r"a\."):
        export(till, tmp_path / "out" / f"a{ending}")
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    ("name", "asked", "hint"),
    [
        ("a.docx", {}, ".xlsx .csv .jsonl .pdf"),
        ("a", {}, ".xlsx .csv .jsonl .pdf"),
        ("a.pdf", {"table": "sales"}, "recap minutes"),
        ("a.csv", {"table": "omzet"}, "sales lines payments buyers returns totals"),
        ("a.csv", {"csv_form": "tsv"}, "id, plain"),
    ],
)
def test_what_cannot_be_written_is_refused_with_what_can(
    till: Ledger, tmp_path: Path, name: str, asked: dict[str, str], hint: str
) -> None:
    with pytest.raises(Refused) as refusal:
        export(till, tmp_path / "out" / name, **asked)  # type: ignore[arg-type]
    assert hint in refusal.value.hint


def test_a_folder_is_not_overwritten(till: Ledger, tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(Refused):
        export(till, tmp_path / "a.csv")

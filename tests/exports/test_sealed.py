"""The sealed archive and its checkers: good ones pass, and whatever was done to one is said by name."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from pos.chains import reading
from pos.clock import stopped_at
from pos.errors import Refused
from pos.exports import export
from pos.exports.redacted import line, state_of
from pos.ledger import Ledger, create_collector, open_ledger, open_target
from pos.model import Document
from pos.reports import Period, run_report
from pos.standing import standing
from pos.sync import copy_chains
from pos.tables import DOCUMENT
from tests.books import MOMENT, bring, documents, new_collector
from tests.exports.harms import HARMS, Docs, chain_file, first_sale, renumbered, rewrite, seal_again

FILES = {
    "BACA-SAYA.txt",
    "SHA256SUMS",
    "periksa.html",
    "periksa.py",
    "ringkasan.json",
    "laporan/rekap.xlsx",
    "laporan/rekapitulasi.pdf",
    "laporan/berita-acara.pdf",
    "data/csv/sales.csv",
    "data/csv/lines.csv",
    "data/csv/institutions.csv",
}


@pytest.fixture(scope="module")
def checker(sealed: Path, tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    """The checker as it lies in the archive."""
    folder = tmp_path_factory.mktemp("periksa")
    with ZipFile(sealed) as archive:
        archive.extract("periksa.py", folder)
    return checker_in(folder)


def checker_in(folder: Path) -> ModuleType:
    """The checker that lies in this folder, as a module."""
    spec = importlib.util.spec_from_file_location("periksa", folder / "periksa.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


Check = Callable[..., tuple[int, str]]


@pytest.fixture
def check(checker: ModuleType, capsys: pytest.CaptureFixture[str]) -> Check:
    """Runs the checker: its exit code, and all that it says."""

    def run(*words: str | Path) -> tuple[int, str]:
        capsys.readouterr()
        code = checker.main([str(word) for word in words])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def test_everything_is_in_it(sealed: Path) -> None:
    with ZipFile(sealed) as archive:
        names = set(archive.namelist())
        assert archive.testzip() is None
    assert names >= FILES
    assert sum(name.startswith("data/rantai/S0") for name in names) == 2


def test_the_same_books_give_the_same_bytes(region: Ledger, sealed: Path, tmp_path: Path) -> None:
    export(region, tmp_path / "lagi.zip")
    assert (tmp_path / "lagi.zip").read_bytes() == sealed.read_bytes()


def test_whoever_has_the_same_documents_seals_the_same(
    region: Ledger, sealed: Path, tmp_path: Path, postgres_url: str
) -> None:
    """In whatever order they came: through another file, one booth after the other, and on a server."""
    path, clock = new_collector(tmp_path / "lain.lapak"), stopped_at(MOMENT + timedelta(days=2))
    with closing(open_ledger(path, clock)) as other, closing(open_target(postgres_url, clock)) as server:
        for device in sorted(documents(region), reverse=True):
            bring(other, documents(region)[device])
        with reading(other) as source:
            copy_chains(source, server)
        for ledger in (other, server):
            export(ledger, tmp_path / "lain.zip")
            assert (tmp_path / "lain.zip").read_bytes() == sealed.read_bytes()


def test_sealed_after_its_end_an_exhibition_is_told_to_its_end(region: Ledger, tmp_path: Path) -> None:
    """Days without a sale are silent then, not still to come; in June as in the next year."""
    made, before = [], region.clock
    for year, month in ((2023, 6), (2024, 1)):
        region.clock = stopped_at(MOMENT.replace(year=year, month=month))
        export(region, tmp_path / "arsip.zip")
        made.append((tmp_path / "arsip.zip").read_bytes())
    region.clock = before
    assert made[0] == made[1]
    with ZipFile(tmp_path / "arsip.zip") as archive:
        board = archive.read("data/csv/daily-board.csv").decode("utf-8-sig").splitlines()
        assert json.loads(archive.read("ringkasan.json"))["keadaan"] == "2023-04-14T14:12:00+07:00"
    assert not [row for row in board if ";;" in row]


def test_a_good_archive_is_said_to_be_whole(check: Check, sealed: Path, opened: Path, region: Ledger) -> None:
    for place in (sealed, opened):
        code, said = check(place)
        assert (code, "Arsip ini utuh." in said) == (0, True), said
    total = run_report(region, "totals", Period()).totals["total"]
    assert f"penjualan bersih Rp{total:,}".replace(",", ".") in said
    assert standing(region).sidik in said


def test_it_runs_with_nothing_but_the_standard_library(opened: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-I", "-S", str(opened / "periksa.py")],
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
        cwd=opened.parent,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.endswith("Arsip ini utuh.\n")


@pytest.mark.parametrize("name", ["laporan/rekap.xlsx", "data/csv/sales.csv", "ringkasan.json"])
def test_a_changed_file_is_named(check: Check, opened: Path, name: str) -> None:
    data = bytearray((opened / name).read_bytes())
    data[len(data) // 2] ^= 1
    (opened / name).write_bytes(data)
    code, said = check(opened)
    assert (code, f"Berkas {name} berubah" in said) == (1, True), said


def test_a_lost_and_a_foreign_file_are_named(check: Check, opened: Path) -> None:
    (opened / "data/csv/sales.csv").unlink()
    (opened / "tambahan.txt").write_text("x")
    code, said = check(opened)
    assert code == 1
    assert "Berkas data/csv/sales.csv hilang." in said
    assert "Berkas tambahan.txt tidak ada di dalam segel." in said


@pytest.mark.parametrize(("harm", "said"), HARMS)
def test_a_harmed_chain_is_told_also_when_it_was_sealed_again(
    check: Check, opened: Path, harm: Docs, said: str
) -> None:
    rewrite(chain_file(opened), harm)
    seal_again(opened)
    code, found = check(opened)
    assert code == 1
    assert re.search(rf"\[SALAH\] Rantai .*{said}", found), found


def test_a_missing_receipt_number_is_named(check: Check, opened: Path) -> None:
    sale = first_sale(opened)
    renumbered(opened)
    seal_again(opened)
    code, said = check(opened)
    assert (code, f"Nota S03{sale['device'][:2]}-000002 hilang." in said) == (1, True), said


def cut_tail(folder: Path, kept: int) -> list[dict[str, Any]]:
    """Take the end off a chain and make everything that speaks of it agree; the documents of before."""
    docs = [json.loads(text) for text in chain_file(folder).read_bytes().splitlines()]
    rewrite(chain_file(folder), lambda some: some.__delitem__(slice(kept, None)))
    told = json.loads((folder / "ringkasan.json").read_text())
    for end in told["stan"]:
        if end["device"] == docs[0]["device"]:
            end["seq"], end["hash"] = kept, docs[kept - 1]["hash"]
    (folder / "ringkasan.json").write_text(json.dumps(told))
    return docs


def test_a_cut_tail_is_told_by_the_heads_on_paper(
    check: Check, checker: ModuleType, opened: Path, region: Ledger
) -> None:
    docs = cut_tail(opened, 12)
    last = docs[-1]
    archive = checker.Archive(opened)
    chains = checker.read_chains(archive, checker.Report())
    told = json.loads((opened / "ringkasan.json").read_text())
    told["sidik"] = checker.sidik_of(chains)
    told["nota"] = sum(len(chain.numbers["sale"]) for chain in chains)
    told["bersih"] = sum(chain.total for chain in chains)
    (opened / "ringkasan.json").write_text(json.dumps(told))
    seal_again(opened)
    code, said = check(opened)
    assert (code, "hanya ketahuan dari kertas" in said) == (0, True), said  # nothing inside tells of it
    code, said = check(opened, "--kepala", f"S03:{last['seq']}:{last['hash'][:8]}")
    assert (code, "Rantai S03 dipotong: kertas menyebut dokumen" in said) == (1, True), said
    code, said = check(opened, "--kepala", f"S03:{last['hash'].upper()}")
    assert (code, "dipotong atau ditulis ulang" in said) == (1, True), said
    code, said = check(opened, "--sidik", standing(region).sidik)
    assert (code, "Sidik rekap di kertas" in said) == (1, True), said


def test_the_heads_on_paper_agree_with_a_good_one(check: Check, sealed: Path, region: Ledger) -> None:
    stand = standing(region)
    heads = [
        word
        for one in stand.ends
        for word in (
            "--kepala",
            f"{one.booth}:{one.seq}:{one.hash[:16]}",
            "--kepala",
            f"{one.device}:{one.hash}",
        )
    ]
    code, said = check(sealed, "--sidik", stand.sidik.lower(), *heads)
    assert code == 0, said
    assert said.count("sama dengan yang di kertas") == 5
    code, said = check(sealed, "--kepala", f"S03:{stand.ends[0].seq - 1}:{stand.ends[0].hash[:8]}")
    assert (code, "ditulis ulang" in said) == (1, True)


def test_a_receipt_on_paper_is_known_or_not(check: Check, sealed: Path, opened: Path) -> None:
    sale = first_sale(opened)
    number, code = f"S03{sale['device'][:2]}-000001", sale["hash"][:8].upper()
    assert check(sealed, "--nota", number, code)[0] == 0
    assert check(sealed, "--nota", number.lower(), f"{code[:4]} {code[4:]}")[0] == 0
    found, said = check(sealed, "--nota", number, "00000000")
    assert (found, "kodenya bukan 00000000" in said) == (1, True)
    found, said = check(sealed, "--nota", number.replace("000001", "009999"), code)
    assert (found, "tidak ada di arsip ini" in said) == (1, True)


def test_what_lies_behind_a_fault_is_not_called_missing(check: Check, opened: Path) -> None:
    """Nobody may be told that a paper is false because the archive is."""
    docs = [json.loads(text) for text in chain_file(opened).read_bytes().splitlines()]
    last = [doc for doc in docs if doc["kind"] == "sale"][-1]
    number = f"S03{last['device'][:2]}-{json.loads(last['body'])['number']:06d}"
    rewrite(chain_file(opened), lambda some: some.__delitem__(3))
    seal_again(opened)
    for asked in (
        ["--nota", number, last["hash"][:8]],
        ["--kepala", f"S03:{last['seq']}:{last['hash'][:8]}"],
        ["--kepala", f"S03:{last['hash'][:8]}"],
    ):
        code, said = check(opened, *asked)
        assert (code, "tidak dapat diperiksa, sebab rantainya tidak utuh" in said) == (1, True), said


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--kepala", "S03"], 2, "bukan kepala rantai"),
        (["--nota", "000042", "9F3A2C1B"], 2, "bukan nomor dan kode"),
        (["--kepala", "S99:1:9F3A2C1B"], 1, "Tidak ada rantai S99"),
    ],
)
def test_what_is_asked_wrongly_is_said(
    check: Check, sealed: Path, words: list[str], code: int, said: str
) -> None:
    found, text = check(sealed, *words)
    assert (found, said in text) == (code, True), text


def test_what_is_no_archive_is_said(check: Check, tmp_path: Path, sealed: Path) -> None:
    assert check(tmp_path / "tidak-ada.zip")[0] == 2
    (tmp_path / "teks.zip").write_text("x")
    assert check(tmp_path / "teks.zip")[0] == 2
    (tmp_path / "kosong").mkdir()
    assert check(tmp_path / "kosong")[0] == 2
    data = bytearray(sealed.read_bytes())
    place = data.index(b"data/csv/lines.csv") + 200
    data[place : place + 40] = bytes(40)
    (tmp_path / "rusak.zip").write_bytes(data)
    code, said = check(tmp_path / "rusak.zip")
    assert code in {1, 3}, said


def test_nothing_personal_and_no_pin_is_in_it(sealed: Path, region: Ledger) -> None:
    with region.read() as conn:
        private = [row[0] for row in conn.execute(select(DOCUMENT.c.private)) if row[0]]
    secrets = {text for row in private for text in json.loads(row).values() if isinstance(text, str) and text}
    assert secrets
    with ZipFile(sealed) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert not [text for text in secrets if len(text) > 3 and text.encode() in everything]
    assert b"scrypt$" not in everything
    assert not re.search(rb'"private":(?!null)', everything)


def test_the_state_of_sha256_is_gone_on_from(checker: ModuleType) -> None:
    data = bytes(range(256)) * 3
    for done in (64, 128, 704):
        for end in (done, done + 1, done + 55, done + 56, 768):
            found = checker.sha256_from(state_of(data[:done]), done, data[done:end])
            assert found == hashlib.sha256(data[:end]).hexdigest()


def test_a_line_holds_the_document_but_what_is_private() -> None:
    doc = Document("K7M2Q9ZT", 1, "sale", "2023-04-14T14:07:00+07:00", "ab", '{"a":"é"}', '{"name":"Budi"}')
    told = json.loads(line(doc))
    assert told == {name: value for name, value in doc._asdict().items() if name != "private"}


@pytest.mark.parametrize("period", [Period(booth="S03"), Period(institution="LPP-PLG")])
def test_a_part_is_not_sealed(region: Ledger, tmp_path: Path, period: Period) -> None:
    with pytest.raises(Refused):
        export(region, tmp_path / "a.zip", period=period)
    with pytest.raises(Refused):
        export(region, tmp_path / "a.zip", table="sales")


def test_empty_books_are_not_sealed(tmp_path: Path) -> None:
    create_collector(tmp_path / "a.lapak")
    ledger = open_ledger(tmp_path / "a.lapak")
    with pytest.raises(Refused):
        export(ledger, tmp_path / "a.zip")
    ledger.close()


def test_the_documents_in_it_are_the_ledgers(opened: Path, region: Ledger) -> None:
    for device, docs in documents(region).items():
        (path,) = (opened / "data/rantai").glob(f"*-{device}.jsonl")
        assert path.read_bytes() == b"".join(map(line, docs))


def test_the_report_files_are_the_ones_of_the_books(opened: Path, region: Ledger, tmp_path: Path) -> None:
    export(region, tmp_path / "sales.csv", table="sales")
    assert (tmp_path / "sales.csv").read_bytes() == (opened / "data/csv/sales.csv").read_bytes()
    shutil.rmtree(opened)

"""`lapak receipt` makes every kind of paper, of sales and of what came back, and counts its copies."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument

from pos.clock import stopped_at
from pos.ledger import open_ledger
from pos.model import Refund
from pos.papers import Source, number_of
from pos.refunds import void
from tests.books import MOMENT, sell, shift_of
from tests.cli.running import Run, documents_of
from tests.every_paper import every
from tests.receipts.printer import run


@pytest.fixture
def back(path: Path) -> Refund:
    """A sale of a peci, cancelled."""
    with closing(open_ledger(path)) as ledger:
        return void(ledger, sell(ledger, {"PECI": 1}), shift_of(ledger), "rina", "salah tekan")


@pytest.mark.parametrize(("paper", "size"), [("a5", (210, 148)), ("a4", (210, 297))])
def test_a_kuitansi_is_counted_apart_from_the_slip(
    lapak: Run, path: Path, back: Refund, tmp_path: Path, paper: str, size: tuple[int, int]
) -> None:
    file = tmp_path / "k.pdf"
    lapak("receipt", path, back.receipt_of, "-o", tmp_path / "struk.pdf")
    for copy in (0, 1):
        said = lapak("receipt", path, back.receipt_of, "--paper", paper, "-o", file, "--json")
        assert said.json == {"file": str(file), "number": back.receipt_of, "copy": copy, "total": 50_000}
        with closing(PdfDocument(file)) as pdf:
            assert tuple(round(points / 72 * 25.4) for points in pdf[0].get_size()) == size
            text = pdf[0].get_textpage().get_text_bounded()
            assert f"KW-{back.receipt_of}" in text
            assert ("SALINAN ke-1" in text) is bool(copy)


@pytest.mark.parametrize(("paper", "dots"), [("80", 576), ("58", 384)])
def test_bytes_for_a_printer(
    lapak: Run, path: Path, back: Refund, tmp_path: Path, paper: str, dots: int
) -> None:
    file = tmp_path / "struk.bin"
    said = lapak("receipt", path, back.receipt_of, "--escpos", "--paper", paper, "-o", file, "--json")
    assert (said.code, said.json["copy"]) == (0, 0)
    rows = [row for row, _bold, _tall in run(file.read_bytes(), dots).rows]
    assert any(row.startswith("TOTAL") and row.endswith("Rp50.000") for row in rows)


def test_what_came_back_has_a_slip_and_a_code_of_its_own(lapak: Run, path: Path, back: Refund) -> None:
    said = lapak("receipt", path, back.receipt.lower(), "--text", "--json")
    assert (said.json["number"], said.json["total"]) == (back.receipt, 50_000)
    assert f"Untuk struk {back.receipt_of}" in said.json["text"]
    known = lapak("check", path, back.receipt, back.code, "--json")
    assert (known.code, known.json["valid"], known.json["sale"]["of"]) == (0, True, back.receipt_of)
    assert lapak("check", path, back.receipt, "0000 0000").code == 1


@pytest.mark.parametrize(
    "asked",
    [
        ["{sale}", "--escpos"],
        ["{sale}", "--escpos", "--text"],
        ["{sale}", "--text", "--paper", "a5"],
        ["{sale}", "--escpos", "--paper", "a4", "-o", "k.bin"],
        ["{sale}", "--paper", "a5", "-o", "k.txt"],
        ["{back}", "--paper", "a5", "-o", "k.pdf"],
        ["S03XX-R00001", "--text"],
    ],
)
def test_what_does_not_go_together_is_refused(
    lapak: Run, path: Path, back: Refund, tmp_path: Path, asked: list[str]
) -> None:
    before = documents_of(path), sorted(tmp_path.iterdir())
    words = [word.format(sale=back.receipt_of, back=back.receipt) for word in asked]
    said = lapak("receipt", path, *[tmp_path / word if word[:2] == "k." else word for word in words])
    assert (said.code, said.out) == (2, "")
    assert said.sentence
    assert (documents_of(path), sorted(tmp_path.iterdir())) == before


@pytest.fixture
def others(path: Path) -> dict[str, Source]:
    """One document of every kind."""
    with closing(open_ledger(path, stopped_at(MOMENT))) as ledger:
        return every(ledger)


@pytest.mark.parametrize(
    "paper",
    [
        ("closing", 0, 80),
        ("received", 0, 80),
        ("counted", 0, 80),
        ("remittance", 100_000, 210),
        ("deposit", 100_000, 80),
        ("order", 300_000, 80),
    ],
)
def test_the_number_of_any_paper_gives_it_and_counts_it(
    lapak: Run, path: Path, others: dict[str, Source], tmp_path: Path, paper: tuple[str, int, int]
) -> None:
    name, total, width = paper  # the latter in mm
    file, number = tmp_path / "k.pdf", number_of(others[name])
    for copy in (0, 1):
        said = lapak("receipt", path, number.lower(), "-o", file, "--json")
        assert said.json == {"file": str(file), "number": number, "copy": copy, "total": total}
        with closing(PdfDocument(file)) as pdf:
            assert round(pdf[0].get_width() / 72 * 25.4) == width
            text = pdf[0].get_textpage().get_text_bounded()
            assert number in text
            assert ("SALINAN ke-1" in text) is bool(copy)
    said = lapak("receipt", path, number, "--text")
    assert said.code == (2 if name == "remittance" else 0)
    assert (number in said.out) is (name != "remittance")


def test_papers_of_both_sizes_come_on_the_one_asked_for(
    lapak: Run, path: Path, others: dict[str, Source], tmp_path: Path
) -> None:
    for name in ("closing", "returned"):
        file, number = tmp_path / f"{name}.pdf", number_of(others[name])
        for paper, width in (("a4", 210), ("58", 58)):
            said = lapak("receipt", path, number, "--paper", paper, "-o", file, "--json")
            assert (said.code, said.json["copy"]) == (0, 0)
            with closing(PdfDocument(file)) as pdf:
                assert round(pdf[0].get_width() / 72 * 25.4) == width
        data = tmp_path / f"{name}.bin"
        assert lapak("receipt", path, number, "--escpos", "--paper", "58", "-o", data).code == 0
        assert number in " ".join(run(data.read_bytes(), 384).words())


@pytest.mark.parametrize(
    "refused",
    [
        ("remittance", ["--paper", "80", "-o", "k.pdf"], "hanya ada di kertas A4"),
        ("remittance", ["--escpos", "-o", "k.bin"], "Hanya struk"),
        ("closing", ["--paper", "a5", "-o", "k.pdf"], "tidak ada di ukuran kertas ini"),
        ("order", ["--paper", "a4", "-o", "k.pdf"], "tidak ada di ukuran kertas ini"),
        ("deposit", ["--paper", "a5", "--text"], "Hanya struk"),
    ],
)
def test_a_paper_that_does_not_come_so_is_refused(
    lapak: Run, path: Path, others: dict[str, Source], tmp_path: Path, refused: tuple[str, list[str], str]
) -> None:
    name, asked, says = refused
    words = [tmp_path / word if word[:2] == "k." else word for word in asked]
    said = lapak("receipt", path, number_of(others[name]), *words)
    assert said.code == 2
    assert says in said.sentence
    assert not list(tmp_path.glob("k.*"))


def test_days_and_numbers_give_many_receipts_in_one_file(lapak: Run, path: Path, tmp_path: Path) -> None:
    with closing(open_ledger(path)) as ledger:
        sales = [sell(ledger, {"PECI": 1}) for _time in range(3)]
        total = sales[0].total
        day = sales[0].day.isoformat()
    file = tmp_path / "arsip.pdf"
    said = lapak("receipt", path, "--from", day, "--to", day, "-o", file, "--json")
    assert said.json == {"file": str(file), "receipts": 3, "copies": 0, "total": 3 * total}
    span = f"{sales[1].receipt}..{sales[2].receipt}"
    said = lapak("receipt", path, "--numbers", span, "--paper", "58", "-o", file, "--json")
    assert said.json == {"file": str(file), "receipts": 2, "copies": 2, "total": 2 * total}
    with closing(PdfDocument(file)) as pdf:
        text = "".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert [sale.receipt in text for sale in sales] == [False, True, True]
    assert text.count("SALINAN ke-1") == 2
    said = lapak("receipt", path, sales[2].receipt, "-o", file, "--json")
    assert said.json["copy"] == 2


@pytest.mark.parametrize(
    "asked",
    [
        ["-o", "k.pdf"],
        ["--numbers", "S03K7-000001", "-o", "k.pdf"],
        ["--numbers", "{sale}..S99XX-000009", "-o", "k.pdf"],
        ["--from", "kemarin", "-o", "k.pdf"],
        ["--from", "2023-04-14", "--numbers", "{sale}..{sale}", "-o", "k.pdf"],
        ["{sale}", "--from", "2023-04-14", "-o", "k.pdf"],
        ["--from", "2023-04-14"],
        ["--from", "2023-04-14", "--text"],
        ["--from", "2023-04-14", "--escpos", "-o", "k.bin"],
        ["--from", "2023-04-14", "-o", "k.txt"],
        ["--from", "2023-04-15", "--to", "2023-04-14", "-o", "k.pdf"],
        ["--from", "2024-01-01", "-o", "k.pdf"],
    ],
)
def test_ranges_that_are_none_are_refused(
    lapak: Run, path: Path, back: Refund, tmp_path: Path, asked: list[str]
) -> None:
    before = documents_of(path), sorted(tmp_path.iterdir())
    words = [word.format(sale=back.receipt_of) for word in asked]
    said = lapak("receipt", path, *[tmp_path / word if word[:2] == "k." else word for word in words])
    assert (said.code, said.out) == (2, "")
    assert said.sentence
    assert (documents_of(path), sorted(tmp_path.iterdir())) == before

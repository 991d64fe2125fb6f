"""What holds of every kind of paper: it is found by its number, drawn from its document, and says the same on
every way out.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from pos.clock import stopped_at
from pos.errors import Refused
from pos.ledger import Ledger, open_ledger, set_setting
from pos.letterhead import KEY, Letterhead, Signatory, letterhead_text
from pos.paper_search import find_paper
from pos.papers import (
    PAPERS,
    PaperRef,
    Source,
    draw,
    kuitansi_wanted,
    number_of,
    packing_wanted,
    paper_name,
    paper_on,
    papers_of,
)
from pos.printing import count, enqueue
from pos.receipts.blocks import Slip
from pos.receipts.escpos import escpos, plain_letters
from pos.receipts.labels import FORMS, Kind
from pos.receipts.measures import CELL
from pos.receipts.pdf import pdf_bytes
from pos.receipts.raster import raster
from tests.books import MOMENT, booth, bring, documents, sell
from tests.every_paper import every, labels
from tests.receipts.printer import run

STOCK = ("received", "returned", "damaged", "counted")
CASES = (
    *(("sale", key) for key in ("sale", "kuitansi", "itemised", "packing")),
    *((key, key) for key in ("refund", "remittance", "settlement", "deposit", "order", "hand-over")),
    *(
        (kind, key)
        for kind in ("received", "returned", "damaged", "counted")
        for key in ("stock-a4", "stock")
    ),
    *(("closing", key) for key in ("z", "z-a4")),
)
ROLLS = [case for case in CASES if PAPERS[case[1]].size == "roll"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Source]]:
    """A booth with every kind of paper, made once."""
    path = tmp_path_factory.mktemp("papers") / "stan.lapak"
    ledger = booth(path, clock=stopped_at(MOMENT))
    found = every(ledger)
    ledger.close()
    return path, found


@pytest.fixture
def booth_of(made: tuple[Path, dict[str, Source]], tmp_path: Path) -> Iterator[Ledger]:
    """A copy of it."""
    ledger = open_ledger(shutil.copyfile(made[0], tmp_path / "stan.lapak"), stopped_at(MOMENT))
    yield ledger
    ledger.close()


def ref(found: Source, key: str) -> PaperRef:
    """One of the papers of a document."""
    return next(one for one in papers_of(found) if one.paper == key)


def words_of(data: bytes) -> list[str]:
    """The words of a PDF as a receipt printer has letters for them, without the rules."""
    with pypdfium2.PdfDocument(data) as pdf:
        text = "\n".join(page.get_textpage().get_text_range() for page in pdf)
    words = " ".join(plain_letters(word) for word in text.split()).split()
    return [word for word in words if set(word) - set("*-")]


def test_every_kind_is_among_the_cases() -> None:
    assert {key for _name, key in CASES} == set(PAPERS)


@pytest.mark.parametrize(("name", "key"), CASES)
def test_every_pdf_says_its_number_its_name_and_which_copy_it_is(
    booth_of: Ledger, made: tuple[Path, dict[str, Source]], name: str, key: str
) -> None:
    found = made[1][name]
    assert find_paper(booth_of, number_of(found).lower()) == found
    what = ref(found, key)
    for copy in (0, 2):
        words = words_of(pdf_bytes(draw(booth_of, what, copy=copy)))
        assert number_of(found) in " ".join(words)
        assert ("SALINAN ke-2" in " ".join(words)) is bool(copy)
    assert paper_name(key) not in ("", key)
    drawn = draw(booth_of, what)
    assert isinstance(drawn, Slip) is (PAPERS[key].size == "roll")


@pytest.mark.parametrize("columns", [48, 32])
@pytest.mark.parametrize(("name", "key"), ROLLS)
def test_a_receipt_printer_prints_the_words_of_the_pdf(
    booth_of: Ledger, made: tuple[Path, dict[str, Source]], name: str, key: str, columns: int
) -> None:
    slip = draw(booth_of, ref(made[1][name], key), columns=columns, copy=1)
    assert isinstance(slip, Slip)
    printed = run(escpos(slip), columns * CELL)
    assert Counter(printed.words()) == Counter(words_of(pdf_bytes(slip)))
    assert max(len(row) for row, _bold, _tall in printed.rows) <= columns


@pytest.mark.parametrize("columns", [48, 42, 32])
@pytest.mark.parametrize("kind", FORMS)
def test_a_receipt_printer_prints_the_words_of_a_label(booth_of: Ledger, kind: Kind, columns: int) -> None:
    slip = labels(booth_of, columns)[kind]
    assert isinstance(slip, Slip)
    printed = run(escpos(slip), columns * CELL)
    assert Counter(printed.words()) == Counter(words_of(pdf_bytes(slip)))
    assert max(len(row) for row, _bold, _tall in printed.rows) <= columns
    codes = {found.text for found in zxingcpp.read_barcodes(run(raster(slip), columns * CELL).paper())}
    assert {"NASTAR-500", "PECI", "HAMPERS"} <= codes
    assert any(text.startswith("Nastar 500 g\n") for text in codes) is (kind == "card")


def test_the_office_draws_the_labels_of_what_it_was_sent(booth_of: Ledger, collector: Ledger) -> None:
    for chain in documents(booth_of).values():
        bring(collector, chain)
    drawn = labels(booth_of)
    assert labels(collector) == drawn
    for paper in drawn.values():
        words = " ".join(words_of(pdf_bytes(paper)))
        for told in ("20/05/2023", "B-07", "2061671010123-28", "ID16110000123456789", "Rp65.000"):
            assert told in words
    assert "Kami membordir sejak 2015" in " ".join(words_of(pdf_bytes(drawn["card"])))


def test_letters_bear_the_head_of_the_office_and_who_is_known_signs_with_a_nip(
    booth_of: Ledger, made: tuple[Path, dict[str, Source]]
) -> None:
    nip = "198503122009012001"
    lines = ("KEMENTERIAN", "Kanwil Baru", "Lapas Kelas I", "Jl. Sudirman 3")
    head = Letterhead(*lines, (Signatory("Sari Wulandari", nip=nip),))
    set_setting(booth_of, KEY, letterhead_text(head))
    for name, key in (("received", "stock-a4"), ("counted", "stock-a4"), ("remittance", "remittance")):
        text = " ".join(words_of(pdf_bytes(draw(booth_of, ref(made[1][name], key)))))
        for line in (*lines, f"NIP {nip}"):
            assert line in text, line


def test_the_office_draws_every_paper_from_the_documents_it_was_sent(
    booth_of: Ledger, made: tuple[Path, dict[str, Source]], collector: Ledger
) -> None:
    for chain in documents(booth_of).values():
        bring(collector, chain)
    for found in made[1].values():
        assert find_paper(collector, number_of(found)) == found
        for what in papers_of(found):
            text = " ".join(words_of(pdf_bytes(draw(collector, what, copy=1))))
            assert number_of(found) in text


def test_papers_are_counted_where_they_belong(booth_of: Ledger, made: tuple[Path, dict[str, Source]]) -> None:
    sale = made[1]["sale"]
    numbers = [what.number for found in made[1].values() for what in papers_of(found)]
    assert [number for number, often in Counter(numbers).items() if often > 1] == [f"KW-{number_of(sale)}"]
    for number in dict.fromkeys(numbers):
        assert [count(booth_of, [number])[number] for _time in range(2)] == [0, 1]
    assert enqueue(booth_of, ref(made[1]["closing"], "z")).copy == 2


def test_what_there_is_not_is_told(booth_of: Ledger, made: tuple[Path, dict[str, Source]]) -> None:
    plain = sell(booth_of, {"PECI": 1})
    assert packing_wanted(plain) is None
    assert kuitansi_wanted(plain, itemised=True).paper == "itemised"
    assert paper_on(made[1]["remittance"], "roll") is None
    gone = {"z": "z", "stock": "stock", "deposit": "deposit"}
    for key in gone:
        with pytest.raises(Refused, match="tidak ada di buku ini"):
            draw(booth_of, PaperRef(key, "X", plain.device, 9_999))
    with pytest.raises(Refused, match="belum dikenal"):
        draw(booth_of, PaperRef("order", "X", plain.device, 9_999))


@pytest.mark.parametrize("number", ["", "S03", "S03K7-", "S03XX-000001", "-000001", "S03K7-٣"])
def test_what_is_no_number_of_a_paper_is_refused(booth_of: Ledger, number: str) -> None:
    with pytest.raises(Refused, match=r"[Tt]idak ada"):
        find_paper(booth_of, number)


@pytest.mark.parametrize("letter", "RZDPTBGSCQ")
def test_each_series_is_searched_and_a_number_of_another_laptop_is_none_of_ours(
    booth_of: Ledger, letter: str
) -> None:
    ours = booth_of.own().prefix
    for number in (f"S03?!-{letter}00001", f"{ours}-{letter}00777", f"{ours}-{letter}", f"{ours}-{letter}٣"):
        with pytest.raises(Refused, match=r"[Tt]idak ada"):
            find_paper(booth_of, number)
    with pytest.raises(Refused, match=r"[Tt]idak ada"):
        find_paper(booth_of, f"{ours}-{letter}{10**15}")

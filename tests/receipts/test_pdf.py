"""The receipt as PDF: read back as text, scanned, measured, and written whole or not at all."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from reportlab.pdfbase.ttfonts import TTFont

from pos.errors import WorldFailed
from pos.ledger import Ledger
from pos.model import Product, Sale
from pos.paths import resource
from pos.receipts.blocks import Block, Code, Mark, Slip, Text, printable
from pos.receipts.measures import PAPERS
from pos.receipts.pdf import pdf_bytes, write_pdf
from pos.receipts.slip import sale_slip
from tests.books import busy_day, sell, with_catalogue

MM = 72 / 25.4
DOTS = 203 / 72  # what a receipt printer makes of a point


def three_lines(till: Ledger) -> Sale:
    return sell(till, {"NASTAR-500": 2, "SEMPRONG": 1, "PECI": 1}, tendered=500_000)


def page(data: bytes) -> pypdfium2.PdfPage:
    document = pypdfium2.PdfDocument(data)
    assert len(document) == 1
    return document[0]


def read(data: bytes) -> list[str]:
    """The rows of text as a PDF viewer would search and copy them."""
    return str(page(data).get_textpage().get_text_bounded()).split("\r\n")


def words(block: Block) -> Iterator[str]:
    match block:
        case Text(left=left, right=right):
            yield f"{left.strip()} {right}".strip()
        case Mark(text=text):
            yield text
        case Code(label=label, text=text):
            yield from (label, text)


def shown(slip: Slip) -> list[str]:
    return [row for block in slip.blocks for row in words(block)]


@pytest.mark.parametrize("columns", PAPERS)
def test_every_row_of_every_kind_of_sale_is_there_to_read(till: Ledger, columns: int) -> None:
    for sale in busy_day(till):
        slip = sale_slip(till, sale, columns=columns, copy=1)
        assert read(pdf_bytes(slip)) == shown(slip)


@pytest.mark.parametrize("columns", PAPERS)
def test_scanners_find_number_and_kode_periksa_at_the_printers_resolution(till: Ledger, columns: int) -> None:
    sale = three_lines(till)
    image = page(pdf_bytes(sale_slip(till, sale, columns=columns))).render(scale=DOTS).to_pil().convert("1")
    found = {str(code.format): code.text for code in zxingcpp.read_barcodes(image.convert("L"))}
    assert found == {"Code 128": sale.receipt, "QR Code": f"{sale.receipt} {sale.code}"}


def size(slip: Slip) -> tuple[float, float]:
    """Width and height of the paper in mm."""
    return tuple(points / MM for points in page(pdf_bytes(slip)).get_size())


def test_the_paper_is_as_wide_as_the_roll_and_as_long_as_the_sale(till: Ledger) -> None:
    one, two = sell(till, {"NASTAR-500": 1}), sell(till, {"NASTAR-500": 1, "PUTRI-500": 1})
    width, height = size(sale_slip(till, one))
    assert width == pytest.approx(80, abs=0.01)
    assert size(sale_slip(till, one, columns=32))[0] == pytest.approx(58, abs=0.01)
    assert size(sale_slip(till, two))[1] - height == pytest.approx(7, abs=0.01)  # two rows of 3.5 mm


def test_names_are_never_markup_and_strange_letters_never_a_crash(till: Ledger) -> None:
    with_catalogue(till, [Product("ANEH", "<b>Kopi</b> & <font size=9> 🎂 تمر %s \\", 1_000, "LP1-PLG")])
    rows = read(pdf_bytes(sale_slip(till, sell(till, {"ANEH": 1}))))
    assert "<b>Kopi</b> & <font size=9> ? ? %s \\" in rows


def test_a_receipt_is_small_and_carries_our_two_fonts_only(till: Ledger) -> None:
    data = pdf_bytes(sale_slip(till, three_lines(till)))
    assert len(data) <= 25_000
    assert set(re.findall(rb"/BaseFont /(\S+)", data)) == {
        b"AAAAAA+LapakMono-Regular",
        b"AAAAAA+LapakMono-Bold",
    }


@pytest.mark.parametrize("style", ["Regular", "Bold"])
def test_the_fonts_hold_every_character_that_a_slip_may(style: str) -> None:
    face = TTFont(f"test-{style}", resource(f"fonts/LapakMono-{style}.ttf")).face
    wanted = {place for place in range(0x20, 0x3000) if printable(chr(place)) == chr(place)}
    assert len(wanted) > 190
    assert wanted <= set(face.charToGlyph)
    assert {face.charWidths[place] for place in wanted} == {600}


def test_the_same_sale_gives_the_same_file(till: Ledger, tmp_path: Path) -> None:
    sale = three_lines(till)
    write_pdf(sale_slip(till, sale), tmp_path / "struk" / "a.pdf")
    write_pdf(sale_slip(till, sale), tmp_path / "struk" / "b.pdf")
    first, second = sorted((tmp_path / "struk").iterdir())
    assert first.read_bytes() == second.read_bytes()


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    """A real limit of the operating system: writing more fails as on a full disk."""
    if sys.platform == "win32":
        pytest.skip("Windows has no such limit")
    import resource as limits

    before = limits.getrlimit(limits.RLIMIT_FSIZE)
    limits.setrlimit(limits.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        limits.setrlimit(limits.RLIMIT_FSIZE, before)


def test_a_failed_write_leaves_the_old_file_and_nothing_half(till: Ledger, tmp_path: Path) -> None:
    old, new = (sale_slip(till, three_lines(till)) for _ in range(2))
    folder = tmp_path / "struk"
    write_pdf(old, folder / "a.pdf")
    before = (folder / "a.pdf").read_bytes()
    with files_no_larger_than(1_000), pytest.raises(WorldFailed, match=r"a\.pdf"):
        write_pdf(new, folder / "a.pdf")
    assert [(file.name, file.read_bytes()) for file in folder.iterdir()] == [("a.pdf", before)]


def test_a_folder_in_the_place_of_the_file_is_told(till: Ledger, tmp_path: Path) -> None:
    (tmp_path / "struk.pdf").mkdir()
    with pytest.raises(WorldFailed, match=r"struk\.pdf"):
        write_pdf(sale_slip(till, three_lines(till)), tmp_path / "struk.pdf")
    assert not list(tmp_path.glob(".*"))


def test_a_slip_of_another_width_has_no_paper(till: Ledger) -> None:
    with pytest.raises(ValueError, match="40 columns"):
        pdf_bytes(sale_slip(till, three_lines(till), columns=40))

"""Both ways of printing a slip beside its PDF: the same words in the same order, no dot astray."""

from __future__ import annotations

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops, ImageFilter, ImageStat

from pos.ledger import Ledger
from pos.model import Product
from pos.receipts.blocks import Slip
from pos.receipts.escpos import escpos, plain_letters
from pos.receipts.measures import CELL, EDGE, PAPERS
from pos.receipts.pdf import pdf_bytes
from pos.receipts.raster import raster
from pos.receipts.slip import refund_slip, sale_slip
from pos.receipts.trial import trial_slip
from pos.refunds import void
from tests.books import MOMENT, busy_day, sell, shift_of, with_catalogue
from tests.receipts.printer import run

ALIKE = 6  # of 255: how much two pictures differ that differ only in how letters are rounded to dots


def of_pdf(slip: Slip) -> Image.Image:
    """The PDF as a head of 203 dpi sees it, without its margins."""
    page = pypdfium2.PdfDocument(pdf_bytes(slip))[0]
    picture: Image.Image = page.render(scale=203.2 / 72).to_pil().convert("L")
    left = (PAPERS[slip.columns] - slip.columns * CELL) // 2
    return picture.crop((left, EDGE, left + slip.columns * CELL, picture.height - EDGE))


def apart(one: Image.Image, other: Image.Image) -> float:
    """How different two pictures are, letters blurred a little."""
    soft = ImageFilter.GaussianBlur(3)
    size = (one.width, min(one.height, other.height))
    both = (picture.crop((0, 0, *size)).filter(soft) for picture in (one, other))
    return ImageStat.Stat(ImageChops.difference(*both)).mean[0]


@pytest.mark.parametrize("columns", PAPERS)
def test_the_picture_is_the_pdf_dot_for_dot(till: Ledger, columns: int) -> None:
    sale = busy_day(till)[2]
    for slip in (
        sale_slip(till, sale, columns=columns, copy=2),
        refund_slip(till, void(till, sale, shift_of(till), "rina"), columns=columns),
        trial_slip(columns, "Stan 03", MOMENT),
    ):
        printed, wanted = run(raster(slip), columns * CELL).paper(), of_pdf(slip)
        assert abs(printed.height - wanted.height) <= 1
        assert apart(printed, wanted) < ALIKE
        assert apart(ImageChops.offset(printed, 4, 0), wanted) > ALIKE  # half a millimetre would be seen


@pytest.mark.parametrize("columns", PAPERS)
def test_text_says_the_same_words_in_the_same_order_as_the_pdf(till: Ledger, columns: int) -> None:
    for sale in busy_day(till):
        slip = sale_slip(till, sale, columns=columns, copy=1)
        text = pypdfium2.PdfDocument(pdf_bytes(slip))[0].get_textpage().get_text_bounded()
        assert run(escpos(slip), columns * CELL).words() == [
            word for word in plain_letters(text.replace("\r\n", " ")).split() if set(word) - set("*-")
        ]


@pytest.mark.parametrize("columns", PAPERS)
def test_scanners_read_the_codes_off_a_picture(till: Ledger, columns: int) -> None:
    sale = sell(till, {"NASTAR-500": 2})
    paper = run(raster(sale_slip(till, sale, columns=columns)), columns * CELL).paper()
    found = {str(code.format): code.text for code in zxingcpp.read_barcodes(paper)}
    assert found == {"Code 128": sale.receipt, "QR Code": f"{sale.receipt} {sale.code}"}


def test_a_picture_is_sent_in_bands_and_cut_only_when_asked(till: Ledger) -> None:
    slip = sale_slip(till, sell(till, {"PECI": 1}))
    torn, cut = run(raster(slip), 576), run(raster(slip, cut=True), 576)
    assert (torn.fed_lines, torn.cuts, cut.cuts) == (4, 0, 1)
    assert max(picture.height for picture in torn.pictures) == 128
    assert torn.rows == []


@pytest.mark.parametrize("code_page", ["cp437", "cp858", "cp1252"])
def test_a_code_page_keeps_the_letters_it_has_and_plains_the_others(till: Ledger, code_page: str) -> None:
    with_catalogue(till, [Product("ANEH", "Kué “Lapis” Łegit ñandú 🎂", 9_000, "LP1-PLG")])
    slip = sale_slip(till, sell(till, {"ANEH": 1}))
    (row,) = [row for row, _b, _t in run(escpos(slip, code_page=code_page), 576).rows if row[:2] == "Ku"]
    quotes = "“Lapis”" if code_page == "cp1252" else '"Lapis"'
    assert row.startswith(f"Kué {quotes} ?egit ñandú ?")


@pytest.mark.parametrize("columns", PAPERS)
def test_the_ruler_of_the_trial_print_fills_one_row(columns: int) -> None:
    rows = [row for row, _b, _t in run(escpos(trial_slip(columns, "Stan 03", MOMENT)), columns * CELL).rows]
    (ruler,) = [row for row in rows if row.startswith("123456789")]
    assert len(ruler) == columns
    assert any(row.endswith("25.000.000") for row in rows)

"""Price labels: what a scanner reads of them, where they lie, and what they refuse."""

from __future__ import annotations

from io import BytesIO

import pytest

from pos.errors import Refused
from pos.model import Institution, Product
from pos.receipts.ean13 import ean_bars, is_ean13
from pos.receipts.labels import (
    LABEL,
    PER_SHEET,
    Label,
    Placing,
    code_bars,
    label_sheets,
    label_slip,
    labels_of,
)
from pos.receipts.pdf import pdf_bytes
from pos.receipts.sheet import Frame, Shape, Sheet, Words
from pos.receipts.text import slip_text
from tests.receipts.test_code128 import scan

UNITS = {"LPP-PLG": Institution("LPP-PLG", "Lapas Perempuan Palembang", "LPP Palembang")}
GOODS = {
    "NASTAR": Product("NASTAR", "Nastar 500 g", 65_000, "LPP-PLG", barcode="2059020000017"),
    "LONG": Product("LONG", "Hampers Lebaran Istimewa isi dua belas toples aneka rasa " * 5, 25_000_000, "X"),
    "A-B.C/D$E%F+G_1234567890-ABCDEFGHIJ": Product("A-B.C/D$E%F+G_1234567890-ABCDEFGHIJ", "Kode", 5, "X"),
}
NASTAR = Label("Nastar 500 g", "Karya LPP Palembang", "2059020000017", 65_000)


@pytest.mark.parametrize("first", range(10))
def test_a_scanner_reads_the_bars_of_an_ean(first: int) -> None:
    """The first digit has no bars of its own: the others tell it."""
    begun = f"{first}12345678907"[:12]
    number = next(begun + digit for digit in "0123456789" if is_ean13(begun + digit))
    assert scan(ean_bars(number)) == number
    assert sum(ean_bars(number)) == 95


@pytest.mark.parametrize("text", ["2059020000018", "205902000001", "20590200000170", "٢059020000017", ""])
def test_what_is_no_ean_is_not_drawn_as_one(text: str) -> None:
    assert not is_ean13(text)
    with pytest.raises(ValueError, match="EAN-13"):
        ean_bars(text)


def test_goods_without_a_barcode_bear_their_code() -> None:
    found = labels_of(GOODS, UNITS, {"NASTAR": 2, "LONG": 1})
    assert [label.code for label in found] == ["2059020000017", "2059020000017", "LONG"]
    assert found[0] == NASTAR
    assert sum(code_bars("LONG")) != 95


def words(sheet: Sheet) -> list[str]:
    return [stamp.text for stamp in sheet.stamps if isinstance(stamp, Words)]


def test_labels_begin_where_they_are_told_and_go_on_on_the_next_sheet() -> None:
    sheets = label_sheets([NASTAR] * 30, Placing(start=20, guides=True))
    frames = [[stamp for stamp in sheet.stamps if isinstance(stamp, Frame)] for sheet in sheets]
    assert [len(found) for found in frames] == [5, 24, 1]
    assert (round(frames[0][0].x, 1), round(frames[0][0].y, 1)) == (73.0, round(12.9 + 6 * 33.9, 1))
    moved = label_sheets([NASTAR], Placing(right=-3, down=1.5, guides=True))[0].stamps[0]
    assert isinstance(moved, Frame)
    assert (moved.x, round(moved.y, 1)) == (4, 14.4)


@pytest.mark.parametrize("sku", GOODS)
def test_nothing_on_a_label_leaves_it(sku: str) -> None:
    (sheet,) = label_sheets(labels_of(GOODS, UNITS, {sku: PER_SHEET}), Placing(guides=True))
    frames = [stamp for stamp in sheet.stamps if isinstance(stamp, Frame)]
    shapes = [stamp for stamp in sheet.stamps if isinstance(stamp, Shape)]
    assert all(one.x + x * one.scale <= 210 - 7 for one in shapes for bar in one.outlines for x, _y in bar)
    assert {(frame.width, frame.height) for frame in frames} == {LABEL}
    assert len(words(sheet)) <= 5 * PER_SHEET
    assert pdf_bytes((sheet,)).startswith(b"%PDF")


def test_a_label_for_the_roll_says_the_same() -> None:
    slip = label_slip(NASTAR)
    assert "Nastar 500 g" in slip_text(slip)
    assert "Rp65.000" in slip_text(slip)
    assert BytesIO(pdf_bytes(slip)).read(4) == b"%PDF"


@pytest.mark.parametrize(
    "counts", [{}, {"NASTAR": 0}, {"NASTAR": -1, "LONG": 2}, {"NASTAR": 5_001}, {"?": 1}]
)
def test_labels_that_nobody_means_are_refused(counts: dict[str, int]) -> None:
    with pytest.raises(Refused):
        labels_of(GOODS, UNITS, counts)


@pytest.mark.parametrize(
    "placing", [Placing(start=0), Placing(start=25), Placing(right=3.1), Placing(down=-9)]
)
def test_places_that_a_sheet_does_not_have_are_refused(placing: Placing) -> None:
    with pytest.raises(Refused):
        label_sheets([NASTAR], placing)

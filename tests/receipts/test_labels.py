"""Price labels: what a scanner reads of them, where they lie, and what they refuse."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
import zxingcpp
from pypdfium2 import PdfDocument

from pos.errors import Refused
from pos.label_facts import Facts
from pos.label_goods import Batch
from pos.model import Institution, Product
from pos.printers import Printer, slip_bytes
from pos.receipts.blocks import Code, Slip
from pos.receipts.ean13 import ean_bars, is_ean13
from pos.receipts.fonts import text_width
from pos.receipts.label_stamps import CARD, TAG
from pos.receipts.label_text import Label, Telling, code_bars, labels_of, qr_rows
from pos.receipts.labels import FORMS, Kind, Placing, label_roll, label_sheets, label_slip
from pos.receipts.measures import CELL, code_left, code_side
from pos.receipts.pdf import pdf_bytes
from pos.receipts.sheet import Frame, Shape, Sheet, Stamp, Words
from pos.receipts.text import slip_text
from tests.receipts.test_code128 import scan

FACTS = Facts(
    "Dipanggang setiap pagi oleh peserta pelatihan. Nanasnya dari kebun sendiri – “segar”.",
    "ID16110000123456789",
    "P-IRT 2061671010123-28",
    "BK-02",
)
BATCH = Batch("B-07", date(2023, 5, 20))
TOLD = (
    "Baik digunakan sebelum 20/05/2023",
    "Kode produksi B-07",
    "P-IRT 2061671010123-28",
    "Halal ID16110000123456789",
    "Kelompok kerja BK-02",
)
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


def test_labels_begin_where_they_are_told_and_go_on_on_the_next_sheet() -> None:
    sheets = label_sheets([NASTAR] * 30, Placing(start=20, guides=True))
    frames = [[stamp for stamp in sheet.stamps if isinstance(stamp, Frame)] for sheet in sheets]
    assert [len(found) for found in frames] == [5, 24, 1]
    assert (round(frames[0][0].x, 1), round(frames[0][0].y, 1)) == (73.0, round(12.9 + 6 * 33.9, 1))
    moved = label_sheets([NASTAR], Placing(right=-3, down=1.5, guides=True))[0].stamps[0]
    assert isinstance(moved, Frame)
    assert (moved.x, round(moved.y, 1)) == (4, 14.4)


def extent(stamp: Stamp) -> tuple[float, float, float, float]:
    """Left, top, right and bottom in mm."""
    if isinstance(stamp, Words):
        wide = text_width(stamp.text, stamp.weight, stamp.size)
        before = {"left": 0.0, "center": wide / 2, "right": wide}[stamp.align]
        return stamp.x - before, stamp.y - stamp.size * 0.26, stamp.x - before + wide, stamp.y
    if isinstance(stamp, Shape):
        xs = [stamp.x + x * stamp.scale for one in stamp.outlines for x, _y in one]
        ys = [stamp.y + y * stamp.scale for one in stamp.outlines for _x, y in one]
        return min(xs), min(ys), max(xs), max(ys)
    assert isinstance(stamp, Frame)
    return stamp.x, stamp.y, stamp.x + stamp.width, stamp.y + stamp.height


def apart(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("told", [False, True])
@pytest.mark.parametrize("sku", GOODS)
def test_nothing_on_a_label_leaves_it_or_lies_over_anything_else(sku: str, told: bool, kind: Kind) -> None:
    goods = {sku: replace(GOODS[sku], facts=FACTS)} if told else GOODS
    telling = Telling({}, {sku: BATCH}) if told else Telling()
    (sheet,) = label_sheets(labels_of(goods, UNITS, {sku: 1}, telling), Placing(guides=True), kind)
    frame, *marks = sheet.stamps
    assert isinstance(frame, Frame)
    assert (frame.width, frame.height) == {"tag": TAG, "card": CARD}[kind]
    left, top, right, bottom = extent(frame)
    boxes = [extent(one) for one in marks]
    for box in boxes:
        assert left + 3 <= box[0] <= box[2] <= right - 3
        assert top + 2 <= box[1] <= box[3] <= bottom - 2
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            assert apart(one, other)
    words = [one.text for one in marks if isinstance(one, Words)]
    assert ("Baik digunakan sebelum 20/05/2023" in " ".join(words)) == told
    assert pdf_bytes((sheet,)).startswith(b"%PDF")


def scanned(paper: Slip | tuple[Sheet, ...]) -> dict[str, set[str]]:
    """What a scanner reads of a paper that was printed at 300 dpi, by the kind of code."""
    with closing(PdfDocument(pdf_bytes(paper))) as pdf:
        picture = pdf[0].render(scale=300 / 72).to_pil().convert("L")
    found: dict[str, set[str]] = {}
    for code in zxingcpp.read_barcodes(picture):
        found.setdefault(re.sub(r"\W|BarcodeFormat", "", str(code.format)), set()).add(code.text)
    return found


@pytest.mark.parametrize("kind", FORMS)
@pytest.mark.parametrize("roll", [False, True])
def test_the_till_reads_the_bars_and_a_telephone_the_words(kind: Kind, roll: bool) -> None:
    goods = {"NASTAR": GOODS["NASTAR"], "LPP-NST500": Product("LPP-NST500", "Kotak", 65_000, "X")}
    goods = {sku: replace(one, facts=FACTS) for sku, one in goods.items()}
    labels = labels_of(goods, UNITS, dict.fromkeys(goods, 1), Telling({}, {"NASTAR": BATCH}))
    found = scanned(label_roll(labels, 32, kind) if roll else label_sheets(labels, kind=kind))
    assert found["EAN13"] == {"2059020000017"}
    assert found["Code128"] == {"LPP-NST500"}
    if roll and kind == "tag":
        assert "QRCode" not in found
        return
    (read,) = (text for text in found["QRCode"] if text.startswith("Nastar 500 g"))
    assert read.splitlines()[1] == "Karya LPP Palembang"
    assert read.splitlines()[2].startswith("Dipanggang setiap pagi")
    if kind == "card" and not roll:
        assert read.splitlines()[3:] == [*TOLD]
        assert read.isascii()


def test_what_labels_tell_and_in_which_order() -> None:
    goods = {"NASTAR": replace(GOODS["NASTAR"], facts=FACTS), "LONG": GOODS["LONG"]}
    telling = Telling({"LPP-PLG": "Cerita UPT.", "X": "Cerita X."}, {"NASTAR": BATCH, "LONG": Batch("7")})
    nastar, long = labels_of(goods, UNITS, {"NASTAR": 1, "LONG": 1}, telling)
    assert nastar.told == TOLD
    assert nastar.story == FACTS.story  # its own before that of its institution
    assert (long.story, long.told) == ("Cerita X.", ("Kode produksi 7",))


def test_what_a_tag_has_no_room_for_is_left_out_whole_the_last_first() -> None:
    goods = {"NASTAR": replace(GOODS["NASTAR"], facts=FACTS)}
    (sheet,) = label_sheets(labels_of(goods, UNITS, {"NASTAR": 1}, Telling({}, {"NASTAR": BATCH})))
    facts = " · ".join(one.text for one in sheet.stamps if isinstance(one, Words) and one.size < 6)
    shown = facts.split(" · ")
    assert shown == [*TOLD[: len(shown)]]
    assert len(shown) >= 3


def test_a_roll_holds_as_many_as_a_printer_remembers() -> None:
    for kind, form in FORMS.items():
        longest = replace(NASTAR, name="Nastar " * 12, story="kue " * 70, told=TOLD)
        slip_bytes(Printer("tcp", "10.0.0.9", 32, raster=True), label_roll([longest] * 2, 32, kind))
        with pytest.raises(Refused, match=f"{form.on_roll} label"):
            label_roll([NASTAR] * (form.on_roll + 1), 32, kind)
        label_roll([NASTAR] * form.on_roll, 32, kind)


def test_no_qr_code_on_a_roll_is_wider_than_the_paper() -> None:
    longest = replace(NASTAR, name="n" * 200, story="s" * 280, told=TOLD)
    for block in label_slip(longest, 32, "card").blocks:
        if isinstance(block, Code):
            left = code_left(block, 32 * CELL)
            assert left >= 4 * 6  # four modules of white
            assert 2 * left + code_side(block) in (32 * CELL, 32 * CELL - 1)  # in the middle
    assert len(qr_rows(longest, 106)) == 37


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

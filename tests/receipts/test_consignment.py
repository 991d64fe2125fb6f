"""The papers of goods on consignment: what stands on them, on how many sheets, and that it all fits."""

from __future__ import annotations

from datetime import date

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from pos.catalog import post_products
from pos.consignment import correct, give_back, receive, write_off
from pos.counts import enter, explain, finish
from pos.deliveries import Entry, Head
from pos.ledger import Ledger
from pos.model import By, Product
from pos.receipts.consignment import consignment_sheets, remittance_sheets
from pos.receipts.escpos import escpos
from pos.receipts.fonts import text_width
from pos.receipts.letter import HEIGHT, RIGHT
from pos.receipts.pdf import pdf_bytes
from pos.receipts.sheet import Sheet, Words
from pos.receipts.stock_slip import consignment_slip
from pos.receipts.text import slip_text
from pos.remittances import Paying, remit
from pos.stock_slips import StockSlip
from tests.books import STAFF, sell, shift_of

HEAD = Head("LPP-PLG", "Yuliana, S.H.", "W6.PAS.23-114")


def by(ledger: Ledger) -> By:
    return By(STAFF[1], shift_of(ledger))


def delivery(ledger: Ledger) -> StockSlip:
    entries = [Entry("NASTAR-500", 40, "B-07", date(2023, 5, 20)), Entry("SEMPRONG", 30)]
    return receive(ledger, HEAD, entries, by(ledger), 85)


def read(sheets: tuple[Sheet, ...]) -> list[str]:
    """The text of each page of the PDF."""
    pages = pypdfium2.PdfDocument(pdf_bytes(sheets))
    return [page.get_textpage().get_text_range() for page in pages]


def within(sheets: tuple[Sheet, ...]) -> None:
    """No word leaves the paper or the margin at the right."""
    for sheet in sheets:
        for stamp in sheet.stamps:
            if isinstance(stamp, Words):
                width = text_width(stamp.text, stamp.weight, stamp.size)
                left = stamp.x - {"left": 0, "center": width / 2, "right": width}[stamp.align]
                assert left >= 10, stamp
                assert left + width <= RIGHT + 0.5, stamp
                assert stamp.y < HEIGHT - 5, stamp


def test_a_delivery_says_who_brought_what_and_what_it_is_worth(till: Ledger) -> None:
    slip = delivery(till)
    (text,) = read(consignment_sheets(till, slip))
    for words in (
        "Kanwil Kemenkumham Sumatera Selatan",
        f"No. {slip.receipt}",
        "Tanda terima titipan",
        "Lapas Perempuan Kelas IIA Palembang",
        "W6.PAS.23-114",
        "B-07 · 20/05/2023",
        "40 toples",
        "65.000",
        "55.250",
        "2.600.000",
        "Rp3.500.000 (terbilang: tiga juta lima ratus ribu rupiah)",
        "85% adalah hak UPT",
        "Palembang, 14 April 2023",
        "Yuliana, S.H.",
        "Sari Wulandari",
        "Halaman 1 dari 1",
        f"Kode periksa {slip.code[:4]} {slip.code[4:]}",
    ):
        assert words in text, words
    within(consignment_sheets(till, slip))


def test_it_stays_as_it_was_whatever_becomes_of_names_and_prices(till: Ledger) -> None:
    slip = delivery(till)
    before = consignment_sheets(till, slip)
    post_products(till, [Product("NASTAR-500", "Nastar baru", 99_000, "LPP-PLG", unit="dus")])
    assert consignment_sheets(till, slip) == before


def test_a_return_comes_twice_and_names_each_side(till: Ledger) -> None:
    slip = give_back(till, HEAD, [Entry("SEMPRONG", 21)], by(till))
    first, second = read(consignment_sheets(till, slip))
    assert "Lembar 1 dari 2 untuk UPT" in first
    assert "Lembar 2 dari 2 untuk stan" in second
    for text in (first, second):
        assert "Berita acara pengembalian barang" in text
        assert "terbilang: enam ratus tiga puluh ribu rupiah" in text
        assert text.count("NIP") == 2


def test_copies_and_corrections_and_write_offs_say_so(till: Ledger) -> None:
    slip = delivery(till)
    assert "SALINAN ke-2, 14.07" in read(consignment_sheets(till, slip, 2))[0]
    counter = read(consignment_sheets(till, correct(till, slip, "salah hitung", by(till))))[0]
    assert f"Koreksi atas {slip.receipt}" in counter
    assert "titipan itu tidak berlaku" in counter
    off = write_off(till, "gift", Head("LPP-PLG", reason="tamu dinas"), [Entry("SEMPRONG", 1)], by(till))
    text = read(consignment_sheets(till, off))[0]
    assert "Berita acara barang keluar: Hadiah" in text
    assert "tamu dinas" in text


def test_a_count_tells_both_figures_and_the_cause(till: Ledger) -> None:
    enter(till, "LPP-PLG", "NASTAR-500", 100)
    enter(till, "LPP-PLG", "SEMPRONG", 98)
    count = explain(till, "LPP-PLG", "SEMPRONG", "other", "kemasan terbuka")
    slip = finish(till, count, by(till))
    (text,) = read(consignment_sheets(till, slip))
    for words in ("Berita acara hitung stok", "1 berselisih", "sebab lain, kemasan terbuka", "−60.000"):
        assert words in text, words


def test_the_money_of_an_institution_has_its_paper(till: Ledger) -> None:
    sell(till, {"NASTAR-500": 2})
    paid = remit(till, "LPP-PLG", Paying(100_000, "transfer", "Yuliana", "BRI 4471"), by(till))
    (text,) = read(remittance_sheets(till, paid))
    for words in ("Transfer BRI 4471", "110.500", "10.500", "terbilang: seratus ribu rupiah", paid.receipt):
        assert words in text, words


@pytest.mark.parametrize("kinds", [1, 19, 20, 21, 27, 28, 29, 70, 300])
def test_long_lists_go_on_and_signatures_are_never_alone_or_cut(till: Ledger, kinds: int) -> None:
    odd = "Seperangkat <b>Kursi\u202e</b> Tamu \U0001f36a " + "Ukir Jati " * 9
    goods = [Product(f"SKU-YANG-PANJANG-{n}", odd, 999_999_999, "LPP-PLG", unit="gram") for n in range(kinds)]
    post_products(till, goods)
    head = Head("LPP-PLG", "Nama " * 30, "No " * 40, "sebab " * 30)
    entries = [Entry(one.sku, 1_000_000, "BATCH " * 9, date(2023, 5, 1)) for one in goods]
    sheets = consignment_sheets(till, receive(till, head, entries, by(till), 85))
    within(sheets)
    texts = read(sheets)
    assert "Yang menyerahkan," in texts[-1]
    assert "terbilang" in texts[-1]
    assert sum(text.count("BATCH") > 0 for text in texts) >= len(texts) - 1
    rows = sum(sheet.text.count("1.000 kg") for sheet in sheets)
    assert rows == kinds


@pytest.mark.parametrize("columns", [48, 32])
def test_the_slip_of_the_roll_reads_and_prints(till: Ledger, columns: int) -> None:
    slip = consignment_slip(till, delivery(till), columns=columns, copy=1)
    text = slip_text(slip)
    assert all(len(row) <= columns for row in text.splitlines())
    for words in ("TANDA TERIMA TITIPAN", "40 toples", "2.600.000", "Rp3.500.000", "SALINAN ke-1"):
        assert words in text, words
    assert escpos(slip)
    page = pypdfium2.PdfDocument(pdf_bytes(slip))[0]
    picture: Image.Image = page.render(scale=3).to_pil()
    assert {code.text for code in zxingcpp.read_barcodes(picture)} >= {slip.title}


def test_the_check_code_can_be_scanned(till: Ledger) -> None:
    slip = delivery(till)
    page = pypdfium2.PdfDocument(pdf_bytes(consignment_sheets(till, slip)))[0]
    picture: Image.Image = page.render(scale=200 / 72).to_pil()
    assert f"{slip.receipt} {slip.code}" in {code.text for code in zxingcpp.read_barcodes(picture)}

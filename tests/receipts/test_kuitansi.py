"""The kuitansi and the A4 sheet: what an office files reads right, fits, and can be checked."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageOps

from pos.checkout import checkout
from pos.clock import stopped_at
from pos.ledger import Ledger, create, new_device
from pos.model import Product, Sale
from pos.money import in_words
from pos.payments import settle
from pos.receipts.fonts import text_width
from pos.receipts.itemised import itemised
from pos.receipts.kuitansi import kuitansi
from pos.receipts.pdf import pdf_bytes
from pos.receipts.sheet import Frame, Sheet, Stroke, Words
from pos.refunds import void
from pos.text import use_language
from tests.books import MOMENT, busy_day, cart_of, event, sell, shift_of, with_catalogue

MM = 72 / 25.4


def words(sheet: Sheet) -> list[str]:
    return [stamp.text for stamp in sheet.stamps if isinstance(stamp, Words)]


def pages(sheets: tuple[Sheet, ...]) -> list[pypdfium2.PdfPage]:
    return list(pypdfium2.PdfDocument(pdf_bytes(sheets)))


def image(page: pypdfium2.PdfPage, dpi: int = 200) -> Image.Image:
    picture: Image.Image = page.render(scale=dpi / 72).to_pil()
    return picture


def worth(till: Ledger, total: int, buyer: str = "") -> Sale:
    with_catalogue(till, [Product("HARGA", "Meja ukir", total, "LPP-PLG", position=9)])
    cart = cart_of(till, {"HARGA": 1}).for_buyer(buyer)
    return checkout(till, cart, [settle("transfer", total)], shift_of(till), "rina")


def test_it_says_what_a_kuitansi_says(till: Ledger) -> None:
    cart = cart_of(till, {"NASTAR-500": 2, "KOPI-GRAM": 250})
    parts = [settle("qris", 100_000), settle("cash", 60_000)]
    sale = checkout(till, cart.for_buyer("office"), parts, shift_of(till), "rina")
    assert words(kuitansi(till, sale)) == [
        "KUITANSI",
        f"No. KW-{sale.receipt}",
        "Hari Bhakti Pemasyarakatan ke-59",
        "Kanwil Kemenkumham Sumatera Selatan · Stan S03",
        "Lapas Perempuan Kelas IIA Palembang",
        "Telah terima dari",
        ":",
        "Instansi",
        "Uang sejumlah",
        ":",
        "Seratus enam puluh ribu rupiah",
        "Untuk pembayaran",
        ":",
        "Nastar 500 g (2), Kopi Semendo curah (0,25 kg)",
        "Cara bayar",
        ":",
        f"QRIS Rp100.000 + Tunai Rp60.000 · transaksi {sale.receipt}",
        "Rp",
        "160.000,–",
        "Pindai untuk memeriksa keaslian.",
        "Kode periksa",
        f"{sale.code[:4]} {sale.code[4:]}",
        "Palembang, 14 April 2023",
        "Yang menerima,",
        "Rina Oktaviani",
        "Kasir Stan S03 · NIP " + "…" * 8,
        "Lembar 1 untuk pembeli · lembar 2 untuk arsip stan",
        "Bermeterai cukup bila nilai di atas Rp5.000.000",
    ]


def test_the_public_writes_its_name_on_a_dotted_line(till: Ledger) -> None:
    dotted = [s for s in kuitansi(till, worth(till, 9_000)).stamps if isinstance(s, Stroke) and s.dotted]
    assert [(line.x, line.width) for line in dotted] == [(58, 140)]
    known = kuitansi(till, worth(till, 9_000, buyer="family")).stamps
    assert not [s for s in known if isinstance(s, Stroke) and s.dotted]


@pytest.mark.parametrize(("total", "stamped"), [(4_999_999, False), (5_000_000, False), (5_000_001, True)])
def test_only_above_five_million_there_is_room_for_a_stamp(till: Ledger, total: int, stamped: bool) -> None:
    sheet = kuitansi(till, worth(till, total))
    assert any(isinstance(stamp, Frame) and stamp.dotted for stamp in sheet.stamps) is stamped
    assert ("Meterai" in words(sheet)) is stamped


def inside(sheet: Sheet) -> None:
    """Nothing reaches over the margins, and no line runs into another on the same base line."""
    spans: dict[float, list[tuple[float, float, str]]] = {}
    for stamp in (stamp for stamp in sheet.stamps if isinstance(stamp, Words)):
        width = text_width(stamp.text, stamp.weight, stamp.size)
        left = stamp.x - {"left": 0, "center": width / 2, "right": width}[stamp.align]
        assert left >= 11.9
        assert left + width <= 198.1, stamp.text
        assert 10 < stamp.y < sheet.height - 5
        spans.setdefault(stamp.y, []).append((left, left + width, stamp.text))
    for row in spans.values():
        row.sort()
        assert all(one[1] <= other[0] for one, other in pairwise(row)), row


def huge(till: Ledger) -> Sale:
    goods = [
        Product(f"P{n}", f"Barang kerajinan tangan nomor {n}", 12_500, "LPP-PLG", position=20 + n)
        for n in range(60)
    ]
    with_catalogue(till, [*goods, Product("UKIR", "Ukiran " + "Jepara" * 40, 777_777_777, "LP1-PLG")])
    cart = cart_of(till, {"UKIR": 999, **{f"P{n}": n + 1 for n in range(60)}}).with_off(777)
    parts = [settle("transfer", cart.total - 777_000), settle("cash", 777_000, 800_000)]
    return checkout(till, cart.for_buyer("family"), parts, shift_of(till), "sari")


def test_the_largest_sale_fits_and_its_words_are_never_cut(till: Ledger) -> None:
    sale = huge(till)
    sheet = kuitansi(till, sale, copy=2)
    inside(sheet)
    text = " ".join(words(sheet))
    said = in_words(sale.total) + " rupiah"
    assert said[0].upper() + said[1:] in text
    assert text.count("macam lain") + text.count("…") >= 1
    assert f"transaksi {sale.receipt}" in text


def test_of_many_things_it_names_some_and_counts_the_others(till: Ledger) -> None:
    with_catalogue(till, [Product(f"P{n}", f"Barang nomor {n}", 1_000, "LPP-PLG") for n in range(40)])
    sale = sell(till, {f"P{n}": 1 for n in range(40)})
    text = " ".join(words(kuitansi(till, sale)))
    named, left = text.count("Barang nomor"), int(re.findall(r"dan (\d+) macam lain", text)[0])
    assert named + left == 40
    assert named > 10


def test_every_kind_of_sale_fits_and_can_be_scanned(till: Ledger) -> None:
    for sale in busy_day(till):
        sheet = kuitansi(till, sale)
        inside(sheet)
        (page,) = pages((sheet,))
        assert [round(points / MM, 1) for points in page.get_size()] == [210, 148]
        read = {code.text for code in zxingcpp.read_barcodes(ImageOps.grayscale(image(page)))}
        assert f"{sale.receipt} {sale.code}" in read
        assert words(sheet)[0] in page.get_textpage().get_text_bounded()


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_letterhead_never_runs_into_the_number(tmp_path: Path, language: str) -> None:
    fair = replace(event(), name="Pameran " + "Produk Unggulan " * 8, office="Kantor Wilayah " * 8)
    device = new_device("STAN12", "Stan 03, Halaman Muka", "LPP-PLG", fair)
    booth = with_catalogue(create(tmp_path / "jauh.lapak", device, stopped_at(MOMENT)))
    use_language(language)
    try:
        sheet = kuitansi(booth, sell(booth, {"PECI": 1}))
    finally:
        use_language("id")
    inside(sheet)
    head = [stamp for stamp in sheet.stamps if isinstance(stamp, Words) and stamp.y < 25]
    width = {text: text_width(text.text, text.weight, text.size) for text in head}
    ends = [text.x + width[text] for text in head if text.align == "left"]
    starts = [text.x - width[text] for text in head if text.align == "right"]
    assert max(ends) + 4 < min(starts)
    booth.close()


def test_a_copy_a_sample_and_a_cancelled_sale_are_marked(till: Ledger, tmp_path: Path) -> None:
    sale = sell(till, {"PECI": 1})
    back = void(till, sale, shift_of(till), "rina")
    till.clock = stopped_at(MOMENT + timedelta(minutes=25))
    assert f"SALINAN ke-3, 14.32  ·  DIBATALKAN, {back.receipt}" in words(kuitansi(till, sale, copy=3))
    device = new_device("S03", "Stan 03", "LPP-PLG", event(), sample=True)
    practice = with_catalogue(create(tmp_path / "contoh.lapak", device, stopped_at(MOMENT)))
    assert "CONTOH - BUKAN BUKTI PEMBAYARAN" in words(kuitansi(practice, sell(practice, {"PECI": 1})))
    practice.close()


def test_nothing_on_it_needs_colour(till: Ledger) -> None:
    """Black and white prints keep all that is written: no light ink, no dark ground."""
    grey = ImageOps.grayscale(image(pages((kuitansi(till, worth(till, 6_000_000), copy=1),))[0], 100))
    dark = sum(grey.histogram()[:160]) / (grey.width * grey.height)
    assert 0.01 < dark < 0.15
    title = grey.crop((600, 30, 800, 90)).histogram()
    assert sum(title[:100]) > 500


def test_the_fonts_are_ours_and_figures_are_of_one_width(till: Ledger) -> None:
    data = pdf_bytes((kuitansi(till, sell(till, {"PECI": 1})),))
    assert set(re.findall(rb"/BaseFont /\w+\+(\S+)", data)) == {
        b"LapakSans-Medium",
        b"LapakSans-Bold",
        b"LapakSans-ExtraBold",
    }
    assert len(data) < 60_000
    for weight in ("Medium", "Bold", "ExtraBold"):
        assert len({text_width(digit, weight, 10) for digit in "0123456789"}) == 1


def test_the_a4_sheet_has_every_line_and_adds_up(till: Ledger) -> None:
    sale = huge(till)
    sheets = itemised(till, sale)
    assert [(sheet.width, sheet.height) for sheet in sheets] == [(210, 297)] * 2
    for sheet in sheets:
        inside(sheet)
    text = [text for sheet in sheets for text in words(sheet)]
    assert all(f"Barang kerajinan tangan nomor {n}" in text for n in range(60))
    assert text[text.index("Diskon belanja") + 1] == "−777"
    assert text[-2:] == [text[-2], "Halaman 2 dari 2"]
    amounts = [
        int(stamp.text.replace(".", "").replace("−", "-"))
        for sheet in sheets
        for stamp in sheet.stamps
        if isinstance(stamp, Words) and stamp.x == 198 and re.fullmatch(r"−?[\d.]+", stamp.text)
    ]
    assert sum(amounts) == sale.total
    assert [page.get_size()[1] for page in pages(sheets)] == pytest.approx([297 * MM] * 2)


def test_one_a4_page_is_enough_for_a_usual_sale(till: Ledger) -> None:
    sale = sell(till, {"NASTAR-500": 2, "PECI": 1})
    (sheet,) = itemised(till, sale)
    assert {f"No. KW-{sale.receipt}", f"Rincian transaksi {sale.receipt}"} <= set(words(sheet))
    assert not [text for text in words(sheet) if text.startswith("Halaman")]

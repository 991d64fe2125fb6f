"""The slip: what a cashier reads, in 48 and in 32 columns."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.cart import new_cart, sold_lines
from pos.checkout import checkout
from pos.clock import stopped_at
from pos.ledger import Ledger, create, new_device
from pos.model import Institution, Product, Sale, Staff
from pos.money import plain, rupiah
from pos.payments import settle
from pos.receipts.blocks import Mark, Text, printable
from pos.receipts.slip import _line, _sums, refund_slip, sale_slip
from pos.receipts.text import slip_text
from pos.refunds import void
from pos.shifts import open_shift
from pos.staff import post_staff
from tests.books import DAY, MOMENT, busy_day, cart_of, event, sell, shift_of, with_catalogue

ON_80_MM = r"""
                  HARI BHAKTI
              PEMASYARAKATAN KE-59
 Kanwil Kemenkumham Sumatera Selatan · Stan S03
/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\
No. S03K7-000001                14/04/2023 14.07
Kasir Rina Oktaviani
------------------------------------------------
Peci Bordir · Lapas I Palembang
  1 x 50.000                              50.000
  Diskon 10%                              −5.000
  Catatan: bungkus kado
Nastar 500 g · LPP Palembang
  2 x 65.000                             130.000
Hampers Lebaran · LPP Palembang
  1 x 170.000                            170.000
    1 Nastar 500 g
    2 Semprong
    1 Peci Bordir
Kopi Semendo curah · Lapas Muara Enim
  0,25 kg x 120.000                       30.000
------------------------------------------------
Subtotal (5 barang)                      380.000
Diskon                                    −5.000
Diskon belanja 4%                        −15.000
TOTAL                                  Rp360.000
Tunai                                    400.000
KEMBALIAN                                 40.000
------------------------------------------------
Karya warga binaan:
 Lapas Kelas I Palembang                  89.800
 Lapas Perempuan Kelas IIA Palembang     241.400
 Lapas Kelas IIB Muara Enim               28.800
------------------------------------------------
                  S03K7-000001

             Kode periksa 1A2B 3C4D

                 Terima kasih.
        Belanja Anda mendukung pembinaan
           kemandirian warga binaan.

          Penukaran 1 hari, bawa struk
             ini ke stan yang sama.
"""

ON_58_MM = r"""
          HARI BHAKTI
      PEMASYARAKATAN KE-59
       Kanwil Kemenkumham
  Sumatera Selatan · Stan S03
/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\
S03K7-000001
14/04/2023 14.07   Kasir Rina O.
--------------------------------
Peci Bordir · Lapas I Palembang
  1 x 50.000              50.000
  Diskon 10%              −5.000
  Catatan: bungkus kado
Nastar 500 g · LPP Palembang
  2 x 65.000             130.000
Hampers Lebaran · LPP Palembang
  1 x 170.000            170.000
    1 Nastar 500 g
    2 Semprong
    1 Peci Bordir
Kopi Semendo curah
  Lapas Muara Enim
  0,25 kg x 120.000       30.000
--------------------------------
Subtotal (5 barang)      380.000
Diskon                    −5.000
Diskon belanja 4%        −15.000
TOTAL                  Rp360.000
Tunai                    400.000
KEMBALIAN                 40.000
--------------------------------
Karya warga binaan:
 Lapas Kelas I Palembang
 LPP Palembang
 Lapas Kelas IIB Muara Enim
--------------------------------
          S03K7-000001

     Kode periksa 1A2B 3C4D

         Terima kasih.
Belanja Anda mendukung pembinaan
   kemandirian warga binaan.

  Penukaran 1 hari, bawa struk
     ini ke stan yang sama.
"""


def printed(till: Ledger, sale: Sale, columns: int = 48) -> str:
    """The slip as text, with the two things that chance decides put right: device code and kode periksa."""
    text = slip_text(sale_slip(till, sale, columns=columns))
    return text.replace(sale.receipt, "S03K7-000001").replace(f"{sale.code[:4]} {sale.code[4:]}", "1A2B 3C4D")


@pytest.mark.parametrize(("columns", "expected"), [(48, ON_80_MM), (32, ON_58_MM)])
def test_a_receipt_reads_as_on_the_drawing(till: Ledger, columns: int, expected: str) -> None:
    cart = cart_of(till, {"PECI": 1, "NASTAR-500": 2, "HAMPERS": 1, "KOPI-GRAM": 250})
    cart = cart.with_percent(0, 10).with_note(0, "bungkus kado").with_percent_off(4)
    sale = checkout(till, cart, [settle("cash", cart.total, 400_000)], shift_of(till), "rina")
    assert "\n" + printed(till, sale, columns) == expected


def test_a_shared_payment_shows_each_part(till: Ledger) -> None:
    cart = cart_of(till, {"NASTAR-500": 1})
    parts = [settle("qris", 40_000, reference="QR-4711"), settle("cash", 25_000, 30_000)]
    text = printed(till, checkout(till, cart, parts, shift_of(till), "rina"))
    assert "QRIS QR-4711                              40.000\n" in text
    assert "Tunai                                     30.000\n" in text
    assert "KEMBALIAN                                  5.000\n" in text


@pytest.mark.parametrize(("method", "expected"), [("cash", True), ("qris", False), ("card", False)])
def test_only_cash_has_change(till: Ledger, method: str, expected: bool) -> None:
    assert ("KEMBALIAN" in printed(till, sell(till, {"PECI": 1}, method))) is expected


def test_a_discount_in_rupiah_is_not_called_a_percentage(till: Ledger) -> None:
    text = printed(till, sell(till, {"PECI": 1}, discount=5_000))
    assert text.count("  Diskon                                  −5.000\n") == 1
    cart = cart_of(till, {"PECI": 1}).with_off(5_000)
    text = printed(till, checkout(till, cart, [settle("cash", 45_000)], shift_of(till), "rina"))
    assert "\nDiskon belanja                            −5.000\nTOTAL" in text
    assert "  Diskon  " not in text


@settings(max_examples=30)
@given(st.integers(0, 100), st.integers(0, 100), st.integers(1, 7), st.integers(1, 999_999))
def test_the_rows_add_up_to_the_total_as_printed(percent: int, whole: int, qty: int, price: int) -> None:
    product = Product("X", "Apa saja", price, "LPP-PLG")
    cart = new_cart().add(product, qty).add(replace(product, sku="Y", price=12_345))
    lines = sold_lines(cart.with_percent(0, percent).with_percent_off(whole))
    amounts = [_amount(row.right) for row in _sums(lines, whole, 48)]
    assert sum(amounts) == sum(line.total for line in lines)
    goods = [_amount(row.right) for line in lines for row in _line(line, "LPP", 48) if row.right]
    assert sum(goods) == amounts[0] + sum(line.whole - line.discount for line in lines)


def _amount(text: str) -> int:
    return int(text.replace(".", "").replace("−", "-"))


def test_the_shares_of_the_makers_add_up_to_the_total(till: Ledger) -> None:
    for sale in busy_day(till):
        rows = [block for block in sale_slip(till, sale).blocks if isinstance(block, Text)]
        first = [row.left for row in rows].index("Karya warga binaan:")
        shares = [row.right for row in rows[first + 1 :] if row.right]
        assert sum(int(share.replace(".", "")) for share in shares) == sale.total


DEAR = Product(
    "UKIRAN", "Meja ukir " + "Jepara-" * 20 + " 123456789012", 987_654_321, "LP-JAUH", unit="unit", position=9
)


def practice(path: Path, more: Sequence[Institution] = ()) -> Ledger:
    """A sample ledger, ready to sell; `more` institutions take part."""
    fair = replace(event(), institutions=(*event().institutions, *more))
    device = new_device("S03", "Stan 03", "LPP-PLG", fair, sample=True)
    ledger = with_catalogue(create(path, device, stopped_at(MOMENT)))
    open_shift(ledger, "rina", DAY)
    return ledger


def dear_sale(till: Ledger, qty: int) -> Sale:
    cart = cart_of(till, {"UKIRAN": qty}, discount=1)
    return checkout(till, cart, [settle("transfer", cart.total)], shift_of(till), "rina")


@pytest.mark.parametrize("columns", [32, 42, 48])
def test_no_row_is_wider_than_the_paper_and_no_amount_is_cut(till: Ledger, columns: int) -> None:
    with_catalogue(till, [DEAR])
    sale = dear_sale(till, 1_000)
    slip = sale_slip(till, sale, columns=columns)
    rows = slip_text(slip).splitlines()
    assert max(map(len, rows)) <= columns
    for amount in (plain(sale.total + 1), rupiah(sale.total), plain(-1)):
        assert any(row.endswith(amount) for row in rows), amount
    large = [block for block in slip.blocks if isinstance(block, Text) and block.large]
    assert all(len(row.left) + len(row.right) <= columns * 5 // 8 for row in large)


def test_an_amount_that_does_not_fit_stands_alone_below(till: Ledger) -> None:
    with_catalogue(till, [DEAR])
    rows = slip_text(sale_slip(till, dear_sale(till, 1_000), columns=32)).splitlines()
    place = rows.index("  1.000 x 987.654.321")
    assert rows[place + 1] == "                 987.654.321.000"


def test_a_maker_whose_name_leaves_no_room_is_named_in_short(tmp_path: Path) -> None:
    far = Institution("LPN-MBL", "Lapas Narkotika Kelas IIA Muara Beliti", "Lapas Muara Beliti")
    ledger = practice(tmp_path / "stan.lapak", [far])
    with_catalogue(ledger, [replace(DEAR, institution="LPN-MBL")])
    rows = slip_text(sale_slip(ledger, dear_sale(ledger, 1))).splitlines()
    assert " Lapas Muara Beliti                  987.654.320" in rows
    ledger.close()


def test_an_unknown_maker_and_cashier_stand_by_their_codes(till: Ledger) -> None:
    with_catalogue(till, [DEAR])
    cart = cart_of(till, {"UKIRAN": 1})
    text = printed(till, checkout(till, cart, [settle("cash", cart.total)], shift_of(till), "budi"))
    assert "Kasir budi\n" in text
    assert " LP-JAUH                             987.654.321\n" in text


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("<b>Kopi & gula</b>", "<b>Kopi & gula</b>"),
        ("Kaligrafi Qur’an — emas", "Kaligrafi Qur’an — emas"),
        ("Kue 🎂👩‍🍳 ulang tahun", "Kue ? ulang tahun"),
        ("Halāl ḥalwā", "Halal halwa"),
        ("تمر Ajwa", "? Ajwa"),
        ("Ç é ñ", "Ç é ñ"),
    ],
)
def test_a_name_keeps_its_letters_or_shows_that_it_lost_them(name: str, shown: str) -> None:
    assert printable(name) == shown


def marks(ledger: Ledger, sale: Sale, copy: int = 0) -> Sequence[tuple[int, str]]:
    blocks = sale_slip(ledger, sale, copy=copy).blocks
    return [(place, block.text) for place, block in enumerate(blocks) if isinstance(block, Mark)]


def test_a_sample_says_above_and_below_that_it_proves_nothing(tmp_path: Path) -> None:
    ledger = practice(tmp_path / "contoh.lapak")
    sale = sell(ledger, {"PECI": 1})
    last = len(sale_slip(ledger, sale).blocks) - 1
    assert marks(ledger, sale) == [(n, "CONTOH - BUKAN BUKTI PEMBAYARAN") for n in (0, last)]
    ledger.close()


def test_a_copy_says_which_and_when(till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    assert marks(till, sale) == []
    till.clock = stopped_at(MOMENT + timedelta(minutes=25))
    assert marks(till, sale, copy=2) == [(0, "SALINAN ke-2, 14.32")]


def test_a_cancelled_sale_says_so_with_the_number_of_its_paper(till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    back = void(till, sale, shift_of(till), "sari", "salah tekan")
    assert marks(till, sale) == [(0, f"DIBATALKAN, {back.receipt}")]
    till.clock = stopped_at(MOMENT + timedelta(minutes=25))
    assert [text for _n, text in marks(till, sale, copy=1)] == [
        "SALINAN ke-1, 14.32",
        f"DIBATALKAN, {back.receipt}",
    ]


VOID = r"""
                  HARI BHAKTI
              PEMASYARAKATAN KE-59
 Kanwil Kemenkumham Sumatera Selatan · Stan S03
/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\/\
                BUKTI PEMBATALAN
No. S03K7-R00001                14/04/2023 14.07
Kasir Sari Wulandari
Untuk struk S03K7-000001
------------------------------------------------
Putri Salju 500 g · LPP Palembang
  2 x 60.000                             120.000
Peci Bordir · Lapas I Palembang
  1 x 50.000                              50.000
------------------------------------------------
Subtotal (3 barang)                      170.000
KEMBALI                                Rp170.000
QRIS                                     100.000
Tunai                                     70.000
Alasan: salah tekan
------------------------------------------------
                  S03K7-R00001

             Kode periksa 1A2B 3C4D
"""


def test_a_void_is_a_paper_of_its_own(till: Ledger) -> None:
    cart = cart_of(till, {"PUTRI-500": 2, "PECI": 1})
    parts = [settle("qris", 100_000, reference="4711"), settle("cash", 70_000, 100_000)]
    sale = checkout(till, cart, parts, shift_of(till), "rina")
    back = void(till, sale, shift_of(till), "sari", "salah tekan")
    slip = refund_slip(till, back)
    text = slip_text(slip).replace(f"{back.code[:4]} {back.code[4:]}", "1A2B 3C4D")
    assert "\n" + text.replace(till.own().prefix, "S03K7") == VOID
    narrow = slip_text(refund_slip(till, back, columns=32)).splitlines()
    assert max(map(len, narrow)) <= 32
    assert "KEMBALI                Rp170.000" in narrow


def test_a_cashier_whose_name_is_long_has_a_row_of_his_own_on_narrow_paper(till: Ledger) -> None:
    post_staff(till, [Staff("panjang", "Bartholomeus Sihombing")])
    cart = cart_of(till, {"PECI": 1})
    sale = checkout(till, cart, [settle("cash", cart.total)], shift_of(till), "panjang")
    rows = printed(till, sale, 32).splitlines()
    place = rows.index("14/04/2023 14.07")
    assert rows[place + 1] == "Kasir Bartholomeus Sihombing"


def test_a_slip_needs_neither_reportlab_nor_a_screen() -> None:
    code = "import sys, pos.receipts.text; print({'reportlab', 'segno', 'PySide6'} & {*sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"

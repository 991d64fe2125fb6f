"""The receipt in a code: all that matters is in it, and it says so when the lines are not."""

from __future__ import annotations

import pytest
import segno

from pos.catalog import post_products
from pos.ledger import Ledger
from pos.model import Product
from pos.money import plain
from pos.receipts.qr_text import MOST, qr_receipt
from pos.refunds import void
from pos.sample import make_sample
from tests.books import MOMENT, sell, shift_of
from ui.qr import modules


def test_it_tells_what_the_paper_tells(till: Ledger) -> None:
    sale = sell(till, {"PECI": 2, "SEMPRONG": 1}, tendered=200_000, discount=5_000)
    shown = qr_receipt(till, sale)
    assert not shown.summed
    assert shown.text.splitlines() == [
        "Hari Bhakti Pemasyarakatan ke-59",
        "Stan S03, LPP Palembang",
        f"{sale.receipt}  {MOMENT:%d/%m/%Y %H.%M}",
        "2 Peci Bordir 100.000",
        "1 Semprong 30.000",
        "Diskon -5.000",
        "TOTAL Rp125.000",
        "Tunai 200.000",
        "KEMBALIAN 75.000",
        f"Kode periksa {sale.code[:4]} {sale.code[4:]}",
    ]


def test_letters_are_those_that_no_phone_guesses_wrongly(till: Ledger) -> None:
    post_products(till, [Product("KOPI-É", "Kopi “Señor” 🙂", 10_000, "LPP-PLG")])
    text = qr_receipt(till, sell(till, {"KOPI-É": 1})).text
    assert text.isascii()
    assert 'Kopi "Senor" ?' in text


@pytest.mark.parametrize("lines", [1, 12, 60])
def test_too_many_lines_are_summed_and_it_says_so(till: Ledger, lines: int) -> None:
    goods = [
        Product(f"X{n}", f"Hampers Lebaran nomor {n} isi macam-macam", 10_000, "LPP-PLG")
        for n in range(lines)
    ]
    post_products(till, goods)
    sale = sell(till, {product.sku: 2 for product in goods})
    shown = qr_receipt(till, sale)
    assert shown.summed == (lines > 12)
    assert len(shown.text) <= MOST
    assert len(modules(shown.text)) <= 105  # 3 px each on the smallest window
    assert f"TOTAL Rp{plain(lines * 20_000)}" in shown.text
    assert sale.code[:4] in shown.text
    assert ("120 barang, rinciannya di struk kertas 1.200.000" in shown.text) == shown.summed
    assert (goods[0].name in shown.text) != shown.summed


def test_the_most_is_what_such_a_code_holds() -> None:
    assert segno.make("x" * MOST, error="m", micro=False, boost_error=False).version == 22
    assert segno.make("x" * (MOST + 1), error="m", micro=False, boost_error=False).version == 23


def test_a_cancelled_sale_and_a_sample_say_so(till: Ledger, tmp_path_factory: pytest.TempPathFactory) -> None:
    sale = sell(till, {"PECI": 1})
    back = void(till, sale, shift_of(till), "rina")
    assert f"DIBATALKAN, {back.receipt}" in qr_receipt(till, sale).text.splitlines()[0]
    sample, _shift = make_sample(tmp_path_factory.mktemp("contoh") / "contoh.lapak")
    made = sell(sample, {"NASTAR-500": 1})
    assert qr_receipt(sample, made).text.startswith("CONTOH - BUKAN BUKTI PEMBAYARAN\n")
    sample.close()

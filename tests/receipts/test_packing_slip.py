"""The packing slip: what goes into each hamper and what its card says, and no money."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pos.catalog import post_products
from pos.ledger import Ledger
from pos.model import Sale
from pos.receipts.packing_slip import has_hampers, packing_slip
from pos.receipts.slip import sale_slip
from pos.receipts.text import slip_text
from pos.refunds import void
from pos.sample import make_sample
from tests.books import sell, shift_of
from tests.hampers import content, filled, product_of, sold, with_choice

GREETING = "Selamat Idulfitri, mohon maaf lahir dan batin. Keluarga Bapak Rahman"
ON_80_MM = r"""
                   SLIP KEMAS
  Hari Bhakti Pemasyarakatan ke-59 · Stan S03
************************************************
               BUKAN BUKTI BAYAR
************************************************
No. S03NN-000001                14/04/2023 14.07
Untuk: Instansi
Nama: ..........................................
------------------------------------------------
3 x Hampers Pilih 3
Isi masing-masing:
  [ ] 2 x Nastar 500 g
  [ ] 1 x Peci Bordir

Kartu ucapan:
Selamat Idulfitri, mohon maaf
lahir dan batin. Keluarga
Bapak Rahman
------------------------------------------------
1 x Hampers Lebaran
  [ ] 1 x Nastar 500 g
  [ ] 2 x Semprong
  [ ] 1 x Peci Bordir

Tanpa kartu ucapan.
------------------------------------------------
                  S03NN-000001
"""


@pytest.fixture
def sale(till: Ledger) -> Sale:
    """Two kinds of hampers, and something that needs no packing."""
    cart = filled(with_choice(till), content(NASTAR_500=2, PECI=1), 3)
    cart = cart.add(product_of(till, "HAMPERS")).add(product_of(till, "PUTRI-500"), 2)
    return sold(till, cart, {0: GREETING}, "office")


def shown(till: Ledger, sale: Sale, columns: int = 48) -> str:
    return slip_text(packing_slip(till, sale, columns=columns)).replace(till.own().code[:2] + "-", "NN-")


def test_it_says_what_goes_into_each_hamper(till: Ledger, sale: Sale) -> None:
    assert shown(till, sale) == ON_80_MM.removeprefix("\n")


@pytest.mark.parametrize("columns", [32, 42, 48])
def test_no_row_is_wider_than_the_paper_and_no_money_stands_on_it(
    till: Ledger, sale: Sale, columns: int
) -> None:
    text = shown(till, sale, columns)
    assert max(map(len, text.splitlines())) <= columns
    assert "Rp" not in text
    assert not re.search(r"\d\.\d{3}", text)
    assert " ".join(GREETING.split()) in " ".join(text.split())


def test_it_is_drawn_from_the_sale_and_not_from_todays_names(till: Ledger, sale: Sale) -> None:
    before = shown(till, sale)
    post_products(till, [replace(product_of(till, sku), name="Lain") for sku in ("PECI", "HAMPERS")])
    assert shown(till, sale) == before


def test_what_is_cancelled_is_not_packed(till: Ledger, sale: Sale) -> None:
    void(till, sale, shift_of(till), "rina")
    assert "DIBATALKAN" in shown(till, sale)


def test_a_sample_says_so(tmp_path: Path) -> None:
    ledger, shift = make_sample(tmp_path / "contoh.lapak")
    with closing(ledger):
        hampers = product_of(ledger, "HAMPERS-3")
        chosen = content(SEMPRONG=1, BANGKIT=1, AKAR_KELAPA=1)
        sale = sold(ledger, filled(hampers, chosen))
        assert shift.seq == sale.shift
        assert "CONTOH" in slip_text(packing_slip(ledger, sale))
        assert {part.institution for part in sale.lines[0].parts} == {"LPP-PLG", "LP-MPR", "LP-ELW"}


def test_only_a_sale_with_hampers_is_packed(till: Ledger, sale: Sale) -> None:
    assert has_hampers(sale)
    assert not has_hampers(sell(till, {"PECI": 1}))


def test_the_receipt_lists_the_content_and_the_card(till: Ledger, sale: Sale) -> None:
    text = slip_text(sale_slip(till, sale, columns=32))
    assert "    6 Nastar 500 g\n    3 Peci Bordir\n" in text  # of all three
    assert "Kartu ucapan: Selamat" in text
    assert max(map(len, text.splitlines())) <= 32


def test_a_paper_older_than_names_of_parts_shows_their_skus(till: Ledger, sale: Sale) -> None:
    line = sale.lines[1]
    old = replace(sale, lines=(replace(line, parts=tuple(replace(part, name="") for part in line.parts)),))
    assert "    1 NASTAR-500\n" in slip_text(sale_slip(till, old))
    assert "[ ] 1 x NASTAR-500\n" in slip_text(packing_slip(till, old))

"""Papers of orders: drawn from their documents, clear about what was paid and what is left, copies
counted.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.catalog import post_products, products
from pos.deposits import give_back
from pos.ledger import Ledger
from pos.order_book import order_of
from pos.orders import cart_of, change
from pos.preorder import Contact, Order, new_entry
from pos.receipts.escpos import escpos
from pos.receipts.order_slips import deposit_slip, order_slip
from pos.receipts.pdf import write_pdf
from pos.receipts.text import slip_text
from tests.books import CATALOGUE
from tests.ordering import RATNA, ahead, counter, ordered, wish


def paid(till: Ledger, order: Order) -> Order:
    with till.read() as conn:
        return order_of(conn, order.root)


@pytest.mark.parametrize("columns", [48, 42, 32])
def test_a_deposit_receipt_says_all_that_counts(till: Ledger, columns: int) -> None:
    order = ordered(till)
    ahead(till, order, 100_000)
    deposit = paid(till, order).deposits[0]
    text = slip_text(deposit_slip(till, deposit, columns=columns))
    flat = " ".join(text.split())
    for words in (
        "TANDA TERIMA DP",
        deposit.receipt,
        order.receipt,
        "300.000",
        "Rp100.000",
        "SISA Rp200.000",
    ):
        assert words in flat
    assert "Sabtu, 15 April 2023, 16.00" in flat
    assert "Stan S03" in flat
    assert all(len(row) <= columns for row in text.splitlines())


def test_a_deposit_receipt_is_drawn_as_the_order_was(till: Ledger) -> None:
    order = ordered(till)
    ahead(till, order, 100_000)
    deposit = paid(till, order).deposits[0]
    before = slip_text(deposit_slip(till, deposit))
    post_products(till, [replace(CATALOGUE[0], name="Lain", price=1)])
    cart = cart_of(order, products(till), order.cart).with_qty(0, 9)
    change(till, paid(till, order), cart, wish(), counter(till))
    ahead(till, order, 50_000)
    assert slip_text(deposit_slip(till, deposit)) == before


def test_money_given_back_has_its_paper(till: Ledger) -> None:
    order = ordered(till)
    ahead(till, order, 100_000)
    back = give_back(till, order, counter(till, "sari"), "cash", new_entry()).deposits[-1]
    flat = " ".join(slip_text(deposit_slip(till, back)).split())
    assert "DP DIKEMBALIKAN" in flat
    assert "KEMBALI Rp100.000" in flat
    assert "SISA Rp300.000" in flat


def test_the_note_lists_deposits_and_is_no_proof(till: Ledger) -> None:
    order = ordered(till, contact=replace(RATNA, name="<b>Ratna</b> 😀"))
    ahead(till, order, 100_000, "transfer")
    ahead(till, order, 50_000)
    flat = " ".join(slip_text(order_slip(till, paid(till, order))).split())
    assert "−100.000" in flat
    assert "−50.000" in flat
    assert "SISA Rp150.000" in flat
    assert "bukan bukti pembayaran" in flat
    assert "<b>Ratna</b> ?" in flat


def test_an_erased_order_prints_without_a_name(till: Ledger) -> None:
    from pos.privacy import erase

    order = erase(till, ordered(till), counter(till, "sari"))
    assert order.wish.contact == Contact()
    assert "Pemesan" not in slip_text(order_slip(till, order))


def test_copies_are_counted(till: Ledger) -> None:
    order = ordered(till)
    text = slip_text(order_slip(till, order, copy=2))
    assert "SALINAN ke-2" in text


def test_papers_become_files(till: Ledger, tmp_path_factory: pytest.TempPathFactory) -> None:
    order = ordered(till)
    path = tmp_path_factory.mktemp("kertas") / "nota.pdf"
    write_pdf(order_slip(till, order), path)
    assert path.read_bytes().startswith(b"%PDF")
    assert escpos(order_slip(till, order))

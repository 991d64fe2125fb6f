"""Orders: placed once, changed as a whole, stepped on, and every wrong one refused in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from pos import orders
from pos.approvals import granted
from pos.catalog import post_products, products
from pos.clock import stopped_at
from pos.deposits import cancel, give_back
from pos.errors import Refused
from pos.identity import continue_as_new
from pos.ledger import Ledger, open_ledger
from pos.order_book import find_order, order_of
from pos.order_book import orders as book
from pos.preorder import Contact, Order, new_entry
from pos.refunds import void
from tests.books import CATALOGUE, DAY, MOMENT, booth, cart_of, derived, documents, sell, shift_of
from tests.ordering import RATNA, ahead, counter, handed_over, ordered, wish


def now(ledger: Ledger, order: Order) -> Order:
    with ledger.read() as conn:
        return order_of(conn, order.root)


def test_an_order_keeps_names_and_prices_of_its_day(till: Ledger) -> None:
    order = ordered(till)
    post_products(till, [replace(CATALOGUE[0], name="Nastar baru", price=99_000)])

    kept = now(till, order)

    assert [(line.name, line.price, line.qty) for line in kept.lines] == [
        ("Nastar 500 g", 65_000, 2),
        ("Hampers Lebaran", 170_000, 1),
    ]
    assert kept.total == 300_000
    assert [part.sku for part in kept.lines[1].parts] == ["NASTAR-500", "SEMPRONG", "PECI"]
    assert sum(part.amount for part in kept.lines[1].parts) == 170_000
    assert (kept.state, kept.receipt[-7:], kept.wish.contact) == ("new", "-P00001", RATNA)


def test_the_same_cart_is_the_same_order(till: Ledger) -> None:
    cart = cart_of(till, {"PECI": 1})
    first = orders.place(till, cart, wish(), counter(till))
    assert orders.place(till, cart, wish(), counter(till)) == first
    assert len(documents(till)[first.device]) == first.seq


def test_personal_data_are_not_in_the_chain(till: Ledger) -> None:
    order = ordered(till, contact=replace(RATNA, address="Jl. Melati 5"), place="delivery")
    doc = documents(till)[order.device][order.seq - 1]
    for told in ("Ratna", "0812", "ratna.dewi", "Pita", "Melati"):
        assert told not in doc.body
        assert told in (doc.private or "")


def test_a_change_keeps_the_number_and_what_stays(till: Ledger) -> None:
    order = ordered(till)
    post_products(till, [replace(CATALOGUE[0], price=99_000)])
    cart = orders.cart_of(order, products(till), order.cart)
    goods = {product.sku: product for product in products(till)}

    changed = orders.change(till, order, cart.add(goods["NASTAR-500"]).with_qty(1, 2), wish(), counter(till))

    assert (changed.receipt, changed.revision, changed.root) == (order.receipt, 2, order.root)
    assert [(line.sku, line.price, line.qty) for line in changed.lines] == [
        ("NASTAR-500", 65_000, 2),
        ("HAMPERS", 170_000, 2),
        ("NASTAR-500", 99_000, 1),
    ]
    assert changed.lines[0] == order.lines[0]
    assert ordered(till).number == 2


def test_who_changes_an_old_view_is_told(till: Ledger) -> None:
    order = ordered(till)
    cart = orders.cart_of(order, products(till), order.cart)
    orders.change(till, order, cart.with_qty(0, 5), wish(), counter(till))
    with pytest.raises(Refused, match="berubah"):
        orders.change(till, order, cart.with_qty(0, 1), wish(), counter(till))


def test_another_booth_changes_an_order_without_taking_its_numbers(till: Ledger, tmp_path: Path) -> None:
    from tests.books import bring  # its own series must go on without a gap

    order = ordered(till)
    with closing(booth(tmp_path / "lain.lapak", "S04")) as other:
        ordered(other)
        bring(other, documents(till)[order.device])
        known = find_order(other, order.receipt.lower())
        cart = orders.cart_of(known, products(other), known.cart)
        changed = orders.change(other, known, cart.with_qty(0, 4), wish(), counter(other))
        assert (changed.receipt, changed.lines[0].qty) == (order.receipt, 4)
        assert ordered(other).number == 2


def test_a_number_finds_what_was_ordered_here_not_what_was_only_changed_here(till: Ledger) -> None:
    """A laptop under a new identity changes an order of its former one, with the same seq in both chains."""
    former = ordered(till)
    here = continue_as_new(till)
    cart = orders.cart_of(former, products(till), former.cart)
    while len(documents(till).get(here.code, [])) < former.seq - 1:
        sell(till, {"PECI": 1})
    orders.change(till, former, cart.with_qty(0, 4), wish(), counter(till))
    assert len(documents(till)[here.code]) == former.seq

    own = ordered(till)

    assert (own.number, own.booth) == (former.number, former.booth)
    assert find_order(till, own.receipt) == own


def test_steps_are_read_from_documents(till: Ledger) -> None:
    order = ordered(till)
    at_till = counter(till)
    assert orders.prepare(till, order, at_till).state == "prepared"
    assert orders.ready(till, order, at_till).state == "ready"
    assert len(orders.ready(till, order, at_till).steps) == 2  # pressed twice
    assert orders.reopen(till, order, at_till).state == "new"
    ahead(till, order, 50_000)
    assert now(till, order).state == "deposit"


def test_a_clock_set_back_does_not_undo_a_step(till: Ledger) -> None:
    order = ordered(till)
    orders.prepare(till, order, counter(till))
    till.clock = stopped_at(MOMENT - timedelta(days=1))
    assert orders.ready(till, order, counter(till)).state == "ready"
    cart = orders.cart_of(order, products(till), order.cart)
    assert orders.change(till, order, cart.with_qty(0, 7), wish(), counter(till)).lines[0].qty == 7


def test_late_is_told_by_the_day(till: Ledger) -> None:
    order = ordered(till, due=DAY)
    assert not order.late(DAY)
    assert order.late(DAY + timedelta(days=1))


def test_the_book_sorts_by_when_they_are_due(till: Ledger) -> None:
    later = ordered(till, due=date(2023, 4, 20))
    undated = ordered(till, due=None)
    soon = ordered(till, due=DAY, due_time=time(9))
    gone = ordered(till)
    handed_over(till, gone)
    assert [one.root for one in book(till)] == [soon.root, later.root, undated.root]
    assert [one.root for one in book(till, over=True)] == [gone.root]


NOBODY = Contact(note="nanti")
WRONG: list[tuple[str, Callable[[Ledger], object]]] = [
    ("nama, nomor HP, dan akun kosong", lambda till: ordered(till, contact=NOBODY)),
    ("bukan nomor", lambda till: ordered(till, contact=Contact("Ratna", "besok"))),
    ("bukan nomor", lambda till: ordered(till, contact=Contact("Ratna", "0812"))),
    ("sudah lewat", lambda till: ordered(till, due=DAY - timedelta(days=1))),
    ("lebih dari setahun", lambda till: ordered(till, due=date(2033, 4, 15))),
    ("Alamat", lambda till: ordered(till, place="delivery")),
    ("Jumlah", lambda till: ordered(till, {"PECI": -3})),
    ("Jumlah", lambda till: ordered(till, {"PECI": 10**9})),
]


@pytest.mark.parametrize(("told", "wrong"), WRONG)
def test_a_wrong_order_is_refused_in_a_sentence(
    till: Ledger, told: str, wrong: Callable[[Ledger], object]
) -> None:
    before = derived(till)
    with pytest.raises(Refused, match=told):
        wrong(till)
    assert derived(till) == before


def test_an_empty_order_is_refused(till: Ledger) -> None:
    with pytest.raises(Refused, match="kosong"):
        orders.place(till, cart_of(till, {}), wish(), counter(till))


@pytest.mark.parametrize(
    "contact", [Contact(name="Ratna"), Contact(handle="dapur"), Contact(phone="+62 812-7111-0248")]
)
def test_one_way_to_call_is_enough(till: Ledger, contact: Contact) -> None:
    assert ordered(till, contact=contact).wish.contact.called in {"Ratna", "@dapur", "0812-7111-0248"}


def test_goods_that_are_no_longer_sold_cannot_be_ordered(till: Ledger) -> None:
    order = ordered(till, {"PECI": 1})
    post_products(till, [replace(CATALOGUE[3], active=False)])
    with pytest.raises(Refused, match="tidak dijual lagi"):
        ordered(till, {"PECI": 1})
    cart = orders.cart_of(order, products(till, inactive=True), order.cart)
    assert orders.change(till, order, cart.with_qty(0, 2), wish(), counter(till)).total == 100_000


@pytest.mark.parametrize("name", ["<b>Ratna</b> & '; DROP", "a" * 300, "\u202eatnaR\u200f", "Ratna 😀👩‍👩‍👧"])
def test_names_of_every_kind_are_kept_clean(till: Ledger, name: str) -> None:
    kept = ordered(till, contact=Contact(name)).wish.contact.name
    assert kept
    assert len(kept) <= 120
    assert "\u202e" not in kept


def test_an_order_of_a_late_day_can_be_changed_but_not_put_to_another_past_day(till: Ledger) -> None:
    order = ordered(till, due=DAY)
    late = replace(counter(till), shift=replace(shift_of(till), day=DAY + timedelta(days=3)))
    cart = orders.cart_of(order, products(till), order.cart).with_qty(0, 1)
    assert orders.change(till, order, cart, wish(due=DAY), late).lines[0].qty == 1
    with pytest.raises(Refused, match="sudah lewat"):
        orders.change(till, now(till, order), cart, wish(due=DAY + timedelta(days=1)), late)


def test_nothing_of_a_taken_order_changes(till: Ledger) -> None:
    order = ordered(till)
    sale = handed_over(till, order)
    cart = orders.cart_of(order, products(till), order.cart)
    officer = counter(till, "sari")
    for act in (
        lambda: orders.change(till, order, cart, wish(), officer),
        lambda: orders.ready(till, order, officer),
        lambda: orders.reopen(till, order, officer),
        lambda: cancel(till, order, officer),
        lambda: ahead(till, order, 1_000),
        lambda: give_back(till, order, officer, "cash", new_entry()),
    ):
        with pytest.raises(Refused, match=f"diserahkan dengan nota {sale.receipt}"):
            act()


def test_a_cancelled_order_waits_to_be_opened_again(till: Ledger) -> None:
    order = ordered(till)
    officer = counter(till, "sari")
    cancelled = cancel(till, order, officer, "Salah catat")
    assert cancel(till, order, officer) == cancelled
    assert (cancelled.state, cancelled.steps[-1].reason) == ("cancelled", "Salah catat")
    for act in (
        lambda: ahead(till, order, 1_000),
        lambda: handed_over(till, order),
        lambda: orders.ready(till, order, officer),
    ):
        with pytest.raises(Refused, match="dibatalkan"):
            act()
    assert orders.reopen(till, order, counter(till)).state == "new"
    assert handed_over(till, order).total == 300_000


def test_cancelling_needs_an_officer_once(till: Ledger) -> None:
    order, other = ordered(till), ordered(till)
    with pytest.raises(Refused, match="petugas"):
        cancel(till, order, counter(till))
    allowed = granted(till, "sari", "order_cancel", order.receipt, "Pembeli batal")
    with pytest.raises(Refused, match="hal lain"):
        cancel(till, other, counter(till, approval=allowed))
    assert cancel(till, order, counter(till, approval=allowed)).state == "cancelled"
    orders.reopen(till, order, counter(till))
    with pytest.raises(Refused, match="sudah dipakai"):
        cancel(till, order, counter(till, approval=allowed))


def test_an_unknown_number_is_told(till: Ledger) -> None:
    for number in ("S03K7-P00099", "x", "-P1", "P" * 500):
        with pytest.raises(Refused, match="tidak ada pesanan"):
            find_order(till, number)


def whole_story(till: Ledger) -> None:
    """Every kind of document that orders make."""
    from pos.privacy import erase
    from pos.quotas import set_quota

    officer = counter(till, "sari")
    order = ordered(till)
    ahead(till, order, 100_000)
    orders.ready(till, orders.prepare(till, order, officer), officer)
    cart = orders.cart_of(order, products(till), order.cart)
    orders.change(till, order, cart.with_qty(0, 3), wish(due_time=None), officer)
    sale = handed_over(till, now(till, order))
    void(till, sale, shift_of(till), "sari", "salah")
    handed_over(till, now(till, order), method="qris")
    other = ordered(till, {"KOPI-GRAM": 250}, channel="phone")
    ahead(till, other, 5_000, "transfer")
    cancel(till, other, officer, "batal", back="cash", entry=new_entry())
    set_quota(till, "PECI", date(2023, 4, 16), 3, officer)
    erase(till, other, officer)


def test_rebuilt_tables_equal_live_ones_and_the_centre_has_the_same_rows(
    till: Ledger, collector: Ledger
) -> None:
    from pos import journal
    from tests.books import bring

    whole_story(till)
    live = derived(till)
    assert all(live[name] for name in ("preorder", "order_step", "deposit", "quota", "erasure"))
    with till.write() as conn:
        journal.rebuild(conn)
    assert derived(till) == live
    for chain in documents(till).values():
        for doc in chain:
            bring(collector, [doc])
    assert derived(collector) == live
    assert [one.private for one in documents(collector)[till.own().code]] == [
        one.private for one in documents(till)[till.own().code]
    ]


def test_a_private_part_that_nobody_hashed_tells_nothing_wrong(till: Ledger) -> None:
    from pos.tables import DOCUMENT

    order = ordered(till)
    for odd in ("[1]", "no json", '{"name": 7, "notes": []}'):
        with till.write() as conn:
            mine = (DOCUMENT.c.device == order.device, DOCUMENT.c.seq == order.seq)
            conn.execute(DOCUMENT.update().where(*mine).values(private=odd))
        assert now(till, order).total == 300_000


def test_orders_are_found_again_when_the_ledger_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "stan.lapak"
    with closing(booth(path)) as till:
        order = ordered(till)
    with closing(open_ledger(path)) as again:
        assert book(again) == [order]
        assert again.clock.now() > datetime(2023, 1, 1, tzinfo=MOMENT.tzinfo)

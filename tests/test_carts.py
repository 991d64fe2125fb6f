"""Carts that are no sales yet outlive the program; carts that are sales do not come back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

from sqlalchemy import select

from pos.cart import new_cart
from pos.carts import held_drafts, keep, note_removals, open_draft
from pos.catalog import post_products, products
from pos.checkout import checkout
from pos.draft import HELD, OPEN, WAITING, Draft, draft_name, draft_of, draft_text, removal
from pos.label_facts import Facts
from pos.ledger import Ledger
from pos.local_tables import REMOVAL
from pos.opening import read_opening
from pos.payments import settle
from pos.today import opening_of
from tests.books import MOMENT, cart_of, shift_of
from tests.hampers import content, filled, with_choice


def draft(till: Ledger, state: str = OPEN, name: str = "") -> Draft:
    cart = cart_of(till, {"HAMPERS": 2, "PECI": 1}, discount=5_000).with_note(1, "kado").with_percent_off(3)
    return Draft(cart, MOMENT, 1, name, state, (settle("qris", 100_000, reference="4711"),), 1)


def test_the_open_cart_is_found_again_as_it_was(till: Ledger) -> None:
    kept = draft(till)
    keep(till, kept)
    assert open_draft(till) == kept
    assert till.path
    assert read_opening(till.path, till.clock) == opening_of(till)


def test_what_was_chosen_for_a_bundle_is_found_again(till: Ledger) -> None:
    kept = Draft(filled(with_choice(till), content(NASTAR_500=2, PECI=1), 2), MOMENT)
    keep(till, kept)
    found = open_draft(till)
    assert found == kept
    assert [part.name for part in kept.cart.lines[0].chosen] == ["Nastar 500 g", "Peci Bordir"]


def test_what_labels_tell_of_its_goods_changes_nothing_of_a_cart(till: Ledger) -> None:
    facts = Facts("Dibordir dengan tangan.", workshop="BK-02")
    told = tuple(replace(one, facts=facts) for one in products(till))
    post_products(till, told)
    kept = Draft(new_cart().add(told[0]), MOMENT)
    keep(till, kept)
    assert open_draft(till) == kept
    assert till.path
    opening = read_opening(till.path, till.clock)
    assert opening == opening_of(till)
    assert opening is not None
    assert opening.products[0].facts == facts


def test_a_cart_that_an_older_program_put_down_is_read(till: Ledger) -> None:
    kept = draft(till)
    fields = json.loads(draft_text(kept))
    for line in fields["lines"]:
        del line["chosen"], line["product"]["choose"], line["product"]["facts"]
        for part in line["product"]["components"]:
            del part["name"]
    row = SimpleNamespace(body=json.dumps(fields), at=MOMENT.isoformat(), selected=1, name="", state=OPEN)
    old = draft_of(row)
    assert [(line.qty, line.total, line.chosen) for line in old.cart.lines] == [
        (line.qty, line.total, ()) for line in kept.cart.lines
    ]
    assert checkout(till, old.cart, [settle("cash", old.cart.total)], shift_of(till), "rina").total


def test_a_cart_without_a_name_is_called_by_its_first_product_and_the_time(till: Ledger) -> None:
    assert draft_name(draft(till, HELD)) == "Hampers Lebaran 14.07"
    assert draft_name(draft(till, HELD, "Ibu Ratna")) == "Ibu Ratna"


def test_only_the_last_open_cart_is_kept(till: Ledger) -> None:
    keep(till, draft(till))
    last = draft(till)
    keep(till, last)
    assert open_draft(till) == last


def test_an_empty_cart_is_not_kept(till: Ledger) -> None:
    kept = draft(till)
    keep(till, kept)
    keep(till, Draft(kept.cart.without(0).without(0), MOMENT))
    assert open_draft(till) is None


def test_a_cart_that_became_a_sale_does_not_come_back(till: Ledger) -> None:
    kept = draft(till)
    keep(till, kept)
    checkout(till, kept.cart, [settle("cash", kept.cart.total)], shift_of(till), "rina")
    assert open_draft(till) is None
    assert opening_of(till).draft is None


def test_a_cart_that_changes_places_with_another_is_never_lost(till: Ledger) -> None:
    one, other = draft(till), draft(till, HELD)
    keep(till, one, other)
    keep(till, replace(other, state=OPEN), replace(one, state=HELD))
    assert open_draft(till) == replace(other, state=OPEN)
    assert held_drafts(till) == (replace(one, state=HELD),)


def test_carts_put_aside_stay_until_they_are_forgotten(till: Ledger) -> None:
    one = draft(till, HELD, "Ibu Ratna")
    other = replace(draft(till, WAITING), at=MOMENT + timedelta(minutes=1))
    keep(till, one)
    keep(till, other)
    assert [kept.name for kept in held_drafts(till)] == ["Ibu Ratna", ""]
    assert open_draft(till) is None
    assert opening_of(till).held == 2
    keep(till, gone=[one.cart.id])
    assert held_drafts(till) == (other,)


def test_a_removed_line_is_written_down_once_and_knows_that_it_was_undone(till: Ledger) -> None:
    cart = cart_of(till, {"PECI": 3})
    gone = removal(cart, cart.lines[0])
    note_removals(till, [gone], "rina", shift_of(till))
    note_removals(till, [type(gone)(gone.id, gone.cart, gone.line, undone=True)], "rina", shift_of(till))
    with till.read() as conn:
        (row,) = conn.execute(select(REMOVAL))
    assert (row.sku, row.qty, row.amount, row.undone, row.cashier) == ("PECI", 3, 150_000, 1, "rina")

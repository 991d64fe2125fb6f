"""Orders for tests: who stands at the counter, what is asked for, and an order in one line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from pos.clock import new_id
from pos.deposits import pay_ahead
from pos.handover import hand_over
from pos.ledger import Ledger
from pos.model import Approval, AtTill, Payment, Sale
from pos.money import Rupiah
from pos.orders import place
from pos.payments import settle
from pos.preorder import Contact, Order, Wish, new_entry
from pos.staff import staff
from tests.books import cart_of, shift_of

DUE = date(2023, 4, 15)
RATNA = Contact("Ibu Ratna Dewi", "081271110248", "@ratna.dewi", note="Pita hijau")


def counter(ledger: Ledger, who: str = "rina", approval: Approval | None = None) -> AtTill:
    """Who is at the till; `sari` is an officer."""
    return AtTill(staff(ledger)[who], shift_of(ledger), approval)


def wish(**fields: Any) -> Wish:
    """Ratna's, by Instagram, for the next afternoon, unless told otherwise."""
    return replace(Wish(RATNA, "instagram", DUE, time(16)), **fields)


def ordered(ledger: Ledger, goods: Mapping[str, int] | None = None, **fields: Any) -> Order:
    """An order of two Nastar and a hamper (Rp300.000), or of `goods`."""
    cart = cart_of(ledger, goods or {"NASTAR-500": 2, "HAMPERS": 1})
    return place(ledger, cart, wish(**fields), counter(ledger))


def ahead(ledger: Ledger, order: Order, amount: Rupiah, method: str = "cash") -> None:
    """Money paid ahead."""
    pay_ahead(ledger, order, [settle(method, amount)], counter(ledger), new_entry())


def handed_over(ledger: Ledger, order: Order, cart: str = "", method: str = "cash") -> Sale:
    """The order handed over and its rest paid in one way."""
    rest: list[Payment] = [settle(method, order.rest)] if order.rest else []
    return hand_over(ledger, order, rest, counter(ledger), cart or new_id())

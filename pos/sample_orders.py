"""The orders of the sample exhibition: what came in by chat on its day, and how far each has come."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time, timedelta

from pos import orders
from pos.cart import new_cart
from pos.catalog import products
from pos.clock import stopped_at
from pos.deposits import pay_ahead
from pos.ledger import Ledger
from pos.model import AtTill, Product, Shift
from pos.paths import resource
from pos.payments import settle
from pos.preorder import Contact, Order, Wish, new_entry
from pos.staff import staff

Act = Callable[[], object]


def order_acts(ledger: Ledger, shift: Shift, cashier: str) -> list[tuple[datetime, Act]]:
    """What happens to the sample's orders, each with its moment, in the order of the day."""
    by = AtTill(staff(ledger)[cashier], shift)
    goods = {product.sku: product for product in products(ledger)}
    acts: list[tuple[datetime, Act]] = []
    with resource("exhibition/orders.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            acts += _acts(ledger, by, goods, row)
    return sorted(acts, key=lambda act: act[0])


def _acts(
    ledger: Ledger, by: AtTill, goods: Mapping[str, Product], row: dict[str, str]
) -> Iterator[tuple[datetime, Act]]:
    placed: list[Order] = []
    day = by.shift.day

    def at(text: str, minutes: int = 0) -> datetime:
        moment = datetime.combine(day, time.fromisoformat(text), ledger.clock.zone)
        return moment + timedelta(minutes=minutes)

    def doing(moment: datetime, act: Callable[[], object]) -> tuple[datetime, Act]:
        def run() -> None:
            ledger.clock = stopped_at(moment)
            act()

        return moment, run

    yield doing(at(row["at"]), lambda: placed.append(_placed(ledger, by, goods, row)))
    if int(row["deposit"]):
        payment = settle(row["method"], int(row["deposit"]))
        yield doing(at(row["at"], 4), lambda: pay_ahead(ledger, placed[0], [payment], by, new_entry()))
    if row["prepared"]:
        yield doing(at(row["prepared"]), lambda: orders.prepare(ledger, placed[0], by))
    if row["ready"]:
        yield doing(at(row["ready"]), lambda: orders.ready(ledger, placed[0], by))


def _placed(ledger: Ledger, by: AtTill, goods: Mapping[str, Product], row: dict[str, str]) -> Order:
    day = by.shift.day
    cart = new_cart()
    for what in row["goods"].split("|"):
        sku, qty = what.split("*")
        cart = cart.add(goods[sku], int(qty))
    contact = Contact(row["name"], row["phone"], row["handle"], note=row["note"])
    clock = time.fromisoformat(row["time"]) if row["time"] else None
    wish = Wish(contact, row["channel"], day + timedelta(days=int(row["due"])), clock)
    return orders.place(ledger, cart, wish, by)

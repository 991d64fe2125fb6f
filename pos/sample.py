"""The sample exhibition: a booth of Hari Bhakti Pemasyarakatan ke-59 to try everything on.

Its device document is marked as sample data, and no ledger takes sample and real documents together. Its
clock shows 14 April 2023, whatever day it is, and goes on where that day has come to.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from pos.cart import Cart, new_cart
from pos.catalog import products
from pos.checkout import checkout
from pos.clock import ZONES, stopped_at
from pos.exhibition import builtin_event
from pos.ledger import Ledger, create, new_device, open_ledger, set_setting
from pos.mark import PRACTICE_FROM
from pos.model import Payment, Sale, Shift, Staff
from pos.paths import resource
from pos.payments import METHODS, quick_amounts, settle
from pos.pins import DIGITS, hash_pin
from pos.pricelist import import_catalog
from pos.sample_orders import order_acts
from pos.shifts import open_shift
from pos.staff import post_staff
from pos.stock import receive

DAY = date(2023, 4, 14)
OPENING = time(7, 52)
AFTERNOON = time(14, 7)  # how far the day has come when the till is opened for the first time
FLOAT = 200_000


@dataclass(frozen=True, slots=True)
class SampleSale:
    """One sale of the sample day, as the cashier rings it up."""

    at: datetime
    cashier: str
    cart: Cart
    payment: Payment


def open_sample(path: Path) -> Ledger:
    """A new ledger at `path` with the sample exhibition in the afternoon.

    Some 75 sales were made since the morning and 17 orders came in; the stock of stock.csv is left.
    """
    morning = Counter[str]()
    for row in _rows("day.csv"):
        if datetime.fromisoformat(row["at"]).time() < AFTERNOON:
            morning[row["sku"]] += int(row["qty"])
    ledger, shift = make_sample(path, morning)
    acts = order_acts(ledger, shift, shift.cashier)
    for sale in sample_sales(ledger):
        if sale.at.time() < AFTERNOON:
            while acts and acts[0][0] <= sale.at.astimezone(ledger.clock.zone):
                acts.pop(0)[1]()
            ring_up(ledger, shift, sale)
    for _moment, act in acts:
        act()
    set_setting(ledger, PRACTICE_FROM, datetime.combine(DAY, AFTERNOON, ledger.clock.zone).isoformat())
    ledger.close()
    return open_ledger(path)


def make_sample(path: Path, sold_before: Counter[str] | None = None) -> tuple[Ledger, Shift]:
    """A new ledger at `path` with the sample booth as it opens, and its shift.

    The stock is that of stock.csv with `sold_before` (pieces by SKU) on top.
    """
    event = builtin_event()
    opening = stopped_at(datetime.combine(DAY, OPENING, ZONES[event.timezone]))
    ledger = create(path, new_device("S03", "Stan 03", "LPP-PLG", event, sample=True), opening)
    ledger.clock = opening
    post_staff(ledger, _people())
    import_catalog(ledger, resource("exhibition/catalog.csv"))
    stock = Counter({row["sku"]: int(row["qty"]) for row in _rows("stock.csv")})
    bundles = {product.sku: product.components for product in products(ledger) if product.components}
    for sku, qty in (sold_before or Counter()).items():
        for part, each in [(part.sku, part.qty) for part in bundles.get(sku, ())] or [(sku, 1)]:
            stock[part] += qty * each
    receive(ledger, stock)
    return ledger, open_shift(ledger, "rina", DAY, FLOAT)


def _people() -> list[Staff]:
    """The sample's staff. Each PIN is one digit six times, by place: a sample is there to be opened."""
    people = [Staff(row["code"], row["name"], row["role"]) for row in _rows("staff.csv")]
    return [replace(one, pin=hash_pin(sample_pin(one.code))) for one in people]


def sample_pin(code: str) -> str:
    """The PIN of a person of the sample, which the sign-in page tells; empty for anybody else."""
    codes = [row["code"] for row in _rows("staff.csv")]
    return str(codes.index(code) + 1) * DIGITS if code in codes else ""


def sample_sales(ledger: Ledger) -> Iterable[SampleSale]:
    """The sales of the sample day in their order. Cash buyers hand over a round amount every other time."""
    by_sku = {product.sku: product for product in products(ledger)}
    for n, (_receipt, group) in enumerate(groupby(_rows("day.csv"), itemgetter("receipt"))):
        rows = list(group)
        cart = new_cart()
        for row in rows:
            cart = cart.add(by_sku[row["sku"]], int(row["qty"]))
            if int(row["discount"]):
                cart = cart.with_discount(len(cart.lines) - 1, int(row["discount"]))
        method = rows[0]["method"]
        given = quick_amounts(cart.total)[-1] if METHODS[method].gives_change and n % 2 else cart.total
        reference = "" if METHODS[method].gives_change else f"{n * 7919 % 10_000:04d}"
        payment = settle(method, cart.total, given, reference)
        yield SampleSale(datetime.fromisoformat(rows[0]["at"]), rows[0]["cashier"], cart, payment)


def ring_up(ledger: Ledger, shift: Shift, sale: SampleSale) -> Sale:
    """Sell one sale of the sample day at its own time."""
    ledger.clock = stopped_at(sale.at.astimezone(ledger.clock.zone))
    return checkout(ledger, sale.cart, [sale.payment], shift, sale.cashier)


def _rows(name: str) -> list[dict[str, str]]:
    with resource(f"exhibition/{name}").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

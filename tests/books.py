"""Real books for tests: an exhibition, a booth with a catalogue, sales, and a look at every derived row.

Nothing here is faked: each ledger is a file that the program itself made.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from sqlalchemy import select

from pos import journal
from pos.approvals import granted
from pos.cart import Cart, new_cart
from pos.catalog import post_products, products
from pos.checkout import checkout
from pos.clock import ZONES, Clock, stopped_at
from pos.closing import DIFFERENCE, Closing, close_shift, closing_subject, x_report
from pos.drawer_count import COINS, NOTES, lock_count
from pos.ledger import Ledger, create, create_collector, new_device, open_ledger
from pos.model import Component, Document, Event, Institution, Product, Sale, Shift, Staff
from pos.money import Rupiah
from pos.payments import settle
from pos.people import give_pin
from pos.shifts import current_shift, open_shift
from pos.staff import post_staff
from pos.stock import receive
from pos.tables import DERIVED, DOCUMENT

WIB = ZONES["Asia/Jakarta"]
DAY = date(2023, 4, 14)
MOMENT = datetime(2023, 4, 14, 14, 7, 0, tzinfo=WIB)

CATALOGUE = (
    Product(
        "NASTAR-500",
        "Nastar 500 g",
        65_000,
        "LPP-PLG",
        "Kue kering",
        "toples",
        cost=42_000,
        aliases=("nastart",),
    ),
    Product("PUTRI-500", "Putri Salju 500 g", 60_000, "LPP-PLG", "Kue kering", "toples", position=1),
    Product("SEMPRONG", "Semprong", 30_000, "LPP-PLG", "Kue kering", "toples", cost=18_500, position=2),
    Product("PECI", "Peci Bordir", 50_000, "LP1-PLG", "Busana", position=3),
    Product("KOPI-GRAM", "Kopi Semendo curah", 120, "LPK-MRE", "Minuman", "gram", position=4),
    Product(
        "HAMPERS",
        "Hampers Lebaran",
        170_000,
        "LPP-PLG",
        "Hampers",
        "paket",
        components=(Component("NASTAR-500", 1), Component("SEMPRONG", 2), Component("PECI", 1)),
        position=5,
    ),
)
STAFF = (Staff("rina", "Rina Oktaviani"), Staff("sari", "Sari Wulandari", "petugas"))


def set_pin(ledger: Ledger, code: str, pin: str) -> Staff:
    """Somebody gives themselves a PIN."""
    return give_pin(ledger, code, pin, code)


def standing(seconds: int, up: int | None = None) -> Clock:
    """A clock that stands `seconds` behind MOMENT, of a machine that has been on for so long, or for `up`."""
    clock = stopped_at(MOMENT + timedelta(seconds=seconds))
    return replace(clock, monotonic=lambda: float(seconds if up is None else up))


def event(timezone: str = "Asia/Jakarta") -> Event:
    """HBP ke-59 with the three institutions of CATALOGUE."""
    return Event(
        "HBP-59",
        "Hari Bhakti Pemasyarakatan ke-59",
        date(2023, 3, 23),
        date(2023, 5, 2),
        timezone,
        "Kanwil Kemenkumham Sumatera Selatan",
        (
            Institution("LP1-PLG", "Lapas Kelas I Palembang", "Lapas I Palembang", "Kota Palembang"),
            Institution("LPP-PLG", "Lapas Perempuan Kelas IIA Palembang", "LPP Palembang", "Kota Palembang"),
            Institution("LPK-MRE", "Lapas Kelas IIB Muara Enim", "Lapas Muara Enim", "Kab. Muara Enim"),
        ),
    )


def post_unchecked(ledger: Ledger, product: Product) -> None:
    """Put `product` down as a laptop with other goods may have: no verb has looked at what it holds."""
    card = {
        name: getattr(product, name)
        for name in ("sku", "name", "category", "unit", "price", "institution", "barcode", "cost", "image")
    }
    card |= {"active": product.active, "position": product.position, "choose": product.choose, "revision": 1}
    parts = [{"sku": part.sku, "qty": part.qty} for part in product.components]
    with ledger.write() as conn:
        ledger.post(
            conn, "catalog", {"cards": [card | {"aliases": list(product.aliases), "components": parts}]}
        )


def new_ledger(path: Path, booth: str = "S03", clock: Clock | None = None) -> Ledger:
    """A new, empty ledger at `path`, its clock standing still at MOMENT unless told otherwise."""
    device = new_device(booth, f"Stan {booth}", "LPP-PLG", event())
    return create(path, device, clock or stopped_at(MOMENT))


@cache
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        create_collector(Path(folder) / "pusat.lapak")
        return (Path(folder) / "pusat.lapak").read_bytes()


def new_collector(path: Path) -> Path:
    """A new, empty central file at `path`, the copy of one that the program made in this run."""
    with path.open("xb") as file:
        file.write(_empty())
    return path


def with_catalogue(ledger: Ledger, goods: Iterable[Product] = CATALOGUE) -> Ledger:
    """The same ledger with `goods` and STAFF put down in it."""
    post_products(ledger, tuple(goods))
    post_staff(ledger, STAFF)
    return ledger


def booth(path: Path, code: str = "S03", clock: Clock | None = None) -> Ledger:
    """A ledger ready to sell: catalogue, staff, 100 pieces of everything that is no bundle, an open shift."""
    ledger = with_catalogue(new_ledger(path, code, clock))
    receive(ledger, {product.sku: 100 for product in CATALOGUE if not product.components})
    open_shift(ledger, "rina", DAY, 200_000)
    return ledger


def shift_of(ledger: Ledger) -> Shift:
    """The open shift; a new one of DAY when there is none."""
    return current_shift(ledger) or open_shift(ledger, "rina", DAY)


def end_shift(ledger: Ledger, counted: Rupiah | None = None, reason: str = "") -> Closing:
    """Close the open shift with all that should be there, or with `counted` Rupiah; Sari allows it."""
    shift = shift_of(ledger)
    left = x_report(ledger, shift, shift.cashier).expected if counted is None else counted
    notes = {}
    for note in (*NOTES, *COINS):
        notes[note], left = divmod(left, note)
    counts = (lock_count(ledger, shift, notes, shift.cashier),)
    allowed = granted(ledger, "sari", DIFFERENCE, closing_subject(shift))
    return close_shift(ledger, shift, counts, reason, shift.cashier, allowed)


def next_shift(ledger: Ledger, cashier: str, day: date, float_cash: Rupiah = 0) -> Shift:
    """Close the open shift, and open another."""
    end_shift(ledger)
    return open_shift(ledger, cashier, day, float_cash)


def cart_of(ledger: Ledger, items: Mapping[str, int], discount: Rupiah = 0) -> Cart:
    """A new cart with pieces by SKU at the catalogue's prices, `discount` Rupiah off its first line."""
    goods = {product.sku: product for product in products(ledger, inactive=True)}
    cart = new_cart()
    for sku, qty in items.items():
        cart = cart.add(goods[sku], qty)
    return cart.with_discount(0, discount) if discount else cart


def sell(
    ledger: Ledger,
    items: Mapping[str, int],
    method: str = "cash",
    tendered: Rupiah | None = None,
    discount: Rupiah = 0,
) -> Sale:
    """One sale, checked out as the till does it."""
    cart = cart_of(ledger, items, discount)
    return checkout(ledger, cart, [settle(method, cart.total, tendered)], shift_of(ledger), "rina")


def busy_day(ledger: Ledger) -> list[Sale]:
    """Sales of every shape: bundle, discount, change, by weight, each method, in two parts, for nothing."""
    sales = [
        sell(ledger, {"NASTAR-500": 1}),
        sell(ledger, {"HAMPERS": 2, "NASTAR-500": 1}, "qris"),
        sell(ledger, {"PECI": 1, "SEMPRONG": 3}, tendered=150_000, discount=5_000),
        sell(ledger, {"KOPI-GRAM": 250}, "transfer"),
        sell(ledger, {"HAMPERS": 1}, "card", discount=7),
        sell(ledger, {"SEMPRONG": 1}, discount=30_000),
    ]
    cart = cart_of(ledger, {"PUTRI-500": 2, "PECI": 1})
    parts = [settle("qris", 100_000, reference="4711"), settle("cash", cart.total - 100_000, 100_000)]
    return [*sales, checkout(ledger, cart, parts, shift_of(ledger), "sari")]


def derived(ledger: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every derived table, in the order of their keys, by table."""
    with ledger.read() as conn:
        return {
            table.name: [tuple(row) for row in conn.execute(select(table).order_by(*table.primary_key))]
            for table in DERIVED
        }


def documents(ledger: Ledger) -> dict[str, list[Document]]:
    """Every document, in order, by device."""
    chains: dict[str, list[Document]] = {}
    with ledger.read() as conn:
        for row in conn.execute(select(DOCUMENT).order_by(DOCUMENT.c.device, DOCUMENT.c.seq)):
            chains.setdefault(row.device, []).append(Document(*row))
    return chains


@pytest.fixture(scope="session")
def booth_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger of a booth that is ready to sell, made once, to be copied."""
    path = tmp_path_factory.mktemp("booth") / "stan.lapak"
    booth(path).close()
    return path


@pytest.fixture
def till(booth_file: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A booth ready to sell, closed at the end."""
    ledger = open_ledger(shutil.copyfile(booth_file, tmp_path / "stan.lapak"), stopped_at(MOMENT))
    yield ledger
    ledger.close()


@pytest.fixture
def collector(tmp_path: Path) -> Iterator[Ledger]:
    """A central file, empty and open, closed at the end."""
    ledger = open_ledger(new_collector(tmp_path / "pusat.lapak"))
    yield ledger
    ledger.close()


def bring(target: Ledger, docs: list[Document]) -> None:
    """Admit documents of one chain, whatever the target has of it already."""
    with target.write() as conn:
        device = docs[0].device
        journal.admit(conn, device, docs, journal.head(conn, device))

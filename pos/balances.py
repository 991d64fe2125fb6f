"""What became of the goods of each institution: received, sold, come back, written off, given back, counted.

On hand is always the sum of these; `mismatches` proves it against the stock that is kept beside them. A booth
may have several laptops: their chains are added up, as far as this ledger knows them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, Table, case, func, select

from pos.columns import added, plain_rows
from pos.ledger import Ledger
from pos.model import Device
from pos.money import Rupiah
from pos.sum_tables import ITEM, MOVED
from pos.tables import DEVICE, LOT, MOVEMENT, PRODUCT, SALE_LINE, STOCK

SOON = timedelta(days=7)  # goods that expire within it are to be sold first
CAME_BACK = ("refund", "bundle_back")
BUNDLED = ("bundle", "bundle_back")
GONE = ("damaged", "sample", "gift")


@dataclass(frozen=True, slots=True)
class Balance:
    """Pieces (or grams) of one product since the exhibition began. `lost` are damaged, samples and gifts.

    `sold` is before what came `back` of it; `counted` is what counts have added or taken away.
    """

    sku: str
    name: str
    institution: str
    received: int = 0
    sold: int = 0
    back: int = 0
    lost: int = 0
    returned: int = 0
    counted: int = 0
    damaged: int = 0  # of `lost`

    @property
    def on_hand(self) -> int:
        """What is left; below 0 more was sold than the books know of."""
        return self.received - self.sold + self.back - self.lost - self.returned + self.counted

    @property
    def touched(self) -> bool:
        """Whether any of it was ever there."""
        return any((self.received, self.sold, self.lost, self.returned, self.counted))

    @property
    def net(self) -> int:
        """Sold and not come back."""
        return self.sold - self.back


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Goods of one laptop where the kept stock is not what its documents come to."""

    device: str
    sku: str
    kept: int
    moved: int


@dataclass(frozen=True, slots=True)
class Ageing:
    """Pieces of one batch that are probably still there and expire on `expires`."""

    sku: str
    name: str
    institution: str
    batch: str
    expires: date
    left: int


def devices_of(conn: Connection, booth: str = "") -> tuple[str, ...]:
    """The laptops of a booth that this ledger knows; of all booths without a code."""
    query = select(DEVICE.c.device).order_by(DEVICE.c.device)
    return tuple(conn.scalars(query.where(DEVICE.c.booth == booth) if booth else query))


def booth_stock(conn: Connection, device: Device) -> dict[str, int]:
    """Pieces by SKU in the booth of `device`, over all its laptops."""
    mine = STOCK.c.device.in_(devices_of(conn, device.booth))
    query = select(STOCK.c.sku, added(STOCK.c.qty)).where(mine).group_by(STOCK.c.sku)
    return dict(conn.execute(query).all())


def balances(conn: Connection, booth: str = "", institution: str = "") -> list[Balance]:
    """A balance for each product that ever moved, and each that is for sale, by institution and SKU.

    `booth` and `institution` narrow it down. From the sums per day and the movements: it walks no sales.
    """
    found: dict[tuple[str, str], Counter[str]] = {}
    moved = (MOVED.c.institution, MOVED.c.sku, MOVED.c.reason)
    query = select(*moved, added(MOVED.c.qty)).where(*_of(conn, MOVED, booth, institution)).group_by(*moved)
    for unit, sku, reason, qty in plain_rows(conn, query):
        found.setdefault((unit, sku), Counter())[reason] += qty
        if reason in BUNDLED:
            found[unit, sku]["net"] -= qty
    # Net of what came back; a bundle itself comes to 0.
    sold = (ITEM.c.institution, ITEM.c.sku)
    sums = select(*sold, added(ITEM.c.qty - ITEM.c.bundles)).where(*_of(conn, ITEM, booth, institution))
    for unit, sku, qty in plain_rows(conn, sums.group_by(*sold)):
        found.setdefault((unit, sku), Counter())["net"] += qty
    names = {}
    for row in conn.execute(select(PRODUCT.c.sku, PRODUCT.c.name, PRODUCT.c.institution, *_SHOWN)):
        names[row.sku] = row.name
        if row.active and row.components == "[]":
            found.setdefault((row.institution, row.sku), Counter())
        elif row.components != "[]" and not any(found.get((row.institution, row.sku), {}).values()):
            found.pop((row.institution, row.sku), None)
    return [
        _balance(names.get(sku, sku), unit, sku, counts)
        for (unit, sku), counts in sorted(found.items())
        if not institution or unit == institution
    ]


_SHOWN = (PRODUCT.c.active, PRODUCT.c.components)


def _of(conn: Connection, table: Table, booth: str, institution: str = "") -> list[ColumnElement[bool]]:
    """The rows of a booth's laptops and an institution's goods; empty stands for all."""
    wanted: list[ColumnElement[bool]] = []
    if booth:
        wanted.append(table.c.device.in_(devices_of(conn, booth)))
    if institution:
        wanted.append(table.c.institution == institution)
    return wanted


def turnover(conn: Connection, booth: str = "") -> dict[str, Rupiah]:
    """What the goods of each institution brought since the exhibition began, net of what came back.

    A bundle's money is theirs whose goods are inside; `booth` narrows it down.
    """
    found: dict[str, Rupiah] = {}
    sold = select(ITEM.c.institution, added(ITEM.c.total - ITEM.c.bundled)).where(*_of(conn, ITEM, booth))
    parts = added(case((MOVED.c.reason == "bundle", MOVED.c.amount), else_=-MOVED.c.amount))
    inside = select(MOVED.c.institution, parts).where(MOVED.c.reason.in_(BUNDLED), *_of(conn, MOVED, booth))
    for sums, unit in ((sold, ITEM.c.institution), (inside, MOVED.c.institution)):
        for code, total in conn.execute(sums.group_by(unit)):
            found[code] = found.get(code, 0) + total
    return found


def _balance(name: str, unit: str, sku: str, counts: Mapping[str, int]) -> Balance:
    back = sum(counts.get(reason, 0) for reason in CAME_BACK)
    return Balance(
        sku=sku,
        name=name,
        institution=unit,
        received=counts.get("received", 0),
        sold=counts.get("net", 0) + back,
        back=back,
        lost=-sum(counts.get(reason, 0) for reason in GONE),
        returned=-counts.get("returned", 0),
        counted=counts.get("counted", 0),
        damaged=-counts.get("damaged", 0),
    )


def mismatches(conn: Connection) -> list[Mismatch]:
    """Proves the stock: what each laptop's documents move must be what is kept, and what the balances say.

    Walks over every sold line, so it is for checking and not for a screen. Empty is as it should be.
    """
    moved = Counter[tuple[str, str]]()
    lines = select(SALE_LINE.c.device, SALE_LINE.c.sku, -added(SALE_LINE.c.qty)).where(
        SALE_LINE.c.bundle == 0
    )
    moves = select(MOVEMENT.c.device, MOVEMENT.c.sku, added(MOVEMENT.c.qty))
    for query, table in ((lines, SALE_LINE), (moves, MOVEMENT)):
        for device, sku, qty in conn.execute(query.group_by(table.c.device, table.c.sku)):
            moved[device, sku] += qty
    kept = {(row.device, row.sku): row.qty for row in conn.execute(select(STOCK))}
    wrong = [
        Mismatch(*key, kept.get(key, 0), moved[key])
        for key in sorted({*kept, *moved})
        if kept.get(key, 0) != moved[key]
    ]
    told = Counter[str]()
    for one in balances(conn):
        told[one.sku] += one.on_hand
    whole = Counter[str]()
    for (_device, sku), qty in kept.items():
        whole[sku] += qty
    return wrong + [
        Mismatch("", sku, whole[sku], told[sku]) for sku in sorted({*told, *whole}) if told[sku] != whole[sku]
    ]


def low_stock(found: Iterable[Balance], most: int) -> list[Balance]:
    """Goods of which 0 to `most` are left, fewest first; what never came in is not low but unknown."""
    low = [one for one in found if 0 <= one.on_hand <= most and (one.received or one.counted or one.sold)]
    return sorted(low, key=lambda one: (one.on_hand, one.name))


def to_check(found: Iterable[Balance]) -> list[Balance]:
    """Goods of which more was sold than the books know of: a task for the officer, no wall for the till."""
    return sorted((one for one in found if one.on_hand < 0), key=lambda one: (one.on_hand, one.name))


def ageing(conn: Connection, booth: str, today: date) -> list[Ageing]:
    """Batches that have expired by `today` or do so within SOON, as far as they are probably still there.

    An estimate: of each product what expires first is taken to be sold first, and what came without a date
    before all that has one.
    """
    key = (LOT.c.sku, LOT.c.institution, LOT.c.batch, LOT.c.expires)
    lots = select(*key, added(LOT.c.qty)).where(
        LOT.c.device.in_(devices_of(conn, booth)), LOT.c.expires != ""
    )
    lots = lots.group_by(*key).having(func.sum(LOT.c.qty) > 0)
    left = {(one.institution, one.sku): one for one in balances(conn, booth)}
    rest = {place: max(one.on_hand, 0) for place, one in left.items()}
    old: list[Ageing] = []
    for sku, unit, batch, expires, qty in conn.execute(lots.order_by(LOT.c.expires.desc(), LOT.c.batch)):
        there = min(qty, rest.get((unit, sku), 0))
        if not there:
            continue
        rest[unit, sku] -= there
        day = date.fromisoformat(expires)
        if day <= today + SOON:
            old.append(Ageing(sku, left[unit, sku].name, unit, batch, day, there))
    return sorted(old, key=lambda one: (one.expires, one.name))


def balances_of(ledger: Ledger, institution: str = "") -> list[Balance]:
    """The balances of this laptop's booth."""
    with ledger.read() as conn:
        return balances(conn, ledger.own().booth, institution)

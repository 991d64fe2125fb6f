"""What is reported of a day in the evening: by a booth, of one institution, or by the office for its region.

Every figure is that of a report, asked for that one day; nothing is added up here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from pos.clock import DEFAULT_ZONE
from pos.complete import Complete
from pos.errors import Refused
from pos.ledger import Ledger, devices
from pos.letterhead import letterhead
from pos.model import Device, Institution
from pos.money import Rupiah
from pos.order_book import read_orders
from pos.reports import daily_board, institutions, payments, products, totals
from pos.reports.completeness import complete
from pos.reports.scope import Period, check_period
from pos.reports.scope import institutions as units_of
from pos.tables import DAY_CASHIER, DEPOSIT, PREORDER, PRODUCT
from pos.text import _, long_date
from pos.today import central_name

BEST = 5  # products that are named


@dataclass(frozen=True, slots=True)
class Way:
    """A way to pay that was used: its code, payments, Rupiah."""

    code: str
    count: int
    amount: Rupiah


@dataclass(frozen=True, slots=True)
class Maker:
    """An institution and what was sold of its goods, also inside bundles: pieces, Rupiah."""

    unit: Institution
    qty: int
    total: Rupiah


@dataclass(frozen=True, slots=True)
class Best:
    """A product that sold well: whose it is, how many of its `unit` (toples, gram), Rupiah."""

    name: str
    maker: str
    qty: int
    unit: str
    total: Rupiah


@dataclass(frozen=True, slots=True)
class Ahead:
    """Orders of the day: `placed` of them and not cancelled since, for `total`; what was paid ahead in `paid`
    payments (`received`) and given back (`returned`); how many wait to be fetched on the day after (`due`),
    and what is left to pay for those (`rest`). All in Rupiah.
    """

    placed: int
    total: Rupiah
    paid: int
    received: Rupiah
    returned: Rupiah
    due: int
    rest: Rupiah


@dataclass(frozen=True, slots=True)
class Evening:
    """One day of `who`; `code` is that of the booth and institution, where it is about one.

    `number` of `days` days of the exhibition it is, None outside of it. `sales`, `ways` are None and `sold`,
    `unsold` empty of one institution, for a receipt may hold goods of several; then `kept` tells on how many
    days it sold, of how many until this one. `complete` are the laptops and how far each is known; at a booth
    (`own`) what is told is complete until `now`. `orders` is None where there were none, and of one
    institution (`institution` is its code), for an order may hold goods of several.
    """

    who: str
    code: str
    event: str
    day: date
    number: int | None
    days: int
    now: datetime
    own: bool
    complete: tuple[Complete, ...]
    total: Rupiah
    sales: int | None
    qty: int
    ways: tuple[Way, ...] | None
    sold: tuple[Maker, ...]
    unsold: tuple[Maker, ...]
    best: tuple[Best, ...]
    kept: tuple[int, int] | None = None
    institution: str = ""
    orders: Ahead | None = None


def read_evening(ledger: Ledger, day: date, *, booth: str = "", institution: str = "") -> Evening:
    """The day as this ledger knows it; of one booth, one institution, or all.

    Raises Refused for an unknown code, for a day that has not come yet and for a ledger without a device.
    """
    period = Period(day, day, institution, booth)
    check_period(ledger, period)
    with ledger.read() as conn:
        known = [one for one in devices(conn).values() if one.role == "booth"]
        units = units_of(conn)
        kinds = dict(conn.execute(select(PRODUCT.c.sku, PRODUCT.c.unit)).all())
        last = conn.scalar(select(func.max(DAY_CASHIER.c.day)))  # a till's day may be ahead of the clock
    there = [one for one in known if booth in ("", one.booth)]
    if not there:
        raise Refused(_("No booth has been brought yet."), _("Bring the files of the booths here."))
    event = max((one.event for one in there), key=lambda one: (one.start <= day <= one.end, one.start))
    now = ledger.clock.in_zone(event.timezone or DEFAULT_ZONE).now()
    if day > now.date() and day.isoformat() > (last or ""):
        raise Refused(
            _("{day} has not come yet.").format(day=long_date(day)), _("Choose today or an earlier day.")
        )
    rows = institutions.run(ledger, period).rows
    makers = [Maker(units.get(row[1], Institution(row[1], row[2], row[1])), row[3], row[6]) for row in rows]
    head = totals.run(ledger, period).rows[0]
    found = [row for row in products.run(ledger, period).rows if row[5] > 0][:BEST]
    paid = None if institution else [row for row in payments.run(ledger, period).rows if row[2] or row[3]]
    inside = event.start <= day <= event.end
    return Evening(
        who=_who(ledger, there, units, period),
        code="-".join(part for part in (institution, booth) if part),
        event=event.name,
        day=day,
        number=(day - event.start).days + 1 if inside else None,
        days=(event.end - event.start).days + 1,
        now=now,
        own=ledger.device is not None and ledger.device.role == "booth",
        complete=complete(ledger, booth),
        total=head[4],
        sales=head[0],
        qty=head[1],
        ways=None if paid is None else tuple(Way(row[0], row[2], row[3]) for row in paid),
        sold=() if institution else tuple(one for one in makers if one.qty > 0),
        unsold=() if institution else tuple(one for one in makers if one.qty <= 0),
        best=tuple(Best(row[2], row[4], row[5], kinds.get(row[1], ""), row[8]) for row in found),
        kept=_kept(ledger, Period(event.start, day, institution, booth)) if institution else None,
        institution=institution,
        orders=None if institution else _orders(ledger, day, booth),
    )


def _orders(ledger: Ledger, day: date, booth: str) -> Ahead | None:
    """What was ordered and paid ahead on the day, and what is to be fetched on the next one."""
    next_day = day + timedelta(days=1)
    first = (PREORDER.c.device == PREORDER.c.root_device, PREORDER.c.seq == PREORDER.c.root_seq)
    roots = select(PREORDER.c.root_device, PREORDER.c.root_seq).distinct()
    placed = roots.where(*first, PREORDER.c.day == day.isoformat())
    due = roots.where(PREORDER.c.due == next_day.isoformat())
    paid = select(DEPOSIT.c.amount).where(DEPOSIT.c.day == day.isoformat())
    if booth:
        placed, due = (query.where(PREORDER.c.booth == booth) for query in (placed, due))
        paid = paid.where(DEPOSIT.c.booth == booth)
    with ledger.read() as conn:
        taken = [one for one in read_orders(conn, conn.execute(placed).all()) if one.state != "cancelled"]
        waiting = [one for one in read_orders(conn, conn.execute(due).all()) if not one.over]
        amounts = list(conn.scalars(paid))
    waiting = [one for one in waiting if one.wish.due == next_day]  # an older version may have had that day
    if not taken and not waiting and not amounts:
        return None
    return Ahead(
        placed=len(taken),
        total=sum(one.total for one in taken),
        paid=sum(amount > 0 for amount in amounts),
        received=sum(amount for amount in amounts if amount > 0),
        returned=-sum(amount for amount in amounts if amount < 0),
        due=len(waiting),
        rest=sum(one.rest for one in waiting),
    )


def _kept(ledger: Ledger, period: Period) -> tuple[int, int]:
    """On how many of the days until now the institution sold, and how many those are."""
    board = daily_board.run(ledger, period)
    keys = [column.key for column in board.columns]
    row = board.rows[0]
    sold, empty = row[keys.index("days_sold")], row[keys.index("days_empty")]
    return sold, sold + empty


def _who(ledger: Ledger, there: list[Device], units: dict[str, Institution], period: Period) -> str:
    """Who reports: the institution, the booth with its institution, or the office."""
    if period.institution:
        unit = units[period.institution].name
        return f"{unit} · {there[0].name}" if period.booth else unit
    one = ledger.device if ledger.device and ledger.device.role == "booth" else None
    if period.booth or one:
        first = one or there[0]
        owner = units[first.institution].name if first.institution in units else first.institution
        return f"{first.name} · {owner}" if owner and owner != first.name else first.name
    return letterhead(ledger).office or there[0].event.office or central_name(ledger)

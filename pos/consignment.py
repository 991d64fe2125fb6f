"""Goods on consignment: what institutions bring, what is written off, and what they take back at the end.

Each is a numbered slip (document `stock`) that holds all its paper shows: names, units, prices. A wrong
delivery is countered by a slip of its own; the first one stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection, select

from pos.approvals import MAX_REASON, take
from pos.balances import booth_stock
from pos.catalog import institution_named
from pos.deliveries import Entry, Head, drop
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import By, Fields, Institution, Product
from pos.money import Rupiah
from pos.nouns import products_of
from pos.stock_slips import (
    LETTERS,
    WRITE_OFFS,
    StockSlip,
    next_slip_number,
    read_slip,
    slips_of,
)
from pos.tables import PRODUCT
from pos.text import _, clean_text, short_date

MOST = 1_000_000  # pieces or grams on one line; more is a slip of the finger
MOST_LINES = 500
MAX_WORD = 60  # characters of a person's name, a letter's number
MAX_BATCH = 30
_DAY = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{2}|\d{4})", re.ASCII)
LONGEST_LIFE = timedelta(days=3660)  # an expiry date beyond it was mistyped


def receive(ledger: Ledger, head: Head, entries: Sequence[Entry], by: By, percent: int) -> StockSlip:
    """Goods come in from one institution, whose share of the money is `percent`.

    Raises Refused for goods of another institution or of none, for absurd quantities, and for what has
    expired already; then nothing was stored.
    """
    with ledger.write() as conn:
        allowed = take(conn, by.approval, by.who, "receive", head.institution)
        goods = _checked(conn, ledger, head, entries)
        fields = _fields(ledger, conn, "received", head, by) | {"percent": percent}
        fields["items"] = [_item(entry, goods[entry.sku], entry.qty) for entry in entries]
        drop(conn, head.institution)
        return read_slip(ledger.post(conn, "stock", fields | allowed))


def write_off(ledger: Ledger, kind: str, head: Head, entries: Sequence[Entry], by: By) -> StockSlip:
    """Goods leave without being sold; `kind` is damaged, sample or gift, and the head says why.

    Raises Refused without a reason or the right to, and for more than the books hold.
    """
    if kind not in WRITE_OFFS:
        raise ValueError(kind)
    if not clean_text(head.reason):
        raise Refused(_("Why do the goods leave?"), _("Write the reason; it stands on the paper."))
    return _out(ledger, kind, "write_off", head, entries, by)


def give_back(ledger: Ledger, head: Head, entries: Sequence[Entry], by: By) -> StockSlip:
    """What was not sold goes back to its institution, which signs for it.

    Raises Refused without the right to, without the name of who takes it, and for more than the books hold:
    what they do not know cannot be given back by a paper; it is counted first.
    """
    if not clean_text(head.partner):
        raise Refused(_("Who takes the goods back?"), _("Their name stands on the paper they sign."))
    return _out(ledger, "returned", "give_back", head, entries, by)


def correct(ledger: Ledger, slip: StockSlip, reason: str, by: By) -> StockSlip:
    """A wrong delivery of this laptop is taken back by a counter-slip; then the right one is entered anew.

    Asked for again it gives the counter-slip that is there. Raises Refused for any other slip, without a
    reason, or without the right to write goods off.
    """
    if slip.kind != "received" or slip.corrects or slip.device != ledger.own().code:
        raise Refused(_("Only a delivery that was received here can be corrected."))
    if not clean_text(reason):
        raise Refused(_("What was wrong with it?"), _("Write the reason; it stands on the paper."))
    with ledger.write() as conn:
        allowed = take(conn, by.approval, by.who, "write_off", slip.receipt)
        for known in slips_of(conn, slip.institution):
            if known.corrects == (slip.device, slip.seq):
                return known
        head = Head(slip.institution, slip.partner, slip.letter, reason)
        fields = _fields(ledger, conn, "received", head, by) | {"percent": slip.percent}
        fields["corrects"] = {"device": slip.device, "seq": slip.seq, "number": slip.receipt}
        fields["items"] = [item.fields() | {"qty": -item.qty} for item in slip.items]
        return read_slip(ledger.post(conn, "stock", fields | allowed))


def read_day(text: str) -> date | None:
    """A day as a person writes it: `20/05/2023`, `20.5.23`, `2023-05-20`; None for nothing.

    Raises Refused for what is surely no day.
    """
    words = text.strip()
    if not words:
        return None
    parts = _DAY.fullmatch(words)
    try:
        if parts is None:
            return date.fromisoformat(words)
        day, month, year = (int(part) for part in parts.groups())
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError as error:
        raise Refused(
            _("'{text}' is not a day.").format(text=words[:20]), _("Write it as 20/05/2023.")
        ) from error


def worth(goods: Sequence[tuple[Rupiah, int]]) -> Rupiah:
    """What goods would be sold for: price and quantity of each."""
    return sum(price * qty for price, qty in goods)


def _out(ledger: Ledger, kind: str, action: str, head: Head, entries: Sequence[Entry], by: By) -> StockSlip:
    with ledger.write() as conn:
        allowed = take(conn, by.approval, by.who, action, head.institution)
        goods = _checked(conn, ledger, head, entries)
        _enough(conn, ledger, entries, goods)
        fields = _fields(ledger, conn, kind, head, by)
        fields["items"] = [_item(entry, goods[entry.sku], -entry.qty) for entry in entries]
        return read_slip(ledger.post(conn, "stock", fields | allowed))


def _enough(conn: Connection, ledger: Ledger, entries: Sequence[Entry], goods: dict[str, Product]) -> None:
    """Raise Refused for the first of the goods of which the books hold less than is to leave."""
    wanted = Counter[str]()
    for entry in entries:
        wanted[entry.sku] += entry.qty
    there = booth_stock(conn, ledger.own())
    for sku, qty in wanted.items():
        if qty > max(there.get(sku, 0), 0):
            raise Refused(
                _("{name}: by the books {count} are there, not {qty}.").format(
                    name=goods[sku].name, count=there.get(sku, 0), qty=qty
                ),
                _("Count this stock first; then it can leave."),
            )


def _checked(conn: Connection, ledger: Ledger, head: Head, entries: Sequence[Entry]) -> dict[str, Product]:
    """The goods of the entries by SKU. Raises Refused for the first thing that is wrong."""
    if not entries:
        raise Refused(_("Nothing stands on the slip yet."), _("Scan or search the first of the goods."))
    if len(entries) > MOST_LINES:
        raise Refused(_("A slip holds {count} lines.").format(count=MOST_LINES), _("Begin a second one."))
    institution_named(conn, head.institution)
    goods = products_of(conn.execute(select(PRODUCT)))
    for entry in entries:
        product = goods.get(entry.sku)
        if product is None:
            raise Refused(_("'{sku}' is not in the catalogue.").format(sku=entry.sku[:40]))
        _check_product(product, head.institution)
        _check_qty(entry, product)
        _check_date(entry, product, ledger.clock.now().date())
    return goods


def _check_product(product: Product, institution: str) -> None:
    if product.institution != institution:
        raise Refused(
            _("{name} is of another institution.").format(name=product.name[:60]),
            _("Make a slip for that institution."),
        )
    if product.components:
        raise Refused(
            _("{name} is a bundle and has no stock of its own.").format(name=product.name[:60]),
            _("Enter what is inside."),
        )


def _check_qty(entry: Entry, product: Product) -> None:
    if not 1 <= entry.qty <= MOST:
        raise Refused(
            _("{name}: the quantity must be between 1 and {most}.").format(
                name=product.name[:60], most=f"{MOST:,}".replace(",", ".")
            )
        )


def _check_date(entry: Entry, product: Product, today: date) -> None:
    if entry.expires is None:
        return
    if entry.expires < today:
        raise Refused(
            _("{name} expired on {day}.").format(name=product.name[:60], day=short_date(entry.expires)),
            _("Leave it with the institution; it must not be sold."),
        )
    if entry.expires - today > LONGEST_LIFE:
        raise Refused(_("{name}: is the year of expiry right?").format(name=product.name[:60]))


def _fields(ledger: Ledger, conn: Connection, kind: str, head: Head, by: By) -> Fields:
    """The body of a slip but for its items: also the names that its paper shows."""
    return slip_fields(ledger, conn, kind, institution_named(conn, head.institution), by) | {
        "partner": clean_text(head.partner, MAX_WORD),
        "letter": clean_text(head.letter, MAX_WORD),
        "reason": clean_text(head.reason, MAX_REASON),
    }


def slip_fields(ledger: Ledger, conn: Connection, kind: str, unit: Institution, by: By) -> Fields:
    """What every slip begins with: its number in the series of its letter, day, people, names."""
    device = ledger.own()
    day = by.shift.day if by.shift else ledger.clock.now().date()
    return {
        "slip": kind,
        "booth": device.booth,
        "number": next_slip_number(conn, device.code, LETTERS[kind]),
        "day": day.isoformat(),
        "cashier": by.who.code,
        "shift": by.shift.seq if by.shift else None,
        "institution": unit.code,
        "partner": "",
        "letter": "",
        "reason": "",
        "names": {"institution": unit.name, "cashier": by.who.name},
    }


def _item(entry: Entry, product: Product, qty: int) -> Fields:
    fields = item_fields(product, qty)
    if batch := clean_text(entry.batch, MAX_BATCH):
        fields["batch"] = batch
    if entry.expires:
        fields["expires"] = entry.expires.isoformat()
    return fields


def item_fields(product: Product, qty: int) -> Fields:
    """A line of a slip as it stands in the body."""
    return {
        "sku": product.sku,
        "institution": product.institution,
        "qty": qty,
        "name": product.name,
        "unit": product.unit,
        "price": product.price,
    }

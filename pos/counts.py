"""Counting the stock of an institution: blind, with a cause for every difference.

What was counted is kept on this laptop until the count is finished (a setting, so that a power cut loses
nothing). Sales may go on meanwhile. So each result remembers how far the books had come when it was entered;
what moved since is no difference, whichever laptop of the booth it comes from and however late.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, func, select

from pos.balances import booth_stock, devices_of
from pos.clock import new_id
from pos.consignment import MAX_WORD, MOST, item_fields, slip_fields
from pos.errors import Refused
from pos.kept_json import check_fields, parsed
from pos.ledger import Ledger, set_setting_on, setting_on
from pos.model import By, Fields, Product
from pos.money import Rupiah
from pos.nouns import institution_of, products_of
from pos.stock_slips import StockSlip, read_slip, slips_of
from pos.tables import DOCUMENT, INSTITUTION, MOVEMENT, PRODUCT, SALE_LINE
from pos.text import _, clean_text

CAUSES = ("miscount", "damaged", "lost", "sample", "delivery", "other")
MAX_NOTE = 120  # characters


@dataclass(frozen=True, slots=True)
class Result:
    """How much of one product was counted, and what the books said then.

    `seq` is how far this laptop's chain had come, `at` the moment: what lies behind them came later.
    """

    counted: int
    expected: int
    seq: int
    at: str
    cause: str = ""
    note: str = ""

    @property
    def difference(self) -> int:
        """Above 0 there is more than the books say."""
        return self.counted - self.expected

    @property
    def explained(self) -> bool:
        """Whether nothing is open about it: no difference, or a cause for it."""
        return not self.difference or bool(self.cause and (self.cause != "other" or self.note))


@dataclass(frozen=True, slots=True)
class Count:
    """A count that is under way: results by SKU. `id` is made once, and finishing it twice is once."""

    id: str
    institution: str
    results: Mapping[str, Result]
    witness: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """Where a count stands: kinds of goods in all and counted, how many agree, pieces less and more.

    `value` is the difference in Rupiah at the goods' prices.
    """

    kinds: int
    counted: int
    agreeing: int
    less: int
    more: int
    value: Rupiah
    unexplained: int


def cause_name(cause: str) -> str:
    """What a cause is called in the language in use."""
    names = {
        "miscount": _("wrongly written down"),
        "damaged": _("damaged"),
        "lost": _("lost"),
        "sample": _("tasted or shown"),
        "delivery": _("delivered otherwise"),
        "other": _("another cause"),
    }
    return names.get(cause, cause)


def open_count(ledger: Ledger, institution: str) -> Count:
    """The count of an institution that is under way on this laptop, or a new one."""
    with ledger.read() as conn:
        return _kept(conn, institution) or Count(new_id(), institution, {})


def enter(ledger: Ledger, institution: str, sku: str, counted: int) -> Count:
    """So many of `sku` are there; kept at once. Raises Refused for what cannot be, or is not theirs."""
    with ledger.write() as conn:
        return _enter(ledger, conn, institution, sku, counted)


def add_one(ledger: Ledger, institution: str, sku: str) -> Count:
    """One more of `sku` was scanned. Raises as `enter` does."""
    with ledger.write() as conn:
        kept = _kept(conn, institution)
        before = kept.results.get(sku) if kept else None
        return _enter(ledger, conn, institution, sku, before.counted + 1 if before else 1)


def explain(ledger: Ledger, institution: str, sku: str, cause: str, note: str = "") -> Count:
    """Why `sku` differs: one of CAUSES, and words of one's own, which another cause must have."""
    if cause not in CAUSES:
        raise ValueError(cause)
    words = clean_text(note, MAX_NOTE)
    if cause == "other" and not words:
        raise Refused(_("Another cause needs a few words."), _("Write what happened."))
    with ledger.write() as conn:
        kept = _kept(conn, institution)
        if kept is None or sku not in kept.results:
            raise Refused(_("This has not been counted yet."))
        results = {**kept.results, sku: replace(kept.results[sku], cause=cause, note=words)}
        return _keep(conn, replace(kept, results=results))


def name_witness(ledger: Ledger, institution: str, witness: str) -> Count:
    """Who of the institution is there while it is counted."""
    with ledger.write() as conn:
        kept = _kept(conn, institution) or Count(new_id(), institution, {})
        return _keep(conn, replace(kept, witness=clean_text(witness, MAX_WORD)))


def forget(ledger: Ledger, institution: str, sku: str) -> Count:
    """`sku` was not counted after all."""
    with ledger.write() as conn:
        kept = _kept(conn, institution) or Count(new_id(), institution, {})
        return _keep(
            conn, replace(kept, results={key: one for key, one in kept.results.items() if key != sku})
        )


def discard(ledger: Ledger, institution: str) -> None:
    """Give the count up; nothing of it was in the books."""
    with ledger.write() as conn:
        set_setting_on(conn, _name(institution), None)


def summary(count: Count, goods: list[Product]) -> Summary:
    """Where the count stands among the goods of its institution."""
    prices = {product.sku: product.price for product in goods}
    results = count.results.values()
    off = [one.difference for one in results]
    return Summary(
        kinds=len({*prices, *count.results}),
        counted=len(count.results),
        agreeing=off.count(0),
        less=-sum(one for one in off if one < 0),
        more=sum(one for one in off if one > 0),
        value=sum(one.difference * prices.get(sku, 0) for sku, one in count.results.items()),
        unexplained=sum(not one.explained for one in results),
    )


def finish(ledger: Ledger, count: Count, by: By) -> StockSlip:
    """The count becomes a slip whose movements are its differences; pressed twice it is one slip.

    The differences are worked out in the transaction: what the books say now, less what moved since each
    result was entered. Raises Refused when nothing was counted, or a difference has no cause.
    """
    with ledger.write() as conn:
        kept = _kept(conn, count.institution)
        if kept is None or kept.id != count.id:
            return _finished(conn, count)
        if not kept.results:
            raise Refused(_("Nothing has been counted yet."), _("Fill in what is there, also 0."))
        goods = products_of(conn.execute(select(PRODUCT)))
        items = [_item(ledger, conn, goods, sku, one) for sku, one in sorted(kept.results.items())]
        unit = conn.execute(select(INSTITUTION).where(INSTITUTION.c.code == kept.institution)).one()
        fields = slip_fields(ledger, conn, "counted", institution_of(unit), by)
        fields |= {"partner": kept.witness, "count": kept.id, "items": items}
        set_setting_on(conn, _name(kept.institution), None)
        return read_slip(ledger.post(conn, "stock", fields))


def last_count(ledger: Ledger, institution: str) -> StockSlip | None:
    """The newest finished count of an institution, or None."""
    with ledger.read() as conn:
        return next((one for one in reversed(slips_of(conn, institution)) if one.kind == "counted"), None)


def _finished(conn: Connection, count: Count) -> StockSlip:
    """The slip that `count` has become already."""
    for slip in reversed(slips_of(conn, count.institution)):
        if slip.count == count.id:
            return slip
    raise Refused(_("This count was given up or begun anew."), _("Look at what is counted now."))


def _item(ledger: Ledger, conn: Connection, goods: dict[str, Product], sku: str, one: Result) -> Fields:
    product = goods.get(sku)
    if product is None:
        raise Refused(_("'{sku}' is not in the catalogue.").format(sku=sku[:40]))
    true = replace(one, expected=_expected(ledger, conn, sku, one))
    if not true.explained:
        raise Refused(
            _("{name}: the books say {expected}, {counted} were counted.").format(
                name=product.name[:60], expected=true.expected, counted=true.counted
            ),
            _("Choose a cause for the difference, or count again."),
        )
    fields = item_fields(product, true.difference)
    fields |= {"expected": true.expected, "counted": true.counted}
    return fields | {
        "cause": true.cause if true.difference else "",
        "note": true.note if true.difference else "",
    }


def _expected(ledger: Ledger, conn: Connection, sku: str, one: Result) -> int:
    """What the books say today of the moment in which `one` was entered.

    Documents of other laptops may have come in late, and another count may have put the same difference
    right: that one is taken as if it had been so before.
    """
    own = ledger.own()
    others = [code for code in devices_of(conn, own.booth) if code != own.code]
    now = booth_stock(conn, own).get(sku, 0)
    since = 0
    for table, sign in ((MOVEMENT, 1), (SALE_LINE, -1)):
        plain = table.c.bundle == 0 if table is SALE_LINE else table.c.reason != "counted"
        moved = select(func.coalesce(func.sum(table.c.qty), 0)).where(table.c.sku == sku, plain)
        here = moved.where(table.c.device == own.code, table.c.seq > one.seq)
        there = moved.join(
            DOCUMENT, (DOCUMENT.c.device == table.c.device) & (DOCUMENT.c.seq == table.c.seq)
        ).where(table.c.device.in_(others), DOCUMENT.c.at > one.at)
        since += sign * ((conn.scalar(here) or 0) + (conn.scalar(there) or 0 if others else 0))
    return now - since


def _enter(ledger: Ledger, conn: Connection, institution: str, sku: str, counted: int) -> Count:
    row = conn.execute(select(PRODUCT).where(PRODUCT.c.sku == sku)).first()
    if row is None:
        raise Refused(_("'{sku}' is not in the catalogue.").format(sku=sku[:40]))
    if row.institution != institution:
        raise Refused(
            _("{name} is of another institution.").format(name=row.name[:60]),
            _("Count it with the goods of that institution."),
        )
    if row.components != "[]":
        raise Refused(
            _("{name} is a bundle and has no stock of its own.").format(name=row.name[:60]),
            _("Enter what is inside."),
        )
    if not 0 <= counted <= MOST:
        raise Refused(
            _("{name}: the quantity must be between 0 and {most}.").format(
                name=row.name[:60], most=f"{MOST:,}".replace(",", ".")
            )
        )
    own = ledger.own()
    kept = _kept(conn, institution) or Count(new_id(), institution, {})
    expected = booth_stock(conn, own).get(sku, 0)
    last = conn.scalar(select(func.max(DOCUMENT.c.seq)).where(DOCUMENT.c.device == own.code)) or 0
    before = kept.results.get(sku)
    result = Result(counted, expected, last, ledger.clock.now().isoformat())
    if before and result.difference:
        result = replace(result, cause=before.cause, note=before.note)
    return _keep(conn, replace(kept, results={**kept.results, sku: result}))


def _name(institution: str) -> str:
    return f"count:{institution}"


def _keep(conn: Connection, count: Count) -> Count:
    results = {sku: asdict(one) for sku, one in count.results.items()}
    value = json.dumps({"id": count.id, "witness": count.witness, "results": results}, ensure_ascii=False)
    set_setting_on(conn, _name(count.institution), value)
    return count


def _kept(conn: Connection, institution: str) -> Count | None:
    """The count that was put down; None for none, or for one that this program cannot read."""
    value = setting_on(conn, _name(institution))
    try:
        found = parsed(value) if value else None
        if not found:
            return None
        results = {str(sku): Result(**one) for sku, one in found["results"].items()}
        for one in results.values():
            check_fields(one)
        return Count(str(found["id"]), institution, results, str(found["witness"]))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None

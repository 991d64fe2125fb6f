"""Settling with institutions: the rule to share out by, the sheet as it would be, and the final one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import Connection, func, select

from pos import journal
from pos.approvals import take
from pos.balances import balances, devices_of
from pos.catalog import institution_named
from pos.columns import added
from pos.consignment import MAX_WORD
from pos.derive.settling import SUMS
from pos.derive.shapes import MAX_REVISION
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import By, Device, Fields, paper_number
from pos.money import Rupiah
from pos.numbers import next_number
from pos.offices import office_to_be
from pos.remittances import Account, accounts, percent_set
from pos.settled_tables import SETTLED, SETTLED_PART, SETTLEMENT, SPLIT
from pos.settlements import (
    LETTER,
    MONEY,
    Settlement,
    money_fields,
    money_of,
    newest_head,
    read_settlement,
    settlement_of,
    splits,
)
from pos.shares import STANDARD, Money, Split, added_up, check_split, share_out, split_on
from pos.sum_tables import DAY_SHARE, DAY_UNIT
from pos.tables import DAY_ITEM, PRODUCT
from pos.text import _, clean_text, long_date


def set_split(ledger: Ledger, wanted: Split, by: By) -> Split:
    """Put down how money is shared out from the business day `wanted.since` on.

    Raises Refused without the right to, for a rule that is none (see `check_split`), and for a day that has
    begun: what was sold stays shared out as it was.
    """
    check_split(wanted)
    today = ledger.clock.now().date()
    try:
        since = date.fromisoformat(wanted.since)
    except ValueError as error:
        raise Refused(_("From which day on?"), _("A day such as 2023-04-15.")) from error
    if since <= today:
        raise Refused(
            _("It can begin tomorrow at the earliest; what was sold stays as it is."),
            _("Choose a day after {day}.").format(day=long_date(today)),
        )
    with ledger.write() as conn:
        allowed = take(conn, by.approval, by.who, "split", "split")
        last = conn.scalar(select(func.max(SPLIT.c.revision))) or 0
        fields = {
            "since": since.isoformat(),
            "base": wanted.base,
            "shares": [{"part": part, "percent": percent} for part, percent in wanted.shares],
            "revision": min(last + 1, MAX_REVISION),
            "cashier": by.who.code,
        }
        ledger.post(conn, "split", fields | allowed)
    return wanted


def preview(ledger: Ledger, institution: str) -> Settlement:
    """The sheet that `settle` would make now, with number 0; nothing is written, not even where an office has
    put nothing down yet. Raises Refused for an unknown institution, and as `office_to_be`.
    """
    device = office_to_be(ledger)
    with ledger.read() as conn:
        fields = _fields(conn, ledger, device, institution)
        seq, digest = journal.head(conn, device.code)
    fields |= {"number": 0, "partner": ""}
    return settlement_of(fields, device.code, seq, ledger.clock.now(), digest)


def settle(ledger: Ledger, institution: str, partner: str, by: By) -> Settlement:
    """Make the sheet final, with a number: all that this ledger knows of and that no sheet has counted yet.

    At a booth that is what its laptops sold, at the office everything. `partner` is who signs for the
    institution. Raises Refused without the right to, without a partner, and when nothing is new since the
    last sheet.
    """
    if not clean_text(partner):
        raise Refused(_("Who signs for the institution?"), _("Their name stands on the paper they sign."))
    device = ledger.own()
    with ledger.write() as conn:
        allowed = take(conn, by.approval, by.who, "settle", institution)
        fields = _fields(conn, ledger, device, institution)
        if not fields["counted"] and (fields["before"] or not fields["goods"]):
            raise Refused(
                _("Nothing of this institution was sold or came back since its last settlement."),
                _("What comes in later stands on the next one by itself."),
            )
        fields |= {
            "number": next_number(conn, SETTLEMENT, device.code),
            "cashier": by.who.code,
            "shift": by.shift.seq if by.shift else None,
            "partner": clean_text(partner, MAX_WORD),
        }
        fields["names"] |= {"cashier": by.who.name}
        return read_settlement(ledger.post(conn, "settlement", fields | allowed))


def _fields(conn: Connection, ledger: Ledger, device: Device, institution: str) -> Fields:
    """The body of a sheet but for its number and names of people."""
    unit = institution_named(conn, institution)
    booth = device.booth if device.role == "booth" else ""
    counted = _counted(conn, booth, institution)
    account = accounts(conn, booth).get(institution, Account())
    return {
        "booth": device.booth,
        "day": ledger.clock.now().date().isoformat(),
        "institution": institution,
        "names": {"institution": unit.name},
        "of": booth,  # whose laptops were looked at: those of a booth, "" for all
        "before": _before(conn, institution),
        "goods": _goods(conn, booth, institution),
        "counted": counted,
        "splits": list(_splits(conn, institution, counted)),
        "account": {"turnover": account.turnover, "share": account.share, "paid": account.paid},
        "percent": percent_set(conn),
    } | {name: sum(one[name] for one in counted) for name in SUMS}


def _counted(conn: Connection, booth: str, institution: str) -> list[Fields]:
    """What no sheet has counted yet, by laptop and rule."""
    devices = devices_of(conn, booth)
    whole = _sold(conn, devices, institution)
    for (device, since), money in _before_money(conn, institution).items():
        if device in devices:
            whole[device, since] = whole.get((device, since), Money()) - money
    heads = newest_head(conn, institution)
    return [
        {"device": device, "since": since, "after": heads.get(device, 0)}
        | {"last": max(journal.head(conn, device)[0], heads.get(device, 0))}
        | money_fields(money)
        for (device, since), money in sorted(whole.items())
        if money != Money()
    ]


def _sold(conn: Connection, devices: Sequence[str], institution: str) -> dict[tuple[str, str], Money]:
    """All that the goods of an institution brought, by laptop and by the day since when its rule holds."""
    rules, found = splits(conn), dict[tuple[str, str], Money]()
    query = select(DAY_UNIT.c.device, DAY_UNIT.c.day, *(DAY_UNIT.c[name] for name in MONEY))
    mine = (DAY_UNIT.c.institution == institution, DAY_UNIT.c.device.in_(devices))
    for device, day, *sums in conn.execute(query.where(*mine)):
        key = (device, split_on(rules, day).since)
        found[key] = found.get(key, Money()) + Money(*sums)
    return found


def _before_money(conn: Connection, institution: str) -> dict[tuple[str, str], Money]:
    """What the sheets of an institution have counted, by laptop and rule."""
    key = (SETTLED.c.of_device, SETTLED.c.since)
    query = select(*key, *(added(SETTLED.c[name]) for name in SUMS))
    query = query.where(SETTLED.c.institution == institution).group_by(*key)
    return {(device, since): Money(*sums) for device, since, *sums in conn.execute(query)}


def _splits(conn: Connection, institution: str, counted: Sequence[Fields]) -> Iterator[Fields]:
    """How the money of this sheet is shared out, by rule.

    The parts are those of all sheets together less those of the sheets before, so that rounding never adds
    up. Where a sheet before was shared out by another rule for the same days, this one stands for itself.
    """
    rules = {"": STANDARD} | {rule.since: rule for rule in splits(conn)}
    former: dict[str, Money] = {}
    for (_device, since), money in _before_money(conn, institution).items():
        former[since] = former.get(since, Money()) + money
    for since in sorted({one["since"] for one in counted}):
        rule = rules[since]
        money = added_up(money_of(one) for one in counted if one["since"] == since)
        parts = share_out(rule, money)
        if past := _parts_before(conn, institution, rule):
            whole = share_out(rule, former[since] + money)
            parts = tuple(now - then for now, then in zip(whole, past, strict=True))
        yield (
            {"since": since, "base": rule.base}
            | money_fields(money)
            | {
                "parts": [
                    {"part": part, "percent": percent, "amount": amount}
                    for (part, percent), amount in zip(rule.shares, parts, strict=True)
                ]
            }
        )


def _parts_before(conn: Connection, institution: str, rule: Split) -> tuple[Rupiah, ...] | None:
    """What each part of `rule` got by the sheets before; None without any, or with one of another rule."""
    columns = (SETTLED_PART.c.part, SETTLED_PART.c.base, SETTLED_PART.c.percent)
    mine = (SETTLED_PART.c.institution == institution, SETTLED_PART.c.since == rule.since)
    query = select(*columns, added(SETTLED_PART.c.amount)).where(*mine).group_by(*columns)
    found = {(part, base, percent): amount for part, base, percent, amount in conn.execute(query)}
    wanted = [(part, rule.base, percent) for part, percent in rule.shares]
    return tuple(found[one] for one in wanted) if set(found) == set(wanted) else None


def _before(conn: Connection, institution: str) -> list[Fields]:
    """The sheets before, oldest first."""
    sheet = SETTLEMENT.c
    query = select(sheet.device, sheet.seq, sheet.booth, sheet.number).where(sheet.institution == institution)
    return [
        {"device": device, "seq": seq, "number": paper_number(booth, device, LETTER, number)}
        for device, seq, booth, number in conn.execute(query.order_by(sheet.at, sheet.device, sheet.seq))
    ]


def _goods(conn: Connection, booth: str, institution: str) -> list[Fields]:
    """What became of each product that ever moved."""
    devices, total = devices_of(conn, booth), dict[str, Rupiah]()
    for table in (DAY_ITEM, DAY_SHARE):
        mine = (table.c.institution == institution, table.c.device.in_(devices))
        sums = select(table.c.sku, added(table.c.total)).where(*mine).group_by(table.c.sku)
        for sku, amount in conn.execute(sums):
            total[sku] = total.get(sku, 0) + amount
    units = dict(conn.execute(select(PRODUCT.c.sku, PRODUCT.c.unit)).all())
    found = {one.sku: one for one in balances(conn, booth, institution)}
    return [
        {"sku": sku, "name": one.name, "unit": units.get(sku, ""), "received": one.received}
        | {"sold": one.sold, "back": one.back, "lost": one.lost, "damaged": one.damaged}
        | {"returned": one.returned, "counted": one.counted, "left": one.on_hand}
        | {"total": total.get(sku, 0)}
        for sku, one in found.items()
        if total.get(sku) or any((one.received, one.sold, one.back, one.lost, one.returned, one.counted))
    ]

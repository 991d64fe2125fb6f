"""The settlement with the institutions: what they brought, what became of it, and the money they are owed."""

from __future__ import annotations

from pos.balances import Balance, balances
from pos.ledger import Ledger
from pos.model import Column, Table
from pos.remittances import Account, accounts
from pos.reports.scope import Period, Row, institutions, summed, whole_time
from pos.settlements import Standing, standings
from pos.shares import PARTS, Money, part_name
from pos.text import _

_NOTHING = Standing(Money(), Money(), {})


def run(ledger: Ledger, period: Period) -> Table:
    """One row an institution, also those that brought nothing; since the exhibition began.

    A bundle's money and pieces are theirs whose goods are inside. The share is the one that is set in this
    ledger. Cost, profit and parts are told of the pieces whose cost was known when they were sold: of the
    others, `unsplit` is the turnover. Where no cost is known at all, they are None. Raises Refused for a
    period of days.
    """
    whole_time(period)
    with ledger.read() as conn:
        goods = balances(conn, period.booth)
        money = accounts(conn, period.booth)
        standing = standings(conn, period.booth)
        units = institutions(conn, {*money, *standing, *(one.institution for one in goods)})
    by_unit: dict[str, list[Balance]] = {}
    for one in goods:
        by_unit.setdefault(one.institution, []).append(one)
    parts = [part for part in PARTS if any(part in one.parts for one in standing.values())]
    rows: list[Row] = []
    for code, unit in units.items():
        if period.institution and code != period.institution:
            continue
        account, stands = money.get(code, Account()), standing.get(code, _NOTHING)
        paid = (account.turnover, account.share, account.paid, account.due)
        pieces = _pieces(by_unit.get(code, []))
        rows.append((code, unit.name, *pieces[:5], *paid, *pieces[5:], *_shared(stands, parts)))
    keys = " ".join(one.key for one in _columns(parts) if one.kind in ("int", "money"))
    return summed("settlement", _("Settlement per institution"), _columns(parts), rows, keys)


def part_key(part: str) -> str:
    """The key of a part's column: the first column is called as one of the parts is."""
    return "institution_part" if part == "institution" else part


def _pieces(mine: list[Balance]) -> tuple[int, ...]:
    return (
        sum(one.received for one in mine),
        sum(one.net for one in mine),
        sum(one.lost for one in mine),
        sum(one.returned for one in mine),
        sum(one.on_hand for one in mine),
        sum(one.back for one in mine),
        sum(one.damaged for one in mine),
        sum(one.counted for one in mine),
    )


def _shared(stands: Standing, parts: list[str]) -> Row:
    money = stands.money
    known = bool(stands.parts) or not money.uncosted
    cost, profit = (money.cost, money.profit) if known else (None, None)
    shared = (stands.parts.get(part, 0) if known else None for part in parts)
    note = _("Cost not filled in") if money.uncosted else ""
    sheets = (stands.settled.turnover, stands.open, stands.sheets, stands.last)
    return (cost, profit, money.uncosted, money.unsplit, *shared, *sheets, note)


def _columns(parts: list[str]) -> tuple[Column, ...]:
    return (
        Column("institution", _("Code"), "text"),
        Column("name", _("Institution"), "text"),
        Column("received", _("Received"), "int"),
        Column("sold", _("Sold"), "int"),
        Column("lost", _("Written off"), "int"),
        Column("returned", _("Given back"), "int"),
        Column("left", _("Left"), "int"),
        Column("total", _("Turnover"), "money"),
        Column("share", _("Institution's share"), "money"),
        Column("paid", _("Paid out"), "money"),
        Column("due", _("Still to pay"), "money"),
        Column("back", _("Came back"), "int"),
        Column("damaged", _("Damaged"), "int"),
        Column("counted", _("By counts"), "int"),
        Column("cost", _("Cost"), "money"),
        Column("profit", _("Profit"), "money"),
        Column("uncosted", _("Pieces without cost"), "int"),
        Column("unsplit", _("Turnover without cost"), "money"),
        *(Column(part_key(part), part_name(part), "money") for part in parts),
        Column("settled", _("On final sheets"), "money"),
        Column("open", _("On no sheet yet"), "money"),
        Column("sheets", _("Sheets"), "int"),
        Column("last", _("Newest sheet"), "text"),
        Column("note", _("Note"), "text"),
    )

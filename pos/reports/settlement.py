"""The settlement with the institutions: what they brought, what became of it, and the money they are owed."""

from __future__ import annotations

from pos.balances import balances
from pos.ledger import Ledger
from pos.model import Column, Table
from pos.remittances import Account, accounts
from pos.reports.scope import Period, institutions, summed, whole_time
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row an institution, also those that brought nothing; since the exhibition began.

    A bundle's money and pieces are theirs whose goods are inside. The share is the one that is set in this
    ledger. Raises Refused for a period of days.
    """
    whole_time(period)
    with ledger.read() as conn:
        goods = balances(conn, period.booth)
        money = accounts(conn, period.booth)
        units = institutions(conn, {*money, *(one.institution for one in goods)})
    rows = []
    for code, unit in units.items():
        if period.institution and code != period.institution:
            continue
        mine = [one for one in goods if one.institution == code]
        account = money.get(code, Account())
        pieces = (
            sum(one.received for one in mine),
            sum(one.net for one in mine),
            sum(one.lost for one in mine),
            sum(one.returned for one in mine),
            sum(one.on_hand for one in mine),
        )
        rows.append((code, unit.name, *pieces, account.turnover, account.share, account.paid, account.due))
    columns = (
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
    )
    keys = "received sold lost returned left total share paid due"
    return summed("settlement", _("Settlement per institution"), columns, rows, keys)

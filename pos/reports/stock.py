"""What became of the goods: received, sold, come back, written off, given back, counted, left."""

from __future__ import annotations

from pos.balances import Balance, balances
from pos.ledger import Ledger
from pos.model import Column, Table
from pos.reports.scope import Period, Row, institutions, short, summed, whole_time
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row a product, in the order of institutions; since the exhibition began, whatever it may hold.

    Raises Refused for a period of days: what is left is what everything before has left.
    """
    whole_time(period)
    with ledger.read() as conn:
        found = balances(conn, period.booth, period.institution)
        units = institutions(conn, {one.institution for one in found})
    ranks = {code: rank for rank, code in enumerate(units)}
    found.sort(key=lambda one: (ranks[one.institution], one.sku))
    rows: list[Row] = [(one.sku, one.name, short(units, one.institution), *_figures(one)) for one in found]
    columns = (
        Column("sku", _("Code"), "text"),
        Column("name", _("Product"), "text"),
        Column("institution", _("Institution"), "text"),
        Column("received", _("Received"), "int"),
        Column("sold", _("Sold"), "int"),
        Column("back", _("Came back"), "int"),
        Column("lost", _("Written off"), "int"),
        Column("returned", _("Given back"), "int"),
        Column("counted", _("By counts"), "int"),
        Column("left", _("Left"), "int"),
    )
    keys = "received sold back lost returned counted left"
    return summed("stock", _("Stock per product"), columns, rows, keys)


def _figures(one: Balance) -> tuple[int, ...]:
    return one.received, one.sold, one.back, one.lost, one.returned, one.counted, one.on_hand

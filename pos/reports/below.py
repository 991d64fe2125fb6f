"""What stands below the fold of the page of reports: the tables behind its further panels, in their order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Table
from pos.reports import Report, cashiers, categories, orders, returns, stock
from pos.reports.scope import Period

PANELS: Mapping[str, Report] = MappingProxyType(
    {
        "categories": categories.run,
        "cashiers": cashiers.run,
        "returns": returns.run,
        "stock": stock.run,
        "orders": orders.run,
    }
)
ALWAYS = ("stock", "settlement")  # reports that are told from the first day until now


def below(ledger: Ledger, period: Period) -> dict[str, Table]:
    """The tables by their report's name; those that cannot be told of one institution are not among them."""
    found = {}
    for name, run in PANELS.items():
        asked = replace(period, start=None, end=None) if name in ALWAYS else period
        try:
            found[name] = run(ledger, asked)
        except Refused:
            continue
    return found

"""Reports: what a ledger tells. Each is one function from a ledger and a period to a table, in its own file.

All but `returns`, `cross-check` and `exceptions` read the sums that are kept (pos/sums.py), what is no plain
sale, and a few papers by their keys, so they never walk over a million sales. Values are plain: texts, whole
numbers, whole Rupiah, whole percent, ISO dates (`2023-04-14`), and None for what is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Table
from pos.reports import (
    approvals,
    cashiers,
    categories,
    cross_check,
    daily_board,
    days,
    exceptions,
    hours,
    institutions,
    numbers,
    orders,
    payments,
    pnbp,
    products,
    radar,
    reconcile,
    returns,
    settlement,
    shifts,
    stock,
    targets,
    totals,
)
from pos.reports.completeness import complete
from pos.reports.scope import Period, check_period
from pos.text import _

__all__ = ["REPORTS", "Period", "Report", "run_report"]

Report = Callable[[Ledger, Period], Table]

REPORTS: Mapping[str, Report] = MappingProxyType(
    {
        "totals": totals.run,
        "days": days.run,
        "institutions": institutions.run,
        "products": products.run,
        "categories": categories.run,
        "payments": payments.run,
        "cashiers": cashiers.run,
        "hours": hours.run,
        "daily-board": daily_board.run,
        "numbers": numbers.run,
        "shifts": shifts.run,
        "orders": orders.run,
        "returns": returns.run,
        "reconcile": reconcile.run,
        "cross-check": cross_check.run,
        "stock": stock.run,
        "settlement": settlement.run,
        "pnbp": pnbp.run,
        "targets": targets.run,
        "exceptions": exceptions.run,
        "approvals": approvals.run,
        "radar": radar.run,
    }
)


def run_report(ledger: Ledger, name: str, period: Period) -> Table:
    """The report `name` (a key of REPORTS) of `period`.

    Raises Refused for an unknown report, booth or institution, for days in the wrong order, and where one
    institution's part cannot be told.
    """
    if name not in REPORTS:
        raise Refused(
            _("There is no report called '{name}'.").format(name=name[:40]),
            _("There are: {names}.").format(names=" ".join(REPORTS)),
        )
    check_period(ledger, period)
    found = REPORTS[name](ledger, period)
    return replace(found, complete=complete(ledger, period.booth))

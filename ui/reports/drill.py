"""From a row of a report to the receipts behind it: what is looked for in the list of receipts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from pos.model import Table
from pos.receipt_pages import Sought
from pos.reports import Period

_Cells = Mapping[str, Any]
_Narrow = Callable[[Sought, _Cells], Sought]


def _day(sought: Sought, cells: _Cells) -> Sought:
    day = date.fromisoformat(cells["day"])
    return replace(sought, start=day, end=day)


_WAYS: Mapping[str, _Narrow] = MappingProxyType(
    {
        "days": _day,
        "institutions": lambda sought, cells: replace(sought, institution=cells["institution"]),
        "products": lambda sought, cells: replace(sought, text=cells["name"]),
        "payments": lambda sought, cells: replace(sought, method=cells["method"]),
        "cashiers": lambda sought, cells: replace(sought, booth=cells["booth"], cashier=cells["cashier"]),
        "numbers": lambda sought, cells: replace(sought, booth=cells["booth"]),
        "exceptions": lambda sought, cells: replace(sought, text=cells["number"] or ""),
        "returns": lambda sought, cells: replace(sought, text=cells["receipt"]),
        "orders": lambda sought, cells: replace(sought, text=cells["receipt"] or ""),
    }
)


def sought_of(table: Table, row: tuple[Any, ...], period: Period) -> Sought | None:
    """What the row of a report of `period` is about; None for one that is about no receipts."""
    narrow = _WAYS.get(table.name)
    if narrow is None:
        return None
    whole = Sought(period.start, period.end, period.booth, period.institution)
    cells = dict(zip((column.key for column in table.columns), row, strict=False))
    found = narrow(whole, cells)
    return None if found == whole and table.name in ("exceptions", "orders", "returns") else found

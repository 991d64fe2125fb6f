"""From a row of a report or a bar of a chart to the receipts behind it: what is looked for, and in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from pos.model import Table
from pos.receipt_pages import Sought
from pos.reports import Period
from pos.reports.overview import Bar, Best, Unit, Way
from pos.text import _, date_span, short_date

_Cells = Mapping[str, Any]
_Narrow = Callable[[Sought, _Cells], Sought]


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a figure: the receipts that are `sought`, called `what`; or the one paper of this
    number.
    """

    what: str
    sought: Sought | None
    paper: str = ""

    @property
    def partly(self) -> bool:
        """Whether the figure may be a part of what is on its receipts: other goods, other ways to pay."""
        found = self.sought
        return found is not None and bool(
            found.institution or found.sku or found.method or found.category is not None
        )


def _day(sought: Sought, cells: _Cells) -> Sought:
    day = date.fromisoformat(cells["day"])
    return replace(sought, start=day, end=day)


def _category(sought: Sought, cells: _Cells) -> Sought:
    name = cells["category"]
    return replace(sought, category="" if name == _("No category") else name)


_WAYS: Mapping[str, _Narrow] = MappingProxyType(
    {
        "days": _day,
        "hours": lambda sought, cells: replace(sought, hour=cells["hour"]),
        "institutions": lambda sought, cells: replace(sought, institution=cells["institution"]),
        "products": lambda sought, cells: replace(sought, sku=cells["sku"]),
        "categories": _category,
        "stock": lambda sought, cells: replace(sought, sku=cells["sku"], start=None, end=None),
        "payments": lambda sought, cells: replace(sought, method=cells["method"]),
        "cashiers": lambda sought, cells: replace(sought, booth=cells["booth"], cashier=cells["cashier"]),
        "numbers": lambda sought, cells: replace(sought, booth=cells["booth"]),
        "exceptions": lambda sought, cells: replace(sought, text=cells["number"] or ""),
        # what came back or was ordered in these days may have been sold on others
        "returns": lambda _sought, cells: Sought(text=cells["receipt"]),
        "orders": lambda _sought, cells: Sought(text=cells["receipt"] or ""),
    }
)
_NAMES = ("name", "category", "number", "order", "day", "booth")  # columns that say what a row is about


def behind_row(table: Table, row: tuple[Any, ...], period: Period) -> Behind | None:
    """What stands behind a row of a report of `period`; None where it is about no receipts."""
    narrow = _WAYS.get(table.name)
    if narrow is None:
        return None
    whole = Sought(period.start, period.end, period.booth, period.institution)
    cells = dict(zip((column.key for column in table.columns), row, strict=False))
    what = next((str(cells[key]) for key in _NAMES if cells.get(key)), "")
    if "hour" in cells:
        what = hour_words(cells["hour"])
    elif table.name == "days":
        what = short_date(date.fromisoformat(cells["day"]))
    found = narrow(whole, cells)
    if table.name in ("orders", "returns") and not found.text:
        return Behind(what, None, cells["order"] if table.name == "orders" else cells["number"])
    return None if found == whole and table.name == "exceptions" else Behind(what, found)


def behind_part(part: Bar | Way | Best | Unit, period: Period) -> Behind:
    """What stands behind a part of a panel: an hour, day or week, a way to pay, a product, an institution."""
    whole = Sought(period.start, period.end, period.booth, period.institution)
    if isinstance(part, Way):
        return Behind(part.name, replace(whole, method=part.code))
    if isinstance(part, Best):
        return Behind(part.name, replace(whole, sku=part.sku))
    if isinstance(part, Unit):
        return Behind(part.name, replace(whole, institution=part.code))
    last = part.last or part.day
    found = replace(whole, start=part.day, end=last, hour=part.hour)
    if part.hour is not None:
        return Behind(f"{short_date(part.day)}, {hour_words(part.hour)}", found)
    return Behind(short_date(part.day) if last == part.day else date_span(part.day, last), found)


def hour_words(hour: int) -> str:
    """`11.00–11.59`."""
    return f"{hour:02}.00–{hour:02}.59"

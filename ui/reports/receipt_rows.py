"""Receipts as rows of a table: what stands in the list, and behind it, not shown, the document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pos.model import Column
from pos.receipt_pages import Receipt
from pos.text import _, clock_time, short_date
from ui.returns.paper_row import state_name


def receipt_columns() -> tuple[Column, ...]:
    """What is shown of each."""
    return (
        Column("number", _("Number"), "text"),
        Column("booth", _("Booth"), "text"),
        Column("at", _("Sold"), "text"),
        Column("cashier", _("Cashier"), "text"),
        Column("ways", _("Paid by"), "text"),
        Column("qty", _("Pcs"), "int"),
        Column("total", _("Total"), "money"),
        Column("state", _("State"), "text"),
    )


def receipt_cells(found: Sequence[Receipt]) -> list[tuple[Any, ...]]:
    """What stands in the list, and behind it, not shown, the document."""
    return [
        (
            one.number,
            one.booth,
            f"{short_date(one.day).partition(', ')[2]} {clock_time(one.at)}",
            one.cashier,
            " + ".join(one.ways),
            one.qty,
            one.total,
            state_name(one.state),
            one.device,
            one.seq,
        )
        for one in found
    ]

"""The orders of a period: what was ordered, for when, what was paid ahead and what is left. Nobody is
named.
"""

from __future__ import annotations

from sqlalchemy import select

from pos.ledger import Ledger
from pos.model import Column, Table
from pos.numbers import booths_of
from pos.order_book import read_orders
from pos.order_words import channel_name, state_name
from pos.preorder import Order
from pos.reports.scope import Period, Row, narrowed, summed
from pos.tables import PREORDER
from pos.text import _


def run(ledger: Ledger, period: Period) -> Table:
    """One row an order that was placed in `period`, in the order of their numbers.

    `deposit` is what was paid ahead and not given back; `rest` is 0 once it was taken, or cancelled.
    """
    first = (PREORDER.c.device == PREORDER.c.root_device, PREORDER.c.seq == PREORDER.c.root_seq)
    query = select(PREORDER.c.device, PREORDER.c.seq).where(*first, *narrowed(PREORDER, period))
    with ledger.read() as conn:
        roots = conn.execute(query.order_by(PREORDER.c.booth, PREORDER.c.device, PREORDER.c.number))
        found = list(read_orders(conn, [(device, seq) for device, seq in roots]))
        booths = booths_of(conn)
    columns = (
        Column("order", _("Order no."), "text"),
        Column("booth", _("Booth"), "text"),
        Column("day", _("Ordered"), "date"),
        Column("due", _("Due"), "date"),
        Column("channel", _("Came by"), "text"),
        Column("state", _("State"), "text"),
        Column("qty", _("Pieces"), "int"),
        Column("total", _("Total"), "money"),
        Column("deposit", _("Deposit"), "money"),
        Column("rest", _("Left to pay"), "money"),
        Column("taken", _("Taken"), "date"),
        Column("receipt", _("Receipt no."), "text"),
    )
    return summed(
        "orders",
        _("Orders"),
        columns,
        [_row(one, booths.get(one.device, one.booth)) for one in found],
        "qty total deposit rest",
    )


def _row(order: Order, booth: str) -> Row:
    due, taken = order.wish.due, order.taken
    return (
        order.receipt,
        booth,
        order.day.isoformat(),
        due.isoformat() if due else None,
        channel_name(order.wish.channel),
        state_name(order.state),
        order.qty,
        order.total,
        order.paid,
        0 if order.over else order.rest,
        taken.at.date().isoformat() if taken else None,
        taken.receipt if taken else "",
    )

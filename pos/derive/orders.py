"""Rows of orders: what was ordered, what was paid ahead, what became of it, and whose data were erased."""

from __future__ import annotations

from datetime import time

from pos.derive.sales import lines
from pos.derive.shapes import MAX_REVISION, Rows, booth, day, moment, one_of, place, within, word
from pos.derive.shifts import paper
from pos.errors import BadDocument
from pos.model import Document, Fields
from pos.money import MAX_AMOUNT
from pos.tables import DEPOSIT, ERASURE, ORDER_STEP, PREORDER, PREORDER_LINE
from pos.text import _

STEPS = ("prepared", "ready", "cancelled", "reopened")


def order(doc: Document, body: Fields, rows: Rows) -> None:
    """An order, or its next version, which names the first."""
    root = place(body["root"]) if body["root"] else (doc.device, doc.seq)
    due = day(body["due"]) if body["due"] else ""
    qty, _discount, total = lines(doc, body["lines"], due, rows[PREORDER_LINE])
    if total != within(body["total"], 0, MAX_AMOUNT):
        raise BadDocument(doc.device, doc.seq, _("lines and total do not add up."))
    when = (body["channel"], due, _hour(body["due_time"]), body["place"])
    made = (body["cart"], within(body["revision"], 1, MAX_REVISION))
    rows[PREORDER].append((*paper(doc, body), booth(body["booth"]), *root, *when, qty, total, *made))


def _hour(text: str) -> str:
    """`text`, if it is empty or a time of day such as 16:00."""
    if text and time.fromisoformat(text).isoformat("minutes") != text:
        raise ValueError(text)
    return word(text)


def order_step(doc: Document, body: Fields, rows: Rows) -> None:
    """An order is being put together, is ready, was cancelled, or is open again."""
    what = (one_of(body["step"], *STEPS), day(body["day"]), moment(doc.at), body["cashier"], body["reason"])
    revision = within(body["revision"], 1, MAX_REVISION)
    rows[ORDER_STEP].append((doc.device, doc.seq, *place(body["order"]), *what, revision))


def deposit(doc: Document, body: Fields, rows: Rows) -> None:
    """Money paid ahead for an order, or given back (below 0)."""
    amount = within(body["amount"], -MAX_AMOUNT, MAX_AMOUNT)
    tendered = within(body["tendered"], amount, MAX_AMOUNT)
    if amount == 0:
        raise ValueError(amount)
    how = (body["method"], amount, tendered, body.get("reference", ""), body["entry"])
    rows[DEPOSIT].append((*paper(doc, body), booth(body["booth"]), *place(body["order"]), *how))


def erase(doc: Document, body: Fields, rows: Rows) -> None:
    """Documents whose personal data are taken out, wherever they are."""
    day(body["day"])
    for n, of in enumerate(body["of"]):
        rows[ERASURE].append((doc.device, doc.seq, n, *place(of)))

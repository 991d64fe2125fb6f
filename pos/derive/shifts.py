"""Rows of shifts and of the money in the drawer beside sales."""

from __future__ import annotations

from collections.abc import Iterator

from pos.derive.shapes import MAX_COUNT, Rows, day, moment, one_of, within
from pos.errors import BadDocument
from pos.model import Document, Fields
from pos.money import MAX_AMOUNT
from pos.noted_tables import NOTED
from pos.tables import CASH, REMITTANCE, SHIFT, SHIFT_CLOSE
from pos.text import _

CASH_KINDS = ("in", "out", "bank")
NOTED_KINDS = ("drawer", "clock", "reprint", "removal", "removals")


def shift_open(doc: Document, body: Fields, rows: Rows) -> None:
    """A cashier begins."""
    on, at, float_cash = day(body["day"]), moment(doc.at), within(body["float"], 0, MAX_AMOUNT)
    rows[SHIFT].append((doc.device, doc.seq, on, at, body["cashier"], float_cash))


def shift_close(doc: Document, body: Fields, rows: Rows) -> None:
    """The drawer was counted; the last count holds. The figures for people are in the body's `report`."""
    last = body["counts"][-1]
    notes = sum(
        within(int(note), 1, MAX_AMOUNT) * within(n, 0, MAX_COUNT) for note, n in last["notes"].items()
    )
    counted = within(body["counted"], 0, MAX_AMOUNT)
    if counted != last["total"] or counted != notes + within(last.get("other", 0), 0, MAX_AMOUNT):
        raise BadDocument(doc.device, doc.seq, _("the counted money does not add up."))
    expected = within(body["expected"], -MAX_AMOUNT, MAX_AMOUNT)
    first, final = within(body["first_seq"], 1, doc.seq), within(body["last_seq"], 1, doc.seq)
    opened = within(body["shift"], 1, doc.seq)
    head = (*paper(doc, body | {"shift": opened}), counted, expected, body["reason"], first, final)
    rows[SHIFT_CLOSE].append((*head, *_told(body)))
    for n, one in enumerate(_noted(doc, body)):
        what = (within(one["count"], 0, MAX_COUNT), within(one["amount"], 0, MAX_AMOUNT))
        words = (one["number"], one["detail"], within(one["of"], 0, doc.seq))
        when = (body["day"], moment(one["at"]), one["by"], one_of(one["kind"], *NOTED_KINDS))
        rows[NOTED].append((doc.device, doc.seq, n, *when, *what, *words))


def _told(body: Fields) -> tuple[int, ...]:
    """What the closing told of its shift, from `net` on in the order of the columns."""
    report, uncounted = body["report"], body.get("uncounted", False)
    sales, drawer = report["sales"], report["drawer"]
    if not isinstance(uncounted, bool):
        raise TypeError(uncounted)
    back = sum(within(report[name]["amount"], 0, MAX_AMOUNT) for name in ("returns", "voids"))
    count, total = within(sales["count"], 0, MAX_COUNT), within(sales["net"], 0, MAX_AMOUNT)
    amounts = (sales["discount"], back, drawer["float"], drawer["sales"]["amount"])
    told = (within(amount, 0, MAX_AMOUNT) for amount in amounts)
    return (total - back, count, total, *told, int(uncounted))


def _noted(doc: Document, body: Fields) -> Iterator[Fields]:
    """What the closing says of its shift; an older one tells numbers only."""
    report, nothing = body["report"], {"number": "", "detail": "", "of": 0, "amount": 0}
    whole: Fields = nothing | {"at": doc.at, "by": body["cashier"]}
    removed = report.get("removals")
    if removed and removed["count"]:
        yield whole | {"kind": "removals", "count": removed["count"], "amount": removed["amount"]}
    if "noted" in body:
        yield from body["noted"]
    elif opened := report.get("drawer_noted"):
        yield whole | {"kind": "drawer", "count": opened}


def cash(doc: Document, body: Fields, rows: Rows) -> None:
    """Money put into the drawer, or taken out of it."""
    kind, amount = one_of(body["move"], *CASH_KINDS), within(body["amount"], -MAX_AMOUNT, MAX_AMOUNT)
    if (amount > 0) != (kind == "in") or amount == 0:
        raise ValueError(amount)
    rows[CASH].append((*paper(doc, body), kind, amount, body["reason"]))


def remittance(doc: Document, body: Fields, rows: Rows) -> None:
    """An institution was paid for its goods."""
    how = (body["method"], within(body["amount"], 1, MAX_AMOUNT), body["reference"], body["partner"])
    rows[REMITTANCE].append((*paper(doc, body), body["institution"], *how))


def paper(doc: Document, body: Fields, least: int = 1) -> tuple[object, ...]:
    """What every numbered paper begins with, in the order of the columns."""
    number = within(body["number"], least, MAX_COUNT)
    return (doc.device, doc.seq, number, day(body["day"]), moment(doc.at), body["cashier"], body["shift"])

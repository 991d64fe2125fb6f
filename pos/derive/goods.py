"""Rows of stock slips: goods that came, went, or were counted."""

from __future__ import annotations

from pos.derive.shapes import MAX_COUNT, Rows, day, not_adding_up, one_of, place, within
from pos.derive.shifts import paper
from pos.model import Document, Fields
from pos.tables import COUNTED, LOT, MOVEMENT, SLIP

IN, OUT = ("received",), ("damaged", "sample", "gift", "returned")
SLIP_KINDS = (*IN, *OUT, "counted")


def stock(doc: Document, body: Fields, rows: Rows) -> None:
    """A slip: one movement an item; of a count, the difference; of a delivery, also the batch.

    A delivery that `corrects` another one takes its goods out again.
    """
    device, seq, kind = doc.device, doc.seq, one_of(body["slip"], *SLIP_KINDS)
    head = paper(doc, body, least=0)
    rows[SLIP].append((*head, kind, body["institution"], body["partner"], body["letter"], body["reason"]))
    least, most = (0, MAX_COUNT) if kind in IN else (-MAX_COUNT, 0 if kind in OUT else MAX_COUNT)
    if "corrects" in body:
        place(body["corrects"])
        least, most = (-MAX_COUNT, 0) if kind in IN else (1, 0)  # nothing else is corrected
    for n, item in enumerate(body["items"]):
        goods = (item["sku"], item["institution"])
        qty = within(item["qty"], least, most)
        if kind == "counted":
            expected = within(item["expected"], -MAX_COUNT, MAX_COUNT)
            found = within(item["counted"], 0, MAX_COUNT)
            if found - expected != qty:
                raise not_adding_up(device, seq, n)
            rows[COUNTED].append((device, seq, n, *goods, expected, found, item["cause"]))
        if item.get("batch") or item.get("expires"):
            expires = day(item["expires"]) if item.get("expires") else ""
            rows[LOT].append((device, seq, n, *goods, qty, item.get("batch", ""), expires))
        rows[MOVEMENT].append((device, seq, n, 0, head[3], kind, *goods, qty, 0, None))

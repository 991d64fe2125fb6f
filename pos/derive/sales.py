"""Rows of sales and refunds: lines, payments, and the goods of bundles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter

from pos.derive.shapes import (
    MAX_COUNT,
    Row,
    Rows,
    booth,
    day,
    moment,
    not_adding_up,
    place,
    within,
)
from pos.errors import BadDocument
from pos.model import Document, Fields
from pos.money import MAX_AMOUNT, MAX_PRICE, Rupiah, split
from pos.tables import (
    MOVEMENT,
    ORDER_STEP,
    PAYMENT,
    REFUND,
    REFUND_LINE,
    REFUND_PAYMENT,
    SALE,
    SALE_LINE,
)
from pos.text import _

# What every line, payment and sale must have, in the order of the columns.
_LINE = itemgetter("sku", "name", "category", "institution", "unit", "qty", "price", "total")
_PAYMENT = itemgetter("method", "amount", "tendered")
_SALE = itemgetter("number", "booth", "cashier", "shift", "cart")
_REFUND = itemgetter("number", "booth", "cashier", "shift", "void", "reason")


def sale(doc: Document, body: Fields, rows: Rows) -> None:
    """A sale. One that hands an order over is also the order's last step."""
    device, seq, on, at = doc.device, doc.seq, day(body["day"]), moment(doc.at)
    sums = lines(doc, body["lines"], on, rows[SALE_LINE])
    paid = 0
    for n, part in enumerate(body["payments"]):
        method, amount, tendered = _PAYMENT(part)
        if not 0 <= amount <= tendered <= MAX_AMOUNT:
            raise BadDocument(device, seq, _("payment {part} does not add up.").format(part=n + 1))
        paid += amount
        rows[PAYMENT].append((device, seq, n, on, method, amount, tendered, part.get("reference", "")))
    for n, line in enumerate(body["lines"]):
        if line.get("parts"):
            rows[MOVEMENT].extend(_parts(doc, n, line, on, -1))
    _balanced(doc, body, sums[2], paid)
    number, code, cashier, shift, cart = _SALE(body)
    within(number, 1, MAX_COUNT)
    sold = (number, booth(code), on, at, cashier, shift, cart, body.get("buyer", ""))
    rows[SALE].append((device, seq, *sold, *sums))
    if "order" in body:
        rows[ORDER_STEP].append((device, seq, *place(body["order"]), "taken", on, at, cashier, "", 0))


def refund(doc: Document, body: Fields, rows: Rows) -> None:
    """What came back. A damaged piece comes in and leaves the stock at once."""
    device, seq, on, at = doc.device, doc.seq, day(body["day"]), moment(doc.at)
    plain: list[Row] = []
    sums = lines(doc, body["lines"], on, plain)
    for row, line in zip(plain, body["lines"], strict=True):
        n, damaged = row[2], line.get("damaged", False)
        if not isinstance(damaged, bool):
            raise TypeError(damaged)
        of = (within(line.get("line", n), 0, MAX_COUNT), within(line.get("part", -1), -1, MAX_COUNT))
        rows[REFUND_LINE].append((*row, *of, int(damaged)))
        if line.get("parts"):
            back = list(_parts(doc, n, line, on, 1))
        else:
            goods = (line["sku"], line["institution"], line["qty"], line["total"])
            back = [(device, seq, n, 0, on, "refund", *goods, None)]
        rows[MOVEMENT].extend(back)
        if damaged:
            rows[MOVEMENT].extend(_gone(row, len(back)) for row in back)
    paid = 0
    for n, part in enumerate(body["payments"]):
        paid += within(part["amount"], 0, MAX_AMOUNT)
        rows[REFUND_PAYMENT].append((device, seq, n, on, part["method"], part["amount"]))
    _balanced(doc, body, sums[2], paid)
    number, code, cashier, shift, void, reason = _REFUND(body)
    if not isinstance(void, bool):
        raise TypeError(void)
    within(number, 1, MAX_COUNT)
    how = (cashier, shift, *place(body["of"]), int(void), reason)
    rows[REFUND].append((device, seq, number, booth(code), on, at, *how, *sums, *_told(doc, body)))


def _told(doc: Document, body: Fields) -> tuple[str, str, str]:
    """What the list of returns tells of a paper: its sale's number, its check code, how the money went back.

    Nobody ever asked the first for its type, so one of a foreign file may be anything.
    """
    receipt, parts = body["of"].get("receipt", ""), body["payments"]
    named = receipt if isinstance(receipt, str) else ""
    return named, doc.hash[:8].upper(), parts[0]["method"] if len(parts) == 1 else ""


def lines(doc: Document, found: Sequence[Fields], on: str, out: list[Row]) -> tuple[int, Rupiah, Rupiah]:
    """The rows of sold, ordered or returned lines; pieces, discounts and totals of all of them."""
    device, seq = doc.device, doc.seq
    qty = discount = total = 0
    for n, line in enumerate(found):
        sku, name, kind, maker, unit, count, price, amount = _LINE(line)
        off, cost, parts = line.get("discount", 0), line.get("cost"), line.get("parts")
        if not 0 < count <= MAX_COUNT or not 0 <= off <= MAX_AMOUNT or not 0 <= amount == count * price - off:
            raise not_adding_up(device, seq, n)
        qty += count
        discount += off
        total += amount
        if cost is not None and not 0 <= cost <= MAX_PRICE:
            raise ValueError(cost)
        bundle = 1 if parts else 0
        out.append(
            (device, seq, n, on, sku, name, kind, maker, unit, count, price, amount, off, cost, bundle)
        )
    return qty, discount, total


def _balanced(doc: Document, body: Fields, total: Rupiah, paid: Rupiah) -> None:
    if not 0 <= total <= MAX_AMOUNT or total != within(body["total"], 0, MAX_AMOUNT) or paid != total:
        raise BadDocument(doc.device, doc.seq, _("lines, total and payments do not add up."))


def _parts(doc: Document, n: int, line: Fields, on: str, sign: int) -> Iterator[Row]:
    """The components of bundle line `n`, going out (-1) or coming back (1); their shares make the line."""
    total, reason = 0, "bundle" if sign < 0 else "bundle_back"
    costs = part_costs(line)
    for which, (part, cost) in enumerate(zip(line["parts"], costs, strict=True)):
        qty, amount = within(part["qty"], 1, MAX_COUNT), within(part["amount"], 0, MAX_AMOUNT)
        total += amount
        what = (part["sku"], part["institution"], sign * qty, amount, cost)
        yield (doc.device, doc.seq, n, which, on, reason, *what)
    if total != line["total"]:
        raise not_adding_up(doc.device, doc.seq, n)


def part_costs(line: Fields) -> tuple[Rupiah | None, ...]:
    """What the components of a bundle line cost in all, None where nobody had said it.

    What the bundle itself costs is shared out over them: by what they cost alone where that is known of each,
    otherwise by their shares of the money.
    """
    parts = line["parts"]
    own = [
        None if one.get("cost") is None else within(one["cost"], 0, MAX_PRICE) * one["qty"] for one in parts
    ]
    if line.get("cost") is None:
        return tuple(own)
    known = [cost for cost in own if cost is not None]
    by_cost = len(known) == len(own) and any(known)
    return split(line["cost"] * line["qty"], known if by_cost else [one["amount"] for one in parts])


def _gone(back: Row, parts: int) -> Row:
    """The movement by which what came back damaged leaves again; its place is behind those of the line."""
    device, seq, n, which, on, _reason, sku, institution, qty, _amount, _cost = back
    return (device, seq, n, parts + which, on, "damaged", sku, institution, -qty, 0, None)

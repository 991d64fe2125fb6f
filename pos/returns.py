"""Returns against a receipt: what may still come back, and taking it back, whole or part.

The money is what was paid for the pieces, discounts and all: each share goes to a whole coin, and the last
piece brings what is left, so that nothing is lost and nothing is paid twice, in whatever steps it comes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from sqlalchemy import Connection, select

from pos.approvals import take
from pos.checkout import MAX_CART_ID, find_sale, line_fields
from pos.derive.sales import part_costs
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Approval, Fields, Line, Part, Refund, Sale, Shift
from pos.money import COIN, Rupiah
from pos.numbers import next_number
from pos.payments import MAX_REFERENCE, METHODS
from pos.refunds import (
    MAX_REASON,
    find_refund,
    person,
    read_refund,
    refunds_of,
)
from pos.shifts import require_open
from pos.tables import PRODUCT, REFUND
from pos.text import _, clean_text

WAYS_BACK = ("cash", "qris", "transfer")  # a card gives nothing back at a booth


@dataclass(frozen=True, slots=True)
class Item:
    """What comes back: pieces of one line of the sale, or of component `part` of it (-1: of the line)."""

    line: int
    qty: int
    part: int = -1
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """One return as the till hands it in. `id` is made when it is begun; the same again is the same return.

    `method` is a key of WAYS_BACK.
    """

    id: str
    items: tuple[Item, ...]
    method: str = "cash"
    reason: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """What of one line, or of one component of it (`part`), was sold and may still come back.

    `money` is what all that is left would bring, in Rupiah.
    """

    line: int
    part: int
    sku: str
    name: str
    institution: str
    unit: str
    sold: int
    left: int
    money: Rupiah


def sale_to_return(ledger: Ledger, number: str) -> Sale:
    """The sale of a receipt's number, whichever booth made it. Raises Refused, saying what to do instead."""
    back = find_refund(ledger, number)
    if back:
        raise Refused(
            _("{number} is a return itself, and is not returned.").format(number=back.receipt),
            _("Its sale is {number}.").format(number=back.receipt_of),
        )
    try:
        return find_sale(ledger, number)
    except Refused as refusal:
        raise Refused(
            refusal.message,
            _("If it is another booth's, sync first or send the buyer there; check the number too."),
        ) from refusal


def returnable(ledger: Ledger, sale: Sale) -> tuple[Left, ...]:
    """Every line of the sale, each followed by the components of a bundle, and what is left of them."""
    with ledger.read() as conn:
        books = _books(conn, sale)
    rows = []
    for n, line in enumerate(sale.lines):
        own = (line.sku, line.name, line.institution, line.unit, line.qty)
        left = books.left(Item(n, 1))
        rows.append(Left(n, -1, *own, left, books.line(Item(n, left)).total if left else 0))
        for p, part in enumerate(line.parts):
            name, unit, _category = books.called(part.sku)
            left = books.left(Item(n, 1, p))
            money = part.amount - books.money[n, p] if left else 0
            rows.append(Left(n, p, part.sku, name, part.institution, unit, part.qty, left, money))
    return tuple(rows)


def came_back(ledger: Ledger, sale: Sale) -> list[Refund]:
    """The papers by which something of the sale came back, the oldest first."""
    with ledger.read() as conn:
        return refunds_of(conn, sale)


def worth(ledger: Ledger, sale: Sale, items: Sequence[Item]) -> Rupiah:
    """What these items would bring back, in Rupiah. Raises Refused for more than is left."""
    with ledger.read() as conn:
        books = _books(conn, sale)
    return sum(books.take(item).total for item in items)


def take_back(
    ledger: Ledger, sale: Sale, wanted: Wanted, shift: Shift, cashier: str, approval: Approval | None = None
) -> Refund:
    """Take goods of a sale back and give money for them, as a numbered paper of `shift`.

    `cashier` (a staff code) must have the right "refund", or bring an approval of it on the receipt's number.
    The same `wanted.id` again gives the refund that it already is. Raises Refused for nothing, for more than
    is left, for a sale that was cancelled, without reason or right; WorldFailed when it cannot be stored, and
    then nothing was.
    """
    device = ledger.own()
    reason = clean_text(wanted.reason or (approval.reason if approval else ""), MAX_REASON)
    _check(wanted, reason)
    with ledger.write() as conn:
        books = _books(conn, sale)
        for former in books.refunds:
            if former.cart == wanted.id:
                return former
        require_open(conn, shift)
        lines = [_fields(item, books.take(item)) for item in wanted.items]
        total = sum(line["total"] for line in lines)
        allowed = take(conn, approval, person(conn, cashier), "refund", sale.receipt)
        paid = {"method": wanted.method, "amount": total}
        reference = clean_text(wanted.reference, MAX_REFERENCE)
        fields = allowed | {
            "booth": device.booth,
            "number": next_number(conn, REFUND, device.code),
            "day": shift.day.isoformat(),
            "cashier": cashier,
            "shift": shift.seq,
            "cart": wanted.id,
            "of": {"device": sale.device, "seq": sale.seq, "receipt": sale.receipt},
            "void": False,
            "reason": reason,
            "lines": lines,
            "payments": [paid | ({"reference": reference} if reference else {})],
            "total": total,
        }
        made = ledger.post(conn, "refund", fields)
    return read_refund(made)


def _check(wanted: Wanted, reason: str) -> None:
    if not wanted.id or len(wanted.id) > MAX_CART_ID:
        raise Refused(_("A return needs a name of up to {most} characters.").format(most=MAX_CART_ID))
    if not wanted.items:
        raise Refused(_("Nothing was chosen that comes back."), _("Choose at least one piece."))
    if wanted.method not in WAYS_BACK or wanted.method not in METHODS:
        raise Refused(
            _("Money cannot be given back by '{method}'.").format(method=wanted.method[:40]),
            _("Give it back in cash."),
        )
    if not reason:
        raise Refused(_("A return needs a reason."), _("Choose one and try again."))


_Names = dict[str, tuple[str, str, str]]  # by SKU: name, unit, category


def _books(conn: Connection, sale: Sale) -> _Books:
    """What came back of a sale, and what the components of its bundles are called: it does not say that."""
    wanted = {part.sku for line in sale.lines for part in line.parts}
    columns = (PRODUCT.c.sku, PRODUCT.c.name, PRODUCT.c.unit, PRODUCT.c.category)
    found = conn.execute(select(*columns).where(PRODUCT.c.sku.in_(wanted))) if wanted else ()
    return _Books(sale, refunds_of(conn, sale), {row[0]: (row[1], row[2], row[3]) for row in found})


def _fields(item: Item, line: Line) -> Fields:
    """A line that comes back, as it stands in the body."""
    fields = line_fields(line) | {"line": item.line}
    if item.part >= 0:
        fields["part"] = item.part
    return fields | ({"damaged": True} if item.damaged else {})


class _Books:
    """What came back of one sale so far: pieces and Rupiah, by line and component (-1: a plain line)."""

    def __init__(self, sale: Sale, refunds: Sequence[Refund], names: _Names) -> None:
        self.sale = sale
        self.refunds = refunds
        self.names = names
        self.cancelled = next((one for one in refunds if one.void), None)
        self.qty: dict[tuple[int, int], int] = {}
        self.money: dict[tuple[int, int], Rupiah] = {}
        for n, line in enumerate(sale.lines):
            for p in range(len(line.parts)) if line.parts else (-1,):
                self.qty[n, p] = self.money[n, p] = 0
        for refund in refunds:
            for line, back in zip(refund.lines, refund.backs, strict=True):
                self._add(Item(back.line, line.qty, back.part), line)

    def left(self, item: Item) -> int:
        """How many pieces of the item's line or component may still come back."""
        if self.cancelled or not 0 <= item.line < len(self.sale.lines):
            return 0
        line = self.sale.lines[item.line]
        if item.part >= 0:
            return self._rest(item.line, item.part) if item.part < len(line.parts) else 0
        if not line.parts:
            return max(0, line.qty - self.qty[item.line, -1])
        rests = [self._rest(item.line, p) for p in range(len(line.parts))]
        if any(part.qty % line.qty for part in line.parts):  # pieces that make no equal bundles: all or none
            return line.qty if rests == [part.qty for part in line.parts] else 0
        return min(rest // (part.qty // line.qty) for rest, part in zip(rests, line.parts, strict=True))

    def called(self, sku: str) -> tuple[str, str, str]:
        """Name, unit and category of a component."""
        return self.names.get(sku, (sku, "", ""))

    def take(self, item: Item) -> Line:
        """The line by which `item` comes back, counted from now on. Raises Refused beyond what is left."""
        if self.cancelled:
            raise Refused(
                _("Sale {number} was cancelled by {void}; nothing of it is left.").format(
                    number=self.sale.receipt, void=self.cancelled.receipt
                )
            )
        left = self.left(item)
        if not 0 < item.qty <= left:
            name = self.sale.lines[item.line].name if 0 <= item.line < len(self.sale.lines) else ""
            raise Refused(
                _("Of '{name}' at most {left} can come back.").format(name=name[:40], left=left),
                _("What came back before counts too."),
            )
        line = self.line(item)
        self._add(item, line)
        return line

    def line(self, item: Item) -> Line:
        """The line by which `item` would come back."""
        line = self.sale.lines[item.line]
        if item.part >= 0:
            return self._component(item)
        if line.parts:
            return self._bundle(item)
        after = self.qty[item.line, -1] + item.qty
        most = item.qty * line.price
        amount = min(max(0, _payable(line.total, after, line.qty) - self.money[item.line, -1]), most)
        whole = line.whole * after // line.qty - line.whole * (after - item.qty) // line.qty
        return _part_of(line, item.qty, line.price, amount, whole)

    def _bundle(self, item: Item) -> Line:
        line = self.sale.lines[item.line]
        parts = []
        for p, money in enumerate(self._shares(item)):
            part = line.parts[p]
            qty = part.qty * item.qty // line.qty
            parts.append(Part(part.sku, part.institution, qty, money, cost=part.cost))
        amount = sum(part.amount for part in parts)
        # Components that came alone may have left a rupiah over: then the pieces cost that much more.
        price = max(line.price, -(-amount // item.qty))
        whole = line.whole * item.qty // line.qty
        return replace(_part_of(line, item.qty, price, amount, whole), parts=tuple(parts))

    def _shares(self, item: Item) -> list[Rupiah]:
        """Rupiah for each component when whole bundles come back.

        All that is back then is worth, rounded down, its part of the line; what rounding each component down
        leaves of it goes to those that lost most.
        """
        line = self.sale.lines[item.line]
        after = [
            self.qty[item.line, p] + part.qty * item.qty // line.qty for p, part in enumerate(line.parts)
        ]
        worth = [Fraction(part.amount * n, part.qty) for part, n in zip(line.parts, after, strict=True)]
        floors = [int(share) for share in worth]
        lost = sorted(range(len(worth)), key=lambda p: (floors[p] - worth[p], p))
        for p in lost[: int(sum(worth)) - sum(floors)]:
            floors[p] += 1
        return [max(0, money - self.money[item.line, p]) for p, money in enumerate(floors)]

    def _component(self, item: Item) -> Line:
        line = self.sale.lines[item.line]
        part = line.parts[item.part]
        after = self.qty[item.line, item.part] + item.qty
        money = max(0, _payable(part.amount, after, part.qty) - self.money[item.line, item.part])
        name, unit, category = self.called(part.sku)
        price = -(-money // item.qty)  # the shares have no price: the least whole one that holds them
        off = item.qty * price - money
        what = (part.sku, name, part.institution, unit, category)
        return Line(*what, item.qty, price, off, money, self._cost(line, item.part))

    def _cost(self, line: Line, part: int) -> Rupiah | None:
        """What one piece of a component cost, as the line counted it, rounded down."""
        whole = part_costs(line_fields(line))[part]
        return None if whole is None else whole // line.parts[part].qty

    def _rest(self, line: int, part: int) -> int:
        return max(0, self.sale.lines[line].parts[part].qty - self.qty[line, part])

    def _add(self, item: Item, line: Line) -> None:
        if not line.parts:
            self._count(item.line, item.part, line.qty, line.total)
        for p, part in enumerate(line.parts):
            self._count(item.line, p, part.qty, part.amount)

    def _count(self, line: int, part: int, qty: int, money: Rupiah) -> None:
        if (line, part) in self.qty:  # another program's refund may name what this sale never had
            self.qty[line, part] += qty
            self.money[line, part] += money


def _payable(total: Rupiah, back: int, bought: int) -> Rupiah:
    """What `back` of the `bought` pieces that cost `total` together come to.

    Where it does not divide it goes to the nearest coin: nobody can pay out single rupiah, and the drawer
    would be wrong by them. All pieces come to all that was paid.
    """
    exact, rest = divmod(total * back, bought)
    if not rest:
        return exact
    return min(total, (exact + COIN // 2) // COIN * COIN)


def _part_of(line: Line, qty: int, price: Rupiah, amount: Rupiah, whole: Rupiah) -> Line:
    """Some pieces of a line, for `amount` in all; `whole` is their share of the discount on the whole."""
    off = qty * price - amount
    shared = min(max(0, whole), off)
    percent = line.percent if off > shared else 0
    return replace(
        line,
        qty=qty,
        price=price,
        discount=off,
        total=amount,
        parts=(),
        whole=shared,
        percent=percent,
        note="",
    )

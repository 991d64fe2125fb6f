"""The kuitansi: the formal receipt on A5 across, for offices that must file one (DESIGN.md chapter 8).

It states that money was received: from whom, how much in words, what for (domain.md 2.1). Nothing on it is
computed anew: it is drawn from the stored sale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pos.buyers import buyer_name
from pos.ledger import Ledger
from pos.letterhead import Letterhead, Signatory, letterhead, stamped
from pos.model import Institution, Sale
from pos.money import Rupiah, in_words, plain, rupiah
from pos.payments import method_name
from pos.receipts.blocks import printable
from pos.receipts.fonts import text_width
from pos.receipts.setting import ELLIPSIS, fitting, paragraph
from pos.receipts.sheet import Frame, Shape, Sheet, Stamp, Stroke, Weight, Words
from pos.receipts.slip import Origin, code_modules, origin_of
from pos.receipts.svg import painted, polygons
from pos.text import _, long_date, ngettext
from pos.weight import counted

WIDTH, HEIGHT = 210, 148  # mm
LEFT, RIGHT = 12, 198  # mm: the edges of what is written
STAMP_DUTY_ABOVE: Rupiah = 5_000_000  # UU 10/2020 art. 3: a document on more than this bears a stamp

_VALUE = 58  # mm from the left: where the answers begin
_ROWS = 43.3  # mm down: the first row's base line
_PITCH = 11.5  # mm from row to row
_STEPS = ((11.25, 1), (9.5, 2), (7.5, 3))  # pt and lines of an answer
_BODY = 11.25  # pt
_SIGN = 163  # mm from the left: the middle of date and signature
_KINDS = re.compile(r"^(?:Kota|Kabupaten|Kab\.)\s+")


def kuitansi(ledger: Ledger, sale: Sale, copy: int = 0) -> Sheet:
    """The kuitansi of a sale; `copy` is 0 for the original, see pos.receipts.slip.origin_of."""
    origin, head = origin_of(ledger, sale, copy), letterhead(ledger)
    duty = stamped(ledger)
    stamps = (
        *_head(sale, origin, head),
        *_answers(sale),
        *_marks(origin),
        *_amount(sale),
        *_check(sale),
        *_signature(sale, origin, head, room_for_stamp=duty and sale.total > STAMP_DUTY_ABOVE),
        *(_witness(head.signatories[0]) if head.signatories else ()),
        *_foot(duty=duty),
    )
    return Sheet(kuitansi_number(sale), WIDTH, HEIGHT, stamps)


def kuitansi_number(sale: Sale) -> str:
    """`KW-S03K7-000042`: a sale has one kuitansi, so its number is enough."""
    return f"KW-{sale.receipt}"


def goods_counted(unit: str, qty: int) -> str:
    """How much of one thing, on one line wherever it stands."""
    return counted(unit, qty).replace(" ", "\u00a0")


def _head(sale: Sale, origin: Origin, head: Letterhead) -> Iterator[Stamp]:
    device = origin.device
    for fill, outlines in painted("lambang-lapak"):
        yield Shape(LEFT, 10.2, 15 / 48, outlines, fill)
    title, number = _("RECEIPT"), _("No. {number}").format(number=kuitansi_number(sale))
    yield Words(RIGHT, 18.4, title, 23, "ExtraBold", "primary", "right")
    yield Words(RIGHT, 23.4, number, 10.2, "Bold", align="right")
    taken = max(text_width(title, "ExtraBold", 23), text_width(number, "Bold", 10.2))
    room = RIGHT - taken - 5 - 30.8
    name, ministry = printable(device.event.name), printable(head.ministry)
    down = 1.2 if ministry else 0  # mm: its line stands above the others
    if ministry:
        yield Words(30.8, 10.8, ministry, fitting(ministry, "Medium", 8.6, room), color="text2")
    yield Words(30.8, 14.6 + down, name, fitting(name, "Bold", 13.2, room), "Bold")
    rows = ((19.5, (head.office, device.name)), (24.0, (head.unit, head.address)))
    for base, places in rows:
        text = printable(" · ".join(place for place in places if place))
        yield Words(30.8, base + down, text, fitting(text, "Medium", 9.8, room), color="text2")
    tile = 5  # mm: 42 of them are as wide as the sheet
    motif = polygons("motif-pucuk")
    for left in range(0, WIDTH, tile):
        yield Shape(left, 28.6, tile / 24, motif, "gold")
    yield Stroke(0, 33.8, WIDTH, "gold", 0.5)


def _answers(sale: Sale) -> Iterator[Stamp]:
    room = RIGHT - _VALUE
    said = in_words(sale.total) + " rupiah"
    asked: tuple[tuple[str, str, Weight], ...] = (
        (_("Received from"), printable(buyer_name(sale.buyer)) if sale.buyer else "", "Bold"),
        (_("The sum of"), said[0].upper() + said[1:], "Bold"),
        (_("In payment of"), "", "Medium"),
        (_("Paid by"), _paid(sale), "Medium"),
    )
    for row, (label, answer, weight) in enumerate(asked):
        base = _ROWS + row * _PITCH
        yield Words(LEFT, base, label, _BODY, color="text2")
        yield Words(LEFT + 42, base, ":", _BODY, color="text2")
        size, lines = _bought(sale, room) if row == 2 else paragraph(answer, weight, room, _STEPS)
        for below, line in enumerate(lines, 1 - len(lines)):
            yield Words(_VALUE, base + below * size * 0.43, line, size, weight)
        by_hand = row == 0 and not answer
        yield Stroke(_VALUE, base + 2.1, room, "text2" if by_hand else "borderStrong", dotted=by_hand)


def _bought(sale: Sale, room: float) -> tuple[float, list[str]]:
    """What was bought, in as few and large lines as hold it; of many things how many more there are."""
    goods = [printable(f"{line.name} ({goods_counted(line.unit, line.qty)})") for line in sale.lines]
    best = paragraph(goods[0], "Medium", room, _STEPS)
    for shown in range(1, len(goods) + 1):
        text, left = ", ".join(goods[:shown]), len(goods) - shown
        if left:
            more = ngettext("{goods}, and {count} more kind", "{goods}, and {count} more kinds", left)
            text = more.format(goods=text, count=left)
        size, lines = paragraph(text, "Medium", room, _STEPS)
        if lines[-1].endswith(ELLIPSIS):
            break
        best = size, lines
    return best


def _paid(sale: Sale) -> str:
    if len(sale.payments) == 1:
        ways = method_name(sale.payments[0].method)
    else:
        ways = " + ".join(f"{method_name(part.method)} {rupiah(part.amount)}" for part in sale.payments)
    return _("{ways} · receipt {number}").format(ways=ways, number=sale.receipt)


def _marks(origin: Origin) -> Iterator[Stamp]:
    if origin.marks:
        text = "  ·  ".join(origin.marks)
        yield Frame(LEFT, 83.5, 110, 8, "danger", 0.5, 1.5)
        yield Words(LEFT + 55, 88.9, text, fitting(text, "Bold", 11, 104), "Bold", "danger", "center")


def _amount(sale: Sale) -> Iterator[Stamp]:
    yield Frame(LEFT, 96, 74, 17, "primary", 0.5, 3)
    yield Words(LEFT + 5.5, 106.3, "Rp", 13.2, "Bold")
    text = f"{plain(sale.total)},–"
    yield Words(LEFT + 68.5, 107.6, text, fitting(text, "ExtraBold", 22, 53), "ExtraBold", align="right")


def _check(sale: Sale) -> Iterator[Stamp]:
    rows = code_modules(sale)
    side = 17 / len(rows)
    dark = tuple(
        ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1))
        for y, row in enumerate(rows)
        for x, module in enumerate(row)
        if module
    )
    yield Shape(LEFT, 117, side, dark, "#000000")
    label = _("Check code")
    yield Words(LEFT + 21, 124.5, _("Scan it to check this paper."), 8.7, color="text2")
    yield Words(LEFT + 21, 128.8, label, 8.7, color="text2")
    behind = LEFT + 21.7 + text_width(f"{label} ", "Medium", 8.7)
    yield Words(behind, 128.8, f"{sale.code[:4]} {sale.code[4:]}", 8.7, "Bold", "text2")


def _signature(sale: Sale, origin: Origin, head: Letterhead, *, room_for_stamp: bool) -> Iterator[Stamp]:
    day = long_date(sale.day).partition(", ")[2]  # letters give no day of the week: DESIGN.md chapter 8
    where = _place(origin.unit(origin.device.institution))
    date = f"{where}, {day}" if where else day
    yield Words(_SIGN, 92.6, date, fitting(date, "Medium", 10.3, 70), align="center")
    yield Words(_SIGN, 97.9, _("Received by,"), 10.3, align="center")
    if room_for_stamp:
        yield Frame(128, 101, 22, 18, "text3", 0.2, 0, dotted=True)
        yield Words(139, 109.4, _("Stamp"), 7.5, color="text3", align="center")
        yield Words(139, 112.8, "Rp10.000", 7.5, color="text3", align="center")
    yield Stroke(128, 122.3, 70, "text", 0.2)
    name = printable(origin.cashier)
    known = head.signatory(origin.cashier)
    nip = printable(known.nip) if known and known.nip else "…" * 8
    role = _("Cashier {booth} · NIP {dots}").format(booth=printable(origin.device.name), dots=nip)
    yield Words(_SIGN, 127.3, name, fitting(name, "Bold", 10.3, 70), "Bold", align="center")
    yield Words(_SIGN, 132.6, role, fitting(role, "Medium", 9, 70), color="text2", align="center")


def _witness(who: Signatory) -> Iterator[Stamp]:
    """Who answers for the booth signs beside the cashier."""
    middle, room = 107, 37  # mm
    yield Words(middle, 97.9, _("Seen by,"), 10.3, align="center")
    size, lines = paragraph(printable(who.position), "Medium", room, ((9, 1), (8, 2)))
    for place, line in enumerate(lines):
        yield Words(middle, 102.1 + place * 3.4, line, size, color="text2", align="center")
    yield Stroke(middle - room / 2, 122.3, room, "text", 0.2)
    name, rank = printable(who.name), printable(who.rank)
    yield Words(middle, 127.3, name, fitting(name, "Bold", 10.3, room), "Bold", align="center")
    number = printable(f"NIP {who.nip}") if who.nip else ""
    for base, text in ((131.4, rank), (135.2, number)):
        yield Words(middle, base, text, fitting(text, "Medium", 8.6, room), color="text2", align="center")


def _foot(*, duty: bool) -> Iterator[Stamp]:
    sheets = _("Sheet 1 for the buyer · sheet 2 for the booth")
    yield Words(LEFT, 142.2, sheets, 7.5, color="text3")
    if duty:
        law = _("To be stamped when above {amount}").format(amount=rupiah(STAMP_DUTY_ABOVE))
        yield Words(RIGHT, 142.2, law, 7.5, color="text3", align="right")


def _place(unit: Institution) -> str:
    """`Palembang` of `Kota Palembang`."""
    return printable(_KINDS.sub("", unit.regency))

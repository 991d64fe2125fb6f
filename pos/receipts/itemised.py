"""The A4 sheet: a kuitansi above, and below it, after a line to cut along, every line of the sale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos.ledger import Ledger
from pos.model import Line, Sale
from pos.money import plain, rupiah
from pos.receipts.blocks import printable
from pos.receipts.kuitansi import HEIGHT, LEFT, RIGHT, WIDTH, goods_counted, kuitansi
from pos.receipts.setting import cut_off, fitting
from pos.receipts.sheet import Sheet, Stamp, Stroke, Weight, Words
from pos.receipts.slip import Origin, origin_of, whole_label
from pos.text import _
from pos.weight import shown_price

A4 = 297  # mm
_STEP = 5.4  # mm from row to row
_SIZE = 8.6  # pt
_TOPS = (HEIGHT + 12, 18)  # mm down: the title's base line on the first page and on the others
_BOTTOM = 280  # mm down: the lowest base line

# Of each column where its text begins or ends, and its room, in mm: what, made by, how many, price, discount,
# amount. The first two begin there, the others end.
_COLUMNS = ((LEFT, 56), (70, 42), (129, 15), (152, 21), (173, 19), (RIGHT, 23))

_Row = tuple[str, ...]


def itemised(ledger: Ledger, sale: Sale, copy: int = 0) -> tuple[Sheet, ...]:
    """The sale on A4, on more than one page when it has many lines. `copy` as in `kuitansi`."""
    origin = origin_of(ledger, sale, copy)
    title = _("Items of receipt {number}").format(number=sale.receipt)
    rows, totals = [_cells(line, origin) for line in sale.lines], _totals(sale)
    pages: list[tuple[Stamp, ...]] = []
    while rows or totals:
        top = _TOPS[min(len(pages), 1)]
        room = int((_BOTTOM - top) / _STEP) - 2  # title and heads take two
        some, rows = rows[:room], rows[room:]
        stamps = [*_table(title, some, top)]
        if not rows and len(some) + len(totals) <= room:
            stamps += _sums(totals, top + (len(some) + 2) * _STEP)
            totals = []
        pages.append(tuple(stamps))
    upper = (*kuitansi(ledger, sale, copy).stamps, Stroke(0, HEIGHT, WIDTH, "text3", 0.2, dotted=True))
    return tuple(
        Sheet(title, WIDTH, A4, (*(upper if number == 1 else ()), *stamps, *_page_number(number, len(pages))))
        for number, stamps in enumerate(pages, 1)
    )


def _cells(line: Line, origin: Origin) -> _Row:
    own = line.discount - line.whole
    return (
        printable(line.name),
        printable(origin.unit(line.institution).short),
        goods_counted(line.unit, line.qty),
        plain(shown_price(line.unit, line.price)),
        plain(-own) if own else "",
        plain(line.total + line.whole),
    )


def _totals(sale: Sale) -> list[tuple[str, str]]:
    total = (_("Total"), rupiah(sale.total))
    return [(whole_label(sale.percent), plain(-sale.whole)), total] if sale.whole else [total]


def _table(title: str, rows: Sequence[_Row], top: float) -> Iterator[Stamp]:
    yield Words(LEFT, top, title, 11, "Bold")
    heads = (_("Item"), _("Made by"), _("Quantity"), _("Price"), _("Discount"), _("Amount"))
    for place, row in enumerate([heads, *rows], 1):
        base = top + place * _STEP
        yield from _row(row, base, "Medium" if place > 1 else "Bold")
        yield Stroke(LEFT, base + 1.7, RIGHT - LEFT)


def _row(cells: _Row, base: float, weight: Weight) -> Iterator[Stamp]:
    for place, (cell, (x, room)) in enumerate(zip(cells, _COLUMNS, strict=True)):
        if place < 2:
            yield Words(x, base, cut_off(cell, weight, _SIZE, room), _SIZE, weight)
        else:  # a figure is never cut, it rather gets smaller
            yield Words(x, base, cell, fitting(cell, weight, _SIZE, room), weight, align="right")


def _sums(totals: Sequence[tuple[str, str]], first: float) -> Iterator[Stamp]:
    for place, (label, amount) in enumerate(totals):
        base = first + place * _STEP
        yield Words(RIGHT - 40, base, label, _SIZE, "Bold", align="right")
        yield Words(RIGHT, base, amount, _SIZE, "Bold", align="right")


def _page_number(number: int, of: int) -> Iterator[Stamp]:
    if of == 1:
        return
    page = _("Page {number} of {pages}").format(number=number, pages=of)
    yield Words(RIGHT, A4 - 8, page, 7.5, color="text3", align="right")

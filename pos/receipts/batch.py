"""Many receipts in one PDF, for the officer who files or checks them: by days or by their numbers.

Slips stand side by side on A4 at their own size, so that any office printer makes them; sheets follow each
other. Every paper is counted like one that was printed alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path

from pos.checkout import find_sale, read_sale
from pos.errors import Refused, WorldFailed
from pos.fresh import fresh_file
from pos.journal import documents_of
from pos.ledger import Ledger
from pos.model import By, Document, Sale
from pos.money import Rupiah, plain
from pos.papers import draw, kuitansi_wanted, slip_wanted
from pos.printing import count, next_copy
from pos.receipts.blocks import Slip
from pos.receipts.fonts import MONO, MONO_BOLD, register
from pos.receipts.measures import CELL, block_height
from pos.receipts.pdf import DOT, draw_block, new_canvas, pdf_bytes
from pos.receipts.sheet import Sheet
from pos.sync import Progress
from pos.tables import SALE
from pos.text import _

MOST = 5_000  # receipts in one file: more are no file that a reader opens

_PAGE = (210 * 8, 297 * 8)  # A4 in dots
_EDGE = 80  # dots of margin
_GAP = 64  # dots between two slips, also below each other
_COLUMNS = {"80": 48, "58": 32}


@dataclass(frozen=True, slots=True)
class Batch:
    """What was made: how many receipts, how many of them copies, and what was sold with them."""

    file: Path
    receipts: int
    copies: int
    total: Rupiah


def sales_of_days(ledger: Ledger, start: date | None, end: date | None, booth: str = "") -> list[Sale]:
    """The sales of these business days in the order of their numbers.

    Raises Refused when there are none, or more than MOST.
    """
    wanted = documents_of(SALE)
    if start and end and end < start:
        raise Refused(_("The last day lies before the first."))
    if start:
        wanted = wanted.where(SALE.c.day >= start.isoformat())
    if end:
        wanted = wanted.where(SALE.c.day <= end.isoformat())
    if booth:
        wanted = wanted.where(SALE.c.booth == booth)
    with ledger.read() as conn:
        found = conn.execute(wanted.order_by(SALE.c.device, SALE.c.number).limit(MOST + 1)).all()
    return _enough([read_sale(Document(*row)) for row in found])


def sales_numbered(ledger: Ledger, first: str, last: str) -> list[Sale]:
    """The sales from one receipt's number to another's of the same laptop. Raises Refused as above."""
    one, other = find_sale(ledger, first), find_sale(ledger, last)
    if one.device != other.device or other.number < one.number:
        raise Refused(
            _("{first} to {last} is no range of numbers.").format(first=one.receipt, last=other.receipt),
            _("Both must be of the same laptop, the lower one first."),
        )
    wanted = documents_of(SALE)
    wanted = wanted.where(SALE.c.device == one.device, SALE.c.number.between(one.number, other.number))
    with ledger.read() as conn:
        found = conn.execute(wanted.order_by(SALE.c.number).limit(MOST + 1)).all()
    return _enough([read_sale(Document(*row)) for row in found])


def write_batch(
    ledger: Ledger, sales: Sequence[Sale], path: Path, paper: str = "80", progress: Progress | None = None
) -> Batch:
    """All their papers in one PDF at `path`, whole or not at all: `80` or `58` slips, `a5` or `a4` sheets.

    The caller counts them with `count_batch` when the file is there. Raises as `fresh_file`.
    """
    made: list[Slip | Sheet] = []
    copies = 0
    for done, sale in enumerate(sales, 1):
        what = slip_wanted(sale) if paper in _COLUMNS else kuitansi_wanted(sale, itemised=paper == "a4")
        copy = next_copy(ledger, what.number)
        copies += copy > 0
        drawn = draw(ledger, what, columns=_COLUMNS.get(paper, 48), copy=copy)
        made += [drawn] if isinstance(drawn, Slip) else drawn
        if progress:
            progress(done, len(sales))
    slips = [one for one in made if isinstance(one, Slip)]
    data = slips_on_pages(slips) if slips else pdf_bytes(tuple(s for s in made if isinstance(s, Sheet)))
    with fresh_file(path) as draft_file:
        draft_file.write_bytes(data)
    return Batch(path, len(sales), copies, sum(sale.total for sale in sales))


def count_batch(ledger: Ledger, sales: Sequence[Sale], paper: str = "80", by: By | None = None) -> None:
    """Count their papers as made, all in one step; a ledger that can only be read keeps no count."""
    wanted = (slip_wanted(sale) if paper in _COLUMNS else kuitansi_wanted(sale) for sale in sales)
    with suppress(WorldFailed):
        count(ledger, [what.number for what in wanted], by)


def slips_on_pages(slips: Sequence[Slip]) -> bytes:
    """Slips on A4, in columns from the top left, each whole unless it is longer than a page."""
    register(MONO, MONO_BOLD)
    buffer = BytesIO()
    title = f"{slips[0].title} – {slips[-1].title}" if len(slips) > 1 else slips[0].title
    canvas = new_canvas(buffer, title, (_PAGE[0] * DOT, _PAGE[1] * DOT), MONO)
    width = max(slip.columns for slip in slips) * CELL
    across = (_PAGE[0] - 2 * _EDGE + _GAP) // (width + _GAP)
    left = (_PAGE[0] - across * (width + _GAP) + _GAP) // 2
    column, top = 0, _EDGE
    canvas.scale(DOT, DOT)
    for piece in _pieces(slips):
        high = _height(piece)
        if top + high > _PAGE[1] - _EDGE:
            column, top = column + 1, _EDGE
        if column == across:
            canvas.showPage()
            canvas.scale(DOT, DOT)
            column = 0
        canvas.saveState()
        canvas.translate(left + column * (width + _GAP), _PAGE[1] - top)
        for block in piece.blocks:
            draw_block(canvas, block, piece.columns * CELL)
            canvas.translate(0, -block_height(block))
        canvas.restoreState()
        top += high + _GAP
    canvas.save()
    return buffer.getvalue()


def _pieces(slips: Iterable[Slip]) -> Iterable[Slip]:
    """The slips, one that is longer than a page in as many parts as it needs."""
    room = _PAGE[1] - 2 * _EDGE
    for slip in slips:
        part: list[int] = [0]
        high = 0
        for place, block in enumerate(slip.blocks):
            high += block_height(block)
            if high > room:
                part.append(place)
                high = block_height(block)
        ends = [*part[1:], len(slip.blocks)]
        for begin, end in zip(part, ends, strict=True):
            yield Slip(slip.title, slip.columns, slip.blocks[begin:end])


def _height(slip: Slip) -> int:
    return sum(block_height(block) for block in slip.blocks)


def _enough(found: list[Sale]) -> list[Sale]:
    if not found:
        raise Refused(_("There are no receipts there."), _("Choose other days or numbers."))
    if len(found) > MOST:
        raise Refused(
            _("These are more than {most} receipts.").format(most=plain(MOST)),
            _("Choose fewer days or numbers."),
        )
    return found

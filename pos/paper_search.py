"""Finding the document of any numbered paper, by the letter of its series."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Table, select

from pos.checkout import find_sale
from pos.closing import read_closing
from pos.deposits import find_deposit
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Document
from pos.order_book import find_order
from pos.papers import Source, number_of
from pos.refunds import find_refund
from pos.remittances import read_remittance
from pos.stock_slips import find_slip
from pos.tables import DOCUMENT, REMITTANCE, SHIFT_CLOSE
from pos.text import _

T = TypeVar("T", bound=Source)


def find_paper(ledger: Ledger, number: str) -> Source:
    """What `S03K7-000042`, `S03K7-Z00001` (any case) was made of, whatever its series.

    Raises Refused when there is none in this ledger.
    """
    wanted = number.strip().upper()
    letter = wanted.rpartition("-")[2][:1]
    if not letter.isalpha():
        return find_sale(ledger, number)
    if letter == "P":
        return find_order(ledger, number)
    found: Source | None = None
    if letter == "R":
        found = find_refund(ledger, number)
    elif letter in ("T", "B", "G"):
        found = find_slip(ledger, number)
    elif letter == "D":
        found = find_deposit(ledger, number)
    elif letter == "Z":
        found = _numbered(ledger, SHIFT_CLOSE, read_closing, wanted)
    elif letter == "S":
        found = _numbered(ledger, REMITTANCE, read_remittance, wanted)
    if found is None:
        raise Refused(
            _("There is no paper with the number '{number}' in this ledger.").format(number=number[:40]),
            _("Numbers look like S03K7-000042 or S03K7-T00001."),
        )
    return found


def _numbered(ledger: Ledger, papers: Table, read: Callable[[Document], T], number: str) -> T | None:
    """The one of `papers` that bears this number."""
    digits = number.rpartition("-")[2][1:]
    if not (digits.isascii() and digits.isdigit() and len(digits) < 12):
        return None
    both = (papers.c.device == DOCUMENT.c.device) & (papers.c.seq == DOCUMENT.c.seq)
    query = select(DOCUMENT).join(papers, both).where(papers.c.number == int(digits))
    with ledger.read() as conn:
        rows = conn.execute(query.order_by(DOCUMENT.c.device)).all()
    return next((one for row in rows if number_of(one := read(Document(*row))) == number), None)

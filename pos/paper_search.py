"""Finding the document of any numbered paper, by the letter of its series."""

from __future__ import annotations

from pos.checkout import find_sale
from pos.closing import read_closing
from pos.deposits import find_deposit
from pos.errors import Refused
from pos.handed import find_hand_over
from pos.ledger import Ledger
from pos.numbers import letter_of, numbered
from pos.order_book import find_order
from pos.papers import Source
from pos.refunds import find_refund
from pos.remittances import read_remittance
from pos.settlements import LETTER, find_settlement
from pos.stock_slips import LETTERS, find_slip
from pos.tables import REMITTANCE, SHIFT_CLOSE
from pos.text import _


def find_paper(ledger: Ledger, number: str) -> Source:
    """What `S03K7-000042`, `S03K7-Z00001` (any case) was made of, whatever its series.

    Raises Refused when there is none in this ledger.
    """
    letter = letter_of(number)
    if letter == "":
        return find_sale(ledger, number)
    if letter == "P":
        return find_order(ledger, number)
    found: Source | None = None
    if letter == "R":
        found = find_refund(ledger, number)
    elif letter in LETTERS.values():
        found = find_slip(ledger, number)
    elif letter == "D":
        found = find_deposit(ledger, number)
    elif letter == "H":
        found = find_hand_over(ledger, number)
    elif letter == LETTER:
        found = find_settlement(ledger, number)
    elif letter in ("Z", "S"):
        with ledger.read() as conn:
            doc = numbered(conn, SHIFT_CLOSE if letter == "Z" else REMITTANCE, letter, number)
        if doc:
            found = read_closing(doc) if letter == "Z" else read_remittance(doc)
    if found is None:
        raise Refused(
            _("There is no paper with the number '{number}' in this ledger.").format(number=number[:40]),
            _("Numbers look like S03K7-000042 or S03K7-T00001."),
        )
    return found

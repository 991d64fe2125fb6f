"""`lapak sell`: a till without a screen, for scripts. One JSON object a line in, one a line out."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from pos.cli.answer import as_document, say
from pos.cli.opened import opened
from pos.errors import Refused, UserError
from pos.kept_json import parsed
from pos.model import Fields, Product, Sale, Shift
from pos.paths import home
from pos.text import _

if TYPE_CHECKING:  # the database layer is loaded when a ledger is opened, not for --help
    from pos.ledger import Ledger

MAX_LINE = 1_000_000  # bytes; a cart of 500 lines has some 20,000
CASHIER = "kasir"  # who opens the shift when nobody is named


def sell(args: Namespace) -> int:
    """Ring up every line of stdin; each is answered only after its sale is durable.

    A line that cannot be sold is answered with its error, and the next one is read. Returns the exit code: 3
    when the world failed for one of them, otherwise 1 when one was refused.
    """
    from pos.catalog import products

    worst = 0
    with opened(args.ledger) as ledger, _under_one_name(ledger):
        shift = _shift(ledger, args.cashier or CASHIER)
        goods = {product.sku: product for product in products(ledger)}
        for line in _lines():
            request: Fields = {}
            try:
                request = _request(line)
                sale = _ring_up(ledger, request, goods, shift, args.cashier or shift.cashier)
                reply = _reply(sale)
            except UserError as error:
                reply = {"cart": request.get("cart"), "error": str(error)}
                worst = max(worst, 3 if error.exit_code == 3 else 1)
            say(as_document(reply))
    return worst


@contextmanager
def _under_one_name(ledger: Ledger) -> Iterator[None]:
    """A booth's own ledger, in home(), is seen to be no copy, and remembered; scripts may copy others."""
    from pos.identity import remember, settle_identity

    own = ledger.path is not None and ledger.path.resolve().parent == home().resolve()
    if own and (told := settle_identity(ledger)):
        print(told, file=sys.stderr)
    yield
    if own:
        remember(ledger)


def _lines() -> Iterator[bytes]:
    """The lines of stdin that hold something; of one without end, its beginning."""
    while line := sys.stdin.buffer.readline(MAX_LINE):
        rest = line
        while len(rest) == MAX_LINE and not rest.endswith(b"\n"):
            rest = sys.stdin.buffer.readline(MAX_LINE)
        if line.strip():
            yield line


def _shift(ledger: Ledger, cashier: str) -> Shift:
    """The shift of today; opened when there is none. One of another day is closed first, uncounted."""
    from pos.closing import close_uncounted
    from pos.shifts import current_shift, open_shift

    today: date = ledger.clock.now().date()
    last = current_shift(ledger)
    if last and last.day == today:
        return last
    if last:  # whoever runs commands on the booth's ledger answers for it
        close_uncounted(ledger, last, "lapak sell", cashier, asked=False)
    try:
        return open_shift(ledger, cashier, today)
    except Refused:  # another program was quicker
        if opened := current_shift(ledger):
            return opened
        raise


def _ring_up(
    ledger: Ledger, request: Fields, goods: Mapping[str, Product], shift: Shift, cashier: str
) -> Sale:
    """The sale of one request; of a cart that is a sale already, that one, whatever else the request says."""
    from pos.cart import Cart
    from pos.checkout import checkout, next_number
    from pos.payments import settle

    with ledger.read() as conn:
        known, _number = next_number(conn, ledger.own().code, request["cart"])
    if known:
        return known
    cart = Cart(request["cart"])
    for line in _objects(request, "lines"):
        sku = _word(line, "sku")
        if sku not in goods:
            raise Refused(_("'{sku}' is not in the catalogue.").format(sku=sku[:40]))
        cart = cart.add(goods[sku], _whole(line, "qty", least=1))
    payments = [
        settle(
            _word(part, "method"),
            _whole(part, "amount"),
            _whole(part, "tendered") if part.get("tendered") is not None else None,
        )
        for part in _objects(request, "payments")
    ]
    return checkout(ledger, cart, payments, shift, cashier)


def _reply(sale: Sale) -> Fields:
    return {
        "cart": sale.cart,
        "number": sale.receipt,
        "seq": sale.seq,
        "total": sale.total,
        "change": sale.change,
    }


def _request(line: bytes) -> Fields:
    try:
        request = parsed(line)
    except ValueError:
        request = None
    if not isinstance(request, dict):
        raise Refused(_("The line is not a JSON object."))
    return request | {"cart": _word(request, "cart")}


def _objects(fields: Fields, key: str) -> list[Fields]:
    found = fields.get(key)
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise Refused(_("'{key}' must be a list of objects.").format(key=key))
    return found


def _word(fields: Fields, key: str) -> str:
    word = fields.get(key)
    if not isinstance(word, str) or not word.isprintable():
        raise Refused(_("'{key}' must be a text.").format(key=key))
    return word


def _whole(fields: Fields, key: str, least: int = 0) -> int:
    number = fields.get(key)
    if type(number) is not int or number < least:
        raise Refused(_("'{key}' must be a whole number from {least}.").format(key=key, least=least))
    return number

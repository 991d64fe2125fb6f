"""One product at a time: a form's texts become a card, checked as a price list is; who may change prices."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, select

from pos.approvals import MAX_REASON, take
from pos.body import decoded
from pos.catalog import Allowed, institutions, post_products, products
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import By, Fields, Product
from pos.money import Rupiah
from pos.pricelist import COLUMNS, known_goods, read_products
from pos.sheets import Sheet
from pos.tables import DOCUMENT
from pos.text import _, clean_text

MOST_BARCODE = 48  # characters
ROW = 1  # the one row that a form is
_NOBODY = "?"  # stands for a code that is wrong, while the other fields are looked at


@dataclass(frozen=True, slots=True)
class Checked:
    """What a form says: the product when all is well, otherwise what is wrong, by its columns."""

    product: Product | None
    wrong: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PriceChange:
    """A price in Rupiah as it began to hold: when, who put it down, who allowed it, why. New: no `before`."""

    at: datetime
    price: Rupiah
    before: Rupiah | None
    who: str = ""
    allowed: str = ""
    reason: str = ""


def check_card(ledger: Ledger, entry: Mapping[str, str], sku: str = "") -> Checked:
    """Check a form: `entry` has texts by column of the price list (pos.pricelist.COLUMNS).

    `sku` is the product that is changed; columns that `entry` lacks stay as they are in it. Without it a new
    one is wanted, and a SKU that the catalogue has is refused.
    """
    known = known_goods(ledger)
    texts = {**entry, "sku": sku} if sku else dict(entry)
    wrong: dict[str, str] = {}
    spelled = {code.casefold(): code for code in known}
    if not sku and (other := spelled.get(texts.get("sku", "").strip().casefold())):
        wrong["sku"] = _("{name} has this code already.").format(name=known[other].name)
        texts["sku"] = _NOBODY
    while True:  # a row ends at its first wrong cell; without it the next one is found
        cells = tuple(texts.get(column, "") for column in COLUMNS)
        sheet = Sheet("", frozenset(texts), iter([(ROW, cells)]), (), [])
        found = read_products(sheet, known, institutions(ledger))
        if found:
            break
        for bad in sheet.rejected:
            wrong.setdefault(bad.column, _sentence(bad.why))
            texts.pop(bad.column, None)
            if bad.column == "sku":
                texts["sku"] = _NOBODY
    if wrong:
        return Checked(None, wrong)
    (product,) = found
    if not sku:
        behind = max((one.position for one in known.values()), default=-1) + 1
        product = replace(product, position=behind)
    return Checked(product, {})


def action_for(former: Product | None, product: Product) -> str:
    """Which right (a key of pos.rights.ACTIONS) it takes to put this down in the place of `former`."""
    if former is None:
        return "catalog" if product.price else "price"
    return "price" if product.price != former.price else "catalog"


def save_product(
    ledger: Ledger, product: Product, by: By, reason: str = "", *, free: bool = False
) -> Product | None:
    """Put down a new or changed product as its next revision; the one that it was, None for a new one.

    `free` says that a price of Rp0 is meant.
    What is the same already is not written again. Raises Refused when nobody who may allowed it, when an
    approval is for something else or used, or for a price of Rp0 that nobody said is meant.
    """
    former: list[Product | None] = []
    why = clean_text(reason, MAX_REASON)

    def allowed(conn: Connection, known: Mapping[str, Product], fresh: Sequence[Product]) -> Fields:
        (one,) = fresh
        before = known.get(one.sku)
        former.append(before)
        if not one.price and (before is None or before.price) and not free:
            raise Refused(
                _("The price is Rp0: it would be given away."), _("Type the price, or say that it is a gift.")
            )
        return _who(conn, by, action_for(before, one), one.sku) | ({"reason": why} if why else {})

    post_products(ledger, [product], allowed)
    return former[0] if former else product


def allowing(by: By, subject: str) -> Allowed:
    """What a whole list of products needs: the right for prices when a known one gets another, or one is
    Rp0, otherwise that for the catalogue. `subject` is what the approval must be for, such as a file's name.
    """

    def allowed(conn: Connection, known: Mapping[str, Product], fresh: Sequence[Product]) -> Fields:
        actions = {action_for(known.get(one.sku), one) for one in fresh}
        return _who(conn, by, "price" if "price" in actions else "catalog", subject)

    return allowed


def give_barcode(ledger: Ledger, sku: str, code: str, by: By) -> None:
    """Give a product that has none the barcode `code`: whoever sells may, for nothing else of it changes.

    Raises Refused when there is no such product, when it has another one, and for a code that is none.
    """

    def allowed(_conn: Connection, known: Mapping[str, Product], fresh: Sequence[Product]) -> Fields:
        (one,) = fresh
        if replace(one, barcode="") != known.get(one.sku):  # it was changed meanwhile
            raise Refused(_("{name} was changed meanwhile.").format(name=one.name), _("Scan it again."))
        return {"who": by.who.code}

    product = next((one for one in products(ledger, inactive=True) if one.sku == sku), None)
    if product is None or (product.barcode and product.barcode != code):
        raise Refused(_("This product cannot get the barcode."), _("Nothing was changed."))
    if not code or code != clean_text(code, MOST_BARCODE):
        raise Refused(_("This is no barcode."), _("Nothing was changed."))
    post_products(ledger, [replace(product, barcode=code)], allowed)


def price_history(ledger: Ledger, sku: str) -> list[PriceChange]:
    """Every price that this product got, the newest first."""
    found: list[PriceChange] = []
    for at, card, body in _revisions(ledger, sku):
        before = found[-1].price if found else None
        if card["price"] == before:
            continue
        approval = body.get("approval", {})
        reason = approval.get("reason", "") or body.get("reason", "")
        who = (body.get("who", ""), approval.get("by", ""), reason)
        found.append(PriceChange(datetime.fromisoformat(at), card["price"], before, *who))
    return found[::-1]


def _revisions(ledger: Ledger, sku: str) -> Iterator[tuple[str, Fields, Fields]]:
    """When, the card, and the body of each revision, in their order."""
    query = select(DOCUMENT.c.at, DOCUMENT.c.device, DOCUMENT.c.seq, DOCUMENT.c.body)
    named = DOCUMENT.c.body.contains(sku, autoescape=True) if sku.isascii() and sku.isalnum() else None
    query = query.where(DOCUMENT.c.kind == "catalog")
    if named is not None:
        query = query.where(named)
    with ledger.read() as conn:
        rows = [(row, decoded(row.body)) for row in conn.execute(query)]
    cards = [(row, body, card) for row, body in rows for card in body["cards"] if card["sku"] == sku]
    cards.sort(key=lambda one: (one[2]["revision"], one[0].at, one[0].device, one[0].seq))
    for row, body, card in cards:
        yield row.at, card, body


def _who(conn: Connection, by: By, action: str, subject: str) -> Fields:
    return {"who": by.who.code} | take(conn, by.approval, by.who, action, subject)


def _sentence(why: str) -> str:
    return why[:1].upper() + why[1:]

"""The catalogue: what is for sale, at which price, made by whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TypeAlias

from sqlalchemy import Connection, select

from pos.bundles import check_bundles
from pos.derive.shapes import MAX_REVISION
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Fields, Institution, Product
from pos.nouns import institution_of, products_of
from pos.tables import INSTITUTION, PRODUCT
from pos.text import _

CARDS_PER_DOCUMENT = 500

# Asked inside the transaction: whether these products may become so, the catalogue being as it is. Gives what
# goes into the first document (who did it, an approval), or raises Refused.
Allowed: TypeAlias = Callable[[Connection, Mapping[str, Product], Sequence[Product]], Fields]


def institutions(ledger: Ledger) -> dict[str, Institution]:
    """Every institution this ledger knows, by code, in the order of their codes."""
    with ledger.read() as conn:
        rows = conn.execute(select(INSTITUTION).order_by(INSTITUTION.c.code))
        return {row.code: institution_of(row) for row in rows}


def institution_named(conn: Connection, code: str) -> Institution:
    """The institution with this code. Raises Refused when there is none."""
    row = conn.execute(select(INSTITUTION).where(INSTITUTION.c.code == code)).first()
    if row is None:
        raise Refused(_("No institution has the code '{code}'.").format(code=code[:40]))
    return institution_of(row)


def products(ledger: Ledger, *, inactive: bool = False) -> tuple[Product, ...]:
    """What is for sale, in the order of the tiles; bundles know the prices and makers of what they hold."""
    with ledger.read() as conn:
        found = _all(conn)
    return tuple(product for product in found.values() if product.active or inactive)


def post_products(
    ledger: Ledger, wanted: Sequence[Product], allowed: Allowed | None = None
) -> tuple[int, int]:
    """Put down new and changed products as catalogue documents, in one transaction.

    Returns how many were added and how many changed; a product that is the same already is not written again.
    Raises Refused, with nothing changed, for a bundle that cannot be one (see pos/bundles.py).
    """
    with ledger.write() as conn:
        known = _all(conn)
        check_bundles(known, wanted)
        revisions = {row.sku: row.revision for row in conn.execute(select(PRODUCT.c.sku, PRODUCT.c.revision))}
        fresh = [product for product in wanted if _bare(product) != _bare(known.get(product.sku))]
        more = allowed(conn, known, fresh) if allowed and fresh else {}
        for start in range(0, len(fresh), CARDS_PER_DOCUMENT):
            cards = [
                _card(product, min(revisions.get(product.sku, 0) + 1, MAX_REVISION))
                for product in fresh[start : start + CARDS_PER_DOCUMENT]
            ]
            ledger.post(conn, "catalog", {"cards": cards} | more)
            more = {}  # an approval is used once
    added = sum(product.sku not in known for product in fresh)
    return added, len(fresh) - added


def _bare(product: Product | None) -> Fields | None:
    return _card(product, 0) if product else None


def _card(product: Product, revision: int) -> Fields:
    return {
        "sku": product.sku,
        "name": product.name,
        "category": product.category,
        "unit": product.unit,
        "price": product.price,
        "institution": product.institution,
        "barcode": product.barcode,
        "cost": product.cost,
        "aliases": list(product.aliases),
        "components": [{"sku": part.sku, "qty": part.qty} for part in product.components],
        "image": product.image,
        "active": product.active,
        "position": product.position,
        "revision": revision,
    } | _told(product)


def _told(product: Product) -> Fields:
    """What few cards have, so that those without it stay as they are."""
    facts = {name: value for name, value in asdict(product.facts).items() if value}
    return ({"choose": product.choose} if product.choose else {}) | ({"facts": facts} if facts else {})


def _all(conn: Connection) -> dict[str, Product]:
    return products_of(conn.execute(select(PRODUCT).order_by(PRODUCT.c.position, PRODUCT.c.sku)))

"""A cart that is no sale yet, as it is put down on this laptop, and taken up again after a power cut."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pos.cart import Cart, CartLine
from pos.model import Component, Product

OPEN, HELD, WAITING = "open", "held", "waiting"  # being filled; put aside; its QRIS payment is still to come


@dataclass(frozen=True, slots=True)
class Draft:
    """A cart with its place: `selected` is its selected line, `name` what it was put aside under."""

    cart: Cart
    at: datetime
    selected: int = -1
    name: str = ""
    state: str = OPEN


def draft_text(cart: Cart) -> str:
    """The cart as JSON. Products stand in it whole: prices stay those at which they were tapped."""
    return json.dumps(asdict(cart), ensure_ascii=False)


def draft_of(row: Any) -> Draft:
    """A row of the table of drafts as a Draft. Raises KeyError, TypeError or ValueError when it is none."""
    fields = json.loads(row.body)
    lines = tuple(_line(line) for line in fields.pop("lines"))
    return Draft(
        Cart(lines=lines, **fields), datetime.fromisoformat(row.at), row.selected, row.name, row.state
    )


def _line(fields: dict[str, Any]) -> CartLine:
    product = fields.pop("product")
    product["components"] = tuple(Component(**part) for part in product["components"])
    product["aliases"] = tuple(product["aliases"])
    return CartLine(Product(**product), **fields)

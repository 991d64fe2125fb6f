"""A cart that is no sale yet, as it is put down on this laptop, and taken up again after a power cut."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from pos.cart import Cart, CartLine
from pos.clock import new_id
from pos.kept_json import check_fields, parsed
from pos.label_facts import Facts
from pos.model import Component, Payment, Product
from pos.text import clock_time

OPEN, HELD, WAITING = "open", "held", "waiting"  # being filled; put aside; its QRIS payment is still to come
MAX_NAME = 60  # characters


@dataclass(frozen=True, slots=True)
class Draft:
    """A cart with its place: `selected` is its selected line, `top` the first one in sight.

    `name` is what it was put aside under, "" for none of its own; `parts` have been paid of it already.
    """

    cart: Cart
    at: datetime
    selected: int = -1
    name: str = ""
    state: str = OPEN
    parts: tuple[Payment, ...] = ()
    top: int = 0


@dataclass(frozen=True, slots=True)
class Removal:
    """A line that was taken out of a cart before it was paid. `id` is made when it happens."""

    id: str
    cart: str
    line: CartLine
    undone: bool = False


def removal(cart: Cart, line: CartLine) -> Removal:
    """The removal of `line` from `cart`, now."""
    return Removal(new_id(), cart.id, line)


def draft_name(draft: Draft) -> str:
    """What a cart that was put aside is called: its name, or its first product and the time."""
    if draft.name or not draft.cart.lines:
        return draft.name
    return f"{draft.cart.lines[0].product.name} {clock_time(draft.at)}"


def draft_text(draft: Draft) -> str:
    """Cart, parts and place as JSON. Products stand in it whole: prices stay those that were tapped."""
    fields = asdict(draft.cart) | {"parts": [asdict(part) for part in draft.parts], "top": draft.top}
    return json.dumps(fields, ensure_ascii=False)


def draft_of(row: Any) -> Draft:
    """A row of the table of drafts as a Draft. Raises KeyError, TypeError or ValueError when it is none."""
    fields = parsed(row.body)
    lines = tuple(_line(line) for line in fields.pop("lines"))
    place = {"selected": row.selected, "top": fields.pop("top")}
    parts = tuple(Payment(**part) for part in fields.pop("parts"))
    at = datetime.fromisoformat(row.at)
    draft = Draft(Cart(lines=lines, **fields), at, name=row.name, state=row.state, parts=parts, **place)
    check_fields(draft)
    return draft


def _line(fields: dict[str, Any]) -> CartLine:
    product = fields.pop("product")
    product["components"] = tuple(Component(**part) for part in product["components"])
    product["aliases"] = tuple(product["aliases"])
    product["facts"] = Facts(**product.get("facts", {}))  # older drafts know of none
    chosen = tuple(Component(**part) for part in fields.pop("chosen", ()))  # older drafts know of none
    return CartLine(Product(**product), chosen=chosen, **fields)

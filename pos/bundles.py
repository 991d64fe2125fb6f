"""Bundles (hampers): what they hold, how a price list writes it, and how many are left while a cart fills.

Two kinds: one holds all its components, the other as many pieces of them as the buyer chooses (`choose`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from pos.cart import Cart
from pos.errors import Refused
from pos.model import Component, Product, available
from pos.text import _

MAX_COMPONENTS = 50
MAX_COMPONENT_QTY = 10_000
MAX_CHOOSE = 24  # pieces that are chosen one by one at the till

# Not compiled here: the till, which reads no price lists, imports this before its goods are painted.
_QTY = r"[0-9]{1,5}"
_CHOICE = r"(?is)([0-9]+)\s+(?:dari|of)\s+(.*)"


class Contents(NamedTuple):
    """What a price list says of a bundle's content; see `Product.components` and `Product.choose`."""

    parts: tuple[Component, ...]
    choose: int = 0


def contents_of(cell: str) -> Contents:
    """The content that a cell holds: `NASTAR:2|SEMPRONG:1`, or `3 dari NASTAR|SEMPRONG|LUMER` (or `3 of`).

    Raises Refused for what is neither, a component that comes twice, and a number that cannot be.
    """
    choice = None if ":" in cell else re.fullmatch(_CHOICE, cell.strip())  # no SKU has a colon in it
    if choice:
        parts = tuple(Component(item.strip(), 1) for item in choice[2].split("|"))
        if not all(part.sku for part in parts):
            raise _not_a_component(cell)
        made = Contents(parts, int(choice[1][:5]))
        if not made.choose:
            raise Refused(_("at least one piece must be chosen, not 0."))
    else:
        made = Contents(tuple(_part(item) for item in cell.split("|")) if cell else ())
    if why := _impossible(made.parts, made.choose):
        raise Refused(why)
    return made


def contents_text(product: Product) -> str:
    """A product's content as `contents_of` reads it; "" for a plain product."""
    if product.choose:
        return f"{product.choose} dari {'|'.join(part.sku for part in product.components)}"
    return "|".join(f"{part.sku}:{part.qty}" for part in product.components)


def faults(goods: Mapping[str, Product], changed: Collection[str]) -> Iterator[tuple[str, str]]:
    """What is wrong with bundles among `goods` (by SKU): the SKU of `changed` to blame, and why.

    Each is named once. A bundle that is not `changed` is at fault only through a component that is.
    """
    blamed: set[str] = set()
    for bundle in [product for product in goods.values() if product.components or product.choose]:
        for culprit, why in _faults_of(bundle, goods):
            if culprit in changed and culprit not in blamed:
                blamed.add(culprit)
                yield culprit, why
                break


def check_bundles(known: Mapping[str, Product], wanted: Iterable[Product]) -> None:
    """Raise Refused when one of the `wanted` products may not be put down beside the `known` ones.

    A bundle holds single products of the catalogue only: neither itself nor another bundle.
    """
    changed = {product.sku: product for product in wanted}
    if not any(product.components or product.choose for product in (*known.values(), *changed.values())):
        return
    for culprit, why in faults({**known, **changed}, changed):
        told = _("“{name}” cannot be sold like this: {why}").format(name=changed[culprit].name, why=why)
        raise Refused(told, _("Nothing was changed."))


def taken(cart: Cart, *, but: int = -1, without: str = "") -> Counter[str]:
    """Pieces by SKU that a cart takes from the shelf; bundles take what they hold.

    Line `but` is left out, and so are the lines of the product `without`.
    """
    pieces: Counter[str] = Counter()
    for i, line in enumerate(cart.lines):
        if i == but or line.product.sku == without:
            continue
        if not line.product.components:
            pieces[line.product.sku] += line.qty
        for part in line.content:
            pieces[part.sku] += part.qty * line.qty
    return pieces


def left_beside(product: Product, stock: Mapping[str, int], gone: Mapping[str, int]) -> int | None:
    """How many of a bundle the goods make that are left when those `gone` are; None when not counted.

    A tile shows what the books have, and how many are in the cart: so what other lines take is gone, and
    what the bundle's own lines take is not.
    """
    counted = [part.sku for part in product.components if part.sku in stock]
    return available(product, {sku: stock[sku] - gone.get(sku, 0) for sku in counted})


def content_text(parts: Iterable[Component]) -> str:
    """`1 Nastar 500 g, 2 Semprong`."""
    return ", ".join(f"{part.qty} {part.name or part.sku}" for part in parts)


def _part(item: str) -> Component:
    sku, _colon, qty = item.strip().rpartition(":")
    if not sku.strip() or not re.fullmatch(_QTY, qty.strip()) or not 1 <= int(qty) <= MAX_COMPONENT_QTY:
        raise _not_a_component(item)
    return Component(sku.strip(), int(qty))


def _not_a_component(text: str) -> Refused:
    return Refused(
        _("'{text}' is not a component.").format(text=text[:40]),
        _("Write NASTAR:2|SEMPRONG:1, or 3 dari NASTAR|SEMPRONG|LUMER to choose from."),
    )


def _impossible(parts: Collection[Component], choose: int) -> str:
    """Why there is no such content, whatever the catalogue holds; "" when there is."""
    if len(parts) > MAX_COMPONENTS or len({part.sku.casefold() for part in parts}) < len(parts):
        return _("a component stands there twice, or there are more than {most}.").format(most=MAX_COMPONENTS)
    if choose > MAX_CHOOSE:
        return _("more than {most} pieces cannot be chosen.").format(most=MAX_CHOOSE)
    if choose and not parts:
        return _("there is nothing to choose from.")
    return ""


def _faults_of(bundle: Product, goods: Mapping[str, Product]) -> Iterator[tuple[str, str]]:
    """Every fault of a bundle with whoever may be the cause: itself, or the component."""
    if why := _impossible(bundle.components, bundle.choose):
        yield bundle.sku, why
    for part in bundle.components:
        held = goods.get(part.sku)
        if part.sku == bundle.sku:
            yield bundle.sku, _("'{sku}' cannot hold itself.").format(sku=bundle.sku)
        elif held is None:
            why = _("'{sku}' is not in the catalogue.").format(sku=part.sku)
            if re.fullmatch(_CHOICE, part.sku):
                hint = _("In a choice components stand without numbers: 3 dari NASTAR|SEMPRONG|LUMER.")
                why = f"{why} {hint}"
            yield bundle.sku, why
        elif held.components:
            why = _("'{sku}' is a bundle; a bundle holds single products only.").format(sku=part.sku)
            yield bundle.sku, why
            yield part.sku, why

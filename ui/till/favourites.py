"""Goods that the hand put in front: they stand first, in its order, and never move by themselves."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import TypeAlias

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from pos.kept_json import parsed
from pos.settings import MOST
from pos.text import _
from ui.theme import Theme
from ui.till.goods import Item, Shelf
from ui.till.menus import touch_menu

Pinned: TypeAlias = tuple[str, ...]  # SKUs in the order of the hand


def from_setting(text: str) -> Pinned:
    """The pinned SKUs of the booth's setting `pinned`; none where it says something else."""
    try:
        found = parsed(text)
    except ValueError:
        return ()
    skus = found if isinstance(found, list) else []
    return tuple(dict.fromkeys(sku for sku in skus if isinstance(sku, str)))


def to_setting(pinned: Pinned) -> str:
    """The text of the booth's setting `pinned`."""
    return json.dumps(pinned, ensure_ascii=False, separators=(",", ":"))


def in_front(shelf: Shelf, pinned: Pinned) -> list[Item]:
    """The pinned goods that are on the shelf, in the order of the hand."""
    if not pinned:
        return []
    wanted = set(pinned)
    found = {item.product.sku: item for item in shelf.items if item.product.sku in wanted}
    return [found[sku] for sku in pinned if sku in found]


def choices(sku: str, pinned: Pinned, shown: Pinned) -> Mapping[str, Pinned]:
    """What can be done with the product: words, and what is pinned then.

    `shown` are those of `pinned` that are on the shelf: only they have places to change. The others wait
    behind them, for the catalogue may bring them back.
    """
    absent = tuple(other for other in pinned if other not in shown)
    if sku not in shown:
        more = (*shown, sku, *absent)
        return {_("Pin to the front"): more} if len(to_setting(more)) <= MOST else {}
    at, rest = shown.index(sku), tuple(other for other in shown if other != sku)

    def moved(place: int) -> Pinned:
        return (*rest[:place], sku, *rest[place:], *absent)

    ways = {_("Unpin"): (*rest, *absent)}
    if at > 0:
        ways[_("Move left")] = moved(at - 1)
    if at < len(rest):
        ways[_("Move right")] = moved(at + 1)
    if at > 0:
        ways[_("Make it the first")] = moved(0)
    return ways


def open_menu(
    parent: QWidget,
    theme: Theme,
    place: QPoint,
    ways: Mapping[str, Pinned],
    choose: Callable[[Pinned], object],
) -> QMenu:
    """Offer the `choices` at a place on the screen."""
    menu = touch_menu(parent, theme)
    for words, then in ways.items():
        menu.addAction(words).triggered.connect(lambda _checked=False, then=then: choose(then))
    if not ways:
        menu.addAction(_("No more favourites fit")).setEnabled(False)
    menu.popup(place)
    return menu

"""The goods as the till shows and finds them: catalogue, stock and who has sold today, without any Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from pos.model import Institution, Product, available
from pos.opening import Opening
from pos.text import fold

if TYPE_CHECKING:  # goods are shown before SQLAlchemy is there
    from pos.ledger import Ledger

LOW = 5  # pieces left from which the number turns orange (DESIGN.md chapter 5)
_QUANTITY = re.compile(r"\s*(\d{1,7})\s*\*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Item:
    """One tile: product, maker, pieces left (None: not counted), whether the maker has sold nothing today."""

    product: Product
    maker: Institution
    left: int | None = None
    unsold: bool = False

    @property
    def sold_out(self) -> bool:
        """Counted, and none left by the books."""
        return self.left is not None and self.left <= 0


@dataclass(frozen=True, slots=True)
class Shelf:
    """All goods for sale in the order of their tiles, and the makers that have sold nothing today."""

    items: tuple[Item, ...]
    unsold: frozenset[str] = frozenset()

    def categories(self) -> dict[str, int]:
        """How many goods each category has, in the order in which the tiles bring them."""
        counts: dict[str, int] = {}
        for item in self.items:
            if item.product.category:
                counts[item.product.category] = counts.get(item.product.category, 0) + 1
        return counts


def shelf_of(opening: Opening) -> Shelf:
    """The catalogue of a booth with its stock, and who has sold today."""
    makers = opening.institutions
    items = (
        Item(product, makers.get(product.institution) or Institution(product.institution, "", ""))
        for product in opening.products
    )
    return _marked(items, opening.stock, opening.sold)


def refreshed(shelf: Shelf, ledger: Ledger, day: date) -> Shelf:
    """The same goods with the stock and the sellers of now, `day` being the business day."""
    from pos.stock import on_hand
    from pos.today import sold_institutions

    return _marked(shelf.items, on_hand(ledger), sold_institutions(ledger, day))


def _marked(items: Iterable[Item], stock: Mapping[str, int], sold: set[str]) -> Shelf:
    marked = tuple(
        replace(item, left=available(item.product, stock), unsold=item.maker.code not in sold)
        for item in items
    )
    return Shelf(marked, frozenset(item.maker.code for item in marked if item.unsold))


def split_quantity(text: str) -> tuple[int | None, str]:
    """What was typed as a quantity and a search: `3*nas` is (3, "nas"), `nas` is (None, "nas")."""
    match = _QUANTITY.fullmatch(text)
    if not match or int(match[1]) == 0:
        return None, text.strip()
    return int(match[1]), match[2].strip()


class Finder:
    """Finds goods by name, code, barcode, maker or other spelling. Everything is folded once, when built."""

    def __init__(self, shelf: Shelf) -> None:
        self._names = [fold(item.product.name) for item in shelf.items]
        self._all = [
            f"{name}\n{fold(_other_words(item))}" for name, item in zip(self._names, shelf.items, strict=True)
        ]
        self._codes: dict[str, list[int]] = {}
        for row, item in enumerate(shelf.items):
            for code in {fold(item.product.sku), fold(item.product.barcode)} - {""}:
                self._codes.setdefault(code, []).append(row)

    def code(self, text: str) -> int | None:
        """The row whose SKU or barcode this is, if it is that of one product only."""
        rows = self._codes.get(fold(text), [])
        return rows[0] if len(rows) == 1 else None

    def search(self, text: str) -> list[int]:
        """Rows that have every word of `text`, those whose name begins with it first, then in tile order."""
        whole = fold(text)
        words = whole.split()
        if not words:
            return []
        ranks: tuple[list[int], ...] = ([], [], [], [])
        names = self._names
        for row in self._having(words):
            name = names[row]
            if name.startswith(whole):
                ranks[0].append(row)
            elif f" {whole}" in name:
                ranks[1].append(row)
            elif whole in name:
                ranks[2].append(row)
            else:
                ranks[3].append(row)
        exact = self._codes.get(whole, [])
        return [*exact, *(row for rank in ranks for row in rank if row not in exact)]

    def _having(self, words: list[str]) -> list[int]:
        first, *others = words
        found = [row for row, text in enumerate(self._all) if first in text]
        for word in others:
            found = [row for row in found if word in self._all[row]]
        return found

    def suggestion(self, text: str) -> str | None:
        """The word of some name that `text` was probably meant to be: `nastra` gives `nastar`."""
        from difflib import get_close_matches  # only a search that found nothing needs it

        wanted = fold(text)
        if len(wanted) < 3:
            return None
        words = {word for name in self._names for word in name.split() if word[0] == wanted[0]}
        close = get_close_matches(wanted, sorted(words), n=1)
        return close[0] if close else None


def _other_words(item: Item) -> str:
    product, maker = item.product, item.maker
    return "\n".join((product.sku, product.barcode, maker.name, maker.short, *product.aliases))


def marked_spans(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Where the words of a search stand in a name, as (start, end) of its characters, left to right."""
    folded, places = [], []
    for place, char in enumerate(name):
        for small in fold(char) or (" " if char.isspace() else ""):
            folded.append(small)
            places.append(place)
    flat = "".join(folded)
    spans = []
    for word in fold(text).split():
        at = flat.find(word)
        if at >= 0:
            spans.append((places[at], places[at + len(word) - 1] + 1))
    end = 0
    for start, stop in sorted(spans):
        if start >= end:
            yield start, stop
            end = stop

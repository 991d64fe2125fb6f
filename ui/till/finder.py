"""Finds goods while one types: by name, code, barcode, maker, other spellings, past a slip of the finger."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from pos.spellings import alike, others, slips
from pos.text import fold
from ui.till.goods import Shelf

ENOUGH = 20  # sure hits: nobody looks past them for what might be meant
_QUANTITY = re.compile(r"\s*(\d{1,7})\s*\*(.*)", re.DOTALL)


class Found(NamedTuple):
    """What a search found: rows of the shelf, the best first, of which `sure` have each word as it was typed
    or in another spelling; the rest are a slip away. `needles` are what to mark in names, for each word typed
    the word itself, then what else stands for it.
    """

    rows: list[int]
    sure: int
    needles: tuple[tuple[str, ...], ...]


def split_quantity(text: str) -> tuple[int | None, str]:
    """What was typed as a quantity and a search: `3*nas` is (3, "nas"), `nas` is (None, "nas")."""
    match = _QUANTITY.fullmatch(text)
    if not match or int(match[1]) == 0:
        return None, text.strip()
    return int(match[1]), match[2].strip()


class Finder:
    """Finds in one shelf. Everything is folded once, when built; stock may change without a new one."""

    def __init__(self, shelf: Shelf) -> None:
        makers: dict[tuple[str, str], str] = {}
        self._names: list[str] = []  # each behind a space, so that words begin alike
        self._all: list[str] = []  # all that finds the product, one text per line
        self._codes: dict[str, list[int]] = {}
        self._typed: tuple[list[str], Sequence[int]] = ([], range(len(shelf.items)))  # and what it found
        self._words: set[str] = set()
        for row, item in enumerate(shelf.items):
            product, maker = item.product, (item.maker.name, item.maker.short)
            if maker not in makers:
                makers[maker] = "\n".join(map(fold, maker))
                self._words.update(makers[maker].split())
            name, codes = fold(product.name), [fold(product.sku), fold(product.barcode)]
            named = (name, *map(fold, product.aliases))
            words = " ".join(named)
            more = tuple(others(words))
            self._names.append(f" {name}")
            self._all.append("\n".join((*named, *codes, makers[maker], *more)))
            self._words.update(words.split(), *map(str.split, more))
            for code in {*codes} - {""}:
                self._codes.setdefault(code, []).append(row)

    def code(self, text: str) -> int | None:
        """The row whose SKU or barcode this is, if it is that of one product only."""
        rows = self.with_code(text)
        return rows[0] if len(rows) == 1 else None

    def with_code(self, text: str) -> list[int]:
        """The rows whose SKU or barcode this is."""
        return self._codes.get(fold(text), [])

    def search(self, text: str) -> Found:
        """The goods that have every word of `text`.

        Whole codes come first, then names that begin with it, names in which a word does, names that have it
        elsewhere, what is found by other words, and last what is a slip away.
        """
        whole = fold(text)
        words = whole.split()
        if not words:
            return Found([], 0, ())
        rows = self._ranked(whole, self._having(words))
        if exact := self._codes.get(whole):
            rows = [*exact, *(row for row in rows if row not in exact)]
        enough = len(rows) >= ENOUGH
        near: list[dict[str, str]] = [{} if enough else self._near(word, begun=not rows) for word in words]
        needles = tuple(_needles(word, slip) for word, slip in zip(words, near, strict=True))
        sure = len(rows)
        if any(near):
            known = set(rows)
            rows += [row for row in self._having_nearly(words, near) if row not in known]
        return Found(rows, sure, needles)

    def _having(self, words: list[str]) -> list[int]:
        """The rows that have every word; as long as letters are only added, among those found before."""
        former, found = self._typed
        if not all(any(old in word for word in words) for old in former):
            found = range(len(self._all))
        for word in words:
            found = [row for row in found if word in self._all[row]]
        self._typed = (words, found)
        return list(found)

    def _ranked(self, whole: str, rows: list[int]) -> list[int]:
        """The names that begin with it, those in which a word does, those that have it, the others."""
        names, begun = self._names, f" {whole}"
        inside = [row for row in rows if begun in names[row]]
        first = [row for row in inside if names[row].startswith(begun)]
        if len(inside) < len(rows):
            also = [row for row in rows if whole in names[row]]
            return list(dict.fromkeys((*first, *inside, *also, *rows)))
        return list(dict.fromkeys((*first, *inside)))

    def _near(self, word: str, *, begun: bool) -> dict[str, str]:
        """The words of the shelf a slip away, whole ones first, and of each the part that was meant."""
        pattern = slips(word, begun=begun)
        if pattern is None:
            return {}
        lines = self._lines
        found = {lines[m.start() : lines.find("\n", m.start())]: m[0] for m in pattern.finditer(lines)}
        return {full: found[full] for full in sorted(found, key=len) if word not in full}

    def _having_nearly(self, words: list[str], near: list[dict[str, str]]) -> list[int]:
        """The rows that have each word or one near it, at least one of them only nearly."""
        close = [
            {row for full in slip for row, text in enumerate(self._all) if full in text} for slip in near
        ]
        found = sorted(set().union(*close))
        for word, rows in zip(words, close, strict=True):
            found = [row for row in found if row in rows or word in self._all[row]]
        return found

    @cached_property
    def _lines(self) -> str:
        """All words of letters, one per line, each line ended."""
        return "".join(f"{word}\n" for word in sorted(self._words) if word.isalpha())

    def suggestion(self, text: str) -> str | None:
        """The word of some goods that `text` was probably meant to be: `nsatra` gives `nastar`."""
        from difflib import get_close_matches  # only a search that found nothing needs it

        wanted = fold(text)
        if len(wanted) < 3:
            return None
        words = [word for word in self._lines.split() if word[0] == wanted[0]]
        close = get_close_matches(wanted, words, n=1)
        return close[0] if close else None


def _needles(word: str, near: dict[str, str]) -> tuple[str, ...]:
    meant = ((part, *alike(full)) for full, part in near.items())
    return tuple(dict.fromkeys((word, *alike(word), *(needle for part in meant for needle in part))))


def marked_spans(name: str, needles: tuple[tuple[str, ...], ...]) -> Iterator[tuple[int, int]]:
    """Where the words of a search stand in a name, as (start, end) of its characters, left to right.

    Of each word's needles the first that is there counts; what was not typed itself only where a word begins.
    """
    folded, places = [" "], [0]
    for place, char in enumerate(name):
        for small in fold(char) or (" " if char.isspace() else ""):
            folded.append(small)
            places.append(place)
    flat = "".join(folded)
    spans = []
    for word, *instead in needles:
        tries = [(flat.find(word), word), *((flat.find(f" {one}") + 1 or -1, one) for one in instead)]
        at, found = next((one for one in tries if one[0] >= 0), (-1, ""))
        if at >= 0:
            spans.append((places[at], places[at + len(found) - 1] + 1))
    end = 0
    for start, stop in sorted(spans):
        if start >= end:
            yield start, stop
            end = stop

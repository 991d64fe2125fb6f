"""How else people write it: the field's spellings of one thing, and words a slip of the finger away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

# Each line is one thing; whoever types any of its spellings finds goods that carry another. Folded, see
# pos.text.fold. They stand in price lists and press reports of the programme's exhibitions.
GROUPS = (
    ("rehal", "lehar", "rekal", "lekar"),
    ("peci", "kopiah", "songkok"),
    ("kaos", "kaus"),
    ("nastar", "nastart"),
    ("kastengel", "kastengels", "kaasstengel", "kaasstengels"),
    ("strawberi", "stroberi", "strawberry", "strawbery"),
    ("coklat", "cokelat"),
    ("semprong", "sempron", "kue gapit"),
    ("hampers", "parcel", "parsel", "bingkisan", "paket"),
    ("toples", "stoples"),
    ("alquran", "quran", "al quran"),
)
SHORTEST_SLIP = 4  # letters: of shorter words nearly every other one is a slip away
SHORTEST_BEGUN = 5  # the same of what other words begin with

_BY_LAST_WORD = {
    spelling.split()[-1]: [
        (same, group) for group in GROUPS for same in group if same.split()[-1] == spelling.split()[-1]
    ]
    for group in GROUPS
    for spelling in group
}


def others(words: str) -> Iterator[str]:
    """The other spellings of everything that stands as whole words in the folded `words`."""
    padded = f" {words} "
    for word in words.split():
        for spelling, group in _BY_LAST_WORD.get(word, ()):
            if f" {spelling} " in padded:
                yield from (other for other in group if f" {other} " not in padded)


def alike(word: str) -> list[str]:
    """The other spellings of what `word`, which may still be being typed, is part of."""
    groups = [group for group in GROUPS if any(word in spelling for spelling in group)]
    return [spelling for group in groups for spelling in group if word not in spelling]


@lru_cache(64)
def slips(word: str, *, begun: bool) -> re.Pattern[str] | None:
    """What finds the words that are one slip away from `word`, in a text that has one folded word per line.

    A slip is a letter too many, one missing, one wrong, or two that changed places. With `begun` more letters
    may follow a word that is long enough: it is still being typed. None when it is too short, or a number.
    """
    if len(word) < SHORTEST_SLIP or not word.isalpha():
        return None
    pattern = ".?"  # at the end of `word`: a letter is missing there, or all were right
    for place in range(len(word) - 1, -1, -1):
        letter, rest = word[place], word[place + 1 :]
        swapped = f"|{rest[0]}{letter}{rest[1:]}" if rest else ""
        pattern = f"(?:{letter}{pattern}|.{letter}?{rest}{swapped}|{rest})"  # right, or the slip is here
    end = "" if begun and len(word) >= SHORTEST_BEGUN else "$"
    return re.compile(f"^{pattern}{end}", re.MULTILINE)

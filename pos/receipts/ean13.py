"""EAN-13 (ISO/IEC 15420): the bars of the number that goods carry from their maker."""

from __future__ import annotations

# Widths of space, bar, space, bar of each digit in modules (ISO/IEC 15420, table 1, number set A). Set B is
# the same read backwards; in set C bars and spaces change places.
_DIGITS = ("3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112")
# Which of the left digits are of set B: that is how the first digit is told (table 2).
_LEFT = ("", "245", "235", "234", "145", "125", "123", "135", "134", "124")


def is_ean13(text: str) -> bool:
    """Whether `text` is a number of 13 digits whose last one checks the others."""
    if not (len(text) == 13 and text.isascii() and text.isdigit()):
        return False
    return (sum(map(int, text[::2])) + 3 * sum(map(int, text[1::2]))) % 10 == 0


def ean_bars(text: str) -> tuple[int, ...]:
    """The widths of bars and spaces in turn, in modules, beginning and ending with a bar; no quiet zone.

    All are equally high here. Raises ValueError when `text` is no EAN-13.
    """
    if not is_ean13(text):
        raise ValueError(f"no EAN-13: {text!r}")
    mirrored = {int(place) for place in _LEFT[int(text[0])]}
    left = [
        _DIGITS[int(digit)][::-1] if place in mirrored else _DIGITS[int(digit)]
        for place, digit in enumerate(text[1:7])
    ]
    right = [_DIGITS[int(digit)] for digit in text[7:]]
    return tuple(map(int, "".join(("111", *left, "11111", *right, "111"))))

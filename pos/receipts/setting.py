"""Setting text on sheets: how large it can be, and where its lines break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos.receipts.fonts import text_width
from pos.receipts.sheet import Weight

ELLIPSIS = "…"


def fitting(text: str, weight: Weight, size: float, room: float) -> float:
    """`size` pt, or the smaller one at which `text` is no wider than `room` mm."""
    width = text_width(text, weight, size)
    return size if width <= room else size * room / width


def lines_of(text: str, weight: Weight, size: float, room: float) -> list[str]:
    """`text` broken between words into lines of at most `room` mm; a longer word is broken inside."""
    lines = [""]
    for word in _pieces(text, weight, size, room):
        longer = f"{lines[-1]} {word}".lstrip()
        if text_width(longer, weight, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def paragraph(
    text: str, weight: Weight, room: float, steps: Sequence[tuple[float, int]]
) -> tuple[float, list[str]]:
    """`text` in the first of `steps` (pt, most lines) that holds it, else cut off in the last."""
    for size, most in steps:
        lines = lines_of(text, weight, size, room)
        if len(lines) <= most:
            return size, lines
    return size, [*lines[: most - 1], cut_off(" ".join(lines[most - 1 :]), weight, size, room)]


def cut_off(text: str, weight: Weight, size: float, room: float) -> str:
    """`text`, or its beginning with an ellipsis where `room` mm end."""
    if text_width(text, weight, size) <= room:
        return text
    kept = text
    while kept and text_width(kept + ELLIPSIS, weight, size) > room:
        kept = kept[:-1]
    return kept.rstrip() + ELLIPSIS


def _pieces(text: str, weight: Weight, size: float, room: float) -> Iterator[str]:
    for word in text.split():
        rest = word
        while text_width(rest, weight, size) > room:
            end = next(
                n for n in range(len(rest), 0, -1) if n == 1 or text_width(rest[:n], weight, size) <= room
            )
            yield rest[:end]
            rest = rest[end:]
        yield rest

"""The slip as plain text, for copying into a chat and for looking at it without paper."""

from __future__ import annotations

from collections.abc import Iterator

from pos.receipts.blocks import Band, Block, Code, Gap, Mark, Rule, Slip, Text


def slip_text(slip: Slip) -> str:
    """The slip in rows of at most its own columns, without trailing spaces; logo and bars have no text."""
    return "".join(f"{row.rstrip()}\n" for block in slip.blocks for row in _rows(block, slip.columns))


def _rows(block: Block, columns: int) -> Iterator[str]:
    match block:
        case Text(left=left, right=right, align="left"):
            yield left + right.rjust(columns - len(left))
        case Text(left=left):
            yield left.center(columns)
        case Rule():
            yield "-" * columns
        case Band():
            yield "/\\" * (columns // 2)
        case Gap():
            yield ""
        case Mark(text=text):
            yield from ("*" * columns, text.center(columns), "*" * columns)
        case Code(label=label, text=text):
            yield f"{label} {text}".center(columns)

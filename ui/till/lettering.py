"""Text inside painted things: where lines break, and which part of a name was searched for."""

from __future__ import annotations

import re

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

_MEASURE = re.compile(r"(?<=\d) (?=(?:g|kg|ml|l|cm|m)\b)")  # 500 g is never broken: DESIGN.md chapter 10

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter


def weighted(font: QFont, weight: int) -> QFont:
    """The same font in another weight (400 to 800)."""
    other = QFont(font)
    other.setWeight(QFont.Weight(weight))
    return other


def elided(text: str, metrics: QFontMetrics, width: int) -> str:
    """`text`, cut with an ellipsis where `width` px end."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)


def two_lines(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """`text` broken between words into at most two lines of `width` px, the last cut if it must be."""
    text = _MEASURE.sub("\u00a0", text)
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    words = text.split(" ")
    fits = 0
    while fits < len(words) and metrics.horizontalAdvance(" ".join(words[: fits + 1])) <= width:
        fits += 1
    if fits == 0:  # one word wider than the tile
        return [elided(text, metrics, width)]
    return [" ".join(words[:fits]), elided(" ".join(words[fits:]), metrics, width)]


def write(
    painter: QPainter, box: QRectF, text: str, font: QFont, color: QColor, align: Qt.AlignmentFlag = LEFT
) -> None:
    """One line of text in `box`, never cut by it."""
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(box, align | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip, text)

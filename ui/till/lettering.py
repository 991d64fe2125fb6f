"""Text inside painted things: where lines break, and which part of a name was searched for."""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QPainter, QStaticText, QTransform

_MEASURE = re.compile(r"(?<=\d) (?=(?:g|kg|ml|l|cm|m)\b)")  # 500 g is never broken: DESIGN.md chapter 10

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
_KEPT = 512  # texts of one font


class Type:
    """A font as lists are painted with it: what was measured, broken or laid out once is kept.

    Measuring and laying out is most of the time that a list takes to paint, and its texts come again and
    again: scroll by scroll, key by key.
    """

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetrics(font)
        self.width = lru_cache(_KEPT)(self._width)  # px of a text
        self.elided = lru_cache(_KEPT)(self._elided)  # a text cut with an ellipsis where so many px end
        self.middle_cut = lru_cache(_KEPT)(self._middle_cut)  # the same with its end: names that begin alike
        self.two_lines = lru_cache(_KEPT)(self._two_lines)  # see the function below
        self._metrics = QFontMetricsF(font)
        self._height = self._metrics.height()
        self._exact = lru_cache(_KEPT)(self._exact_width)
        self._laid = lru_cache(_KEPT)(self._lay)

    def write(
        self, painter: QPainter, box: QRectF, text: str, color: QColor, align: Qt.AlignmentFlag = LEFT
    ) -> None:
        """One line of text in the middle of `box`'s height (LEFT, RIGHT or CENTER), never cut by it."""
        x = box.left()
        if align is not LEFT:
            x += (box.width() - self._exact(text)) * (0.5 if align is CENTER else 1)
        painter.setFont(self.font)
        painter.setPen(color)
        top = box.top() + (box.height() - self._height) / 2
        painter.drawStaticText(QPointF(x, top), self._laid(text))

    # Methods of ours, not Qt's own: `lru_cache` asks for a function's description, and to write one for the
    # first function of Qt PySide reads the signatures of all, which delayed the goods by a fifth.

    def _width(self, text: str) -> int:
        return self.metrics.horizontalAdvance(text)

    def _exact_width(self, text: str) -> float:
        return self._metrics.horizontalAdvance(text)

    def _lay(self, text: str) -> QStaticText:
        laid = QStaticText(text)
        laid.setTextFormat(Qt.TextFormat.PlainText)
        laid.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
        laid.prepare(QTransform(), self.font)
        return laid

    def _middle_cut(self, text: str, room: int) -> str:
        return self.metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, room)

    def _elided(self, text: str, width: int) -> str:
        return elided(text, self.metrics, width)

    def _two_lines(self, text: str, width: int) -> list[str]:
        return two_lines(text, self.metrics, width)


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

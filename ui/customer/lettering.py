"""Text on the buyer's screen: large enough to read, smaller rather than cut, cut rather than spilt."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from ui.theme import Theme
from ui.till.lettering import LEFT, elided, two_lines, weighted, write
from ui.widgets import fitted

SMALLEST = 12  # px on the screen, however small it is: DESIGN.md chapter 3
SHRINK = 0.8  # how far words give way before they are cut


def face_font(theme: Theme, role: str, size: float, weight: int = 0) -> QFont:
    """The font of a role at `size` px of the design, in another `weight` if one is given."""
    font = theme.font(role, max(size, SMALLEST / theme.scale))
    return weighted(font, weight) if weight else font


def words(
    painter: QPainter, box: QRectF, text: str, font: QFont, color: QColor, align: Qt.AlignmentFlag = LEFT
) -> None:
    """One line of words within the width of `box`."""
    text, font = settled(text, font, int(box.width()))
    write(painter, box, text, font, color, align)


def settled(text: str, font: QFont, width: int) -> tuple[str, QFont]:
    """How `text` goes into `width` px: a little smaller if need be, then with an ellipsis."""
    smaller = fitted(font, text, width)
    least = max(min(font.pixelSize(), SMALLEST), math.ceil(font.pixelSize() * SHRINK))
    if smaller.pixelSize() >= least:
        return text, smaller
    smaller = QFont(font)
    smaller.setPixelSize(least)
    return elided(text, QFontMetrics(smaller), width), smaller


def fits(text: str, font: QFont, width: float) -> bool:
    """Whether `text` takes at most `width` px when words() has made it as small as it may."""
    return QFontMetrics(font).horizontalAdvance(text) * SHRINK <= width


def figure(
    painter: QPainter, box: QRectF, text: str, font: QFont, color: QColor, align: Qt.AlignmentFlag
) -> None:
    """An amount within the width of `box`: as small as it must be, never cut."""
    write(painter, box, text, fitted(font, text, int(box.width())), color, align)


def balanced(text: str, font: QFont, width: float) -> list[str]:
    """`text` in one line, or in two of about the same length; cut where the second is too long."""
    metrics = QFontMetrics(font)
    whole = metrics.horizontalAdvance(text)
    if whole <= width:
        return [text]
    narrow = whole / 2
    while narrow < width:
        lines = two_lines(text, metrics, int(narrow))
        if not lines[-1].endswith("…"):
            return lines
        narrow += font.pixelSize() / 2
    return two_lines(text, metrics, int(width))

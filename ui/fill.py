"""Filling a box with a colour.

Not with `fillRect(box, color)`: to find out which of its forms is meant, PySide first makes every
enumeration of `Qt`, a sixth of the time to first paint, and those of gradients.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPalette


def fill(painter: QPainter, box: QRect | QRectF, color: QColor) -> None:
    """Fill `box` with `color`; edges between two px are not smoothed."""
    painter.setBackground(brush(color))
    painter.eraseRect(box)


def brush(color: QColor) -> QBrush:
    """A brush of this colour: made by a palette, for from a colour PySide makes it the slow way too."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, color)
    return palette.window()

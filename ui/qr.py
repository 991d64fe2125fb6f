"""A QR code painted in whole px on white, so that every phone reads it."""

from __future__ import annotations

import functools

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter

QUIET = 4  # modules of white around the code: ISO/IEC 18004


@functools.lru_cache(maxsize=8)
def modules(text: str) -> tuple[bytes, ...]:
    """The rows of the code for `text`, 1 for dark, no quiet zone. Raises ValueError when it is too long."""
    import segno

    return tuple(bytes(row) for row in segno.make(text, error="m", micro=False, boost_error=False).matrix)


def paint_qr(painter: QPainter, area: QRect, text: str) -> None:
    """Paint the code for `text` as large as whole px allow in the middle of `area`, quiet zone included."""
    rows = modules(text)
    side = min(area.width(), area.height()) // (len(rows) + 2 * QUIET)
    white = QRect(0, 0, side * (len(rows) + 2 * QUIET), side * (len(rows) + 2 * QUIET))
    white.moveCenter(area.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.fillRect(white, QColor(Qt.GlobalColor.white))
    left, top = white.left() + QUIET * side, white.top() + QUIET * side
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                painter.fillRect(left + x * side, top + y * side, side, side, QColor(Qt.GlobalColor.black))
    painter.restore()

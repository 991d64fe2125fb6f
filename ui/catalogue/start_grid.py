"""The sheet of labels as a small picture: tap the first one that is still there."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.receipts.labels import FORMS, Kind
from pos.text import _
from ui.ring import Ring
from ui.theme import Theme

WIDE, HIGH = 180, 240  # px of the whole sheet, which is larger than a finger; arrows do the rest
GAP = 4
LEAST = 12  # px of a label's height


class StartGrid(QWidget):
    """`chosen` tells the place of the first label, from 1. Those before it are used up."""

    chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.form = FORMS["tag"]
        self.start = 1
        self.count = 0
        self._ring: Ring | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_start(1, 0)

    def show_kind(self, kind: Kind) -> None:
        """The sheet of these labels, from its first one on."""
        self.form = FORMS[kind]
        self.show_start(1, self.count)

    def show_start(self, start: int, count: int) -> None:
        """Begin at this place with `count` labels."""
        self.start, self.count = start, count
        self.setAccessibleName(
            _("First label: {place} of {most}").format(place=start, most=self.form.per_sheet)
        )
        self.update()

    def sizeHint(self) -> QSize:
        """All places."""
        px = self.theme.px
        return QSize(px(WIDE), px(HIGH))

    def minimumSizeHint(self) -> QSize:
        """Lower where there is little room, and all of them still there."""
        return QSize(self.sizeHint().width(), 8 * self.theme.px(LEAST + GAP))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the first label."""
        line = self.form.columns
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -line, Qt.Key.Key_Down: line}
        by = next((step for key, step in steps.items() if event.key() == key), 0)
        if by and 1 <= self.start + by <= self.form.per_sheet:
            self.chosen.emit(self.start + by)
        elif not by:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The label that was touched is the first."""
        for place in range(self.form.per_sheet):
            if self._cell(place).adjusted(-2, -2, 2, 2).contains(event.position()):
                self.chosen.emit(place + 1)
                return

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A ring where the keyboard came."""
        super().focusInEvent(event)
        if not self._ring and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._ring = Ring(self, self.theme.radius("key"), self.theme)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        if self._ring:
            self._ring.drop()
            self._ring = None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Used up: dull; to be printed: green; left over: white."""
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font("caption"))
        for place in range(self.form.per_sheet):
            gone, ours = place + 1 < self.start, place + 1 < self.start + self.count
            fill = "sunken" if gone else "primarySoft" if ours else "surface"
            first = place + 1 == self.start
            painter.setBrush(theme.color(fill))
            painter.setPen(QPen(theme.color("primary" if first else "border"), theme.px(2) if first else 1))
            cell = self._cell(place)
            painter.drawRoundedRect(cell, theme.radius("key"), theme.radius("key"))
            if not gone:
                painter.setPen(theme.color("onPrimarySoft" if ours else "text3"))
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(place + 1))

    def _cell(self, place: int) -> QRectF:
        px = self.theme.px
        row, column = divmod(place, self.form.columns)
        wide, high = px(WIDE) // self.form.columns, min(px(HIGH), self.height()) // self.form.rows
        return QRectF(column * wide + 1, row * high + 1, wide - px(GAP) - 1, high - px(GAP) - 1)

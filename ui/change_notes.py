"""Which notes and coins to hand out for an amount."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.money import Rupiah, plain
from pos.payments import change_notes
from pos.text import _
from ui.theme import Theme


class ChangeNotes(QWidget):
    """Which notes and coins to hand back, as pills in as many rows as they need."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._notes: tuple[tuple[str, str], ...] = ()
        self._count = theme.font("price")
        self._value = theme.font("bodyLarge")
        self._hint = theme.font("body")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_amount(self, amount: Rupiah) -> None:
        """Pills for `amount` Rupiah; none for 0."""
        self._notes = tuple((plain(count), f"× {plain(note)}") for note, count in change_notes(amount))
        self.setAccessibleName(", ".join(f"{count} {value}" for count, value in self._notes))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(self._theme.px(300), self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        """As many rows as the pills need."""
        places = self._places(width)
        return max((place.bottom() + 1 for place in places), default=0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Each pill, then what they are."""
        theme, middle = self._theme, Qt.AlignmentFlag.AlignVCenter
        places = self._places(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for (count, value), place in zip(self._notes, places, strict=False):
            painter.setBrush(theme.color("surface"))
            painter.setPen(QPen(theme.color("border"), 1))
            radius = place.height() / 2
            painter.drawRoundedRect(place.adjusted(0, 0, -1, -1), radius, radius)
            painter.setPen(theme.color("text"))
            painter.setFont(self._count)
            text = place.adjusted(theme.px(14), 0, 0, 0)
            painter.drawText(text, middle, count)
            painter.setFont(self._value)
            shift = QFontMetrics(self._count).horizontalAdvance(count) + theme.px(7)
            painter.drawText(text.adjusted(shift, 0, 0, 0), middle, value)
        if self._notes:
            painter.setPen(theme.color("text3"))
            painter.setFont(self._hint)
            painter.drawText(places[-1], middle, _("suggested notes"))

    def _places(self, width: int) -> list[QRect]:
        """Where each pill goes, and last the words behind them."""
        if not self._notes:
            return []
        theme = self._theme
        height, gap = theme.px(44), theme.px(8)
        counts, values = QFontMetrics(self._count), QFontMetrics(self._value)
        widths = [
            counts.horizontalAdvance(count) + values.horizontalAdvance(value) + theme.px(7 + 2 * 14)
            for count, value in self._notes
        ]
        widths.append(QFontMetrics(self._hint).horizontalAdvance(_("suggested notes")) + theme.px(8))
        places, corner = [], QPoint(0, 0)
        for wide in widths:
            if corner.x() and corner.x() + wide > width:
                corner = QPoint(0, corner.y() + height + gap)
            places.append(QRect(corner, QSize(wide, height)))
            corner += QPoint(wide + gap, 0)
        return places

"""The green side of the signing-in screen: emblem, motif, and which booth on which day of the exhibition."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter

from pos.text import _, clock_time, long_date, short_date
from ui.app import App
from ui.people.green_side import GreenSide
from ui.till.lettering import LEFT, RIGHT, weighted, write

LINE = 23  # px of one line about the day
WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)


class SidePanel(GreenSide):
    """The card says where one is, and what day it is."""

    def __init__(self, app: App) -> None:
        super().__init__(app.theme)
        self.app = app
        self._tick = QTimer(self, interval=10_000)
        self._tick.timeout.connect(self.update)
        self._tick.start()
        self.setAccessibleName(", ".join(filter(None, (app.device.event.name, app.device.name, self._host))))

    @property
    def _host(self) -> str:
        """Whose booth it is; an office is nobody's."""
        return "" if self.app.office else self.app.institution.name

    def paint_words(self, painter: QPainter) -> None:
        """The card."""
        theme, px, device = self.theme, self.theme.px, self.app.device
        side = self.side()
        width = self.width() - 2 * side
        inner = width - 2 * px(24)
        small, large = theme.font("bodyLarge", 15), weighted(theme.font("bodyLarge", 17), 600)
        event = self._height(device.event.name, inner, QFontMetrics(small))
        booth = theme.font("heading", 28)
        title = max(self._height(device.name, inner, QFontMetrics(booth)), px(36))
        place = self._height(self._host, inner, QFontMetrics(large)) if self._host else 0
        day = LINE * (2 if self._wide(inner) else 3)
        height = px(20) + event + title + place + px(16 + 16 + day + 18)
        card = QRectF(side, self.height() - px(60) - height, width, height)
        line = self.paint_card(painter, card)
        x, y = card.left() + px(24), card.top() + px(20)
        pale, bright = theme.color("onRail"), theme.color("onRailActive")
        painter.setFont(small)
        painter.setPen(pale)
        painter.drawText(QRectF(x, y, inner, event), WRAP, device.event.name)
        y += event
        painter.setFont(booth)
        painter.setPen(bright)
        painter.drawText(QRectF(x, y, inner, title), WRAP, device.name)
        y += title
        painter.setFont(large)
        painter.drawText(QRectF(x, y, inner, place), WRAP, self._host)
        y += place + px(16)
        painter.setPen(line)
        painter.drawLine(int(x), int(y), int(x + inner), int(y))
        self._paint_day(painter, QRectF(x, y + px(16), inner, px(LINE)))

    def _wide(self, inner: int) -> bool:
        """Whether the date in full and the time stand side by side in `inner` px."""
        date = long_date(self.app.clock.now().date())
        font = self.theme.font("bodyLarge", 15)
        return QFontMetrics(font).horizontalAdvance(date) <= inner - self.theme.px(64)

    def _paint_day(self, painter: QPainter, line: QRectF) -> None:
        """Date and time, the day of the exhibition below; in a narrow panel the time below that."""
        theme, event = self.theme, self.app.device.event
        now, wide = self.app.clock.now(), self._wide(int(line.width()))
        font, pale, bright = theme.font("bodyLarge", 15), theme.color("onRail"), theme.color("onRailActive")
        time = (clock_time(now), theme.font("price", 18), bright)
        if wide:
            write(painter, line, *time, RIGHT)
        else:
            write(painter, line.translated(0, 2 * line.height()), *time, LEFT)
        date = long_date(now.date()) if wide else short_date(now.date())
        write(painter, line, date, font, pale, LEFT)
        day, days = (now.date() - event.start).days + 1, (event.end - event.start).days + 1
        if 1 <= day <= days:
            words = _("Day {day} of {days}").format(day=day, days=days)
            write(painter, line.translated(0, line.height()), words, font, pale, LEFT)

    @staticmethod
    def _height(text: str, width: int, metrics: QFontMetrics) -> int:
        return metrics.boundingRect(QRect(0, 0, width, 1000), WRAP, text).height()

"""The green side of the signing-in screen: emblem, motif, and which booth on which day of the exhibition."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from pos.text import _, clock_time, long_date, short_date
from ui.app import App
from ui.customer.ground import paint_band
from ui.pictures import illustration
from ui.till.lettering import LEFT, RIGHT, elided, weighted, write

MOTIF, BAND = 96, 36  # px, always multiples of 24 (DESIGN.md chapter 13)
LINE = 23  # px of one line about the day
WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)


class SidePanel(QWidget):
    """Painted whole; nothing on it can be pressed."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        self.theme = app.theme
        self._tick = QTimer(self, interval=10_000)
        self._tick.timeout.connect(self.update)
        self._tick.start()
        self.setAccessibleName(f"{app.device.event.name}, {app.device.name}, {app.institution.name}")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, motif, band, emblem, card."""
        theme, px, ratio = self.theme, self.theme.px, self.devicePixelRatioF()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("rail"))
        painter.setOpacity(0.11)
        painter.drawTiledPixmap(self.rect(), illustration("motif-lepus", MOTIF, MOTIF, ratio))
        painter.setOpacity(1)
        paint_band(painter, self.rect(), theme, "bottom", BAND)
        head = QRectF(px(34), px(30), px(188), px(72))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("rail"))
        painter.drawRoundedRect(head, theme.radius("card"), theme.radius("card"))
        emblem = px(52)
        painter.drawPixmap(px(44), px(40), illustration("lambang-lapak-gelap", emblem, emblem, ratio))
        name = QRectF(px(110), head.top(), px(110), head.height())
        write(painter, name, "Lapak", theme.font("heading", 34), theme.color("onRailActive"))
        self._paint_card(painter)

    def _paint_card(self, painter: QPainter) -> None:
        theme, px, device = self.theme, self.theme.px, self.app.device
        side = px(44 if self.width() >= px(400) else 20)
        width = self.width() - 2 * side
        inner = width - 2 * px(24)
        small, large = theme.font("bodyLarge", 15), weighted(theme.font("bodyLarge", 17), 600)
        event = self._height(device.event.name, inner, QFontMetrics(small))
        place = self._height(self.app.institution.name, inner, QFontMetrics(large))
        day = LINE * (2 if self._wide(inner) else 3)
        height = px(20) + event + px(36) + place + px(16 + 16 + day + 18)
        card = QRectF(side, self.height() - px(60) - height, width, height)
        painter.setBrush(theme.color("rail"))
        edge = theme.color("railAccent")
        edge.setAlphaF(0.35)
        painter.setPen(QPen(edge, 1))
        radius = theme.radius("sheet")
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        x, y = card.left() + px(24), card.top() + px(20)
        pale, bright = theme.color("onRail"), theme.color("onRailActive")
        painter.setFont(small)
        painter.setPen(pale)
        painter.drawText(QRectF(x, y, inner, event), WRAP, device.event.name)
        y += event
        booth = theme.font("heading", 28)
        name = elided(device.name, QFontMetrics(booth), inner)
        write(painter, QRectF(x, y, inner, px(36)), name, booth, bright)
        y += px(36)
        painter.setFont(large)
        painter.setPen(bright)
        painter.drawText(QRectF(x, y, inner, place), WRAP, self.app.institution.name)
        y += place + px(16)
        painter.setPen(QPen(edge, 1))
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

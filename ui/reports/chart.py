"""Bars of hours or of days, with the former ones in grey behind them. Each can be gone to and is read out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy

from pos.money import short_amount
from pos.reports.drawn import scale_of, short_name, told_of
from pos.reports.overview import Bar
from ui.reports.choosable import Choosable
from ui.theme import Theme
from ui.till.lettering import CENTER, RIGHT, weighted, write

AXIS, BELOW, ABOVE = 48, 30, 8  # px for the amounts at the left, the hours below, the value over a bar
GREY, OWN = 38, 26  # px of a bar at most


class Chart(Choosable):
    """Left and Right go from bar to bar; what a bar stands for is shown over it and read out."""

    shows_first = True
    back, forth = Qt.Key.Key_Left, Qt.Key.Key_Right

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.bars: Sequence[Bar] = ()
        self._said = ""  # in place of the bars
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFont(theme.font("caption"))

    def sizeHint(self) -> QSize:
        """It takes what room there is."""
        return QSize(self.theme.px(420), self.theme.px(200))

    def minimumSizeHint(self) -> QSize:
        """What can still be read."""
        return QSize(self.theme.px(220), self.theme.px(112))

    def show_bars(self, bars: Sequence[Bar], name: str, said: str = "") -> None:
        """Other bars; `said` is why there are none."""
        self.bars, self._said = bars, said
        self.chosen = None
        told = said or ", ".join(told_of(bar) for bar in bars if bar.total or bar.before)
        self.setAccessibleName(name)
        self.setAccessibleDescription(told)
        self.update()

    def count(self) -> int:
        """The bars."""
        return len(self.bars)

    def place(self, number: int) -> QRectF:
        """The whole height of it."""
        return self._slot(number)

    def told(self, number: int) -> str:
        """Its hour or day, and how much."""
        return told_of(self.bars[number])

    def opens(self, number: int) -> bool:
        """Where anything was sold."""
        return bool(self.bars[number].total)

    def first(self) -> int:
        """The largest."""
        return max(range(len(self.bars)), key=lambda n: self.bars[n].total)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lines, bars, hours, the value of the largest or the chosen one."""
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._said or not self.bars:
            write(painter, QRectF(self.rect()), self._said, theme.font("body"), theme.color("text2"), CENTER)
            return
        top = scale_of(self.bars)
        for line in range(top[1] + 1):
            amount = line * top[0]
            y = self._y(amount, top)
            painter.fillRect(QRectF(px(AXIS), y, self.width() - px(AXIS), 1), theme.color("chartGrid"))
            words = QRectF(0, y - px(8), px(AXIS - 8), px(16))
            write(painter, words, short_amount(amount), self.font(), theme.color("text3"), RIGHT)
        for place, bar in enumerate(self.bars):
            self._paint_bar(painter, place, bar, top)
        self._paint_names(painter)
        shown = self.first() if self.chosen is None else self.chosen
        self._paint_value(painter, shown, top)
        if self.hasFocus() and self.chosen is None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), px(2)))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), px(8), px(8))

    def _paint_bar(self, painter: QPainter, place: int, bar: Bar, top: tuple[int, int]) -> None:
        theme, px = self.theme, self.theme.px
        slot = self._slot(place)
        base = self._y(0, top)
        painter.setPen(Qt.PenStyle.NoPen)
        if bar.before:
            width = min(px(GREY), slot.width() * 0.72)
            self._column(painter, slot.center().x(), width, self._y(bar.before, top), base, "sunken")
        if bar.total > 0:
            color = "chart2" if bar.now else "chart1"
            width = min(px(OWN if bar.before is not None else GREY), slot.width() * 0.56)
            self._column(painter, slot.center().x(), max(width, 1), self._y(bar.total, top), base, color)
        if place == self.chosen:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), px(2)))
            width = min(px(GREY) + px(8), slot.width())
            frame = QRectF(slot.center().x() - width / 2, px(ABOVE) - px(4), width, base - px(ABOVE) + px(6))
            painter.drawRoundedRect(frame, px(6), px(6))

    def _column(
        self, painter: QPainter, middle: float, width: float, above: float, base: float, color: str
    ) -> None:
        radius = min(self.theme.px(4), width / 3)
        path = QPainterPath()
        path.addRoundedRect(QRectF(middle - width / 2, above, width, base - above + radius), radius, radius)
        painter.save()
        painter.setClipRect(QRectF(middle - width / 2, above, width, base - above))
        painter.fillPath(path, self.theme.color(color))
        painter.restore()

    def _paint_names(self, painter: QPainter) -> None:
        """Below the bars, as many as there is room for."""
        theme, px = self.theme, self.theme.px
        wide = QFontMetrics(self.font()).horizontalAdvance(max((short_name(b) for b in self.bars), key=len))
        every = 1
        while every * self._slot(0).width() < wide + px(6):
            every += 1
        for place, bar in enumerate(self.bars):
            if place % every and not bar.now:
                continue
            if bar.now or not any(
                near.now for near in self.bars[max(place - every + 1, 0) : place + every] if every > 1
            ):
                slot = self._slot(place)
                box = QRectF(slot.center().x() - px(30), self.height() - px(22), px(60), px(18))
                font = weighted(self.font(), 800) if bar.now else self.font()
                write(
                    painter, box, short_name(bar), font, theme.color("text" if bar.now else "text2"), CENTER
                )

    def _paint_value(self, painter: QPainter, place: int, top: tuple[int, int]) -> None:
        bar, px = self.bars[place], self.theme.px
        if place == self.chosen:
            words, font = told_of(bar), weighted(self.theme.font("label"), 700)
            width = QFontMetrics(font).horizontalAdvance(words) + px(16)
            x = min(max(self._slot(place).center().x() - width / 2, 0), self.width() - width)
            box = QRectF(x, 0, width, px(22))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color("toastBg"))
            painter.drawRoundedRect(box, px(6), px(6))
            write(painter, box, words, font, self.theme.color("toastText"), CENTER)
        elif bar.total > 0:
            font = weighted(self.theme.font("caption"), 800)
            box = QRectF(
                self._slot(place).center().x() - px(40), self._y(bar.total, top) - px(20), px(80), px(18)
            )
            write(painter, box, short_amount(bar.total), font, self.theme.color("text"), CENTER)

    def _slot(self, place: int) -> QRectF:
        px = self.theme.px
        width = (self.width() - px(AXIS)) / max(len(self.bars), 1)
        return QRectF(px(AXIS) + place * width, 0, width, self.height())

    def _y(self, amount: int, top: tuple[int, int]) -> float:
        px = self.theme.px
        room = self.height() - px(ABOVE) - px(BELOW)
        return px(ABOVE) + room * (1 - max(amount, 0) / (top[0] * top[1]))

"""Small painted parts of the page: the bar of progress, the five steps, a tile with a figure."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pos.course import STEPS
from ui.icons import icon_pixmap
from ui.plain_tip import plain_tip
from ui.sync.words import step_names
from ui.theme import Theme
from ui.till.lettering import LEFT, weighted, write
from ui.widgets import FitLabel, Panel, label

BAR = 10  # px


class ProgressBar(QWidget):
    """How much of the whole is done, in percent."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.percent = 0
        self.setFixedHeight(theme.px(BAR))

    def show_percent(self, percent: int) -> None:
        """Another share, 0 to 100."""
        self.percent = percent
        self.setAccessibleName(f"{percent} %")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A groove, and what is done of it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.height() / 2
        whole = QRectF(self.rect())
        painter.setBrush(self.theme.color("sunken"))
        painter.drawRoundedRect(whole, radius, radius)
        if self.percent:
            done = max(whole.width() * self.percent / 100, whole.height())
            painter.setBrush(self.theme.color("primary"))
            painter.drawRoundedRect(QRectF(0, 0, done, whole.height()), radius, radius)


class StepsRow(QWidget):
    """The steps of a hand-over: those that are done, the one it is in, those to come."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._now = 0
        self._font = theme.font("label")
        self.setFixedHeight(theme.px(22))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_step(self, step: str) -> None:
        """It is in this one of STEPS; all are done with another word."""
        self._now = STEPS.index(step) if step in STEPS else len(STEPS)
        self.setAccessibleName(step_names().get(step, ""))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A mark and a name each; where there is no room only the present one is named."""
        painter, px, size = QPainter(self), self.theme.px, self.theme.px(18)
        names, metrics = step_names(), QFontMetrics(self._font)
        gap, x = px(20), 0
        widths = [size + px(7) + metrics.horizontalAdvance(names[step]) + gap for step in STEPS]
        short = sum(widths) - gap > self.width()
        for place, step in enumerate(STEPS):
            icon, color, ink = ("circle", "text3", "text3")
            if place < self._now:
                icon, color, ink = "circle-check", "primary", "text"
            elif place == self._now:
                icon, color, ink = "loader-circle", "goldStrong", "text"
            picture = icon_pixmap(icon, size, self.theme.color(color), self.devicePixelRatioF())
            painter.drawPixmap(x, (self.height() - size) // 2, picture)
            if short and place != self._now:
                x += size + px(10)
                continue
            box = QRectF(x + size + px(7), 0, widths[place], self.height())
            write(painter, box, names[step], self._font, self.theme.color(ink), LEFT)
            x += widths[place]


class Figure(Panel):
    """A tile: what it is called, and how it stands."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__(theme, fill="surfaceAlt", radius="control")
        self._name = name
        self.value = FitLabel("button", theme, size=15)
        self.value.setFont(weighted(theme.font("button", 15), 800))
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(12), theme.px(8), theme.px(10), theme.px(8))
        column.setSpacing(0)
        column.addWidget(label(name, "caption", theme, color="text2"))
        column.addWidget(self.value)
        self.show_value("–")

    def show_value(self, value: str, more: str = "") -> None:
        """Another value; `more` is told where the pointer rests."""
        self.value.setText(value)
        self.setAccessibleName(f"{self._name}: {value}")
        self.setToolTip(plain_tip(more))


class Roundel(QWidget):
    """An icon on a disc, 40 px."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._icon, self._fill, self._ink = "refresh-cw", "primarySoft", "primary"
        self.setFixedSize(theme.px(40), theme.px(40))

    def show_as(self, icon: str, fill: str, ink: str) -> None:
        """Another icon in other colours, by their names."""
        self._icon, self._fill, self._ink = icon, fill, ink
        self.update()

    def sizeHint(self) -> QSize:
        """Its size."""
        return self.minimumSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Disc and icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(Qt.PenStyle.NoPen))
        painter.setBrush(self.theme.color(self._fill))
        painter.drawEllipse(self.rect())
        size = self.theme.px(20)
        picture = icon_pixmap(self._icon, size, self.theme.color(self._ink), self.devicePixelRatioF())
        painter.drawPixmap((self.width() - size) // 2, (self.height() - size) // 2, picture)

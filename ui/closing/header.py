"""The head of the page: its title, the three steps, and what can be done beside them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos.text import _
from ui.icons import icon_pixmap
from ui.theme import Theme
from ui.till.lettering import weighted
from ui.widgets import Button, label

DISC, GAP, LINE = 28, 8, 28  # px at 100 %


class StepBar(QWidget):
    """Steps one after the other: ticked behind us, golden where we are, grey ahead. Narrow, only discs."""

    def __init__(self, names: tuple[str, ...], theme: Theme) -> None:
        super().__init__()
        self._names = names
        self._theme = theme
        self._now = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(theme.px(DISC) + 2)

    def set_step(self, now: int) -> None:
        """We are at step `now`, from 0; one more than there are: all is done."""
        self._now = now
        at = min(now, len(self._names) - 1)
        words = _("Step {number} of {steps}: {name}")
        self.setAccessibleName(words.format(number=at + 1, steps=len(self._names), name=self._names[at]))
        self.update()

    def minimumSizeHint(self) -> QSize:
        """The discs alone."""
        count = len(self._names)
        return QSize(count * self._theme.px(DISC) + (count - 1) * self._theme.px(LINE), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Disc, name, line, and so on."""
        theme, px = self._theme, self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bold, plain = weighted(theme.font("body"), 700), weighted(theme.font("body"), 600)
        widths = [
            QFontMetrics(bold if place == self._now else plain).horizontalAdvance(name)
            for place, name in enumerate(self._names)
        ]
        full = sum(widths) + len(widths) * px(DISC + GAP) + (len(widths) - 1) * px(LINE + 2 * GAP)
        named = full <= self.width()
        x = 0.0
        for place, name in enumerate(self._names):
            self._paint_disc(painter, x, place)
            x += px(DISC)
            if named:
                painter.setFont(bold if place == self._now else plain)
                painter.setPen(theme.color("text" if place == self._now else "text2"))
                area = QRectF(x + px(GAP), 0, widths[place] + px(4), self.height())
                painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, name)
                x += px(GAP) + widths[place]
            if place + 1 < len(self._names):
                painter.setPen(QPen(theme.color("borderStrong"), 1))
                middle = self.height() / 2
                painter.drawLine(round(x + px(GAP)), round(middle), round(x + px(GAP + LINE)), round(middle))
                x += px(LINE + 2 * GAP)

    def _paint_disc(self, painter: QPainter, x: float, place: int) -> None:
        theme, px = self._theme, self._theme.px
        done, now = place < self._now, place == self._now
        disc = QRectF(x, 1, px(DISC), px(DISC))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("primary" if done else "gold" if now else "sunken"))
        painter.drawEllipse(disc)
        if done:
            size = px(16)
            tick = icon_pixmap("check", size, theme.color("onPrimary"), self.devicePixelRatioF())
            painter.drawPixmap(round(disc.center().x() - size / 2), round(disc.center().y() - size / 2), tick)
            return
        painter.setPen(theme.color("onGold" if now else "text3"))
        painter.setFont(weighted(theme.font("label"), 700))
        painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(place + 1))


class Header(QWidget):
    """Title, steps, and buttons at the right; `buttons` from left to right."""

    def __init__(self, theme: Theme, buttons: tuple[Button, ...]) -> None:
        super().__init__()
        names = (_("Count the money"), _("Compare"), _("Z report"))
        self.steps = StepBar(names, theme)
        title = label(_("Close the till"), "heading", theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.setMinimumHeight(theme.size("button"))
        row.setSpacing(theme.px(4))
        row.addWidget(title)
        row.addSpacing(theme.px(16))
        row.addWidget(self.steps, 1)
        for button in buttons:
            row.addWidget(button)

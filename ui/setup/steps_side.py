"""The green side of the assistant: what it is for, and which step of the four one is at."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from pos.text import _
from ui.icons import icon_pixmap
from ui.people.green_side import GreenSide
from ui.theme import Theme
from ui.till.lettering import CENTER, LEFT, elided, weighted, write

DISC, ROW = 34, 61  # px
WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignLeft) | int(Qt.AlignmentFlag.AlignTop)


def step_names() -> tuple[tuple[str, str], ...]:
    """Each step, and what it asks for."""
    return (
        (_("The booth's device"), _("Exhibition, institution, booth name")),
        (_("People & PINs"), _("Cashiers and the head of the booth")),
        (_("Goods & stock"), _("From the central file")),
        (_("Printer & display"), _("Receipts, buyer's screen")),
    )


def office_steps() -> tuple[tuple[str, str], ...]:
    """The same of an office."""
    return ((_("Central file"), _("A file, or a database")),)


class StepsSide(GreenSide):
    """Painted whole; the step one is at is golden, those that are done have a tick."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._step = 0
        self.show_step(0)

    def show_step(self, step: int, *, office: bool = False) -> None:
        """Which step one is at, from 0, of a booth or of an office."""
        self._step, self._names = step, office_steps() if office else step_names()
        self._heading = _("Set up the office") if office else _("Set up the booth")
        self._words = (
            _("All booths come together here. Nothing is sold with it.")
            if office
            else _("About three minutes. Everything can be changed later in the settings.")
        )
        title, hint = self._names[step]
        self.setAccessibleName(f"{self._heading}. {step + 1}: {title}. {hint}")
        self.update()

    def paint_words(self, painter: QPainter) -> None:
        """The title, and the steps in a card above the band."""
        theme, px, side = self.theme, self.theme.px, self.side()
        title = QRectF(side - px(10), px(132), self.width() - 2 * side + px(20), px(110))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("rail"))
        painter.drawRoundedRect(title, theme.radius("card"), theme.radius("card"))
        line = title.adjusted(px(10), px(12), 0, 0)
        line.setHeight(px(34))
        heading = theme.font("heading", 26)
        write(painter, line, self._heading, heading, theme.color("onRailActive"))
        painter.setFont(theme.font("bodyLarge"))
        painter.setPen(theme.color("onRail"))
        painter.drawText(title.adjusted(px(10), px(50), -px(6), 0), WRAP, self._words)
        count = len(self._names)
        height = px(20 + ROW * count)
        room = self.height() - px(70) - title.bottom() - px(8)
        row = px(ROW) if height <= room else int((room - px(20)) / count)
        height = px(20) + row * count
        card = QRectF(side, self.height() - px(70) - height, self.width() - 2 * side, height)
        self.paint_card(painter, card)
        for number in range(count):
            top = card.top() + px(10) + number * row
            self._paint_step(painter, QRectF(card.left(), top, card.width(), row), number)

    def _paint_step(self, painter: QPainter, box: QRectF, number: int) -> None:
        theme, px = self.theme, self.theme.px
        here, done = number == self._step, number < self._step
        disc = QRectF(box.left() + px(20), box.center().y() - px(DISC) / 2, px(DISC), px(DISC))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("railAccent" if here else "railActive"))
        painter.drawEllipse(disc)
        if done:
            size = px(18)
            tick = icon_pixmap("check", size, theme.color("onRailActive"), self.devicePixelRatioF())
            corner = disc.center().toPoint() - QRect(0, 0, size - 1, size - 1).center()
            painter.drawPixmap(corner, tick)
        else:
            digit = weighted(theme.font("bodyLarge", 15), 700)
            ink = theme.color("rail" if here else "onRail")
            write(painter, disc, str(number + 1), digit, ink, CENTER)
        name, hint = self._names[number]
        left = disc.right() + px(14)
        room = int(box.right() - left - px(8))
        strong, small = weighted(theme.font("bodyLarge"), 700), theme.font("label")
        upper = QRectF(left, box.center().y() - px(22), room, px(24))
        lower = QRectF(left, upper.bottom() - px(1), room, px(18))
        bright = theme.color("onRailActive" if here else "onRail")
        write(painter, upper, elided(name, QFontMetrics(strong), room), strong, bright, LEFT)
        write(painter, lower, elided(hint, QFontMetrics(small), room), small, theme.color("onRail"), LEFT)

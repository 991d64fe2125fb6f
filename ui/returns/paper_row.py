"""One receipt or return in the list: number, when, who, what, how much, and what became of it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy

from pos.money import rupiah
from pos.sales_search import Found
from pos.text import _, clock_time, short_date
from ui.pressable import Look, Pressable
from ui.theme import Theme
from ui.till.lettering import CENTER, LEFT, RIGHT, elided, weighted, write

HEIGHT, BAR, SIDE = 68, 4, 16  # px
_PLAIN = Look("", "surfaceAlt", "sunken", "text")
_CHOSEN = Look("primarySoft", "primarySoftHover", "primarySoftHover", "text")
_PILLS = {"cancelled": ("dangerSoft", "onDangerSoft"), "returned": ("warnSoft", "onWarnSoft")}
_PILLS |= {"refund": ("warnSoft", "onWarnSoft"), "void": ("dangerSoft", "onDangerSoft")}


def state_name(state: str) -> str:
    """What became of a sale, or what kind of paper it is, in a word; nothing of a plain sale."""
    return {
        "cancelled": _("Cancelled"),
        "returned": _("Partly returned"),
        "refund": _("Return"),
        "void": _("Cancellation"),
    }.get(state, "")


class PaperRow(Pressable):
    """Painted whole; checked it is the one whose lines are shown."""

    def __init__(self, found: Found, today: date, theme: Theme) -> None:
        super().__init__("", "ghost", 0, theme)
        self.found = found
        self._state = found.state or ("" if found.kind == "sale" else found.kind)
        when = clock_time(found.at)
        if found.day != today:
            when = f"{short_date(found.day)} {when}"
        self._about = " · ".join((when, found.cashier, ", ".join(found.goods)))
        self._amount = rupiah(found.total if found.kind == "sale" else -found.total)
        words = (found.number, state_name(self._state), self._about, self._amount)
        self.setAccessibleName(", ".join(word for word in words if word))
        self.setCheckable(True)
        self.setFixedHeight(theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the search field takes the arrows
        self.setFont(theme.font("itemName", 15))
        self._sum = weighted(theme.font("bodyLarge", 15), 800)
        self._small = weighted(theme.font("label"), 500)
        self._pill = theme.font("caption")

    def sizeHint(self) -> QSize:
        """As wide as the list."""
        return QSize(0, self.height())

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Above number, state and amount; below the rest."""
        px, theme = self.theme.px, self.theme
        painter.fillRect(QRect(0, rect.bottom(), rect.width(), 1), theme.color("border"))
        if self.isChecked():
            painter.fillRect(QRect(0, 0, px(BAR), rect.height()), theme.color("primary"))
        upper = QRectF(px(SIDE), px(12), rect.width() - 2 * px(SIDE), px(22))
        write(painter, upper, self.found.number, self.font(), theme.color("text"), LEFT)
        write(painter, upper, self._amount, self._sum, theme.color("text"), RIGHT)
        if self._state:
            words = state_name(self._state)
            left = upper.left() + QFontMetrics(self.font()).horizontalAdvance(self.found.number) + px(10)
            width = QFontMetrics(self._pill).horizontalAdvance(words) + px(16)
            pill = QRectF(left, upper.top(), width, px(22))
            fill, ink = _PILLS[self._state]
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(fill))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            write(painter, pill, words, self._pill, theme.color(ink), CENTER)
        lower = upper.translated(0, px(23))
        about = elided(self._about, QFontMetrics(self._small), int(lower.width()))
        write(painter, lower, about, self._small, theme.color("text2"), LEFT)

    def _paint_body(self, painter: QPainter) -> None:
        self.look = _CHOSEN if self.isChecked() else _PLAIN
        super()._paint_body(painter)

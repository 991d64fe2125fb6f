"""Buttons of the payment sheet: a way to pay, the exact amount, an amount the buyer may hand over."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from pos.model import Payment
from pos.money import rupiah
from pos.text import _
from ui.icons import icon_pixmap
from ui.marks import keycap_size, paint_keycap
from ui.pressable import Look, Pressable
from ui.theme import Theme
from ui.widgets import fitted

_CHOSEN = Look("primarySoft", "primarySoftHover", "primarySoftHover", "onPrimarySoft", "primary", "primary")
_TYPED = _CHOSEN._replace(ink="text", line=2)
_METHOD = Look("", "sunken", "sunken", "text")
_AMOUNT = Look("surface", "surfaceAlt", "sunken", "text", "borderStrong", "borderInput")
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_TOP = Qt.AlignmentFlag.AlignTop
_BOTTOM = Qt.AlignmentFlag.AlignBottom


class MethodButton(Pressable):
    """One way to pay; checked while its page is shown."""

    def __init__(self, text: str, icon: str, keycap: str, theme: Theme) -> None:
        super().__init__(text, "ghost", theme.radius("control"), theme)
        self._icon = icon
        self._size = theme.px(22)
        self._pad = theme.px(15)
        self._gap = theme.px(11)
        self._keycap = keycap
        self._key = keycap_size(keycap, theme).width() if keycap else 0
        self.setCheckable(True)
        self.setFont(theme.font("button", 15))
        self.setAccessibleDescription(keycap)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """As wide as all in it; 60 px high, 48 where room is short."""
        wide = max(QFontMetrics(self.font()).horizontalAdvance(line) for line in self._lines())
        return QSize(self._before_text() + wide + self._key + 2 * self._gap, self.theme.px(60))

    def minimumSizeHint(self) -> QSize:
        """Icon and word."""
        return QSize(self.theme.px(96), self.theme.size("touchMin"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """As chosen or not."""
        self.look = _CHOSEN if self.isChecked() else _METHOD
        super().paintEvent(event)

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Icon, word; the key hint at the far end if it fits. Two words stand below each other."""
        lines = self._lines()
        wide = max(QFontMetrics(self.font()).horizontalAdvance(line) for line in lines)
        with_key = self._before_text() + wide + self._key + 3 * self._gap // 2 <= rect.width()
        middle = (rect.width() - self._size - self._gap - wide) // 2
        x = max(min(self._pad, middle), self._gap // 2)
        pixmap = icon_pixmap(self._icon, self._size, self.ink(), self.devicePixelRatioF())
        painter.drawPixmap(x, rect.center().y() + 1 - self._size // 2, pixmap)
        x += self._size + self._gap
        painter.setFont(fitted(self.font(), max(lines, key=len), rect.width() - x - self._gap // 2))
        high = self.theme.px(18)
        top = rect.center().y() + 1 - len(lines) * high // 2
        for place, line in enumerate(lines):
            painter.drawText(QRect(x, top + place * high, rect.width(), high), _LEFT, line)
        if with_key and self._keycap:
            left = QPointF(rect.width() - self._gap - self._key, rect.center().y() + 1)
            paint_keycap(painter, left, self._keycap, self.theme, ("sunken", self.theme.color("text3")))

    def _lines(self) -> list[str]:
        return self.text().split(" ", 1)

    def _before_text(self) -> int:
        return self._pad + self._size + self._gap


class AmountButton(Pressable):
    """One tap that pays: an amount and what goes back for it. The exact one carries its name and its key."""

    def __init__(self, payment: Payment, theme: Theme, *, keycap: str = "") -> None:
        exact = payment.change == 0
        self._amount = rupiah(payment.tendered)
        self._below = _("Exact cash") if exact else _("Change {amount}").format(amount=rupiah(payment.change))
        super().__init__(f"{self._amount}, {self._below}", "secondary", theme.radius("tile"), theme)
        self.payment = payment
        self._exact = exact
        self._keycap = keycap
        self._chosen = False
        self.setFont(theme.font("buttonLarge", 22))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleDescription(keycap)

    def set_chosen(self, chosen: bool) -> None:
        """Show whether this is the amount that has been typed."""
        self._chosen = chosen
        self.update()

    def sizeHint(self) -> QSize:
        """80 px high, down to 52 where room is short."""
        return QSize(self.theme.px(120), self.theme.px(76 if self._exact else 80))

    def minimumSizeHint(self) -> QSize:
        """Two lines."""
        return QSize(self.theme.px(96), self.theme.px(52))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The exact amount and the typed one stand out."""
        self.look = _TYPED if self._chosen else _CHOSEN if self._exact else _AMOUNT
        super().paintEvent(event)

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """One line for the exact amount, two for the others."""
        if self._exact:
            self._paint_exact(painter, rect.adjusted(self.theme.px(20), 0, -self.theme.px(20), 0))
            return
        inner = rect.adjusted(self.theme.px(8), 0, -self.theme.px(8), 0)
        centre = Qt.AlignmentFlag.AlignHCenter
        half = inner.height() // 2 + self.theme.px(3)
        painter.setFont(fitted(self.font(), self._amount, inner.width()))
        painter.drawText(inner.adjusted(0, 0, 0, half - inner.height()), centre | _BOTTOM, self._amount)
        painter.setFont(fitted(self.theme.font("label"), self._below, inner.width()))
        painter.setPen(self.theme.color("text2"))
        painter.drawText(inner.adjusted(0, half, 0, 0), centre | _TOP, self._below)

    def _paint_exact(self, painter: QPainter, rect: QRect) -> None:
        theme = self.theme
        name = theme.font("buttonLarge", 20)
        taken = QFontMetrics(name).horizontalAdvance(self._below) + theme.px(12)
        key = keycap_size(self._keycap, theme).width() if self._keycap else 0
        needed = taken + painter.fontMetrics().horizontalAdvance(self._amount) + key + theme.px(10)
        if key and needed <= rect.width():
            left = QPointF(rect.right() + 1 - key, rect.center().y() + 1)
            paint_keycap(painter, left, self._keycap, theme, ("sunken", theme.color("text3")))
            rect = rect.adjusted(0, 0, -key - theme.px(10), 0)
        painter.setFont(fitted(self.font(), self._amount, rect.width() - taken))
        painter.drawText(rect, _RIGHT, self._amount)
        painter.setFont(name)
        painter.drawText(rect, _LEFT, self._below)

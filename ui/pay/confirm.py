"""Transfer and card: the amount, large, and the steps until the cashier vouches for it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.money import Rupiah, rupiah
from ui.icons import icon_pixmap
from ui.pay.vouch import Vouch
from ui.pay.words import words
from ui.theme import Theme
from ui.widgets import FitLabel, label, vline


class ConfirmPage(QWidget):
    """The page of the payment sheet for `transfer` or `card`. `settled` carries the Payment."""

    def __init__(self, method: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        said = words(method)
        self.vouch = Vouch(method, said, theme)
        self.settled = self.vouch.settled
        self.edit = self.vouch.field.edit
        self._bill = FitLabel("amountLarge", theme)
        self._bill.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._left = QWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, 1)
        row.addWidget(vline(theme))
        row.addWidget(self.vouch)
        below = label(said.below, "bodyLarge", theme, color="text2", wrap=True)
        below.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(2)
        column.addWidget(Emblem(said.icon, theme), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(16))
        column.addWidget(self._bill)
        column.addSpacing(theme.px(4))
        column.addWidget(below)
        column.addStretch(3)

    def set_compact(self, compact: bool) -> None:
        """Narrow columns and margins for a small window."""
        px = self._theme.px
        sides = px(14 if compact else 20)
        self._left.setContentsMargins(sides, px(12), sides, px(12))
        self.vouch.setFixedWidth(px(300 if compact else 324))
        self.vouch.set_compact(compact)

    def open_for(self, due: Rupiah) -> None:
        """Start anew for a bill of `due` Rupiah."""
        self._bill.setText(rupiah(due))
        self.vouch.open_for(due)

    def take_focus(self) -> None:
        """Ready to type."""
        self.vouch.take_focus()

    def accept(self) -> None:
        """The cashier has seen the money."""
        self.vouch.accept()


class Emblem(QWidget):
    """The way to pay as a large icon on a soft disc."""

    def __init__(self, icon: str, theme: Theme) -> None:
        super().__init__()
        self._icon = icon
        self._theme = theme
        self.setFixedSize(QSize(theme.px(88), theme.px(88)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Disc and icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("primarySoft"))
        painter.drawEllipse(self.rect())
        size = self._theme.px(40)
        pixmap = icon_pixmap(self._icon, size, self._theme.color("primary"), self.devicePixelRatioF())
        painter.drawPixmap((self.width() - size) // 2, (self.height() - size) // 2, pixmap)

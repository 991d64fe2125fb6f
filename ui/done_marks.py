"""What is large on the screen after the sale: what happened, the amount, and the way on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from pos.text import _
from ui.icons import icon_pixmap
from ui.theme import Theme
from ui.widgets import Button, FitLabel, fitted


class NewSale(Button):
    """The largest button there is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("New sale"), icon="plus", keycap="Enter", large=True, theme=theme)
        self.always_ring = True
        self.corner = theme.radius("sheet")
        self.setFont(theme.font("buttonLarge", 22))
        self.setFixedHeight(theme.size("buttonNew"))


class Hero(FitLabel):
    """An amount so large that the white before its first letter would show: it stands flush with the rest."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The text in the largest size that fits."""
        painter = QPainter(self)
        font = fitted(self.font(), self.text(), self.width())
        before = QFontMetrics(font).leftBearing(self.text()[:1] or " ")
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.line().translated(-before, 0), self.alignment(), self.text())


class Disc(QWidget):
    """What happened, as an icon on a disc."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._look = ("check", "primary", "onPrimary")
        self.setFixedSize(theme.px(44), theme.px(44))

    def show_as(self, icon: str, fill: str, color: str) -> None:
        """Another icon in other colours, by token names."""
        self._look = (icon, fill, color)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Disc and icon."""
        icon, fill, color = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(fill))
        painter.drawEllipse(self.rect())
        size = self._theme.px(26)
        picture = icon_pixmap(icon, size, self._theme.color(color), self.devicePixelRatioF())
        painter.drawPixmap((self.width() - size) // 2, (self.height() - size) // 2, picture)

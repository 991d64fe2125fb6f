"""What lies over the screens in training: a card with a yellow edge, and around it the room for a shadow."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.text import _
from ui.shadow import paint_shadow
from ui.theme import Theme
from ui.widgets import IconButton, label

AROUND = 12  # px at 100 % for the shadow


class Card(QWidget):
    """Not there until it is shown. `ground` is a token's name, `edge` px at 100 %."""

    def __init__(self, over: QWidget, theme: Theme, ground: str = "surface", edge: int = 2) -> None:
        super().__init__(over)
        self.theme = theme
        self._ground, self._edge = ground, edge
        self.hide()

    @property
    def card(self) -> QRect:
        """Without the room for the shadow."""
        around = self.theme.px(AROUND)
        return self.rect().adjusted(around, around, -around, -around)

    def head(self, title: str) -> QHBoxLayout:
        """What it is, and the button that sends it away."""
        close = IconButton("x", _("Close"), theme=self.theme)
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(self.hide)
        head = QHBoxLayout()
        head.addWidget(label(title, "title", self.theme), 1)
        head.addWidget(close)
        return head

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Shadow, ground, edge."""
        theme, card, radius = self.theme, self.card, self.theme.radius("card")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_shadow(painter, card, radius, theme, "pop")
        painter.setBrush(theme.color(self._ground))
        painter.setPen(QPen(theme.color("training"), theme.px(self._edge)))
        painter.drawRoundedRect(card, radius, radius)

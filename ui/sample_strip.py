"""The strip over a sample's goods: that it is one, and the way to a booth of one's own."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos.text import _
from ui.app import App
from ui.fill import fill
from ui.icons import icon_pixmap
from ui.pressable import Look
from ui.widgets import Button, label


class SampleStrip(QWidget):
    """As high as its button. It stands above the screens and covers nothing."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.theme = theme = app.theme
        px, own = theme.px, app.own_ledger()
        words = label(_("You are trying the sample data."), "label", theme, color="onGoldSoft")
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        button = Button(_("Back to the booth") if own else _("Set up the booth"), kind="ghost", theme=theme)
        button.look = Look("", "goldBorder", "goldBorder", "onGoldSoft", "goldBorder")
        button.margin = px(6)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a tap leaves the keyboard with the search field
        if own:
            button.clicked.connect(lambda: app.ledger_wanted.emit(own))
        else:
            button.clicked.connect(app.setup_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(42), 0, px(8), 0)
        row.addWidget(words, 1)
        row.addWidget(button)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A quiet golden ground, the sign, a line below."""
        theme, size = self.theme, self.theme.size("icon.small")
        painter = QPainter(self)
        fill(painter, self.rect(), theme.color("goldSoft"))
        fill(painter, QRect(0, self.height() - 1, self.width(), 1), theme.color("goldBorder"))
        sign = icon_pixmap("info", size, theme.color("onGoldSoft"), self.devicePixelRatioF())
        painter.drawPixmap(theme.px(16), (self.height() - size) // 2, sign)

"""In place of the reports for whom they are not meant: why, and how an officer opens them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.text import _
from ui.app import App
from ui.people.approval import Wanted, ask
from ui.theme import Theme
from ui.till.cart_empty import paint_motif_box
from ui.widgets import Button, label

BOX, WIDE = 96, 420  # px: DESIGN.md chapter 11


class Motif(QWidget):
    """The woven box with an icon."""

    def __init__(self, icon: str, theme: Theme) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self.setFixedSize(theme.px(BOX), theme.px(BOX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The box."""
        box = QRectF(self.rect())
        paint_motif_box(QPainter(self), box, self._icon, self._theme, self.devicePixelRatioF())


class Nothing(QWidget):
    """An empty state: the box, a title, one sentence; perhaps a button below."""

    def __init__(self, icon: str, title: str, sentence: str, theme: Theme) -> None:
        super().__init__()
        middle, px = Qt.AlignmentFlag.AlignHCenter, theme.px
        self.title = label(title, "title", theme)
        self.title.setFont(theme.font("title", 17))
        self.words = label(sentence, "body", theme, color="text2", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setFixedWidth(px(WIDE))
        self.words.setMinimumHeight(self.words.heightForWidth(px(WIDE)))
        self.column = QVBoxLayout(self)
        self.column.setSpacing(px(6))
        self.column.addStretch(1)
        self.column.addWidget(Motif(icon, theme), 0, middle)
        self.column.addSpacing(px(8))
        self.column.addWidget(self.title, 0, middle)
        self.column.addWidget(self.words, 0, middle)
        self.column.addStretch(1)

    def add(self, button: Button) -> None:
        """One thing to do."""
        place = self.column.count() - 1
        self.column.insertSpacing(place, 8)
        self.column.insertWidget(place + 1, button, 0, Qt.AlignmentFlag.AlignHCenter)


class Locked(Nothing):
    """`opened`: an officer has opened it for who is here."""

    opened = Signal()

    def __init__(self, app: App) -> None:
        why = _("They show what should be in the drawer, and that is told only after it was counted.")
        super().__init__("lock-keyhole", _("An officer opens the reports"), why, app.theme)
        self.app = app
        self.button = Button(_("Open the reports"), theme=app.theme)
        self.button.clicked.connect(self._ask)
        self.add(self.button)

    def take_focus(self) -> None:
        """The keyboard on the button."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        who = self.app.cashier
        sentence = _("Show {name} the reports").format(name=who.name or _("the cashier"))
        over = self.parentWidget() or self
        ask(self.app, over, Wanted("reports", who.code, sentence), lambda _approval: self.opened.emit())

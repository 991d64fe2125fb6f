"""The X report over the page: the shift as it stands, without closing it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.receipts.blocks import Slip
from pos.text import _
from ui.cover import Cover
from ui.keys import action_of, keycap
from ui.slip_view import SlipView
from ui.theme import Theme
from ui.widgets import Button, label


class XSheet(Cover):
    """Shows a slip; `printing` when it is wanted on paper."""

    printing = Signal()

    def __init__(self, over: QWidget, theme: Theme) -> None:
        super().__init__(over, theme)
        self._view = SlipView(theme)
        self._hint = label("", "label", theme, color="text2", wrap=True)
        self._print = Button(
            _("Print"), kind="secondary", icon="printer", keycap=keycap("print"), theme=theme
        )
        self._close = Button(_("Close"), kind="primary", keycap="Esc", theme=theme)
        self._print.clicked.connect(self.printing)
        self._close.clicked.connect(self.uncover)
        px = theme.px
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self._print, 1)
        row.addWidget(self._close, 1)
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(px(20), px(20), px(20), px(20))
        column.setSpacing(px(8))
        column.addWidget(label(_("X report"), "title", theme))
        column.addWidget(self._hint)
        column.addWidget(self._view, 1)
        column.addLayout(row)
        self.setAccessibleName(_("X report"))

    def show_slip(self, slip: Slip, *, blind: bool) -> None:
        """Come up with it; `blind`: the cash is left out."""
        self._hint.setText(_("Cash is shown after the count is locked.") if blind else "")
        self._hint.setVisible(blind)
        self._view.show_paper(slip)
        self.cover()
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+P prints."""
        if action_of(event, "done") == "print":
            self.printing.emit()
        super().keyPressEvent(event)

    def leave(self) -> None:
        """Go, to be asked again."""
        self.uncover()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as the window allows."""
        super().resizeEvent(event)
        px = self._theme.px
        width, height = min(px(460), self.width() - px(32)), self.height() - px(24)
        self.lay(QRect((self.width() - width) // 2, px(12), width, height))

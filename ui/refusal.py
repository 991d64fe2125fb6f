"""Shown instead of the till when its ledger could not be opened: what happened, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.text import _
from ui.theme import Theme
from ui.widgets import Button, label


class Refusal(QWidget):
    """A calm page with one button. At an office, whose file may lie on a share that is gone just now, also
    to try `again`, or to `setup` the device anew; where a copy may help, to `restore` one, or to set up.
    """

    again = Signal()
    restore = Signal()
    setup = Signal()

    def __init__(self, error: UserError, theme: Theme, *, office: bool = False, lost: bool = False) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(8))
        column.addStretch(1)
        close = Button(_("Close"), kind="secondary" if office or lost else "primary", theme=theme)
        close.clicked.connect(lambda: self.window().close())
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(10))
        if office or lost:
            anew = Button(_("Set up this device"), kind="secondary", theme=theme)
            anew.clicked.connect(self.setup)
            verb = _("Restore a copy") if lost else _("Try again")
            again = Button(verb, icon="rotate-ccw", theme=theme)
            again.clicked.connect(self.restore if lost else self.again)
            for button in (close, anew, again):
                buttons.addWidget(button)
        else:
            buttons.addWidget(close)
        title = _("The office's books cannot be opened") if office else _("The till cannot be opened")
        words = [
            label(title, "heading", theme),
            label(error.message, "bodyLarge", theme, wrap=True),
            label(error.hint, "body", theme, color="text2", wrap=True),
        ]
        for text in words:
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            text.setMaximumWidth(theme.px(640))
            text.setMinimumWidth(theme.px(480))
            text.setMinimumHeight(max(text.heightForWidth(theme.px(480)), 0))  # -1: it is not wrapped
            column.addWidget(text, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(16))
        column.addLayout(buttons)
        column.setAlignment(buttons, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.findChildren(Button)[-1].setFocus(Qt.FocusReason.OtherFocusReason)

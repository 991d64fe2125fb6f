"""Shown instead of the till when its ledger could not be opened: what happened, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import Damaged, NotOurs, UserError
from pos.text import _
from ui.keys import asks_help
from ui.theme import Theme
from ui.widgets import Button, label

WIDE = 640  # px of the words


class Refusal(QWidget):
    """A calm page with one button. At an office, whose file may lie on a share that is gone just now, also
    to try `again`, or to `setup` the device anew; where a copy may help, to `restore` one, or to set up; and
    where the file is `damaged`, to `rescue` what can be read.
    """

    again = Signal()
    restore = Signal()
    rescue = Signal()
    setup = Signal()

    def __init__(self, error: UserError, theme: Theme, *, office: bool = False, lost: bool = False) -> None:
        super().__init__()
        self.theme = theme
        column = QVBoxLayout(self)
        column.setSpacing(theme.px(8))
        column.addStretch(1)
        title = _("The office's books cannot be opened") if office else _("The till cannot be opened")
        self._title, self._message, self._hint = (
            label(title, "heading", theme, wrap=True),
            label(error.message, "bodyLarge", theme, wrap=True),
            label(error.hint, "body", theme, color="text2", wrap=True),
        )
        for words in (self._title, self._message, self._hint):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
            words.setFixedWidth(theme.px(WIDE))
            column.addWidget(words, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(16))
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        self._buttons = self._made(
            office=office, lost=lost, damaged=lost and isinstance(error, Damaged | NotOurs)
        )
        for button in self._buttons:
            row.addWidget(button)
        column.addLayout(row)
        column.setAlignment(row, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._measure()
        self._buttons[-1].setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, title: str, message: str, hint: str, *, busy: bool = False) -> None:
        """Something else happened meanwhile; while the page is `busy` nothing can be pressed."""
        self._title.setText(title)
        self._message.setText(message)
        self._hint.setText(hint)
        self._measure()
        for button in self._buttons:
            button.setEnabled(not busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 tells what to do in trouble."""
        if not asks_help(event):
            super().keyPressEvent(event)
            return
        from ui.manual.sheet import open_manual

        open_manual(self, self.theme, "trouble")

    def _made(self, *, office: bool, lost: bool, damaged: bool) -> list[Button]:
        """What can be done, the best thing last."""
        theme = self.theme
        close = Button(_("Close"), kind="secondary" if office or lost else "primary", theme=theme)
        close.clicked.connect(lambda: self.window().close())
        buttons = [close]
        if office or lost:
            anew = Button(_("Set up this device"), kind="secondary", theme=theme)
            anew.clicked.connect(self.setup)
            buttons.append(anew)
        if damaged:
            rescue = Button(_("Rescue what can be read"), icon="shield-check", kind="secondary", theme=theme)
            rescue.clicked.connect(self.rescue)
            buttons.append(rescue)
        if office or lost:
            verb = _("Restore a copy") if lost else _("Try again")
            again = Button(verb, icon="rotate-ccw", theme=theme)
            again.clicked.connect(self.restore if lost else self.again)
            buttons.append(again)
        return buttons

    def _measure(self) -> None:
        """Texts that wrap are as high as they need to be at their width."""
        for words in (self._title, self._message, self._hint):
            words.setFixedHeight(max(words.heightForWidth(self.theme.px(WIDE)), 0))

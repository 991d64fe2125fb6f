"""Asks for a passphrase: that of a copy, or a new one, which is typed twice."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.sealing import SHORTEST
from pos.text import _
from ui.fields import FieldMessage, TextField
from ui.keys import action_of, asks_help
from ui.question import Asked
from ui.theme import Theme
from ui.widgets import Button, label

WIDTH, MOST = 520, 200


class PassphraseSheet(Asked):
    """`given` tells what was typed. `new` asks for it twice."""

    given = Signal(str)

    help = "backup"

    def __init__(self, over: QWidget, theme: Theme, title: str, *, new: bool = False) -> None:
        super().__init__(over, theme)
        px = theme.px
        self.setAccessibleName(title)
        names = [_("Passphrase"), _("Once more")] if new else [_("Passphrase")]
        self.fields = [self._field(name) for name in names]
        self._message = FieldMessage(theme)
        hint = _("Whoever finds the stick cannot read it. Without the passphrase nobody can: write it down.")
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(px(24), px(20), px(24), px(20))
        column.setSpacing(px(8))
        column.addWidget(label(title, "title", theme, wrap=True))
        if new:
            column.addWidget(label(hint, "body", theme, color="text2", wrap=True))
        for field in self.fields:
            column.addWidget(label(field.edit.accessibleName(), "label", theme, color="text2"))
            column.addWidget(field)
        column.addWidget(self._message)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        no = Button(_("Cancel"), kind="secondary", theme=theme)
        no.clicked.connect(self.leave)
        yes = Button(_("Keep") if new else _("Go on"), theme=theme)
        yes.clicked.connect(self._take)
        row.addWidget(no, 1)
        row.addWidget(yes, 1)
        column.addLayout(row)

    def open(self) -> None:
        """Ask."""
        self.cover()
        self.fields[0].edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, wrong: str) -> None:
        """What was wrong with it."""
        self._message.say(wrong)
        self.fields[-1].set_error(bool(wrong))

    def leave(self) -> None:
        """Given up."""
        self.uncover()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes it, Esc leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif action_of(event, "anywhere") == "back":
            self.leave()
        event.setAccepted(not asks_help(event))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In the middle, as high as its words."""
        super().resizeEvent(event)
        self.lay_in_middle(min(self._theme.px(WIDTH), self.width() - self._theme.px(32)))

    def _take(self) -> None:
        words = [field.edit.text() for field in self.fields]
        if len(words) > 1 and len(words[0]) < SHORTEST:
            self.say(_("A passphrase has at least {count} characters.").format(count=SHORTEST))
        elif len(set(words)) > 1:
            self.say(_("The two are not the same."))
        elif words[0]:
            self.leave()
            self.given.emit(words[0])

    def _field(self, name: str) -> TextField:
        field = TextField(name, self._theme, most=MOST)
        field.edit.setEchoMode(QLineEdit.EchoMode.Password)
        return field

"""What an institution tells of itself on its labels: written once, put down as a paper of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.label_facts import MAX_STORY
from pos.label_goods import tell_story
from pos.model import Approval, By, Institution
from pos.text import _, clean_text
from ui import work
from ui.app import App
from ui.catalogue.pick_field import PickField
from ui.fields import FieldMessage
from ui.people.approval import Wanted, ask
from ui.titled_sheet import TitledSheet
from ui.widgets import Button, label

WIDE, HIGH = 560, 440  # px


class StorySheet(TitledSheet):
    """`kept` tells that a story was put down."""

    kept = Signal()

    def __init__(
        self, app: App, over: QWidget, units: Mapping[str, Institution], stories: Mapping[str, str]
    ) -> None:
        super().__init__(over, app.theme, _("Stories of the institutions"))
        self.app, self._stories = app, stories
        theme, px = app.theme, app.theme.px
        self.unit = PickField(_("Institution"), theme, "landmark")
        self.unit.set_choices({code: one.name for code, one in units.items()})
        self.editor = QPlainTextEdit()
        self.editor.setTabChangesFocus(True)
        self.editor.setAccessibleName(_("Story"))
        self.message = FieldMessage(theme)
        self.keep = Button(_("Keep"), icon="check", theme=theme)
        head = QHBoxLayout()
        head.addWidget(label(_("Stories of the institutions"), "title", theme), 1)
        head.addWidget(self.close_button)
        hint = _("It stands on labels of all its goods that have no story of their own. No names of people.")
        foot = QHBoxLayout()
        foot.addWidget(self.message, 1)
        foot.addWidget(self.keep)
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(px(22), px(12), px(22), px(16))
        column.setSpacing(px(10))
        column.addLayout(head)
        column.addWidget(self.unit)
        column.addWidget(self.editor, 1)
        column.addWidget(label(hint, "label", theme, color="text2", wrap=True))
        column.addLayout(foot)
        self.unit.picked.connect(self._show)
        self.editor.textChanged.connect(self._count)
        self.keep.clicked.connect(self._ask)
        first = app.device.institution if app.device.institution in units else next(iter(units), "")
        self.unit.set_value(first)
        self._show()

    def open(self, first: QWidget | None = None) -> None:
        """Come up with the keyboard in the text."""
        super().open(first or self.editor)

    def place(self) -> None:
        """In the middle."""
        px = self.theme.px
        width, height = min(px(WIDE), self.width() - px(24)), min(px(HIGH), self.height() - px(24))
        self.lay(QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height))

    def _show(self, *_changed: object) -> None:
        self.editor.setPlainText(self._stories.get(self.unit.value, ""))

    def _count(self) -> None:
        """How many letters are left; too many cannot be kept."""
        left = MAX_STORY - len(clean_text(self.editor.toPlainText(), MAX_STORY * 4))
        self.message.say("" if left >= 0 else _("{count} letters too many.").format(count=-left))
        self.keep.setEnabled(left >= 0 and bool(self.unit.value))

    def _ask(self) -> None:
        told = _("{name} shall be changed in the catalogue.").format(name=self.unit.value)
        ask(self.app, self, Wanted("catalog", self.unit.value, told), self._store)

    def _store(self, approval: Approval | None) -> None:
        ledger, by = self.app.ledger, By(self.app.cashier, approval=approval)
        code, story = self.unit.value, self.editor.toPlainText()
        work.run(lambda: tell_story(ledger, code, story, by), done=self._stored, failed=self._fail)

    def _stored(self, _changed: bool) -> None:
        self.kept.emit()
        self.leave()

    def _fail(self, error: UserError) -> None:
        self.message.say(str(error))

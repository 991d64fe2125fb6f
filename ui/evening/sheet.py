"""The sheet of the evening's report: how it will look in the chat, and the template that it is made from."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from pos.errors import Refused, UserError
from pos.evening import Evening
from pos.evening_text import FIELDS, KEY, check_template, default_template, evening_text
from pos.rights import may
from pos.text import _, short_date
from ui.app import App
from ui.evening.bubble import Bubble
from ui.evening.paper import evening_printout
from ui.evening.photo_row import PhotoRow
from ui.fields import FieldMessage
from ui.flow import Flow
from ui.keys import action_of, keycap
from ui.preview import Preview
from ui.scroll import Scroll
from ui.titled_sheet import TitledSheet
from ui.widgets import Button, Chip, Tag, label

WIDE, NARROW = 1040, 620  # px at 100 %: with the template beside it, and without


class EveningSheet(TitledSheet):
    """`copied` tells in words what was copied. Whoever may not change settings sees the text alone."""

    copied = Signal(str)

    help = "evening"

    def __init__(self, app: App, over: QWidget, told: Evening, template: str) -> None:
        super().__init__(over, app.theme, _("Daily report"))
        self.app, self.told = app, told
        theme = app.theme
        self.bubble = Bubble(theme)
        self.editor = _Template()
        self.message = FieldMessage(theme)
        self.kept = Tag("", theme=theme)
        self.kept.hide()
        self.photos = PhotoRow(app, told.day)
        self.photos.failed.connect(self._tell)
        self.fault = FieldMessage(theme)
        self.fault.hide()
        self.saved = label("", "label", theme, color="text2", wrap=True)
        self.saved.hide()
        self.print = Button(
            _("Print"), kind="secondary", icon="printer", keycap=keycap("print report"), theme=theme
        )
        self.print.setAccessibleName(_("Print the daily report, or save it as PDF"))
        self.print.clicked.connect(self._look)
        self.copy_button = Button(_("Copy for WhatsApp"), icon="copy", theme=theme)
        self.change = Button(_("Change the text"), kind="secondary", icon="pencil", theme=theme)
        self.keep = Button(_("Keep the text"), kind="secondary", icon="check", theme=theme)
        self.reset = Button(_("Built-in text"), kind="ghost", icon="rotate-ccw", theme=theme)
        self.why = label(_("An officer can change it."), "label", theme, color="text2")
        self._beside = QWidget()
        self._lay_out()
        self.editor.setPlainText(template)
        self.editor.textChanged.connect(self._preview)
        self.copy_button.clicked.connect(self._copy)
        self.change.clicked.connect(self._begin)
        self.keep.clicked.connect(self._keep)
        self.reset.clicked.connect(self._reset)
        allowed = app.office or may(app.cashier, "settings")
        self.change.setVisible(allowed)
        self.why.setVisible(not allowed)
        for part in (self._beside, self.keep, self.reset):
            part.hide()
        self._preview()

    @property
    def text(self) -> str:
        """What would be copied."""
        return self.bubble.text

    def place(self) -> None:
        """In the middle, nearly as high as the page."""
        px = self.theme.px
        wide = px(WIDE if self._beside.isVisibleTo(self) else NARROW)
        width, height = min(wide, self.width() - px(24)), min(self.height() - px(24), px(760))
        self.lay(QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+P prints, Esc leaves."""
        if action_of(event, "reports") == "print report":
            self._look()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        theme, px = self.theme, self.theme.px
        head = QHBoxLayout()
        head.addWidget(label(_("Daily report"), "title", theme))
        head.addSpacing(px(8))
        head.addWidget(label(short_date(self.told.day), "body", theme, color="text2"), 1)
        head.addWidget(self.close_button)
        both = QHBoxLayout()
        both.setSpacing(px(16))
        both.addWidget(self._beside, 1)
        both.addWidget(Scroll(self.bubble), 1)
        self._lay_beside()
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        for part in (self.change, self.reset, self.keep, self.kept, self.why):
            foot.addWidget(part)
        foot.addStretch(1)
        foot.addWidget(self.print)
        foot.addWidget(self.copy_button)
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(px(22), px(12), px(22), px(16))
        column.setSpacing(px(10))
        column.addLayout(head)
        column.addLayout(both, 1)
        column.addWidget(self.fault)
        column.addWidget(self.saved)
        column.addWidget(self.photos)
        column.addLayout(foot)

    def _lay_beside(self) -> None:
        theme, px = self.theme, self.theme.px
        fields = Flow(px(6), 0)
        for name in FIELDS:
            chip = Chip(name, checkable=False, theme=theme)
            chip.margin = px(4)
            chip.narrow()
            chip.setAccessibleName(_("Put in the field {name}").format(name=name))
            chip.clicked.connect(lambda _on=False, name=name: self.editor.put(name))
            fields.add(chip)
        offered = Scroll(fields, over=False)
        offered.setFixedHeight(px(3 * 48))
        hint = _("A tap puts a field where the cursor is. *Between asterisks* is bold.")
        column = QVBoxLayout(self._beside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self.editor, 1)
        column.addWidget(self.message)
        column.addWidget(label(hint, "label", theme, color="text2", wrap=True))
        column.addWidget(offered)

    def _preview(self) -> None:
        """As it will be; while the template cannot be kept the last good one stays in sight."""
        self.kept.hide()
        try:
            self.bubble.show_text(evening_text(self.told, self.editor.toPlainText()))
        except Refused as refusal:
            self._refuse(refusal)
            return
        self.message.say("")
        self._allow(good=True)

    def _refuse(self, refusal: Refused) -> None:
        self.message.say(str(refusal))
        self._allow(good=False)

    def _allow(self, *, good: bool) -> None:
        self.keep.setEnabled(good)
        self.copy_button.setEnabled(good)

    def _begin(self) -> None:
        for gone in (self.change, self.photos, self.fault, self.saved):
            gone.hide()  # the template needs the room
        for part in (self._beside, self.keep, self.reset):
            part.show()
        self.place()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        template = self.editor.toPlainText()
        try:
            check_template(template)
        except Refused as refusal:
            self._refuse(refusal)
            return
        built_in = default_template(office=self.app.office)
        self.app.set(KEY, "" if template.strip() == built_in.strip() else template)
        self.kept.set(_("Kept"), "ok", icon="check")
        self.kept.show()

    def _reset(self) -> None:
        """The built-in text; it is kept like any other, and Ctrl+Z in the field brings the former back."""
        self.editor.replace(default_template(office=self.app.office))
        self._keep()

    def _look(self) -> None:
        """On A4 with letterhead and signatures, and the photos behind it: looked at before it is printed."""
        self.fault.hide()
        self.saved.hide()
        Preview(self.app, self, evening_printout(self.app, self.told), self._saved).open()

    def _saved(self, path: Path) -> None:
        self.saved.setText(" · ".join((_("Saved as {name}").format(name=path.name), str(path.parent))))
        self.saved.show()

    def _tell(self, error: UserError) -> None:
        self.fault.say(str(error))
        self.fault.show()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text)
        self.copied.emit(_("The report of {day} is copied.").format(day=short_date(self.told.day)))
        self.leave()


class _Template(QPlainTextEdit):
    """Takes text alone; Tab goes on to the next control."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Template of the report"))
        self.setTabChangesFocus(True)

    def put(self, name: str) -> None:
        """A field where the cursor is, which goes on behind it."""
        self.textCursor().insertText(f"{{{name}}}")
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def replace(self, text: str) -> None:
        """Another text, which can be undone."""
        cursor = self.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)

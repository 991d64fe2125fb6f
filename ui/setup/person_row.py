"""One person in the assistant: name, role, and a PIN typed twice, which is kept only as its hash."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QMouseEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from pos.pins import DIGITS
from pos.setup import NAME_LENGTH, Person
from pos.text import _
from ui.fields import FieldFrame, FieldMessage
from ui.people.roles import role_name
from ui.setup.parts import FIELD, PickField
from ui.theme import Theme
from ui.widgets import IconButton, set_color

HIDDEN = "•" * DIGITS
SHARES = (5, 3, 2, 2)  # of the width: name, role, PIN, the same once more


class PinField(FieldFrame):
    """A PIN to be typed. Where one is kept its dots stand before the caret, as if it had just been typed;
    the first digit of another one takes their place.
    """

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__(name, theme, height=FIELD)
        self.edit.setMaxLength(DIGITS)
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.edit.setValidator(QRegularExpressionValidator(QRegularExpression(r"[0-9]*"), self))
        self._kept = False
        self.dots = _Dots(self.edit, theme)
        self.row.insertWidget(0, self.dots)
        self.row.setSpacing(0)
        self.edit.textChanged.connect(self._show_dots)

    def show_kept(self, kept: bool, name: str) -> None:
        """Whether a PIN is kept; without one it says what is to be typed."""
        self._kept = kept
        self.edit.setPlaceholderText("" if kept else name)
        self._show_dots()

    def _show_dots(self) -> None:
        self.dots.setVisible(self._kept and not self.edit.text())


class _Dots(QLabel):
    """One for each digit; a press on them goes into the field."""

    def __init__(self, edit: QLineEdit, theme: Theme) -> None:
        super().__init__(HIDDEN)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(_("PIN set"))
        self._edit = edit
        set_color(self, theme.color("text3"))
        self.setFont(edit.font())
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.hide()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """As a press beside them."""
        self._edit.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()


class PersonRow(QWidget):
    """`changed` tells another name, `role_wanted` that the role is to be chosen, `pin_typed` a PIN that was
    typed twice the same, `removed` that this person goes.
    """

    changed = Signal()
    role_wanted = Signal()
    pin_typed = Signal(str)
    removed = Signal()

    def __init__(self, person: Person, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.person = person
        self.name = FieldFrame(_("Name"), theme, height=FIELD)
        self.name.edit.setMaxLength(NAME_LENGTH)
        self.name.edit.setFont(theme.font("price", 15))
        self.name.edit.setText(person.name)
        self.name.edit.setPlaceholderText(_("Name"))
        self.role = PickField(_("Role"), "", theme)
        self.pins = [self._pin(_("PIN")), self._pin(_("The same once more"))]
        self.remove = IconButton("trash-2", _("Remove"), theme=theme)
        self._wrong = FieldMessage(theme)
        self._wrong.hide()
        self.name.edit.textEdited.connect(self._rename)
        self.role.clicked.connect(self.role_wanted)
        self.remove.clicked.connect(self.removed)
        px = theme.px
        row = QHBoxLayout()
        row.setSpacing(px(8))
        for part, share in zip((self.name, self.role, *self.pins), SHARES, strict=True):
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            row.addWidget(part, share)
        row.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(row)
        column.addWidget(self._wrong)
        self.show_person(person)

    @property
    def wrong(self) -> str:
        """What it says is wrong."""
        return self._wrong.text

    @property
    def unfinished(self) -> bool:
        """A PIN was begun and is not kept yet."""
        return any(field.edit.text() for field in self.pins)

    def show_person(self, person: Person) -> None:
        """The same place with other answers; what is being typed stays."""
        self.person = person
        self.role.show_value(role_name(person.role))
        who = person.name or _("nobody yet")
        self.remove.setAccessibleName(_("Remove {name}").format(name=who))
        for field, name in zip(self.pins, (_("PIN"), _("Once more")), strict=True):
            field.show_kept(person.pin != "", name)

    def keep_pin(self, kept: str) -> None:
        """The PIN that was typed is good: this is what is kept of it."""
        for field in self.pins:
            field.edit.clear()
        self.say("")
        self.show_person(Person(self.person.name, self.person.role, kept))

    def say(self, wrong: str) -> None:
        """What is wrong with this person's PIN; nothing for all is well."""
        self._wrong.say(wrong)
        self._wrong.setVisible(bool(wrong))
        for field in self.pins:
            field.set_error(bool(wrong))

    def begin_anew(self) -> None:
        """The PIN was not taken: it is typed again, under what was said."""
        for field in self.pins:
            field.edit.clear()
        self.pins[0].edit.setFocus()

    def _pin(self, name: str) -> PinField:
        field = PinField(name, self.theme)
        field.setMinimumWidth(self.theme.px(104))
        field.edit.textEdited.connect(self._typed)
        return field

    def _rename(self, text: str) -> None:
        self.show_person(Person(text, self.person.role, self.person.pin))
        self.changed.emit()

    def _typed(self) -> None:
        first, second = (field.edit.text() for field in self.pins)
        self.say("")
        if len(first) == DIGITS and not second and self.pins[0].edit.hasFocus():
            self.pins[1].edit.setFocus()
        if len(second) == DIGITS:
            if first == second:
                self.pin_typed.emit(first)
            else:
                self.say(_("The two are not the same. Type them again."))
                self.begin_anew()

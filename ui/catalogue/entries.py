"""Fields of the form: a label above, what is wrong below."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.catalogue.pick_field import PickField
from ui.fields import FieldFrame, FieldMessage
from ui.theme import Theme
from ui.widgets import label


class Entry(QWidget):
    """One field of the form. `changed` tells that a person changed it."""

    changed = Signal()

    def __init__(self, name: str, field: FieldFrame | PickField, theme: Theme) -> None:
        super().__init__()
        self.name = name
        self.field = field
        self._message = FieldMessage(theme)
        self._message.setMinimumHeight(0)
        self._message.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(4))
        column.addWidget(label(name, "label", theme, color="text2"))
        column.addWidget(field)
        column.addWidget(self._message)
        column.addStretch(1)
        self.setFocusProxy(field)
        if isinstance(field, PickField):
            field.picked.connect(self._edited)
        else:
            field.edit.textEdited.connect(self._edited)

    @property
    def text(self) -> str:
        """What is in it."""
        return self.field.value if isinstance(self.field, PickField) else self.field.edit.text()

    @property
    def wrong(self) -> str:
        """What is said to be wrong."""
        return self._message.text

    def set_text(self, text: str) -> None:
        """Show this; nothing is wrong with it yet."""
        if isinstance(self.field, PickField):
            self.field.set_value(text)
        else:
            self.field.edit.setText(text)
            self.field.edit.setCursorPosition(0)
        self.say("")

    def say(self, wrong: str) -> None:
        """What is wrong; nothing when it is right."""
        self.field.set_error(bool(wrong))
        self._message.say(wrong)
        self._message.setVisible(bool(wrong))

    def _edited(self) -> None:
        self.say("")
        self.changed.emit()


def line(name: str, theme: Theme, most: int, before: str = "") -> Entry:
    """A field for one line of at most `most` characters; `before` stands in front, such as `Rp`."""
    frame = FieldFrame(name, theme)
    frame.edit.setFont(theme.font("bodyLarge", 15))
    frame.edit.setMaxLength(most)
    if before:
        frame.row.insertWidget(0, label(before, "bodyLarge", theme, color="text3"))
    return Entry(name, frame, theme)

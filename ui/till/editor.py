"""What all editors of the cart share: a head, a field with its button, Enter takes, Esc leaves."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from pos.text import _
from ui.fields import FieldFrame, FieldMessage
from ui.plain_tip import plain_tip
from ui.theme import Theme
from ui.till.lettering import elided
from ui.till.measures import SIDE
from ui.widgets import Button, IconButton, label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
FIELD = 60  # px of height


class Editor(QWidget):
    """Stands above the foot, and never covers the total. `left` when it was left without taking.

    Subclasses put their fields into `fields`, and more into `head` and `column`, and say what `take` does.
    """

    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        px = theme.px
        self._title = label("", "title", theme)
        self._title.setFont(theme.font("title", 16))
        self._subject = _Subject(theme)
        close = IconButton("x", _("Leave it as it is"), theme=theme)
        close.clicked.connect(self.left)
        self.head = QHBoxLayout()
        self.head.setSpacing(px(6))
        self.head.addWidget(self._title)
        self.head.addWidget(self._subject, 1)
        self.head.addWidget(close)
        self.fields = QStackedWidget()
        self.fields.setFixedHeight(px(FIELD))
        self.message = FieldMessage(theme)
        self.accept = Button(_("Take"), keycap="Enter", theme=theme)
        self.accept.setFixedHeight(px(FIELD))
        self.accept.clicked.connect(self.take)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self.fields, 1)
        row.addWidget(self.accept)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(px(SIDE), px(2), px(12), px(10))
        self.column.setSpacing(px(6))
        self.column.addLayout(self.head)
        self.column.addLayout(row)
        for button in (close, self.accept):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.hide()

    @property
    def field(self) -> FieldFrame:
        """The field that is typed into."""
        field = self.fields.currentWidget()
        if not isinstance(field, FieldFrame):
            raise TypeError("an editor without a field")
        return field

    def take(self) -> bool:
        """Do what was typed; False when it was refused, and a sentence says why."""
        raise NotImplementedError

    def begin(self, title: str, subject: str) -> None:
        """Show what is edited, with the keyboard in the field."""
        self._title.setText(title)
        self._subject.show_text(subject)
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.edit.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes, Esc leaves; digits typed on a button belong to the field."""
        if event.key() in _ENTER:
            if not event.isAutoRepeat():
                self.take()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.text().isalnum() and not self.field.edit.hasFocus():
            self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            self.field.edit.insert(event.text())
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A shade of its own, and a hairline towards the lines."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("surfaceAlt"))
        painter.fillRect(QRect(0, 0, self.width(), 1), self.theme.color("border"))


class TextEditor(Editor):
    """One line of text: the note of a line, the name of a cart put aside. `taken` tells it."""

    taken = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._text = FieldFrame("", theme, height=FIELD)
        self._text.edit.setFont(theme.font("bodyLarge"))
        self.fields.addWidget(self._text)

    def edit(self, title: str, subject: str, text: str, most: int) -> None:
        """Ask for at most `most` characters, `text` to begin with; `subject` says whose."""
        self._text.edit.setAccessibleName(f"{title} {subject}")
        self._text.edit.setMaxLength(most)
        self._text.edit.setText(text)
        self.begin(title, subject)

    def take(self) -> bool:
        """What is there is right."""
        self.taken.emit(self._text.edit.text())
        return True


class _Subject(QWidget):
    """What is edited, cut where the room ends."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._text = ""
        self.setFont(theme.font("body"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Another one."""
        self._text = text
        self.setToolTip(plain_tip(text))
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One line."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.theme.color("text2"))
        words = elided(self._text, painter.fontMetrics(), self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, words)

"""Fields to type into: the frame all of them share, one for money, one for text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from pos.errors import Refused
from pos.money import Rupiah, parse_rupiah, plain
from ui.icons import icon_pixmap
from ui.ring import Ring
from ui.theme import Theme
from ui.widgets import fitted, label, set_color


class FieldFrame(QWidget):
    """The box around a bare line edit (and what stands beside it): hairline, focus with a halo, error.

    `edit` is the line edit; add more to `row`. `height` in px at 100 %.
    """

    def __init__(self, name: str, theme: Theme, *, height: int = 48) -> None:
        super().__init__()
        self.theme = theme
        self._error = False
        self._halo: Ring | None = None
        self.setFixedHeight(theme.px(height))
        self.edit = QLineEdit()
        self.edit.setProperty("bare", True)
        self.edit.setAccessibleName(name)
        self.edit.installEventFilter(self)
        self.setFocusProxy(self.edit)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.px(14), theme.px(3), theme.px(14), theme.px(3))
        self.row.setSpacing(theme.px(8))
        self.row.addWidget(self.edit, 1)

    def set_error(self, error: bool) -> None:
        """Mark what is in it as wrong, or as right again."""
        self._error = error
        self.update()

    def eventFilter(self, _edit: QObject, event: QEvent) -> bool:
        """The frame shows whether its edit has the focus."""
        if event.type() == QEvent.Type.FocusIn and not self._halo:
            self._halo = Ring(self, self.theme.radius("control"), self.theme, gap=0, color="primarySoft")
            self.update()
        elif event.type() == QEvent.Type.FocusOut and self._halo:
            self._halo.drop()
            self._halo = None
            self.update()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Surface and border by state."""
        strong = self._error or self._halo is not None
        color = "danger" if self._error else "primary" if self._halo else "borderInput"
        width = self.theme.px(2) if strong else 1
        half = width / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self.theme.color("surface" if self.isEnabled() else "sunken"))
        painter.setPen(QPen(self.theme.color(color if self.isEnabled() else "sunken"), width))
        radius = self.theme.radius("control")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)


class TextField(FieldFrame):
    """One line of text, at most `most` characters."""

    def __init__(self, name: str, theme: Theme, *, most: int) -> None:
        super().__init__(name, theme, height=56)
        self.edit.setFont(theme.font("bodyLarge"))
        self.edit.setMaxLength(most)


class MoneyField(FieldFrame):
    """An amount in Rupiah, with dots as it is typed. Pasted `Rp 1.250.000,-` and `30rb` are understood.

    `changed` fires for every change by a person; `amount` is None while the field is empty.
    """

    changed = Signal()

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__(name, theme, height=60)
        self.amount: Rupiah | None = None
        self.row.insertWidget(0, label("Rp", "title", theme, color="text3"))
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._font = theme.font("amount", 30)
        self.edit.setFont(self._font)
        self.edit.textEdited.connect(self._edited)

    def set_amount(self, amount: Rupiah | None) -> None:
        """Show an amount, None for an empty field."""
        self.amount = amount
        self.edit.setText("" if amount is None else plain(amount))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A long amount shrinks rather than be cut."""
        super().resizeEvent(event)
        self._fit()

    def press(self, key: str) -> None:
        """A key of the number pad: digits to add at the end, or `back` to take the last one away."""
        digits = "" if self.amount is None else str(self.amount)
        self._take(digits[:-1] if key == "back" else digits + key)
        self.changed.emit()

    def _fit(self) -> None:
        room = self.edit.width() - self.theme.px(6)  # the cursor stands in it too
        self.edit.setFont(fitted(self._font, self.edit.text(), room))

    def _edited(self, text: str) -> None:
        behind = sum(c.isdigit() for c in text[self.edit.cursorPosition() :])
        self._take(self._without_dots(text))
        shown = self.edit.text()
        place = len(shown)
        while behind and place:
            place -= 1
            behind -= shown[place].isdigit()
        self.edit.setCursorPosition(place)
        self.changed.emit()

    def _without_dots(self, text: str) -> str:
        """`text` without the dots that stand in it from before, be they in their places no more.

        What was pasted must be an amount by itself: `1.5` is none, though 15 is.
        """
        before = "" if self.amount is None else plain(self.amount)
        end = self.edit.cursorPosition()
        start = _alike(before, text[:end])
        new = text[start:end]
        if len(new) > 1 and not new.isdigit():
            try:
                new = str(parse_rupiah(new))
            except Refused:
                return new
        return (text[:start] + new + text[end:]).replace(".", "")

    def _take(self, text: str) -> None:
        """Take over what was typed; what is no amount leaves the field as it was."""
        try:
            self.set_amount(parse_rupiah(text) if text else None)
        except Refused:
            self.set_amount(self.amount)


def _alike(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


class FieldMessage(QWidget):
    """What is wrong with the field above, with an icon; keeps its line free when all is well."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon = QLabel()
        self._text = label("", "label", theme, color="danger", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1, Qt.AlignmentFlag.AlignTop)
        self.setMinimumHeight(theme.px(18))

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def say(self, text: str, *, advice: bool = False) -> None:
        """Show the message; an empty one shows nothing. `advice` holds nobody up, and looks it."""
        color = self._theme.color("warn" if advice else "danger")
        self._text.setText(text)
        set_color(self._text, color)
        size = self._theme.size("icon.small")
        icon = "info" if advice else "circle-alert"
        self._icon.setPixmap(icon_pixmap(icon, size, color, self.devicePixelRatioF()))
        self._icon.setVisible(bool(text))

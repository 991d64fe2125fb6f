"""One value of notes or coins: its colour, how many pieces, and what they come to."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen, QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from pos.drawer_count import COINS, MAX_PIECES
from pos.money import Rupiah, plain, rupiah
from pos.text import _
from ui.theme import Theme, tokens
from ui.till.lettering import weighted
from ui.widgets import IconButton, label, set_color

HIGH = 42  # px of the stepper as it is painted; it can be touched over the whole height of its row


def unit_name(value: Rupiah) -> str:
    """What pieces of this value are called."""
    return _("coins") if value in COINS else _("notes")


class Swatch(QWidget):
    """The value in the colour of the note, or in the shape of a coin. The figure says it, not the colour."""

    def __init__(self, value: Rupiah, theme: Theme) -> None:
        super().__init__()
        self._value = value
        self._theme = theme
        self.setFont(weighted(theme.font("caption"), 700))
        self.setFixedSize(theme.px(66), theme.px(30))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A note across, or a pill."""
        coin, px, money = self._value in COINS, self._theme.px, tokens()["money"]
        shape = QRectF(self.rect())
        if coin:
            shape.adjust(px(10), 0, -px(10), 0)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(money["coin" if coin else str(self._value)]))
        radius = shape.height() / 2 if coin else px(5)
        painter.drawRoundedRect(shape, radius, radius)
        painter.setPen(QColor(money["ink"]))
        painter.drawText(shape, Qt.AlignmentFlag.AlignCenter, plain(self._value))


class PieceField(QWidget):
    """How many pieces: minus, a field, plus in one frame. `entered`: Enter; `wanted`: it has the keyboard."""

    changed = Signal()
    entered = Signal()
    wanted = Signal()

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._on = False
        self.edit = QLineEdit()
        self.edit.setProperty("bare", True)
        self.edit.setAccessibleName(name)
        digits = QRegularExpression(r"[0-9]*")  # an empty field is right too: Enter goes on
        self.edit.setValidator(QRegularExpressionValidator(digits, self.edit))
        self.edit.setMaxLength(len(str(MAX_PIECES)))
        self.edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.edit.setFont(theme.font("price", 17))
        self.edit.installEventFilter(self)
        self.edit.textEdited.connect(lambda _text: self.changed.emit())
        self.edit.returnPressed.connect(self.entered)
        self.setFocusProxy(self.edit)
        self._less = self._button("minus", _("One less: {name}").format(name=name), -1)
        self._more = self._button("plus", _("One more: {name}").format(name=name), 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._less)
        row.addWidget(self.edit, 1)
        row.addWidget(self._more)
        self.setFixedWidth(theme.px(158))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    @property
    def pieces(self) -> int:
        """How many; 0 for an empty field."""
        text = self.edit.text()
        return int(text) if text.isascii() and text.isdigit() else 0

    def set_pieces(self, count: int) -> None:
        """Show so many, nothing for 0."""
        self.edit.setText(str(count) if count else "")

    def press(self, key: str) -> None:
        """A key of the number pad: a digit at the end, or `back` to take the last one away."""
        text = self.edit.text()
        selected = self.edit.hasSelectedText()
        text = ("" if selected else text[:-1]) if key == "back" else ("" if selected else text) + key
        if len(text) <= self.edit.maxLength():
            self.edit.setText(text.lstrip("0") or text[:1])
            self.changed.emit()

    def eventFilter(self, _edit: QObject, event: QEvent) -> bool:
        """The frame shows whether its field has the keyboard; plus and minus count."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._on = event.type() == QEvent.Type.FocusIn
            if self._on:
                self.wanted.emit()
            self.update()
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.text()
        if pressed in ("+", "-"):
            self._step(1 if pressed == "+" else -1)
            return True
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame and the two hairlines inside."""
        theme, on = self._theme, self._on
        high, wide = theme.px(HIGH), theme.px(48)
        frame = QRectF(0, (self.height() - high) / 2, self.width(), high)
        width = theme.px(2) if on else 1
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.color("surface"))
        painter.setPen(QPen(theme.color("primary" if on else "borderStrong"), width))
        radius, half = theme.radius("control"), width / 2
        painter.drawRoundedRect(frame.adjusted(half, half, -half, -half), radius, radius)
        painter.setPen(QPen(theme.color("border"), 1))
        for x in (wide, self.width() - wide):
            painter.drawLine(x, round(frame.top()) + width, x, round(frame.bottom()) - width)

    def _button(self, icon: str, name: str, by: int) -> IconButton:
        button = _Step(icon, name, self._theme)
        button.clicked.connect(lambda: self._step(by))
        return button

    def _step(self, by: int) -> None:
        count = self.pieces + by
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        if 0 <= count <= MAX_PIECES:
            self.edit.setText(str(count))
            self.changed.emit()


class _Step(IconButton):
    """48 px wide and as high as its row; a held press goes on counting."""

    def __init__(self, icon: str, name: str, theme: Theme) -> None:
        super().__init__(icon, name, theme=theme)
        self.setAutoRepeat(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(theme.px(48), theme.px(48))
        self.setMaximumSize(theme.px(48), 16777215)  # QWIDGETSIZE_MAX
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.look = self.look._replace(hover="", pressed="")
        self._icon_size = theme.px(18)

    def sizeHint(self) -> QSize:
        """The least."""
        return self.minimumSize()


class NoteRow(QWidget):
    """Swatch, word, pieces, amount. `fixed` shows a count that is locked."""

    def __init__(self, value: Rupiah, theme: Theme, *, fixed: bool = False) -> None:
        super().__init__()
        self.value = value
        self._theme = theme
        name = _("Pieces of {value}").format(value=plain(value))
        self.field = None if fixed else PieceField(name, theme)
        self._count = label("", "price", theme, right=True)
        self._count.setFont(theme.font("price", 17))
        self.amount = label("", "price", theme, right=True)
        self.amount.setFont(weighted(theme.font("price", 15), 700))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        row.setSpacing(theme.px(14))
        row.addWidget(Swatch(value, theme))
        row.addWidget(label(unit_name(value), "body", theme, color="text2"), 1)
        row.addWidget(self.field or self._count)
        row.addWidget(self.amount)
        self.amount.setMinimumWidth(theme.px(118))
        if self.field:
            self.setMinimumHeight(max(theme.px(48), 48))
        else:
            self.setMinimumHeight(theme.px(38))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.show_pieces(0)

    @property
    def pieces(self) -> int:
        """How many are typed."""
        return self.field.pieces if self.field else 0

    def show_pieces(self, count: int) -> None:
        """What `count` pieces come to; a locked row shows the count as well."""
        if self.field is None:
            self._count.setText(plain(count) if count else "–")
        self.amount.setText(rupiah(count * self.value))
        set_color(self.amount, self._theme.color("text" if count else "text3"))


def inset(line: QWidget, by: int) -> QWidget:
    """A hairline that does not reach the edges of its card."""
    around = QWidget()
    row = QHBoxLayout(around)
    row.setContentsMargins(by, 0, by, 0)
    row.addWidget(line)
    around.setFixedHeight(1)
    return around

"""QRIS, transfer and card: the cashier says that the money has come; the program cannot know."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRegularExpression, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import Refused
from pos.model import Payment
from pos.money import Rupiah, rupiah
from pos.payments import MAX_REFERENCE, settle
from pos.text import _, clean_text
from ui.fields import FieldMessage, TextField
from ui.icons import icon_pixmap
from ui.theme import Theme
from ui.widgets import Button, FitLabel, label, vline


class Words(NamedTuple):
    """What the page of one way to pay says. Each step is a title and a detail."""

    icon: str
    below: str
    steps: tuple[tuple[str, str], ...]
    reference: str
    digits: int  # of the reference; 0 for any text
    button: str


def words(method: str) -> Words:
    """The words for `qris`, `transfer` or `card` in the language in use."""
    last = (_("Confirm here"), _("The sale is done and stored."))
    return {
        "qris": Words(
            "qr-code",
            _("The buyer scans the booth's QRIS and types this amount"),
            (
                (_("The buyer scans the QR"), _("The booth's own QRIS, on the table.")),
                (
                    _("See that the money has come"),
                    _("Check the merchant app. Do not trust the buyer's screenshot."),
                ),
                last,
            ),
            _("Last 4 digits of the reference (may stay empty)"),
            4,
            _("The money has come"),
        ),
        "transfer": Words(
            "landmark",
            _("The buyer sends exactly this amount to the booth's account"),
            (
                (_("The buyer sends the money"), _("From the buyer's own bank.")),
                (
                    _("See that the money has come"),
                    _("Check the account's movements. Do not trust the buyer's screenshot."),
                ),
                last,
            ),
            _("Reference (may stay empty)"),
            0,
            _("The money has come"),
        ),
        "card": Words(
            "credit-card",
            _("Type this amount into the card machine"),
            (
                (_("Type the amount into the machine"), _("The buyer enters the PIN without being watched.")),
                (_("Wait for the machine's slip"), _("It must say that the payment is approved.")),
                last,
            ),
            _("Approval number (may stay empty)"),
            0,
            _("The card is approved"),
        ),
    }[method]


class ConfirmPage(QWidget):
    """The page of the payment sheet for money the cashier vouches for. `settled` carries the Payment."""

    settled = Signal(object)

    def __init__(self, method: str, theme: Theme) -> None:
        super().__init__()
        self._method = method
        self._theme = theme
        self._due: Rupiah = 0
        self._words = words(method)
        self._bill = FitLabel("amountLarge", theme)
        self._bill.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field = TextField(self._words.reference, theme, most=self._words.digits or MAX_REFERENCE)
        if self._words.digits:
            digits = QRegularExpression(rf"\d{{0,{self._words.digits}}}")
            self.field.edit.setValidator(QRegularExpressionValidator(digits, self))
        self.message = FieldMessage(theme)
        self._accept = Button(
            self._words.button, icon="circle-check", keycap="Enter", large=True, theme=theme
        )
        self._accept.clicked.connect(self.accept)
        self._left = QWidget()
        self._right = QWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, 1)
        row.addWidget(vline(theme))
        row.addWidget(self._right)
        self._lay_out_left()
        self._lay_out_right()

    def set_compact(self, compact: bool) -> None:
        """Narrow columns and margins for a small window."""
        px = self._theme.px
        self._right.setFixedWidth(px(300 if compact else 324))
        sides = px(14 if compact else 20)
        self._left.setContentsMargins(sides, px(12), sides, px(12))
        self._right.setContentsMargins(sides, px(10 if compact else 18), sides, px(12 if compact else 16))

    def open_for(self, due: Rupiah) -> None:
        """Start anew for a bill of `due` Rupiah; says so at once when this way cannot take it."""
        self._due = due
        self._bill.setText(rupiah(due))
        self.field.edit.clear()
        self.message.say("")
        self._accept.setEnabled(self._payment() is not None)
        self.field.setEnabled(self._accept.isEnabled())

    def take_focus(self) -> None:
        """Ready to type."""
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """The cashier has seen the money."""
        payment = self._payment()
        if payment:
            self.settled.emit(payment)

    def _payment(self) -> Payment | None:
        try:
            return settle(self._method, self._due, reference=clean_text(self.field.edit.text()))
        except Refused as refused:
            self.message.say(str(refused))
            return None

    def _lay_out_left(self) -> None:
        theme = self._theme
        below = label(self._words.below, "bodyLarge", theme, color="text2", wrap=True)
        below.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(2)
        column.addWidget(_Emblem(self._words.icon, theme), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(16))
        column.addWidget(self._bill)
        column.addSpacing(theme.px(4))
        column.addWidget(below)
        column.addStretch(3)

    def _lay_out_right(self) -> None:
        theme = self._theme
        column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(_("Steps"), "label", theme, color="text2"))
        for number, (title, detail) in enumerate(self._words.steps, 1):
            column.addSpacing(theme.px(10))
            column.addLayout(self._step(number, title, detail))
        column.addSpacing(theme.px(16))
        name = label(self._words.reference, "label", theme, color="text2", wrap=True)
        name.setBuddy(self.field.edit)
        column.addWidget(name)
        column.addSpacing(theme.px(6))
        column.addWidget(self.field)
        column.addSpacing(theme.px(6))
        column.addWidget(self.message)
        column.addStretch(1)
        column.addWidget(self._accept)

    def _step(self, number: int, title: str, detail: str) -> QHBoxLayout:
        theme = self._theme
        texts = QVBoxLayout()
        texts.setSpacing(0)
        heading = label(title, "button", theme, wrap=True)
        heading.setFont(theme.font("button", 15))
        texts.addWidget(heading)
        small = label(detail, "body", theme, color="text2", wrap=True)
        small.setFont(theme.font("body", 13))
        texts.addWidget(small)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(_StepMark(number, theme), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        return row


class _Emblem(QWidget):
    """The way to pay as a large icon on a soft disc."""

    def __init__(self, icon: str, theme: Theme) -> None:
        super().__init__()
        self._icon = icon
        self._theme = theme
        self.setFixedSize(QSize(theme.px(88), theme.px(88)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Disc and icon."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("primarySoft"))
        painter.drawEllipse(self.rect())
        size = self._theme.px(40)
        pixmap = icon_pixmap(self._icon, size, self._theme.color("primary"), self.devicePixelRatioF())
        painter.drawPixmap((self.width() - size) // 2, (self.height() - size) // 2, pixmap)


class _StepMark(QWidget):
    """A number in a disc; the second step, on which the money hangs, is gold."""

    def __init__(self, number: int, theme: Theme) -> None:
        super().__init__()
        self._number = number
        self._theme = theme
        self.setFont(theme.font("caption", 13))
        self.setFixedSize(QSize(theme.px(28), theme.px(28)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Disc and number."""
        gold = self._number == 2
        color = self._theme.color
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(color("goldSoft" if gold else "sunken"))
        painter.setPen(QPen(color("goldBorder"), 1) if gold else QPen(Qt.PenStyle.NoPen))
        painter.drawEllipse(self.rect().adjusted(0, 0, -1, -1))
        painter.setPen(color("onGoldSoft" if gold else "text2"))
        painter.setFont(self.font())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))

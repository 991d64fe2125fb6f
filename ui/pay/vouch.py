"""Money that the program cannot see: the steps, the reference, and the button of the one who vouches."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QRegularExpression, Qt, QTimer, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.errors import Refused
from pos.model import Payment
from pos.money import Rupiah
from pos.payments import MAX_REFERENCE, settle
from pos.text import _, clean_text
from ui.fields import FieldMessage, TextField
from ui.hush import DOUBLE_MS
from ui.keys import keycap
from ui.pay.steps import Steps
from ui.pay.words import Words
from ui.theme import Theme
from ui.widgets import Button, label


class Vouch(QWidget):
    """The right column of QRIS, transfer and card. `settled` carries the Payment.

    Widgets of the page's own stand in `under`, below the button.
    """

    settled = Signal(object)

    def __init__(self, method: str, words: Words, theme: Theme) -> None:
        super().__init__()
        self._method = method
        self._words = words
        self._theme = theme
        self._due: Rupiah = 0
        self._begun = 0  # steps that are done before the cashier does anything
        self._armed = QTimer(self)
        self._armed.setSingleShot(True)
        self._steps = Steps(words.steps, theme)
        self.field = TextField(words.reference, theme, most=words.digits or MAX_REFERENCE)
        self.message = FieldMessage(theme)
        self._accept = Button(
            words.button, icon="circle-check", keycap=keycap("accept"), large=True, theme=theme
        )
        self.under = QVBoxLayout()
        if words.digits:
            self._want_digits(words.digits)
        self._lay_out()
        self._accept.clicked.connect(self.accept)
        self._armed.timeout.connect(self._allow)
        self.field.edit.textChanged.connect(self._tick)

    def open_for(self, due: Rupiah, *, begun: int = 0) -> None:
        """Start anew for `due` Rupiah, `begun` steps being done; says so when this way cannot take it."""
        self._due = due
        self._begun = begun
        self._armed.stop()
        self._steps.set_amount(due)
        self.field.edit.clear()
        self.message.say("")
        self._allow()
        self.field.setEnabled(self._accept.isEnabled())
        self._tick()

    def hold(self) -> None:
        """Take nothing for as long as a double press lasts: its second half was not meant for this button."""
        self._accept.setEnabled(False)
        self._armed.start(DOUBLE_MS)

    def take_focus(self) -> None:
        """Ready to type."""
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def tab_after(self, *before: QWidget) -> None:
        """Tab comes to the field, and then to the button, behind these."""
        for one, other in pairwise((*before, self.field.edit, self._accept)):
            QWidget.setTabOrder(one, other)

    def accept(self) -> None:
        """The cashier has seen the money."""
        payment = self._payment()
        if payment and self._accept.isEnabled():
            self.settled.emit(payment)

    def set_compact(self, compact: bool) -> None:
        """A narrow column for a small window."""
        px = self._theme.px
        sides = px(14 if compact else 20)
        self.setContentsMargins(sides, px(8 if compact else 18), sides, px(10 if compact else 16))
        self._steps.set_compact(compact)

    def _allow(self) -> None:
        self._accept.setEnabled(self._payment() is not None)

    def _payment(self) -> Payment | None:
        try:
            return settle(self._method, self._due, reference=clean_text(self.field.edit.text()))
        except Refused as refused:
            self.message.say(str(refused))
            return None

    def _tick(self) -> None:
        """A reference that is there was read where the money is: what is left is to say so."""
        text = self.field.edit.text()
        read = len(text) == self._words.digits if self._words.digits else bool(text)
        self._steps.set_done(2 if read else self._begun)

    def _want_digits(self, digits: int) -> None:
        edit = self.field.edit
        edit.setValidator(QRegularExpressionValidator(QRegularExpression(rf"\d{{0,{digits}}}"), self))
        font = self._theme.font("title", 20)
        font.setLetterSpacing(font.SpacingType.AbsoluteSpacing, self._theme.px(8))
        edit.setFont(font)

    def _lay_out(self) -> None:
        theme = self._theme
        name = label(self._words.reference, "label", theme, color="text2", wrap=True)
        name.setBuddy(self.field.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(_("Steps"), "label", theme, color="text2"))
        column.addSpacing(theme.px(8))
        column.addWidget(self._steps)
        column.addSpacing(theme.px(10))
        column.addWidget(name)
        column.addSpacing(theme.px(6))
        column.addWidget(self.field)
        column.addSpacing(theme.px(4))
        column.addWidget(self.message)
        column.addStretch(1)
        column.addWidget(self._accept)
        column.addLayout(self.under)

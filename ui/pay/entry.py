"""How much the buyer hands over: the field, the number pad, and the button that takes it."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.money import Rupiah, rupiah
from pos.payments import looks_mistyped
from pos.text import _
from ui.fields import FieldMessage, MoneyField
from ui.keys import keycap
from ui.numpad import NumPad
from ui.theme import Theme
from ui.widgets import Button, label


class AmountEntry(QWidget):
    """The right column of a page that takes amounts.

    `changed`: another amount stands in the field. `accepted`: it is to be taken, and no slip of the finger.
    Widgets of the page's own stand in `under`, above the button.
    """

    changed = Signal()
    accepted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._bill: Rupiah = 0
        self._doubted: Rupiah | None = None
        self._name = label("", "label", theme, color="text2")
        self.field = MoneyField("", theme)
        self.message = FieldMessage(theme)
        self.pad = NumPad(theme)
        self.under = QVBoxLayout()
        self._accept = Button("", keycap=keycap("accept"), large=True, theme=theme)
        self._lay_out()
        self.field.changed.connect(self.changed)
        self.pad.pressed.connect(self.field.press)
        self._accept.clicked.connect(self.accept)

    @property
    def amount(self) -> Rupiah | None:
        """What is typed; None for an empty field."""
        return self.field.amount

    @property
    def doubted(self) -> bool:
        """An amount far above the bill was asked for again: an empty field now means nothing."""
        return self._doubted is not None

    def start(self, name: str, bill: Rupiah, amount: Rupiah | None = None) -> None:
        """Begin anew: the field's name, the bill that amounts are doubted by, and what stands in it."""
        self.rename(name)
        self._bill = bill
        self._doubted = None
        self.fill(amount)

    def rename(self, name: str) -> None:
        """What the field is for."""
        self._name.setText(name)
        self.field.edit.setAccessibleName(name)

    def fill(self, amount: Rupiah | None) -> None:
        """Put an amount into the field, as if it had been typed."""
        self.field.set_amount(amount)
        self.changed.emit()

    def show_accept(self, text: str, wrong: str = "", *, ready: bool) -> None:
        """What the button says, what is wrong with the amount, and whether it can be taken."""
        self.message.say(wrong)
        self.field.set_error(bool(wrong))
        self._accept.setText(text)
        self._accept.setEnabled(ready)

    def accept(self) -> None:
        """Take what is typed; far more than the bill is asked for a second time."""
        amount = self.amount
        if amount is not None and amount != self._doubted and looks_mistyped(self._bill, amount):
            self._doubted = amount
            self.fill(None)
            self.message.say(_("{amount}, is that right? Type it once more.").format(amount=rupiah(amount)))
        elif self._accept.isEnabled():
            self.accepted.emit()

    def tab_after(self, *before: QWidget) -> None:
        """Tab comes to the field, and then to the button, behind these."""
        for one, other in pairwise((*before, self.field.edit, self._accept)):
            QWidget.setTabOrder(one, other)

    def take_focus(self) -> None:
        """Ready to type."""
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_compact(self, compact: bool) -> None:
        """A narrow column for a small window."""
        px = self._theme.px
        self.setFixedWidth(px(254 if compact else 291))
        self.pad.set_compact(compact, 48 if self.under.count() else 56)
        sides = px(12 if compact else 20)
        self.setContentsMargins(sides, px(4 if compact else 18), sides, px(8 if compact else 16))

    def _lay_out(self) -> None:
        theme = self._theme
        self._name.setBuddy(self.field.edit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._name)
        column.addSpacing(theme.px(5))
        column.addWidget(self.field)
        column.addSpacing(theme.px(3))
        column.addWidget(self.message)
        column.addSpacing(theme.px(3))
        column.addWidget(self.pad)
        column.addStretch(1)
        column.addLayout(self.under)
        column.addSpacing(theme.px(8))
        column.addWidget(self._accept)

"""The discount of a line or of the whole: Rupiah or percent, typed, or one tap on a usual one."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QPaintEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout

from pos.cart import Cart
from pos.errors import Refused
from pos.money import plain, rupiah
from pos.text import _
from ui.fields import FieldFrame, MoneyField
from ui.numpad import BACK, NumPad
from ui.pressable import Look, Pressable
from ui.theme import Theme
from ui.till.basket import WHOLE
from ui.till.editor import FIELD, Editor
from ui.widgets import label

USUAL_PERCENT = (5, 10, 15, 20)
USUAL_RUPIAH = (1_000, 2_000, 5_000, 10_000)
PAD_MIN, PAD_MAX = 200, 248  # px of the number pad's height

_CHOSEN = Look("primarySoft", "primarySoftHover", "primarySoftHover", "onPrimarySoft", "primary", "primary")
_OTHER = Look("surface", "surfaceAlt", "sunken", "text2", "borderStrong", "borderInput")


class DiscountEditor(Editor):
    """Refuses more than there is to pay, in its place. `taken` tells the cart with the discount.

    `row` is the line that it is for, or WHOLE.
    """

    taken = Signal(Cart)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._cart, self.row = Cart(""), WHOLE
        self._fresh = True  # the first key of the pad replaces what stands there
        self._money = MoneyField(_("Discount in Rupiah"), theme)
        self._percent = PercentField(_("Discount in percent"), theme)
        self._after = label("", "label", theme, color="text2")
        self._pad = NumPad(theme)
        self._pad.setMinimumHeight(theme.px(PAD_MIN))
        self._pad.setMaximumHeight(theme.px(PAD_MAX))
        self._pad.pressed.connect(self._press)
        self._kinds = QButtonGroup(self)
        self._usual = [_Usual(theme) for _value in USUAL_PERCENT]
        for number, button in enumerate(self._usual):
            button.clicked.connect(lambda _checked=False, number=number: self._take_usual(number))
        for field in (self._money, self._percent):
            self.fields.addWidget(field)
            field.changed.connect(self._look)
        self._lay_out()

    def turn(self) -> None:
        """Ask for the other kind."""
        self._choose(in_percent=not self._in_percent)

    def edit(self, cart: Cart, row: int) -> None:
        """Ask for the discount of line `row` of `cart`, or of the WHOLE."""
        self._cart, self.row = cart, row
        line = None if row == WHOLE else cart.lines[row]
        percent, off = (line.percent, line.discount) if line else (cart.percent, cart.off)
        self._money.set_amount(off if off and not percent else None)
        self._percent.set_percent(percent or None)
        self.begin(_("Discount"), line.product.name if line else _("of the whole sale"))
        self._choose(in_percent=bool(percent) or not off)

    def take(self) -> bool:
        """Tell the cart with what was typed; nothing typed is no discount."""
        cart = self._made()
        if cart is None:
            return False
        self.taken.emit(cart)
        return True

    @property
    def _in_percent(self) -> bool:
        return self.field is self._percent

    def _choose(self, *, in_percent: bool) -> None:
        """Rupiah or percent."""
        self._kinds.buttons()[1 if in_percent else 0].setChecked(True)
        self.fields.setCurrentWidget(self._percent if in_percent else self._money)
        for number, button in enumerate(self._usual):
            value = USUAL_PERCENT[number] if in_percent else USUAL_RUPIAH[number]
            button.setText(f"{value}%" if in_percent else plain(value))
            button.setAccessibleName(f"{value}%" if in_percent else rupiah(value))
        self._fresh = True
        self.field.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.edit.selectAll()
        self._look()

    def _take_usual(self, number: int) -> None:
        if self._in_percent:
            self._percent.set_percent(USUAL_PERCENT[number])
        else:
            self._money.set_amount(USUAL_RUPIAH[number])
        self._look()
        self.take()

    def _press(self, key: str) -> None:
        """A key of the pad. The first one replaces what stood there."""
        field = self._percent if self._in_percent else self._money
        if self._fresh:
            field.edit.clear()
            self._money.set_amount(None if field is self._money else self._money.amount)
        self._fresh = False
        field.press("" if key == BACK and not field.edit.text() else key)

    def _look(self) -> None:
        """What comes of it, or why it cannot be."""
        cart = self._made()
        self.field.set_error(cart is None)
        self.accept.setEnabled(cart is not None)
        self._after.setVisible(cart is not None)
        self.message.setVisible(cart is None)
        if cart is not None:
            self.message.say("")
            before, after = self._price(self._cart), self._price(cart)
            off = f" − {rupiah(before - after)} = {rupiah(after)}" if after != before else ""
            self._after.setText(rupiah(before) + off)

    def _price(self, cart: Cart) -> int:
        """What the line, or all, comes to; before its discount for the cart that is edited."""
        edited = cart is self._cart
        if self.row == WHOLE:
            return cart.total + (cart.whole if edited else 0)
        line = cart.lines[self.row]
        return line.gross if edited else line.total

    def _made(self) -> Cart | None:
        """The cart with what was typed; None when it is refused, and the message says why."""
        cart, row = self._cart, self.row
        percent, off = self._percent.percent or 0, self._money.amount or 0
        try:
            if row == WHOLE:
                return cart.with_percent_off(percent) if self._in_percent else cart.with_off(off)
            return cart.with_percent(row, percent) if self._in_percent else cart.with_discount(row, off)
        except Refused as error:
            self.message.say(error.message)
            return None

    def _lay_out(self) -> None:
        px = self.theme.px
        for text, name, percent in (("Rp", "Rupiah", False), ("%", _("percent"), True)):
            kind = _Kind(text, name, self.theme)
            kind.clicked.connect(lambda _checked=False, percent=percent: self._choose(in_percent=percent))
            self._kinds.addButton(kind)
            self.head.insertWidget(self.head.count() - 1, kind)
        said = QVBoxLayout()
        said.addWidget(self._after)
        said.addWidget(self.message)
        self.column.addLayout(said)
        usual = QGridLayout()
        usual.setSpacing(px(8))
        for number, button in enumerate(self._usual):
            usual.addWidget(button, number, 0)
        pads = QHBoxLayout()
        pads.setSpacing(px(8))
        pads.addWidget(self._pad, 3)
        pads.addLayout(usual, 1)
        self.column.addLayout(pads)


class PercentField(FieldFrame):
    """Whole percent. `changed` fires for every change by a person; `percent` is None while it is empty."""

    changed = Signal()

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__(name, theme, height=FIELD)
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.edit.setFont(theme.font("amount", 30))
        self.edit.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{0,3}"), self.edit))
        self.edit.textEdited.connect(self.changed)
        self.row.addWidget(label("%", "title", theme, color="text3"))

    @property
    def percent(self) -> int | None:
        """What is in it."""
        return int(self.edit.text()) if self.edit.text() else None

    def set_percent(self, percent: int | None) -> None:
        """Show a number, None for an empty field."""
        self.edit.setText("" if percent is None else str(percent))

    def press(self, key: str) -> None:
        """A key of the number pad."""
        text = self.edit.text()
        self.edit.setText(text[:-1] if key == BACK else (text + key)[:3])
        self.changed.emit()


class _Kind(Pressable):
    """Rupiah or percent: two buttons of which one is chosen."""

    def __init__(self, text: str, name: str, theme: Theme) -> None:
        super().__init__(text, "secondary", theme.radius("control"), theme)
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFixedSize(theme.px(52), theme.size("touchMin"))
        self.margin = theme.px(4)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, event: QPaintEvent) -> None:
        """As chosen or not."""
        self.look = _CHOSEN if self.isChecked() else _OTHER
        super().paintEvent(event)


class _Usual(Pressable):
    """A usual discount: one tap takes it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("", "secondary", theme.radius("control"), theme)
        self.look = _CHOSEN
        self.setFont(theme.font("button", 16))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)

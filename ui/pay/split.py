"""One bill in several parts: cash is taken here, other ways are vouched for on their own pages."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import Refused
from pos.model import Payment
from pos.money import Rupiah, rupiah
from pos.payments import METHODS, Split, method_name, settle
from pos.text import _
from ui.keys import keycap
from ui.pay.entry import AmountEntry
from ui.pay.rows import PartList, rows
from ui.theme import Theme
from ui.widgets import Button, FitLabel, hline, label, set_color, vline


class SplitPage(QWidget):
    """The page of the payment sheet for parts.

    `came`: `split` holds one part more. `asked`: a part (method, Rupiah) that another page must vouch for;
    give its Payment to `receive`. `left`: the only part was removed. An empty field takes nothing here: the
    second half of a double press must not pay the rest.
    """

    came = Signal()
    asked = Signal(str, object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.split = Split(0)
        self._place = 0
        self._bill = FitLabel("amount", theme, size=38)
        self._list = PartList(theme)
        self._add = _AddButton(theme)
        self._progress = _Progress(theme)
        self._left = QWidget()
        self._entry = AmountEntry(theme)
        self.edit = self._entry.field.edit
        self._after_name = label("", "label", theme, color="text2")
        self._after = FitLabel("title", theme, color="primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, 1)
        row.addWidget(vline(theme))
        row.addWidget(self._entry)
        self._lay_out()
        self._entry.changed.connect(self._typed)
        self._entry.accepted.connect(self._take)
        self._list.chosen.connect(self._choose)
        self._list.removed.connect(self._remove)
        self._add.clicked.connect(self.add_part)

    def open_for(self, split: Split) -> None:
        """Go on with this split."""
        self.split = split
        self._bill.setText(rupiah(split.due))
        self._progress.show_split(split)
        self._choose(0, fill=False)

    def take_focus(self) -> None:
        """Ready to type."""
        self._entry.take_focus()

    def accept(self) -> None:
        """Take the chosen part, if an amount is there."""
        self._entry.accept()

    def choose_method(self, method: str) -> None:
        """The chosen part will be paid this way."""
        self.split = self.split.with_method(self._place, method)
        self._name()

    def fill(self) -> None:
        """Put the whole chosen part into the field; Enter then takes it."""
        if self.split.left > 0:
            self._entry.fill(self.split.open[self._place].amount)
            self.take_focus()

    def add_part(self) -> None:
        """What is typed becomes a part of its own, and the rest is chosen."""
        last = len(self.split.planned)
        if self._place == last:
            try:
                self.split = self.split.plan(self._entry.amount or 0)
            except Refused as refused:
                self._entry.message.say(refused.message)
                self.take_focus()
                return
        self._choose(len(self.split.planned), fill=False)
        self.take_focus()

    def receive(self, payment: Payment) -> None:
        """The chosen part has come in."""
        self.open_for(self.split.receive(self._place, payment))
        self.came.emit()

    def set_compact(self, compact: bool) -> None:
        """Low rows and narrow margins for a small window."""
        px = self._theme.px
        self._entry.set_compact(compact)
        self._list.set_compact(compact)
        self._bill.set_role("amount", 28 if compact else 38)
        sides = px(14 if compact else 22)
        self._left.setContentsMargins(sides, px(6 if compact else 18), sides, px(8 if compact else 12))

    def _choose(self, place: int, *, fill: bool = True) -> None:
        """Turn to a part; a tap on it also says how much: all of it."""
        self._place = place
        amount = self.split.open[place].amount if fill and self.split.left > 0 else None
        self._entry.start("", max(self.split.left, 0), amount)
        self._name()
        if fill:
            self.take_focus()

    def _remove(self, place: int) -> None:
        if not self.split.planned:
            self.left.emit()
            return
        self.split = self.split.without(place)
        self._choose(min(self._place, len(self.split.planned)), fill=False)
        self.take_focus()

    def _name(self) -> None:
        """The field is named by what it takes; all that depends on the amount follows."""
        share = self.split.open[self._place]
        last = self._place == len(self.split.planned)
        text = _("{method} for the rest") if last else _("{method} for this part")
        self._entry.rename(text.format(method=method_name(share.method)))
        self._typed()

    def _typed(self) -> None:
        amount, wrong = self._entry.amount, ""
        payment = None
        try:
            if amount is not None and self._place < len(self.split.planned):
                self.split = self.split.with_amount(self._place, amount)
            payment = self._payment(amount)
        except Refused as refused:
            wrong = refused.message
        share = self.split.open[self._place]
        if self.split.left <= 0:
            text, ready = _("Finish the sale"), self.split.left == 0
        elif amount is None:
            text, ready = _("Receive"), False
        else:
            cash = METHODS[share.method].gives_change
            text = _("Receive {amount}") if cash else _("Ask for {amount}")
            text, ready = text.format(amount=rupiah(amount)), payment is not None
        self._entry.show_accept(text, wrong, ready=ready)
        self._show_after(payment)
        chosen = self._place if self.split.left > 0 else -1
        self._list.show_rows(rows(self.split, chosen, amount), chosen)
        self._entry.tab_after(*self._list.stops(), self._add)
        self._add.setEnabled(self.split.left > 0)

    def _payment(self, amount: Rupiah | None) -> Payment | None:
        """The payment that the field stands for; None while it is empty. Raises Refused."""
        if self.split.left < 0:
            raise Refused(
                _("{amount} more has come in than the bill. Go back and add goods.").format(
                    amount=rupiah(-self.split.left)
                )
            )
        if amount is None or not self.split.left:
            return None
        method = self.split.open[self._place].method
        if self._place < len(self.split.planned):
            return settle(method, amount)
        rest = self.split.rest
        if not amount:
            raise Refused(_("Type how much of the rest this part is."))
        if amount > rest and self.split.planned and METHODS[method].gives_change:
            raise Refused(_("This part can be at most {amount}.").format(amount=rupiah(rest)))
        return settle(method, min(amount, rest), amount)

    def _take(self) -> None:
        if not self.split.left:
            self.came.emit()
            return
        payment = self._payment(self._entry.amount)
        if payment and METHODS[payment.method].gives_change:
            self.receive(payment)
        elif payment:
            self.asked.emit(payment.method, payment.amount)

    def _show_after(self, payment: Payment | None) -> None:
        """Above the button: what goes back, or what is still to be paid after this part."""
        left = self.split.left - payment.amount if payment else 0
        change = payment.change if payment else 0
        name = _("Left after this") if left else _("Change") if change else ""
        if self._entry.amount is None and self.split.left > 0:
            name = _("Type an amount or tap the part.")
        self._after_name.setText(name)
        self._after_name.setVisible(bool(name))  # in a small window a message may need its line
        self._after.setVisible(bool(left or change))
        self._after.setText(rupiah(left or change) if left or change else "")
        set_color(self._after, self._theme.color("text" if left else "primary"))

    def _lay_out(self) -> None:
        theme = self._theme
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(_("To be paid"), "body", theme, color="text2"))
        column.addWidget(self._bill)
        column.addSpacing(theme.px(12))
        column.addWidget(label(_("Parts of the payment"), "label", theme, color="text2"))
        column.addSpacing(theme.px(7))
        column.addWidget(self._list)
        column.addSpacing(theme.px(8))
        column.addWidget(self._add)
        column.addStretch(1)
        column.addWidget(self._progress)
        after = QHBoxLayout()
        after.setContentsMargins(theme.px(4), 0, theme.px(4), 0)
        after.addWidget(self._after_name)
        self._after.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        after.addWidget(self._after, 1)
        self._entry.under.addLayout(after)


class _AddButton(Button):
    """A place for one more part: dashes around it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("Add a part"), kind="ghost", icon="plus", keycap=keycap("add part"), theme=theme)

    def _paint_body(self, painter: QPainter) -> None:
        super()._paint_body(painter)
        pen = QPen(self.theme.color("borderStrong"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self.corner, self.corner)


class _Progress(QWidget):
    """What has come in, as a sum and a bar, and what is left, large."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._came_in = label("", "button", theme, right=True)
        self._bar = _Bar(theme)
        self._left = FitLabel("amount", theme, size=28)
        self._left.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.addWidget(label(_("Came in"), "body", theme, color="text2"))
        upper.addWidget(self._came_in, 1)
        lower.addWidget(label(_("Left to pay"), "price", theme))
        lower.addWidget(self._left, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(5))
        column.addWidget(hline(theme))
        column.addSpacing(theme.px(5))
        column.addLayout(upper)
        column.addWidget(self._bar)
        column.addLayout(lower)

    def show_split(self, split: Split) -> None:
        """How far it is."""
        self._came_in.setText(rupiah(split.came_in))
        self._left.setText(rupiah(split.left))
        self._bar.show_part(split.came_in, split.due)


class _Bar(QWidget):
    """A bar that fills up."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._part, self._whole = 0, 1
        self.setFixedHeight(theme.px(8))

    def show_part(self, part: Rupiah, whole: Rupiah) -> None:
        """Filled by `part` of `whole`."""
        self._part, self._whole = part, max(whole, 1)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The groove, and what fills it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        area, half = QRectF(self.rect()), self.height() / 2
        painter.setBrush(self._theme.color("keyBg"))
        painter.drawRoundedRect(area, half, half)
        area.setWidth(area.width() * min(self._part, self._whole) / self._whole)
        painter.setBrush(self._theme.color("primary"))
        painter.drawRoundedRect(area, half, half)

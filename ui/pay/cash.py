"""Cash: what is due, amounts of one tap, the number pad, and the change with notes to hand back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import Refused
from pos.money import Rupiah, plain, rupiah
from pos.payments import change_notes, quick_amounts, settle, small_to_ask
from pos.text import _
from ui.keys import keycap
from ui.pay.buttons import AmountButton
from ui.pay.entry import AmountEntry
from ui.theme import Theme
from ui.widgets import FitLabel, hline, label, set_color, vline

UNKNOWN = "–"
MOST_NOTES = 3  # lines beside the change


class CashPage(QWidget):
    """The page of the payment sheet for cash. `settled` carries the Payment."""

    settled = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._due: Rupiah = 0
        self._amounts: list[AmountButton] = []
        self._bill = FitLabel("amountLarge", theme, size=50)
        self.amounts = QWidget()  # of one tap
        self._grid = QGridLayout(self.amounts)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._change = ChangeView(theme)
        self._small = label("", "label", theme, color="text2", wrap=True)
        self.small_is_low = False  # the drawer's small notes run out: it is asked for them louder
        self._left = QWidget()
        self._entry = AmountEntry(theme)
        self.edit = self._entry.field.edit
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, 1)
        row.addWidget(vline(theme))
        row.addWidget(self._entry)
        self._lay_out_left()
        self._entry.changed.connect(self._typed)
        self._entry.accepted.connect(self._take)

    def set_compact(self, compact: bool) -> None:
        """Narrow columns and margins for a small window."""
        px = self._theme.px
        self._entry.set_compact(compact)
        sides = px(14 if compact else 22)
        self._left.setContentsMargins(sides, px(8 if compact else 20), sides, px(12))

    def open_for(self, due: Rupiah) -> None:
        """Start anew for a bill of `due` Rupiah."""
        self._due = due
        self._bill.setText(rupiah(due))
        self._offer_amounts()
        self._entry.start(_("Another amount"), due)

    def take_focus(self) -> None:
        """Ready to type."""
        self._entry.take_focus()

    def accept(self) -> None:
        """Take what is typed; nothing typed is the exact amount. Too little does nothing but say so."""
        self._entry.accept()

    def quick(self, place: int) -> None:
        """Pay with one of the offered amounts; 0 is the exact one; one that is not there does nothing."""
        if place < len(self._amounts):
            self._amounts[place].click()

    def _take(self) -> None:
        self.settled.emit(settle("cash", self._due, self._entry.amount))

    def _typed(self) -> None:
        entry, amount = self._entry, self._entry.amount
        payment, wrong = None, ""
        try:
            payment = settle("cash", self._due, amount)
        except Refused as refused:
            wrong = refused.message
        shown = payment.tendered if payment else amount or 0
        text = _("Receive {amount}").format(amount=rupiah(shown))
        # After a doubt an empty field is not the exact amount: a second Enter would pay what nobody meant.
        entry.show_accept(text, wrong, ready=payment is not None and not (amount is None and entry.doubted))
        self._change.show_change(payment.change if payment and amount is not None else None)
        for button in self._amounts:
            button.set_chosen(button.payment.tendered == amount)
        self._ask_small(payment.tendered if payment and amount is not None else self._likely())

    def _likely(self) -> Rupiah:
        """What the buyer will hand over, before anybody says so: the next round amount."""
        return next((one.payment.tendered for one in self._amounts if one.payment.change), self._due)

    def _ask_small(self, tendered: Rupiah) -> None:
        """What to ask for, so that fewer small notes go back."""
        more = small_to_ask(self._due, tendered)
        question = _("Any small change, {more}? For {given} then {change} goes back.").format(
            more=rupiah(more), given=rupiah(tendered), change=rupiah(tendered + more - self._due)
        )
        said = [_("Small change is running out.")] if self.small_is_low else []
        self._small.setText(" ".join([*said, *([question] if more else [])]))
        set_color(self._small, self._theme.color("warn" if self.small_is_low else "text2"))

    def _offer_amounts(self) -> None:
        for old in self._amounts:
            self._grid.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._amounts = []
        for place, amount in enumerate(quick_amounts(self._due)):
            payment = settle("cash", self._due, amount)
            button = AmountButton(payment, self._theme, keycap="" if place else keycap("exact amount"))
            button.clicked.connect(lambda _checked=False, payment=payment: self.settled.emit(payment))
            if place:
                self._grid.addWidget(button, (place + 1) // 2, (place - 1) % 2)
            else:
                self._grid.addWidget(button, 0, 0, 1, 2)
            self._amounts.append(button)
        self._entry.tab_after(*self._amounts)

    def _lay_out_left(self) -> None:
        theme = self._theme
        self._grid.setSpacing(theme.px(10))
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(_("To be paid"), "body", theme, color="text2"))
        column.addWidget(self._bill)
        column.addSpacing(theme.px(12))
        column.addWidget(label(_("What the buyer hands over"), "label", theme, color="text2"))
        column.addSpacing(theme.px(6))
        column.addWidget(self.amounts)
        column.addSpacing(theme.px(6))
        column.addWidget(self._small)
        column.addStretch(1)
        column.addSpacing(theme.px(6))
        column.addWidget(hline(theme))
        column.addSpacing(theme.px(10))
        column.addWidget(self._change)


class ChangeView(QWidget):
    """The change, large, and beside it the largest notes that make it up; the done screen shows them all."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._amount = FitLabel("amount", theme, color="primary", size=42)
        self._title = label(_("suggested notes"), "body", theme, color="text2", right=True)
        self._title.setFont(theme.font("body", 13))
        self._notes = label("", "label", theme, right=True)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(label(_("Change"), "body", theme, color="text2"))
        left.addWidget(self._amount)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, theme.px(8))
        right.setSpacing(theme.px(2))
        right.addStretch(1)
        right.addWidget(self._title)
        right.addWidget(self._notes)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addLayout(left, 1)
        row.addLayout(right)

    def show_change(self, change: Rupiah | None) -> None:
        """Show what goes back in Rupiah; None while that is not known."""
        amount = UNKNOWN if change is None else rupiah(change)
        self._amount.setText(amount)
        self._amount.setAccessibleName(_("Change {amount}").format(amount=amount))
        notes = [f"{plain(count)} × {plain(note)}" for note, count in change_notes(change or 0)]
        shown = notes if len(notes) <= MOST_NOTES else [*notes[: MOST_NOTES - 1], "…"]
        self._title.setVisible(bool(notes))
        self._notes.setText("\n".join(shown))

"""QRIS: the booth's code beside the steps. The sale waits until the cashier has seen the money."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.errors import Refused
from pos.money import Rupiah, rupiah
from pos.payments import METHODS
from pos.qris import QrShown, booth_code, sample_payload, with_amount
from pos.text import _
from ui.pay.confirm import Emblem
from ui.pay.qr_card import QrCard
from ui.pay.vouch import Vouch
from ui.pay.words import words
from ui.theme import Theme
from ui.widgets import Button, FitLabel, label, vline

NARROW = 640  # px of the page at 100 %: below it the code needs the room of the steps


class QrisPage(QWidget):
    """The page of the payment sheet for QRIS. `settled` carries the Payment.

    `not_come`: the sale is to wait. `other`: pay it another way, by its name; "" for any. `print_qr` carries
    the payload, `customer_screen` asks for the buyer's screen.
    """

    not_come = Signal()
    other = Signal(str)
    print_qr = Signal(str)
    customer_screen = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._payload = self._booth = ""
        self._inside, self._practice = False, ""
        self.receipt = ""
        self.shown: QrShown | None = None  # what the page shows to the buyer, once it is open
        said = words("qris")
        self._by_hand = said.below
        self.vouch = Vouch("qris", said, theme)
        self.settled = self.vouch.settled
        self.edit = self.vouch.field.edit
        self._bill = FitLabel("amountLarge", theme, size=44)
        self._caption = label("", "label", theme, color="text2", wrap=True)
        self._card = QrCard(theme)
        self._instead = _Instead(theme)
        self._left = QWidget()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, 1)
        row.addWidget(vline(theme))
        row.addWidget(self.vouch)
        self._lay_out_left()
        self._lay_out_under()
        self.vouch.tab_after(self._show, self._print)
        self._instead.other.connect(self.other)

    def set_code(self, payload: str, booth: str, *, with_amount: bool, practice: str) -> None:
        """The institution's payload, "" for none; the booth's name; see `PaySheet.set_qris`."""
        self._payload = sample_payload() if practice else payload
        self._booth = booth
        self._inside = with_amount
        self._practice = practice

    def set_compact(self, compact: bool) -> None:
        """Narrow columns and margins for a small window."""
        self._bill.set_role("amountLarge", 30 if compact else 44)
        self.vouch.set_compact(compact)

    def open_for(self, due: Rupiah) -> None:
        """Start anew for a bill of `due` Rupiah."""
        over = due > METHODS["qris"].limit
        self.shown, why, hint = None, "", ""
        try:
            self.shown = self._code(due)
        except Refused as refused:
            why, hint = refused.message, refused.hint
        self._bill.setText(rupiah(due))
        if self.shown:
            self._card.show_code(self.shown, " · ".join(part for part in (self._booth, self.receipt) if part))
        else:
            self._instead.say(why, hint, ways_out=over)
        inside = self.shown is not None and self.shown.amount_inside
        self._caption.setText(_("The buyer's phone shows this amount by itself") if inside else self._by_hand)
        self._caption.setVisible(not over)
        self._card.setVisible(self.shown is not None)
        self._instead.setVisible(self.shown is None)
        self._show.setEnabled(self.shown is not None)
        self._print.setEnabled(self.shown is not None)
        self._wait.setEnabled(not over)
        self.vouch.open_for(due, begun=1 if self.shown else 0)
        if over:  # said where the code would be, with the ways out
            self.vouch.message.say("")

    def take_focus(self) -> None:
        """Ready to type."""
        self.vouch.take_focus()

    def accept(self) -> None:
        """The cashier has seen the money."""
        self.vouch.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The code comes first where it is narrow."""
        super().resizeEvent(event)
        px = self._theme.px
        narrow = self.width() < px(NARROW)
        sides = px(8 if narrow else 16)
        self.vouch.setFixedWidth(px(300 if narrow else 324))
        low = self.height() < px(560)
        self._left.setContentsMargins(sides, px(8 if low else 18), sides, px(10 if low else 16))

    def _code(self, due: Rupiah) -> QrShown | None:
        """What the buyer is to scan; None when no officer has set a code. Raises Refused."""
        if due > METHODS["qris"].limit:
            most = rupiah(METHODS["qris"].limit)
            raise Refused(
                _("{method} takes at most {limit} at once.").format(method=METHODS["qris"].name, limit=most)
            )
        if not self._payload:
            return None
        qris = booth_code(self._payload)
        payload = with_amount(self._payload, due) if self._inside else self._payload
        return QrShown(payload, qris.merchant, qris.nmid, due, self._inside, self._practice)

    def _lay_out_left(self) -> None:
        theme = self._theme
        self._show = Button(_("Buyer's screen"), kind="secondary", icon="monitor-smartphone", theme=theme)
        self._print = Button(_("Print QR"), kind="secondary", icon="printer", theme=theme)
        self._show.clicked.connect(self.customer_screen)
        self._print.clicked.connect(lambda: self.print_qr.emit(self.shown.payload if self.shown else ""))
        self._bill.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px(8))
        buttons.addWidget(self._show, 1)
        buttons.addWidget(self._print, 1)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bill)
        column.addSpacing(theme.px(2))
        column.addWidget(self._caption)
        column.addSpacing(theme.px(8))
        column.addWidget(self._card, 1)
        column.addWidget(self._instead, 1)
        column.addSpacing(theme.px(8))
        column.addLayout(buttons)

    def _lay_out_under(self) -> None:
        theme = self._theme
        self._wait = Button(_("It has not come"), kind="secondary", theme=theme)
        self._wait.setToolTip(_("The sale waits; it can be taken up again."))
        change = Button(_("Pay another way"), kind="secondary", theme=theme)
        self._wait.clicked.connect(self.not_come)
        change.clicked.connect(lambda: self.other.emit(""))
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.px(8), 0, 0)
        row.setSpacing(theme.px(8))
        for button in (self._wait, change):
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        self.vouch.under.addLayout(row)


class _Instead(QWidget):
    """In the place of the code: why there is none, and what to do."""

    other = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._why = label("", "title", theme, wrap=True)
        self._hint = label("", "body", theme, color="text2", wrap=True)
        self._ways = QWidget()
        split = Button(_("Split payment"), kind="secondary", icon="split", theme=theme)
        transfer = Button(METHODS["transfer"].name, kind="secondary", icon="landmark", theme=theme)
        split.clicked.connect(lambda: self.other.emit("split"))
        transfer.clicked.connect(lambda: self.other.emit("transfer"))
        ways = QVBoxLayout(self._ways)
        ways.setContentsMargins(0, theme.px(8), 0, 0)
        ways.addWidget(split)
        ways.addWidget(transfer)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        column.setSpacing(theme.px(6))
        column.addStretch(2)
        column.addWidget(Emblem("qr-code", theme), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(theme.px(8))
        for text in (self._why, self._hint):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(text)
        column.addWidget(self._ways)
        column.addStretch(3)

    def say(self, why: str, hint: str, *, ways_out: bool) -> None:
        """What is wrong and what to do; no reason: no code has been set. `ways_out`: offer other ways."""
        self._why.setText(why)
        self._why.setVisible(bool(why))
        unset = _("Use the printed code. An officer can set it in Settings, so that it is shown here.")
        self._hint.setText(hint if why else unset)
        self._hint.setVisible(bool(self._hint.text()))
        self._ways.setVisible(ways_out)

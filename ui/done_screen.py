"""After the sale: the change, as large as can be, and its papers; one key starts the next sale."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos.model import Payment, Refund, Sale
from pos.money import Rupiah, rupiah
from pos.payments import METHODS, method_name
from pos.receipts.blocks import Slip
from pos.receipts.qr_text import QrReceipt
from pos.receipts.sheet import Sheet
from pos.text import _, clock_time, short_date
from ui.change_notes import ChangeNotes
from ui.done_actions import PaperActions
from ui.done_marks import Disc, Hero, NewSale
from ui.hush import Hush
from ui.icons import icon_pixmap
from ui.keys import keycap, meant
from ui.paper_side import CODE, SHEET, PaperSide
from ui.tell import ask
from ui.theme import Theme
from ui.till.lettering import weighted
from ui.widgets import Button, Tag, label, set_color

SIDE_WIDTH = 452  # px at 100 %, less in a small window


class DoneScreen(QWidget):
    """What a cashier sees while handing back the change. It asks for things by its signals and does none."""

    new_sale = Signal()
    reprint = Signal()  # of the paper that is shown, as all of these
    save_pdf = Signal()
    copy_text = Signal()
    kuitansi = Signal()  # after its tab was pressed
    packing = Signal()  # the slip for whoever packs the hampers of the sale
    void = Signal()  # after the question was answered with yes, or unasked when an officer is asked anyway
    give_back = Signal()  # some of its goods
    paper_chosen = Signal(str)  # "80", "58", "a5" or "qr": `show_paper` it

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sale: Sale | None = None  # that can be cancelled
        self.asks_officer: Callable[[], bool] = lambda: False  # whoever takes `void` asks for one, not we
        self._mark = Disc(theme)
        self._headline = label("", "title", theme)
        self._headline.setFont(theme.font("title", 20))
        self._summary = label("", "body", theme, color="text2", wrap=True)
        self._printed = Tag("", "ok", large=True, theme=theme)
        self._title = label("", "heading", theme, color="text2", wrap=True)
        self._title.setFont(weighted(theme.font("heading"), 600))
        self._amount = Hero("hero", theme)
        self._small = False  # the amount is said in words
        self._notes = ChangeNotes(theme)
        self._new = NewSale(theme)
        self._new.clicked.connect(self.new_sale)
        self._side = PaperSide(theme)
        self._side.chosen.connect(self.paper_chosen)
        self.code_seen = self._side.code_seen
        self._papers = PaperActions(theme)
        for asked, told in (
            (self._papers.reprint, self.reprint),
            (self._papers.save_pdf, self.save_pdf),
            (self._papers.copy_text, self.copy_text),
            (self._papers.packing, self.packing),
        ):
            asked.connect(told)
        self._papers.kuitansi.connect(self._ask_kuitansi)
        self._cancel = self._cancel_button()
        self._return = self._return_button()
        self._left = QWidget()
        self._hush = Hush(self._left, self._side)
        self.setAutoFillBackground(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, 1)
        row.addWidget(self._side)
        self._lay_out_left()

    @property
    def paper(self) -> str:
        """The paper whose tab is pressed: `80`, `58`, `a5` or `qr`."""
        return self._side.paper

    @property
    def roll(self) -> str:
        """The width of the roll that was chosen last: `80` or `58`."""
        return self._side.roll

    def choose_paper(self, paper: str) -> None:
        """Press a tab; a roll's, `80` or `58`, is that of the next slips too."""
        self._side.choose(paper)

    def show_sale(self, sale: Sale, slip: Slip, *, again: bool = False, printed: bool = True) -> None:
        """Show a finished sale and its receipt on the roll; the keyboard is ready for the next one.

        `again`: it was made before. Then no change is shown, for nobody is to hand it out once more.
        `printed`: its receipt comes out without being asked for, so the next one is another.
        """
        self._sale = sale
        when = _("Sold {date}, {time}").format(date=short_date(sale.day), time=clock_time(sale.at))
        self._headline.setText(when if again else _("Payment received"))
        self._summary.setText(_summary(sale))
        self._mark.show_as("check", "primary", "onPrimary")
        cash = any(payment.method == "cash" for payment in sale.payments)
        title = _("Change") if sale.change else _("Total {amount}").format(amount=rupiah(sale.total))
        words = "" if sale.change else _("Exact cash") if cash else _("Paid")
        if again:
            self._show_amount(_("Total"), sale.total, "", "text", notes=0)
        else:
            self._show_amount(title, sale.change, words, "primary", notes=sale.change)
        self._new.icon_name = "arrow-left" if again else "plus"
        self._new.setText(_("Back to the till") if again else _("New sale"))
        hampers = any(line.parts for line in sale.lines)
        self._offer(_("Print again") if printed else _("Print"), sale=True, hampers=hampers)
        self._return.setVisible(again)  # what was just sold is cancelled, or exchanged in the next sale
        self._start(slip, sheets=True)

    def show_void(self, refund: Refund, slip: Slip) -> None:
        """Show that a sale was cancelled or goods came back, the money for it, and the paper that says so."""
        self._sale = None
        self._headline.setText(_("Sale cancelled") if refund.void else _("Goods taken back"))
        numbers = _("{number} cancels {sale}") if refund.void else _("{number} returns goods of {sale}")
        self._summary.setText(numbers.format(number=refund.receipt, sale=refund.receipt_of))
        self._mark.show_as("rotate-ccw", "danger", "onDanger")
        cash = sum(part.amount for part in refund.payments if part.method == "cash")
        back = [part for part in refund.payments if part.method in METHODS]  # a deposit stays with its order
        amount = sum(part.amount for part in back)
        title = _("Give back: {ways}").format(ways=_ways_back(back))
        if refund.payments and not back:
            title = _("The deposit stays")
        words = "" if amount else _("Nothing to give back")
        self._show_amount(title, amount, words, "danger", notes=cash)
        self._offer(_("Print"), sale=False)
        self._start(slip, sheets=False)

    def show_paper(self, paper: Slip | Sheet | QrReceipt) -> None:
        """Show the paper that was asked for by `paper_chosen`."""
        self._side.show_paper(paper)

    def show_packing(self, slip: Slip) -> None:
        """Show the packing slip that was asked for by `packing`."""
        self._side.show_other(slip, _("Packing slip"))

    @property
    def change(self) -> tuple[QWidget, ...]:
        """What is handed back, and in which notes."""
        return self._amount, self._notes

    def button(self, action: str) -> QWidget:
        """The button of an action of ui/keys.py: `new sale` or one of its papers."""
        return self._new if action == "new sale" else self._papers.button(action)

    def set_printed(self, printed: bool) -> None:
        """Tell whether the receipt came out of the printer; before that nothing is said."""
        if printed:
            self._printed.set(_("Receipt printed"), "ok", icon="printer")
        else:
            self._printed.set(_("Not yet printed"), "warn", icon="printer")
        self._printed.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of this place; everything else goes on to whoever is around."""
        found = meant(event, "done")
        if found is None:
            event.ignore()
            return
        ours = {"new sale": self._new, "return": self._return, "void": self._cancel}
        if found[0] in ours:
            ours[found[0]].click()
        elif found[0] == "paperless":
            self._side.choose(CODE if self._sale else self._side.paper)
        else:
            self._papers.press(found[0])

    def showEvent(self, event: QShowEvent) -> None:
        """Enter starts the next sale."""
        super().showEvent(event)
        self._take_keyboard()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The paper gives way in a small window."""
        super().resizeEvent(event)
        self._side.setFixedWidth(min(self._theme.px(SIDE_WIDTH), self.width() * 35 // 100))
        sides = self._theme.px(40 if self.width() > self._theme.px(1100) else 24)
        self._left.setContentsMargins(sides, self._theme.px(26), sides, self._theme.px(8))
        self._fit_amount()
        self._fit_keys()

    def _start(self, slip: Slip, *, sheets: bool) -> None:
        self._side.start(slip, sheets=sheets)
        self._printed.hide()
        self._take_keyboard()
        self._hush.begin()  # what follows at once was meant for what stood here before

    def _offer(self, printing: str, *, sale: bool, hampers: bool = False) -> None:
        """A cancelled sale has no kuitansi, and is not cancelled again."""
        self._papers.offer(printing, sale=sale, hampers=hampers)
        self._fit_keys()
        self._cancel.setVisible(sale)
        self._return.setVisible(False)

    def _show_amount(self, title: str, amount: Rupiah, words: str, color: str, *, notes: Rupiah) -> None:
        self._title.setText(title)
        self._amount.setText(words or rupiah(amount))
        set_color(self._amount, self._theme.color(color))
        self._notes.show_amount(notes)
        self._small = bool(words)
        self._fit_amount()

    def _fit_amount(self) -> None:
        if self._small:
            self._amount.set_role("customerTotal", 72)
        else:
            self._amount.set_role("hero", None if self.height() > self._theme.px(660) else 92)

    def _fit_keys(self) -> None:
        margins = self._left.contentsMargins()
        self._papers.fit(self.width() - self._side.width() - margins.left() - margins.right())

    def _ask_kuitansi(self) -> None:
        self._side.choose(SHEET)
        self.kuitansi.emit()

    def _ask_void(self) -> None:
        if self._sale is None:
            return
        if self.asks_officer():
            self.void.emit()
            return
        title = _("Cancel sale {number}?").format(number=f"{self._sale.number:04d}")
        back = _("The goods return to stock, and {amount} goes back to the buyer.")
        words = (title, back.format(amount=rupiah(self._sale.total)))
        question = ask(self, self._theme, words, (_("Yes, cancel it"), _("No, keep it")))
        question.accepted.connect(self.void)
        question.rejected.connect(self._take_keyboard)

    def _take_keyboard(self) -> None:
        self._new.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out_left(self) -> None:
        theme = self._theme
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._header())
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._amount)
        column.addSpacing(theme.px(8))
        column.addWidget(self._notes)
        column.addStretch(1)
        column.addWidget(self._papers)
        column.addSpacing(theme.px(12))
        column.addWidget(self._new)
        column.addLayout(self._foot())

    def _header(self) -> QHBoxLayout:
        theme = self._theme
        texts = QVBoxLayout()
        texts.setSpacing(theme.px(2))
        texts.addWidget(self._headline)
        texts.addWidget(self._summary)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(texts, 1)
        row.addWidget(self._printed, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _cancel_button(self) -> Button:
        theme = self._theme
        text, key = _("Cancel this sale"), keycap("void")
        button = Button(text, kind="danger-ghost", icon="rotate-ccw", keycap=key, theme=theme)
        button.setFont(theme.font("button", 13))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setFixedWidth(button.sizeHint().width() - theme.px(16))  # near the edge of what stands above
        button.clicked.connect(self._ask_void)
        return button

    def _return_button(self) -> Button:
        theme = self._theme
        text, key = _("Take goods back"), keycap("return")
        button = Button(text, kind="ghost", icon="undo-2", keycap=key, theme=theme)
        button.setFont(theme.font("button", 13))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(self.give_back)
        return button

    def _foot(self) -> QHBoxLayout:
        theme = self._theme
        icon = QLabel()
        icon.setPixmap(
            icon_pixmap("scan-barcode", theme.px(18), theme.color("text2"), self.devicePixelRatioF())
        )
        hint = _("Or scan the next thing: a new sale starts by itself.")
        text = label(hint, "body", theme, color="text2", wrap=True)
        text.setFont(theme.font("body", 13))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(icon)
        row.addWidget(text, 1)
        row.addWidget(self._return)
        row.addWidget(self._cancel)
        row.addStrut(theme.size("button"))  # nothing moves when there is nothing to cancel
        return row


def _summary(sale: Sale) -> str:
    paid = " + ".join(f"{method_name(part.method)} {rupiah(part.tendered)}" for part in sale.payments)
    if sale.change:
        paid = _("{paid} for a bill of {total}").format(paid=paid, total=rupiah(sale.total))
    return f"{sale.receipt} · {paid}"


def _ways_back(back: Sequence[Payment]) -> str:
    """`Tunai`, or of several ways each with its amount."""
    if len(back) == 1:
        return method_name(back[0].method)
    return " + ".join(f"{method_name(part.method)} {rupiah(part.amount)}" for part in back)

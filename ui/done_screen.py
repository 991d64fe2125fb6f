"""After the sale: the change, as large as can be, and its papers; one key starts the next sale."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from pos.model import Refund, Sale
from pos.money import Rupiah, rupiah
from pos.payments import method_name
from pos.receipts.blocks import Slip
from pos.receipts.sheet import Sheet
from pos.text import _, clock_time, short_date
from ui.change_notes import ChangeNotes
from ui.hush import Hush
from ui.icons import icon_pixmap
from ui.keys import keycap, meant
from ui.paper_side import SHEET, PaperSide
from ui.tell import ask
from ui.theme import Theme
from ui.till.lettering import weighted
from ui.widgets import Button, FitLabel, Tag, fitted, label, set_color

SIDE_WIDTH = 452  # px at 100 %, less in a small window


class DoneScreen(QWidget):
    """What a cashier sees while handing back the change. It asks for things by its signals and does none."""

    new_sale = Signal()
    reprint = Signal()  # of the paper that is shown, as all of these
    save_pdf = Signal()
    copy_text = Signal()
    kuitansi = Signal()  # after its tab was pressed
    void = Signal()  # after the question was answered with yes
    paper_chosen = Signal(str)  # "80", "58" or "a5": `show_paper` it

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._sale: Sale | None = None  # that can be cancelled
        self._mark = _Disc(theme)
        self._headline = label("", "title", theme)
        self._headline.setFont(theme.font("title", 20))
        self._summary = label("", "body", theme, color="text2", wrap=True)
        self._printed = Tag("", "ok", large=True, theme=theme)
        self._title = label("", "heading", theme, color="text2", wrap=True)
        self._title.setFont(weighted(theme.font("heading"), 600))
        self._amount = _Hero("hero", theme)
        self._small = False  # the amount is said in words
        self._notes = ChangeNotes(theme)
        self._new = _NewSale(theme)
        self._new.clicked.connect(self.new_sale)
        self._side = PaperSide(theme)
        self._side.chosen.connect(self.paper_chosen)
        self._keys: dict[Button, str] = {}
        self._print = self._action(_("Print again"), "printer", "print", self.reprint)
        self._kuitansi = self._action(_("Formal receipt"), "file-text", "kuitansi", self._ask_kuitansi)
        self._cancel = self._cancel_button()
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
        """The paper whose tab is pressed: `80`, `58` or `a5`."""
        return self._side.paper

    @property
    def roll(self) -> str:
        """The width of the roll that was chosen last: `80` or `58`."""
        return self._side.roll

    def choose_roll(self, roll: str) -> None:
        """Show slips on this roll, `80` or `58`, until somebody chooses the other."""
        self._side.choose(roll)

    def show_sale(self, sale: Sale, slip: Slip, *, again: bool = False) -> None:
        """Show a finished sale and its receipt on the roll; the keyboard is ready for the next one.

        `again`: it was made before. Then no change is shown, for nobody is to hand it out once more.
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
        self._offer(_("Print again"), sale=True)
        self._start(slip, sheets=True)

    def show_void(self, refund: Refund, slip: Slip) -> None:
        """Show that the sale was cancelled, what goes back to the buyer, and the paper that says so."""
        self._sale = None
        self._headline.setText(_("Sale cancelled"))
        numbers = _("{number} cancels {sale}").format(number=refund.receipt, sale=refund.receipt_of)
        self._summary.setText(numbers)
        self._mark.show_as("rotate-ccw", "danger", "onDanger")
        cash = sum(part.amount for part in refund.payments if part.method == "cash")
        title = _("Give back: {ways}").format(ways=_ways_back(refund))
        words = "" if refund.total else _("Nothing to give back")
        self._show_amount(title, refund.total, words, "danger", notes=cash)
        self._offer(_("Print"), sale=False)
        self._start(slip, sheets=False)

    def show_paper(self, paper: Slip | Sheet) -> None:
        """Show the paper that was asked for by `paper_chosen`."""
        self._side.show_paper(paper)

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
        {
            "new sale": self._new.click,
            "print": self._print.click,
            "pdf": self.save_pdf.emit,
            "copy": self.copy_text.emit,
            "kuitansi": self._kuitansi.click,
            "void": self._cancel.click,
        }[found[0]]()

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

    def _offer(self, printing: str, *, sale: bool) -> None:
        """A cancelled sale has no kuitansi, and is not cancelled again."""
        self._print.setText(printing)
        self._fit_keys()
        self._kuitansi.setEnabled(sale)
        self._cancel.setVisible(sale)

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
        """Key hints on all four buttons or on none: some with and some without look like a fault."""
        theme, margins = self._theme, self._left.contentsMargins()
        inside = self.width() - self._side.width() - margins.left() - margins.right()
        room = (inside - 3 * theme.px(10)) // 4
        for button, key in self._keys.items():
            button.keycap = key
        if any(button.sizeHint().width() - theme.px(16) > room for button in self._keys):
            for button in self._keys:
                button.keycap = ""

    def _ask_kuitansi(self) -> None:
        self._side.choose(SHEET)
        self.kuitansi.emit()

    def _ask_void(self) -> None:
        if self._sale is None:
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
        column.addLayout(self._actions())
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

    def _actions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(10))
        for button in (
            self._print,
            self._action(_("Save PDF"), "file-down", "pdf", self.save_pdf),
            self._action(_("Copy text"), "copy", "copy", self.copy_text),
            self._kuitansi,
        ):
            row.addWidget(button, 1)
        return row

    def _action(self, text: str, icon: str, action: str, do: SignalInstance | Callable[[], None]) -> Button:
        key = keycap(action)
        button = Button(text, kind="secondary", icon=icon, keycap=key, theme=self._theme)
        self._keys[button] = key
        button.setFixedHeight(self._theme.px(60))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves Enter to the next sale
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # all of one width
        button.clicked.connect(do)
        return button

    def _cancel_button(self) -> Button:
        theme = self._theme
        text, key = _("Cancel this sale"), keycap("void")
        button = Button(text, kind="danger-ghost", icon="rotate-ccw", keycap=key, theme=theme)
        button.setFont(theme.font("button", 13))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setFixedWidth(button.sizeHint().width() - theme.px(16))  # near the edge of what stands above
        button.clicked.connect(self._ask_void)
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
        row.addWidget(self._cancel)
        row.addStrut(theme.size("button"))  # nothing moves when there is nothing to cancel
        return row


def _summary(sale: Sale) -> str:
    paid = " + ".join(f"{method_name(part.method)} {rupiah(part.tendered)}" for part in sale.payments)
    if sale.change:
        paid = _("{paid} for a bill of {total}").format(paid=paid, total=rupiah(sale.total))
    return f"{sale.receipt} · {paid}"


def _ways_back(refund: Refund) -> str:
    """`Tunai`, or of several ways each with its amount."""
    if len(refund.payments) == 1:
        return method_name(refund.payments[0].method)
    return " + ".join(f"{method_name(part.method)} {rupiah(part.amount)}" for part in refund.payments)


class _NewSale(Button):
    """The largest button there is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("New sale"), icon="plus", keycap="Enter", large=True, theme=theme)
        self.always_ring = True
        self.corner = theme.radius("sheet")
        self.setFont(theme.font("buttonLarge", 22))
        self.setFixedHeight(theme.size("buttonNew"))


class _Hero(FitLabel):
    """An amount so large that the white before its first letter would show: it stands flush with the rest."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The text in the largest size that fits."""
        painter = QPainter(self)
        font = fitted(self.font(), self.text(), self.width())
        before = QFontMetrics(font).leftBearing(self.text()[:1] or " ")
        painter.setFont(font)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.line().translated(-before, 0), self.alignment(), self.text())


class _Disc(QWidget):
    """What happened, as an icon on a disc."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._look = ("check", "primary", "onPrimary")
        self.setFixedSize(theme.px(44), theme.px(44))

    def show_as(self, icon: str, fill: str, color: str) -> None:
        """Another icon in other colours, by token names."""
        self._look = (icon, fill, color)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Disc and icon."""
        icon, fill, color = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(fill))
        painter.drawEllipse(self.rect())
        size = self._theme.px(26)
        picture = icon_pixmap(icon, size, self._theme.color(color), self.devicePixelRatioF())
        painter.drawPixmap((self.width() - size) // 2, (self.height() - size) // 2, picture)

"""After the sale: the change, as large as can be, and the receipt; one key starts the next sale."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QFontMetrics,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from pos.model import Sale
from pos.money import Rupiah, plain, rupiah
from pos.payments import change_notes, method_name
from pos.receipts.blocks import Slip
from pos.text import _
from ui.icons import icon_pixmap
from ui.slip_view import SlipView
from ui.theme import Theme
from ui.widgets import Button, FitLabel, Tag, label

RECEIPT_WIDTH = 452  # px at 100 %, less in a small window


class DoneScreen(QWidget):
    """What a cashier sees while handing back the change. It asks for things by its signals and does none."""

    new_sale = Signal()
    reprint = Signal()
    save_pdf = Signal()
    copy_text = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._summary = label("", "body", theme, color="text2", wrap=True)
        self._printed = Tag("", "ok", large=True, theme=theme)
        self._title = label("", "heading", theme, color="text2")
        self._change = FitLabel("hero", theme, color="primary")
        self._notes = _Notes(theme)
        self._new = _NewSale(theme)
        self._zero = False
        self._slip = SlipView(theme)
        self._receipt = _Side(theme)
        self._left = QWidget()
        self.setAutoFillBackground(True)
        self._new.clicked.connect(self.new_sale)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, 1)
        row.addWidget(self._receipt)
        self._lay_out_left()
        side = QVBoxLayout(self._receipt)
        side.setContentsMargins(theme.px(20), theme.px(22), theme.px(4), 0)
        side.setSpacing(theme.px(4))
        side.addWidget(label(_("Receipt"), "title", theme))
        side.addWidget(self._slip, 1)

    def show_sale(self, sale: Sale, slip: Slip) -> None:
        """Show a finished sale and its receipt; the keyboard is ready for the next one."""
        self._summary.setText(_summary(sale))
        self._show_change(sale)
        self._slip.show_slip(slip)
        self._printed.hide()
        self._new.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_printed(self, printed: bool) -> None:
        """Tell whether the receipt came out of the printer; before that nothing is said."""
        if printed:
            self._printed.set(_("Receipt printed"), "ok", icon="printer")
        else:
            self._printed.set(_("Not yet printed"), "warn", icon="printer")
        self._printed.show()

    def showEvent(self, event: QShowEvent) -> None:
        """Enter starts the next sale."""
        super().showEvent(event)
        self._new.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The receipt gives way in a small window."""
        super().resizeEvent(event)
        self._receipt.setFixedWidth(min(self._theme.px(RECEIPT_WIDTH), self.width() * 35 // 100))
        sides = self._theme.px(40 if self.width() > self._theme.px(1100) else 24)
        self._left.setContentsMargins(sides, self._theme.px(24), sides, self._theme.px(22))
        self._fit_change()

    def _show_change(self, sale: Sale) -> None:
        change = sale.change
        cash = any(payment.method == "cash" for payment in sale.payments)
        self._title.setText(_("Change") if change else _("Total {amount}").format(amount=rupiah(sale.total)))
        self._change.setText(rupiah(change) if change else _("Exact cash") if cash else _("Paid"))
        self._notes.show_change(change)
        self._zero = change == 0
        self._fit_change()

    def _fit_change(self) -> None:
        if self._zero:
            self._change.set_role("customerTotal", 72)
        else:
            self._change.set_role("hero", None if self.height() > self._theme.px(660) else 92)

    def _lay_out_left(self) -> None:
        theme = self._theme
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._header())
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._change)
        column.addSpacing(theme.px(8))
        column.addWidget(self._notes)
        column.addStretch(1)
        column.addLayout(self._actions())
        column.addSpacing(theme.px(12))
        column.addWidget(self._new)
        column.addSpacing(theme.px(12))
        column.addLayout(self._scan_hint())

    def _header(self) -> QHBoxLayout:
        theme = self._theme
        texts = QVBoxLayout()
        texts.setSpacing(theme.px(2))
        title = label(_("Payment received"), "title", theme)
        title.setFont(theme.font("title", 20))
        texts.addWidget(title)
        texts.addWidget(self._summary)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(_Tick(theme), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(texts, 1)
        row.addWidget(self._printed, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _actions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self._theme.px(10))
        for text, icon, key, signal in (
            (_("Print again"), "printer", "Ctrl+P", self.reprint),
            (_("Save PDF"), "file-down", "Ctrl+S", self.save_pdf),
            (_("Copy text"), "copy", "Ctrl+C", self.copy_text),
        ):
            row.addWidget(self._action(text, icon, key, signal), 1)
        return row

    def _action(self, text: str, icon: str, key: str, signal: SignalInstance) -> Button:
        button = Button(text, kind="secondary", icon=icon, keycap=key, theme=self._theme)
        button.setFixedHeight(self._theme.px(60))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves Enter to the next sale
        button.clicked.connect(signal)
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(signal)
        return button

    def _scan_hint(self) -> QHBoxLayout:
        theme = self._theme
        icon = QLabel()
        icon.setPixmap(
            icon_pixmap("scan-barcode", theme.px(18), theme.color("text2"), self.devicePixelRatioF())
        )
        text = label(_("Or scan the next thing: a new sale starts by itself."), "body", theme, color="text2")
        text.setFont(theme.font("body", 13))
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(icon)
        row.addWidget(text, 1)
        return row


def _summary(sale: Sale) -> str:
    paid = " + ".join(f"{method_name(part.method)} {rupiah(part.tendered)}" for part in sale.payments)
    if sale.change:
        paid = _("{paid} for a bill of {total}").format(paid=paid, total=rupiah(sale.total))
    return f"{sale.receipt} · {paid}"


class _NewSale(Button):
    """The largest button there is."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("New sale"), icon="plus", keycap="Enter", large=True, theme=theme)
        self.always_ring = True
        self.corner = theme.radius("sheet")
        self.setFont(theme.font("buttonLarge", 22))
        self.setFixedHeight(theme.size("buttonNew"))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second half of a double click was meant for what stood here before."""
        event.accept()


class _Side(QWidget):
    """The ground on which the receipt lies."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Sunken, with a hairline towards the change."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("sunken"))
        painter.fillRect(0, 0, 1, self.height(), self._theme.color("border"))


class _Tick(QWidget):
    """A tick on a disc."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(theme.px(44), theme.px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Disc and tick."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("primary"))
        painter.drawEllipse(self.rect())
        size = self._theme.px(26)
        tick = icon_pixmap("check", size, self._theme.color("onPrimary"), self.devicePixelRatioF())
        painter.drawPixmap((self.width() - size) // 2, (self.height() - size) // 2, tick)


class _Notes(QWidget):
    """Which notes and coins to hand back, as pills in as many rows as they need."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._notes: tuple[tuple[str, str], ...] = ()
        self._count = theme.font("price")
        self._value = theme.font("bodyLarge")
        self._hint = theme.font("body")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_change(self, change: Rupiah) -> None:
        """Pills for `change` Rupiah; none for 0."""
        self._notes = tuple((plain(count), f"× {plain(note)}") for note, count in change_notes(change))
        self.setAccessibleName(", ".join(f"{count} {value}" for count, value in self._notes))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(self._theme.px(300), self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        """As many rows as the pills need."""
        places = self._places(width)
        return max((place.bottom() + 1 for place in places), default=0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Each pill, then what they are."""
        theme, middle = self._theme, Qt.AlignmentFlag.AlignVCenter
        places = self._places(self.width())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for (count, value), place in zip(self._notes, places, strict=False):
            painter.setBrush(theme.color("surface"))
            painter.setPen(QPen(theme.color("border"), 1))
            radius = place.height() / 2
            painter.drawRoundedRect(place.adjusted(0, 0, -1, -1), radius, radius)
            painter.setPen(theme.color("text"))
            painter.setFont(self._count)
            text = place.adjusted(theme.px(14), 0, 0, 0)
            painter.drawText(text, middle, count)
            painter.setFont(self._value)
            shift = QFontMetrics(self._count).horizontalAdvance(count) + theme.px(7)
            painter.drawText(text.adjusted(shift, 0, 0, 0), middle, value)
        if self._notes:
            painter.setPen(theme.color("text3"))
            painter.setFont(self._hint)
            painter.drawText(places[-1], middle, _("suggested notes"))

    def _places(self, width: int) -> list[QRect]:
        """Where each pill goes, and last the words behind them."""
        if not self._notes:
            return []
        theme = self._theme
        height, gap = theme.px(44), theme.px(8)
        counts, values = QFontMetrics(self._count), QFontMetrics(self._value)
        widths = [
            counts.horizontalAdvance(count) + values.horizontalAdvance(value) + theme.px(7 + 2 * 14)
            for count, value in self._notes
        ]
        widths.append(QFontMetrics(self._hint).horizontalAdvance(_("suggested notes")) + theme.px(8))
        places, corner = [], QPoint(0, 0)
        for wide in widths:
            if corner.x() and corner.x() + wide > width:
                corner = QPoint(0, corner.y() + height + gap)
            places.append(QRect(corner, QSize(wide, height)))
            corner += QPoint(wide + gap, 0)
        return places

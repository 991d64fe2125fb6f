"""The payment sheet over the goods: ways to pay on the left, the chosen one's page beside them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pos.cart import Cart
from pos.model import Payment
from pos.payments import METHODS
from pos.text import _
from ui.pay_cash import CashPage
from ui.pay_confirm import ConfirmPage
from ui.pay_parts import MethodButton
from ui.shadow import paint_shadow
from ui.theme import Theme
from ui.widgets import Button, Tag, hline, label

_METHOD_KEYS = {
    Qt.Key.Key_F5: "cash",
    Qt.Key.Key_F6: "qris",
    Qt.Key.Key_F7: "transfer",
    Qt.Key.Key_F8: "card",
}
_ICONS = {"cash": "banknote", "qris": "qr-code", "transfer": "landmark", "card": "credit-card"}
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_QUICK_KEYS = (Qt.Key.Key_F10, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4)  # digits with Alt
COMPACT_BELOW = 780  # px of the sheet's width at 100 %
MAX_HEIGHT = 780


class PaySheet(QWidget):
    """Covers its parent with a scrim and asks how the cart is paid.

    `paid` carries the list of Payments, once per `open_for`; the sheet is then already gone, so that no
    second press can reach it. When the sale could not be stored, call `open_for` again with the same cart.
    `closed` says that the cashier went back. While it is open its function keys win over the window's.
    """

    paid = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parent = parent
        self._waiting = False
        self._before: QWidget | None = None
        self._sheet = _Sheet(theme)
        self._sheet.setParent(self)
        self._receipt = Tag("", theme=theme, large=True)
        self._methods = _Methods(theme)
        self._cash = CashPage(theme)
        self._pages: dict[str, CashPage | ConfirmPage] = {"cash": self._cash}
        self._pages |= {method: ConfirmPage(method, theme) for method in METHODS if method != "cash"}
        self._stack = QStackedWidget()
        for page in self._pages.values():
            self._stack.addWidget(page)
            page.settled.connect(self._settle)
            page.field.edit.installEventFilter(self)
        self._methods.chosen.connect(self.show_method)
        self._lay_out()
        parent.installEventFilter(self)
        self.hide()

    def open_for(self, cart: Cart, receipt_hint: str) -> None:
        """Ask for the cart's total; `receipt_hint` is the number that the sale will probably get."""
        self._receipt.set(receipt_hint, "neutral")
        self._receipt.setVisible(bool(receipt_hint))
        for page in self._pages.values():
            page.open_for(cart.total)
        self._waiting = True
        self._before = QApplication.focusWidget()
        self.setGeometry(self._parent.rect())
        self.raise_()
        self.show()
        self.show_method("cash")

    def show_method(self, method: str) -> None:
        """Turn to the page of `cash`, `qris`, `transfer` or `card`."""
        self._methods.choose(method)
        page = self._pages[method]
        self._stack.setCurrentWidget(page)
        page.take_focus()

    def go_back(self) -> None:
        """Close without paying; the cart stays as it is."""
        if self._waiting:
            self._leave()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the parent, however large it becomes; take our keys before a field does."""
        if watched is self._parent and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._parent.rect())
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and _is_ours(event):
            self.keyPressEvent(event)
            return True
        return False

    def event(self, event: QEvent) -> bool:
        """Take our keys before the window's shortcuts see them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Our keys; a held key counts once."""
        if event.isAutoRepeat() or not _is_ours(event):
            return
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.go_back()
        elif key in _ENTER:
            self._page().accept()
        elif key in _METHOD_KEYS:
            self.show_method(_METHOD_KEYS[key])
        elif self._page() is self._cash:
            self._cash.quick(_QUICK_KEYS.index(key))

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays within the sheet."""
        stops = self._tab_stops()
        if not stops:  # Qt asks while it hides the sheet
            return False
        here = self.focusWidget()
        place = stops.index(here) if here in stops else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(place + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sheet keeps its width if it can; in a small window its parts move together."""
        super().resizeEvent(event)
        theme = self._theme
        edge = theme.px(12)
        width = min(theme.size("sheetPay.width"), self.width() - theme.px(20))
        spare = self.width() - width
        left = edge if spare < theme.px(48) else spare // 2
        height = min(theme.px(MAX_HEIGHT), self.height() - 2 * edge)
        compact = width < theme.px(COMPACT_BELOW)
        self._body.setDirection(
            QBoxLayout.Direction.TopToBottom if compact else QBoxLayout.Direction.LeftToRight
        )
        self._methods.set_compact(compact)
        for page in self._pages.values():
            page.set_compact(compact)
        self._sheet.setGeometry(QRect(left, edge, width, height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Scrim and the sheet's shadow."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("scrim"))
        paint_shadow(painter, self._sheet.geometry(), self._theme.radius("sheet"), self._theme, "sheet")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The goods below cannot be touched."""
        event.accept()

    def _tab_stops(self) -> list[QWidget]:
        stops = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            tabs = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if tabs and widget.isEnabled() and widget.isVisible() and self.isAncestorOf(widget):
                stops.append(widget)
            widget = widget.nextInFocusChain()
        return stops

    def _page(self) -> CashPage | ConfirmPage:
        return next(page for page in self._pages.values() if page is self._stack.currentWidget())

    def _settle(self, payment: Payment) -> None:
        if self._waiting:
            self._leave()
            self.paid.emit([payment])

    def _leave(self) -> None:
        self._waiting = False
        self.hide()
        if self._before:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
            self._before = None

    def _lay_out(self) -> None:
        theme = self._theme
        back = Button(_("Back"), kind="ghost", icon="x", keycap="Esc", theme=theme)
        back.clicked.connect(self.go_back)
        title = label(_("Payment"), "heading", theme)
        title.setFont(theme.font("title", 21))
        header = QHBoxLayout()
        header.setContentsMargins(theme.px(24), theme.px(8), theme.px(10), theme.px(7))
        header.setSpacing(theme.px(12))
        header.addWidget(title)
        header.addWidget(self._receipt)
        header.addStretch(1)
        header.addWidget(back)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.setSpacing(0)
        self._body.addWidget(self._methods)
        self._body.addWidget(self._stack, 1)
        column = QVBoxLayout(self._sheet)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(header)
        column.addWidget(hline(theme))
        column.addLayout(self._body, 1)


def _is_ours(event: QKeyEvent) -> bool:
    key, plain = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if plain == Qt.KeyboardModifier.AltModifier:
        return key in _QUICK_KEYS[1:]
    if plain != Qt.KeyboardModifier.NoModifier:
        return False
    return key in _METHOD_KEYS or key in _ENTER or key in (Qt.Key.Key_F10, Qt.Key.Key_Escape)


class _Sheet(QWidget):
    """The paper of the sheet."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Surface, hairline, round corners."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._theme.color("surface"))
        painter.setPen(QPen(self._theme.color("border"), 1))
        radius = self._theme.radius("sheet")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class _Methods(QWidget):
    """The ways to pay: a column, or a row above the page where the window is narrow."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._group = QButtonGroup(self)
        self._buttons: dict[str, MethodButton] = {}
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setSpacing(theme.px(6))
        for key, method in _METHOD_KEYS.items():
            button = MethodButton(METHODS[method].name, _ICONS[method], f"F{key - Qt.Key.Key_F1 + 1}", theme)
            button.clicked.connect(lambda _checked=False, method=method: self.chosen.emit(method))
            self._buttons[method] = button
            self._group.addButton(button)
            self._row.addWidget(button)
        self._row.addStretch(1)
        self._hint = label(
            _("Tap an amount: the payment is done at once."), "caption", theme, color="text3", wrap=True
        )
        self._row.addWidget(self._hint)

    def choose(self, method: str) -> None:
        """Mark the way to pay whose page is shown."""
        self._buttons[method].setChecked(True)
        self._hint.setText(
            _("Tap an amount: the payment is done at once.") if METHODS[method].gives_change else ""
        )

    def set_compact(self, compact: bool) -> None:
        """In a row instead of a column."""
        px = self._theme.px
        self._hint.setVisible(not compact)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(across if compact else down)
        self._row.setContentsMargins(px(12), px(6 if compact else 14), px(12), px(6 if compact else 18))
        if compact:
            self.setMaximumWidth(16777215)  # QWIDGETSIZE_MAX
            self.setMinimumWidth(0)
            self.setFixedHeight(px(60))
        else:
            self.setFixedWidth(px(188))
            self.setMinimumHeight(0)
            self.setMaximumHeight(16777215)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A shade darker than the page, with a hairline towards it; round where the sheet is."""
        theme, area = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        radius = theme.radius("sheet")
        beside = self._row.direction() == QBoxLayout.Direction.TopToBottom
        if beside:  # its lower left corner is the sheet's
            shape.addRoundedRect(area.adjusted(0, -radius, radius, 0), radius, radius)
        else:
            shape.addRect(area)
        painter.setClipRect(area)
        painter.fillPath(shape, theme.color("surfaceAlt"))
        painter.setPen(QPen(theme.color("border"), 1))
        edge = area.adjusted(0, 0, -0.5, -0.5)
        painter.drawLine(edge.topRight() if beside else edge.bottomLeft(), edge.bottomRight())

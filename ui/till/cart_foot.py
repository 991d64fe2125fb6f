"""The foot of the cart: what it comes to, and the two ways to be paid."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.cart import Cart
from pos.money import rupiah
from pos.text import _
from ui.marks import keycap_size, paint_keycap
from ui.pressable import Look, Pressable
from ui.theme import Theme
from ui.till.lettering import LEFT, RIGHT, write
from ui.till.measures import SIDE
from ui.widgets import Button, hline

PAD, ROW, TOTAL = 12, 20, 51  # px: above the sums, one sum, the total with the room below it


class CartFoot(QWidget):
    """Sums and buttons; `exact` and `pay` are the buttons."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._waiting = False
        self._cart = Cart("")
        self._sums = _Sums(theme)
        self.exact = _ExactButton(theme)
        self.pay = Button("", keycap="F9", large=True, theme=theme)
        px = theme.px
        buttons = QHBoxLayout()
        buttons.setContentsMargins(px(12), 0, px(12), px(12))
        buttons.setSpacing(px(8))
        buttons.addWidget(self.exact)
        buttons.addWidget(self.pay, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(hline(theme))
        column.addWidget(self._sums)
        column.addLayout(buttons)

    def set_compact(self, *, compact: bool) -> None:
        """Low windows: subtotal and discount share one row."""
        self._sums.compact = compact
        self._sums.show_cart(self._cart)

    def show_cart(self, cart: Cart) -> None:
        """Show the sums of `cart`, and whether it can be paid."""
        self._cart = cart
        self._sums.show_cart(cart)
        self.wait(waiting=self._waiting)

    def wait(self, *, waiting: bool) -> None:
        """While the payment sheet is open there is nothing to press here."""
        self._waiting = waiting
        some = bool(self._cart.lines)
        self.exact.setVisible(not waiting)
        self.exact.setEnabled(some)
        self.pay.setEnabled(some and not waiting)
        pay = _("Pay {amount}").format(amount=rupiah(self._cart.total)) if some else _("Pay")
        self.pay.keycap = "" if waiting else "F9"
        self.pay.setText(_("Waiting for payment…") if waiting else pay)


class _Sums(QWidget):
    """Subtotal, discount when there is one, and the total, the largest figure of the screen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.compact = False
        self._cart = Cart("")

    def show_cart(self, cart: Cart) -> None:
        """The sums of `cart`; a new total is said aloud where a screen reader listens."""
        if cart.total != self._cart.total:
            said = QAccessibleAnnouncementEvent(self, " ".join((_("Total"), rupiah(cart.total))))
            QAccessible.updateAccessibility(said)
        self._cart = cart
        rows = 2 if cart.discount and not self.compact else 1
        self.setFixedHeight(self.theme.px(PAD - 1 + rows * ROW + TOTAL))
        self.setAccessibleName(", ".join(" ".join(pair) for pair in (*self._small(), self._large())))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Names on the left, amounts on the right."""
        px, theme = self.theme.px, self.theme
        painter = QPainter(self)
        left, width = px(SIDE), self.width() - 2 * px(SIDE)
        top, font, ink = px(PAD - 1), theme.font("body", 14.5), theme.color("text2")
        small = self._small()
        for i, (name, amount) in enumerate(small):
            row = QRectF(left, top, width, px(ROW))
            if self.compact:
                write(painter, row, f"{name} {amount}", font, ink, LEFT if i == 0 else RIGHT)
                continue
            write(painter, row, name, font, ink, LEFT)
            write(painter, row, amount, font, ink, RIGHT)
            top += px(ROW)
        top += px(ROW) if self.compact else 0
        name, amount = self._large()
        row = QRectF(left, top + px(1), width, px(42))
        write(painter, row.translated(0, px(6)), name, theme.font("title", 16), theme.color("text"), LEFT)
        write(painter, row, amount, theme.font("amount"), theme.color("text"), RIGHT)

    def _small(self) -> list[tuple[str, str]]:
        sums = [(_("Subtotal"), rupiah(self._cart.subtotal))]
        if self._cart.discount:
            sums.append((_("Discount"), rupiah(-self._cart.discount)))
        return sums

    def _large(self) -> tuple[str, str]:
        return _("Total"), rupiah(self._cart.total)


class _ExactButton(Pressable):
    """Exact cash, with its key below: the fourth tap of three items."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("Exact cash"), "secondary", theme.radius("tile"), theme)
        self.look = Look("surface", "primarySoft", "primarySoftHover", "primary", "primary", "primary")
        self.setFixedSize(theme.px(93), theme.size("buttonPay"))
        self.setAccessibleDescription("F10")

    def sizeHint(self) -> QSize:
        """Fixed."""
        return self.size()

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """The words, the key."""
        px = self.theme.px
        words = QRect(rect.left(), rect.top() + px(13), rect.width(), px(20))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        width = keycap_size("F10", self.theme).width()
        ink = self.theme.color("text3" if self.isEnabled() else "textDisabled")
        place = QPointF(rect.left() + (rect.width() - width) / 2, rect.top() + px(46))
        paint_keycap(painter, place, "F10", self.theme, ("sunken", ink))

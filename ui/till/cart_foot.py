"""The foot of the cart: what it comes to, and the two ways to be paid."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.cart import Cart
from pos.money import rupiah
from pos.text import _
from ui.keys import keycap
from ui.marks import keycap_size, paint_keycap
from ui.pressable import Look, Pressable
from ui.theme import Theme
from ui.till.lettering import LEFT, RIGHT, elided, write
from ui.till.measures import SIDE
from ui.widgets import Button, fitted, hline

PAD, ROW, TOTAL = 12, 20, 51  # px: above the sums, one sum, the total with the room below it
MORE = 6  # px for a larger total in wide windows


class CartFoot(QWidget):
    """Sums and buttons; `exact` and `pay` are the buttons, `whole` says that the discount was pressed."""

    whole = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._waiting = False
        self._cart = Cart("")
        self._sums = _Sums(theme)
        self._sums.pressed.connect(self._ask)
        self.exact = _ExactButton(theme)
        self.pay = _PayButton(theme)
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

    def divide(self, *, compact: bool, large: bool) -> None:
        """Low windows: subtotal and discount share one row. Wide ones: total and button are larger."""
        self._sums.compact, self._sums.large = compact, large
        self._sums.show_cart(self._cart)
        self.pay.set_large(large=large)

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
        self.pay.wait(waiting=waiting)
        self.pay.setText(_("Waiting for payment…") if waiting else pay)

    def _ask(self) -> None:
        if self._cart.discount and not self._waiting:
            self.whole.emit()


class _Sums(QWidget):
    """Subtotal, discount when there is one, and the total, the largest figure of the screen.

    `pressed` when the small sums above the total are.
    """

    pressed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.compact = False
        self.large = False
        self._cart = Cart("")

    def show_cart(self, cart: Cart) -> None:
        """The sums of `cart`; a new total is said aloud where a screen reader listens."""
        if cart.total != self._cart.total:
            from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # slow: not before the goods

            said = QAccessibleAnnouncementEvent(self, " ".join((_("Total"), rupiah(cart.total))))
            QAccessible.updateAccessibility(said)
        self._cart = cart
        rows = 2 if cart.discount and not self.compact else 1
        self.setFixedHeight(self.theme.px(PAD - 1 + rows * ROW + TOTAL + (MORE if self.large else 0)))
        self.setAccessibleName(", ".join(" ".join(pair) for pair in (*self._small(), self._large())))
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Down to where the total's figures begin: as high as a finger."""
        if self.rect().contains(event.position().toPoint()) and event.position().y() < self.theme.px(48):
            self.pressed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Names on the left, amounts on the right; what is too long shrinks rather than be cut."""
        px, theme = self.theme.px, self.theme
        painter = QPainter(self)
        left, width = px(SIDE), self.width() - 2 * px(SIDE)
        top, font, ink = px(PAD - 1), theme.font("body", 14.5), theme.color("text2")
        small = self._small()
        if self.compact and len(small) > 1:
            (first, second) = (" ".join(pair) for pair in small)
            row = QRectF(left, top, width, px(ROW))
            font = fitted(font, f"{first}  {second}", width)
            write(painter, row, first, font, ink, LEFT)
            write(painter, row, second, font, ink, RIGHT)
            top += px(ROW)
        else:
            for name, amount in small:
                row = QRectF(left, top, width, px(ROW))
                self._write_pair(painter, row, name, amount, font)
                top += px(ROW)
        name, amount = self._large()
        row = QRectF(left, top + px(1), width, px(42 + (MORE if self.large else 0)))
        words, room = theme.font("title", 16), width - px(64)
        figures = fitted(theme.font("amount", 40 if self.large else 34), amount, room)
        write(painter, row.translated(0, px(9 if self.large else 6)), name, words, theme.color("text"), LEFT)
        write(painter, row, amount, figures, theme.color("text"), RIGHT)

    def _write_pair(self, painter: QPainter, row: QRectF, name: str, amount: str, font: QFont) -> None:
        ink = self.theme.color("text2")
        write(painter, row, amount, font, ink, RIGHT)
        room = int(row.width()) - QFontMetrics(font).horizontalAdvance(amount) - self.theme.px(12)
        write(painter, row, elided(name, QFontMetrics(font), room), font, ink, LEFT)

    def _small(self) -> list[tuple[str, str]]:
        cart = self._cart
        sums = [(_("Subtotal"), rupiah(cart.subtotal))]
        if cart.discount:
            name = _("Discount")
            if cart.percent and not self.compact:
                name = _("Discount ({percent}% of the whole)").format(percent=cart.percent)
            sums.append((name, rupiah(-cart.discount)))
        return sums

    def _large(self) -> tuple[str, str]:
        return _("Total"), rupiah(self._cart.total)


class _PayButton(Button):
    """The way to the payment sheet; while that is open it says quietly what is waited for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("", keycap=keycap("pay"), large=True, theme=theme)
        self._waiting = self._large = False

    def set_large(self, *, large: bool) -> None:
        """In wide windows."""
        self._large = large
        self.setFixedHeight(self.theme.size("buttonPay") + self.theme.px(8 if large else 0))
        self.wait(waiting=self._waiting)

    def wait(self, *, waiting: bool) -> None:
        """The sheet is open or not."""
        self._waiting = waiting
        self.keycap = "" if waiting else keycap("pay")
        self.setFont(self.theme.font("buttonLarge", 16 if waiting else 22 if self._large else 20))

    def ink(self) -> QColor:
        """To be read, though it cannot be pressed."""
        return self.theme.color("text3") if self._waiting else super().ink()


class _ExactButton(Pressable):
    """Exact cash, with its key below: the fourth tap of three items."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("Exact cash"), "secondary", theme.radius("tile"), theme)
        self.look = Look("surface", "primarySoft", "primarySoftHover", "primary", "primary", "primary")
        self.setFixedSize(theme.px(93), theme.size("buttonPay"))
        self.setAccessibleDescription(keycap("exact"))

    def sizeHint(self) -> QSize:
        """Fixed."""
        return self.size()

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """The words, the key."""
        px = self.theme.px
        words = QRect(rect.left(), rect.top() + px(13), rect.width(), px(20))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        width = keycap_size(keycap("exact"), self.theme).width()
        ink = self.theme.color("text3" if self.isEnabled() else "textDisabled")
        place = QPointF(rect.left() + (rect.width() - width) / 2, rect.top() + px(46))
        paint_keycap(painter, place, keycap("exact"), self.theme, ("sunken", ink))

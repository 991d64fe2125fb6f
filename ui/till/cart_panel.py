"""The right side of the till: the lines, what they come to, and the two ways to be paid."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.cart import Cart
from pos.text import _
from ui.icons import icon_pixmap
from ui.pictures import illustration
from ui.tell import Toast
from ui.theme import Theme
from ui.till.cart_foot import CartFoot
from ui.till.cart_list import CartList
from ui.till.goods import Item
from ui.till.measures import SIDE, Measures
from ui.widgets import Button, Tag, label


class CartPanel(QWidget):
    """Shows a cart. `exact` asks for exact cash, `pay` for the payment sheet, `back` to leave that sheet."""

    exact = Signal()
    pay = Signal()
    back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.list = CartList(theme)
        self.toast = Toast(theme)
        self._count = Tag("0", "neutral", theme=theme)
        self._back = Button(_("Change the cart"), kind="ghost", icon="arrow-left", keycap="Esc", theme=theme)
        self._back.clicked.connect(self.back)
        self._foot = CartFoot(theme)
        self._foot.exact.clicked.connect(self.exact)
        self._foot.pay.clicked.connect(self.pay)
        self._middle = QStackedWidget()
        self._middle.addWidget(_Nothing(theme))
        self._middle.addWidget(self.list)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._header())
        column.addWidget(self._middle, 1)
        column.addWidget(self.toast)
        column.addWidget(self._foot)
        self.lock(locked=False)

    def divide(self, measures: Measures) -> None:
        """Fit into the window."""
        self.setFixedWidth(measures.cart)
        self._foot.set_compact(compact=measures.compact)

    def show_cart(self, cart: Cart, selected: int) -> None:
        """Show lines, sums and whether it can be paid."""
        self._count.set(str(cart.qty), "neutral")
        self._count.setAccessibleName(_("{count} in the cart").format(count=cart.qty))
        self._middle.setCurrentIndex(1 if cart.lines else 0)
        self.list.show_cart(cart, selected)
        self._foot.show_cart(cart)

    def show_items(self, items: Mapping[str, Item]) -> None:
        """Makers and stock, by SKU."""
        self.list.show_items(items)

    def lock(self, *, locked: bool) -> None:
        """While it is being paid it is seen, and cannot be changed."""
        self.list.lock(locked=locked)
        self._back.setVisible(locked)
        self._foot.wait(waiting=locked)
        if locked:
            self.toast.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, and a hairline towards the goods."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("surface"))
        painter.fillRect(QRect(0, 0, 1, self.height()), self.theme.color("border"))

    def _header(self) -> QHBoxLayout:
        px = self.theme.px
        row = QHBoxLayout()
        row.setContentsMargins(px(SIDE), px(3), px(12), px(3))
        row.setSpacing(px(10))
        row.addWidget(label(_("Cart"), "title", self.theme))
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(self._back)
        row.addStrut(px(48))
        return row


class _Nothing(QWidget):
    """An empty cart: the motif, and how to begin."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        title = label(_("The cart is still empty"), "title", theme)
        title.setFont(theme.font("title", 17))
        words = label(_("Scan a barcode or tap an item to begin."), "body", theme, color="text2", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(48), 0, theme.px(48), 0)
        column.setSpacing(theme.px(4))
        column.addStretch(1)
        column.addSpacing(theme.px(96 + 16))
        for text in (title, words):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(text)
        column.addStretch(1)
        self._title = title

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The motif box stands above the title."""
        px, side = self.theme.px, self.theme.px(96)
        box = QRectF((self.width() - side) / 2, self._title.y() - px(16) - side, side, side)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(box, self.theme.radius("hero"), self.theme.radius("hero"))
        painter.setClipPath(shape)
        painter.fillPath(shape, self.theme.color("goldSoft"))
        painter.setOpacity(0.55)
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(box.topLeft(), illustration("motif-lepus", side, side, ratio))
        painter.setOpacity(1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("surface"))
        painter.drawEllipse(box.center(), px(28), px(28))
        size = px(28)
        basket = icon_pixmap("shopping-basket", size, self.theme.color("primary"), ratio)
        painter.drawPixmap(box.center() - QPointF(size / 2, size / 2), basket)

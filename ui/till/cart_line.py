"""One line of the cart, painted: name, sum, maker, unit price, and the stepper with its touch areas."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from pos.cart import CartLine
from pos.money import plain, rupiah
from pos.text import _, ngettext
from ui.icons import icon_pixmap
from ui.theme import Theme
from ui.till.goods_model import AnyIndex
from ui.till.lettering import CENTER, RIGHT, elided, weighted, write

LINE = Qt.ItemDataRole.UserRole
HEIGHT, LOCKED_HEIGHT = 77, 66  # px, and one for the rule below
SIDE = 16  # px on the left

Touched: TypeAlias = Literal["less", "more", "line"]


class ShownLine(NamedTuple):
    """A line with what is known around it: maker's name, pieces left by the books, whether it is selected."""

    line: CartLine
    maker: str
    left: int | None
    selected: bool

    @property
    def short(self) -> bool:
        """More are being sold than the books have."""
        return self.left is not None and self.line.qty > self.left


def spoken(shown: ShownLine) -> str:
    """All that a line shows, as a screen reader says it."""
    line = shown.line
    count = ngettext("{count} piece", "{count} pieces", line.qty).format(count=line.qty)
    parts = [line.product.name, shown.maker, count, _("{amount} rupiah").format(amount=plain(line.total))]
    return ", ".join([*parts, *([_short_text(shown)] if shown.short else [])])


class CartLineDelegate(QStyledItemDelegate):
    """Paints every line. `pressed` is the row and part under the finger; `locked` while it is being paid."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.locked = False
        self.side = theme.px(12)  # px kept free on the right
        self.pressed: tuple[int, Touched] | None = None
        self._name = theme.font("itemName")
        self._sum = weighted(theme.font("bodyLarge"), 800)
        self._small = weighted(theme.font("caption"), 500)
        self._qty = weighted(theme.font("bodyLarge"), 800)
        self._tag = theme.font("caption")

    def sizeHint(self, _option: QStyleOptionViewItem, _index: AnyIndex) -> QSize:
        """As wide as the list makes it."""
        return QSize(0, self.theme.px(LOCKED_HEIGHT if self.locked else HEIGHT) + 1)

    def stepper(self, row: QRect) -> QRect:
        """Where the stepper of a line stands."""
        px = self.theme.px
        width, height = px(132), self.theme.size("stepper.height")
        return QRect(row.right() + 1 - self.side - width, row.top() + px(28), width, height)

    def touched(self, row: QRect, place: QPointF) -> Touched:
        """What a tap at `place` means; the touch areas are 48 px high and wide, more than is painted."""
        box = QRectF(self.stepper(row)).adjusted(
            -self.theme.px(4), -self.theme.px(2), self.side, self.theme.px(2)
        )
        if self.locked or not box.contains(place):
            return "line"
        middle = self.stepper(row).center().x()
        half = self.theme.size("stepper.value") / 2
        return "less" if place.x() < middle - half else "more" if place.x() > middle + half else "line"

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """One line in its row."""
        shown: ShownLine = index.data(LINE)
        row, px, theme = QRect(option.rect), self.theme.px, self.theme
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if shown.selected and not self.locked:
            painter.fillRect(row, theme.color("primarySoft"))
            painter.fillRect(QRect(row.left(), row.top(), px(4), row.height() - 1), theme.color("primary"))
        painter.fillRect(QRect(row.left(), row.bottom(), row.width(), 1), theme.color("border"))
        self._paint_words(painter, row, shown)
        if self.locked:
            count = ngettext("{count} piece", "{count} pieces", shown.line.qty).format(count=shown.line.qty)
            box = QRectF(row.right() + 1 - self.side - px(100), row.top() + px(25), px(100), px(18))
            write(painter, box, count, self._small, theme.color("text3"), RIGHT)
        else:
            self._paint_stepper(painter, row, shown.line.qty, index.row())
        painter.restore()

    def _paint_words(self, painter: QPainter, row: QRect, shown: ShownLine) -> None:
        px, theme, line = self.theme.px, self.theme, shown.line
        left, right = row.left() + px(SIDE), row.right() + 1 - self.side
        total = rupiah(line.total)
        room = right - left - QFontMetrics(self._sum).horizontalAdvance(total) - px(12)
        upper = QRectF(left, row.top() + px(5), right - left, px(20))
        name = elided(line.product.name, QFontMetrics(self._name), int(room))
        write(painter, upper, name, self._name, theme.color("text"))
        write(painter, upper, total, self._sum, theme.color("text"), RIGHT)
        top, height = (px(25), px(18)) if self.locked else (px(28), px(18))
        room = self.stepper(row).left() - left - px(8)
        maker = QRectF(left, row.top() + top, room, height)
        write(
            painter,
            maker,
            elided(shown.maker, QFontMetrics(self._small), int(room)),
            self._small,
            theme.color("text3"),
        )
        self._paint_price(painter, maker.translated(0, px(18)), shown)

    def _paint_price(self, painter: QPainter, box: QRectF, shown: ShownLine) -> None:
        """The unit price; behind it a discount in gold, or that the books have fewer."""
        theme, line = self.theme, shown.line
        price = rupiah(line.product.price)
        text = f"{line.qty} × {price}" if line.qty > 1 else price
        write(painter, box, text, self._small, theme.color("text3"))
        box = box.adjusted(QFontMetrics(self._small).horizontalAdvance(text) + theme.px(6), 0, 0, 0)
        if line.discount:
            tag = _("Discount {amount}").format(amount=rupiah(-line.discount))
            width = QFontMetrics(self._tag).horizontalAdvance(tag) + theme.px(12)
            pill = QRectF(box.left(), box.top() - theme.px(1), width, theme.px(20))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("goldSoft"))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            write(painter, pill, tag, self._tag, theme.color("onGoldSoft"), CENTER)
        elif shown.short:
            words = elided(_short_text(shown), QFontMetrics(self._tag), int(box.width()))
            write(painter, box, words, self._tag, theme.color("warn"))

    def _paint_stepper(self, painter: QPainter, row: QRect, qty: int, number: int) -> None:
        px, theme = self.theme.px, self.theme
        box = self.stepper(row)
        radius = theme.radius("control")
        side = (box.width() - theme.size("stepper.value")) // 2
        painter.setPen(QPen(theme.color("borderStrong"), 1))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self.pressed and self.pressed[0] == number and self.pressed[1] != "line":
            half = QRectF(box.left(), box.top(), side, box.height()).adjusted(2, 2, -2, -2)
            if self.pressed[1] == "more":
                half.moveRight(box.right() - 1)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("sunken"))
            painter.drawRoundedRect(half, radius - 2, radius - 2)
        write(painter, QRectF(box), str(qty), self._fitting(qty), theme.color("text"), CENTER)
        size, color = px(18), theme.color("text2")
        ratio = painter.device().devicePixelRatioF()
        y = box.top() + (box.height() - size) / 2
        for icon, x in (("trash-2" if qty == 1 else "minus", box.left()), ("plus", box.right() - side)):
            painter.drawPixmap(QPointF(x + (side - size) / 2, y), icon_pixmap(icon, size, color, ratio))

    def _fitting(self, qty: int) -> QFont:
        return self._qty if qty < 1000 else self._small


def _short_text(shown: ShownLine) -> str:
    return _("{count} left by the books").format(count=max(0, shown.left or 0))

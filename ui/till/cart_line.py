"""One line of the cart, painted: name, sum, maker, unit price, and the stepper with its touch areas."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from pos.bundles import content_text
from pos.cart import CartLine
from pos.money import plain, rupiah
from pos.text import _, ngettext
from ui.icons import icon_pixmap
from ui.theme import Theme
from ui.till.goods_model import AnyIndex
from ui.till.lettering import CENTER, RIGHT, elided, two_lines, weighted, write
from ui.widgets import fitted

LINE = Qt.ItemDataRole.UserRole
HEIGHT, LOCKED_HEIGHT = 77, 66  # px, with the rule below
WORDS_END = 76  # px from the top of a line to what comes below its words and its stepper
SHORT, NOTE, ACTIONS = 14, 22, 50  # px more for the warning, and in the selected line for note and buttons
CONTENT, FOOT = 17, 4  # px more for each row that tells what a bundle holds, and below the last of them
MORE = 5  # px above all that in wide windows, whose words are larger
SIDE = 16  # px on the left
ROOM = 12  # px on the right

Touched: TypeAlias = Literal["less", "more", "line"]


class ShownLine(NamedTuple):
    """A line with what is known around it: maker's name, pieces left by the books, whether the cart has more
    (`short`), whether the line is selected. Of a bundle `left` is that of the component named by `lacking`.
    """

    line: CartLine
    maker: str
    left: int | None
    short: bool
    selected: bool
    lacking: str = ""


def spoken(shown: ShownLine) -> str:
    """All that a line shows, as a screen reader says it."""
    line = shown.line
    parts = [
        line.product.name,
        shown.maker,
        counted(line.qty),
        _("{amount} rupiah").format(amount=plain(line.total)),
    ]
    parts += [discount_text(line)] if line.discount else []
    parts += [_content_text(line)] if line.product.components else []
    parts += [line.note] if line.note else []
    return ", ".join([*parts, *([_short_text(shown)] if shown.short else [])])


def counted(qty: int) -> str:
    """`2 pieces`."""
    return ngettext("{count} piece", "{count} pieces", qty).format(count=plain(qty))


def discount_text(line: CartLine) -> str:
    """`Discount 10% −Rp5.000`, or without percent as it was given."""
    off = rupiah(-line.discount)
    if line.percent:
        return _("Discount {percent}% {amount}").format(percent=line.percent, amount=off)
    return _("Discount {amount}").format(amount=off)


class CartLineDelegate(QStyledItemDelegate):
    """Paints every line. `pressed` is the row and part under the finger; `locked` while it is being paid.

    `plain` shows the selected line without note and buttons, while one of its editors is open.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.locked = False
        self.plain = False
        self.side = theme.px(ROOM)  # px kept free on the right
        self.width = theme.px(360)  # of the list, in px
        self.pressed: tuple[int, Touched] | None = None
        self._note = weighted(theme.font("caption", 12.5), 500)
        self._qty = weighted(theme.font("bodyLarge"), 800)
        self._tag = theme.font("caption")
        self.set_large(large=False)

    def set_large(self, *, large: bool) -> None:
        """Larger words, and room for them, in wide windows."""
        theme = self.theme
        self._more = theme.px(MORE if large else 0)
        self._name = theme.font("itemName", 16 if large else 14)
        self._sum = weighted(theme.font("bodyLarge", 18 if large else 16), 800)
        self._small = weighted(theme.font("caption", 13 if large else 12), 500)

    def sizeHint(self, _option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """As wide as the list makes it; higher for what is shown below the words."""
        if self.locked:
            return QSize(0, self.theme.px(LOCKED_HEIGHT) + self._more + 1)
        shown: ShownLine = index.data(LINE)
        buttons = ACTIONS * (2 if shown.line.product.choose else 1) if self.opens(shown) else 0
        more = self._below(shown) - WORDS_END + buttons
        return QSize(0, self.theme.px(HEIGHT + more) + self._more + 1)

    def opens(self, shown: ShownLine) -> bool:
        """Whether a line shows its note and has its buttons below."""
        return shown.selected and not self.locked and not self.plain

    def buttons(self, row: QRect, shown: ShownLine) -> QRect:
        """Where the buttons of a line that opens stand, with their touch areas."""
        px = self.theme.px
        top = row.top() + self._more + px(self._below(shown) - 2)
        rows = 2 if shown.line.product.choose else 1
        return QRect(row.left() + px(SIDE), top, row.width() - px(SIDE) - self.side, px(48) * rows)

    def _below(self, shown: ShownLine) -> int:
        """Where words, warning, content and note of a line end, in px at 100 % from its top."""
        note = NOTE if self.opens(shown) and shown.line.note else 0
        rows = len(self._content(shown))
        content = CONTENT * rows + (FOOT if rows and not note else 0)
        return WORDS_END + (SHORT if shown.short else 0) + content + note

    def _content(self, shown: ShownLine) -> list[str]:
        """What a bundle holds, in one row, of a line that opens in two."""
        if not shown.line.product.components:
            return []
        text, metrics = _content_text(shown.line), QFontMetrics(self._note)
        room = self.width - self.theme.px(SIDE + 20) - self.side
        return two_lines(text, metrics, room) if self.opens(shown) else [elided(text, metrics, room)]

    def stepper(self, row: QRect) -> QRect:
        """Where the stepper of a line stands."""
        px = self.theme.px
        width, height = px(132), self.theme.size("stepper.height")
        return QRect(row.right() + 1 - self.side - width, row.top() + self._more + px(28), width, height)

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
            box = QRectF(
                row.right() + 1 - self.side - px(100), row.top() + self._more + px(25), px(100), px(18)
            )
            write(painter, box, counted(shown.line.qty), self._small, theme.color("text3"), RIGHT)
        else:
            self.paint_stepper(painter, row, shown.line.qty, index.row())
            self._paint_below(painter, row, shown)
        painter.restore()

    def _paint_words(self, painter: QPainter, row: QRect, shown: ShownLine) -> None:
        px, theme, line = self.theme.px, self.theme, shown.line
        left, right = row.left() + px(SIDE), row.right() + 1 - self.side
        total = rupiah(line.total)
        room = right - left - QFontMetrics(self._sum).horizontalAdvance(total) - px(12)
        upper = QRectF(left, row.top() + self._more // 2 + px(5), right - left, px(20))
        name = elided(line.product.name, QFontMetrics(self._name), int(room))
        write(painter, upper, name, self._name, theme.color("text"))
        write(painter, upper, total, self._sum, theme.color("text"), RIGHT)
        top, height = self._more + px(25 if self.locked else 28), px(18)
        room = self.stepper(row).left() - left - px(8)
        maker = QRectF(left, row.top() + top, room, height)
        words = elided(shown.maker, QFontMetrics(self._small), int(room))
        write(painter, maker, words, self._small, theme.color("text3"))
        self._paint_price(painter, maker.translated(0, px(18)), shown)

    def _paint_price(self, painter: QPainter, box: QRectF, shown: ShownLine) -> None:
        """The unit price; behind it a discount in gold, and that there is a note which is not shown."""
        theme, line = self.theme, shown.line
        price = rupiah(line.product.price)
        text = f"{plain(line.qty)} × {price}" if line.qty > 1 else price
        write(painter, box, text, self._small, theme.color("text3"))
        box = box.adjusted(QFontMetrics(self._small).horizontalAdvance(text) + theme.px(6), 0, 0, 0)
        if line.discount:
            box = self._paint_discount(painter, box, line)
        if line.note and not self.opens(shown) and box.width() >= theme.px(14):
            self._paint_icon(painter, box, "sticky-note", "text3")

    def _paint_discount(self, painter: QPainter, box: QRectF, line: CartLine) -> QRectF:
        """The gold tag, in the longest wording that has room; what is left of `box` behind it."""
        theme, pad = self.theme, self.theme.px(12)
        off = rupiah(-line.discount)
        percent = (f"{line.percent}% {off}", off, f"−{line.percent}%") if line.percent else ()
        wordings = (discount_text(line), *percent)
        metrics, room = QFontMetrics(self._tag), int(box.width()) - pad
        tag = next((words for words in wordings if metrics.horizontalAdvance(words) <= room), off)
        font = fitted(self._tag, tag, room)
        pill = QRectF(
            box.left(), box.top() - theme.px(1), QFontMetrics(font).horizontalAdvance(tag) + pad, theme.px(20)
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("goldSoft"))
        painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
        write(painter, pill, tag, font, theme.color("onGoldSoft"), CENTER)
        return box.adjusted(pill.width() + theme.px(6), 0, 0, 0)

    def _paint_below(self, painter: QPainter, row: QRect, shown: ShownLine) -> None:
        """That the books have fewer; what a bundle holds; the note of the selected line."""
        px, theme = self.theme.px, self.theme
        left, right = row.left() + px(SIDE), row.right() + 1 - self.side
        box = QRectF(left, row.top() + self._more + px(WORDS_END - 12), right - left, px(18))
        if shown.short:
            self._paint_icon(painter, box, "triangle-alert", "warn")
            words = elided(
                _short_text(shown), QFontMetrics(self._tag), int(self.stepper(row).left() - left - px(28))
            )
            write(painter, box.adjusted(px(20), 0, 0, 0), words, self._tag, theme.color("warn"))
            box.translate(0, px(SHORT))
        box.translate(0, px(12))
        icon, color = ("triangle-alert", "warn") if shown.line.unfilled else ("package", "text2")
        for number, words in enumerate(self._content(shown)):
            if not number:
                self._paint_icon(painter, box, icon, color)
            write(painter, box.adjusted(px(20), 0, 0, 0), words, self._note, theme.color(color))
            box.translate(0, px(CONTENT))
        if shown.line.note and self.opens(shown):
            self._paint_icon(painter, box, "sticky-note", "text2")
            words = elided(shown.line.note, QFontMetrics(self._note), int(right - left - px(20)))
            write(painter, box.adjusted(px(20), 0, 0, 0), words, self._note, theme.color("text2"))

    def _paint_icon(self, painter: QPainter, box: QRectF, name: str, color: str) -> None:
        """A small icon at the left of `box`, in the middle of its height."""
        size = self.theme.px(14)
        place = QPointF(box.left(), box.top() + (box.height() - size) / 2)
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(place, icon_pixmap(name, size, self.theme.color(color), ratio))

    def paint_stepper(self, painter: QPainter, row: QRect, qty: int, number: int) -> None:
        """The stepper of line `number`, which stands in `row`."""
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
        write(painter, QRectF(box), plain(qty), self._fitting(qty), theme.color("text"), CENTER)
        size, color = px(18), theme.color("text2")
        ratio = painter.device().devicePixelRatioF()
        y = box.top() + (box.height() - size) / 2
        for icon, x in (("trash-2" if qty == 1 else "minus", box.left()), ("plus", box.right() - side)):
            painter.drawPixmap(QPointF(x + (side - size) / 2, y), icon_pixmap(icon, size, color, ratio))

    def _fitting(self, qty: int) -> QFont:
        return self._qty if qty < 1000 else self._small


def _content_text(line: CartLine) -> str:
    """`1 Nastar 500 g, 2 Semprong`, and what is still to be chosen."""
    if not line.unfilled:
        return content_text(line.content)
    missing = ngettext("{count} piece to be chosen", "{count} pieces to be chosen", line.unfilled)
    return ", ".join(filter(None, (content_text(line.content), missing.format(count=line.unfilled))))


def _short_text(shown: ShownLine) -> str:
    count = plain(max(0, shown.left or 0))
    if shown.lacking:
        return _("{name}: {count} left by the books.").format(name=shown.lacking, count=count)
    return _("{count} left by the books.").format(count=count)

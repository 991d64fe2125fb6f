"""The goods of one order, and the sums below them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.model import Institution, Line, Product
from pos.money import plain, rupiah
from pos.payments import method_name
from pos.preorder import Order
from pos.text import _
from pos.weight import counted, shown_price
from ui.photos import Photos
from ui.pictures import illustration
from ui.scroll import FittedScroll
from ui.theme import Theme
from ui.till.lettering import RIGHT, Type
from ui.widgets import FitLabel, Panel, Tag, TagKind, hline, label

PICTURE, ROW = 46, 64  # px
MOST_ROWS = 76  # px of the rows above the sum that are always in sight


class GoodsList(QWidget):
    """One row a line: picture, name, count and maker, whether it is set aside, what it comes to."""

    def __init__(self, theme: Theme, photos: Photos) -> None:
        super().__init__()
        self.theme, self._photos = theme, photos
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_order(
        self,
        order: Order,
        goods: Mapping[str, Product],
        makers: Mapping[str, Institution],
        left: Mapping[str, int],
    ) -> None:
        """The lines of an order; `goods` for their pictures, `left` is what is in stock."""
        while (item := self._column.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for line in order.lines:
            image = goods[line.sku].image if line.sku in goods else ""
            maker = makers[line.institution].short if line.institution in makers else line.institution
            tag = _tag(order, line, left)
            row = _Row(line, maker, image, tag, self.theme, self._photos)
            for part in (row, hline(self.theme)):
                self._column.addWidget(part)
                part.show()  # at once, or it would have no height yet


def _tag(order: Order, line: Line, left: Mapping[str, int]) -> tuple[str, TagKind, str] | None:
    """Set aside once it is ready; before that what there is of it."""
    if order.state in ("ready", "taken"):
        return (_("Set aside") if order.state == "ready" else _("Handed over"), "ok", "check")
    if order.over or line.sku not in left:
        return None
    short = left[line.sku] < line.qty
    return (_("{count} in stock").format(count=plain(left[line.sku])), "warn" if short else "neutral", "")


class _Row(QWidget):
    def __init__(
        self,
        line: Line,
        maker: str,
        image: str,
        tag: tuple[str, TagKind, str] | None,
        theme: Theme,
        photos: Photos,
    ) -> None:
        super().__init__()
        self.theme, self._photos, self._image = theme, photos, image
        self._title = line.name
        price, count = plain(shown_price(line.unit, line.price)), counted(line.unit, line.qty)
        self._facts = " · ".join(part for part in (f"{count} × Rp{price}", maker, line.note) if part)
        self._total = rupiah(line.total)
        self._name = Type(theme.font("itemName", 14.5))
        self._small = Type(theme.font("body", 13))
        self._tag = Tag(tag[0], tag[1], icon=tag[2], theme=theme) if tag else None
        self.setFixedHeight(theme.px(ROW))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join((line.name, self._facts, self._total, *((tag[0],) if tag else ()))))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.px(116), 0)
        row.addStretch(1)
        if self._tag:
            row.addWidget(self._tag)
        photos.arrived.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(0, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Picture, words, sum."""
        px, theme = self.theme.px, self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = px(PICTURE)
        place = QRectF(0, (self.height() - side) / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.illustration_background(self._image))
        painter.drawRoundedRect(place, theme.radius("thumb"), theme.radius("thumb"))
        ratio = self.devicePixelRatioF()
        photo = self._photos.photo(self._image, QSize(side, side), ratio) if self._image else None
        if photo is None:
            drawing = illustration(self._image, side, px(38), ratio)
            painter.drawPixmap(QPointF(place.left(), place.top() + px(4)), drawing)
        else:
            shape = QPainterPath()
            shape.addRoundedRect(place, theme.radius("thumb"), theme.radius("thumb"))
            painter.save()
            painter.setClipPath(shape)
            painter.drawPixmap(place.topLeft(), photo)
            painter.restore()
        left = place.right() + px(12)
        end = self._tag.x() - px(8) if self._tag else self.width() - px(120)
        upper = QRectF(left, self.height() / 2 - px(20), end - left, px(21))
        self._name.write(painter, upper, self._name.elided(self._title, int(end - left)), theme.color("text"))
        lower = upper.translated(0, px(20))
        self._small.write(
            painter, lower, self._small.elided(self._facts, int(end - left)), theme.color("text2")
        )
        self._name.write(
            painter, QRectF(0, 0, self.width(), self.height()), self._total, theme.color("text"), RIGHT
        )


class Sums(Panel):
    """What the order comes to, what was paid ahead, and what is left."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, fill="surfaceAlt")
        px = theme.px
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(px(7))
        self._scroll = FittedScroll(inside)  # an order may have any number of deposits
        self._left_name = label("", "price", theme)
        self._left = FitLabel("amount", theme)
        self._left.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        last = QHBoxLayout()
        last.addWidget(self._left_name)
        last.addWidget(self._left, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(16), px(16), px(12))
        column.setSpacing(px(4))
        column.addWidget(self._scroll)
        column.addLayout(last)

    def show_order(self, order: Order) -> None:
        """The sums of this order."""
        while (item := self._rows.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._add(_("Order total"), rupiah(order.total))
        for one in order.deposits:
            name = (
                _("Deposit {day} · {method} · {number}")
                if one.amount > 0
                else _("Back {day} · {method} · {number}")
            )
            day = f"{one.at:%d/%m}"
            words = name.format(day=day, method=method_name(one.method), number=one.receipt)
            self._add(words, rupiah(-one.amount))
        self._scroll.setMinimumHeight(min(self._rows.sizeHint().height(), self.theme.px(MOST_ROWS)))
        done = order.taken is not None
        self._left_name.setText(_("Paid in full") if done or not order.rest else _("Left to be paid"))
        self._left.setText(rupiah(0 if done else order.rest))
        self.setAccessibleName(f"{self._left_name.text()} {self._left.text()}")

    def _add(self, name: str, amount: str) -> None:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label(name, "body", self.theme, color="text2"), 1)
        line.addWidget(label(amount, "body", self.theme, color="text2", right=True))
        self._rows.addWidget(row)
        row.show()  # as above

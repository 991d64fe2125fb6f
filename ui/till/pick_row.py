"""One component in the picker of a bundle's content: picture, maker, what is left, how many are chosen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy

from pos.money import plain
from pos.text import _
from ui.icons import icon_pixmap
from ui.photos import Photos
from ui.pressable import Look, Pressable
from ui.theme import Theme
from ui.till.goods import LOW, Item
from ui.till.lettering import CENTER, elided, two_lines, weighted, write
from ui.till.thumb import paint_thumb
from ui.widgets import IconButton

HEIGHT = 64  # px
_PLAIN = Look("", "surfaceAlt", "sunken", "text")
_CHOSEN = Look("primarySoft", "primarySoftHover", "primarySoftHover", "text")
_VALUE = 40  # px of the number between its two buttons


class PickRow(Pressable):
    """A tap or + takes one more, − gives one back (`changed` tells by how many); `moved` asks for another
    row.

    `left` are the pieces by the books that are free besides those chosen here; None: not counted.
    """

    changed = Signal(int)
    moved = Signal(int)

    def __init__(self, item: Item, theme: Theme, photos: Photos) -> None:
        super().__init__("", "ghost", 0, theme)
        self.item = item
        self._photos = photos
        self._count = 0
        self._left: int | None = None
        self._framed = False
        self._number = weighted(theme.font("bodyLarge"), 800)
        self._small = weighted(theme.font("label"), 500)
        self.setFont(theme.font("itemName", 15))
        self.setFixedHeight(theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        name = item.product.name
        self.less = IconButton(
            "minus", _("One less: {name}").format(name=name), kind="secondary", theme=theme
        )
        self.more = IconButton("plus", _("One more: {name}").format(name=name), kind="secondary", theme=theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.px(12), 0)
        row.setSpacing(0)
        row.addStretch(1)
        row.addWidget(self.less)
        row.addSpacing(theme.px(_VALUE))
        row.addWidget(self.more)
        for button in (self.less, self.more):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.less.clicked.connect(lambda: self.changed.emit(-1))
        self.more.clicked.connect(lambda: self.changed.emit(1))
        self.clicked.connect(lambda: self.changed.emit(1))

    def show_count(self, count: int, left: int | None, *, full: bool) -> None:
        """How many are chosen, what is left besides, and whether the bundle holds no more."""
        self._count, self._left = count, left
        self.look = _CHOSEN if count else _PLAIN
        self.less.setEnabled(count > 0)
        self.more.setEnabled(not full)
        words = [self.item.product.name, self.item.maker.name, self._left_text()]
        words.append(_("{count} chosen").format(count=plain(count)))
        self.setAccessibleName(", ".join(filter(None, words)))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the list makes it."""
        return QSize(0, self.height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A frame inside instead of the usual ring, for which there is no room around a row."""
        QAbstractButton.focusInEvent(self, event)
        self._framed = event.reason() != Qt.FocusReason.MouseFocusReason
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame goes too."""
        QAbstractButton.focusOutEvent(self, event)
        self._framed = False
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go from row to row; the picker has all other keys, the space bar takes one."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Picture, name, maker and what is left, the number between the buttons."""
        px, theme = self.theme.px, self.theme
        painter.fillRect(QRect(0, rect.bottom(), rect.width(), 1), theme.color("border"))
        if self._framed:
            self._paint_frame(painter, rect)
        paint_thumb(
            painter, QRectF(px(16), px(8), px(48), px(48)), self.item.product.image, theme, self._photos
        )
        left, right = px(76), self.less.x() - px(8)
        self._paint_left(painter, self._paint_name(painter, QRectF(left, 0, right - left, rect.height())))
        between = self.more.x() - self.less.geometry().right()
        box = QRectF(self.less.geometry().right(), 0, between, rect.height())
        color = theme.color("text" if self._count else "text3")
        write(painter, box, plain(self._count), self._number, color, CENTER)

    def _paint_name(self, painter: QPainter, area: QRectF) -> QRectF:
        """The name in one line, a long one in two smaller ones; the line below it."""
        px, font, name = self.theme.px, self.font(), self.item.product.name
        if self.fontMetrics().horizontalAdvance(name) > area.width():
            font = self.theme.font("itemName", 14)
        lines = two_lines(name, QFontMetrics(font), int(area.width()))
        box = QRectF(area.left(), px(11) if len(lines) == 1 else px(4), area.width(), px(20))
        for words in lines:
            write(painter, box, words, font, self.theme.color("text"))
            box.translate(0, px(21 if len(lines) == 1 else 18))
        return box

    def _paint_left(self, painter: QPainter, box: QRectF) -> None:
        theme, px = self.theme, self.theme.px
        painter.setFont(self._small)
        left, metrics = self._left_text(), painter.fontMetrics()
        short = self._left is not None and self._left < 0
        if short:
            size = px(14)
            picture = icon_pixmap("triangle-alert", size, theme.color("warn"), self.devicePixelRatioF())
            painter.drawPixmap(box.topLeft() + QRectF(0, (box.height() - size) / 2, 0, 0).topLeft(), picture)
            box = box.adjusted(px(20), 0, 0, 0)
        low = self._left is not None and self._left <= LOW
        write(painter, box, left, self._small, theme.color("warn" if low else "text2"))
        box = box.adjusted(metrics.horizontalAdvance(left) + (px(8) if left else 0), 0, 0, 0)
        maker = self.item.maker.short or self.item.maker.name
        words = elided(f"· {maker}" if left else maker, metrics, int(box.width()))
        write(painter, box, words, self._small, theme.color("text3"))

    def _left_text(self) -> str:
        if self._left is None:
            return ""
        if self._left < 0:
            return _("{count} short by the books").format(count=plain(-self._left))
        return _("{count} left").format(count=plain(self._left))

    def _paint_frame(self, painter: QPainter, rect: QRect) -> None:
        inset = self.theme.px(3)
        frame = QRectF(rect).adjusted(inset, inset, -inset, -inset)
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.color("focus"), self.theme.px(3)))
        painter.drawRoundedRect(frame, self.theme.radius("thumb"), self.theme.radius("thumb"))
        painter.restore()

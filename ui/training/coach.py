"""The coach: a golden ring around the thing itself, and beside it what to do with it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.text import _
from ui.theme import Theme
from ui.training.card import AROUND, Card
from ui.widgets import Button, label

WIDTH = 330  # px at 100 %
GAP = 10  # px between ring and bubble
RING = 4  # px


class Coach(QWidget):
    """The ring, which lets everything through, and the bubble, which is a widget of its own above it."""

    def __init__(self, over: QWidget, theme: Theme) -> None:
        super().__init__(over)
        self.theme = theme
        self.bubble = Bubble(over, theme)
        self._ring = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def point(self, target: QRect, inside: QRect, free: QRect) -> None:
        """Ring `target` (px of the parent, an empty one: nothing) and lay the bubble beside it within
        `inside`, off `free`.
        """
        place = bubble_place(target, self.bubble.wanted(), inside, self.theme.px(GAP), free)
        if (target, place, inside) == (self._ring, self.bubble.geometry(), self.geometry()):
            return
        self.setGeometry(inside)
        self._ring = target
        self.bubble.setGeometry(place)
        self.update()

    def come(self) -> None:
        """Be there, above everything."""
        for one in (self, self.bubble):
            one.show()
            one.raise_()

    def go(self) -> None:
        """Be gone."""
        self.hide()
        self.bubble.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ring, with a dark line outside so that it stands out on gold too."""
        if self._ring.isEmpty():
            return
        px, theme = self.theme.px, self.theme
        ring = QRectF(self._ring.translated(-self.pos())).adjusted(-px(3), -px(3), px(3), px(3))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for color, width in (("text", px(RING + 3)), ("training", px(RING))):
            painter.setPen(QPen(theme.color(color), width))
            painter.drawRoundedRect(ring, theme.radius("control"), theme.radius("control"))


class Bubble(Card):
    """How far one is, what to do, and the way out. It takes no keyboard but by Tab."""

    skipped = Signal()
    again = Signal()
    back = Signal()

    def __init__(self, over: QWidget, theme: Theme) -> None:
        super().__init__(over, theme, edge=3)
        px = theme.px
        self.count = label("", "label", theme, color="text2")
        self.words = label("", "bodyLarge", theme, wrap=True)
        self.words.setFont(theme.font("title", 17))
        self.skip = Button(_("Skip the guide"), kind="ghost", theme=theme)
        self.more = Button(_("Once more"), kind="secondary", theme=theme)
        self.leave = Button(_("Back to the booth"), theme=theme)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addStretch(1)
        for button, told in ((self.skip, self.skipped), (self.more, self.again), (self.leave, self.back)):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(told)
            row.addWidget(button)
        self._column = QVBoxLayout(self)
        edge = px(AROUND)
        self._column.setContentsMargins(px(18) + edge, px(12) + edge, px(12) + edge, px(10) + edge)
        self._column.setSpacing(px(4))
        self._column.addWidget(self.count)
        self._column.addWidget(self.words)
        self._column.addLayout(row)

    def say(self, count: str, words: str, *, ended: bool) -> None:
        """Another step, or with `ended` the end."""
        self.count.setText(count)
        self.words.setText(words)
        self.skip.setVisible(not ended)
        self.more.setVisible(ended)
        self.leave.setVisible(ended)
        self.setAccessibleName(words)
        self._column.activate()

    def wanted(self) -> QSize:
        """As wide as designed, as high as the words need, with the room for the shadow."""
        width = max(self.theme.px(WIDTH) + 2 * self.theme.px(AROUND), self._column.totalMinimumSize().width())
        return QSize(width, self._column.totalHeightForWidth(width))


def bubble_place(target: QRect, size: QSize, inside: QRect, gap: int, free: QRect) -> QRect:
    """Where a bubble of `size` lies within `inside`: below `target`, above, beside it, where there is room
    without covering it, and `free` where it can be; in the middle when there is nothing to point at, or no
    room anywhere.
    """
    middle = QRect(QPoint(), size)
    middle.moveCenter(inside.center())
    if target.isEmpty():
        return middle
    x = min(max(target.center().x() - size.width() // 2, inside.left()), inside.right() + 1 - size.width())
    y = min(max(target.center().y() - size.height() // 2, inside.top()), inside.bottom() + 1 - size.height())
    low = min(target.bottom(), inside.bottom()) + 1 - size.height()  # ends where a high one does
    places = (
        QPoint(x, target.bottom() + 1 + gap),
        QPoint(x, target.top() - gap - size.height()),
        *(QPoint(target.left() - gap - size.width(), at) for at in (y, low)),
        *(QPoint(target.right() + 1 + gap, at) for at in (y, low)),
    )
    fitting = [QRect(corner, size) for corner in places if inside.contains(QRect(corner, size))]
    return min(fitting, key=free.intersects, default=middle)  # the first of those that cover the least

"""The line below the goods that names who has not sold today: quiet, gold, gone by itself or by a touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.text import _, ngettext
from ui.hush import Hush
from ui.keys import keycap
from ui.marks import paint_diamond
from ui.plain_tip import plain_tip
from ui.pressable import Look
from ui.theme import Theme
from ui.till.goods import Shelf
from ui.till.lettering import LEFT, weighted, write
from ui.widgets import Button, IconButton

if TYPE_CHECKING:
    from ui.till.goods_pane import GoodsPane

STAY_MS = 25_000  # long enough to be read between two buyers
MOST_GOODS = 2  # of one institution that are named
HIGH, LINES = 80, 2  # px, lines of names


class ReminderBar(QWidget):
    """Takes no keyboard: Ctrl+J, which stands on its button, does the same."""

    def __init__(self, goods: GoodsPane, shelf: Shelf, theme: Theme) -> None:
        super().__init__(goods)
        self.theme, self._goods = theme, goods
        px = theme.px
        count = len(shelf.unsold)
        told = ngettext("{count} UPT has not sold today", "{count} UPT have not sold today", count)
        self.title, self.names = told.format(count=count), unsold_words(shelf, MOST_GOODS)
        self._shorter = [unsold_words(shelf, few) for few in range(MOST_GOODS, -1, -1)]
        self.setAccessibleName(f"{self.title}. {self.names}")
        self.setToolTip(plain_tip(self.names))
        self.setFixedHeight(px(HIGH))
        self.show_goods = Button(_("Show them"), kind="ghost", keycap=keycap("unsold"), theme=theme)
        self.show_goods.setAccessibleName(_("Show their goods"))
        self.close_button = IconButton("x", _("Close"), theme=theme)
        for button in (self.show_goods, self.close_button):
            button.look = Look("", "goldBorder", "goldBorder", "onGoldSoft")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.show_goods.clicked.connect(self._show)
        self.close_button.clicked.connect(self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(4), px(20), px(8))
        row.setSpacing(px(4))
        row.addStretch(1)
        row.addWidget(self.show_goods)
        row.addWidget(self.close_button)
        goods.unsold.toggled.connect(self._follow)
        self._timer = QTimer(self, singleShot=True, interval=STAY_MS)
        self._timer.timeout.connect(self.leave)
        self._timer.start()
        Hush(self).begin()  # it comes where somebody may be about to tap a tile

    def leave(self) -> None:
        """Go away; the goods get their room back."""
        self._timer.stop()
        self._goods.below.clear()

    def event(self, event: QEvent) -> bool:
        """Stay as long as the pointer does."""
        if event.type() == QEvent.Type.Enter:
            self._timer.stop()
        elif event.type() == QEvent.Type.Leave and self.isVisible():
            self._timer.start()
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Touched beside its buttons it goes."""
        event.accept()
        self.leave()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A gold card with a diamond, one line in bold, one with the names."""
        px, theme = self.theme.px, self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("bg"))
        card = QRectF(self.rect()).adjusted(px(16) + 0.5, px(2) + 0.5, -px(16) - 0.5, -px(6) - 0.5)
        painter.setBrush(theme.color("goldSoft"))
        painter.setPen(QPen(theme.color("goldBorder"), 1))
        painter.drawRoundedRect(card, theme.radius("control"), theme.radius("control"))
        paint_diamond(painter, QPointF(card.left() + px(20), card.center().y()), theme)
        ink, x = theme.color("onGoldSoft"), int(card.left()) + px(38)
        room = self.show_goods.x() - px(8) - x
        bold, small = weighted(theme.font("body"), 700), theme.font("label")
        top = int(card.top())
        title = QFontMetrics(bold).elidedText(self.title, Qt.TextElideMode.ElideRight, room)
        write(painter, QRectF(x, top + px(7), room, px(20)), title, bold, ink, LEFT)
        painter.setFont(small)
        place = QRect(x, top + px(27), room, self.height() - top - px(27 + 6))
        painter.drawText(place, Qt.TextFlag.TextWordWrap, self._fitting(QFontMetrics(small), room))

    def _fitting(self, metrics: QFontMetrics, room: int) -> str:
        """With as many goods as there is room for, otherwise the institutions alone."""
        most = LINES * room - self.theme.px(80)  # lines break between words
        fits = (words for words in self._shorter if metrics.horizontalAdvance(words) <= most)
        last = Qt.TextElideMode.ElideRight
        return next(fits, None) or metrics.elidedText(self._shorter[-1], last, most)

    def _show(self) -> None:
        goods = self._goods
        goods.search.clear()
        goods.unsold.setChecked(True)

    def _follow(self, on: bool) -> None:
        if on:
            self.leave()


def unsold_words(shelf: Shelf, most: int) -> str:
    """`Lapas Lahat: Taplak Meja · Lapas Muara Enim: Kopi Semendo, Rehal`, at most so many goods of each; what
    is left comes before what is sold out.
    """
    makers: dict[str, list[str]] = {}
    for item in sorted((one for one in shelf.items if one.unsold), key=lambda one: one.sold_out):
        makers.setdefault(item.maker.short or item.maker.code, []).append(item.product.name)
    if not most:
        return ", ".join(makers)
    return " · ".join(f"{maker}: {', '.join(names[:most])}" for maker, names in makers.items())

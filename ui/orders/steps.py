"""How far an order has come: five steps in a row, with when each was reached."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.order_words import state_name
from pos.preorder import Order
from pos.text import _
from ui.icons import icon_pixmap
from ui.orders.words import step_moment
from ui.theme import Theme
from ui.till.lettering import CENTER, Type

STEPS = ("new", "deposit", "prepared", "ready", "taken")
HEIGHT, DISC = 78, 26  # px


class Steps(QWidget):
    """Painted: what was reached is green with a tick, where it stands is gold, what is ahead is pale."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._order: Order | None = None
        self._today = date.min
        self._number = Type(theme.font("caption"))
        self._name = Type(theme.font("label"))
        self._now = Type(theme.font("itemName", 13))
        self._when = Type(theme.font("caption"))
        self.setFixedHeight(theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_order(self, order: Order, today: date) -> None:
        """The steps of this order."""
        self._order, self._today = order, today
        self.setAccessibleName(_("Step: {step}").format(step=state_name(order.state)))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(0, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lines first, discs over them, words below."""
        if self._order is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, theme = self.theme.px, self.theme
        here = STEPS.index(self._order.state) if self._order.state in STEPS else -1
        width = self.width() / len(STEPS)
        middles = [width * (n + 0.5) for n in range(len(STEPS))]
        y = px(4) + px(DISC) / 2
        for n, (left, right) in enumerate(pairwise(middles)):
            done = n < here
            painter.setPen(QPen(theme.color("primary" if done else "border"), px(3)))
            edge = px(DISC) / 2 + px(2)
            painter.drawLine(int(left + edge), int(y), int(right - edge), int(y))
        for n, (step, x) in enumerate(zip(STEPS, middles, strict=True)):
            self._paint_step(painter, QRectF(x - width / 2, 0, width, self.height()), step, n - here)

    def _paint_step(self, painter: QPainter, box: QRectF, step: str, ahead: int) -> None:
        """`ahead`: how many steps it is away from where the order stands."""
        order, px, theme = self._order, self.theme.px, self.theme
        if order is None:
            return
        reached = ahead <= 0 and self._reached(order, step)
        last = step == "taken" and ahead == 0
        now = ahead == 0 and not last and step != "new"
        disc = QRectF(box.center().x() - px(DISC) / 2, px(4), px(DISC), px(DISC))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("gold" if now else "primary" if reached else "sunken"))
        painter.drawEllipse(disc)
        if reached and not now:
            size = px(16)
            picture = icon_pixmap(
                "check", size, theme.color("onPrimary"), painter.device().devicePixelRatioF()
            )
            painter.drawPixmap(disc.center() - QPointF(size / 2, size / 2), picture)
        else:
            ink = theme.color("onGold" if now else "text2")
            self._number.write(painter, disc, str(STEPS.index(step) + 1), ink, CENTER)
        words = QRectF(box.left(), disc.bottom() + px(4), box.width(), px(18))
        name = (
            _("Ordered")
            if step == "new"
            else _("Deposit received")
            if step == "deposit"
            else state_name(step)
        )
        kind = self._now if now else self._name
        kind.write(
            painter,
            words,
            kind.elided(name, int(box.width())),
            theme.color("text" if reached else "text2"),
            CENTER,
        )
        moment = order.at if step == "new" else order.taken.at if last and order.taken else order.since(step)
        if reached:
            below = words.translated(0, px(17))
            self._when.write(painter, below, step_moment(moment, self._today), theme.color("text2"), CENTER)

    def _reached(self, order: Order, step: str) -> bool:
        """Whether it came past this step: a deposit may never have been asked for."""
        if step == "deposit":
            return order.paid > 0
        return step in ("new", order.state) or order.since(step) is not None

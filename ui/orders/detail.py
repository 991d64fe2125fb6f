"""One order beside the board: who, how far, when and where, what, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from pos.money import rupiah
from pos.order_words import channel_name
from pos.preorder import Order, shown_phone
from pos.text import _
from ui.app import App
from ui.icons import icon_pixmap
from ui.keys import keycap
from ui.orders.board import paint_sign
from ui.orders.lines import GoodsList, Sums
from ui.orders.small import Elided
from ui.orders.steps import Steps
from ui.orders.words import called, due_words
from ui.photos import Photos
from ui.scroll import FittedScroll
from ui.theme import Theme
from ui.till.lettering import Type
from ui.till.menus import touch_menu
from ui.widgets import Button, IconButton, Panel, hline, label

ACTIONS = (
    "hand over",
    "note",
    "change",
    "texts",
    "deposit",
    "prepared",
    "ready",
    "reopened",
    "cancel",
    "give back",
    "erase",
)


class Detail(QWidget):
    """`wanted` tells one of ACTIONS for the order that is shown, and the place of what was pressed."""

    wanted = Signal(str, QPoint)

    def __init__(self, app: App, photos: Photos) -> None:
        super().__init__()
        self.app, self.theme = app, app.theme
        self.order: Order | None = None
        self._sign = _Sign(app.theme)
        self._name = Elided("title", app.theme, size=21)
        self._facts = label("", "body", app.theme, color="text2", wrap=True)
        self._facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._steps = Steps(app.theme)
        self._when = _Fact("calendar-clock", app.theme)
        self._where = _Fact("map-pin", app.theme)
        self._note = _Fact("sticky-note", app.theme)
        self._goods = GoodsList(app.theme, photos)
        self._sums = Sums(app.theme)
        self._copy = Button(_("Copy WA text"), kind="secondary", icon="message-circle", theme=app.theme)
        self._more = IconButton("ellipsis-vertical", _("More"), theme=app.theme)
        self._slip = Button(_("Order note"), kind="secondary", icon="printer", theme=app.theme)
        self._change = Button(_("Edit"), kind="secondary", icon="pencil", theme=app.theme)
        self._next = Button("", kind="secondary", theme=app.theme)
        self._hand = _HandOver("", keycap=keycap("hand over"), theme=app.theme)
        self._state = label("", "label", app.theme, color="text2", wrap=True)
        self._connect()
        self._lay_out()

    def show_order(self, order: Order, today: date, stock: Mapping[str, int]) -> None:
        """Everything about this order; `stock` is what there is, by SKU."""
        self.order = order
        contact, opening = order.wish.contact, self.app.opening
        self._sign.show_order(order)
        self._name.setText(called(order))
        told = (order.receipt, channel_name(order.wish.channel), contact.handle, shown_phone(contact.phone))
        where = " ".join(part for part in told[1:3] if part)
        self._facts.setText(" · ".join(part for part in (told[0], where, told[3]) if part))
        self._steps.show_order(order, today)
        self._when.show_fact(
            _("Fetched on") if order.wish.place == "booth" else _("Brought on"),
            due_words(order.wish, today, ", "),
        )
        delivered = order.wish.place == "delivery"
        place = (contact.address or _("Delivery")) if delivered else self.app.device.name
        self._where.show_fact(_("Place"), place)
        self._note.show_fact(_("Note"), contact.note or "–")
        goods = {product.sku: product for product in opening.products}
        self._goods.show_order(order, goods, opening.institutions, stock)
        self._sums.show_order(order)
        self._offer(order)

    def menu(self) -> None:
        """What is seldom wanted."""
        order = self.order
        if order is None:
            return
        menu = touch_menu(self, self.theme)
        for action, words, may in self._seldom(order):
            if may:
                entry = menu.addAction(words)
                entry.triggered.connect(lambda _on=False, action=action: self._want(action))
        corner = self._more.mapToGlobal(
            QPoint(self._more.width() - menu.sizeHint().width(), self._more.height())
        )
        menu.popup(corner)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Surface, with a hairline towards the board."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.color("surface"))
        painter.fillRect(0, 0, 1, self.height(), self.theme.color("border"))

    def _seldom(self, order: Order) -> list[tuple[str, str, bool]]:
        state = order.state
        return [
            ("deposit", _("Take a deposit"), not order.over and order.rest > 0),
            ("prepared", _("Begin to prepare it"), state in ("new", "deposit")),
            ("ready", _("It is ready"), state in ("new", "deposit", "prepared")),
            ("reopened", _("It is not ready yet"), state in ("ready", "prepared")),
            ("reopened", _("Open it again"), state == "cancelled"),
            ("give back", _("Give the deposit back"), state == "cancelled" and order.paid > 0),
            ("cancel", _("Cancel the order"), not order.over),
            ("erase", _("Erase personal data"), bool(order.documents)),
        ]

    def _offer(self, order: Order) -> None:
        """The buttons below: the next step, and handing it over."""
        follows = {"deposit": ("prepared", _("Prepare")), "prepared": ("ready", _("Ready"))}
        follows["new"] = ("deposit", _("Take deposit")) if order.rest else follows["deposit"]
        action, words = follows.get(order.state, ("", ""))
        self._next.setVisible(bool(action))
        self._next.setText(words)
        self._next.setProperty("action", action)
        self._change.setVisible(not order.over)
        self._hand.setVisible(not order.over)
        rest = rupiah(order.rest)
        self._hand.setText(
            _("Hand over & pay {amount}").format(amount=rest) if order.rest else _("Hand over")
        )
        taken = order.taken
        if taken:
            told = _("Handed over with receipt {receipt}.").format(receipt=taken.receipt)
        else:
            told = _("Cancelled: {reason}").format(reason=order.steps[-1].reason or "–") if order.over else ""
        self._state.setText(told)
        self._state.setVisible(bool(told))

    def _want(self, action: str, button: QWidget | None = None) -> None:
        if action:
            place = button.mapToGlobal(QPoint(0, button.height())) if button else QPoint()
            self.wanted.emit(action, place)

    def _connect(self) -> None:
        pairs: tuple[tuple[Button, str], ...] = (
            (self._copy, "texts"),
            (self._slip, "note"),
            (self._change, "change"),
            (self._hand, "hand over"),
        )
        for button, action in pairs:
            button.clicked.connect(self._wanting(action, button))
        self._next.clicked.connect(lambda: self._want(str(self._next.property("action") or "")))
        self._more.clicked.connect(self.menu)

    def _wanting(self, action: str, button: Button) -> Callable[[], None]:
        return lambda: self._want(action, button)

    def _lay_out(self) -> None:
        theme, px = self.theme, self.theme.px
        words = QVBoxLayout()
        words.setSpacing(px(2))
        for line in (self._name, self._facts):
            words.addWidget(line)
        head = QHBoxLayout()
        head.setContentsMargins(px(22), px(14), px(16), px(14))
        head.setSpacing(px(14))
        head.addWidget(self._sign)
        head.addLayout(words, 1)
        head.addWidget(self._copy)
        head.addWidget(self._more)
        facts = QHBoxLayout()
        facts.setSpacing(px(10))
        for fact in (self._when, self._where, self._note):
            facts.addWidget(fact, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(px(22), px(10), px(22), 0)
        column.setSpacing(0)
        column.addWidget(self._steps)
        column.addSpacing(px(6))
        column.addLayout(facts)
        column.addSpacing(px(12))
        column.addWidget(self._goods)
        sums = QVBoxLayout()  # in sight however many goods there are
        sums.setContentsMargins(px(22), px(12), px(22), px(12))
        sums.addWidget(self._sums)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(22), px(12), px(22), px(14))
        foot.setSpacing(px(10))
        for button in (self._slip, self._change, self._next, self._hand):
            button.setFixedHeight(px(64))
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._hand.setFont(theme.font("buttonLarge", 17))
        foot.addWidget(self._slip)
        foot.addWidget(self._change)
        foot.addWidget(self._next)
        foot.addWidget(self._hand, 1)
        foot.addWidget(self._state, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(1, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(head)
        page.addWidget(hline(theme))
        page.addWidget(FittedScroll(inside))
        page.addLayout(sums)
        page.addStretch(1)
        page.addWidget(hline(theme))
        page.addLayout(foot)


class _HandOver(Button):
    """Its sum may be long: the words shrink where there is no room."""

    def minimumSizeHint(self) -> QSize:
        """Room for a small sum."""
        return QSize(self.theme.px(190), self.height())


class _Sign(QWidget):
    """Where it came from, 48 px."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._order: Order | None = None
        self._letters = Type(theme.font("button", 15))
        self.setFixedSize(theme.px(48), theme.px(48))

    def show_order(self, order: Order) -> None:
        """Of this order."""
        self._order = order
        self.setAccessibleName(channel_name(order.wish.channel))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The square."""
        if self._order:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint_sign(painter, self.rect().toRectF(), self._order, self.theme, self._letters)


class _Fact(Panel):
    """An icon, a name and what it is."""

    def __init__(self, icon: str, theme: Theme) -> None:
        super().__init__(theme, fill="surfaceAlt", radius="control")
        px = theme.px
        picture = QLabel()
        picture.setPixmap(icon_pixmap(icon, px(20), theme.color("text2"), self.devicePixelRatioF()))
        self._name = Elided("body", theme, color="text2", size=13)
        self._what = Elided("label", theme, size=14.5)
        words = QVBoxLayout()
        words.setSpacing(0)
        for line in (self._name, self._what):
            words.addWidget(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(8), px(10), px(8))
        row.setSpacing(px(10))
        row.addWidget(picture)
        row.addLayout(words, 1)

    def show_fact(self, name: str, what: str) -> None:
        """Show it; what is too long can be read in the tool tip."""
        self._name.setText(name)
        self._what.setText(what)
        self.setAccessibleName(f"{name}: {what}")

"""The sheet of components, picture 14: every widget in every state at once, all of them the real ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from pos.cart import new_cart
from pos.money import plain, rupiah
from pos.text import _
from ui.busy_button import BusyButton
from ui.fields import FieldFrame, FieldMessage
from ui.keys import keycap
from ui.photos import Photos
from ui.pressable import Kind, Pressable
from ui.question import Question
from ui.shots.studio import Stage
from ui.tell import Banner, Toast
from ui.theme import Theme
from ui.till.cart_empty import EmptyCart
from ui.till.cart_line import CartLineDelegate
from ui.till.goods import Item
from ui.till.goods_model import TILE, GoodsModel
from ui.till.tile import REACH, TilePainter
from ui.widgets import Button, Chip, Panel, Tag, label

BUYER = "Ibu Ratna"  # a name, the same in every language
_WIDE, _BUSY = 118, 151  # px of a button in the table
_TILE = QSize(177, 162)  # px of the cell of a tile


class Gallery(QWidget):
    """Panels in three rows, where picture 14 has them. `items` are the goods of the shelf by SKU."""

    def __init__(self, theme: Theme, items: Mapping[str, Item]) -> None:
        super().__init__()
        self.theme = theme
        self._put(_panel(theme, _("Buttons"), _buttons(theme)), (20, 16, 913, 244))
        self._typed = FieldFrame(_("The buyer's name"), theme)
        self._put(_panel(theme, _("Fields"), _fields(theme, self._typed)), (947, 16, 399, 244))
        self._put(_panel(theme, _("Goods on the grid"), _Tiles(theme, items)), (20, 274, 913, 264))
        self._put(_panel(theme, _("Chips, tags, quantities"), _chips(theme)), (947, 274, 399, 264))
        for row, banner in enumerate(_banners(theme, self)):
            self._put(banner, (20, 552 + row * 58, 499, 48))
        toast = Toast(theme)
        self._put(toast, (8, 784, 523, 68))
        toast.say(
            _("{name} removed").format(name="Kaos Sablon"), "trash-2", (_("Undo"), "undo-2", keycap("undo"))
        )
        empty = EmptyCart(theme)
        empty.show_held(2)
        self._put(_panel(theme, "", empty), (533, 552, 400, 290))
        self._put(_panel(theme, _("Loading and dialog"), _Outline(theme)), (947, 552, 399, 290))
        self._lay_question(964, 654)

    def take_focus(self) -> None:
        """The keyboard is in the field that is typed into; elsewhere the ring of whoever has it is shown."""
        self._typed.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        for button in self.findChildren(Button):
            if button.property("shown") == "focus":
                arrives = QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason)
                QApplication.sendEvent(button, arrives)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        QPainter(self).fillRect(self.rect(), self.theme.color("bg"))

    def _put(self, widget: QWidget, place: tuple[int, int, int, int]) -> None:
        """`place` is x, y, width and height in px at 100 %."""
        widget.setParent(self)
        widget.setGeometry(QRect(*(self.theme.px(length) for length in place)))
        widget.show()

    def _lay_question(self, x: int, y: int) -> None:
        """The card of a question with its corner there (px at 100 %)."""
        theme, px = self.theme, self.theme.px
        title = _("Cancel sale {number}?").format(number="0042")
        back = _("The goods return to stock, and {amount} goes back to the buyer.")
        words = (title, back.format(amount=rupiah(445_000)))
        question = Question(self, theme, words, (_("Yes, cancel it"), _("No, keep it")))
        card, layout = question.paper, question.paper.layout()
        card.setParent(self)  # the question itself would lie over everything
        card.setGeometry(px(x), px(y), px(365), layout.heightForWidth(px(365)) if layout else 0)
        self.removeEventFilter(question)
        question.setParent(None)
        question.deleteLater()


class _Outline(QWidget):
    """Two lines and a picture that are not there yet."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Sunken shapes of the size of what will come."""
        px = self._theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("sunken"))
        radius = self._theme.radius("thumb")
        for x, y, width, height in ((0, 5, 52, 52), (64, 14, 211, 14), (64, 36, 135, 12)):
            box = QRectF(px(x), px(y), px(width), px(height))
            rounded = min(radius, box.height() / 2)
            painter.drawRoundedRect(box, rounded, rounded)


class _Tiles(QWidget):
    """Goods as the grid paints them: usual, in the cart, with the focus, few left, none left."""

    def __init__(self, theme: Theme, items: Mapping[str, Item]) -> None:
        super().__init__()
        self._theme = theme
        self._goods = GoodsModel(self)
        self._painter = TilePainter(theme, Photos(self))
        self._cell = _TILE * theme.scale
        self._painter.picture = theme.px(62)
        self._painter.pictures_ready = True
        self._painter.ground = "surface"
        gone = next((sku for sku, item in items.items() if item.sold_out), "")
        wanted = ("PUTRI-500", "NASTAR-500", "SEMPRONG", "KAOS-SABLON", gone)
        self._goods.show_items([items[sku] for sku in wanted if sku in items])
        if "NASTAR-500" in items:
            self._goods.show_cart(new_cart().add(items["NASTAR-500"].product, 2))
        self._names = (_("Usual"), _("In the cart"), _("Keyboard focus"), _("Few left"), _("Sold out"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A row of tiles, each with its name below."""
        px, reach = self._theme.px, self._theme.px(REACH)
        painter = QPainter(self)
        painter.setFont(self._theme.font("caption"))
        for place, name in enumerate(self._names[: self._goods.rowCount()]):
            cell = QRect(px(place * _TILE.width()) - reach, px(5) - reach, *self._cell.toTuple())
            self._painter.paint(painter, cell, self._goods.index(place).data(TILE), hover=False)
            if place == 2:
                self._painter.paint_ring(painter, cell)
            painter.setPen(self._theme.color("text2"))
            below = QRect(cell.left(), cell.bottom() + px(1), cell.width(), px(18))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, name)


class _Stepper(QWidget):
    """A quantity as the lines of the cart have it."""

    def __init__(self, qty: int, theme: Theme) -> None:
        super().__init__()
        self._qty = qty
        self._lines = CartLineDelegate(theme)
        self._row = QRect(0, 0, theme.px(400), theme.px(80))
        self.setFixedSize(self._lines.stepper(self._row).size())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Only the stepper of a line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(-self._lines.stepper(self._row).topLeft())
        self._lines.paint_stepper(painter, self._row, self._qty, 0)


def _panel(theme: Theme, title: str, content: QWidget) -> QWidget:
    panel = Panel(theme)
    column = QVBoxLayout(panel)
    column.setContentsMargins(theme.px(17), theme.px(14), theme.px(17), theme.px(6))
    column.setSpacing(theme.px(6))
    if title:
        name = label(title, "title", theme)
        name.setFont(theme.font("title", 15))
        column.addWidget(name)
    column.addWidget(content, 1)
    return panel


def _buttons(theme: Theme) -> QWidget:
    """Three kinds, from left to right in every state."""
    kinds: tuple[tuple[Kind, str, str, str], ...] = (
        ("primary", _("Put aside"), keycap("hold"), _("Keeping…")),
        ("secondary", _("Print again"), "", _("Searching…")),
        ("danger", _("Cancel it"), "", ""),
    )
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, theme.px(4), 0, 0)
    grid.setHorizontalSpacing(theme.px(12))
    grid.setVerticalSpacing(theme.px(10))
    states = (_("Usual"), _("Hover"), _("Pressed"), _("Focus"), _("Disabled"), _("Busy"))
    for column, state in enumerate(states):
        grid.addWidget(label(state, "caption", theme, color="text2"), 0, column)
    for row, (kind, text, key, doing) in enumerate(kinds, 1):
        for column, state in enumerate(("", "hover", "down", "focus", "off")):
            button = Button(text, kind=kind, keycap=key, theme=theme)
            button.setFixedWidth(theme.px(_WIDE))
            button.setProperty("shown", state)
            _set_state(button, state)
            grid.addWidget(button, row, column)
        grid.addWidget(_busy(kind, text, doing, theme), row, len(states) - 1)
    grid.setColumnStretch(len(states), 1)
    grid.setRowStretch(len(kinds) + 1, 1)
    return table


def _set_state(button: Pressable, state: str) -> None:
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, state == "hover")
    button.setDown(state == "down")
    button.setEnabled(state != "off")


def _busy(kind: Kind, text: str, doing: str, theme: Theme) -> Button:
    """What a button says while it works; in the place of what never does, the soft kind."""
    if not doing:
        soft = Button(_("Exact cash"), kind="soft", theme=theme)
        soft.setFixedWidth(theme.px(_BUSY))
        return soft
    button = BusyButton(text, kind=kind, theme=theme)
    button.setFixedWidth(theme.px(_BUSY))
    button.set_busy(doing)
    button.show_busy()
    return button


def _fields(theme: Theme, typed: FieldFrame) -> QWidget:
    """Empty, being typed into, wrong."""
    name = _("The buyer's name")
    empty, wrong = FieldFrame(name, theme), FieldFrame(_("Another amount"), theme)
    empty.edit.setPlaceholderText(name)
    typed.edit.setText(BUYER)
    wrong.edit.setText(plain(60_000))
    wrong.set_error(True)
    message = FieldMessage(theme)
    message.say(_("{amount} is missing.").format(amount=rupiah(385_000)))
    column = QWidget()
    rows = QVBoxLayout(column)
    rows.setContentsMargins(0, theme.px(5), 0, 0)
    rows.setSpacing(theme.px(9))
    for field in (empty, typed, wrong):
        field.edit.setFont(theme.font("bodyLarge", 15))
        rows.addWidget(field)
    rows.addWidget(message)
    rows.addStretch(1)
    return column


def _chips(theme: Theme) -> QWidget:
    """Filters, states in a word, quantities."""
    category = Chip("Hampers", 5, theme=theme)
    everything = Chip(_("All"), 64, theme=theme)
    everything.setChecked(True)
    hover = Chip(_("Hover"), theme=theme)
    _set_state(hover, "hover")
    unsold = Chip(_("Not sold yet"), gold=True, theme=theme)
    for chip in (category, everything, hover, unsold):
        chip.setFixedHeight(theme.px(40))
    tags = (
        Tag(_("Neutral"), theme=theme),
        Tag(_("In step"), "ok", icon="check", theme=theme),
        Tag(_("{count} waiting").format(count=7), "gold", theme=theme),
        Tag(_("{count} hours ago").format(count=5), "warn", icon="clock-alert", theme=theme),
        Tag(_("Forked"), "danger", icon="git-fork", theme=theme),
        Tag(_("Down payment received"), "info", theme=theme),
    )
    rows = (
        (8, (category, everything, hover)),
        (8, (unsold,)),
        (6, tags[:4]),
        (6, tags[4:]),
        (12, (_Stepper(2, theme), _Stepper(1, theme))),
    )
    column = QWidget()
    under = QVBoxLayout(column)
    under.setContentsMargins(0, theme.px(5), 0, 0)
    under.setSpacing(theme.px(8))
    for gap, widgets in rows:
        under.addLayout(_row(widgets, theme.px(gap)))
    under.addStretch(1)
    return column


def _row(widgets: Sequence[QWidget], gap: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(gap)
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch(1)
    return row


def _banners(theme: Theme, over: QWidget) -> Sequence[Banner]:
    """One of each kind, on a sheet: what is said comes to the front of where it lies."""
    danger, warn, info, ok = (Banner(theme) for _kind in range(4))
    for banner in (danger, warn, info, ok):
        banner.setParent(over)
    danger.say(
        "danger",
        _("Barcode {code} is not known.").format(code="8991234"),
        _("Type the name of the item."),
        _("Register"),
    )
    warn.say(
        "warn",
        _("The receipt paper is used up."),
        _("The sale is stored all the same; print it again at any time."),
        _("Try again"),
    )
    info.say(
        "info",
        _("{count} carts are put aside.").format(count=2),
        _("Press {key} to go on with one.").format(key=keycap("held")),
    )
    ok.say(
        "ok",
        _("Synced at {time}.").format(time="14.09"),
        _("{count} documents were sent, the chains are whole.").format(count=7),
    )
    return danger, warn, info, ok


def gallery(stage: Stage) -> QWidget:
    """The sheet, over a program that is up."""
    sheet = Gallery(stage.theme, stage.desk.till.items)
    sheet.setParent(stage.frame, sheet.windowFlags())
    stage.show(sheet)
    sheet.take_focus()
    stage.rest()
    return sheet

"""What the buyer chooses for a bundle, asked over the grid: places to be filled, and what they can hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pos.bundles import content_text
from pos.cart import checked_content, pieces_by_sku
from pos.model import Component, Product
from pos.text import _, ngettext
from ui.cover import Cover
from ui.hush import Hush
from ui.keys import action_of, is_bound, keycap
from ui.photos import Photos
from ui.plain_tip import plain_tip
from ui.scroll import Scroll
from ui.theme import Theme
from ui.till.goods import Item
from ui.till.lettering import LEFT, elided, two_lines, write
from ui.till.pick_row import HEIGHT, PickRow
from ui.till.slots import SLOTS_HEIGHT, Slots
from ui.widgets import Button, Tag, hline, label, set_color

WIDTH = 640  # px, less in a small window
AROUND = 268  # px of height that head, places, suggestion and foot take
AGAIN = 420  # px for the words of the suggestion


class Asked(NamedTuple):
    """What is asked: the bundle, how many of it, what each holds so far and what the last one held.

    `items` are its components as the shelf knows them, `free` the pieces of each that the rest of the cart
    leaves, by SKU; what is not counted is not in it.
    """

    product: Product
    qty: int
    items: Sequence[Item]
    free: Mapping[str, int]
    chosen: tuple[Component, ...] = ()
    before: tuple[Component, ...] = ()


class BundlePicker(Cover):
    """Fills one bundle. `taken` tells the content (a tuple of Component), once; `closed`: it was left.

    While it is open its keys win over the till's.
    """

    taken = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget, theme: Theme, photos: Photos) -> None:
        super().__init__(parent, theme)
        self._photos = photos
        self._asked: Asked | None = None
        self._pieces: Counter[str] = Counter()
        self._rows: dict[str, PickRow] = {}
        self._title = _Title(theme)
        self._progress = Tag("", theme=theme, large=True)
        self._slots = Slots(theme, photos)
        self._slots.emptied.connect(lambda sku: self.change(sku, -1))
        key = keycap("as before")
        self._again = Button("", kind="soft", icon="rotate-ccw", keycap=key, theme=theme)
        self._again.clicked.connect(self._take_before)
        self._inside = QWidget()
        self._scroll = Scroll(self._inside)
        self._message = label("", "label", theme, color="text2", wrap=True)
        self._done = Button("", icon="check", keycap=keycap("put in"), theme=theme)
        self._done.clicked.connect(self.take)
        self._hush = Hush(self.paper, share=0.5)
        photos.arrived.connect(lambda _name: self.paper.update())
        self._lay_out()

    def open_for(self, asked: Asked, words: str) -> None:
        """Ask for the content; `words` stand on the button that takes it."""
        self._asked = asked
        self._pieces = pieces_by_sku(asked.chosen)
        self._title.show_text(asked.product.name)
        self._done.setText(words)
        again = bool(asked.before) and asked.before != asked.chosen
        self._again.setVisible(again)
        if again:
            words_before = _("As before: {content}").format(content=content_text(asked.before))
            room = self._theme.px(AGAIN)
            self._again.setText(elided(words_before, QFontMetrics(self._again.font()), room))
            self._again.setAccessibleName(words_before)
            self._again.setToolTip(plain_tip(words_before))
        self._make_rows(asked.items)
        self._show()
        self._place()
        self.cover()
        self._hush.begin()  # the second press of a nervous tap was meant for the tile below
        self.take_focus()

    def take_focus(self) -> None:
        """The keyboard is at the first of the components."""
        first = next(iter(self._rows.values()), None)
        (first or self._done).setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def full(self) -> bool:
        """Nothing is missing any more."""
        return self._asked is not None and self._pieces.total() >= self._asked.product.choose

    def change(self, sku: str, by: int) -> None:
        """One more or one less of a component; nothing changes when there is no place, or none of it."""
        if by > 0 and self.full:
            told = _("It is full. Take one out first.")
            self._tell(told, "warn")
            return
        self._pieces[sku] = max(0, self._pieces[sku] + by)
        self._pieces += Counter()  # forgets what there is none of
        self._show()

    def offers(self, sku: str) -> bool:
        """Whether this is one of the components to choose from."""
        return sku in self._rows

    def warn(self, text: str) -> None:
        """One sentence beside the button, until something changes."""
        self._tell(text, "warn")

    def take(self) -> bool:
        """It is done, if it is full; else say what is missing."""
        if self._asked is None or not self.full:
            self._tell(self._missing(), "warn")
            return False
        asked = self._asked
        content = checked_content(asked.product, self._content())
        self._leave()
        self.taken.emit(content)
        return True

    def leave(self) -> None:
        """Go without having taken anything."""
        if self._asked is not None:
            self._leave()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Our keys; those of the whole program go on, all others mean nothing here."""
        action = action_of(event, "content", "anywhere")
        row = next((row for row in self._rows.values() if row.hasFocus()), None)
        if action == "put in":
            self.take()
        elif action == "back":
            self.leave()
        elif action == "as before":
            self._take_before()
        elif action in ("one more", "one less"):
            if row:
                row.changed.emit(1 if action == "one more" else -1)
        elif action in ("undo", "search") or not is_bound(event, "anywhere"):
            event.accept()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As large as its rows need and the window has."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        px, edge = self._theme.px, self._theme.px(12)
        width = min(px(WIDTH), self._parent.width() - 2 * edge)
        around = px(AROUND) - (0 if self._again.isVisibleTo(self.paper) else px(56))
        height = min(around + len(self._rows) * px(HEIGHT), self._parent.height() - 2 * edge)
        self.lay(QRect((self._parent.width() - width) // 2, edge, width, height))

    def _content(self) -> tuple[Component, ...]:
        return tuple(Component(sku, qty) for sku, qty in self._pieces.items())

    def _show(self) -> None:
        asked = self._asked
        if asked is None:
            return
        most, count = asked.product.choose, self._pieces.total()
        for sku, row in self._rows.items():
            free = asked.free.get(sku)
            left = None if free is None else free - self._pieces[sku] * asked.qty
            row.show_count(self._pieces[sku], left, full=self.full)
        known = {item.product.sku: item.product.image for item in asked.items}
        filled = [(sku, known.get(sku, "")) for sku in self._rows for _one in range(self._pieces[sku])]
        self._slots.show_filled(filled, most)
        said = _("{count} of {most}").format(count=count, most=most)
        self._progress.set(said, "ok" if self.full else "gold", icon="check" if self.full else "")
        self._done.setEnabled(self.full)
        self._tell("" if self.full else self._missing(), "text2")

    def _missing(self) -> str:
        if self._asked is None:
            return ""
        missing = self._asked.product.choose - self._pieces.total()
        return ngettext("Choose {count} more.", "Choose {count} more.", missing).format(count=missing)

    def _tell(self, text: str, color: str) -> None:
        self._message.setText(text)
        set_color(self._message, self._theme.color(color))

    def _take_before(self) -> None:
        asked = self._asked
        if asked is not None and self._again.isVisible():
            self._pieces = pieces_by_sku(asked.before)
            self.take()

    def _leave(self) -> None:
        self._asked = None
        self.uncover()

    def _make_rows(self, items: Sequence[Item]) -> None:
        for old in self._rows.values():
            old.hide()
            old.deleteLater()
        self._rows = {}
        column = self._inside.layout()
        if not isinstance(column, QVBoxLayout):
            raise TypeError("rows stand below each other")
        for place, item in enumerate(items):
            row = PickRow(item, self._theme, self._photos)
            sku = item.product.sku
            row.changed.connect(lambda by, sku=sku: self.change(sku, by))
            row.moved.connect(lambda by, sku=sku: self._move(sku, by))
            self._rows[sku] = row
            column.insertWidget(place, row)
            row.show()

    def _move(self, sku: str, by: int) -> None:
        skus = list(self._rows)
        row = self._rows[skus[max(0, min(skus.index(sku) + by, len(skus) - 1))]]
        row.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._scroll.ensureWidgetVisible(row)

    def _lay_out(self) -> None:
        theme, px = self._theme, self._theme.px
        back = Button(_("Back"), kind="ghost", icon="x", keycap=keycap("back"), theme=theme)
        back.clicked.connect(self.leave)
        head = QHBoxLayout()
        head.setContentsMargins(px(20), px(8), px(8), 0)
        head.setSpacing(px(12))
        head.addWidget(self._title, 1)
        head.addWidget(self._progress)
        head.addWidget(back)
        self._slots.setFixedHeight(px(SLOTS_HEIGHT))
        upper = QVBoxLayout()
        upper.setContentsMargins(px(20), px(4), px(20), px(10))
        upper.setSpacing(px(8))
        upper.addWidget(self._slots)
        upper.addWidget(self._again)
        rows = QVBoxLayout(self._inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addStretch(1)
        foot = QHBoxLayout()
        foot.setContentsMargins(px(20), px(10), px(20), px(12))
        foot.setSpacing(px(12))
        foot.addWidget(self._message, 1)
        foot.addWidget(self._done)
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(upper)
        column.addWidget(hline(theme))
        column.addWidget(self._scroll, 1)
        column.addWidget(hline(theme))
        column.addLayout(foot)


class _Title(QWidget):
    """The bundle's name, in one line or two, cut where the room ends."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._text = ""
        self.setFont(theme.font("title"))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)

    def show_text(self, text: str) -> None:
        """Another one."""
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(text))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Two lines in a smaller size."""
        painter, font = QPainter(self), self.font()
        if self.fontMetrics().horizontalAdvance(self._text) > self.width():
            font = self._theme.font("title", 14)
        lines = two_lines(self._text, QFontMetrics(font), self.width())
        height = self._theme.px(20)
        top = (self.height() - height * len(lines)) / 2
        for line in lines:
            write(painter, QRectF(0, top, self.width(), height), line, font, self._theme.color("text"), LEFT)
            top += height

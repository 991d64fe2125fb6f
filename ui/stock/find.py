"""The field that goods are scanned or searched with on the stock screen, and what it has found below it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from pos.model import Product
from pos.money import plain
from pos.text import _, fold
from ui.fields import FieldFrame, FieldMessage
from ui.icons import icon_pixmap
from ui.stock.parts import WideButton
from ui.theme import Theme
from ui.till.finder import split_quantity
from ui.widgets import Keycap

MOST = 100  # characters
SHOWN = 6  # hits


def coded(goods: Iterable[Product], code: str) -> list[Product]:
    """The goods with this barcode or SKU."""
    wanted = fold(code)
    return [one for one in goods if wanted and wanted in (fold(one.barcode), fold(one.sku))]


def found(goods: Iterable[Product], text: str) -> list[Product]:
    """The goods that have each word of `text` in name, code or other spellings, the best first."""
    words = fold(text).split()
    hits = []
    for one in goods:
        name, code = fold(one.name), fold(one.sku)
        everything = " ".join((name, code, fold(one.barcode), *map(fold, one.aliases)))
        if words and all(word in everything for word in words):
            first = name.startswith(words[0]) or code.startswith(words[0])
            hits.append((not first, one.position, one.sku, one))
    return [one for *_rank, one in sorted(hits, key=lambda hit: hit[:3])]


class FindField(QWidget):
    """`taken` tells a product and how many of it (`3*nas`). `goods` are what it looks in."""

    taken = Signal(object, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.goods: list[Product] = []
        self._hits: list[WideButton] = []
        self._found: list[Product] = []
        self._qty = 1
        self._at = 0
        self.frame = FieldFrame(_("Scan or type the next of the goods"), theme)
        self.edit = self.frame.edit
        self.edit.setMaxLength(MOST)
        self.edit.setFont(theme.font("bodyLarge", 15))
        self.edit.setPlaceholderText(_("Scan or type the next of the goods"))
        mark = QLabel()
        mark.setPixmap(
            icon_pixmap("scan-barcode", theme.px(20), theme.color("text"), self.devicePixelRatioF())
        )
        self.frame.row.insertWidget(0, mark)
        self.frame.row.addWidget(Keycap("F2", theme))
        self._message = FieldMessage(theme)
        self._message.setMinimumHeight(0)
        self._message.hide()
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.px(4))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(self.frame)
        column.addWidget(self._message)
        column.addLayout(self._list)
        self.setFocusProxy(self.edit)
        self.edit.textChanged.connect(self._search)
        self.edit.returnPressed.connect(self._enter)
        self.edit.installEventFilter(self)

    def say(self, text: str) -> None:
        """What is wrong with what was scanned or typed; empty when all is well."""
        self.frame.set_error(bool(text))
        self._message.say(text)
        self._message.setVisible(bool(text))

    def eventFilter(self, _edit: QObject, event: QEvent) -> bool:
        """Up and Down go through what was found, Esc empties the field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self.edit.text():
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self._hits:
                self._select(self._at + (1 if event.key() == Qt.Key.Key_Down else -1))
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.edit.clear()
                return True
        return False

    def _search(self, text: str) -> None:
        qty, words = split_quantity(text)
        self._qty = qty or 1
        self._found = (coded(self.goods, words) or found(self.goods, words))[:SHOWN]
        for hit in self._hits:
            hit.hide()
            hit.deleteLater()
        self._hits = []
        for place, product in enumerate(self._found):
            hit = WideButton("", self.theme, arrow=False)
            hit.show_words(product.name, f"{product.sku} · {plain(product.price)}")
            hit.clicked.connect(lambda _checked=False, place=place: self._take(place))
            self._list.addWidget(hit)
            hit.show()
            self._hits.append(hit)
        self._select(0)
        if text:
            self.say("")

    def _select(self, place: int) -> None:
        self._at = max(0, min(place, len(self._hits) - 1))
        for number, hit in enumerate(self._hits):
            fill = "primarySoft" if number == self._at else "surface"
            hit.look = hit.look._replace(fill=fill)
            hit.update()

    def _enter(self) -> None:
        if self._found:
            self._take(self._at)
        elif text := self.edit.text().strip():
            self.edit.clear()
            self.say(_("No goods of this institution are called ‘{text}’.").format(text=text[:40]))

    def _take(self, place: int) -> None:
        product, qty = self._found[place], self._qty
        self.edit.clear()
        self.taken.emit(product, qty)

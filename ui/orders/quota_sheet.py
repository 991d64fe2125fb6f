"""How many of a product may be ordered for a day, and closing its orders."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.model import Product
from pos.text import _
from ui.app import App
from ui.fields import FieldMessage, TextField
from ui.orders.day_picker import DayPicker
from ui.orders.sheet import Sheet
from ui.till.finder import Finder
from ui.till.goods import shelf_of
from ui.till.menus import touch_menu
from ui.widgets import Button, label

MOST_OFFERED = 8


class QuotaSheet(Sheet):
    """`chosen` tells the product, the day and how many. `left` is what the ledger says of a day."""

    chosen = Signal(object, object, int)
    day_changed = Signal(object)

    def __init__(self, app: App, parent: QWidget, today: date) -> None:
        super().__init__(parent, app.theme, _("Order quota"), (620, 640))
        theme = app.theme
        self._shelf = shelf_of(app.opening)
        self._finder = Finder(self._shelf)
        self._product: Product | None = None
        self.day = DayPicker(theme, today)
        self.day.show_day(today)
        self.goods = TextField(_("Goods"), theme, most=100)
        self.count = TextField(_("At most"), theme, most=6)
        self.count.edit.setValidator(QIntValidator(0, 999_999, self))
        self._left = label("", "body", theme, color="text2", wrap=True)
        self.message = FieldMessage(theme)
        self.goods.edit.returnPressed.connect(self._find)
        self.day.changed.connect(self.day_changed)
        close = Button(_("Close its orders"), kind="danger-ghost", theme=theme)
        keep = Button(_("Set the quota"), theme=theme)
        find = Button(_("Search"), kind="secondary", icon="search", theme=theme)
        find.clicked.connect(self._find)
        close.clicked.connect(lambda: self._take(0))
        keep.clicked.connect(self._set)
        search = QHBoxLayout()
        search.addWidget(self.goods, 1)
        search.addWidget(find)
        self.body.addWidget(label(_("Pick-up day"), "label", theme, color="text2"))
        self.body.addWidget(self.day)
        self.body.addWidget(label(_("Goods"), "label", theme, color="text2"))
        self.body.addLayout(search)
        self.body.addWidget(label(_("At most so many pieces"), "label", theme, color="text2"))
        self.body.addWidget(self.count)
        self.body.addWidget(self._left)
        self.body.addStretch(1)
        self.body.addWidget(self.message)
        row = QHBoxLayout()
        row.addWidget(close, 1)
        row.addWidget(keep, 1)
        self.body.addLayout(row)

    def show_left(self, left: dict[str, int]) -> None:
        """What may still be ordered that day, of what is limited."""
        names = {item.product.sku: item.product.name for item in self._shelf.items}
        told = [
            _("{name}: {count} left").format(name=names.get(sku, sku), count=count)
            if count
            else _("{name}: closed or full").format(name=names.get(sku, sku))
            for sku, count in sorted(left.items())
        ]
        self._left.setText(" · ".join(told) or _("Nothing is limited on this day."))

    def _find(self) -> None:
        rows = self._finder.search(self.goods.edit.text()).rows[:MOST_OFFERED]
        if not rows:
            self.message.say(_("There is no item called “{text}”.").format(text=self.goods.edit.text()))
            return
        menu = touch_menu(self, self.theme)
        for row in rows:
            product = self._shelf.items[row].product
            menu.addAction(product.name).triggered.connect(
                lambda _on=False, product=product: self._choose(product)
            )
        menu.popup(self.goods.mapToGlobal(self.goods.rect().bottomLeft()))

    def _choose(self, product: Product) -> None:
        self._product = product
        self.goods.edit.setText(product.name)
        self.message.say("")
        self.count.edit.setFocus()

    def _set(self) -> None:
        text = self.count.edit.text()
        if not text.isdigit():
            self.message.say(_("Type how many."))
            return
        self._take(int(text))

    def _take(self, most: int) -> None:
        if self._product is None or self._product.name != self.goods.edit.text():
            self.message.say(_("Choose a product first."))
        elif self.day.day is None:
            self.message.say(_("Choose a day first."))
        else:
            self.chosen.emit(self._product, self.day.day, most)

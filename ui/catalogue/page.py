"""The page of goods: the catalogue as a list, one product as a form, sheets for lists and for labels."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.model import Product
from pos.product_cards import price_history
from pos.text import _, ngettext
from ui import work
from ui.app import App
from ui.catalogue.form import Form, Unkept
from ui.catalogue.goods import Goods, goods_of
from ui.catalogue.goods_list import GoodsList, Head
from ui.catalogue.keeping import Keeping
from ui.catalogue.pick_field import PickField
from ui.fields import FieldFrame
from ui.icons import icon_pixmap
from ui.keys import action_of, keycap
from ui.page import Page, Scan
from ui.tell import Banner, Toast
from ui.widgets import Button, Keycap, Panel, label

MOST = 100  # characters of a search


class GoodsPage(Page):
    """`want` begins a new product of which something is known already, such as its barcode."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        theme, px = app.theme, app.theme.px
        self.goods = Goods()
        self.list = GoodsList(theme)
        self.form = Form(app)
        self.keeping = Keeping(app, self)
        self.search = FieldFrame(_("Search goods"), theme)
        self.unit = PickField(_("Institution"), theme, "landmark")
        self.category = PickField(_("Category"), theme)
        self.banner = Banner(theme)
        self.toast = Toast(theme)
        self._count = label("", "body", theme, color="text2")
        self._undo: tuple[Product, Product | None] | None = None
        self._open = ""  # the SKU in the form, "" for a new one
        middle = QVBoxLayout()
        middle.setContentsMargins(px(18), px(12), px(16), px(12))
        middle.setSpacing(px(12))
        middle.addLayout(self._head())
        middle.addLayout(self._filters())
        middle.addWidget(self.banner)
        middle.addWidget(self._card(), 1)
        middle.addWidget(self.toast)
        middle.addLayout(self._foot())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(middle, 1)
        row.addWidget(self.form)
        self.form.hide()
        self._connect()

    def refresh(self) -> None:
        """Read the catalogue anew; the form keeps what was typed."""
        ledger = self.app.ledger
        work.run(lambda: goods_of(ledger), done=self._show, failed=self._tell)

    def take_focus(self) -> None:
        """Into the form when one is begun, otherwise into the search."""
        if self.form.isVisible() and self.form.former is None:
            self.form.begin()
        else:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_scan(self, code: str) -> Scan:
        """A scan finds its product; in a form it is the barcode; otherwise it begins a new product."""
        if self.covered():
            return Scan.REFUSED
        sku = self.goods.with_code(code)
        if self.form.awaits_code() or (self.form.isVisible() and self.form.dirty and not sku):
            self.form.take_code(code)
        elif sku:
            self.search.edit.clear()
            self.open_product(sku)
        else:
            self.want(Product("", "", 0, "", barcode=code))
        return Scan.TAKEN

    def want(self, known: Product) -> None:
        """Begin a new product; `known` is what is known of it."""
        self._leave()
        self._open = ""
        self.list.mark("")
        mine = known.institution or self.unit.value or self.app.device.institution
        self.form.show_product(
            Product("", known.name, 0, mine, known.category, barcode=known.barcode), new=True
        )
        self.form.show()
        self.banner.dismiss()
        self.form.begin()

    def open_product(self, sku: str) -> None:
        """Show a product in the form."""
        product = self.goods.by_sku.get(sku)
        if product is None:
            return
        self._leave()
        self._open = sku
        self.list.mark(sku)
        self.form.show_product(product, new=False)
        self.form.show()
        ledger = self.app.ledger
        show = partial(self._show_history, sku)
        work.run(lambda: price_history(ledger, sku), done=show, failed=self._tell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of this page; Esc closes the form, then leaves."""
        action = action_of(event, "goods", "anywhere")
        if action == "new product":
            self.want(Product("", "", 0, ""))
        elif action == "save product" and self.form.isVisible():
            self._keep()
        elif action == "search":
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.edit.selectAll()
        elif action == "undo":
            self._go_back()
        elif action == "back" and self.form.isVisible():
            self._close_form()
        elif action == "back" and self.search.edit.text():
            self.search.edit.clear()
        elif action == "back":
            self.app.screen_wanted.emit(0)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower form where there is little room."""
        super().resizeEvent(event)
        px = self.app.theme.px
        self.form.setFixedWidth(min(px(424), max(self.width() * 42 // 100, px(320))))

    def open_import(self) -> None:
        """The sheet that brings goods in from a file or the clipboard."""
        from ui.catalogue.import_sheet import ImportSheet

        sheet = ImportSheet(self.app, self)
        sheet.taken.connect(self._tell_taken)
        sheet.counted.connect(self._offer_labels)
        sheet.open()

    def open_labels(self) -> None:
        """Labels for what is shown."""
        from ui.catalogue.labels_sheet import open_labels

        open_labels(self.app, self, {})

    def _connect(self) -> None:
        self.search.edit.textChanged.connect(self._filter)
        self.search.edit.returnPressed.connect(self._open_first)
        self.unit.picked.connect(self._filter)
        self.category.picked.connect(self._filter)
        self.list.chosen.connect(self.open_product)
        self.list.opened.connect(lambda _sku: self.form.begin() if self.form.isVisible() else None)
        self.form.wanted.connect(self._keep)
        self.form.photo.refused.connect(self._tell)
        self.keeping.wrong.connect(self.form.say)
        self.keeping.kept.connect(self._kept)
        self.keeping.refused.connect(self._tell)
        self.keeping.rested.connect(lambda: self.form.save.set_busy(""))
        self.app.failed.connect(self._tell_if_seen)

    def _head(self) -> QHBoxLayout:
        theme, px = self.app.theme, self.app.theme.px
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(label(_("Goods"), "heading", theme))
        row.addStretch(1)
        for text, icon, act in (
            (_("Bring in a list"), "sheet", self.open_import),
            (_("Labels"), "barcode", self.open_labels),
        ):
            button = Button(text, kind="secondary", icon=icon, theme=theme)
            button.clicked.connect(act)
            row.addWidget(button)
        back = Button(_("Back to the till"), kind="ghost", icon="arrow-left", theme=theme)
        back.clicked.connect(lambda: self.app.screen_wanted.emit(0))
        row.addWidget(back)
        return row

    def _filters(self) -> QHBoxLayout:
        theme, px = self.app.theme, self.app.theme.px
        self.search.edit.setMaxLength(MOST)
        self.search.edit.setFont(theme.font("bodyLarge", 15))
        self.search.edit.setPlaceholderText(_("Name, code or barcode"))
        glass = label("", "body", theme)
        glass.setPixmap(icon_pixmap("search", px(20), theme.color("text2"), self.devicePixelRatioF()))
        self.search.row.insertWidget(0, glass)
        self.search.row.addWidget(Keycap(keycap("search"), theme))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self.search, 5)
        row.addWidget(self.unit, 4)
        row.addWidget(self.category, 3)
        return row

    def _card(self) -> QWidget:
        card = Panel(self.app.theme)
        column = QVBoxLayout(card)
        column.setContentsMargins(1, 1, 1, self.app.theme.px(8))
        column.setSpacing(0)
        column.addWidget(Head(self.app.theme))
        column.addWidget(self.list, 1)
        return card

    def _foot(self) -> QHBoxLayout:
        theme = self.app.theme
        key = keycap("new product")
        new = Button(_("New product"), icon="plus", keycap=key, theme=theme)
        new.clicked.connect(lambda: self.want(Product("", "", 0, "")))
        row = QHBoxLayout()
        row.addWidget(self._count, 1)
        row.addWidget(new)
        return row

    def _show(self, goods: Goods) -> None:
        self.goods = goods
        units = {code: unit.name for code, unit in goods.units.items()}
        self.unit.set_choices({"": _("All institutions"), **units})
        self.category.set_choices({"": _("All categories"), **{name: name for name in goods.categories}})
        self.form.set_choices(units, goods.categories)
        self.list.photos.forget()
        self._filter()
        if self.form.isVisible() and self._open and not self.form.dirty:
            self.open_product(self._open)

    def _show_history(self, sku: str, prices: object) -> None:
        if sku == self._open and isinstance(prices, list):
            self.form.show_history(prices)

    def _filter(self) -> None:
        items = self.goods.matching(self.search.edit.text(), self.unit.value, self.category.value)
        self.list.show_items(items)
        if self._open:
            self.list.mark(self._open)
        count, idle = len(items), sum(not item.product.active for item in items)
        words = ngettext("{count} product", "{count} products", count).format(count=count)
        self._count.setText(words + (_(" · {count} not for sale").format(count=idle) if idle else ""))

    def _open_first(self) -> None:
        if self.list.rows.items:
            self.open_product(self.list.rows.items[0].product.sku)

    def _leave(self) -> None:
        """Another product comes into the form; what was typed for this one can be brought back."""
        left = self.form.unkept()
        if left:
            name = left.entry["name"] or _("New product")
            action = (_("Undo"), "undo-2", "")
            told = _("{name} was left as it was").format(name=name)
            self.toast.say(told, "pencil", action, partial(self._come_back, left))
        self.form.dirty = False

    def _come_back(self, left: Unkept) -> None:
        self._open = left.former.sku if left.former else ""
        self.list.mark(self._open)
        self.form.show()
        self.form.show_unkept(left)
        self.form.begin()

    def _close_form(self) -> None:
        self._leave()
        self.form.hide()
        self._open = ""
        self.list.mark("")
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep(self) -> None:
        if self.form.dirty:
            self.banner.dismiss()
            self.form.save.set_busy(_("Keeping…"))
            self.keeping.keep(self.form.entry(), self.form.former, self.form.reason.text)

    def _kept(self, product: Product, before: Product | None) -> None:
        self._undo = (product, before)
        self._open = product.sku
        self.form.show_product(product, new=False)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # a field would take Ctrl+Z for itself
        self.refresh()
        action = (_("Undo"), "undo-2", keycap("undo"))
        self.toast.say(_("{name} was kept").format(name=product.name), "check", action, self._go_back)

    def _go_back(self) -> None:
        undo, self._undo = self._undo, None
        if undo:
            self.toast.hide()
            self.keeping.go_back(*undo)

    def _tell_taken(self, words: str) -> None:
        self.toast.say(words, "check")
        self.refresh()

    def _offer_labels(self, counts: Mapping[str, int]) -> None:
        """The sheet that was taken says how many came: they want labels."""
        from ui.catalogue.labels_sheet import open_labels

        pieces = sum(counts.values())
        words = ngettext("{count} piece is in the list", "{count} pieces are in the list", pieces)
        action = (_("Print labels"), "barcode", "")
        act = partial(open_labels, self.app, self, counts)
        self.toast.say(words.format(count=pieces), "check", action, act)

    def _tell_if_seen(self, error: UserError) -> None:
        if self.isVisible():
            self._tell(error)

    def _tell(self, error: UserError) -> None:
        self.banner.say("danger", error.message, error.hint)

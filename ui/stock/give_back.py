"""Pengembalian: at the end of the exhibition what was not sold goes back to its institution."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos.balances import balances_of
from pos.consignment import give_back, worth
from pos.deliveries import Entry, Head
from pos.model import By, Product
from pos.money import plain, rupiah
from pos.text import _
from pos.weight import GRAM, pieces, shown_price
from ui.stock.desk import StockDesk
from ui.stock.foot import Foot, counted
from ui.stock.parts import LineField, Stepper, WideButton, labelled
from ui.stock.table import GoodsTable
from ui.stock.table import Head as Title
from ui.widgets import Button, label


class GiveBackTab(QWidget):
    """All that is left, with the books' figure as the first value of each field."""

    def __init__(self, desk: StockDesk) -> None:
        super().__init__()
        self.desk = desk
        self.theme = theme = desk.app.theme
        px = theme.px
        self._left: dict[str, int] = {}
        self._shown = ""
        self.unit = WideButton("landmark", theme)
        self.partner = LineField(_("Taken by"), theme, most=60)
        self.letter = LineField(_("Letter no."), theme, most=60)
        self.partner.edit.returnPressed.connect(self.letter.edit.setFocus)
        self.letter.edit.returnPressed.connect(self._first_row)
        top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addLayout(labelled(_("To institution"), self.unit, theme), 10)
        top.addLayout(labelled(_("Taken by"), self.partner, theme), 6)
        top.addLayout(labelled(_("Letter no."), self.letter, theme), 6)
        heads = (
            Title(_("Selling price"), 72),
            Title(_("By the books"), 92),
            Title(_("Goes back"), 158, Qt.AlignmentFlag.AlignHCenter),
            Title(_("Value"), 96),
        )
        self.table = GoodsTable(heads, _("Goods"), theme)
        self.table.card_wanted.connect(desk.opened)
        self._nothing = label(
            _("Nothing of this institution is left."), "body", theme, color="text3", wrap=True
        )
        self.table.foot.addWidget(self._nothing)
        self.all = Button(_("All that is left"), kind="secondary", icon="rotate-ccw", theme=theme)
        self.all.clicked.connect(self._fill)
        self.foot = Foot(theme, _("Give the goods back"), "package-minus", self.all)
        self.foot.main.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.foot)

    def refresh(self) -> None:
        """What is left now; what was typed stays while it is the same institution."""
        code = self.desk.institution
        found = self.desk.tried(balances_of, code) or []
        left = {one.sku: one.on_hand for one in found if one.on_hand > 0}
        goods = {one.sku: one for one in self.desk.app.opening.products}
        self.unit.show_words(self.desk.unit.name, name=_("To institution"))
        if (code, left) != (self._shown, self._left):
            if code != self._shown:
                self.partner.edit.clear()
                self.letter.edit.clear()
            self._shown, self._left = code, left
            self.table.clear()
            for sku, qty in left.items():
                if sku in goods:
                    self._add_row(goods[sku], qty)
        self._nothing.setVisible(not self.table.rows)
        self._show_sums()

    def take_focus(self) -> None:
        """Where work begins."""
        self.partner.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self, product: Product) -> bool:
        """Something was scanned: the keyboard goes to its row; False when it has none."""
        if product.sku not in self.table.rows:
            words = _("{name}: nothing is left by the books.").format(name=product.name)
            self.desk.told.emit(words, "", True)
            return False
        self._stepper(product.sku).setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def accept(self) -> None:
        """Store the slip and open its paper: two copies, one for each side."""
        entries = [Entry(sku, qty) for sku, qty in self._chosen().items() if qty]
        head = Head(self.desk.institution, self.partner.edit.text(), self.letter.edit.text())

        def store(by: By) -> None:
            slip = self.desk.tried(give_back, head, entries, by)
            if slip:
                self.letter.edit.clear()
                self.desk.finish(slip)
                self.take_focus()  # the number that had it is gone

        sentence = _("Give goods back to {institution}").format(institution=self.desk.unit.name)
        self.desk.allowed("give_back", head.institution, sentence, store)

    def _chosen(self) -> dict[str, int]:
        return {sku: self._stepper(sku).value or 0 for sku in self.table.rows}

    def _fill(self) -> None:
        for sku in self.table.rows:
            self._stepper(sku).show_value(self._left[sku])
            self._show_line(sku)

    def _first_row(self) -> None:
        for sku in self.table.rows:
            self._stepper(sku).setFocus(Qt.FocusReason.OtherFocusReason)
            return

    def _next_row(self, sku: str) -> None:
        skus = list(self.table.rows)
        place = skus.index(sku) + 1
        after = self._stepper(skus[place]) if place < len(skus) else self.foot.main
        after.setFocus(Qt.FocusReason.TabFocusReason)

    def _add_row(self, product: Product, left: int) -> None:
        stepper = Stepper(_("Goes back of {name}").format(name=product.name), self.theme)
        stepper.show_value(left)
        stepper.changed.connect(lambda: self._show_line(product.sku))
        stepper.entered.connect(lambda: self._next_row(product.sku))
        cells = (
            label(plain(shown_price(product.unit, product.price)), "body", self.theme),
            label(plain(left), "bodyLarge", self.theme),
            stepper,
            label("", "button", self.theme),
        )
        row = self.table.add(product, cells)
        if product.unit == GRAM:
            row.name.set_below(f"{product.sku} · {GRAM}")
        self._show_line(product.sku)

    def _stepper(self, sku: str) -> Stepper:
        cell = self.table.rows[sku].cells[2]
        if not isinstance(cell, Stepper):
            raise TypeError(cell)
        return cell

    def _show_line(self, sku: str) -> None:
        value = self.table.rows[sku].cells[3]
        if isinstance(value, QLabel):
            value.setText(plain(worth([(self._product(sku).price, self._stepper(sku).value or 0)])))
        self._show_sums()

    def _product(self, sku: str) -> Product:
        return next(one for one in self.desk.app.opening.products if one.sku == sku)

    def _show_sums(self) -> None:
        chosen = {sku: qty for sku, qty in self._chosen().items() if qty}
        total = worth([(self._product(sku).price, qty) for sku, qty in chosen.items()])
        self.foot.say(
            counted(
                len(chosen), plain(sum(pieces(self._product(sku).unit, qty) for sku, qty in chosen.items()))
            ),
            rupiah(total),
        )

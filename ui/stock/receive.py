"""Terima titipan: an institution brings goods."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos.consignment import By, Entry, Head, receive, worth
from pos.model import Product
from pos.money import plain, rupiah
from pos.remittances import share_of
from pos.stock_slips import StockSlip
from pos.text import _
from ui.stock.desk import StockDesk
from ui.stock.find import FindField
from ui.stock.foot import Foot, counted
from ui.stock.parts import LineField, Stepper, WideButton, labelled
from ui.stock.questions import BatchSheet
from ui.stock.table import GoodsTable, Row
from ui.stock.table import Head as Title
from ui.widgets import Button, IconButton, label

NARROW = 700  # px at 100 %: below it the institution's share has no column


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is being filled in."""

    product: Product
    qty: int
    batch: str = ""
    expires: date | None = None


class ReceiveTab(QWidget):
    """Lines with steppers; what was begun for an institution waits until one comes back to it."""

    def __init__(self, desk: StockDesk) -> None:
        super().__init__()
        self.desk = desk
        self.theme = theme = desk.app.theme
        px = theme.px
        self._lines: dict[str, dict[str, Line]] = {}
        self._heads: dict[str, tuple[str, str]] = {}
        self._shown = ""
        self.unit = WideButton("landmark", theme)
        self.partner = LineField(_("Handed over by"), theme, most=60)
        self.letter = LineField(_("Letter no. of the delivery"), theme, most=60)
        self.partner.edit.returnPressed.connect(self.letter.edit.setFocus)
        top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addLayout(labelled(_("From institution"), self.unit, theme), 10)
        top.addLayout(labelled(_("Handed over by"), self.partner, theme), 6)
        top.addLayout(labelled(_("Letter no. of the delivery"), self.letter, theme), 6)
        heads = (
            Title(_("Selling price"), 72),
            Title(_("Institution's share"), 82, spare=True),
            Title(_("Quantity received"), 150, Qt.AlignmentFlag.AlignHCenter),
            Title("", 44),
            Title(_("Value"), 96),
        )
        self.table = GoodsTable(heads, _("Goods"), theme)
        self.table.card_wanted.connect(desk.opened)
        self.field = FindField(theme)
        self.field.taken.connect(self.add)
        self.field.edit.textChanged.connect(lambda text: self.table.show_end() if text else None)
        self.letter.edit.returnPressed.connect(self.field.setFocus)
        self.new = Button(_("New product"), kind="secondary", icon="plus", theme=theme)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self.field, 1)
        row.addWidget(self.new, 0, Qt.AlignmentFlag.AlignTop)
        self.table.foot.addLayout(row)
        self.labels = Button("", kind="secondary", icon="barcode", theme=theme)
        self.foot = Foot(theme, _("Receive the goods"), "package-check", self.labels)
        self.foot.main.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.foot)
        self.new.hide()
        self.labels.hide()
        self.offers_labels = False

    @property
    def lines(self) -> dict[str, Line]:
        """What is being filled in for the institution that is shown."""
        return self._lines.setdefault(self._shown or self.desk.institution, {})

    def refresh(self) -> None:
        """Show the institution that was chosen, with what was begun for it."""
        code = self.desk.institution
        if self._shown:
            self._heads[self._shown] = self.partner.edit.text(), self.letter.edit.text()
        if self._shown != code:
            self._shown = code
            partner, letter = self._heads.get(code, ("", ""))
            self.partner.edit.setText(partner)
            self.letter.edit.setText(letter)
            self.table.clear()
            for line in self.lines.values():
                self._add_row(line)
        self.unit.show_words(self.desk.unit.name, name=_("From institution"))
        self.field.goods = self.desk.goods()
        self._show_sums()

    def take_focus(self) -> None:
        """Where work begins."""
        (self.field if self.partner.edit.text() else self.partner).setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self, product: Product, qty: int = 1) -> None:
        """So many more of a product."""
        before = self.lines.get(product.sku)
        line = replace(before, qty=before.qty + qty) if before else Line(product, qty)
        self.lines[product.sku] = line
        if before is None:
            self._add_row(line)
        self._stepper(product.sku).show_value(line.qty)
        self._show_line(product.sku)
        self.table.mark(product.sku)
        self.table.show_end()
        self.field.say("")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Store the slip; what was filled in stays until it is stored."""
        entries = [
            Entry(sku, line.qty, line.batch, line.expires) for sku, line in self.lines.items() if line.qty
        ]
        head = Head(self.desk.institution, self.partner.edit.text(), self.letter.edit.text())
        percent = int(self.desk.app.setting("share_percent"))

        def store(by: By) -> None:
            slip = self.desk.tried(receive, head, entries, by, percent)
            if slip:
                self._clear(slip)

        self.desk.allowed("receive", head.institution, _("Receive goods on consignment"), store)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spare columns go when it is narrow."""
        super().resizeEvent(event)
        self.table.fold(narrow=self.width() < self.theme.px(NARROW))

    def _clear(self, slip: StockSlip) -> None:
        self.lines.clear()
        self.table.clear()
        self.letter.edit.clear()
        self._heads.pop(self._shown, None)
        self.desk.finish(slip)
        self._show_sums()

    def _add_row(self, line: Line) -> None:
        theme, product = self.theme, line.product
        stepper = Stepper(_("Quantity of {name}").format(name=product.name), theme)
        stepper.show_value(line.qty)
        stepper.changed.connect(lambda: self._changed(product.sku))
        stepper.entered.connect(lambda: self.field.setFocus(Qt.FocusReason.OtherFocusReason))
        batch = IconButton(
            "calendar-days", _("Batch and expiry of {name}").format(name=product.name), theme=theme
        )
        batch.setFixedWidth(theme.px(44))
        batch.clicked.connect(lambda: self._ask_batch(product.sku))
        share = share_of(product.price, int(self.desk.app.setting("share_percent")))
        cells = (
            label(plain(product.price), "body", theme),
            label(plain(share), "body", theme),
            stepper,
            batch,
            label("", "button", theme),
        )
        self.table.add(product, cells)
        self._show_line(product.sku)

    def _stepper(self, sku: str) -> Stepper:
        cell = self._row(sku).cells[2]
        if not isinstance(cell, Stepper):
            raise TypeError(cell)
        return cell

    def _row(self, sku: str) -> Row:
        return self.table.rows[sku]

    def _changed(self, sku: str) -> None:
        stepper = self._stepper(sku)
        line = replace(self.lines[sku], qty=stepper.value or 0)
        self.lines[sku] = line
        if line.qty == 0 and stepper.value == 0:
            del self.lines[sku]
            self.table.remove(sku)
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._show_line(sku)
        self._show_sums()

    def _show_line(self, sku: str) -> None:
        line, row = self.lines[sku], self._row(sku)
        value = row.cells[4]
        if isinstance(value, QLabel):
            value.setText(plain(worth([(line.product.price, line.qty)])))
        expires = f"{line.expires:%d/%m/%Y}" if line.expires else ""
        row.name.set_below(" · ".join(part for part in (sku, line.batch, expires) if part))
        self._show_sums()

    def _show_sums(self) -> None:
        lines = list(self.lines.values())
        pieces = sum(line.qty for line in lines)
        self.foot.say(
            counted(len(lines), plain(pieces)),
            rupiah(worth([(line.product.price, line.qty) for line in lines])),
        )
        self.labels.setText(_("Print {count} labels").format(count=plain(pieces)))
        self.labels.setVisible(self.offers_labels and bool(pieces))

    def _ask_batch(self, sku: str) -> None:
        line = self.lines[sku]
        sheet = BatchSheet(self.desk.over, self.theme, line.product, (line.batch, line.expires))
        sheet.filled.connect(lambda batch, day: self._batch(sku, batch, day))
        sheet.open(sheet.batch)

    def _batch(self, sku: str, batch: str, expires: date | None) -> None:
        if sku in self.lines:
            self.lines[sku] = replace(self.lines[sku], batch=batch.strip(), expires=expires)
            self._show_line(sku)

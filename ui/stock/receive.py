"""Terima titipan: an institution brings goods."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos.consignment import receive, worth
from pos.deliveries import Entry, Head, keep, kept
from pos.model import By, Product
from pos.money import plain, rupiah
from pos.remittances import share_of
from pos.stock_slips import StockSlip
from pos.text import _
from pos.weight import GRAM, pieces, shown_price
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
        self.lines: dict[str, Line] = {}
        self._shown = ""
        self._put_down: tuple[Head, tuple[Entry, ...]] | None = None
        self.unit = WideButton("landmark", theme)
        self.partner = LineField(_("Handed over by"), theme, most=60)
        self.letter = LineField(_("Letter no. of the delivery"), theme, most=60)
        self.partner.edit.returnPressed.connect(self.letter.edit.setFocus)
        for field in (self.partner, self.letter):
            field.edit.editingFinished.connect(self._keep)
        top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addLayout(labelled(_("From institution"), self.unit, theme), 10)
        top.addLayout(labelled(_("Handed over by"), self.partner, theme), 6)
        top.addLayout(labelled(_("Letter no. of the delivery"), self.letter, theme), 6)
        heads = (
            Title(_("Selling price"), 72),
            Title(_("Institution's share"), 82, spare=True),
            Title(_("Quantity received"), 150, Qt.AlignmentFlag.AlignHCenter),
            Title("", 48),
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

    def refresh(self) -> None:
        """Show the institution that was chosen, with what was begun for it."""
        if self._shown != self.desk.institution:
            self._take_up(self.desk.institution)
        self.unit.show_words(self.desk.unit.name, name=_("From institution"))
        self.field.goods = self.desk.goods()
        self._show_sums()

    def _take_up(self, code: str) -> None:
        """Go on with what was put down for an institution."""
        found = self.desk.tried(kept, code)
        head, entries = found or (Head(code), ())
        goods = {one.sku: one for one in self.desk.goods()}
        self._shown = ""  # what is shown now is no change
        self.partner.edit.setText(head.partner)
        self.letter.edit.setText(head.letter)
        self.table.clear()
        self.lines = {
            one.sku: Line(goods[one.sku], one.qty, one.batch, one.expires)
            for one in entries
            if one.sku in goods
        }
        for line in self.lines.values():
            self._add_row(line)
        self._shown = code

    def _keep(self) -> None:
        """Put down how far it has come."""
        head = Head(self._shown, self.partner.edit.text(), self.letter.edit.text())
        state = (head, tuple(self._entries()))
        if self._shown and state != self._put_down:
            self._put_down = state
            self.desk.tried(keep, *state)

    def _entries(self) -> list[Entry]:
        return [Entry(sku, line.qty, line.batch, line.expires) for sku, line in self.lines.items()]

    def take_focus(self) -> None:
        """Where work begins."""
        (self.field if self.partner.edit.text() else self.partner).setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self, product: Product, qty: int = 1) -> bool:
        """So many more of a product, which can always be."""
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
        self._keep()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def accept(self) -> None:
        """Store the slip; what was filled in stays until it is stored."""
        entries = [entry for entry in self._entries() if entry.qty]
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
        self.desk.finish(slip)
        self._show_sums()
        self.take_focus()  # the number that had it is gone

    def _add_row(self, line: Line) -> None:
        theme, product = self.theme, line.product
        stepper = Stepper(_("Quantity of {name}").format(name=product.name), theme)
        stepper.show_value(line.qty)
        stepper.changed.connect(lambda: self._changed(product.sku))
        stepper.entered.connect(lambda: self.field.setFocus(Qt.FocusReason.OtherFocusReason))
        batch = IconButton(
            "calendar-days", _("Batch and expiry of {name}").format(name=product.name), theme=theme
        )
        batch.clicked.connect(lambda: self._ask_batch(product.sku))
        each = shown_price(product.unit, product.price)
        share = share_of(each, int(self.desk.app.setting("share_percent")))
        cells = (
            label(plain(each), "body", theme),
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
        self._keep()
        self._show_sums()

    def _show_line(self, sku: str) -> None:
        line, row = self.lines[sku], self._row(sku)
        value = row.cells[4]
        if isinstance(value, QLabel):
            value.setText(plain(worth([(line.product.price, line.qty)])))
        expires = f"{line.expires:%d/%m/%Y}" if line.expires else ""
        unit = GRAM if line.product.unit == GRAM else ""
        row.name.set_below(" · ".join(part for part in (sku, unit, line.batch, expires) if part))
        self._show_sums()

    def _show_sums(self) -> None:
        lines = list(self.lines.values())
        count = sum(pieces(line.product.unit, line.qty) for line in lines)
        self.foot.say(
            counted(len(lines), plain(count)),
            rupiah(worth([(line.product.price, line.qty) for line in lines])),
        )
        self.labels.setText(_("Print {count} labels").format(count=plain(count)))
        self.labels.setVisible(self.offers_labels and bool(count))

    def _ask_batch(self, sku: str) -> None:
        line = self.lines[sku]
        sheet = BatchSheet(self.desk.over, self.theme, line.product, (line.batch, line.expires))
        sheet.filled.connect(lambda batch, day: self._batch(sku, batch, day))
        sheet.open(sheet.batch)

    def _batch(self, sku: str, batch: str, expires: date | None) -> None:
        if sku in self.lines:
            self.lines[sku] = replace(self.lines[sku], batch=batch.strip(), expires=expires)
            self._show_line(sku)
            self._keep()

"""Hitung stok: blind, one institution at a time; every difference has a cause before it is finished."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from pos.counts import (
    Count,
    Result,
    Summary,
    add_one,
    cause_name,
    discard,
    enter,
    explain,
    finish,
    forget,
    name_witness,
    open_count,
    summary,
)
from pos.model import Product
from pos.money import plain
from pos.text import _
from pos.weight import GRAM
from ui import tell
from ui.plain_tip import plain_tip
from ui.pressable import Look
from ui.stock.desk import StockDesk
from ui.stock.foot import Foot
from ui.stock.parts import Stepper
from ui.stock.questions import CauseSheet
from ui.stock.side import CountPanel
from ui.stock.table import GoodsTable
from ui.stock.table import Head as Title
from ui.theme import Theme
from ui.till.small_button import SmallButton
from ui.widgets import Button, Chip, IconButton, Tag, label, set_color

CHIPS = 4  # institutions in the row; the others are behind the three dots


class Difference(QWidget):
    """What a result comes to: a tag, and the cause or the way to give one."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._tag = Tag("", theme=theme)
        self._words = label("", "body", theme, color="text3")
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.why = SmallButton(_("Give the cause"), "", "", _link(), theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(6), 0, 0, 0)
        row.setSpacing(theme.px(6))
        row.addWidget(self._tag)
        row.addWidget(self.why)
        row.addWidget(self._words, 1000)
        row.addStretch(1)

    def show_result(self, one: Result | None, name: str, instead: str) -> None:
        """Show a result; where there is none to be seen, `instead`."""
        off = one.difference if one else 0
        self._tag.setVisible(one is not None)
        self.why.setVisible(bool(off))
        self._words.setVisible(one is None)
        self._words.setText(instead)
        if one is None:
            return
        if off < 0:
            self._tag.set(_("Less {count}").format(count=plain(-off)), "danger")
        elif off > 0:
            self._tag.set(_("More {count}").format(count=plain(off)), "warn")
        else:
            self._tag.set(_("Agrees"), "ok", icon="check")
        words = one.note or cause_name(one.cause) if one.cause else _("Give the cause")
        self.why.look = _given() if one.cause else _link()
        self.why.setText(words if len(words) < 19 else f"{words[:17]}…")
        self.why.setAccessibleName(
            _("Cause of the difference of {name}: {cause}").format(name=name, cause=words)
        )


def _link() -> Look:
    return Look("", "sunken", "sunken", "primary")


def _given() -> Look:
    return Look("", "sunken", "sunken", "text2")


class CountTab(QWidget):
    """What the books say stays hidden until a result is there, and the row that is being counted is left:
    otherwise the first digit, or the first scan, would tell.
    """

    def __init__(self, desk: StockDesk, panel: CountPanel) -> None:
        super().__init__()
        self.desk = desk
        self.panel = panel
        self.theme = theme = desk.app.theme
        px = theme.px
        self.count = Count("", "", {})
        self._shown = ""
        self._open = ""  # the SKU that is being counted
        self._chips = QHBoxLayout()
        self._chips.setSpacing(px(8))
        self.other = IconButton("ellipsis", _("Other institutions"), kind="secondary", theme=theme)
        self.other.corner, self.other.margin = theme.radius("pill"), px(4)
        heads = (
            Title(_("By the books"), 96),
            Title(_("Result of the count"), 178, Qt.AlignmentFlag.AlignHCenter),
            Title(_("Difference"), 186, Qt.AlignmentFlag.AlignLeft),
        )
        self.table = GoodsTable(heads, _("Goods"), theme)
        self.table.card_wanted.connect(self._card)
        self.keep = Button(_("Save for now"), kind="secondary", theme=theme)
        self.keep.clicked.connect(self._kept)
        self.foot = Foot(theme, _("Finish the count"), "", self.keep)
        self.foot.main.clicked.connect(self.accept)
        self.foot.say(
            _("Scan goods to count them one by one. What the books say is shown after you have filled it in.")
        )
        panel.witness_named.connect(self._witness)
        panel.given_up.connect(self._ask_discard)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addLayout(self._chips)
        column.addWidget(self.table, 1)
        column.addWidget(self.foot)

    def refresh(self) -> None:
        """The count of the institution that was chosen."""
        found = self.desk.tried(open_count, self.desk.institution)
        if found is None:
            return
        self.count = found
        goods = self.desk.goods()
        if self._shown != self.desk.institution or [one.sku for one in goods] != list(self.table.rows):
            self._shown = self.desk.institution
            self.table.clear()
            for product in goods:
                self._add_row(product)
            self._show_chips()
        self._show()

    def take_focus(self) -> None:
        """Into the first that is not counted yet."""
        for sku in self.table.rows:
            if sku not in self.count.results:
                self._stepper(sku).setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.foot.main.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self, product: Product) -> bool:
        """One more of it was scanned; False when it could not be put down."""
        self._open = product.sku
        count = self.desk.tried(add_one, self.desk.institution, product.sku)
        self._take(count)
        self.table.mark(product.sku)
        return count is not None

    def accept(self) -> None:
        """Finish: the differences become a slip."""
        self._leave(self._open)
        count = self.count
        slip = self.desk.tried(finish, count, self.desk.by())
        if slip:
            self._shown = ""
            self.desk.finish(slip)

    def summed(self) -> Summary:
        """Where the count stands; what is being counted just now is not told."""
        seen = {sku: one for sku, one in self.count.results.items() if sku != self._open}
        return summary(replace(self.count, results=seen), self.desk.goods())

    def _show(self) -> None:
        for sku, row in self.table.rows.items():
            counted = self.count.results.get(sku)
            one = None if sku == self._open else counted
            books, difference = row.cells[0], row.cells[2]
            if isinstance(books, QLabel):
                books.setText(plain(one.expected) if one else _("hidden"))
                set_color(books, self.theme.color("text2" if one else "text3"))
            if isinstance(difference, Difference):
                instead = _("being counted") if counted else _("not counted yet")
                difference.show_result(one, row.name.text(), instead)
            self._stepper(sku).show_value(counted.counted if counted else None)
        self.panel.show_summary(self.summed(), self.count.witness, self.desk.app.cashier.name)

    def _add_row(self, product: Product) -> None:
        theme = self.theme
        stepper = Stepper(_("Counted of {name}").format(name=product.name), theme)
        stepper.changed.connect(lambda: self._changed(product.sku))
        stepper.entered.connect(lambda: self._next_row(product.sku))
        stepper.focused.connect(lambda: self._leave(self._open, besides=product.sku))
        stepper.edit.editingFinished.connect(lambda: self._leave(product.sku))
        difference = Difference(theme)
        difference.why.clicked.connect(lambda: self._ask_cause(product))
        self.table.add(product, (label("", "bodyLarge", theme), stepper, difference))
        self.table.rows[product.sku].name.set_below(GRAM if product.unit == GRAM else "")

    def _stepper(self, sku: str) -> Stepper:
        cell = self.table.rows[sku].cells[1]
        if not isinstance(cell, Stepper):
            raise TypeError(cell)
        return cell

    def _leave(self, sku: str, besides: str = "") -> None:
        """The row was left, so its result can be compared."""
        if sku and sku == self._open and sku != besides:
            self._open = ""
            self._show()

    def _changed(self, sku: str) -> None:
        self._open = sku
        value = self._stepper(sku).value
        if value is None:
            self._take(self.desk.tried(forget, self.desk.institution, sku))
        else:
            self._take(self.desk.tried(enter, self.desk.institution, sku, value))

    def _take(self, count: Count | None) -> None:
        if count is not None:
            self.count = count
        self._show()

    def _next_row(self, sku: str) -> None:
        skus = list(self.table.rows)
        place = skus.index(sku) + 1
        after = self._stepper(skus[place]) if place < len(skus) else self.foot.main
        after.setFocus(Qt.FocusReason.TabFocusReason)

    def _ask_cause(self, product: Product) -> None:
        one = self.count.results.get(product.sku)
        if one is None:
            return
        title = _("{name}: {expected} by the books, {counted} counted").format(
            name=product.name, expected=plain(one.expected), counted=plain(one.counted)
        )
        sheet = CauseSheet(self.desk.over, self.theme, title, (one.cause, one.note))
        sheet.explained.connect(
            lambda cause, note: self._take(
                self.desk.tried(explain, self.desk.institution, product.sku, cause, note)
            )
        )
        sheet.open(next(iter(sheet.causes.values())))

    def _witness(self, name: str) -> None:
        if self._shown == self.desk.institution and name != self.count.witness:
            self._take(self.desk.tried(name_witness, self.desk.institution, name))

    def _kept(self) -> None:
        """Each result is kept the moment it is entered: this only says so."""
        self._leave(self._open)
        words = _("{count} of {all} kinds are kept.").format(
            count=self.summed().counted, all=self.summed().kinds
        )
        self.desk.told.emit(words, _("Go on whenever you like, also after the laptop was off."), False)

    def _ask_discard(self) -> None:
        words = (_("Give this count up?"), _("What was counted is lost; the books stay as they are."))
        question = tell.ask(self, self.theme, words, (_("Give up"), _("Go on counting")))
        question.accepted.connect(self._discard)

    def _discard(self) -> None:
        self.desk.tried(discard, self.desk.institution)
        self._shown = ""
        self.refresh()

    def _card(self, sku: str) -> None:
        """A stock card would show what the books say; before it is counted there is none."""
        if sku in self.count.results and sku != self._open:
            self.desk.opened.emit(sku)
        else:
            self.desk.told.emit(_("First count it; then its stock card can be opened."), "", False)

    def _show_chips(self) -> None:
        while self._chips.count():
            item = self._chips.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None and widget is not self.other:
                widget.hide()
                widget.deleteLater()
        units = self.desk.units()
        making = {one.institution for one in self.desk.app.opening.products if not one.components}
        ranked = [self.desk.unit, *(u for u in units if u.code != self.desk.institution and u.code in making)]
        for unit in ranked[:CHIPS]:
            chip = _UnitChip(unit.short, self.theme)
            chip.setChecked(unit.code == self.desk.institution)
            chip.clicked.connect(lambda _checked=False, code=unit.code: self.desk.choose(code))
            self._chips.addWidget(chip)
        self._chips.addWidget(self.other)
        self._chips.addStretch(1)


class _UnitChip(Chip):
    """A chip that is cut rather than widen the window."""

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__(text, theme=theme)
        self.setToolTip(plain_tip(text))
        self.margin = theme.px(4)  # 40 px painted: DESIGN.md chapter 5

    def minimumSizeHint(self) -> QSize:
        """Narrow."""
        return QSize(self.theme.px(60), self.height())

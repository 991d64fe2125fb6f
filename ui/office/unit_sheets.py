"""What is asked at the office about institutions: money for the treasury, a target, a sheet to sign."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from pos.consignment import MAX_WORD, read_day
from pos.errors import Refused
from pos.model import Institution
from pos.money import Rupiah
from pos.receipts.sheet import Sheet
from pos.text import _
from pos.treasury import Paid, billing_of, ntpn_of
from ui.cover import Cover
from ui.fields import FieldFrame, MoneyField
from ui.keys import action_of, keycap
from ui.list_sheet import Entry
from ui.reports.picker import PickSheet
from ui.slip_view import SlipView
from ui.stock.parts import LineField, WideButton, labelled
from ui.stock.sheet import StockSheet
from ui.theme import Theme
from ui.widgets import Button, Chip, IconButton, label

MAX_CODE = 24  # characters of a number as it is typed, spaces included


class Units(NamedTuple):
    """The institutions to choose from, and which one is meant first."""

    all: tuple[Institution, ...]
    now: str = ""


class _UnitSheet(StockSheet):
    """A sheet about one institution, which can be changed for another."""

    def __init__(self, over: QWidget, theme: Theme, title: str, units: Units) -> None:
        super().__init__(over, theme, title, width=520)
        self._over, self._units = over, units
        self.code = units.now
        self.unit = WideButton("landmark", theme)
        self.unit.clicked.connect(self._pick)
        self.content.addLayout(labelled(_("Institution"), self.unit, theme))
        self._show_unit()

    def _pick(self) -> None:
        entries = [Entry(one.code, one.name, one.regency) for one in self._units.all]
        sheet = PickSheet(self._over, self.theme, _("Which institution?"), entries, self.code)
        sheet.chosen.connect(self._take)
        sheet.open()

    def _take(self, code: str) -> None:
        self.code = code
        self._show_unit()

    def _show_unit(self) -> None:
        name = next((one.name for one in self._units.all if one.code == self.code), _("Choose…"))
        self.unit.show_words(name, name=_("Institution"))

    def _wrong(self, field: FieldFrame | None, error: Refused) -> None:
        for one in self.findChildren(FieldFrame):
            one.set_error(one is field)
        self.say(str(error))
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)


class PnbpSheet(_UnitSheet):
    """State revenue that an institution paid in; `filled` tells a Paid."""

    filled = Signal(object)

    def __init__(self, over: QWidget, theme: Theme, units: Units, today: date) -> None:
        super().__init__(over, theme, _("State revenue (PNBP) paid in"), units)
        self._today = today
        self.amount = MoneyField(_("Amount"), theme)
        self.amount.setFixedHeight(theme.px(52))
        self.day = LineField(_("Day of payment"), theme, most=12)
        self.day.edit.setText(f"{today:%d/%m/%Y}")
        self.billing = LineField(_("Billing code, 15 digits"), theme, most=MAX_CODE)
        self.ntpn = LineField(_("NTPN, 16 letters and digits"), theme, most=MAX_CODE)
        self.note = LineField(_("Note"), theme, most=MAX_WORD)
        first, second = QHBoxLayout(), QHBoxLayout()
        for row in (first, second):
            row.setSpacing(theme.px(10))
        first.addLayout(labelled(_("Amount"), self.amount, theme), 3)
        first.addLayout(labelled(_("Day of payment"), self.day, theme), 2)
        second.addLayout(labelled(_("Billing code, 15 digits"), self.billing, theme), 1)
        second.addLayout(labelled(_("NTPN, 16 letters and digits"), self.ntpn, theme), 1)
        self.content.addLayout(first)
        self.content.addLayout(second)
        self.content.addLayout(labelled(_("Note, if there is one"), self.note, theme))
        self.keep = Button(_("Put it down"), keycap=keycap("stock main"), theme=theme)
        self.keep.clicked.connect(self.accept)
        self.content.addWidget(self.keep)
        fields = (self.amount, self.day, self.billing, self.ntpn, self.note)
        for field, after in zip(fields, (*fields[1:], None), strict=True):
            then: Callable[[], object] = after.edit.setFocus if after else self.accept
            field.edit.returnPressed.connect(then)

    def accept(self) -> None:
        """Check what can be checked here, and tell it."""
        if not self.code:
            self._wrong(None, Refused(_("No institution is chosen."), _("Choose it above.")))
            self.unit.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self.amount.amount:
            self._wrong(self.amount, Refused(_("How much was paid in?"), _("An amount above 0.")))
            return
        field: FieldFrame = self.day
        try:
            day = read_day(self.day.edit.text())
            field = self.billing
            billing = billing_of(self.billing.edit.text())
            field = self.ntpn
            ntpn = ntpn_of(self.ntpn.edit.text())
        except Refused as refusal:
            self._wrong(field, refusal)
            return
        note = self.note.edit.text()
        self.filled.emit(Paid(self.code, day or self._today, self.amount.amount, billing, ntpn, note))


class TargetSheet(_UnitSheet):
    """What an institution is to bring in a year; `filled` tells its code, the year and Rupiah."""

    filled = Signal(str, int, object)

    def __init__(self, over: QWidget, theme: Theme, units: Units, year: int, former: Rupiah | None) -> None:
        super().__init__(over, theme, _("Target of state revenue"), units)
        self.year = LineField(_("Year"), theme, most=4)
        self.year.edit.setText(str(year))
        self.amount = MoneyField(_("Target"), theme)
        self.amount.setFixedHeight(theme.px(52))
        self.amount.set_amount(former)
        row = QHBoxLayout()
        row.setSpacing(theme.px(10))
        row.addLayout(labelled(_("Year"), self.year, theme), 1)
        row.addLayout(labelled(_("Target"), self.amount, theme), 2)
        self.content.addLayout(row)
        self.keep = Button(_("Put it down"), keycap=keycap("stock main"), theme=theme)
        self.keep.clicked.connect(self.accept)
        self.content.addWidget(self.keep)
        self.year.edit.returnPressed.connect(self.amount.edit.setFocus)
        self.amount.edit.returnPressed.connect(self.accept)

    def accept(self) -> None:
        """Tell it."""
        year = self.year.edit.text()
        if not self.code:
            self._wrong(None, Refused(_("No institution is chosen."), _("Choose it above.")))
        elif not (year.isascii() and year.isdigit()):
            self._wrong(self.year, Refused(_("'{year}' is not a year.").format(year=year)))
        elif self.amount.amount is None:
            self._wrong(self.amount, Refused(_("A target is an amount from 0 on.")))
        else:
            self.filled.emit(self.code, int(year), self.amount.amount)


class SettlementSheet(Cover):
    """The paper of a settlement as it would be now; `final` tells who signs for the institution."""

    final = Signal(str)

    def __init__(self, over: QWidget, theme: Theme, title: str, pages: tuple[Sheet, ...]) -> None:
        super().__init__(over, theme)
        px = theme.px
        self._pages = pages
        self.setAccessibleName(title)
        self._view = SlipView(theme)
        self.partner = LineField(_("Who signs for the institution"), theme, most=MAX_WORD)
        self.partner.edit.setPlaceholderText(_("Name of the officer"))
        self.partner.edit.returnPressed.connect(self._finish)
        self.make = Button(_("Make it final"), keycap=keycap("stock main"), theme=theme)
        self.make.clicked.connect(self._finish)
        self.said = label("", "label", theme, color="danger", wrap=True)
        self.said.hide()
        close = IconButton("x", _("Close"), theme=theme)
        close.clicked.connect(self.leave)
        head = QHBoxLayout()
        head.addWidget(label(title, "title", theme, wrap=True), 1)
        self._group = QButtonGroup(self)
        for number in range(len(pages) if len(pages) > 1 else 0):
            chip = Chip(str(number + 1), theme=theme)
            chip.margin = px(6)
            chip.setAccessibleName(_("Page {number} of {pages}").format(number=number + 1, pages=len(pages)))
            chip.setChecked(number == 0)
            chip.clicked.connect(lambda _on=False, number=number: self._view.show_paper(pages[number]))
            self._group.addButton(chip)
            head.addWidget(chip)
        head.addWidget(close)
        foot = QHBoxLayout()
        foot.setSpacing(px(10))
        foot.addWidget(self.partner, 1)
        foot.addWidget(self.make)
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(px(20), px(10), px(12), px(14))
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(self._view, 1)
        column.addWidget(self.said)
        column.addLayout(foot)

    def open(self) -> None:
        """Come up with the first page."""
        self.cover()
        self._view.show_paper(self._pages[0])
        self.partner.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, text: str) -> None:
        """Why it cannot be made final."""
        self.said.setText(text)
        self.said.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F9 makes it final."""
        if action_of(event, "stock") == "stock main":
            self._finish()
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as the window allows."""
        super().resizeEvent(event)
        px = self._theme.px
        width, height = min(px(720), self.width() - px(32)), self.height() - px(24)
        self.lay(QRect((self.width() - width) // 2, px(12), width, height))

    def _finish(self) -> None:
        self.final.emit(self.partner.edit.text())

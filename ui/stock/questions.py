"""What the stock screen asks in sheets: which institution, which batch, why, how much was paid."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.consignment import MAX_BATCH, read_day
from pos.counts import CAUSES, MAX_NOTE, cause_name
from pos.errors import Refused
from pos.model import Institution, Product
from pos.money import Rupiah, rupiah
from pos.payments import method_name
from pos.remittances import METHODS, Account, Paying
from pos.stock_slips import WRITE_OFFS, kind_name
from pos.text import _, fold
from ui.fields import MoneyField
from ui.settings.choices import Choices
from ui.stock.parts import LineField, Stepper, WideButton, labelled
from ui.stock.sheet import StockSheet, scrolled
from ui.theme import Theme
from ui.widgets import Button, label

MAX_WORD, MAX_REASON = 60, 120  # characters


class PickSheet(StockSheet):
    """All institutions of the exhibition; `picked` tells the code of one."""

    picked = Signal(str)

    def __init__(
        self, over: QWidget, theme: Theme, units: Iterable[Institution], notes: dict[str, str]
    ) -> None:
        """`notes` are what stands beside a name, by code."""
        super().__init__(over, theme, _("Which institution?"), width=520, long=True)
        self.search = LineField(_("Search institutions"), theme, most=MAX_WORD)
        self.search.edit.setPlaceholderText(_("Search institutions"))
        self.search.edit.textChanged.connect(self._narrow)
        self.search.edit.returnPressed.connect(self._first)
        self.content.addWidget(self.search)
        rows = QVBoxLayout()
        rows.setSpacing(theme.px(6))
        self.rows: list[tuple[Institution, WideButton]] = []
        for unit in units:
            row = WideButton("landmark", theme, arrow=False)
            row.show_words(unit.name, notes.get(unit.code, ""))
            row.clicked.connect(lambda _checked=False, code=unit.code: self._pick(code))
            rows.addWidget(row)
            self.rows.append((unit, row))
        rows.addStretch(1)
        self.content.addWidget(scrolled(rows, theme), 1)

    def _narrow(self, text: str) -> None:
        words = fold(text).split()
        for unit, row in self.rows:
            everything = fold(f"{unit.name} {unit.short} {unit.regency} {unit.code}")
            row.setVisible(all(word in everything for word in words))

    def _first(self) -> None:
        shown = [unit.code for unit, row in self.rows if not row.isHidden()]
        if shown:
            self._pick(shown[0])

    def _pick(self, code: str) -> None:
        self.leave()
        self.picked.emit(code)


class BatchSheet(StockSheet):
    """Batch and expiry of a line; `filled` tells both."""

    filled = Signal(str, object)

    def __init__(
        self, over: QWidget, theme: Theme, product: Product, before: tuple[str, date | None]
    ) -> None:
        super().__init__(over, theme, product.name)
        batch, expires = before
        self.batch = LineField(_("Batch"), theme, most=MAX_BATCH)
        self.batch.edit.setText(batch)
        self.expires = LineField(_("Good until"), theme, most=12)
        self.expires.edit.setText(f"{expires:%d/%m/%Y}" if expires else "")
        self.expires.edit.setPlaceholderText("20/05/2023")
        self.content.addLayout(labelled(_("Batch"), self.batch, theme))
        self.content.addLayout(labelled(_("Good until"), self.expires, theme))
        keep = Button(_("Keep"), theme=theme)
        keep.clicked.connect(self.accept)
        self.content.addWidget(keep)
        self.batch.edit.returnPressed.connect(self.expires.edit.setFocus)
        self.expires.edit.returnPressed.connect(self.accept)

    def accept(self) -> None:
        """Take both over."""
        try:
            day = read_day(self.expires.edit.text())
        except Refused as refusal:
            self.expires.set_error(True)
            self.say(str(refusal))
            return
        self.leave()
        self.filled.emit(self.batch.edit.text(), day)


class CauseSheet(StockSheet):
    """Why a count differs; `explained` tells a cause and words of one's own."""

    explained = Signal(str, str)

    def __init__(self, over: QWidget, theme: Theme, title: str, before: tuple[str, str]) -> None:
        super().__init__(over, theme, title, width=520)
        self._cause, note = before
        self.causes: dict[str, WideButton] = {}
        for cause in CAUSES:
            row = WideButton("", theme, arrow=False)
            row.show_words(cause_name(cause).capitalize())
            row.setCheckable(True)
            row.clicked.connect(lambda _checked=False, cause=cause: self._choose(cause))
            self.content.addWidget(row)
            self.causes[cause] = row
        self.note = LineField(_("In a few words"), theme, most=MAX_NOTE)
        self.note.edit.setText(note)
        self.note.edit.returnPressed.connect(self.accept)
        self.content.addLayout(labelled(_("In a few words"), self.note, theme))
        keep = Button(_("Keep"), theme=theme)
        keep.clicked.connect(self.accept)
        self.content.addWidget(keep)
        self._show()

    def accept(self) -> None:
        """Take it over; another cause needs words."""
        if not self._cause:
            self.say(_("Choose a cause."))
        elif self._cause == "other" and not self.note.edit.text().strip():
            self.say(_("Another cause needs a few words."))
            self.note.setFocus()
        else:
            self.leave()
            self.explained.emit(self._cause, self.note.edit.text())

    def _choose(self, cause: str) -> None:
        self._cause = cause
        self._show()
        self.note.setFocus()

    def _show(self) -> None:
        for cause, row in self.causes.items():
            row.setChecked(cause == self._cause)
            row.look = row.look._replace(
                fill="primarySoft" if cause == self._cause else "surface",
                border="primary" if cause == self._cause else "border",
            )
            row.update()


class WriteOffSheet(StockSheet):
    """Goods that leave unsold: damaged, sample or gift, how many, and why. `wanted` tells all three."""

    wanted = Signal(str, int, str)

    def __init__(self, over: QWidget, theme: Theme, product: Product) -> None:
        super().__init__(over, theme, _("{name} leaves unsold").format(name=product.name), width=520)
        self._kind = WRITE_OFFS[0]
        kinds = Choices({kind: kind_name(kind) for kind in WRITE_OFFS}, theme)
        kinds.show_value(self._kind)
        kinds.chosen.connect(self._choose)
        self.qty = Stepper(_("How many"), theme)
        self.qty.show_value(1)
        self.reason = LineField(_("Why"), theme, most=MAX_REASON)
        row = QHBoxLayout()
        row.addWidget(kinds)
        row.addStretch(1)
        row.addWidget(self.qty)
        self.content.addLayout(row)
        self.content.addLayout(labelled(_("Why"), self.reason, theme))
        keep = Button(_("Write off"), kind="danger", theme=theme)
        keep.clicked.connect(self.accept)
        self.content.addWidget(keep)
        self.qty.entered.connect(self.reason.edit.setFocus)
        self.reason.edit.returnPressed.connect(self.accept)

    def accept(self) -> None:
        """Ask for it; it stays open until it is done."""
        self.wanted.emit(self._kind, self.qty.value or 0, self.reason.edit.text())

    def _choose(self, kind: str) -> None:
        self._kind = kind


class RemitSheet(StockSheet):
    """What is paid to an institution; `wanted` tells a Paying."""

    wanted = Signal(object)

    def __init__(self, over: QWidget, theme: Theme, unit: str, account: Account) -> None:
        super().__init__(over, theme, _("Payment to {institution}").format(institution=unit), width=520)
        self._method = METHODS[0]
        self._due: Rupiah = max(account.due, 0)
        due = label(
            _("Still to pay: {amount}").format(amount=rupiah(account.due)), "body", theme, color="text2"
        )
        self.amount = MoneyField(_("How much"), theme)
        self.amount.set_amount(self._due)
        ways = Choices({method: method_name(method) for method in METHODS}, theme)
        ways.show_value(self._method)
        ways.chosen.connect(self._choose)
        self.partner = LineField(_("Who takes it"), theme, most=MAX_WORD)
        self.reference = LineField(_("Bank reference"), theme, most=MAX_WORD)
        self.content.addWidget(due)
        self.content.addWidget(self.amount)
        self.content.addWidget(ways)
        self.content.addLayout(labelled(_("Who takes it"), self.partner, theme))
        self.content.addLayout(labelled(_("Bank reference"), self.reference, theme))
        keep = Button(_("Put the payment down"), theme=theme)
        keep.clicked.connect(self.accept)
        self.content.addWidget(keep)
        follow: list[tuple[LineField | MoneyField, Callable[[], object]]] = [
            (self.amount, self.partner.edit.setFocus),
            (self.partner, self.reference.edit.setFocus),
            (self.reference, self.accept),
        ]
        for field, then in follow:
            field.edit.returnPressed.connect(then)

    def accept(self) -> None:
        """Ask for it; it stays open until it is done."""
        words = self.partner.edit.text(), self.reference.edit.text()
        self.wanted.emit(Paying(self.amount.amount or 0, self._method, *words))

    def _choose(self, method: str) -> None:
        self._method = method


class ReasonSheet(StockSheet):
    """One question that is answered with a few words; `given` tells them."""

    given = Signal(str)

    def __init__(self, over: QWidget, theme: Theme, title: str, verb: str) -> None:
        super().__init__(over, theme, title)
        self.reason = LineField(_("Why"), theme, most=MAX_REASON)
        self.reason.edit.returnPressed.connect(self.accept)
        keep = Button(verb, kind="danger", theme=theme)
        keep.clicked.connect(self.accept)
        self.content.addLayout(labelled(_("Why"), self.reason, theme))
        self.content.addWidget(keep)

    def accept(self) -> None:
        """Tell the words; it stays open until it is done."""
        self.given.emit(self.reason.edit.text())

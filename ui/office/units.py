"""The institutions at the office: settled with, their targets, what they paid in as state revenue (PNBP)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from pos.ledger import Ledger
from pos.model import Table
from pos.receipts.sheet import Sheet
from pos.reports.settlement import part_key
from pos.settlements import Settlement
from pos.settling import preview, settle
from pos.shares import PARTS
from pos.text import _
from pos.treasury import Entry, Paid, enter_pnbp, find_entry, set_targets, take_back_pnbp
from ui import work
from ui.app import App
from ui.keys import keycap, meant
from ui.office.acting import act, read_only
from ui.office.paper_sheet import PaperSheet
from ui.office.report_page import ReportPage
from ui.office.unit_sheets import PnbpSheet, SettlementSheet, TargetSheet, Units
from ui.people.approval import Wanted
from ui.plain_tip import plain_tip
from ui.reports.table import part_of
from ui.stock.parts import Tabs
from ui.stock.questions import ReasonSheet
from ui.widgets import Button

SETTLEMENT, TARGETS, PNBP = "settlement", "targets", "pnbp"
TABS = (SETTLEMENT, TARGETS, PNBP)
# What is shown of each report, in this order; the rest is in the exports.
SHOWN = {
    SETTLEMENT: (
        *("name", "received", "sold", "left", "total", "profit"),
        *map(part_key, PARTS),
        *("due", "open"),
    ),
    TARGETS: ("year", "name", "target", "amount", "reached", "left", "state"),
    PNBP: ("day", "name", "amount", "billing", "ntpn", "number", "note"),
}


class UnitsPage(ReportPage):
    """Three tabs over three reports, each with what can be put down about it."""

    name = SETTLEMENT

    def __init__(self, app: App) -> None:
        super().__init__(app, _("Institutions"))
        theme = app.theme
        self.tabs = Tabs((_("Settlement"), _("Targets"), _("PNBP deposits")), theme)
        self.tabs.chosen.connect(lambda place: self.show_tab(TABS[place]))
        self.tabs.show_chosen(0)
        self.head.insertWidget(1, self.tabs)
        self.sheet = Button(_("Settlement sheet"), icon="file-text", keycap=keycap("open row"), theme=theme)
        self.sheet.clicked.connect(self._look)
        self.target = Button(_("Set a target"), icon="pencil", keycap=keycap("stock main"), theme=theme)
        self.target.clicked.connect(self._target)
        self.back = Button(_("Take the deposit back"), kind="secondary", icon="undo-2", theme=theme)
        self.back.clicked.connect(self._take_back)
        self.enter = Button(_("Put a deposit down"), icon="plus", keycap=keycap("stock main"), theme=theme)
        self.enter.clicked.connect(self._enter)
        self.foot.addStretch(1)
        for button in (self.sheet, self.target, self.back, self.enter):
            self.foot.addWidget(button)
        self._offer()

    def show_tab(self, name: str) -> None:
        """Another report."""
        self.name = name
        self.tabs.show_chosen(TABS.index(name))
        self.banner.dismiss()
        self._offer()
        self.refresh()
        self.take_focus()

    def show_table(self, table: Table) -> None:
        """Its columns that have room; behind them, not shown, the whole row."""
        self.rows.show_table(self._named(part_of(table, SHOWN.get(table.name, ()))))
        self._offer()

    def _named(self, table: Table) -> Table:
        """Institutions by their short names: cut off, the long ones are not to be told apart."""
        place = [column.key for column in table.columns].index("name")
        known = self.app.opening.institutions

        def named(row: tuple[Any, ...]) -> tuple[Any, ...]:
            unit = known.get(self.field(row, "institution"))
            return (*row[:place], unit.short if unit else row[place], *row[place + 1 :])

        return replace(table, rows=tuple(map(named, table.rows)))

    def open_row(self, row: tuple[Any, ...]) -> None:
        """The sheet of an institution, or its target; of a deposit the row says all."""
        if self.name == SETTLEMENT:
            self._preview(self.field(row, "institution"))
        elif self.name == TARGETS:
            self._target()

    def keyPressEvent(self, event: Any) -> None:
        """F9 is the main thing of the tab."""
        if meant(event, "stock"):
            act_of: dict[str, Callable[[], object]] = {
                SETTLEMENT: self._look,
                TARGETS: self._target,
                PNBP: self._enter,
            }
            act_of[self.name]()
        else:
            super().keyPressEvent(event)

    def _offer(self) -> None:
        why = read_only(self.app)
        for button, name in (
            (self.sheet, SETTLEMENT),
            (self.target, TARGETS),
            (self.enter, PNBP),
            (self.back, PNBP),
        ):
            button.setVisible(self.name == name)
            hinders = why if button is not self.sheet else None  # looking puts nothing down
            button.setEnabled(hinders is None)
            button.setToolTip(plain_tip(str(hinders) if hinders else ""))
        if not self.rows.model.rows:
            self.sheet.setEnabled(False)
            self.back.setEnabled(False)

    @property
    def _code(self) -> str:
        """The institution of the chosen row."""
        row = self.rows.current
        return str(self.field(row, "institution") or "") if row else ""

    def _units(self) -> Units:
        return Units(tuple(self.app.opening.institutions.values()), self._code)

    def _look(self) -> None:
        if self._code:
            self._preview(self._code)

    def _preview(self, code: str) -> None:
        """Draw the sheet as it would be now: looking puts nothing down, and is everybody's here."""
        ledger = self.app.ledger
        work.run(lambda: _drawn(ledger, code), done=self._show_preview, failed=self._failed, lane="reports")

    def _show_preview(self, answer: tuple[Settlement, tuple[Sheet, ...]]) -> None:
        settlement, pages = answer
        title = _("Settlement with {institution}").format(institution=settlement.institution_name)
        sheet = SettlementSheet(self, self.app.theme, title, pages)
        sheet.final.connect(partial(self._settle, sheet, settlement.institution))
        sheet.open()

    def _settle(self, sheet: SettlementSheet, code: str, partner: str) -> None:
        def made(settlement: Settlement) -> None:
            sheet.leave()
            self.refresh()
            words = _("{kind}: {number} is stored.").format(
                kind=_("Settlement with the institution"), number=settlement.receipt
            )
            self.banner.say("ok", words, "", _("Show"), lambda: PaperSheet(self.app, self, settlement).open())

        sentence = _("Make the settlement with {institution} final").format(institution=code)
        verb = lambda ledger, by: settle(ledger, code, partner, by)  # noqa: E731
        act(self, Wanted("settle", code, sentence), verb, made, lambda error: sheet.say(str(error)))

    def _enter(self) -> None:
        if why := read_only(self.app):
            self._failed(why)
            return
        sheet = PnbpSheet(self, self.app.theme, self._units(), self.app.today)

        def store(paid: Paid) -> None:
            sentence = _("Put down what {institution} paid in").format(institution=paid.institution)
            verb = lambda ledger, by: enter_pnbp(ledger, paid, by)  # noqa: E731
            done = partial(self._entered, sheet)
            wanted = Wanted("pnbp", paid.institution, sentence)
            act(self, wanted, verb, done, lambda error: sheet.say(str(error)))

        sheet.filled.connect(store)
        sheet.open(sheet.amount if sheet.code else sheet.unit)

    def _entered(self, sheet: PnbpSheet | ReasonSheet, entry: Entry) -> None:
        sheet.leave()
        self.refresh()
        words = _("{kind}: {number} is stored.")
        self.banner.say("ok", words.format(kind=_("PNBP deposit"), number=entry.receipt))

    def _take_back(self) -> None:
        row = self.rows.current
        if row is None:
            return
        number = str(self.field(row, "number"))
        title = _("Why is {number} taken back?").format(number=number)
        sheet = ReasonSheet(self, self.app.theme, title, _("Take the deposit back"))

        def store(reason: str) -> None:
            verb = lambda ledger, by: take_back_pnbp(ledger, _entry(ledger, number), reason, by)  # noqa: E731
            done = partial(self._entered, sheet)
            act(self, Wanted("pnbp", number, title), verb, done, lambda error: sheet.say(str(error)))

        sheet.given.connect(store)
        sheet.open(sheet.reason)

    def _target(self) -> None:
        if why := read_only(self.app):
            self._failed(why)
            return
        row = self.rows.current if self.name == TARGETS else None
        year = int(self.field(row, "year")) if row else self.app.today.year
        former = self.field(row, "target") if row else None
        sheet = TargetSheet(self, self.app.theme, self._units(), year, former)

        def store(code: str, year: int, amount: int) -> None:
            sentence = _("Set the target of {institution}").format(institution=code)
            verb = lambda ledger, by: set_targets(ledger, year, {code: amount}, by)  # noqa: E731
            done = partial(self._target_set, sheet)
            act(self, Wanted("target", str(year), sentence), verb, done, lambda error: sheet.say(str(error)))

        sheet.filled.connect(store)
        sheet.open(sheet.amount if sheet.code else sheet.unit)

    def _target_set(self, sheet: TargetSheet, _changed: int) -> None:
        sheet.leave()
        self.refresh()
        self.banner.say("ok", _("The target is put down."))


def _entry(ledger: Ledger, number: str) -> Entry:
    found = find_entry(ledger, number)
    if found is None:
        raise LookupError(number)
    return found


def _drawn(ledger: Ledger, code: str) -> tuple[Settlement, tuple[Sheet, ...]]:
    from pos.receipts.settlement import settlement_sheets  # measures with ReportLab

    settlement = preview(ledger, code)
    return settlement, settlement_sheets(ledger, settlement)

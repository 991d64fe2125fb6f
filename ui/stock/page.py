"""The stock screen: four tabs in the middle, how the institution stands at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from pos.balances import balances_of
from pos.consignment import correct, write_off
from pos.counts import last_count, open_count
from pos.deliveries import Entry, Head
from pos.errors import UserError
from pos.ledger import Ledger
from pos.model import By, Product
from pos.remittances import Paying, Remittance, account_of, remit, remittances_of
from pos.stock_cards import stock_card
from pos.stock_slips import StockSlip, kind_name, slips_of
from pos.text import _, ngettext, short_date
from ui.app import App
from ui.keys import action_of
from ui.page import Page, Scan
from ui.stock.balance import BalanceTab
from ui.stock.count import CountTab
from ui.stock.desk import StockDesk
from ui.stock.find import coded
from ui.stock.give_back import GiveBackTab
from ui.stock.parts import Tabs
from ui.stock.questions import PickSheet, ReasonSheet, RemitSheet, WriteOffSheet
from ui.stock.receive import ReceiveTab
from ui.stock.sheet import StockSheet
from ui.stock.side import CountPanel, Standing, StandingPanel
from ui.stock.views import CardSheet, PapersSheet
from ui.tell import Banner
from ui.widgets import label

RECEIVE, COUNT, GIVE_BACK, BALANCE = range(4)
Tab: TypeAlias = ReceiveTab | CountTab | GiveBackTab | BalanceTab


class StockPage(Page):
    """`offer_labels` and `offer_new_product` bring two buttons that others know to serve."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        theme, px = app.theme, app.theme.px
        self.desk = StockDesk(app, self)
        self.standing, self.count_panel = StandingPanel(theme), CountPanel(theme)
        self.receive_tab = ReceiveTab(self.desk)
        self.count_tab = CountTab(self.desk, self.count_panel)
        self.back_tab = GiveBackTab(self.desk)
        self.balance_tab = BalanceTab(self.desk)
        self.all: tuple[Tab, ...] = (self.receive_tab, self.count_tab, self.back_tab, self.balance_tab)
        names = (_("Receive goods"), _("Count stock"), _("Give back"), _("Balances"))
        self.tabs = Tabs(names, theme)
        self.shown = RECEIVE
        self._middle, self._right = QStackedWidget(), QStackedWidget()
        for tab in self.all:
            self._middle.addWidget(tab)
        self._right.addWidget(self.standing)
        self._right.addWidget(self.count_panel)
        self.banner = Banner(theme)
        head = QHBoxLayout()
        head.setSpacing(px(16))
        head.addWidget(label(_("Stock"), "heading", theme))
        head.addWidget(self.tabs)
        head.addStretch(1)
        middle = QVBoxLayout()
        middle.setContentsMargins(px(18), px(12), px(16), px(12))
        middle.setSpacing(px(12))
        middle.addLayout(head)
        middle.addWidget(self.banner)
        middle.addWidget(self._middle, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(middle, 1)
        row.addWidget(self._right)
        self._connect()
        self.show_tab(RECEIVE)

    def offer_labels(self, labels: Callable[[Mapping[str, int]], object]) -> None:
        """`labels` prints labels: how many of each SKU. Without it there is no button for them."""
        tab = self.receive_tab
        tab.offers_labels = True
        tab.labels.clicked.connect(lambda: labels({sku: line.qty for sku, line in tab.lines.items()}))
        tab.refresh()

    def offer_new_product(self, make: Callable[[str], object]) -> None:
        """`make` begins a new product of an institution. Without it there is no button for one."""
        self.receive_tab.new.show()
        self.receive_tab.new.clicked.connect(lambda: make(self.desk.institution))

    def refresh(self) -> None:
        """The tab in sight and the panel beside it."""
        self.all[self.shown].refresh()
        self._show_standing()

    def take_focus(self) -> None:
        """Where the work of the tab begins."""
        self.all[self.shown].take_focus()

    def show_tab(self, place: int) -> None:
        """Another tab."""
        self.shown = place
        self.tabs.show_chosen(place)
        self.banner.dismiss()
        self._middle.setCurrentWidget(self.all[place])
        self._right.setCurrentWidget(self.count_panel if place == COUNT else self.standing)
        self._fit()
        if self.isVisible():
            self.refresh()
            self.take_focus()

    def take_scan(self, code: str) -> Scan:
        """Goods by their barcode, for the tab in sight; of another institution they change to it, save in a
        count or while a sheet is open.
        """
        if self.covered():
            return Scan.REFUSED
        tab = self.all[self.shown]
        mine = coded(self.desk.goods(), code)
        if mine:
            return Scan.TAKEN if tab.add(mine[0]) else Scan.REFUSED
        others = coded([one for one in self.app.opening.products if not one.components], code)
        if others:
            words = _("{name} is of another institution.").format(name=others[0].name)
            self._tell(words, _("Choose that institution first."), bad=True)
        else:
            words = _("The barcode {code} is not known.").format(code=code[:40])
            self._tell(words, _("Search by name, or register it at the till."), bad=True)
        return Scan.REFUSED

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The main action, and the way to the search field."""
        action = action_of(event, "stock", "anywhere")
        tab = self.all[self.shown]
        if action == "stock main":
            tab.accept()
        elif action == "search":
            if isinstance(tab, ReceiveTab):
                tab.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            else:
                tab.take_focus()
        elif action == "back" and self.banner.isVisible():
            self.banner.dismiss()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel keeps its place at the right; what is between shrinks."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = self.app.theme.px
        share = 28 if self.shown == COUNT else 32
        self._right.setFixedWidth(max(px(264), min(px(404), self.width() * share // 100)))

    def _connect(self) -> None:
        desk, standing = self.desk, self.standing
        self.tabs.chosen.connect(self.show_tab)
        desk.moved.connect(self._moved)
        desk.told.connect(lambda words, hint, bad: self._tell(words, hint, bad=bad))
        desk.stored.connect(self._stored)
        desk.opened.connect(self._card)
        self.app.failed.connect(self._failed)
        for button in (self.receive_tab.unit, self.back_tab.unit, self.count_tab.other):
            button.clicked.connect(self._pick)
        standing.papers.connect(self._papers)
        standing.remit.connect(self._remit)
        standing.look.connect(lambda: self.show_tab(COUNT))
        standing.give_back.connect(lambda: self.show_tab(GIVE_BACK))
        standing.card.connect(self._card)

    def _moved(self) -> None:
        self.banner.dismiss()
        self.refresh()
        self.take_focus()

    def _show_standing(self) -> None:
        if self.shown == COUNT:
            return
        found = self.desk.tried(_standing, self.desk.institution, self.desk.unit.name)
        if found is not None:
            self.standing.show_standing(found, may_return=self.shown != GIVE_BACK)

    def _tell(self, words: str, hint: str, *, bad: bool) -> None:
        self.banner.say("danger" if bad else "ok", words, hint)

    def _failed(self, error: Exception) -> None:
        if not self.isVisible():
            return
        if (sheet := self.sheet()) is not None:
            sheet.say(str(error))
        elif isinstance(error, UserError):
            self._tell(error.message, error.hint, bad=True)

    def _stored(self, paper: StockSlip | Remittance) -> None:
        kind = kind_name(paper.kind) if isinstance(paper, StockSlip) else _("Paid out")
        words = _("{kind}: {number} is stored.").format(kind=kind, number=paper.receipt)
        self.banner.say("ok", words, "", _("Print"), lambda: self.desk.print(paper))

    def sheet(self) -> StockSheet | None:
        """The sheet that lies over it just now, if any."""
        return next((one for one in self.findChildren(StockSheet) if one.isVisible()), None)

    def _pick(self) -> None:
        making = {one.institution for one in self.app.opening.products}
        notes = {unit.code: "" if unit.code in making else _("no goods yet") for unit in self.desk.units()}
        sheet = PickSheet(self, self.app.theme, self.desk.units(), notes)
        sheet.picked.connect(self.desk.choose)
        sheet.open(sheet.search)

    def _card(self, sku: str) -> None:
        product = self._product(sku)
        moves = self.desk.tried(stock_card, sku)
        if product is None or moves is None:
            return
        if (former := self.sheet()) is not None:
            former.leave()
        sheet = CardSheet(self, self.app.theme, product, moves)
        sheet.write_off.connect(lambda _sku: self._write_off(sheet, product))
        sheet.open()

    def _product(self, sku: str) -> Product | None:
        return next((one for one in self.app.opening.products if one.sku == sku), None)

    def _write_off(self, card: StockSheet, product: Product) -> None:
        card.leave()
        sheet = WriteOffSheet(self, self.app.theme, product)

        def store(kind: str, qty: int, reason: str) -> None:
            head = Head(product.institution, reason=reason)

            def do(by: By) -> None:
                slip = self._asked(sheet, write_off, kind, head, [Entry(product.sku, qty)], by)
                if isinstance(slip, StockSlip):
                    self.desk.finish(slip)

            sentence = _("{qty} of {name} leave unsold").format(qty=qty, name=product.name)
            self.desk.allowed("write_off", product.institution, sentence, do)

        sheet.wanted.connect(store)
        sheet.open(sheet.qty)

    def _remit(self) -> None:
        code = self.desk.institution
        account = self.desk.tried(account_of, code)
        if account is None:
            return
        sheet = RemitSheet(self, self.app.theme, self.desk.unit.name, account)

        def store(paying: Paying) -> None:
            def do(by: By) -> None:
                paid = self._asked(sheet, remit, code, paying, by)
                if isinstance(paid, Remittance):
                    self.desk.finish(paid)

            sentence = _("Pay {institution} its share").format(institution=self.desk.unit.name)
            self.desk.allowed("remit", code, sentence, do)

        sheet.wanted.connect(store)
        sheet.open(sheet.amount)

    def _asked(self, sheet: StockSheet, verb: Callable[..., object], *words: object) -> object:
        """Do a verb for a sheet, which says why it failed, or goes away."""
        try:
            answer = verb(self.app.ledger, *words)
        except UserError as error:
            sheet.say(str(error))
            return None
        sheet.leave()
        return answer

    def _papers(self) -> None:
        found = self.desk.tried(_papers_of, self.desk.institution)
        if found is None:
            return
        sheet = PapersSheet(self, self.app.theme, self.desk.unit.name, found, self.app.device.code)
        sheet.open_paper.connect(self.desk.print)
        sheet.open_slip.connect(lambda paper: self.desk.print(paper, roll=True))
        sheet.correct.connect(lambda slip: self._correct(sheet, slip))
        sheet.open()

    def _correct(self, papers: StockSheet, slip: StockSlip) -> None:
        papers.leave()
        title = _("What was wrong with {number}?").format(number=slip.receipt)
        sheet = ReasonSheet(self, self.app.theme, title, _("Take it back"))

        def store(reason: str) -> None:
            def do(by: By) -> None:
                made = self._asked(sheet, correct, slip, reason, by)
                if isinstance(made, StockSlip):
                    self.desk.finish(made)

            sentence = _("Take delivery {number} back").format(number=slip.receipt)
            self.desk.allowed("write_off", slip.receipt, sentence, do)

        sheet.given.connect(store)
        sheet.open(sheet.reason)


def _papers_of(ledger: Ledger, institution: str) -> list[StockSlip | Remittance]:
    with ledger.read() as conn:
        slips = slips_of(conn, institution)
    return [*slips, *remittances_of(ledger, institution)]


def _standing(ledger: Ledger, institution: str, name: str) -> Standing:
    """How an institution stands, and what is to be said about its count."""
    goods = balances_of(ledger, institution)
    warning, more = _about_count(ledger, institution)
    below = sum(one.on_hand < 0 for one in goods)
    if below and not warning:
        sentence = ngettext("Check the stock: {count} kind", "Check the stock: {count} kinds", below)
        warning, more = sentence.format(count=below), _("More was sold than the books know of.")
    return Standing(name, account_of(ledger, institution), tuple(goods), warning, more)


def _about_count(ledger: Ledger, institution: str) -> tuple[str, str]:
    under_way = open_count(ledger, institution)
    if under_way.results:
        open_ones = sum(not one.explained for one in under_way.results.values())
        more = ngettext(
            "{count} difference without a cause.", "{count} differences without a cause.", open_ones
        )
        return _("A count is under way."), more.format(count=open_ones) if open_ones else ""
    last = last_count(ledger, institution)
    off = sum(1 for item in last.items if item.qty) if last else 0
    if last is None or not off:
        return "", ""
    more = ngettext("{count} kind differed.", "{count} kinds differed.", off)
    day = short_date(last.day).partition(", ")[2].rpartition(" ")[0]
    return _("Last count {day}.").format(day=day), more.format(count=off)

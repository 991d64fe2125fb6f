"""What can be done with orders: each verb of `pos` with the sheets and questions that it needs."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QGuiApplication

from pos import orders as verbs
from pos.cart import Cart, new_cart
from pos.deposits import cancel, find_deposit, give_back
from pos.errors import Refused, UserError
from pos.forgetting import left_text
from pos.model import Approval, AtTill, Product, Sale
from pos.order_book import find_order, order_of
from pos.order_texts import fitting_kind, order_text
from pos.preorder import Deposit, Order, Wish, new_entry
from pos.privacy import erase
from pos.quotas import left, set_quota, subject
from pos.text import _, short_date
from ui import work
from ui.app import App
from ui.orders.ask_sheets import CancelSheet, DepositSheet
from ui.orders.form import OrderForm
from ui.orders.ground import Ground
from ui.orders.paper_sheet import PaperSheet
from ui.orders.paying import Paying, change_of
from ui.orders.quota_sheet import QuotaSheet
from ui.orders.sheet import Sheet
from ui.page import Scan
from ui.people.approval import Wanted, ask
from ui.tell import ask as question
from ui.till.menus import touch_menu

_ORDER = re.compile(r"([0-9A-Z]{3,8}-P[0-9]{5,})(?: [0-9A-F]{8})?", re.IGNORECASE)
_DEPOSIT = re.compile(r"([0-9A-Z]{3,8}-D[0-9]{5,})(?: [0-9A-F]{8})?", re.IGNORECASE)


class Actions(QObject):
    """Serves one page. One sheet at a time; it is thrown away when it closes."""

    def __init__(self, app: App, page: Ground) -> None:
        super().__init__(page)
        self.app, self.page = app, page
        self.sheet: Sheet | None = None
        self.paying = Paying(app, page, self.by)
        self.paying.ahead.connect(self._show_deposit)
        self.paying.sold.connect(self._show_sale)
        self.paying.told.connect(page.say)
        app.failed.connect(self._tell)

    @property
    def busy(self) -> bool:
        """A sheet lies over the page."""
        return self.paying.open or (self.sheet is not None and self.sheet.isVisible())

    def by(self, approval: Approval | None = None) -> AtTill:
        """This shift, and who is at the till. Raises RuntimeError before a shift is open."""
        if self.app.shift is None:
            raise RuntimeError("nothing is ordered outside a shift")
        return AtTill(self.app.cashier, self.app.shift, approval)

    def key(self, action: str) -> bool:
        """A key of ours while a sheet is open; whether it was for us."""
        if action == "order note" and isinstance(self.sheet, PaperSheet):
            self.sheet.print_paper()
            return True
        return False

    def do(self, action: str, order: Order, place: QPoint) -> None:
        """One of detail.ACTIONS."""
        if self.app.shift is None:
            self._tell(Refused(_("No shift is open."), _("Open one at the till first.")))
            return
        todo: dict[str, Callable[[], object]] = {
            "hand over": lambda: self.paying.ask(order, order.rest, whole=True),
            "note": lambda: self._open(PaperSheet(self.app, self.page, order)),
            "change": lambda: self._change(order),
            "texts": lambda: self._texts(order, place),
            "deposit": lambda: self._deposit(order),
            "prepared": lambda: self.app.do(verbs.prepare, order, self.by()),
            "ready": lambda: self.app.do(verbs.ready, order, self.by()),
            "reopened": lambda: self.app.do(verbs.reopen, order, self.by()),
            "cancel": lambda: self._cancel(order),
            "give back": lambda: self._give_back(order),
            "erase": lambda: self._erase(order),
        }
        todo[action]()

    def place(self, cart: Cart | None = None) -> None:
        """Put down a new order."""
        if self.app.shift is None:
            self._tell(Refused(_("No shift is open."), _("Open one at the till first.")))
            return
        form = OrderForm(self.app, self.page, self.page.photos, _("New order"))
        form.saved.connect(self._placed)
        self._open(form, shown=False)
        form.start(cart or new_cart(), Wish())

    def take_scan(self, code: str) -> Scan:
        """See OrdersPage.take_scan."""
        if isinstance(self.sheet, OrderForm) and self.sheet.isVisible():
            return Scan.TAKEN if self.sheet.take_scan(code) else Scan.REFUSED
        if self.busy:
            return Scan.REFUSED  # nothing is sold by it either
        try:
            if match := _ORDER.fullmatch(code.strip()):
                self.page.choose(find_order(self.app.ledger, match[1]))
                return Scan.TAKEN
            if match := _DEPOSIT.fullmatch(code.strip()):
                deposit = find_deposit(self.app.ledger, match[1])
                if deposit is not None:
                    with self.app.ledger.read() as conn:
                        self.page.choose(order_of(conn, deposit.order))
                    return Scan.TAKEN
        except UserError as error:
            self._tell(error)
            return Scan.REFUSED
        return Scan.ELSEWHERE

    def quota(self) -> None:
        """How many may be ordered."""
        sheet = QuotaSheet(self.app, self.page, self.app.today)
        sheet.day_changed.connect(lambda day: self._show_left(sheet, day))
        sheet.chosen.connect(lambda product, day, most: self._set_quota(sheet, product, day, most))
        self._open(sheet)
        self._show_left(sheet, self.app.today)

    def _placed(self, cart: Cart, wish: Wish) -> None:
        order = self.app.do(verbs.place, cart, wish, self.by())
        if isinstance(order, Order):
            self._saved(order, _("Order {number} is put down.").format(number=order.receipt))

    def _change(self, order: Order) -> None:
        form = OrderForm(
            self.app, self.page, self.page.photos, _("Change {number}").format(number=order.receipt)
        )
        form.saved.connect(lambda cart, wish: self._changed(order, cart, wish))
        self._open(form, shown=False)
        form.start(verbs.cart_of(order, self.app.opening.products, order.cart), order.wish)

    def _changed(self, order: Order, cart: Cart, wish: Wish) -> None:
        changed = self.app.do(verbs.change, order, cart, wish, self.by())
        if isinstance(changed, Order):
            self._saved(changed, _("Order {number} is changed.").format(number=changed.receipt))

    def _saved(self, order: Order, told: str) -> None:
        if self.sheet:
            self.sheet.close_sheet()
        self.page.choose(order)
        self.page.say(told)

    def _texts(self, order: Order, place: QPoint) -> None:
        """Which text is copied."""
        menu = touch_menu(self.page, self.app.theme)
        names = {
            "confirmation": _("Order confirmation"),
            "deposit": _("Deposit received"),
            "ready": _("Ready to be fetched"),
            "reminder": _("Reminder"),
        }
        first = fitting_kind(order)
        for kind in sorted(names, key=lambda kind: kind != first):
            entry = menu.addAction(names[kind])
            entry.triggered.connect(lambda _on=False, kind=kind: self._copy(order, kind))
            if kind == first:
                menu.setActiveAction(entry)
        menu.popup(place)

    def _copy(self, order: Order, kind: str) -> None:
        text = order_text(order, self.app.device, kind, self.app.today)
        QGuiApplication.clipboard().setText(text)
        self.page.say(_("The text is copied. Paste it into the chat."), "copy")

    def _deposit(self, order: Order) -> None:
        sheet = DepositSheet(self.page, self.app.theme, order)
        sheet.chosen.connect(lambda amount: self.paying.ask(order, amount, whole=False))
        self._open(sheet)

    def _cancel(self, order: Order) -> None:
        sheet = CancelSheet(self.page, self.app.theme, order)
        told = _("Cancel order {number}?").format(number=order.receipt)
        wanted = Wanted("order_cancel", order.receipt, told)
        entry = new_entry()
        sheet.chosen.connect(
            lambda reason, back: ask(
                self.app,
                self.page,
                wanted,
                lambda approval: self.app.do(
                    cancel, order, self.by(approval), reason, back=back, entry=entry
                ),
            )
        )
        self._open(sheet)

    def _give_back(self, order: Order) -> None:
        told = _("Give back the deposit of order {number}?").format(number=order.receipt)
        wanted, entry = Wanted("order_cancel", order.receipt, told), new_entry()

        def give() -> None:
            ask(
                self.app,
                self.page,
                wanted,
                lambda approval: self.app.do(give_back, order, self.by(approval), "cash", entry),
            )

        asked = question(
            self.page,
            self.app.theme,
            (told, _("It is given back in cash.")),
            (_("Give it back"), _("Not now")),
        )
        asked.accepted.connect(give)

    def _erase(self, order: Order) -> None:
        told = _("Erase the personal data of order {number}?").format(number=order.receipt)
        wanted = Wanted("erase", order.receipt, told)
        happens = _("Name, phone, account, address and note go here and from copies; goods and money stay.")
        backups = self.app.backups
        left = left_text(self.app.ledger, order, backups.wanted, backups.notes)
        words = (told, f"{happens}\n\n{left}".strip())
        asked = question(self.page, self.app.theme, words, (_("Erase"), _("Keep")))
        asked.accepted.connect(
            lambda: ask(
                self.app,
                self.page,
                wanted,
                lambda approval: self.app.do(erase, order, self.by(approval)),
            )
        )

    def _show_left(self, sheet: QuotaSheet, day: date | None) -> None:
        app = self.app
        if day is not None:
            work.run(lambda: left(app.ledger, day), done=sheet.show_left, failed=self._tell)

    def _set_quota(self, sheet: QuotaSheet, product: Product, day: date, most: int) -> None:
        told = _("At most {count} of {name} for {day}?").format(
            count=most, name=product.name, day=short_date(day)
        )

        def put(approval: Approval | None) -> None:
            try:
                set_quota(self.app.ledger, product.sku, day, most, self.by(approval))
            except UserError as error:
                sheet.message.say(str(error))
                return
            self._show_left(sheet, day)

        ask(self.app, self.page, Wanted("quota", subject(product.sku, day), told), put)

    def _show_deposit(self, made: list[Deposit]) -> None:
        """The receipt of what came in, and the change."""
        if not made:
            return
        sheet = PaperSheet(self.app, self.page, made[-1])
        sheet.say_done(sum(one.amount for one in made), change_of(made))
        self._open(sheet)

    def _show_sale(self, sale: Sale) -> None:
        self.app.screen_wanted.emit(0)
        self.app.sale_shown.emit(sale)

    def _open(self, sheet: Sheet, *, shown: bool = True) -> None:
        if self.sheet is not None:
            self.sheet.close_sheet()
        self.sheet = sheet
        sheet.closed.connect(lambda: self._close(sheet))
        if shown:
            sheet.open()

    def _close(self, sheet: Sheet) -> None:
        if self.sheet is sheet:
            self.sheet = None
        sheet.deleteLater()

    def _tell(self, error: UserError) -> None:
        if not self.page.isVisible():
            return
        if isinstance(self.sheet, OrderForm):
            self.sheet.tell(error)
        else:
            self.page.say(str(error), "circle-alert")

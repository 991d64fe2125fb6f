"""What the window holds when a ledger is open: the menu, the screen that was chosen, the status bar.

Over them, when they are asked for: the manual, the map of keys, and the page where people sign in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.cart import Cart
from pos.model import Product
from pos.text import _
from ui.app import App
from ui.guide import Guide
from ui.keys import meant, offered
from ui.page import Page, Scan
from ui.rail import Rail, RailButton
from ui.screens import GOODS, RETURNS, SCREENS, Screen, Shown, screens_of
from ui.status_bar import StatusBar
from ui.till.desk import Desk

if TYPE_CHECKING:  # seldom needed, and imported then
    from pos.receipt_pages import Sought
    from ui.people.sign_in import SignInPage


class Frame(QWidget):
    """Menu, screens, status bar. It only switches screens."""

    def __init__(self, app: App, shown: int = 0) -> None:
        """`shown` is the screen to begin with; another look makes the frame anew where it was."""
        super().__init__()
        self.app = app
        self.menu: tuple[Screen, ...] = screens_of(app)
        self.rail = Rail(app.theme)
        self.status = StatusBar(app)
        self.screens = QStackedWidget()
        self.buttons: list[RailButton] = []
        self.page: SignInPage | None = None
        self.guide = Guide(self, app, self._place, self._help_page)
        self.shown = 0
        self._strip: QWidget | None = None
        self._before_wall = Qt.WindowState.WindowNoState
        self._made: dict[int, Shown] = {}
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        self._right = right
        right.addWidget(self.screens, 1)
        right.addWidget(self.status)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addLayout(right, 1)
        self._fill_rail()
        app.shift_changed.connect(self._show_cashier)
        app.staff_changed.connect(self._show_cashier)
        app.locked_changed.connect(self._show_lock)
        app.screen_wanted.connect(self.choose)
        app.help_wanted.connect(self.guide.show_manual)
        self.guide.settings_wanted.connect(self.show_settings)
        app.badge_changed.connect(self._show_badge)
        app.order_wanted.connect(self.begin_order)
        app.paper_wanted.connect(self.show_papers)
        app.goods_wanted.connect(self.show_goods)
        app.receipt_wanted.connect(self.show_receipt)
        app.receipts_wanted.connect(self.show_receipts)
        app.unsold_wanted.connect(self.show_unsold)
        app.wall_wanted.connect(self.set_wall)
        app.backup_wanted.connect(self.show_backups)
        self._show_cashier()
        self.choose(0)
        if shown:
            self.choose(shown)
        self._show_lock()

    @property
    def sells(self) -> bool:
        """Whether there is a till; at the office there is none."""
        return self.menu is SCREENS

    @property
    def desk(self) -> Desk:
        """The till. Raises TypeError at the office."""
        desk = self._made[0]
        if not isinstance(desk, Desk):
            raise TypeError("the first screen is the till")
        return desk

    def put_above(self, strip: QWidget) -> None:
        """Something that always stands above the screens, and covers nothing."""
        self._right.insertWidget(0, strip)
        self._strip = strip
        strip.setEnabled(not self.app.locked)

    def choose(self, number: int) -> None:
        """Show screen `number` of the menu; the till, chosen once more, begins the next sale."""
        if number >= len(self.menu) or self.menu[number].make is None:
            return
        screen = self.menu[number]
        if self._made and number != self.shown:
            self.set_wall(on=False)
        if number not in self._made and screen.make:
            self._made[number] = screen.make(self.app)
            self.screens.addWidget(self._made[number])
        self.shown = number
        for place, button in enumerate(self.buttons):
            button.setAutoExclusive(False)
            button.setChecked(place == number)
        self.rail.update()
        self.screens.setCurrentWidget(self._made[number])
        self._made[number].begin()

    def begin_order(self, cart: Cart) -> None:
        """What is in the cart is to be ordered instead of bought."""
        from ui.orders.page import OrdersPage

        self.choose(1)
        page = self._made[1]
        if isinstance(page, OrdersPage):
            page.new_order(cart)

    def show_settings(self) -> None:
        """The page of settings."""
        self.choose(next(number for number, screen in enumerate(self.menu) if not screen.in_menu))

    def show_backups(self) -> None:
        """The page of settings, at what it says of copies."""
        from ui.settings.page import SettingsPage

        self.show_settings()
        page = self.screens.currentWidget()
        if isinstance(page, SettingsPage):
            page.show_section(_("Copies"))

    def show_papers(self, number: str) -> None:
        """The page of receipts and returns, with the paper of this number, if any."""
        from ui.returns.page import ReturnsPage

        self.choose(SCREENS.index(RETURNS))
        page = self.screens.currentWidget()
        if isinstance(page, ReturnsPage):
            page.want(number)

    def show_receipt(self, device: str, seq: int) -> None:
        """The office's list of receipts, with the one that this document is about."""
        from ui.office.receipts import ReceiptsPage

        names = [screen.place for screen in self.menu]
        if "receipts" in names:
            self.choose(names.index("receipts"))
        page = self.screens.currentWidget()
        if isinstance(page, ReceiptsPage):
            page.want(device, seq)

    def show_receipts(self, sought: Sought) -> None:
        """The receipts behind a figure: the office's list narrowed down, at a booth those with its words."""
        self.set_wall(on=False)
        if self.sells:
            from ui.returns.page import ReturnsPage

            self.show_papers("")
            page = self.screens.currentWidget()
            if isinstance(page, ReturnsPage):
                page.list.field.edit.setText(sought.text)
            return
        from ui.office.receipts import ReceiptsPage

        self.choose([screen.place for screen in self.menu].index("receipts"))
        shown = self.screens.currentWidget()
        if isinstance(shown, ReceiptsPage):
            shown.ask(sought)

    def show_unsold(self) -> None:
        """The till, with nothing but the goods of those who have not sold today."""
        self.set_wall(on=False)
        self.choose(0)
        goods = self.desk.till.goods
        goods.search.clear()
        goods.categories.choose("")
        goods.unsold.setChecked(goods.unsold.isEnabled())

    def set_wall(self, on: bool) -> None:
        """The board alone on the whole display, for a monitor that people look at; or everything again."""
        if on == self.app.on_wall:
            return
        from ui.board.page import BoardPage

        page = self.screens.currentWidget()
        if not isinstance(page, BoardPage):
            return
        self.app.on_wall = on
        page.show_wall()
        for around in (self.rail, self.status, self._strip):
            if around is not None:
                around.setVisible(not on)
        window = self.window()
        if on:
            self._before_wall = window.windowState()
            window.showFullScreen()
        else:
            window.setWindowState(self._before_wall)
        if not on and self.app.lock_due:
            self.app.lock_due = False
            self.app.lock()

    def show_goods(self, begun: Product | None) -> None:
        """The page of goods; with a product, a new one is begun there of which that much is known."""
        from ui.catalogue.page import GoodsPage

        self.choose(SCREENS.index(GOODS))
        page = self.screens.currentWidget()
        if begun is not None and isinstance(page, GoodsPage):
            page.want(begun)

    def take_scan(self, code: str) -> bool:
        """Something was scanned, wherever the keyboard is; False when it means nothing or was refused.

        It answers no question and signs nobody in; menus, manual and map of keys make way.
        """
        from ui.cover import asking  # nothing is scanned in the first moment

        if self.app.locked or asking(self.window()):
            return False
        if menu := QApplication.activePopupWidget():
            menu.close()
        self.guide.close()
        shown = self._made[self.shown]
        if not isinstance(shown, Desk):
            answer = shown.take_scan(code)
            if answer is not Scan.ELSEWHERE or not self.sells:
                return answer is Scan.TAKEN
            self.choose(0)
        return self.desk.take_scan(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nobody wanted: those of the program, then those of the screen that is shown."""
        found = meant(event, "anywhere")
        action, which = found or ("", 0)
        if action == "screen":
            self.choose(which)
        elif action == "help":
            self.guide.show(which)
        elif action == "lock":
            self.app.lock()
        elif action == "settings":
            self.show_settings()
        elif action == "back" and self.guide.close():
            event.accept()
        elif isinstance(shown := self.screens.currentWidget(), Desk | Page) and not offered(shown):
            shown.keyPressEvent(event)  # the menu has the keyboard
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What lies over everything stays over everything."""
        super().resizeEvent(event)
        self.guide.fit()
        if self.page is not None:
            self.page.setGeometry(self.contentsRect())

    def _fill_rail(self) -> None:
        for number, screen in enumerate(self.menu):
            if not screen.in_menu:
                continue
            button = RailButton(screen.name(), screen.icon, self.app.theme, enabled=screen.make is not None)
            button.clicked.connect(lambda _checked=False, number=number: self.choose(number))
            self.buttons.append(button)
            self.rail.add(button)
        self.rail.help.clicked.connect(self.guide.show_manual)
        self.rail.avatar.clicked.connect(self.app.lock)

    def _place(self) -> str:
        """The place of the keys (ui/keys.py) that is in sight."""
        if self.app.locked:
            return "sign in"
        return self.desk.place if self.sells and self.shown == 0 else self.menu[self.shown].place

    def _help_page(self) -> str:
        """The page of the manual about what is in sight."""
        from ui.manual.whereabouts import page_of, page_over

        if self.app.locked:
            return "sign-in"
        return page_over(QApplication.focusWidget()) or page_of(self.menu[self.shown], self._made[self.shown])

    def _show_badge(self, number: int, count: int) -> None:
        self.buttons[number].set_badge(count)

    def _show_cashier(self) -> None:
        self.rail.show_cashier(self.app.cashier.name)

    def _show_lock(self) -> None:
        """Ask who is selling; what lies below stays as it is, out of reach."""
        for below in (self.rail, self.screens, self.status, self._strip):
            if below is not None:
                below.setEnabled(not self.app.locked)
        if self.app.locked:
            if self.page is None:
                from ui.people.sign_in import SignInPage

                self.page = SignInPage(self.app)
                self.page.setParent(self)
                self.page.entered.connect(self.app.sign_in)
            self.page.setGeometry(self.contentsRect())
            self.page.show_people()
            self.page.show()
            self.page.raise_()
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.page is not None:
            self.page.hide()
            self._made[self.shown].begin()

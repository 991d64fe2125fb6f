"""The screens of the program in the order of the menu. A new one is one entry here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pos.model import Product
from pos.text import _
from ui.app import App
from ui.page import Page
from ui.till.desk import Desk

if TYPE_CHECKING:  # made when it is asked for
    from ui.settings.page import SettingsPage

Shown: TypeAlias = "Desk | SettingsPage | Page"  # each is told by `begin` that it has come into sight


class Screen(NamedTuple):
    """A menu entry: icon, name in the language in use, and what makes it (None: not in this version)."""

    icon: str
    name: Callable[[], str]
    make: Callable[[App], Shown] | None = None
    in_menu: bool = True
    place: str = ""  # of ui/keys.py, whose keys hold there; the till's differ from step to step
    help: str = "sell"  # the page of the manual (pos/manual.py) that F1 opens there


def _stock(app: App) -> Shown:
    from ui.catalogue.labels_sheet import open_labels
    from ui.stock.page import StockPage

    page = StockPage(app)
    page.offer_labels(lambda counts: open_labels(app, page, counts))
    page.offer_new_product(lambda unit: app.goods_wanted.emit(Product("", "", 0, unit)))
    return page


def _settings(app: App) -> Shown:
    from ui.settings.page import SettingsPage

    return SettingsPage(app)


def _closing(app: App) -> Shown:
    from ui.closing.page import ClosingPage

    return ClosingPage(app)


def _orders(app: App) -> Shown:
    from ui.orders.page import OrdersPage

    return OrdersPage(app)


def _returns(app: App) -> Shown:
    from ui.returns.page import ReturnsPage

    return ReturnsPage(app)


def _sync(app: App) -> Shown:
    from ui.sync.page import SyncPage

    return SyncPage(app)


def _board(app: App) -> Shown:
    from ui.board.page import BoardPage

    return BoardPage(app)


def _reports(app: App) -> Shown:
    from ui.reports.page import ReportsPage

    return ReportsPage(app)


def _receipts(app: App) -> Shown:
    from ui.office.receipts import ReceiptsPage

    return ReceiptsPage(app)


def _units(app: App) -> Shown:
    from ui.office.units import UnitsPage

    return UnitsPage(app)


def _one_number(app: App) -> Shown:
    from ui.office.one_number import OneNumberPage

    return OneNumberPage(app)


def _merging(app: App) -> Shown:
    from ui.office.merging import MergingPage

    return MergingPage(app)


def _exceptions(app: App) -> Shown:
    from ui.office.exceptions import ExceptionsPage

    return ExceptionsPage(app)


def _goods(app: App) -> Shown:
    from ui.catalogue.page import GoodsPage

    return GoodsPage(app)


RETURNS = Screen(
    "undo-2", lambda: _("Receipts and returns"), _returns, in_menu=False, place="returns", help="refund"
)
GOODS = Screen("package", lambda: _("Goods"), _goods, in_menu=False, place="goods", help="goods")
SCREENS = (
    Screen("shopping-basket", lambda: _("Till"), Desk),
    Screen("clipboard-list", lambda: _("Orders"), _orders, place="orders", help="order"),
    Screen("package-open", lambda: _("Stock"), _stock, place="stock", help="deliveries"),
    Screen("grid-3x3", lambda: _("Daily"), _board, place="board", help="board"),
    Screen("chart-column", lambda: _("Reports"), _reports, place="reports", help="reports"),
    Screen("refresh-cw", lambda: _("Sync"), _sync, place="sync", help="sync"),
    Screen("lock-keyhole", lambda: _("Close"), _closing, place="closing", help="close-shift"),
    Screen("settings", lambda: _("Settings"), _settings, in_menu=False, help="settings"),
    RETURNS,
    GOODS,
)

# At the office nothing is sold: what all booths sold, every receipt, the institutions, what agrees.
OFFICE = (
    Screen("chart-column", lambda: _("Reports"), _reports, place="reports", help="reports"),
    Screen("sticky-note", lambda: _("Receipts"), _receipts, place="receipts", help="office"),
    Screen("landmark", lambda: _("UPT"), _units, place="reports", help="settlement"),
    Screen("shield-check", lambda: _("Figures"), _one_number, place="reports", help="office"),
    Screen("triangle-alert", lambda: _("Look at"), _exceptions, place="reports", help="office"),
    Screen("refresh-cw", lambda: _("Sync"), _merging, place="sync", help="merge"),
    Screen("grid-3x3", lambda: _("Daily"), _board, place="board", help="board"),
    Screen("settings", lambda: _("Settings"), _settings, in_menu=False, help="settings"),
)


def screens_of(app: App) -> tuple[Screen, ...]:
    """The menu of a booth, or of the office."""
    return OFFICE if app.office else SCREENS


def first_of(app: App) -> int:
    """The screen to begin with: at an office to which nothing came yet the one where it will."""
    if app.office and not app.opening.institutions:
        return next(number for number, screen in enumerate(OFFICE) if screen.place == "sync")
    return 0

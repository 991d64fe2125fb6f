"""The stock screen, served by hand."""

from __future__ import annotations

from pos.stock_slips import StockSlip, slips_of
from tests.books import STAFF
from ui.people.approval_sheet import ApprovalSheet
from ui.stock.page import COUNT, GIVE_BACK, RECEIVE, StockPage
from ui.stock.parts import Stepper

UNIT = "LPP-PLG"


def officer(page: StockPage) -> None:
    page.app.sign_in(STAFF[1])


def asking(page: StockPage) -> ApprovalSheet:
    """The sheet that asks for an officer."""
    (sheet,) = (one for one in page.window().findChildren(ApprovalSheet) if one.isVisible())
    return sheet


def slips(page: StockPage, unit: str = UNIT) -> list[StockSlip]:
    with page.app.ledger.read() as conn:
        return slips_of(conn, unit)


def stepper(page: StockPage, sku: str) -> Stepper:
    tables = {RECEIVE: page.receive_tab.table, COUNT: page.count_tab.table, GIVE_BACK: page.back_tab.table}
    return next(cell for cell in tables[page.shown].rows[sku].cells if isinstance(cell, Stepper))


def banner(page: StockPage) -> str:
    return page.banner.accessibleName() if page.banner.isVisible() else ""

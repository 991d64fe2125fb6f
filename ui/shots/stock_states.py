"""States of the stock screen that are photographed: deliveries, counts, returns, balances, sheets."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from pos.consignment import give_back, receive
from pos.counts import enter, explain, finish, open_count
from pos.deliveries import Entry, Head
from pos.model import By
from pos.remittances import Paying, remit
from ui.screens import SCREENS
from ui.shots.studio import Stage
from ui.stock.count import Difference
from ui.stock.page import BALANCE, COUNT, GIVE_BACK, StockPage
from ui.stock.views import CardSheet

UNIT, PARTNER, LETTER = "LPP-PLG", "Yuliana, S.H.", "W6.PAS.23-114"
RECEIVED = (
    ("NASTAR-500", 40),
    ("PUTRI-500", 24),
    ("SEMPRONG", 30),
    ("KASTENGEL-500", 6),
    ("NANAS-GULUNG", 12),
)


def stock_page(stage: Stage) -> StockPage:
    """The stock screen, which an officer looks at, with what happened before it."""
    app = stage.app
    officer = next(one for one in app.staff.values() if one.role != "kasir")
    by = By(officer, app.shift)
    mine = [one.sku for one in app.opening.products if one.institution == UNIT and not one.components]
    if mine:
        head = Head(UNIT, PARTNER, "W6.PAS.23-098")
        receive(app.ledger, head, [Entry(mine[0], 12, "B-07", date(2023, 4, 19))], by, 85)
        give_back(app.ledger, head, [Entry(mine[0], 2)], by)
        remit(app.ledger, UNIT, Paying(1_500_000, "transfer", PARTNER, "BRI 4471"), by)
    place = next(number for number, screen in enumerate(SCREENS) if screen.icon == "package-open")
    app.sign_in(officer)
    stage.frame.choose(place)
    stage.rest()
    page = stage.frame.screens.currentWidget()
    if not isinstance(page, StockPage):
        raise TypeError(page)
    return page


def receiving(stage: Stage) -> QWidget:
    """Picture 09: five kinds are being received."""
    page = stock_page(stage)
    tab = page.receive_tab
    tab.partner.edit.setText(PARTNER)
    tab.letter.edit.setText(LETTER)
    goods = {one.sku: one for one in page.desk.goods()}
    for sku, qty in RECEIVED:
        if sku in goods:
            tab.add(goods[sku], qty)
    stage.rest()
    return stage.frame


def received(stage: Stage) -> QWidget:
    """The goods are in, and their paper can be printed."""
    receiving(stage)
    stage.press("F9")
    return stage.frame


def searching(stage: Stage) -> QWidget:
    """What was found below the field."""
    receiving(stage)
    stage.type("10*nas")
    return stage.frame


def counting(stage: Stage) -> QWidget:
    """Picture 09b: five kinds are counted, one differs and has its cause, another has none."""
    page = stock_page(stage)
    page.show_tab(COUNT)
    goods = page.desk.goods()
    ledger = stage.app.ledger
    for number, product in enumerate(goods[:5]):
        expected = enter(ledger, UNIT, product.sku, 0).results[product.sku].expected
        enter(ledger, UNIT, product.sku, max(expected + (0, 0, -1, 0, 1)[number], 0))
    if len(goods) > 4:
        explain(ledger, UNIT, goods[4].sku, "miscount")
    page.refresh()
    page.take_focus()
    stage.rest()
    return stage.frame


def cause(stage: Stage) -> QWidget:
    """Why it differs."""
    counting(stage)
    page = stage.frame.screens.currentWidget()
    if isinstance(page, StockPage):
        found = page.count_tab.table.rows["SEMPRONG"].cells[2]
        if isinstance(found, Difference):
            found.why.click()
    stage.rest()
    return stage.frame


def counted(stage: Stage) -> QWidget:
    """The count is finished."""
    counting(stage)
    page = stage.frame.screens.currentWidget()
    if isinstance(page, StockPage):
        explain(stage.app.ledger, UNIT, "SEMPRONG", "lost")
        finish(stage.app.ledger, open_count(stage.app.ledger, UNIT), page.desk.by())
        page.show_tab(0)
    stage.rest()
    return stage.frame


def returning(stage: Stage) -> QWidget:
    """Everything that is left goes back."""
    page = stock_page(stage)
    page.show_tab(GIVE_BACK)
    page.back_tab.partner.edit.setText(PARTNER)
    stage.rest()
    return stage.frame


def balances(stage: Stage) -> QWidget:
    """Every institution."""
    stock_page(stage).show_tab(BALANCE)
    stage.rest()
    return stage.frame


def card(stage: Stage) -> QWidget:
    """A product's stock card."""
    stock_page(stage).desk.opened.emit("NASTAR-500")
    stage.rest()
    return stage.frame


def write_off(stage: Stage) -> QWidget:
    """Damaged, sample or gift."""
    page = stock_page(stage)
    page.desk.opened.emit("NASTAR-500")
    stage.rest()
    sheet = page.sheet()
    if isinstance(sheet, CardSheet):
        sheet.off.click()
    stage.rest()
    return stage.frame


def paying(stage: Stage) -> QWidget:
    """A payment is put down."""
    stock_page(stage).standing.remit_button.click()
    stage.rest()
    return stage.frame


def papers(stage: Stage) -> QWidget:
    """The papers of an institution."""
    stock_page(stage).standing.papers_button.click()
    stage.rest()
    return stage.frame


def picking(stage: Stage) -> QWidget:
    """Which institution."""
    stock_page(stage).receive_tab.unit.click()
    stage.rest()
    return stage.frame

"""Where things are on the till, and what is in its cart and its books."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from sqlalchemy import event, func, select

from pos.ledger import Ledger
from pos.model import Sale
from pos.tables import SALE
from tests.ui.hands import key, type_text
from ui import work
from ui.till.desk import Desk


def tile(desk: Desk, sku: str) -> QPoint:
    """The middle of a product's tile, in the grid's viewport."""
    grid = desk.till.goods.grid
    row = [item.product.sku for item in grid.goods.items].index(sku)
    return grid.visualRect(grid.goods.index(row)).center()


def tap_tile(desk: Desk, sku: str) -> None:
    """Click on a product's tile."""
    click(desk.till.goods.grid.viewport(), tile(desk, sku))


def tap_stepper(desk: Desk, row: int, part: str) -> None:
    """Click on `less` or `more` of a line of the cart."""
    lines = desk.till.cart.list
    box = lines.painter.stepper(lines.visualRect(lines.lines.index(row)))
    reach = QPoint(box.width() // 3, 0)
    click(lines.viewport(), box.center() + (reach if part == "more" else -reach))


def click(on: QWidget, place: QPoint) -> None:
    """One click of the left button."""
    QTest.mouseClick(on, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def in_cart(desk: Desk) -> dict[str, int]:
    """Pieces by SKU."""
    return {line.product.sku: line.qty for line in desk.till.basket.cart.lines}


def sales(ledger: Ledger) -> int:
    """How many sales the ledger holds."""
    with ledger.read() as conn:
        return conn.execute(select(func.count()).select_from(SALE)).scalar_one()


def shown_sale(desk: Desk) -> Sale:
    """The sale on the done screen."""
    assert desk.sale is not None, "no sale is shown"
    assert desk.currentWidget() is desk.done
    return desk.sale


def limit_pages(ledger: Ledger, most: int) -> None:
    """Let the ledger's file have at most `most` pages, but at least those it has.

    SQLite holds that per connection, so all are made anew: the cart is kept over another than the sale.
    """
    work.finish()
    ledger.engine.dispose()
    event.listen(
        ledger.engine, "connect", lambda raw, _record: raw.execute(f"PRAGMA max_page_count = {most}")
    )


def scan(code: str) -> None:
    """What a scanner sends: each character where the focus is by then, and Enter."""
    for letter in code:
        type_text(letter)
    key(Qt.Key.Key_Return)

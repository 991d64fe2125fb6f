"""What the till shows of the goods."""

from __future__ import annotations

from pos.ledger import Ledger
from pos.today import opening_of
from tests.books import DAY, sell
from ui.till.goods import refreshed, shelf_of


def test_the_shelf_knows_stock_and_who_has_not_sold(till: Ledger) -> None:
    sell(till, {"NASTAR-500": 3})
    shelf = shelf_of(opening_of(till))
    left = {item.product.sku: item.left for item in shelf.items}
    assert (left["NASTAR-500"], left["HAMPERS"]) == (97, 50)
    assert shelf.unsold == {"LP1-PLG", "LPK-MRE"}
    sell(till, {"PECI": 1})
    again = refreshed(shelf, till, DAY)
    assert again.unsold == {"LPK-MRE"}
    assert [item.product for item in again.items] == [item.product for item in shelf.items]


def test_categories_come_in_the_order_of_the_tiles(till: Ledger) -> None:
    shelf = shelf_of(opening_of(till))
    assert shelf.categories() == {"Kue kering": 3, "Busana": 1, "Minuman": 1, "Hampers": 1}

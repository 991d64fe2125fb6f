"""Stock on hand: what came in less what went out."""

from __future__ import annotations

import pytest

from pos.catalog import products
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import available
from pos.stock import on_hand, receive
from tests.books import CATALOGUE, documents, sell


def test_goods_come_in_and_go_out(till: Ledger) -> None:
    receive(till, {"PECI": 5})
    sell(till, {"PECI": 2})
    assert on_hand(till)["PECI"] == 103


def test_a_bundle_takes_its_components(till: Ledger) -> None:
    sell(till, {"HAMPERS": 2})
    assert on_hand(till) == {"NASTAR-500": 98, "PUTRI-500": 100, "SEMPRONG": 96, "PECI": 98, "KOPI-GRAM": 100}


def test_more_may_be_sold_than_the_books_hold(till: Ledger) -> None:
    sell(till, {"PECI": 103})
    assert on_hand(till)["PECI"] == -3


def test_as_many_bundles_can_be_had_as_the_scarcest_component_allows(till: Ledger) -> None:
    hampers = products(till)[-1]
    assert available(hampers, {"NASTAR-500": 9, "SEMPRONG": 5, "PECI": 7}) == 2
    assert available(hampers, {"NASTAR-500": 9, "PECI": 7}) is None


def test_what_was_never_counted_has_no_count() -> None:
    assert available(CATALOGUE[0], {}) is None
    assert available(CATALOGUE[0], {"NASTAR-500": 0}) == 0


@pytest.mark.parametrize("items", [{"PECI": -1}, {"PECI": 1, "NO-SUCH": 1}])
def test_a_wrong_slip_is_refused_whole(till: Ledger, items: dict[str, int]) -> None:
    before = documents(till)
    with pytest.raises(Refused):
        receive(till, items)
    assert documents(till) == before

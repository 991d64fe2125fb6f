"""A receipt is found again by whatever is known of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pos.errors import Refused
from pos.ledger import Ledger
from pos.refunds import void
from pos.sales_search import find_papers, paper_at
from tests.books import DAY, bring, busy_day, documents, sell, shift_of


def numbers(ledger: Ledger, text: str = "") -> list[str]:
    return [one.number for one in find_papers(ledger, text)]


def test_by_number_amount_product_and_cashier(till: Ledger) -> None:
    sales = busy_day(till)
    assert numbers(till) == [sale.receipt for sale in reversed(sales)]
    assert numbers(till, "0003") == [sales[2].receipt]
    assert numbers(till, sales[1].receipt.lower()) == [sales[1].receipt]
    assert numbers(till, "Rp65.000") == numbers(till, "65000") == [sales[0].receipt]
    assert numbers(till, "putri") == [sales[-1].receipt]
    assert numbers(till, "wulan") == [sales[-1].receipt]
    assert numbers(till, "hampers 405.000") == [sales[1].receipt]
    for nothing in ("zzz", "<zq>", "'", "\u202e", "99999999999999999999999", "²"):
        assert numbers(till, nothing) == []


def test_what_came_back_is_in_the_list_and_marks_its_sale(till: Ledger) -> None:
    sale = sell(till, {"PECI": 2})
    back = void(till, sale, shift_of(till), "rina")
    first, second = find_papers(till)
    assert (first.kind, first.number, first.total) == ("void", back.receipt, 100_000)
    assert (second.kind, second.state, second.goods, second.qty) == ("sale", "cancelled", ("Peci Bordir",), 2)
    assert paper_at(till, first.device, first.seq) == back
    assert paper_at(till, second.device, second.seq) == sale
    for seq in (1, 999):
        with pytest.raises(Refused):
            paper_at(till, sale.device, seq)


def test_by_day_and_in_a_central_file(till: Ledger, collector: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    assert [one.number for one in find_papers(till, day=DAY)] == [sale.receipt]
    assert not find_papers(till, day=DAY + timedelta(days=1))
    for chain in documents(till).values():
        bring(collector, chain)
    assert find_papers(collector) == find_papers(till)
    assert find_papers(collector, "nihil") == ()

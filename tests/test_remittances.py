"""The institutions' money: their share of what was sold, also inside bundles, and what was paid of it."""

from __future__ import annotations

import pytest

from pos.approvals import granted
from pos.chains import reading
from pos.errors import Refused
from pos.ledger import Ledger, set_setting
from pos.model import By
from pos.refunds import void
from pos.remittances import (
    PERCENT,
    Account,
    Paying,
    account_of,
    accounts,
    remit,
    remittances_of,
    share_of,
)
from pos.sync import copy_chains
from tests.books import STAFF, busy_day, derived, documents, sell, shift_of

UNIT = "LPP-PLG"


def officer(ledger: Ledger) -> By:
    return By(STAFF[1], shift_of(ledger))


def test_the_shares_come_to_what_was_sold_less_what_came_back(till: Ledger) -> None:
    sales = busy_day(till)
    void(till, sell(till, {"HAMPERS": 3}), shift_of(till), "rina")
    with till.read() as conn:
        found = accounts(conn, "S03")
    assert sum(one.turnover for one in found.values()) == sum(sale.total for sale in sales)
    assert all(one.share == share_of(one.turnover, 85) for one in found.values())


def test_a_bundles_money_is_that_of_whose_goods_are_inside(till: Ledger) -> None:
    sale = sell(till, {"HAMPERS": 1})
    peci = next(part.amount for part in sale.lines[0].parts if part.sku == "PECI")
    assert account_of(till, "LP1-PLG").turnover == peci
    assert account_of(till, UNIT).turnover == sale.total - peci


def test_another_share_is_a_setting_and_a_senseless_one_is_none(till: Ledger) -> None:
    sell(till, {"NASTAR-500": 1})
    set_setting(till, PERCENT, "50")
    assert account_of(till, UNIT).share == 32_500
    set_setting(till, PERCENT, "8500")
    assert account_of(till, UNIT).share == 55_250


def test_what_was_paid_is_no_longer_due(till: Ledger) -> None:
    sell(till, {"NASTAR-500": 2})
    paid = remit(till, UNIT, Paying(50_000, "cash", "Yuliana"), officer(till))
    assert paid.receipt == f"{till.own().prefix}-S00001"
    assert paid.account == Account(130_000, 110_500, 0)
    remit(till, UNIT, Paying(60_500, "transfer", "Yuliana", "BRI 0042"), officer(till))
    assert account_of(till, UNIT) == Account(130_000, 110_500, 110_500)
    assert account_of(till, UNIT).due == 0
    assert [one.amount for one in remittances_of(till, UNIT)] == [50_000, 60_500]


def test_a_late_return_may_leave_too_much_paid(till: Ledger) -> None:
    sale = sell(till, {"NASTAR-500": 1})
    remit(till, UNIT, Paying(55_250, "transfer", "Yuliana"), officer(till))
    void(till, sale, shift_of(till), "rina")
    assert account_of(till, UNIT).due == -55_250
    with pytest.raises(Refused, match="Rp0"):
        remit(till, UNIT, Paying(1, "transfer", "Yuliana"), officer(till))


@pytest.mark.parametrize(
    ("unit", "paying"),
    [
        (UNIT, Paying(0, "cash", "Yuliana")),
        (UNIT, Paying(-5, "cash", "Yuliana")),
        (UNIT, Paying(55_251, "cash", "Yuliana")),
        (UNIT, Paying(10**15, "cash", "Yuliana")),
        (UNIT, Paying(5, "qris", "Yuliana")),
        (UNIT, Paying(5, "cash", " \u202e")),
        ("TIDAK-ADA", Paying(5, "cash", "Yuliana")),
    ],
    ids=str,
)
def test_a_wrong_payment_is_told_and_changes_nothing(till: Ledger, unit: str, paying: Paying) -> None:
    sell(till, {"NASTAR-500": 1})
    by, before = officer(till), documents(till)
    with pytest.raises(Refused) as told:
        remit(till, unit, paying, by)
    assert told.value.message
    assert documents(till) == before


def test_cash_comes_out_of_a_drawer_and_the_officer_allows_it(till: Ledger) -> None:
    sell(till, {"NASTAR-500": 1})
    with pytest.raises(Refused):
        remit(till, UNIT, Paying(5, "cash", "Yuliana"), By(STAFF[1]))
    rina = By(STAFF[0], shift_of(till))
    with pytest.raises(Refused, match="petugas"):
        remit(till, UNIT, Paying(5, "cash", "Yuliana"), rina)
    allowed = granted(till, "sari", "remit", UNIT)
    remit(till, UNIT, Paying(5, "cash", "Yuliana"), By(STAFF[0], shift_of(till), allowed))
    assert derived(till)["approval"][0][6] == "sari"


def test_the_central_file_has_the_same_rows(till: Ledger, collector: Ledger) -> None:
    sell(till, {"HAMPERS": 1})
    remit(till, "LP1-PLG", Paying(1_000, "transfer", "Budi"), officer(till))
    with reading(till) as source:
        assert copy_chains(source, collector).refused == []
    assert derived(collector) == derived(till)
    with collector.read() as conn, till.read() as mine:
        assert accounts(conn) == accounts(mine, "S03")

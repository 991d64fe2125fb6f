"""Stock and settlement: what the institutions brought, what became of it, and whose money a bundle is."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from pos.chains import reading
from pos.clock import stopped_at
from pos.consignment import give_back, write_off
from pos.deliveries import Entry, Head
from pos.errors import Refused
from pos.ledger import Ledger, open_target
from pos.model import By
from pos.opening import read_opening
from pos.refunds import void
from pos.remittances import Paying, remit
from pos.reports import Period, run_report
from pos.sync import copy_chains
from pos.today import sold_institutions
from tests.books import DAY, MOMENT, STAFF, booth, busy_day, sell, shift_of
from tests.reports.test_reports import row

NAMES = ("stock", "settlement", "institutions", "daily-board", "totals", "days")


def exhibition(ledger: Ledger) -> None:
    """A day with bundles of two institutions, returns, goods that leave, and money that is paid out."""
    busy_day(ledger)
    void(ledger, sell(ledger, {"HAMPERS": 2}), shift_of(ledger), "rina")
    by = By(STAFF[1], shift_of(ledger))
    write_off(ledger, "damaged", Head("LPP-PLG", reason="remuk"), [Entry("SEMPRONG", 3)], by)
    give_back(ledger, Head("LP1-PLG", "Budi"), [Entry("PECI", 50)], by)
    remit(ledger, "LP1-PLG", Paying(10_000, "transfer", "Budi"), by)


def test_a_bundle_counts_for_those_whose_goods_are_inside(till: Ledger) -> None:
    sale = sell(till, {"HAMPERS": 2}, discount=1_001)
    parts = sale.lines[0].parts
    for name in ("institutions", "daily-board", "settlement"):
        table = run_report(till, name, Period())
        for code in ("LPP-PLG", "LP1-PLG"):
            mine = sum(part.amount for part in parts if part.institution == code)
            assert row(table, code)["total"] == mine, name
        assert table.totals["total"] == sale.total
    assert row(run_report(till, "institutions", Period()), "LPP-PLG")["qty"] == 6
    for name in ("totals", "days"):  # asked of one institution they say the same
        theirs = run_report(till, name, Period(institution="LP1-PLG")).totals
        assert (theirs["qty"], theirs["total"]) == (2, sum(p.amount for p in parts if p.sku == "PECI"))
    assert run_report(till, "totals", Period()).rows[0][-2] == 2  # institutions that sold


def test_who_is_in_a_bundle_has_sold_today_for_both_ways_into_the_till(tmp_path: Path) -> None:
    path = tmp_path / "stan.lapak"
    ledger = booth(path)
    sale = sell(ledger, {"HAMPERS": 1})
    assert sold_institutions(ledger, DAY) == {"LPP-PLG", "LP1-PLG"}
    quick = read_opening(path, stopped_at(MOMENT))
    assert quick is not None
    assert quick.sold == {"LPP-PLG", "LP1-PLG"}
    void(ledger, sale, shift_of(ledger), "rina")
    assert sold_institutions(ledger, DAY) == set()
    ledger.close()
    again = read_opening(path, stopped_at(MOMENT))
    assert again is not None
    assert again.sold == set()


def test_the_settlement_tells_goods_and_money(till: Ledger) -> None:
    exhibition(till)
    theirs = row(run_report(till, "settlement", Period()), "LP1-PLG")
    assert (theirs["received"], theirs["returned"], theirs["left"]) == (100, 50, 45)
    assert theirs["sold"] == 5  # three of them in bundles
    assert (theirs["paid"], theirs["due"]) == (10_000, int(str(theirs["share"])) - 10_000)
    one = run_report(till, "settlement", Period(institution="LP1-PLG"))
    assert [cells[0] for cells in one.rows] == ["LP1-PLG"]


def test_the_stock_report_adds_up(till: Ledger) -> None:
    exhibition(till)
    table = run_report(till, "stock", Period(booth="S03"))
    for cells in table.rows:
        received, sold, back, lost, returned, counted, left = cells[3:]
        assert received - sold + back - lost - returned + counted == left


def test_days_are_refused_for_what_has_none(till: Ledger) -> None:
    for name in ("stock", "settlement"):
        with pytest.raises(Refused):
            run_report(till, name, Period(start=DAY))


def test_postgres_says_the_same(till: Ledger, postgres_url: str) -> None:
    exhibition(till)
    with closing(open_target(postgres_url, stopped_at(MOMENT))) as central:
        with reading(till) as source:
            assert copy_chains(source, central).refused == []
        for name in NAMES:
            for period in (Period(), Period(institution="LP1-PLG", booth="S03")):
                assert run_report(central, name, period) == run_report(till, name, period), name

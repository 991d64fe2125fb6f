"""Reports: every way of adding up the same sales comes to the same, and silence is shown."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from pos.chains import reading
from pos.clock import stopped_at
from pos.errors import Refused
from pos.ledger import Ledger, create_collector, open_ledger, open_target
from pos.model import Table
from pos.reports import REPORTS, Period, run_report
from pos.sync import copy_chains
from pos.today import sold_institutions
from tests.books import DAY, MOMENT, WIB, booth, busy_day, new_ledger, next_shift, sell

ALWAYS = Period()
NEXT_DAY = DAY + timedelta(days=1)
WALKING = {"radar", "reconcile", "cross-check", "numbers", "shifts", "orders", "exceptions", "approvals"}
WALKING |= {"returns"}  # over what came back alone
FROM_SUMS = sorted(REPORTS.keys() - WALKING)


def report(ledger: Ledger, name: str, period: Period = ALWAYS) -> Table:
    return run_report(ledger, name, period)


def row(table: Table, key: object) -> dict[str, object]:
    """The row that has `key` in one of its first two columns, by column."""
    found = next(cells for cells in table.rows if key in cells[:2])
    return dict(zip((column.key for column in table.columns), found, strict=True))


def merge(*ledgers: Ledger, target: Ledger) -> None:
    for ledger in ledgers:
        with reading(ledger) as source:
            assert copy_chains(source, target).refused == []


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Ledger]:
    """Two booths' days in one ledger: S03 on the 14th, S07 on the 14th and the 15th."""
    create_collector(tmp_path / "pusat.lapak")
    centre = open_ledger(tmp_path / "pusat.lapak", stopped_at(MOMENT))
    third, seventh = booth(tmp_path / "s03.lapak"), booth(tmp_path / "s07.lapak", "S07")
    busy_day(third)
    sell(seventh, {"PECI": 2})
    next_shift(seventh, "rina", NEXT_DAY)
    sell(seventh, {"NASTAR-500": 1})
    merge(third, seventh, target=centre)
    third.close()
    seventh.close()
    yield centre
    centre.close()


@pytest.mark.parametrize("name", sorted(set(FROM_SUMS) - {"payments", "stock", "pnbp", "targets"}))
def test_every_report_comes_to_the_turnover_of_the_receipts(till: Ledger, name: str) -> None:
    sales = busy_day(till)
    assert report(till, name).totals["total"] == sum(sale.total for sale in sales)


def test_the_ways_to_pay_come_to_the_turnover_too(till: Ledger) -> None:
    sales = busy_day(till)
    paid = report(till, "payments")
    assert paid.totals["amount"] == sum(sale.total for sale in sales)
    assert row(paid, "qris")["count"] == 2
    assert row(paid, "qris")["name"] == "QRIS"


def test_totals_say_what_was_sold(till: Ledger) -> None:
    sales = busy_day(till)
    told = row(report(till, "totals"), len(sales))
    turnover, discount = sum(sale.total for sale in sales), sum(sale.discount for sale in sales)
    assert told["qty"] == sum(sale.qty for sale in sales)
    assert (told["gross"], told["discount"], told["total"]) == (turnover + discount, discount, turnover)
    assert (told["average"], told["institutions"], told["days"]) == (turnover // len(sales), 3, 1)


@pytest.mark.parametrize("name", FROM_SUMS)
def test_no_report_walks_over_the_sales(till: Ledger, name: str) -> None:
    busy_day(till)
    before = report(till, name)
    with till.write() as conn:
        for table in ("sale", "sale_line", "payment"):
            conn.exec_driver_sql(f"DELETE FROM {table}")
    assert report(till, name) == before


@pytest.mark.parametrize("name", REPORTS)
def test_a_ledger_without_sales_has_every_report(till: Ledger, name: str) -> None:
    table = report(till, name)
    assert table.totals.get("total", 0) == table.totals.get("sales", 0) == 0


@pytest.mark.parametrize("name", REPORTS)
def test_a_central_file_without_documents_has_every_report(tmp_path: Path, name: str) -> None:
    create_collector(tmp_path / "pusat.lapak")
    with closing(open_ledger(tmp_path / "pusat.lapak")) as centre:
        assert report(centre, name).name == name


def test_the_books_reconcile(centre: Ledger) -> None:
    assert [cells[-1] for cells in report(centre, "cross-check").rows] == [0] * 10
    found = report(centre, "reconcile")
    assert [cells[0] for cells in found.rows] == ["", "S03", "S07"]
    assert found.totals == {"difference": 0}
    turnover = report(centre, "totals").totals["total"]
    assert found.rows[0][2:8] == (*(turnover,) * 5, 0)


def test_a_sum_that_is_off_is_named(till: Ledger) -> None:
    sell(till, {"PECI": 1})
    with till.write() as conn:
        conn.exec_driver_sql("UPDATE day_payment SET amount = amount - 500")
    table = report(till, "cross-check")
    assert [cells[-1] for cells in table.rows] == [0, 0, 0, 0, 500, 0, 0, 0, 0, 0]
    assert table.totals == {"difference": 500}
    one = report(till, "reconcile")
    assert one.totals == {"difference": 500}
    assert one.rows[0][8:] == ("Jumlah tersimpan Jumat, 14 April 2023", till.own().code, 0)


@pytest.mark.parametrize(("place", "table"), [(8, "block_unit"), (9, "shift_sum")])
def test_a_sum_that_reports_use_instead_of_papers_is_held_against_them(
    till: Ledger, place: int, table: str
) -> None:
    sell(till, {"PECI": 1, "HAMPERS": 2})
    with till.write() as conn:
        conn.exec_driver_sql(f"UPDATE {table} SET total = total - 500 WHERE total > 60000")
    assert [n for n, cells in enumerate(report(till, "cross-check").rows) if cells[-1]] == [place]


def test_receipts_of_a_day_are_told_where_no_shift_holds_them(till: Ledger) -> None:
    """Such as those entered from paper days later: then all of that laptop are looked at."""
    sell(till, {"PECI": 1})
    next_shift(till, "rina", NEXT_DAY)
    sell(till, {"PECI": 1})
    late = sell(till, {"PECI": 1})
    of_day = Period(DAY, DAY)
    assert row(report(till, "numbers", of_day), "S03")["count"] == 1
    with till.write() as conn:
        conn.exec_driver_sql(f"UPDATE sale SET day = '{DAY}', shift = NULL WHERE seq = {late.seq}")
        for day, more in ((DAY, 1), (NEXT_DAY, -1)):
            conn.exec_driver_sql(f"UPDATE day_cashier SET sales = sales + {more} WHERE day = '{day}'")
    found = row(report(till, "numbers", of_day), "S03")
    ends = (found["count"], str(found["first"])[-6:], str(found["last"])[-6:])
    assert ends == (2, "000001", "000003")


def test_the_board_has_every_institution_and_every_day_of_the_event(till: Ledger) -> None:
    sell(till, {"PECI": 1})
    board = report(till, "daily-board")
    days = [column.key for column in board.columns if column.key.startswith("2023-")]
    assert (days[0], days[-1], len(days)) == ("2023-03-23", "2023-05-02", 41)
    assert [cells[0] for cells in board.rows] == ["LP1-PLG", "LPP-PLG", "LPK-MRE"]


def test_a_silent_day_is_0_and_a_day_ahead_is_not_known(till: Ledger) -> None:
    sell(till, {"PECI": 1})
    sold, silent = (row(report(till, "daily-board"), code) for code in ("LP1-PLG", "LPK-MRE"))
    assert (sold["2023-04-13"], sold["2023-04-14"], sold["2023-04-15"]) == (0, 50_000, None)
    assert (sold["days_sold"], sold["days_empty"], sold["total"]) == (1, 22, 50_000)
    assert (silent["2023-04-14"], silent["days_sold"], silent["days_empty"]) == (0, 0, 23)


def test_a_sale_ahead_of_the_clock_makes_the_days_before_it_known(tmp_path: Path) -> None:
    with closing(booth(tmp_path / "a.lapak")) as till:
        next_shift(till, "rina", date(2023, 4, 20))
        sell(till, {"PECI": 1})
        board = row(report(till, "daily-board"), "LP1-PLG")
        assert (board["2023-04-15"], board["2023-04-20"], board["2023-04-21"]) == (0, 50_000, None)


def test_a_day_outside_the_event_is_not_lost(till: Ledger) -> None:
    next_shift(till, "rina", date(2023, 5, 3))
    sell(till, {"PECI": 1})
    assert report(till, "daily-board").totals["2023-05-03"] == 50_000


def test_institutions_are_ranked_and_the_silent_ones_stand_at_the_end(till: Ledger) -> None:
    sell(till, {"PECI": 1, "NASTAR-500": 3})
    ranks = [(cells[0], cells[1], cells[-3]) for cells in report(till, "institutions").rows]
    assert ranks == [(1, "LPP-PLG", 195_000), (2, "LP1-PLG", 50_000), (3, "LPK-MRE", 0)]


def test_shares_are_whole_and_come_to_100(till: Ledger) -> None:
    sell(till, {"PECI": 1, "NASTAR-500": 1, "KOPI-GRAM": 250})
    table = report(till, "institutions")
    assert [row(table, code)["share"] for code in ("LPP-PLG", "LP1-PLG", "LPK-MRE")] == [45, 34, 21]
    assert table.totals["share"] == 100


def test_an_institution_that_the_event_does_not_know_is_not_lost(till: Ledger) -> None:
    sell(till, {"PECI": 1})
    with till.write() as conn:
        for table in ("day_item", "day_unit", "item"):
            conn.exec_driver_sql(f"UPDATE {table} SET institution = 'LP-BARU'")
    assert row(report(till, "institutions"), "LP-BARU")["total"] == 50_000
    assert row(report(till, "daily-board"), "LP-BARU")["total"] == 50_000
    assert row(report(till, "products"), "PECI")["institution"] == "LP-BARU"


def test_products_are_named_as_sold_highest_first(till: Ledger) -> None:
    sell(till, {"PECI": 1, "SEMPRONG": 3, "KOPI-GRAM": 100})
    found = [cells[:6] for cells in report(till, "products").rows]
    assert found[0] == (1, "SEMPRONG", "Semprong", "Kue kering", "LPP Palembang", 3)
    assert [cells[1] for cells in found] == ["SEMPRONG", "PECI", "KOPI-GRAM"]


def test_two_booths_may_each_have_their_own_rina(centre: Ledger) -> None:
    found = [cells[:4] for cells in report(centre, "cashiers").rows]
    assert ("S03", "rina", "Rina Oktaviani", 1) in found
    assert ("S07", "rina", "Rina Oktaviani", 2) in found


def test_hours_have_no_hole_between_the_first_and_the_last(tmp_path: Path) -> None:
    with closing(booth(tmp_path / "a.lapak")) as till:
        for hour in (9, 12):
            till.clock = stopped_at(datetime(2023, 4, 14, hour, 59, tzinfo=WIB))
            sell(till, {"PECI": 1})
        assert [cells[:2] for cells in report(till, "hours").rows] == [(9, 1), (10, 0), (11, 0), (12, 1)]


@pytest.mark.parametrize(
    ("period", "total"),
    [
        (Period(start=NEXT_DAY), 65_000),
        (Period(end=DAY, booth="S07"), 100_000),
        (Period(booth="S07"), 165_000),
        (Period(start=DAY, end=NEXT_DAY, booth="S07", institution="LP1-PLG"), 100_000),
        (Period(institution="LPK-MRE"), 30_000),
        (Period(end=date(2023, 4, 1)), 0),
    ],
)
def test_a_period_keeps_its_days_its_booth_and_its_institution(
    centre: Ledger, period: Period, total: int
) -> None:
    for name in ("totals", "days", "institutions", "products", "categories", "daily-board"):
        assert report(centre, name, period).totals["total"] == total


def test_the_board_of_a_period_has_its_days_only(centre: Ledger) -> None:
    board = report(centre, "daily-board", Period(DAY, NEXT_DAY, "LPP-PLG"))
    assert [column.key for column in board.columns[2:-3]] == [DAY.isoformat(), NEXT_DAY.isoformat()]
    assert [cells[0] for cells in board.rows] == ["LPP-PLG"]


def test_receipts_of_one_institution_are_not_known(till: Ledger) -> None:
    sell(till, {"PECI": 1, "SEMPRONG": 1})
    totals = report(till, "totals", Period(institution="LP1-PLG"))
    assert totals.rows[0][0] is None
    assert "sales" not in totals.totals
    assert report(till, "days", Period(institution="LP1-PLG")).rows[0][:2] == (DAY.isoformat(), None)


@pytest.mark.parametrize("name", ["payments", "cashiers", "hours", "numbers", "shifts", "reconcile"])
def test_what_one_institution_has_no_part_in_is_refused(till: Ledger, name: str) -> None:
    with pytest.raises(Refused, match="UPT"):
        report(till, name, Period(institution="LP1-PLG"))


@pytest.mark.parametrize(
    ("name", "period", "hint"),
    [
        ("omzet", ALWAYS, "totals days institutions"),
        ("days", Period(institution="LP-X"), "LP1-PLG, LPK-MRE, LPP-PLG"),
        ("days", Period(booth="S99"), "S03"),
        ("days", Period(NEXT_DAY, DAY), ""),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(
    till: Ledger, name: str, period: Period, hint: str
) -> None:
    with pytest.raises(Refused) as refusal:
        report(till, name, period)
    assert hint in refusal.value.hint


def test_institutions_that_sold_on_a_day(till: Ledger) -> None:
    sell(till, {"PECI": 1, "HAMPERS": 1})
    assert sold_institutions(till, DAY) == {"LP1-PLG", "LPP-PLG"}
    assert sold_institutions(till, NEXT_DAY) == set()


def test_receipt_numbers_are_listed_for_each_laptop(centre: Ledger) -> None:
    third, seventh = report(centre, "numbers").rows
    assert (third[3][-7:], third[4][-7:], third[5:]) == ("-000001", "-000007", (7, ""))
    assert (seventh[0], seventh[2], seventh[5]) == ("S07", "LPP Palembang", 2)


def test_missing_receipt_numbers_are_named(tmp_path: Path) -> None:
    with closing(booth(tmp_path / "a.lapak")) as till:
        busy_day(till)
    with closing(sqlite3.connect(tmp_path / "a.lapak")) as raw:
        raw.execute("DELETE FROM sale WHERE number IN (1, 3, 4)")
        raw.commit()
    with closing(open_ledger(tmp_path / "a.lapak")) as till:
        found = row(report(till, "numbers"), "S03")
        assert (found["count"], found["missing"]) == (4, "1, 3–4")


def test_postgresql_tells_the_same(centre: Ledger, postgres_url: str) -> None:
    with closing(open_target(postgres_url)) as server:
        server.clock = centre.clock
        merge(centre, target=server)
        for name in REPORTS:
            found = report(server, name)
            assert found == report(centre, name)
            assert {type(cell) for cells in found.rows for cell in cells} <= {int, str, type(None)}


def test_a_report_is_told_in_the_order_of_the_event(tmp_path: Path) -> None:
    ledger = new_ledger(tmp_path / "a.lapak")
    codes = [unit.code for unit in ledger.own().event.institutions]
    assert [cells[1] for cells in report(ledger, "institutions").rows] == codes
    ledger.close()

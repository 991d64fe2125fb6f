"""The page of reports in figures: it agrees with the reports, and compares only what can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from pos.clock import new_id, stopped_at
from pos.ledger import Ledger
from pos.refunds import void
from pos.reports import Period, run_report
from pos.reports.compared import Against, Change, Comparison, Why
from pos.reports.overview import Overview, overview, scope_of
from pos.returns import Item, Wanted, take_back
from tests.books import DAY, MOMENT, WIB, booth, busy_day, new_ledger, next_shift, sell, shift_of

WEEK_AGO, YESTERDAY = DAY - timedelta(days=7), DAY - timedelta(days=1)


def at(ledger: Ledger, day: date, hour: int, minute: int = 0) -> None:
    """The clock shows this."""
    ledger.clock = stopped_at(datetime(day.year, day.month, day.day, hour, minute, tzinfo=WIB))


def of(ledger: Ledger, start: date, end: date, hour: int | None = 14, institution: str = "") -> Overview:
    now = datetime(DAY.year, DAY.month, DAY.day, 14, 7, tzinfo=WIB)
    now = now.replace(hour=hour) if hour is not None else now + timedelta(days=1)
    return overview(ledger, Period(start, end, institution), DAY, now)


def beside(view: Overview, against: Against) -> Comparison:
    return next(one for one in view.comparisons if one.against is against)


@pytest.fixture
def booth_of_days(tmp_path: Path) -> Iterator[Ledger]:
    """Sales a week ago, yesterday at 10 and at 16, today at 10, 11 and 14."""
    ledger = booth(tmp_path / "stan.lapak")
    next_shift(ledger, "rina", WEEK_AGO)
    at(ledger, WEEK_AGO, 11)
    sell(ledger, {"PECI": 3})
    next_shift(ledger, "rina", YESTERDAY)
    at(ledger, YESTERDAY, 10, 30)
    sell(ledger, {"PECI": 2})  # 100.000
    at(ledger, YESTERDAY, 16)
    sell(ledger, {"PECI": 10})
    next_shift(ledger, "rina", DAY)
    at(ledger, DAY, 10, 5)
    sell(ledger, {"SEMPRONG": 2}, "qris")  # 60.000
    at(ledger, DAY, 11)
    sell(ledger, {"NASTAR-500": 1})  # 65.000
    at(ledger, DAY, 14)
    sell(ledger, {"PUTRI-500": 1})  # in the hour that still goes on
    ledger.clock = stopped_at(MOMENT)
    yield ledger
    ledger.close()


def test_its_figures_are_those_of_the_reports(till: Ledger) -> None:
    busy_day(till)
    view = of(till, DAY, DAY)
    period = Period(DAY, DAY)
    report = run_report(till, "totals", period)
    totals = dict(zip((column.key for column in report.columns), report.rows[0], strict=True))
    assert (view.total, view.sales, view.qty) == (totals["total"], totals["sales"], totals["qty"])
    assert sum(bar.total for bar in view.bars) == view.total
    assert view.ways is not None
    assert sum(way.amount for way in view.ways) == view.total
    assert sum(unit.total for unit in view.units) == view.total
    assert view.sold + view.unsold == 3


def test_a_day_that_goes_on_is_compared_by_whole_hours(booth_of_days: Ledger) -> None:
    view = of(booth_of_days, DAY, DAY)
    assert view.total == 185_000
    changes = beside(view, Against.DAY_BEFORE)
    assert (changes.start, changes.until, changes.why) == (YESTERDAY, 14, None)
    assert changes.total == Change(25_000, 25)  # 125.000 until 14.00, beside 100.000 until 14.00
    assert changes.sales == Change(1, 100)
    assert changes.average == Change(62_500 - 100_000, -38)


def test_before_one_whole_hour_nothing_is_compared(booth_of_days: Ledger) -> None:
    view = of(booth_of_days, DAY, DAY, hour=10)
    assert [one.why for one in view.comparisons] == [Why.EARLY, Why.EARLY]


def test_a_day_that_is_over_is_compared_as_a_whole(booth_of_days: Ledger) -> None:
    view = of(booth_of_days, YESTERDAY, YESTERDAY)
    assert view.total == 600_000
    one = beside(view, Against.DAY_BEFORE)
    assert (one.why, one.until) == (None, None)
    assert one.total == Change(600_000, None)  # the day before nothing was sold
    assert beside(view, Against.SAME_WEEKDAY).why is Why.FIRST


def test_days_before_the_first_sale_are_no_comparison(booth_of_days: Ledger) -> None:
    view = of(booth_of_days, WEEK_AGO, WEEK_AGO)
    assert {one.why for one in view.comparisons} == {Why.FIRST}
    view = of(booth_of_days, DAY - timedelta(days=6), DAY)
    (one,) = view.comparisons
    assert one.why is Why.FIRST  # the week before begins before the first sale
    assert all(bar.before is None for bar in view.bars)


def test_hours_stand_beside_those_of_the_same_weekday(booth_of_days: Ledger) -> None:
    view = of(booth_of_days, DAY, DAY)
    hours = {bar.hour: bar for bar in view.bars if bar.hour is not None}
    assert min(hours) == 8
    assert max(hours) == 20
    assert (hours[11].total, hours[11].before) == (65_000, 150_000)
    assert [bar.hour for bar in view.bars if bar.now] == [14]
    assert [bar.hour for bar in view.bars if bar.ahead] == list(range(15, 21))
    assert view.compared == WEEK_AGO


def test_a_longer_time_has_a_bar_a_day(booth_of_days: Ledger) -> None:
    view = of(booth_of_days, WEEK_AGO, DAY + timedelta(days=1))
    assert [bar.day for bar in view.bars if bar.total] == [WEEK_AGO, YESTERDAY, DAY]
    assert [bar.day for bar in view.bars if bar.ahead] == [DAY + timedelta(days=1)]


def test_of_one_institution_receipts_hours_and_ways_are_not_known(booth_of_days: Ledger) -> None:
    view = of(booth_of_days, DAY, DAY, institution="LPP-PLG")
    assert (view.total, view.sales, view.average, view.ways) == (185_000, None, None, None)
    assert {one.why for one in view.comparisons} == {Why.FIRST}  # it sold nothing before today
    other = of(booth_of_days, DAY, DAY, institution="LP1-PLG")
    assert [one.why for one in other.comparisons] == [Why.PART, Why.PART]
    assert len(view.bars) == 1
    whole = of(booth_of_days, YESTERDAY, YESTERDAY, institution="LP1-PLG")
    assert whole.total == 600_000


def test_what_was_cancelled_is_not_sold(booth_of_days: Ledger) -> None:
    sale = sell(booth_of_days, {"PECI": 1})
    void(booth_of_days, sale, shift_of(booth_of_days), "sari", reason="salah")
    assert of(booth_of_days, DAY, DAY).total == 185_000


def test_a_part_of_a_hamper_that_came_back_is_no_best_seller(till: Ledger) -> None:
    sale = sell(till, {"HAMPERS": 1})
    wanted = Wanted(new_id(), (Item(0, 1, part=0),), "cash", "rusak")
    take_back(till, sale, wanted, shift_of(till), "sari")
    assert [one.sku for one in of(till, DAY, DAY).best] == ["HAMPERS"]


def test_an_empty_ledger_has_nothing_and_says_so(tmp_path: Path) -> None:
    ledger = new_ledger(tmp_path / "baru.lapak")
    view = of(ledger, DAY, DAY)
    assert (view.total, view.sales, view.kinds, view.best) == (0, 0, 0, ())
    assert {one.why for one in view.comparisons} == {Why.FIRST}
    scope = scope_of(ledger, DAY)
    assert (scope.first, scope.last) == (None, None)
    assert scope.booths == (("S03", "Stan S03"),)
    ledger.close()


def test_a_ledger_without_any_booth_is_about_today(collector: Ledger) -> None:
    scope = scope_of(collector, DAY)
    assert (scope.booths, scope.units, scope.start, scope.end) == ((), (), DAY, DAY)
    assert of(collector, DAY, DAY).total == 0

"""The four figures beside those of other days: equal hours, equal days, or why not; against plain SQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from pos.chains import reading
from pos.clock import ZONES, stopped_at
from pos.ledger import Ledger, create, new_device, open_ledger
from pos.offices import begin_office
from pos.refunds import void
from pos.reports import Period
from pos.reports.compared import Against, Change, Comparison, Sums, Why, change, hour_of, late_hour
from pos.reports.overview import Overview, overview
from pos.shifts import open_shift
from pos.sync import copy_chains
from tests.books import (
    DAY,
    MOMENT,
    STAFF,
    WIB,
    booth,
    end_shift,
    event,
    new_collector,
    next_shift,
    sell,
    shift_of,
    with_catalogue,
)

ONE = timedelta(days=1)
YESTERDAY, WEEK_AGO = DAY - ONE, DAY - 7 * ONE
PLAIN = """SELECT sum(n), sum(qty), sum(total) FROM (
    SELECT day, at, 1 AS n, qty, total FROM sale UNION ALL SELECT day, at, 0, -qty, -total FROM refund)
    WHERE day = '{day}' AND substr(at, 12, 2) < '{until}'"""


def at(ledger: Ledger, day: date, hour: int, minute: int = 0) -> None:
    zone = ledger.clock.zone
    ledger.clock = stopped_at(datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone))


def sell_on(ledger: Ledger, day: date, *hours: int, qty: int = 1) -> None:
    """A shift of `day` with one sale in each of these hours."""
    at(ledger, day, 7)
    next_shift(ledger, "rina", day)
    for hour in hours:
        at(ledger, day, hour, 30)
        sell(ledger, {"PECI": qty})


def look(ledger: Ledger, start: date = DAY, end: date | None = None, now: datetime = MOMENT) -> Overview:
    return overview(ledger, Period(start, end or start), DAY, now)


def beside(view: Overview, against: Against = Against.DAY_BEFORE) -> Comparison:
    return next(one for one in view.comparisons if one.against is against)


@pytest.fixture
def days(tmp_path: Path) -> Iterator[Ledger]:
    """A booth that sold a week ago, yesterday and today, also in the hour that goes on."""
    ledger = booth(tmp_path / "s03.lapak")
    sell_on(ledger, WEEK_AGO, 9, 13, 16, qty=2)
    sell_on(ledger, YESTERDAY, 10, 13, 15, 19)
    sell_on(ledger, DAY, 9, 10, 13, 14)
    ledger.clock = stopped_at(MOMENT)
    yield ledger
    ledger.close()


def plain(ledger: Ledger, day: date, until: int) -> Sums:
    with ledger.read() as conn:
        sql = PLAIN.format(day=day.isoformat(), until=f"{until:02}")
        sales, qty, total = conn.exec_driver_sql(sql).one()
    return Sums(int(sales or 0), int(qty or 0), int(total or 0))


def test_both_sides_are_what_plain_sql_says_until_the_same_hour(days: Ledger) -> None:
    view = look(days)
    for against, day in ((Against.DAY_BEFORE, YESTERDAY), (Against.SAME_WEEKDAY, WEEK_AGO)):
        one = beside(view, against)
        assert (one.start, one.end, one.until, one.why) == (day, day, 14, None)
        assert one.now == plain(days, DAY, 14)
        assert one.then == plain(days, day, 14)
    assert beside(view).total == Change(50_000, 50)
    assert beside(view, Against.SAME_WEEKDAY).total == Change(-50_000, -25)
    table = view.tables[0]
    assert [row[1:3] for row in table.rows] == [
        ("", 200_000),  # all of today
        ("14.00", 150_000),
        ("14.00", 100_000),
        ("14.00", 200_000),
    ]


def test_a_day_that_is_over_stands_beside_whole_days(days: Ledger) -> None:
    one = beside(look(days, YESTERDAY))
    assert (one.until, one.now.total, one.then, one.total) == (None, 200_000, Sums(), Change(200_000, None))


def test_a_week_until_now_stands_beside_the_same_hours_of_the_week_before(days: Ledger) -> None:
    (one,) = look(days, DAY - 6 * ONE, DAY).comparisons
    assert one.why is Why.FIRST  # it begins a day before the first sale
    sell_on(days, DAY - 14 * ONE, 9)
    days.clock = stopped_at(MOMENT)
    (one,) = look(days, DAY - 6 * ONE, DAY).comparisons
    assert (one.start, one.end, one.until) == (DAY - 13 * ONE, WEEK_AGO, 14)
    assert (one.now.total, one.then.total) == (200_000 + 150_000, 200_000)


def test_a_range_into_the_future_is_compared_up_to_now(days: Ledger) -> None:
    sell_on(days, DAY - 14 * ONE, 9)
    days.clock = stopped_at(MOMENT)
    (one,) = look(days, DAY - 2 * ONE, DAY + 4 * ONE).comparisons
    assert (one.last, one.end, one.until) == (DAY, WEEK_AGO, 14)


def test_a_day_in_the_future_has_nothing_to_compare(days: Ledger) -> None:
    view = look(days, DAY + ONE)
    assert {one.why for one in view.comparisons} == {Why.AHEAD}
    assert (view.total, view.sales, view.best, view.units) == (0, 0, (), ())


def test_no_percentage_over_nothing_and_none_below_nothing() -> None:
    assert change(5, 0) == Change(5, None)
    assert change(5, -3) == Change(8, None)
    assert change(-5, 100) == Change(-105, None)
    assert (change(0, 8), change(9, 8), change(8, 8)) == (Change(-8, -100), Change(1, 13), Change(0, 0))


def test_what_was_cancelled_today_is_taken_off_in_the_hour_it_was(days: Ledger) -> None:
    at(days, DAY, 13, 50)
    sale = sell(days, {"PECI": 4})
    void(days, sale, shift_of(days), "sari", reason="salah")
    one = beside(look(days))
    assert one.now == plain(days, DAY, 14)
    assert (one.now.qty, one.now.total) == (3, 150_000)


def test_a_sale_after_midnight_ends_the_day_before(days: Ledger) -> None:
    night = MOMENT.replace(hour=0, minute=40) + ONE
    days.clock = stopped_at(night)
    sell(days, {"PECI": 1})
    view = look(days, now=night)
    assert [bar.hour for bar in view.bars] == [*range(8, 24), 0]
    assert [(bar.hour, bar.total) for bar in view.bars if bar.now] == [(0, 50_000)]
    one = beside(view)
    assert (one.until, one.now.total, one.then.total) == (24, 200_000, 200_000)  # but not that last one
    (last,) = (bar for bar in look(days, now=night.replace(hour=8)).bars if bar.hour == 0)
    assert (last.now, last.total) == (False, 50_000)
    assert beside(look(days, now=night.replace(hour=8))).now.total == 250_000  # now the day is over


def test_hours_go_on_past_midnight() -> None:
    assert [late_hour(hour) for hour in (5, 23, 0, 4)] == [5, 23, 24, 28]
    assert hour_of(MOMENT, DAY) == 14
    assert hour_of(MOMENT - ONE, DAY) == 0
    assert hour_of(MOMENT.replace(hour=4) + ONE, DAY) == 28
    assert hour_of(MOMENT.replace(hour=5) + ONE, DAY) is None


def test_an_exhibition_of_one_day(tmp_path: Path) -> None:
    device = new_device("S03", "Stan 03", "LPP-PLG", replace(event(), start=DAY, end=DAY))
    with closing(with_catalogue(create(tmp_path / "a.lapak", device, stopped_at(MOMENT)))) as ledger:
        open_shift(ledger, "rina", DAY)
        sell(ledger, {"PECI": 1})
        view = look(ledger)
    assert {one.why for one in view.comparisons} == {Why.FIRST}
    assert sum(bar.total for bar in view.bars) == view.total == 50_000


def test_an_exhibition_of_400_days_has_bars_of_weeks(tmp_path: Path) -> None:
    first = DAY - 199 * ONE
    device = new_device("S03", "Stan 03", "LPP-PLG", replace(event(), start=first, end=first + 399 * ONE))
    with closing(with_catalogue(create(tmp_path / "a.lapak", device, stopped_at(MOMENT)))) as ledger:
        open_shift(ledger, "rina", first)
        sell_on(ledger, first + ONE, 10)
        sell_on(ledger, DAY, 10)
        view = look(ledger, first, first + 399 * ONE)
    assert len(view.bars) == 58
    assert [bar.day for bar in view.bars if bar.total] == [first, first + 196 * ONE]
    assert [bar.day for bar in view.bars if bar.now] == [first + 196 * ONE]
    assert sum(bar.total for bar in view.bars) == view.total
    assert view.bars[-1].last == first + 399 * ONE


# At the office.


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Ledger]:
    ledger = open_ledger(new_collector(tmp_path / "pusat.lapak"), stopped_at(MOMENT))
    yield ledger
    ledger.close()


def other(path: Path, code: str, zone: str = "Asia/Jakarta") -> Ledger:
    """A booth in another zone, its clock at seven of its own."""
    device = new_device(code, f"Stan {code}", "LPP-PLG", event(zone))
    start = datetime(WEEK_AGO.year, WEEK_AGO.month, WEEK_AGO.day, 7, tzinfo=ZONES[zone])
    ledger = with_catalogue(create(path, device, stopped_at(start)))
    open_shift(ledger, STAFF[0].code, WEEK_AGO)
    return ledger


def bring(centre: Ledger, *ledgers: Ledger) -> None:
    for ledger in ledgers:
        with reading(ledger) as source:
            assert copy_chains(source, centre).refused == []


def test_three_zones_are_compared_by_the_hours_of_the_westernmost(tmp_path: Path, centre: Ledger) -> None:
    west, middle, east = (
        other(tmp_path / f"{code}.lapak", code, zone)
        for code, zone in (("S01", "Asia/Jakarta"), ("S02", "Asia/Makassar"), ("S03", "Asia/Jayapura"))
    )
    for ledger in (west, middle, east):
        with closing(ledger):
            for day in (YESTERDAY, DAY):
                sell_on(ledger, day, 9, 12, 13, 14, 15)
            bring(centre, ledger)
    view = look(centre)  # 14.07 in the west, 16.07 in the east
    one = beside(view)
    assert (one.until, one.why) == (14, None)
    assert one.now == one.then == Sums(9, 9, 450_000)
    seen_from_the_east = look(centre, now=MOMENT.astimezone(ZONES["Asia/Jayapura"]))
    assert beside(seen_from_the_east) == one


def bring_until_one_and_eleven(place: Path, centre: Ledger) -> None:
    """Two booths that sold alike yesterday; of today one has brought what it sold until 13, one until 11."""
    with (
        closing(other(place / "a.lapak", "S01")) as one,
        closing(other(place / "b.lapak", "S02")) as two,
    ):
        for ledger, hours in ((one, (9, 10, 13)), (two, (9, 11))):
            sell_on(ledger, YESTERDAY, 9, 10, 11, 12, 13)
            sell_on(ledger, DAY, *hours)
        bring(centre, one, two)


def test_only_as_far_as_the_data_of_every_booth_reaches(tmp_path: Path, centre: Ledger) -> None:
    bring_until_one_and_eleven(tmp_path, centre)
    found = beside(look(centre))
    assert (found.until, found.now.sales, found.then.sales) == (11, 3, 4)


def test_also_once_the_office_has_papers_of_its_own(tmp_path: Path, centre: Ledger) -> None:
    bring_until_one_and_eleven(tmp_path, centre)
    before = beside(look(centre))
    begin_office(centre)
    assert beside(look(centre)) == before
    assert before.until == 11


def test_a_booth_that_sent_nothing_yet_is_named_instead(tmp_path: Path, centre: Ledger) -> None:
    with (
        closing(other(tmp_path / "a.lapak", "S01")) as one,
        closing(other(tmp_path / "b.lapak", "S02")) as two,
    ):
        for day in (YESTERDAY - ONE, YESTERDAY, DAY):
            sell_on(one, day, 9, 10)
        sell_on(two, YESTERDAY, 9)
        bring(centre, one, two)
        found = beside(look(centre))
        assert (found.why, found.late) == (Why.LATE, "S02")
        assert beside(look(centre, YESTERDAY)).late == "S02"  # its evening may still come
        at(two, YESTERDAY, 20)
        end_shift(two)
        bring(centre, two)
    assert beside(look(centre, YESTERDAY), Against.DAY_BEFORE).why is None
    assert beside(look(centre), Against.SAME_WEEKDAY).why is Why.FIRST


def test_late_data_of_last_week_changes_what_is_compared(tmp_path: Path, centre: Ledger) -> None:
    with (
        closing(other(tmp_path / "a.lapak", "S01")) as one,
        closing(other(tmp_path / "b.lapak", "S02")) as two,
    ):
        for ledger in (one, two):
            at(ledger, WEEK_AGO, 9, 30)
            sell(ledger, {"PECI": 1})
        sell_on(one, DAY, 9, 14)
        bring(centre, one)
        before = beside(look(centre), Against.SAME_WEEKDAY)
        assert (before.now.total, before.then.total) == (50_000, 50_000)
        end_shift(two)
        at(two, DAY, 14, 5)
        open_shift(two, "rina", DAY)
        bring(centre, two)
    after = beside(look(centre), Against.SAME_WEEKDAY)
    assert (after.now.total, after.then.total) == (50_000, 100_000)
    assert WIB is MOMENT.tzinfo

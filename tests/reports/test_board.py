"""The board "one day, one product" on good days and on strange ones; its figures against plain SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from pos.chains import reading
from pos.clock import ZONES, stopped_at
from pos.ledger import Ledger, create, new_device, open_ledger
from pos.model import Event, Institution
from pos.paper import import_sales
from pos.refunds import void
from pos.reports import Period, run_report
from pos.reports.board import Board, Line, Mark, board, level
from pos.reports.red_days import holiday, is_peak, is_red
from pos.shifts import current_shift, open_shift
from pos.sync import copy_chains
from tests.books import (
    DAY,
    MOMENT,
    WIB,
    booth,
    event,
    new_collector,
    next_shift,
    sell,
    shift_of,
    with_catalogue,
)

ONE = timedelta(days=1)
LATE = Institution("LP-BARU", "Lapas Kelas III Baru", "Lapas Baru")


def line(found: Board, code: str) -> Line:
    return next(one for one in found.lines if one.unit.code == code)


def mark(found: Board, code: str, day: date = DAY) -> Mark:
    return line(found, code).marks[found.days.index(day)]


def a_booth(path: Path, of: Event, code: str = "S03", at: datetime = MOMENT, host: str = "LPP-PLG") -> Ledger:
    """A booth of another exhibition than that of tests/books.py."""
    return with_catalogue(create(path, new_device(code, f"Stan {code}", host, of), stopped_at(at)))


def sell_on(ledger: Ledger, day: date, *skus: str) -> None:
    """A shift of `day` and one piece of each of these."""
    ledger.clock = stopped_at(datetime(day.year, day.month, day.day, 10, 0, tzinfo=ledger.clock.zone))
    open_shift(ledger, "rina", day) if current_shift(ledger) is None else next_shift(ledger, "rina", day)
    for sku in skus:
        sell(ledger, {sku: 1})


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Ledger]:
    ledger = open_ledger(new_collector(tmp_path / "pusat.lapak"), stopped_at(MOMENT))
    yield ledger
    ledger.close()


def bring(centre: Ledger, *ledgers: Ledger) -> None:
    for ledger in ledgers:
        with reading(ledger) as source:
            assert copy_chains(source, centre).refused == []


@pytest.fixture
def week(tmp_path: Path) -> Iterator[Ledger]:
    """A booth that sold on the 10th to the 14th; of LP1-PLG not on the 12th, of LPK-MRE not on the 14th."""
    with closing(a_booth(tmp_path / "s03.lapak", event())) as ledger:
        for back in range(4, -1, -1):
            day = DAY - back * ONE
            skus = {"NASTAR-500", "PECI", "KOPI-GRAM"}
            skus -= {"PECI"} if back == 2 else {"KOPI-GRAM"} if back == 0 else set()
            sell_on(ledger, day, *sorted(skus))
        yield ledger


def test_levels_begin_at_round_amounts() -> None:
    amounts = (0, 1, 249_999, 250_000, 499_999, 500_000, 999_999, 1_000_000)
    assert [int(level(amount)) for amount in amounts] == [1, 1, 1, 2, 2, 3, 3, 4]


def test_streaks_end_with_a_missed_day_and_are_threatened_by_an_empty_today(week: Ledger) -> None:
    found = board(week, DAY)
    assert [(one.unit.code, one.streak, one.threatened) for one in found.lines] == [
        ("LP1-PLG", 2, 0),
        ("LPP-PLG", 5, 0),
        ("LPK-MRE", 0, 4),
    ]
    assert [one.unit.code for one in found.waiting] == ["LPK-MRE"]
    assert (found.sold_today, found.number, found.of) == (2, 23, 41)
    assert mark(found, "LP1-PLG", date(2023, 4, 12)) is Mark.MISSED
    assert mark(found, "LPK-MRE") is Mark.WAITING
    assert mark(found, "LPK-MRE", DAY + ONE) is Mark.AHEAD
    assert found.goods["LPK-MRE"].names == ("Kopi Semendo curah",)


def test_the_longest_threatened_streak_comes_first(week: Ledger) -> None:
    found = board(week, DAY + ONE)
    assert [(one.unit.code, one.threatened) for one in found.waiting] == [
        ("LPP-PLG", 5),
        ("LP1-PLG", 2),
        ("LPK-MRE", 0),  # it sold nothing yesterday either
    ]


def test_its_figures_are_those_of_the_report_and_of_plain_sql(week: Ledger) -> None:
    found, table = board(week, DAY), run_report(week, "daily-board", Period())
    with closing(sqlite3.connect(str(week.path))) as raw:
        total = raw.execute("SELECT sum(total) FROM sale WHERE day = ?", (DAY.isoformat(),)).fetchone()[0]
        cells = raw.execute("SELECT institution, day, sum(total) FROM sale_line GROUP BY 1, 2").fetchall()
    assert found.turnover == total
    by_day = {
        (one.unit.code, day): had
        for one in found.lines
        for day, had in zip(found.days, one.sold, strict=True)
    }
    assert {key: had for key, had in by_day.items() if had is not None} == {
        (code, date.fromisoformat(day)): had for code, day, had in cells
    }
    for row, one in zip(table.rows, found.lines, strict=True):
        assert sum(had or 0 for had in one.sold) == row[-1]
        assert sum(had is not None for had in one.sold) == row[-3]


def test_what_was_sold_and_came_back_is_not_sold(week: Ledger) -> None:
    sale = sell(week, {"KOPI-GRAM": 1})
    assert mark(board(week, DAY), "LPK-MRE") is Mark.LOW
    void(week, sale, shift_of(week), "sari", reason="salah ketik")
    assert mark(board(week, DAY), "LPK-MRE") is Mark.WAITING


def test_a_day_without_a_shift_anywhere_is_closed_and_breaks_no_streak(tmp_path: Path) -> None:
    with closing(a_booth(tmp_path / "s03.lapak", event())) as ledger:
        for day in (date(2023, 4, 20), date(2023, 4, 21), date(2023, 4, 24), date(2023, 4, 25)):
            sell_on(ledger, day, "PECI")
        found = board(ledger, date(2023, 4, 25))
    assert found.closed[date(2023, 4, 22)] == "Idulfitri"
    assert found.closed[date(2023, 4, 19)] == "tidak ada stan yang buka"
    assert mark(found, "LPP-PLG", date(2023, 4, 22)) is Mark.CLOSED
    assert line(found, "LP1-PLG").streak == 4


def test_a_day_of_paper_receipts_alone_is_no_closed_day(tmp_path: Path) -> None:
    """The power was off, nobody opened a shift; what was sold on paper is entered later."""
    notes = tmp_path / "nota.csv"
    notes.write_text(
        "receipt,at,cashier,sku,qty,price,discount,method\n"
        f"N-1,{DAY - ONE}T10:00:00+07:00,rina,PECI,1,45000,0,cash\n"
    )
    with closing(a_booth(tmp_path / "s03.lapak", event())) as ledger:
        for day in (DAY - 3 * ONE, DAY - 2 * ONE, DAY):
            sell_on(ledger, day, "PECI", "NASTAR-500")
        import_sales(ledger, notes)
        found = board(ledger, DAY)
    assert mark(found, "LP1-PLG", DAY - ONE) is Mark.LOW
    assert mark(found, "LPP-PLG", DAY - ONE) is Mark.MISSED
    assert (line(found, "LP1-PLG").streak, line(found, "LPP-PLG").streak) == (4, 1)


def test_red_days_and_the_day_of_the_programme() -> None:
    assert (is_red(date(2023, 4, 16)), is_red(date(2023, 4, 22)), is_red(DAY)) == (True, True, False)
    assert (holiday(date(2031, 5, 1)), holiday(DAY)) == ("Hari Buruh", "")
    assert (holiday(date(2026, 2, 17)), holiday(date(2024, 9, 16))) == ("Tahun Baru Imlek", "Maulid Nabi")
    assert [day for day in (date(2023, 4, 26), date(2024, 4, 27)) if is_peak(day)] == [date(2024, 4, 27)]


# Bad days.


def test_an_exhibition_of_one_day(tmp_path: Path) -> None:
    with closing(a_booth(tmp_path / "a.lapak", replace(event(), start=DAY, end=DAY))) as ledger:
        sell_on(ledger, DAY, "PECI")
        found = board(ledger, DAY)
    assert (found.days, found.place, found.number, found.of) == ((DAY,), 0, 1, 1)
    assert [one.streak for one in found.lines] == [1, 0, 0]
    assert [one.threatened for one in found.waiting] == [0, 0]


def test_an_exhibition_of_400_days(tmp_path: Path) -> None:
    long = replace(event(), start=DAY - 199 * ONE, end=DAY + 200 * ONE)
    with closing(a_booth(tmp_path / "a.lapak", long)) as ledger:
        sell_on(ledger, DAY, "PECI")
        found = board(ledger, DAY)
    assert (len(found.days), found.place, found.number, found.of) == (400, 199, 200, 400)
    assert all(len(one.marks) == 400 for one in found.lines)


def test_an_institution_that_joins_late_missed_nothing_before(tmp_path: Path, centre: Ledger) -> None:
    with (
        closing(a_booth(tmp_path / "s03.lapak", event(), at=MOMENT - 9 * ONE)) as first,
        closing(
            a_booth(
                tmp_path / "s07.lapak",
                replace(event(), institutions=(*event().institutions, LATE)),
                "S07",
                at=MOMENT - 2 * ONE,
            )
        ) as second,
    ):
        for back in range(9, -1, -1):
            sell_on(first, DAY - back * ONE, "PECI")
        bring(centre, first, second)
    found = board(centre, DAY)
    assert mark(found, "LP-BARU", DAY - 3 * ONE) is Mark.ABSENT
    assert mark(found, "LP-BARU", DAY - 2 * ONE) is Mark.MISSED
    assert mark(found, "LPP-PLG", DAY - 3 * ONE) is Mark.MISSED
    assert mark(found, "LP-BARU") is Mark.WAITING


def test_no_sales_at_all(tmp_path: Path) -> None:
    with closing(a_booth(tmp_path / "a.lapak", event())) as ledger:
        found = board(ledger, DAY)
    assert (found.sold_today, found.turnover) == (0, 0)
    assert {one.marks[0] for one in found.lines} == {Mark.CLOSED}  # nobody was there
    assert [one.threatened for one in found.waiting] == [0, 0, 0]


def test_nothing_was_brought_yet(centre: Ledger) -> None:
    found = board(centre, DAY)
    assert (found.days, found.lines, found.place, found.booths, found.until) == ((), (), None, 0, None)


def test_a_sale_on_a_day_ahead_is_shown_and_moves_nothing(week: Ledger) -> None:
    sell_on(week, date(2030, 1, 1), "PECI")
    found = board(week, DAY)
    assert found.days[-1] == date(2030, 1, 1)
    assert (found.number, found.sold_today) == (23, 2)
    assert mark(found, "LP1-PLG", date(2030, 1, 1)) is Mark.LOW
    assert mark(found, "LPP-PLG", date(2030, 1, 1)) is Mark.AHEAD
    assert mark(found, "LPP-PLG", date(2023, 5, 2)) is Mark.AHEAD
    assert line(found, "LP1-PLG").streak == 2


def test_a_sale_after_midnight_is_of_the_evening(tmp_path: Path) -> None:
    with closing(booth(tmp_path / "a.lapak")) as ledger:
        ledger.clock = stopped_at(datetime(2023, 4, 15, 0, 40, tzinfo=WIB))
        sell(ledger, {"PECI": 1})
        found = board(ledger, shift_of(ledger).day)
    assert (found.today, mark(found, "LP1-PLG"), mark(found, "LP1-PLG", DAY + ONE)) == (
        DAY,
        Mark.LOW,
        Mark.AHEAD,
    )


def test_late_data_of_last_week_mends_the_streak(tmp_path: Path, centre: Ledger) -> None:
    with (
        closing(a_booth(tmp_path / "s03.lapak", event())) as third,
        closing(a_booth(tmp_path / "s07.lapak", event(), "S07")) as seventh,
    ):
        for back in range(8, -1, -1):
            sell_on(third, DAY - back * ONE, "NASTAR-500", *(["PECI"] if back != 6 else []))
        sell_on(seventh, DAY - 6 * ONE, "PECI")
        bring(centre, third)
        before = board(centre, DAY)
        bring(centre, seventh)
        after = board(centre, DAY)
    assert (mark(before, "LP1-PLG", DAY - 6 * ONE), line(before, "LP1-PLG").streak) == (Mark.MISSED, 6)
    assert (mark(after, "LP1-PLG", DAY - 6 * ONE), line(after, "LP1-PLG").streak) == (Mark.LOW, 9)
    assert (before.booths, after.booths) == (1, 2)
    assert after.until is not None
    assert after.until.date() == DAY - 6 * ONE
    assert after.complete[0].booth == "S07"


def test_three_time_zones_in_one_region(tmp_path: Path, centre: Ledger) -> None:
    """Each sale counts on the day of its own booth; what is tomorrow in the east is not today's."""
    night = datetime(2023, 4, 14, 22, 30, tzinfo=WIB)  # 00.30 of the 15th in Jayapura
    for code, zone, sku in (
        ("S03", "Asia/Jakarta", "PECI"),
        ("S04", "Asia/Makassar", "NASTAR-500"),
        ("S05", "Asia/Jayapura", "KOPI-GRAM"),
    ):
        local = night.astimezone(ZONES[zone])
        with closing(a_booth(tmp_path / f"{code}.lapak", event(zone), code, local)) as ledger:
            open_shift(ledger, "rina", local.date())
            sell(ledger, {sku: 1})
            bring(centre, ledger)
    found = board(centre, DAY)
    assert [
        (mark(found, code), mark(found, code, DAY + ONE)) for code in ("LP1-PLG", "LPP-PLG", "LPK-MRE")
    ] == [
        (Mark.LOW, Mark.AHEAD),
        (Mark.LOW, Mark.AHEAD),
        (Mark.WAITING, Mark.LOW),
    ]
    assert (found.sold_today, found.turnover) == (2, 115_000)
    assert found.until == night


def test_after_the_exhibition_nothing_is_threatened(week: Ledger) -> None:
    found = board(week, date(2023, 5, 9))
    assert (found.place, found.number, found.waiting) == (None, 0, ())

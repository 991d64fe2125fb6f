"""The charts of the page of reports on paper: as high as what was sold, told apart in black and white."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos.clock import stopped_at
from pos.ledger import Ledger
from pos.receipts.charts import chart_parts
from pos.receipts.hatching import PATTERNS, Pattern, box_stamps
from pos.receipts.pdf import pdf_bytes
from pos.receipts.sheet import Frame, Picture, Shape, Stamp, Words
from pos.receipts.table_sheets import MARGIN, shown_sheets
from pos.reports import Period
from pos.reports.below import below
from pos.reports.drawn import Drawn, Figure, Marks
from pos.reports.overview import Bar, Best, Overview, Unit, Way, overview
from pos.reports.shown import Head, Shown
from tests.books import DAY, MOMENT, booth, busy_day, end_shift
from tests.reports.test_compared import sell_on

WEEK_AGO = DAY - timedelta(days=7)
MARKS = Marks("Hari ini", "Jam ini", "Jumat lalu")
LONG = "Lembaga Pemasyarakatan Perempuan Narkotika Kelas IIA Pulau Jauh Sekali"


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    with closing(booth(tmp_path_factory.mktemp("hari") / "s03.lapak")) as ledger:
        busy_day(ledger)
        end_shift(ledger)
        sell_on(ledger, WEEK_AGO, 9, 13, 16, qty=2)
        sell_on(ledger, DAY, 9, 10, 13)
        ledger.clock = stopped_at(MOMENT)
        yield ledger


def drawn_of(view: Overview) -> Drawn:
    figures = (Figure("Pendapatan", "Rp1.000", "12% di atas kemarin pada jam yang sama"),) * 4
    return Drawn(view, figures, MARKS)


def stamps_of(drawn: Drawn, width: float = 182.0) -> list[Stamp]:
    """All marks, each part at its place below the one before."""
    found: list[Stamp] = []
    for part in chart_parts(drawn, MARGIN, width):
        found += part.stamps
    return found


def extent(stamp: Stamp) -> tuple[float, float, float, float]:
    """Left, top, right and bottom in mm, of whatever is no text."""
    if isinstance(stamp, Shape):
        xs = [stamp.x + x * stamp.scale for one in stamp.outlines for x, _y in one]
        ys = [stamp.y + y * stamp.scale for one in stamp.outlines for _x, y in one]
        return min(xs), min(ys), max(xs), max(ys)
    if isinstance(stamp, Frame | Picture):
        return stamp.x, stamp.y, stamp.x + stamp.width, stamp.y + stamp.height
    return stamp.x, stamp.y, stamp.x, stamp.y


def test_every_bar_is_as_high_as_what_was_sold_in_its_hour(books: Ledger) -> None:
    view = overview(books, Period(DAY, DAY), DAY, MOMENT)
    stamps = chart_parts(drawn_of(view), MARGIN, 182)[1].stamps
    high = [
        bottom - top
        for stamp in stamps
        if isinstance(stamp, Shape) and stamp.color == "chart1"
        for _left, top, _right, bottom in [extent(stamp)]
    ][1:]  # the first is that of the legend
    sold = [bar.total for bar in view.bars if bar.total and not bar.now]
    assert len(high) == len(sold) == 3
    assert [round(one / high[0], 6) for one in high] == [round(one / sold[0], 6) for one in sold]
    going = [one for one in stamps if isinstance(one, Frame) and one.color == "chart2"][1]
    now = next(bar.total for bar in view.bars if bar.now)
    assert going.height + going.thick == pytest.approx(high[0] * now / sold[0])


def test_hours_that_are_compared_are_outlines_and_the_hour_that_goes_on_is_striped(books: Ledger) -> None:
    view = overview(books, Period(DAY, DAY), DAY, MOMENT)
    stamps = chart_parts(drawn_of(view), MARGIN, 182)[1].stamps
    colors = [(type(one).__name__, one.color) for one in stamps if not isinstance(one, Picture)]
    assert ("Shape", "sunken") not in colors  # grey on white is nothing to a copier
    assert colors.count(("Frame", "text3")) == sum(bar.before not in (0, None) for bar in view.bars) + 1
    striped = [one for one in stamps if isinstance(one, Shape) and one.color == "chart2"]
    assert len(striped) == 2  # the bar and its mark
    assert min(len(one.outlines) for one in striped) > 2


def test_each_way_to_pay_has_a_pattern_of_its_own() -> None:
    ways = tuple(Way(f"w{n}", f"Cara {n}", n, 1_000, 20) for n in range(5))
    view = Overview(Period(DAY, DAY), 5_000, 5, 5, 1_000, 1, 0, 1, ways=ways)
    stamps = chart_parts(drawn_of(view), MARGIN, 182)[2].stamps
    marks = [one for one in stamps if isinstance(one, Shape | Frame) and extent(one)[0] < MARGIN + 4]
    rows: dict[float, set[str]] = {}
    for one in marks:
        kind = f"{type(one).__name__}{len(one.outlines) if isinstance(one, Shape) else ''}"
        rows.setdefault(round(extent(one)[1]), set()).add(kind)
    looks = [frozenset(kinds) for top, kinds in sorted(rows.items()) if top > 10]
    assert len(looks) == len(set(looks)) == 5


def test_what_the_chart_shows_stands_there_in_figures_too(books: Ledger) -> None:
    view = overview(books, Period(DAY, DAY), DAY, MOMENT)
    texts = [one.text for one in stamps_of(drawn_of(view)) if isinstance(one, Words)]
    assert texts.count("50 rb") == 3
    for said in (*MARKS, "Per jam", "Cara bayar", "Per UPT", "Terlaris", "Peci Bordir", "Rp1.000"):
        assert said in texts
    assert {way.name for way in view.ways or ()} <= set(texts)


def test_of_one_institution_it_says_what_cannot_be_told(books: Ledger) -> None:
    view = overview(books, Period(DAY, DAY, "LPP-PLG"), DAY, MOMENT)
    texts = " ".join(one.text for one in stamps_of(drawn_of(view)) if isinstance(one, Words))
    assert "Jam tidak dapat dipilah per UPT" in texts
    assert "Tidak dapat dipilah per UPT" in texts


def test_nothing_sold_is_said_three_times_and_drawn_as_no_bar(tmp_path: Path) -> None:
    with closing(booth(tmp_path / "s03.lapak")) as ledger:
        view = overview(ledger, Period(DAY, DAY), DAY, MOMENT)
    stamps = stamps_of(drawn_of(view))
    texts = [one.text for one in stamps if isinstance(one, Words)]
    assert texts.count("Tidak ada penjualan pada hari-hari ini.") == 3
    assert not [one for one in stamps if isinstance(one, Shape) and one.color == "primary"]


def longest(bars: int) -> Overview:
    """As much of everything as there is room for, with the longest names and amounts."""
    most = 987_654_321_000
    start = date(2022, 4, 1)
    found = tuple(
        Bar(
            start + timedelta(days=n), None, most - n, most, now=n == bars - 1, last=start + timedelta(days=n)
        )
        for n in range(bars)
    )
    ways = tuple(Way(f"w{n}", LONG, 99_999, most, 20) for n in range(5))
    best = tuple(Best(n, f"S{n}", LONG, LONG, 9_999, most, "") for n in range(1, 7))
    units = (*(Unit(f"U{n}", LONG, most) for n in range(6)), Unit("", "", most, 525))
    period = Period(start, start + timedelta(days=bars - 1))
    return Overview(period, most, 9, 9, most, 20, 511, 9, bars=found, ways=ways, best=best, units=units)


@pytest.mark.parametrize("bars", [1, 7, 13, 41, 92])
@pytest.mark.parametrize("way", ["upright", "across"])
def test_the_longest_stays_on_the_paper(bars: int, way: str) -> None:
    told = "Satu nota bisa memuat barang beberapa UPT. " * 3
    figures = (Figure("Pendapatan", "Rp987.654.321.000", told),) * 4
    shown = Shown(
        "a", "Laporan", Head(LONG, LONG, LONG, (LONG, LONG)), (), "", Drawn(longest(bars), figures, MARKS)
    )
    sheets = shown_sheets(shown, way)  # type: ignore[arg-type]
    for sheet in sheets:
        body = [one for one in sheet.stamps if extent(one)[1] > 40]
        for one in body:
            left, _top, right, bottom = extent(one)
            assert left >= MARGIN - 0.1
            assert right <= sheet.width - MARGIN + 0.1
            assert bottom <= sheet.height - 7
        drawn = [one for one in body if extent(one)[3] < sheet.height - 13]
        assert max(extent(one)[3] for one in drawn) <= sheet.height - 17
    assert pdf_bytes(sheets).startswith(b"%PDF")


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("size", [(30.0, 5.6), (3.2, 3.2), (0.7, 40.0), (5.0, 0.2), (0.0, 3.0), (4.0, -1.0)])
def test_a_pattern_stays_in_its_box(pattern: Pattern, size: tuple[float, float]) -> None:
    width, height = size
    stamps = list(box_stamps((10, 20, width, height), "text", pattern))
    assert bool(stamps) == (width > 0 < height)
    for one in stamps:
        left, top, right, bottom = extent(one)
        assert 10 - 1e-6 <= left <= right <= 10 + width + 1e-6
        assert 20 - 1e-6 <= top <= bottom <= 20 + height + 1e-6


def test_the_bars_of_the_panels_stand_in_their_tables(books: Ledger) -> None:
    of_day = Period(DAY, DAY)
    tables = tuple(one for name, one in below(books, of_day).items() if name in ("categories", "cashiers"))
    drawn = drawn_of(overview(books, of_day, DAY, MOMENT))
    bare = Shown("a", "Laporan", Head(), tables)
    found = []
    for shown in (bare, replace(bare, drawn=drawn)):
        stamps = [one for sheet in shown_sheets(shown) for one in sheet.stamps]
        boxes = [extent(one) for one in stamps if isinstance(one, Shape) and one.color == "primary"]
        found.append([right - left for left, top, right, bottom in boxes if round(bottom - top, 3) == 0.8])
    assert found[0] == []  # a report alone has none on the screen either
    for table in tables:
        totals = [row[[one.key for one in table.columns].index("total")] for row in table.rows]
        wide, found[1] = found[1][: len(totals)], found[1][len(totals) :]
        parts = [total * 100 // max(totals) for total in totals]
        assert [round(one / max(wide) * 100) for one in wide] == parts
    assert found[1] == []

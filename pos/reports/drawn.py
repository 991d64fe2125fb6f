"""The page of figures as it is drawn, on the screen and on paper: what its bars, marks and figures say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pos.model import Table
from pos.money import Rupiah, plain, rupiah
from pos.reports.overview import Bar, Overview, Unit, Way
from pos.text import _, date_span, ngettext, short_date

_STEPS = (1, 2, 2.5, 5, 10)  # between two lines of a chart, in powers of ten


class Figure(NamedTuple):
    """One of the four at the top: what it is, how much, how that compares in words."""

    name: str
    value: str
    told: str


class Marks(NamedTuple):
    """What the colours of the bars are called: the period's, that of what goes on now, that of the former."""

    own: str
    now: str
    before: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page of figures with the words that stand on it."""

    view: Overview
    figures: tuple[Figure, ...]
    marks: Marks


def chart_title(view: Overview) -> str:
    """Of what its bars are."""
    hours = bool(view.bars) and view.bars[0].hour is not None
    if hours or len(view.bars) == 1:
        return _("Per hour")
    weeks = any(bar.last is not None and bar.last != bar.day for bar in view.bars)
    return _("Per week") if weeks else _("Per day")


def chart_said(view: Overview) -> str:
    """Why there are no bars; empty where there are."""
    if view.period.institution and len(view.bars) == 1:
        return _("The hours cannot be told for one institution: a receipt may hold goods of several.")
    sold = any(bar.total or bar.before for bar in view.bars)
    return "" if sold else _("Nothing was sold in these days.")


def chart_marks(view: Overview, marks: Marks) -> list[tuple[str, str]]:
    """The colours that its bars have, with their names."""
    now = any(bar.now for bar in view.bars)
    before = any(bar.before is not None for bar in view.bars)
    found = [("chart1", marks.own), *([("chart2", marks.now)] if now else [])]
    return [*found, *([("sunken", marks.before)] if before else [])]


def scale_of(bars: Sequence[Bar]) -> tuple[Rupiah, int]:
    """The step from line to line in Rupiah, and how many there are; some three or four."""
    most = max((max(bar.total, bar.before or 0) for bar in bars), default=0)
    if most <= 0:
        return 500_000, 3
    power = 10 ** max(len(str(most // 3)) - 1, 3)
    step = next((int(power * one) for one in _STEPS if power * one * 4 >= most), power * 10)
    lines = max(-(-most // step), 2)
    crowded = max(bar.total for bar in bars) > step * lines * 9 // 10  # its value has no room above
    return step, lines + crowded


def short_name(bar: Bar) -> str:
    """What stands below a bar: its hour, its day of the month, the day that its week begins with."""
    if bar.hour is not None:
        return f"{bar.hour:02}"
    week = bar.last is not None and bar.last != bar.day
    return f"{bar.day.day}/{bar.day.month}" if week else str(bar.day.day)


def told_of(bar: Bar) -> str:
    """`11.00: Rp1.114.000, 7 Apr Rp980.000`."""
    name = f"{bar.hour:02}.00" if bar.hour is not None else short_date(bar.day)
    if bar.last is not None and bar.last != bar.day:
        name = date_span(bar.day, bar.last)
    coming = _("still to come")
    words = f"{name}: {coming if bar.ahead else rupiah(bar.total)}"
    if bar.before is None:
        return words
    return _("{now} · before {former}").format(now=words, former=rupiah(bar.before))


def parts_of(amounts: Sequence[int]) -> list[int]:
    """Hundredths of the largest; of what is below 0 none."""
    most = max(1, *amounts) if amounts else 1
    return [max(amount, 0) * 100 // most for amount in amounts]


def stock_part(left: int, received: int) -> int:
    """Of goods that were received, how many hundredths are left."""
    return min(max(left, 0) * 100 // received, 100) if received > 0 else 0


def bars_of(table: Table) -> tuple[int, list[int]] | None:
    """The column beside which the panels have bars, and their lengths in hundredths; None without any."""
    keys = [column.key for column in table.columns]
    if table.name in ("categories", "cashiers"):
        place = keys.index("total")
        return place, parts_of([row[place] for row in table.rows])
    if table.name == "stock":
        place, came = keys.index("left"), keys.index("received")
        return place, [stock_part(row[place], row[came]) for row in table.rows]
    return None


def payments_told(way: Way) -> str:
    """How often anybody paid so."""
    words = ngettext("{count} payment", "{count} payments", way.count)
    return words.format(count=plain(way.count))


def unit_name(unit: Unit) -> str:
    """An institution, or how many others it stands for."""
    if unit.code:
        return unit.name
    words = ngettext("{count} other institution", "{count} other institutions", unit.count)
    return words.format(count=plain(unit.count))


def unsold_told(view: Overview) -> str:
    """How many institutions sold nothing; empty where there are none, and of one institution."""
    if view.unsold <= 0 or view.period.institution:
        return ""
    return _("{count} not sold").format(count=plain(view.unsold))

"""What the page of reports is asked: which days, which booth, which institution, which report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pos.reports import Period
from pos.reports.overview import Scope
from pos.text import _, date_span, short_date

TODAY, YESTERDAY, WEEK, EVENT, DAYS = "today", "yesterday", "week", "event", "days"
PRESETS = (TODAY, YESTERDAY, WEEK, EVENT)


@dataclass(frozen=True, slots=True)
class Asked:
    """`preset` is one of PRESETS or DAYS (then `start` to `end`); empty before anybody chose: the best."""

    preset: str = ""
    start: date | None = None
    end: date | None = None
    booth: str = ""
    institution: str = ""
    report: str = ""  # a key of REPORTS; empty for the page of figures


def preset_name(preset: str) -> str:
    """What a range is called."""
    return {
        TODAY: _("Today"),
        YESTERDAY: _("Yesterday"),
        WEEK: _("7 days"),
        EVENT: _("The exhibition"),
        DAYS: _("Date"),
    }[preset]


def best_preset(scope: Scope, today: date) -> str:
    """Today while the exhibition goes on, or where anything was sold today; otherwise all of it."""
    running = scope.start <= today <= scope.end or scope.last == today
    return TODAY if running or scope.first is None else EVENT


def period_of(asked: Asked, scope: Scope, today: date) -> Period:
    """The days that are meant. The exhibition holds what was sold before or after it, too."""
    preset = asked.preset or best_preset(scope, today)
    start, end = {
        TODAY: (today, today),
        YESTERDAY: (today - timedelta(days=1),) * 2,
        WEEK: (today - timedelta(days=6), today),
        EVENT: (min(scope.start, scope.first or scope.start), max(scope.end, scope.last or scope.end)),
        DAYS: (asked.start or today, asked.end or today),
    }[preset]
    return Period(start, end, asked.institution, asked.booth)


def days_of(period: Period) -> str:
    """The days in words."""
    if period.start is None or period.end is None:
        return ""
    if period.start == period.end:
        return short_date(period.start)
    return date_span(period.start, period.end)

"""Days and times as Indonesians write them in a chat, relative to a day: besok, sabtu depan, 20/4, jam 4
sore.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time, timedelta

_WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_SPELT = {"jum'at": 4, "jum’at": 4, "jumaat": 4, "ahad": 6, "minggu": 6, "sbtu": 5, "sbt": 5, "jmt": 4}
_MONTHS = (
    *("januari jan", "februari pebruari feb", "maret mar", "april apr", "mei", "juni jun", "juli jul"),
    *("agustus agu agt ags", "september sep sept", "oktober okt", "november nopember nov", "desember des"),
)
_MONTH = {word: number for number, words in enumerate(_MONTHS, 1) for word in words.split()}
_NAMES = "|".join(sorted((*_WEEKDAYS, *_SPELT), key=len, reverse=True))
_MONTH_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))

# Of ASCII alone: otherwise `ı` and `ſ` would match letters of words that nobody then finds under that name.
_LETTERS = re.IGNORECASE | re.ASCII
_WRITTEN = re.compile(rf"\b(\d{{1,2}})\s*[- ]?\s*({_MONTH_NAMES})\b\.?(?:\s+(\d{{4}}))?", _LETTERS)
_NUMBERS = re.compile(r"(?<![\d./-])(\d{1,2})\s?[/-]\s?(\d{1,2})(?:[/-](\d{4}|\d\d))?(?![\d./-])")
_DAY_ONLY = re.compile(r"\b(?:tgl|tanggal|tggl)\.?\s*(\d{1,2})\b", _LETTERS)
_NEAR = re.compile(r"\b(hari ini|besok lusa|lusa|besok|bsk|besuk|esok)\b", _LETTERS)
_AWAY = {"hari ini": 0, "besok": 1, "bsk": 1, "besuk": 1, "esok": 1, "lusa": 2, "besok lusa": 2}
_WEEKDAY = re.compile(rf"\b(?:(hari)\s+)?({_NAMES})\b(?:\s+(depan|dpn|ini))?", _LETTERS)

_PART = r"(?:\s*(pagi|siang|sore|petang|malam|mlm))?"
_SPOKEN = re.compile(
    rf"\b(?:jam|jm|pukul|pkl)\.?\s*(setengah\s+)?(\d{{1,2}})(?:\s?[.:]\s?(\d\d))?{_PART}\b", _LETTERS
)
_CLOCK = re.compile(rf"(?<![\d./:-])([01]?\d|2[0-3])[.:]([0-5]\d)(?![\d./:-]){_PART}", _LETTERS)

Span = tuple[int, int]


def find_day(text: str, today: date) -> tuple[date, Span] | None:
    """The first day that `text` surely names, never before `today`, and where it stands."""
    found = sorted(
        ((span, day) for span, day in _days(text, today) if day and day >= today), key=lambda one: one[0]
    )
    return (found[0][1], found[0][0]) if found else None


def find_time(text: str) -> tuple[time, Span] | None:
    """The first time of day in `text`, and where it stands. Without a part of the day 1 to 6 is afternoon."""
    for match in _SPOKEN.finditer(text):
        half, hour, minutes, part = match.groups()
        told = _time(int(hour), int(minutes or 0), part or "", half=bool(half), guess=True)
        if told:
            return told, match.span()
    for match in _CLOCK.finditer(text):
        told = _time(int(match[1]), int(match[2]), match[3] or "")
        if told:
            return told, match.span()
    return None


def _days(text: str, today: date) -> Iterator[tuple[Span, date | None]]:
    for match in _WRITTEN.finditer(text):
        year = int(match[3]) if match[3] else None
        yield match.span(), _dated(int(match[1]), _MONTH[match[2].casefold()], year, today)
    for match in _NUMBERS.finditer(text):
        year = int(match[3]) if match[3] else None
        year = year + 2000 if year is not None and year < 100 else year
        yield match.span(), _dated(int(match[1]), int(match[2]), year, today)
    for match in _DAY_ONLY.finditer(text):
        if not _WRITTEN.search(text[match.start() : match.end() + 12]):
            yield match.span(), _next_numbered(int(match[1]), today)
    for match in _NEAR.finditer(text):
        yield match.span(), today + timedelta(days=_AWAY[match[1].casefold()])
    for match in _WEEKDAY.finditer(text):
        day, which = match[2].casefold(), (match[3] or "").casefold()
        number = _SPELT[day] if day in _SPELT else _WEEKDAYS.index(day)
        if day == "minggu" and not match[1] and which:  # this week, next week: no day yet
            continue
        yield match.span(), _weekday(number, which, today)


def _weekday(number: int, which: str, today: date) -> date:
    """The next such day after `today`; `depan` is the one of the week that begins next Monday."""
    ahead = (number - today.weekday()) % 7
    if which in ("depan", "dpn"):
        return today + timedelta(days=7 - today.weekday() + number)
    return today + timedelta(days=ahead if ahead or which == "ini" else 7)


def _dated(day: int, month: int, year: int | None, today: date) -> date | None:
    """That day of this year, or of the next when it is over; None when there is none."""
    try:
        found = date(year or today.year, month, day)
        return found if year or found >= today else date(today.year + 1, month, day)
    except ValueError:
        return None


def _next_numbered(day: int, today: date) -> date | None:
    """The next day with this number in its month."""
    for months in range(3):
        year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
        try:
            found = date(year, month + 1, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


def _time(hour: int, minutes: int, part: str, *, half: bool = False, guess: bool = False) -> time | None:
    part = part.casefold()
    if hour > 23 or minutes > 59:
        return None
    if (
        (part in ("sore", "petang", "malam", "mlm") and hour < 12)
        or (part == "siang" and hour < 5)
        or (guess and not part and 1 <= hour <= 6)
    ):
        hour += 12
    elif part == "pagi" and hour > 11:
        return None
    if half:  # half past the hour before
        hour, minutes = (hour - 1) % 24, 30
    return time(hour, minutes)

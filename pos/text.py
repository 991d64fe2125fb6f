"""Words: the language of everything visible (gettext), clean names, and dates as Indonesians write them."""

from __future__ import annotations

import gettext
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import NamedTuple

from pos.paths import resource

MAX_TEXT = 200


class Speech(NamedTuple):
    """A language: what it calls itself, its months, its days of the week from Monday on."""

    name: str
    months: list[str]
    days: list[str]


# By their codes, the one that is spoken when nobody asks first. A new one is one entry and its texts, in
# resources/locale/CODE.po; without a file the texts are English.
LANGUAGES: Mapping[str, Speech] = MappingProxyType(
    {
        "id": Speech(
            "Bahasa Indonesia",
            "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),
            "Senin Selasa Rabu Kamis Jumat Sabtu Minggu".split(),
        ),
        "en": Speech(
            "English",
            "January February March April May June July August September October November December".split(),
            "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
        ),
    }
)
_NO_MARKS = {code: None for code in range(128) if not chr(code).isalnum() and chr(code) != " "}
_QUOTES = "\u02bc\u02bb"  # apostrophes that Unicode counts among the letters: Qur\u02bcan
_SHORT_MONTHS = {"Agustus": "Agu"}


class _Voice:
    """The language in use; there is one per process, told at the start or by the switch in settings."""

    def __init__(self) -> None:
        self.language = ""
        self.catalogue: gettext.NullTranslations = gettext.NullTranslations()
        self.speak("id")

    def speak(self, language: str) -> None:
        self.language = language
        path = resource("locale")
        self.catalogue = gettext.translation("lapak", path, languages=[language], fallback=True)


_VOICE = _Voice()


def use_language(language: str) -> None:
    """From now on texts are in `language` (one of LANGUAGES); a text without translation stays English."""
    _VOICE.speak(language)


def language() -> str:
    """The language in use, a key of LANGUAGES."""
    return _VOICE.language


def _(message: str) -> str:
    """The text in the language in use."""
    return _VOICE.catalogue.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The text for `count` things in the language in use."""
    return _VOICE.catalogue.ngettext(one, many, count)


def clean_text(text: str, limit: int = MAX_TEXT) -> str:
    """A name as it may enter the ledger: NFC, one line, no control or direction marks, cut at `limit`."""
    if text.isascii() and text.isprintable():  # nothing to leave out: the short way for most of a long table
        return " ".join(text.split())[:limit].rstrip()
    kept = "".join(
        " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    return " ".join(unicodedata.normalize("NFC", kept).split())[:limit].rstrip()


def fold(text: str) -> str:
    """The text as it is compared in searches: lower case, no accents, no apostrophes or hyphens."""
    if text.isascii():  # the short way for nearly all of a price list
        return " ".join(text.lower().translate(_NO_MARKS).split())
    flat = unicodedata.normalize("NFKD", text).casefold()
    return " ".join("".join(c for c in flat if c == " " or (c.isalnum() and c not in _QUOTES)).split())


def long_date(day: date) -> str:
    """`Jumat, 14 April 2023`."""
    return _dated(day, _VOICE.language)


def indonesian_date(day: date) -> str:
    """The same in Indonesian, whatever language the till speaks: for texts that are sent to others."""
    return _dated(day, "id")


def _dated(day: date, speech: str) -> str:
    spoken = LANGUAGES[speech]
    return f"{spoken.days[day.weekday()]}, {day.day} {spoken.months[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """`Jum, 14 Apr 2023`."""
    days = LANGUAGES[_VOICE.language].days
    return f"{days[day.weekday()][:3]}, {day.day} {_short_month(day)} {day.year}"


def date_span(start: date, end: date) -> str:
    """`23 Mar – 2 Mei 2023`; the first year only where it is another."""
    first = f"{start.day} {_short_month(start)}" + ("" if start.year == end.year else f" {start.year}")
    return f"{first} – {end.day} {_short_month(end)} {end.year}"


def month_name(day: date) -> str:
    """`April 2023`."""
    return f"{LANGUAGES[_VOICE.language].months[day.month - 1]} {day.year}"


def weekday_names() -> tuple[str, ...]:
    """`Sen` to `Min`."""
    return tuple(name[:3] for name in LANGUAGES[_VOICE.language].days)


def weekday_name(day: date) -> str:
    """`Jumat`."""
    return LANGUAGES[_VOICE.language].days[day.weekday()]


def _short_month(day: date) -> str:
    month = LANGUAGES[_VOICE.language].months[day.month - 1]
    return _SHORT_MONTHS.get(month, month[:3])


def clock_time(moment: datetime) -> str:
    """`14.07`: the dot is the Indonesian separator of hours and minutes."""
    return f"{moment:%H.%M}"

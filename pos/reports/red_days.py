"""The days that calendars in Indonesia print red, and the programme's own day.

Those that move with the moon or the church year are as joint decrees of three ministers name them, without
the days of joint leave: SKB 3 Menteri, of the Minister of Religion's numbers 1006/2022, 855/2023, 1017/2024
and 1497/2025, for 2023 to 2026. Years that are not here have only those that stand still.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from pos.text import _

_Name = Callable[[], str]


def _eid() -> str:
    return _("Eid al-Fitr")


def _eid_al_adha() -> str:
    return _("Eid al-Adha")


def _good_friday() -> str:
    return _("Good Friday")


def _ascension() -> str:
    return _("Ascension Day")


def _vesak() -> str:
    return _("Vesak")


def _isra_miraj() -> str:
    return _("Isra Mi'raj")


def _lunar_new_year() -> str:
    return _("Lunar New Year")


def _easter() -> str:
    return _("Easter")


def _islamic_new_year() -> str:
    return _("Islamic New Year")


def _mawlid() -> str:
    return _("Birthday of the Prophet")


def _nyepi() -> str:
    return _("Nyepi")


_EVERY_YEAR: Mapping[tuple[int, int], _Name] = MappingProxyType(
    {
        (1, 1): lambda: _("New Year"),
        (5, 1): lambda: _("Labour Day"),
        (6, 1): lambda: _("Pancasila Day"),
        (8, 17): lambda: _("Independence Day"),
        (12, 25): lambda: _("Christmas"),
    }
)
_MOVING: Mapping[date, _Name] = MappingProxyType(
    {
        date(2023, 1, 22): _lunar_new_year,
        date(2023, 2, 18): _isra_miraj,
        date(2023, 3, 22): _nyepi,
        date(2023, 4, 7): _good_friday,
        date(2023, 4, 22): _eid,
        date(2023, 4, 23): _eid,
        date(2023, 5, 18): _ascension,
        date(2023, 6, 4): _vesak,
        date(2023, 6, 29): _eid_al_adha,
        date(2023, 7, 19): _islamic_new_year,
        date(2023, 9, 28): _mawlid,
        date(2024, 2, 8): _isra_miraj,
        date(2024, 2, 10): _lunar_new_year,
        date(2024, 3, 11): _nyepi,
        date(2024, 3, 29): _good_friday,
        date(2024, 3, 31): _easter,
        date(2024, 4, 10): _eid,
        date(2024, 4, 11): _eid,
        date(2024, 5, 9): _ascension,
        date(2024, 5, 23): _vesak,
        date(2024, 6, 17): _eid_al_adha,
        date(2024, 7, 7): _islamic_new_year,
        date(2024, 9, 16): _mawlid,
        date(2025, 1, 27): _isra_miraj,
        date(2025, 1, 29): _lunar_new_year,
        date(2025, 3, 29): _nyepi,
        date(2025, 3, 31): _eid,
        date(2025, 4, 1): _eid,
        date(2025, 4, 18): _good_friday,
        date(2025, 4, 20): _easter,
        date(2025, 5, 12): _vesak,
        date(2025, 5, 29): _ascension,
        date(2025, 6, 6): _eid_al_adha,
        date(2025, 6, 27): _islamic_new_year,
        date(2025, 9, 5): _mawlid,
        date(2026, 1, 16): _isra_miraj,
        date(2026, 2, 17): _lunar_new_year,
        date(2026, 3, 19): _nyepi,
        date(2026, 3, 21): _eid,
        date(2026, 3, 22): _eid,
        date(2026, 4, 3): _good_friday,
        date(2026, 4, 5): _easter,
        date(2026, 5, 14): _ascension,
        date(2026, 5, 27): _eid_al_adha,
        date(2026, 5, 31): _vesak,
        date(2026, 6, 16): _islamic_new_year,
        date(2026, 8, 25): _mawlid,
    }
)


def holiday(day: date) -> str:
    """What a public holiday is called in the language in use; empty for any other day."""
    found = _MOVING.get(day) or _EVERY_YEAR.get((day.month, day.day))
    return found() if found else ""


def is_red(day: date) -> bool:
    """A Sunday or a public holiday."""
    return day.weekday() == 6 or bool(_MOVING.get(day) or _EVERY_YEAR.get((day.month, day.day)))


def is_peak(day: date) -> bool:
    """27 April: Hari Bhakti Pemasyarakatan, for which the exhibitions are held (domain.md 3.2)."""
    return (day.month, day.day) == (4, 27)

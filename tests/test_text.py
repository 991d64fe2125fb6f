"""Words: names cleaned once at the entrance, compared without fuss, and dates as Indonesians write them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pos import text
from pos.text import clean_text, clock_time, fold, long_date, short_date, use_language
from tests.books import WIB


@pytest.fixture
def english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("id")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Nastar \t 500\ng ", "Nastar 500 g"),
        ("Nas\u200btar\x00\x07", "Nastar"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("Cafe\u0301", "Caf\u00e9"),
        ("e\u200d\u0301", "\u00e9"),
        ("a\u00a0b\u2028c", "a b c"),
        ("<b>&lt;'; DROP TABLE", "<b>&lt;'; DROP TABLE"),
        ("\ud800x", "x"),
        ("x" * 300, "x" * 200),
        ("x" * 199 + " y", "x" * 199),
    ],
)
def test_names_are_one_clean_line(written: str, kept: str) -> None:
    assert clean_text(written) == kept


@given(st.text(max_size=30) | st.text("ae\u0301\u200d \t\u202e\x00", max_size=12), st.integers(1, 12))
@example("e\u200d\u0301", 5)
def test_a_clean_name_is_clean(written: str, limit: int) -> None:
    kept = clean_text(written, limit)
    assert clean_text(kept, limit) == kept
    assert len(kept) <= limit
    assert kept == kept.strip() == unicodedata.normalize("NFC", kept)
    assert not any(unicodedata.category(c)[0] == "C" for c in kept)


@pytest.mark.parametrize(
    ("name", "searched"),
    [
        ("Rehal Al-Qur\u2019an", "rehal al quran"),
        ("CAFÉ", "cafe"),
        ("Prison\u2019s Product", "prisons  product"),
    ],
)
def test_searches_pass_over_case_accents_and_apostrophes(name: str, searched: str) -> None:
    assert fold(name).replace(" ", "") == fold(searched).replace(" ", "")


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_a_megabyte_pasted_is_cut() -> None:
    assert clean_text("kue " * 300_000) == ("kue " * 50).strip()


def test_dates_in_indonesian() -> None:
    assert long_date(date(2023, 4, 14)) == "Jumat, 14 April 2023"
    assert short_date(date(2023, 4, 14)) == "Jum, 14 Apr 2023"
    assert [short_date(date(2023, month, 1)).split()[2] for month in range(1, 13)] == (
        "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split()
    )


def test_sunday_is_minggu() -> None:
    assert long_date(date(2023, 4, 2)) == "Minggu, 2 April 2023"


@pytest.mark.usefixtures("english")
def test_dates_in_english() -> None:
    assert long_date(date(2023, 4, 14)) == "Friday, 14 April 2023"
    assert text.language() == "en"


def test_hours_and_minutes_are_parted_by_a_dot() -> None:
    assert clock_time(datetime(2023, 4, 14, 9, 5, tzinfo=WIB)) == "09.05"


def test_a_text_without_translation_stays_as_it_is() -> None:
    assert text._("no such text in any catalogue") == "no such text in any catalogue"

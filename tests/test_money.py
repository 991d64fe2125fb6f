"""Money: whole Rupiah in, whole Rupiah out."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.errors import Refused
from pos.money import COIN, MAX_AMOUNT, in_words, parse_rupiah, plain, rupiah, split

WORDS = [
    line.split("\t")
    for line in (Path(__file__).parent / "data/terbilang.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
AMOUNTS = st.integers(0, MAX_AMOUNT)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(0, "Rp0"), (500, "Rp500"), (65_000, "Rp65.000"), (1_250_000, "Rp1.250.000"), (-5_000, "\u2212Rp5.000")],
)
def test_rupiah_is_shown_with_dots_and_a_true_minus(amount: int, shown: str) -> None:
    assert rupiah(amount) == shown


def test_plain_amounts_have_no_sign_of_the_currency() -> None:
    assert (plain(30_000), plain(-1_000)) == ("30.000", "\u22121.000")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("30000", 30_000),
        ("30.000", 30_000),
        ("Rp 30.000", 30_000),
        ("Rp\u00a030.000", 30_000),
        ("rp30000", 30_000),
        ("RP. 30.000", 30_000),
        ("30rb", 30_000),
        ("30 ribu", 30_000),
        ("1,5 jt", 1_500_000),
        ("2 juta", 2_000_000),
        ("1,25rb", 1_250),
        ("Rp1.250.000,-", 1_250_000),
        ("30.000,00", 30_000),
        ("1.250", 1_250),
        (" 0 ", 0),
        ("1.000.000.000.000", MAX_AMOUNT),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, amount: int) -> None:
    assert parse_rupiah(text) == amount


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "Rp",
            "12,5",
            "1.5",
            "1.50",
            "-1",
            "\u22121",
            "1e6",
            "30,000",
            "30.00",
            "3.0000",
            ".500",
            "30rp000",
        ),
        *(
            "=1+1",
            "1.000.000.000.001",
            "9" * 40,
            "NaN",
            "Infinity",
            "1,5",
            "1,2345 jt",
            "1.500rb",
            "0x10",
            "1_000",
        ),
        *("\u0663\u0660", "\u0663rb", "\uff11\uff10", "30.000 40.000", "30.000,50", "9" * 1_000_000),
    ],
)
def test_what_is_not_surely_whole_rupiah_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_rupiah(text)


def test_a_dot_never_makes_thirty_of_thirty_thousand() -> None:
    assert float("30.000") == 30
    assert parse_rupiah("30.000") == 30_000


def test_a_refusal_quotes_at_most_forty_characters() -> None:
    with pytest.raises(Refused) as refusal:
        parse_rupiah("x" * 1000)
    assert refusal.value.message.count("x") == 40


@given(AMOUNTS)
def test_what_is_shown_can_be_read_back(amount: int) -> None:
    assert parse_rupiah(rupiah(amount)) == parse_rupiah(plain(amount)) == amount


@pytest.mark.parametrize(("amount", "words"), WORDS)
def test_amounts_in_words(amount: str, words: str) -> None:
    assert in_words(int(amount)) == words


SMALL = "nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas".split()
LARGE = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12}


def heard(words: str) -> int:
    """The number that a listener understands."""
    total = group = digit = 0
    for word in words.split():
        if word in SMALL:
            digit = SMALL.index(word)
            group += digit
        elif word in LARGE:
            total, group = total + group * LARGE[word], 0
        else:
            group += {"belas": 10, "puluh": digit * 9, "ratus": digit * 99, "seratus": 100, "seribu": 1000}[
                word
            ]
    return total + group


@given(AMOUNTS)
def test_words_say_the_number(amount: int) -> None:
    assert heard(in_words(amount)) == amount
    assert " ".join(in_words(amount).split()) == in_words(amount)


def test_less_than_nothing_in_words() -> None:
    assert in_words(-21_000) == "minus dua puluh satu ribu"


@given(st.integers(-MAX_AMOUNT, MAX_AMOUNT), st.lists(st.integers(0, 10**9), min_size=1, max_size=12))
def test_shares_add_up_and_are_fair_to_the_rupiah(amount: int, weights: list[int]) -> None:
    shares = split(amount, weights)
    assert sum(shares) == amount
    total = sum(weights)
    if total:
        assert all(
            abs(share * total - amount * weight) < total
            for share, weight in zip(shares, weights, strict=True)
        )


def test_the_first_gets_the_rupiah_left_over() -> None:
    assert split(100, [1, 1, 1]) == (34, 33, 33)


def test_shares_are_whole_coins_of_what_is() -> None:
    assert split(1_000, [1, 1, 1], COIN) == (400, 300, 300)
    assert split(1_001, [1, 1, 1], COIN) == (334, 334, 333)


def test_shares_are_equal_when_nothing_weighs() -> None:
    assert split(10, [0, 0]) == (5, 5)


@pytest.mark.parametrize("weights", [[], [1, -1]])
def test_shares_need_weights(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        split(10, weights)

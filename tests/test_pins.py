"""PINs: unique, never kept as they are, and five wrong ones make a person wait, also after a restart."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from pos.errors import Refused
from pos.ledger import Ledger, open_ledger, set_setting
from pos.people import give_pin
from pos.pins import hash_pin, matches
from pos.staff import FIRST_WAIT_S, LONGEST_WAIT_S, SignIn, sign_in, staff, tries_of, waiting_s
from tests.books import booth, documents, standing


def test_a_pin_is_kept_as_something_that_only_it_matches() -> None:
    kept = hash_pin("481502")
    assert matches("481502", kept)
    assert not matches("481503", kept)
    assert "481502" not in kept
    assert hash_pin("481502") != kept


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", " 12345"])
def test_only_six_digits_are_a_pin(pin: str) -> None:
    with pytest.raises(Refused, match="6"):
        hash_pin(pin)


@pytest.mark.parametrize(
    "kept", ["", "x", "scrypt$1$1$1$00$00", "scrypt$1048576$8$1$00$00", "scrypt$32768$8$1$x$y"]
)
def test_what_is_no_kept_pin_matches_nothing(kept: str) -> None:
    assert not matches("123456", kept)


def test_two_people_never_have_the_same_pin(till: Ledger) -> None:
    give_pin(till, "rina", "481502", "rina")
    with pytest.raises(Refused):
        give_pin(till, "sari", "481502", "sari")
    give_pin(till, "rina", "481502", "rina")  # one's own again is no other's


def test_the_right_pin_signs_in_and_a_wrong_one_counts(till: Ledger) -> None:
    give_pin(till, "sari", "481502", "sari")
    assert sign_in(till, "sari", "000000") == SignIn(left=4)
    assert sign_in(till, "sari", "481502").who == staff(till)["sari"]
    assert sign_in(till, "sari", "000000") == SignIn(left=4)
    assert sign_in(till, "rina", "").who == staff(till)["rina"]
    assert not any("481502" in doc.body for doc in documents(till)[till.own().code])


@pytest.fixture
def waiting(tmp_path: Path) -> Path:
    """A ledger in which Rina typed five wrong PINs when the machine had been on for 1,000 s."""
    till = booth(tmp_path / "stan.lapak", clock=standing(1_000))
    give_pin(till, "rina", "481502", "rina")
    answers = [sign_in(till, "rina", "000000") for _try in range(5)]
    assert [answer.left for answer in answers] == [4, 3, 2, 1, 0]
    assert answers[-1].wait_s == FIRST_WAIT_S
    till.close()
    return tmp_path / "stan.lapak"


def test_a_new_start_of_the_program_ends_no_wait(waiting: Path) -> None:
    with closing(open_ledger(waiting, standing(1_020))) as later:
        assert sign_in(later, "rina", "481502") == SignIn(wait_s=FIRST_WAIT_S - 20)
        later.clock = standing(1_000 + FIRST_WAIT_S)
        assert sign_in(later, "rina", "000000").wait_s == 2 * FIRST_WAIT_S
        later.clock = standing(1_000 + 3 * FIRST_WAIT_S)
        assert sign_in(later, "rina", "481502").who == staff(later)["rina"]


@pytest.mark.parametrize("days", [-36_500, -1, 1, 36_500])
def test_no_clock_that_is_set_ends_a_wait_or_makes_it_longer(waiting: Path, days: int) -> None:
    with closing(open_ledger(waiting, standing(days * 86_400, up=1_020))) as later:
        assert sign_in(later, "rina", "481502") == SignIn(wait_s=FIRST_WAIT_S - 20)
        later.clock = standing(days * 86_400, up=1_000 + FIRST_WAIT_S)
        assert sign_in(later, "rina", "481502").who is not None


def test_a_machine_started_anew_lets_the_wait_begin_with_that(waiting: Path) -> None:
    with closing(open_ledger(waiting, standing(1_500, up=10))) as later:
        assert waiting_s(later, "rina") == FIRST_WAIT_S - 10
        later.clock = standing(1_550, up=FIRST_WAIT_S)
        assert waiting_s(later, "rina") == 0
        later.clock = standing(2_500, up=1_010)  # when it has been on for as long as the first was, no second
        assert waiting_s(later, "rina") == 0


def test_who_only_reads_waits_no_longer(waiting: Path) -> None:
    with closing(open_ledger(waiting, standing(1_500, up=10), read_only=True)) as reader:
        assert waiting_s(reader, "rina") == FIRST_WAIT_S - 10
        reader.clock = standing(1_600, up=FIRST_WAIT_S)
        assert sign_in(reader, "rina", "481502").who is not None


def test_no_number_of_wrong_pins_locks_for_ever(till: Ledger) -> None:
    give_pin(till, "rina", "481502", "rina")
    for kept in ("[1000000, 0, 900]", "[5, 0, 99999999999]"):
        set_setting(till, tries_of("rina"), kept)
        assert waiting_s(till, "rina") == LONGEST_WAIT_S
        till.clock = standing(LONGEST_WAIT_S)
        assert sign_in(till, "rina", "000000").wait_s <= LONGEST_WAIT_S
        till.clock = standing(3 * LONGEST_WAIT_S)
        assert sign_in(till, "rina", "481502").who is not None
        till.clock = standing(0)


@pytest.mark.parametrize("kept", ["", "x", "[]", "[1]", "{}", "[null, 1, 2]", "[" * 10_000, "[-5, -5, -5]"])
def test_a_count_that_cannot_be_read_locks_nobody_out(till: Ledger, kept: str) -> None:
    give_pin(till, "rina", "481502", "rina")
    set_setting(till, tries_of("rina"), kept)
    assert sign_in(till, "rina", "481502").who is not None

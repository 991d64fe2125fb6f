"""PINs: unique, never kept as they are, and five wrong ones make a person wait, also after a restart."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos.clock import stopped_at
from pos.errors import Refused
from pos.ledger import Ledger, open_ledger
from pos.pins import hash_pin, matches
from pos.staff import FIRST_WAIT_S, SignIn, set_pin, sign_in, staff, waiting_s
from tests.books import MOMENT, booth, documents


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
    set_pin(till, "rina", "481502")
    with pytest.raises(Refused):
        set_pin(till, "sari", "481502")
    set_pin(till, "rina", "481502")  # one's own again is no other's


def test_the_right_pin_signs_in_and_a_wrong_one_counts(till: Ledger) -> None:
    set_pin(till, "sari", "481502")
    assert sign_in(till, "sari", "000000") == SignIn(left=4)
    assert sign_in(till, "sari", "481502").who == staff(till)["sari"]
    assert sign_in(till, "sari", "000000") == SignIn(left=4)
    assert sign_in(till, "rina", "").who == staff(till)["rina"]
    assert not any("481502" in doc.body for doc in documents(till)[till.own().code])


def test_five_wrong_pins_make_one_wait_and_a_restart_does_not_help(tmp_path: Path) -> None:
    till = booth(tmp_path / "stan.lapak")
    set_pin(till, "rina", "481502")
    answers = [sign_in(till, "rina", "000000") for _try in range(5)]
    assert [answer.left for answer in answers] == [4, 3, 2, 1, 0]
    assert answers[-1].wait_s == FIRST_WAIT_S
    till.close()
    later = open_ledger(tmp_path / "stan.lapak", stopped_at(MOMENT + timedelta(seconds=20)))
    assert sign_in(later, "rina", "481502") == SignIn(wait_s=FIRST_WAIT_S - 20)
    later.clock = stopped_at(MOMENT - timedelta(days=1))
    assert waiting_s(later, "rina") == FIRST_WAIT_S
    later.clock = stopped_at(MOMENT + timedelta(seconds=FIRST_WAIT_S))
    assert sign_in(later, "rina", "000000").wait_s == 2 * FIRST_WAIT_S
    later.clock = stopped_at(MOMENT + timedelta(seconds=3 * FIRST_WAIT_S))
    assert sign_in(later, "rina", "481502").who == replace(staff(later)["rina"])
    later.close()

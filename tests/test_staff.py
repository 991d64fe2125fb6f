"""The people at the till."""

from __future__ import annotations

from pos.ledger import Ledger
from pos.model import Staff
from pos.staff import post_staff, staff
from tests.books import STAFF


def test_people_are_known_by_code(till: Ledger) -> None:
    assert staff(till) == {one.code: one for one in STAFF}


def test_the_newest_card_of_a_person_stands(till: Ledger) -> None:
    post_staff(till, [Staff("rina", "Rina Oktaviani", "petugas")])
    assert staff(till)["rina"].role == "petugas"
    assert len(staff(till)) == 2

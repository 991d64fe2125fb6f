"""The people at the till."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Staff
from pos.people import give_pin
from pos.staff import post_staff, sign_in, staff
from tests.books import STAFF


def test_people_are_known_by_code(till: Ledger) -> None:
    assert staff(till) == {one.code: one for one in STAFF}


def test_the_newest_card_of_a_person_stands(till: Ledger) -> None:
    post_staff(till, [Staff("rina", "Rina Oktaviani", "petugas")])
    assert staff(till)["rina"].role == "petugas"
    assert len(staff(till)) == 2


def test_an_officer_without_a_pin_signs_in_only_where_no_officer_has_one(till: Ledger) -> None:
    """Anybody could choose that name; but where none has a PIN yet, somebody has to begin."""
    wati = Staff("wati", "Wati", "petugas")
    post_staff(till, [wati, *(replace(one, pin="") for one in staff(till).values())])
    assert sign_in(till, "wati", "1").who == wati
    give_pin(till, "wati", "246813", "wati")
    post_staff(till, [Staff("budi", "Budi", "petugas"), Staff("ani", "Ani", "kantor")])
    for code in ("budi", "ani", "sari"):
        with pytest.raises(Refused, match="petugas tanpa PIN") as refused:
            sign_in(till, code, "1")
        assert "Petugas lain" in refused.value.hint
    assert sign_in(till, "rina", "1").who == staff(till)["rina"]  # a cashier's name is all there is to gain
    give_pin(till, "budi", "975310", "wati")
    assert sign_in(till, "budi", "975310").who == staff(till)["budi"]


def test_a_cashiers_pin_bars_no_officer(till: Ledger) -> None:
    """Nobody would be there to give one."""
    post_staff(till, [replace(one, pin="") for one in staff(till).values()])
    give_pin(till, "rina", "246813", "rina")
    assert sign_in(till, "sari", "1").who == staff(till)["sari"]

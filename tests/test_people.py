"""People are added, get roles and PINs, and leave; only by who may, and never without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pos.approvals import granted
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Staff
from pos.people import GONE, add_person, change_role, give_pin
from pos.staff import post_staff, sign_in, staff
from tests.books import derived, documents, new_ledger


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Ledger]:
    """A cashier, an officer and somebody of the office."""
    with closing(new_ledger(tmp_path / "stan.lapak")) as ledger:
        post_staff(ledger, [Staff("rina", "Rina"), Staff("sari", "Sari", "petugas")])
        post_staff(ledger, [Staff("bela", "Bela", "kantor")])
        yield ledger


def papers(ledger: Ledger) -> int:
    return len(documents(ledger)[ledger.own().code])


def test_an_officer_adds_people_each_with_a_code_of_their_own(till: Ledger) -> None:
    names = ("Dédi Saputra", "Hj. Nurbaiti", "Dedi Kusnandar", "  Rina\t\u202e Oktaviani  ", "محمد", "😀😀")
    people = [add_person(till, name, "kasir", "sari") for name in names]
    assert [one.code for one in people] == ["dedi", "nurbaiti", "dedi2", "rina2", "orang", "orang2"]
    assert people[3].name == "Rina Oktaviani"
    assert staff(till)["dedi"] == people[0]


@pytest.mark.parametrize("name", ["", " \u200b\n", "SARI"])
def test_a_name_is_needed_and_tells_people_apart(till: Ledger, name: str) -> None:
    with pytest.raises(Refused):
        add_person(till, name, "kasir", "sari")


def test_a_cashier_changes_nobody_without_an_officer(till: Ledger) -> None:
    before = papers(till)
    for who in ("rina", "siapa"):
        with pytest.raises(Refused, match="petugas"):
            add_person(till, "Dedi", "kasir", who)
        for role in ("petugas", GONE):
            with pytest.raises(Refused, match="petugas"):
                change_role(till, "sari", role, who)
        with pytest.raises(Refused, match="petugas"):
            give_pin(till, "sari", "481502", who)
    assert papers(till) == before
    approval = granted(till, "sari", "people", "Dedi", "orang baru")
    assert add_person(till, "Dedi", "kasir", "rina", approval).code == "dedi"
    assert [row[6] for row in derived(till)["approval"]] == ["sari"]


def test_nobody_gives_or_takes_a_role_above_their_own(till: Ledger) -> None:
    for code, role in (("rina", "kantor"), ("bela", "kasir"), ("sari", "kantor")):
        with pytest.raises(Refused, match="di atas"):
            change_role(till, code, role, "sari")
    assert change_role(till, "sari", "kantor", "bela").role == "kantor"
    with pytest.raises(Refused, match="raja"):
        change_role(till, "rina", "raja", "bela")


def test_who_left_signs_in_no_more_and_comes_back_by_a_role(till: Ledger) -> None:
    give_pin(till, "rina", "481502", "sari")
    gone = change_role(till, "rina", GONE, "sari")
    assert (gone.role, gone.pin, staff(till)["rina"].name) == ("", "", "Rina")
    with pytest.raises(Refused, match="Rina"):
        sign_in(till, "rina", "481502")
    assert give_pin(till, "sari", "481502", "sari").pin  # the PIN is free
    assert change_role(till, "rina", "kasir", "sari").role == "kasir"


def test_somebody_stays_who_may(till: Ledger) -> None:
    change_role(till, "bela", GONE, "bela")
    with pytest.raises(Refused, match="Tidak akan ada"):
        change_role(till, "sari", "kasir", "sari")


def test_a_pin_is_ones_own_and_nobody_elses(till: Ledger) -> None:
    give_pin(till, "rina", "481502", "rina")
    with pytest.raises(Refused, match="PIN"):
        give_pin(till, "sari", "481502", "sari")
    for wrong in ("12345", "1234567", "12345a", "", "१२३४५६"):
        with pytest.raises(Refused, match="6"):
            give_pin(till, "rina", wrong, "rina")
    assert sign_in(till, "rina", "481502").who
    with pytest.raises(Refused, match="siapa"):
        give_pin(till, "siapa", "481503", "sari")

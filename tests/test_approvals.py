"""Approvals: by somebody who may, for one thing, once; five wrong PINs make a wait that stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos.approvals import approve, approvers, granted, take
from pos.clock import stopped_at
from pos.errors import Refused
from pos.ledger import Ledger, open_ledger
from pos.model import Approval, Staff
from pos.pins import hash_pin
from pos.refunds import void
from pos.staff import SignIn, post_staff, staff
from tests.books import MOMENT, booth, derived, sell, shift_of, standing

PIN = "715902"


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Ledger]:
    """A booth whose officer Sari has a PIN."""
    with closing(booth(tmp_path / "stan.lapak")) as ledger:
        post_staff(ledger, [Staff("sari", "Sari Wulandari", "petugas", hash_pin(PIN))])
        yield ledger


def given(ledger: Ledger, subject: str, action: str = "void") -> Approval:
    """Sari's approval by her PIN."""
    answer = approve(ledger, "sari", PIN, action, subject, "  salah\ttekan\u202e <b>😀 ")
    assert isinstance(answer, Approval)
    return answer


def later(ledger: Ledger, **by: int) -> None:
    """Time passes."""
    ledger.clock = stopped_at(ledger.clock.now() + timedelta(**by))


def test_it_is_kept_in_the_document_with_who_and_why(till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    later(till, minutes=5)
    back = void(till, sale, shift_of(till), "rina", approval=given(till, sale.receipt))
    assert (back.by, back.reason) == ("sari", "salah tekan <b>😀")
    (row,) = derived(till)["approval"]
    assert row[4:] == ("void", sale.receipt, "sari", "salah tekan <b>😀")


def test_it_is_for_one_thing_and_used_once(till: Ledger) -> None:
    first, second = sell(till, {"PECI": 1}), sell(till, {"PECI": 2})
    later(till, minutes=5)
    approval = given(till, first.receipt)
    with pytest.raises(Refused, match="hal lain"):
        void(till, second, shift_of(till), "rina", approval=approval)
    void(till, first, shift_of(till), "rina", approval=approval)
    with pytest.raises(Refused, match="sudah dipakai"):
        void(till, second, shift_of(till), "rina", approval=replace(approval, subject=second.receipt))
    assert len(derived(till)["refund"]) == 1


def test_nobody_else_approves(till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    later(till, minutes=5)
    for who in ("rina", "siapa"):
        with pytest.raises(Refused, match="petugas"):
            approve(till, who, PIN, "void", sale.receipt)
        with pytest.raises(Refused, match="petugas"):  # nor by what somebody made up
            void(till, sale, shift_of(till), "rina", approval=granted(till, who, "void", sale.receipt, "x"))
    assert [one.code for one in approvers(till, "void")] == ["sari"]
    assert approvers(till, "void", but="sari") == []


def test_a_second_person_is_somebody_else(till: Ledger) -> None:
    sari, rina = staff(till)["sari"], staff(till)["rina"]
    approval = granted(till, "sari", "difference", "S03K7-Z00001", "salah hitung")
    with till.read() as conn:
        assert take(conn, None, sari, "difference", "S03K7-Z00001") == {}
        with pytest.raises(Refused):
            take(conn, None, sari, "difference", "S03K7-Z00001", second=True)
        with pytest.raises(Refused, match="orang kedua"):
            take(conn, approval, sari, "difference", "S03K7-Z00001", second=True)
        assert take(conn, approval, rina, "difference", "S03K7-Z00001", second=True)["approval"]


def test_five_wrong_pins_make_a_wait_that_a_new_start_keeps(till: Ledger, tmp_path: Path) -> None:
    tries = [approve(till, "sari", "000000", "void", "x") for _try in range(5)]
    assert tries == [*(SignIn(left=left) for left in (4, 3, 2, 1)), SignIn(wait_s=60)]
    till.close()
    with closing(open_ledger(tmp_path / "stan.lapak", standing(59))) as again:
        assert approve(again, "sari", PIN, "void", "x") == SignIn(wait_s=1)
        again.clock = standing(-86_400, up=0)  # the clock set back makes it no longer
        assert approve(again, "sari", PIN, "void", "x") == SignIn(wait_s=60)
        again.clock = standing(60)
        assert isinstance(approve(again, "sari", PIN, "void", "x"), Approval)


@pytest.mark.parametrize("minutes", [-30 * 24 * 60, -16, 16, 30 * 24 * 60])
def test_it_holds_for_a_while_only(till: Ledger, minutes: int) -> None:
    sale = sell(till, {"PECI": 1})
    approval = given(till, sale.receipt)
    later(till, minutes=minutes)  # or the clock was set meanwhile
    with pytest.raises(Refused, match="terlalu lama"):
        void(till, sale, shift_of(till), "rina", approval=approval)
    assert derived(till)["refund"] == []
    later(till, minutes=15 - minutes)
    void(till, sale, shift_of(till), "rina", approval=approval)


def test_one_used_before_a_restart_is_used(till: Ledger, tmp_path: Path) -> None:
    first, second = sell(till, {"PECI": 1}), sell(till, {"PECI": 2})
    approval = given(till, first.receipt)
    void(till, first, shift_of(till), "rina", approval=approval)
    till.close()
    with closing(open_ledger(tmp_path / "stan.lapak", stopped_at(MOMENT))) as again:
        with pytest.raises(Refused, match="sudah dipakai"):
            void(again, second, shift_of(again), "rina", approval=replace(approval, subject=second.receipt))
        assert len(derived(again)["refund"]) == 1

"""The drawer: money that goes in and out beside sales, and what should be in it."""

from __future__ import annotations

import pytest

from pos.approvals import granted
from pos.drawer import BANK, CASH_OUT, IN, OUT, Move, move_cash, move_subject, note_opened, shift_sums
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import Approval, Shift
from pos.money import MAX_AMOUNT, Rupiah
from pos.refunds import void
from tests.books import DAY, busy_day, documents, end_shift, sell, shift_of

FLOAT = 200_000


def cash_in(ledger: Ledger) -> Rupiah:
    shift = shift_of(ledger)
    with ledger.read() as conn:
        return shift_sums(conn, shift).cash(shift.float_cash)


def allowed(ledger: Ledger, shift: Shift, move: Move) -> Approval:
    return granted(ledger, "sari", CASH_OUT, move_subject(shift, move))


def test_an_untouched_drawer_holds_its_float(till: Ledger) -> None:
    assert cash_in(till) == FLOAT


def test_it_holds_float_and_cash_of_sales_without_the_change(till: Ledger) -> None:
    cash = sum(part.amount for sale in busy_day(till) for part in sale.payments if part.method == "cash")
    assert cash_in(till) == FLOAT + cash


def test_a_void_takes_its_cash_out_again(till: Ledger) -> None:
    void(till, sell(till, {"PECI": 1}, tendered=100_000), shift_of(till), "rina")
    void(till, sell(till, {"PECI": 1}, "qris"), shift_of(till), "rina")
    assert cash_in(till) == FLOAT


def test_money_goes_in_and_out_with_papers_of_one_series(till: Ledger) -> None:
    shift = shift_of(till)
    moves = [Move(IN, 50_000, "Uang kecil"), Move(OUT, 15_000, "Plastik"), Move(BANK, 100_000, "Bendahara")]
    papers = [
        move_cash(till, shift, move, "rina", None if move.kind == IN else allowed(till, shift, move))
        for move in moves
    ]
    assert cash_in(till) == FLOAT + 50_000 - 15_000 - 100_000
    assert [paper.number[-7:] for paper in papers] == ["-C00001", "-C00002", "-C00003"]
    assert [(paper.move, paper.day, paper.cashier) for paper in papers] == [(m, DAY, "rina") for m in moves]


def test_an_officer_takes_money_out_alone(till: Ledger) -> None:
    assert move_cash(till, shift_of(till), Move(OUT, 5_000, "Parkir"), "sari").cashier == "sari"


@pytest.mark.parametrize(
    ("move", "told"),
    [
        (Move(IN, 0, "x"), "jumlah"),
        (Move(IN, -5_000, "x"), "jumlah"),
        (Move(IN, MAX_AMOUNT + 1, "x"), "jumlah"),
        (Move(IN, 1_000, " \n"), "untuk apa"),
        (Move(OUT, 1_000, "Parkir"), "petugas"),
        (Move(BANK, 1_000, "Bendahara"), "petugas"),
    ],
)
def test_what_does_not_go_changes_nothing(till: Ledger, move: Move, told: str) -> None:
    before = documents(till)
    with pytest.raises(Refused, match=told):
        move_cash(till, shift_of(till), move, "rina")
    assert documents(till) == before


def test_an_approval_is_for_one_amount_and_for_once(till: Ledger) -> None:
    shift, move = shift_of(till), Move(OUT, 20_000, "Makan siang")
    approval = allowed(till, shift, move)
    with pytest.raises(Refused, match="lain"):
        move_cash(till, shift, Move(OUT, 200_000, "Makan siang"), "rina", approval)
    move_cash(till, shift, move, "rina", approval)
    with pytest.raises(Refused, match="sudah dipakai"):
        move_cash(till, shift, move, "rina", approval)
    assert cash_in(till) == FLOAT - 20_000


def test_nothing_moves_in_a_closed_shift_or_without_a_reason(till: Ledger) -> None:
    shift = shift_of(till)
    with pytest.raises(Refused, match="laci"):
        note_opened(till, shift, "rina", "")
    end_shift(till)
    with pytest.raises(Refused, match="sudah ditutup"):
        move_cash(till, shift, Move(IN, 1_000, "x"), "rina")

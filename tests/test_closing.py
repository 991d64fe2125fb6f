"""Closing a shift: counted blind, compared, put down once; never in the way, whatever the day was like.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from pos import journal, printing
from pos.activity import CLOCK, note
from pos.approvals import granted
from pos.carts import held_drafts, keep, note_removals
from pos.chains import reading
from pos.clock import stopped_at
from pos.closing import (
    DIFFERENCE,
    Closing,
    close_shift,
    close_uncounted,
    closing_of,
    closing_subject,
    last_closing,
    read_closing,
    x_report,
)
from pos.draft import HELD, WAITING, Draft, removal
from pos.drawer import IN, OUT, Move, move_cash, note_opened
from pos.drawer_count import (
    MAX_PIECES,
    Counted,
    is_fresh,
    keep_entry,
    kept_counts,
    kept_entry,
    lock_count,
)
from pos.errors import Refused
from pos.ledger import Ledger, open_ledger, set_setting
from pos.model import Approval, By, Staff
from pos.refunds import void
from pos.shifts import current_shift, open_shift
from pos.staff import post_staff
from pos.sync import copy_chains
from pos.tables import SHIFT_CLOSE
from pos.verify import verify
from tests.books import (
    DAY,
    MOMENT,
    STAFF,
    booth,
    busy_day,
    cart_of,
    derived,
    documents,
    end_shift,
    new_ledger,
    next_shift,
    sell,
    shift_of,
)

FLOAT = {100_000: 2}  # notes of the float, Rp200.000


def count(ledger: Ledger, notes: Mapping[int, int]) -> Counted:
    return lock_count(ledger, shift_of(ledger), notes, "rina")


def close(
    ledger: Ledger, notes: Mapping[int, int], reason: str = "", approval: Approval | None = None
) -> Closing:
    counts = (*kept_counts(ledger, shift_of(ledger)), count(ledger, notes))
    return close_shift(ledger, shift_of(ledger), counts, reason, "rina", approval)


def approval_of(ledger: Ledger) -> Approval:
    return granted(ledger, "sari", DIFFERENCE, closing_subject(shift_of(ledger)))


def test_a_shift_without_sales_closes(till: Ledger) -> None:
    closed = close(till, FLOAT)
    assert (closed.counted, closed.expected, closed.difference) == (200_000, 200_000, 0)
    assert closed.paper.endswith("-Z00001")
    assert closed.report["sales"]["count"] == 0
    assert closed.report["numbers"] == []
    assert current_shift(till) is None


def test_the_document_holds_the_whole_day(till: Ledger) -> None:
    shift, sales = shift_of(till), busy_day(till)
    void(till, sales[0], shift, "rina")
    move_cash(till, shift, Move(IN, 30_000, "Uang kecil"), "rina")
    move_cash(till, shift, Move(OUT, 10_000, "Plastik"), "sari")
    note_opened(till, shift, "rina", "Tukar uang")
    for copy in (0, 1):
        assert printing.count(till, [sales[1].receipt], By(STAFF[0], shift)) == {sales[1].receipt: copy}
    note(till, CLOCK, "mundur", "rina", shift)
    kept = cart_of(till, {"PECI": 2})
    waiting = cart_of(till, {"SEMPRONG": 1})
    keep(till, Draft(kept, MOMENT, state=HELD), Draft(waiting, MOMENT, state=WAITING))
    note_removals(till, [removal(kept, kept.lines[0])], "rina", shift)
    report = end_shift(till).report
    net = sum(sale.total for sale in sales)
    assert report["sales"] == {
        "count": 7,
        "qty": sum(sale.qty for sale in sales),
        "gross": net + sum(sale.discount for sale in sales),
        "discount": sum(sale.discount for sale in sales),
        "net": net,
    }
    assert sum(way["amount"] for way in report["ways"]) == net
    assert report["ways"][0]["method"] == "cash"
    assert report["voids"] == {"count": 1, "amount": sales[0].total}
    assert report["returns"] == {"count": 0, "amount": 0}
    assert report["numbers"] == [sales[0].receipt, sales[-1].receipt]
    assert report["refund_numbers"][0].endswith("-R00001")
    assert (report["removals"]["count"], report["removals"]["amount"]) == (1, 100_000)
    assert (report["drawer_noted"], report["reprint_noted"], report["clock_noted"]) == (1, 1, 1)
    assert (report["held"], report["waiting"]) == (1, {"count": 1, "amount": waiting.total})
    assert (report["drawer"]["in"]["amount"], report["drawer"]["out"]["amount"]) == (30_000, -10_000)
    assert (report["cashier_name"], report["officer"]) == ("Rina Oktaviani", "Sari Wulandari")


def test_pressed_twice_it_is_one_closing_and_reads_back_as_it_was(till: Ledger) -> None:
    shift = shift_of(till)
    sell(till, {"PECI": 1})
    first = close(till, {100_000: 2, 50_000: 1})
    again = close_shift(till, shift, first.counts, "lain", "sari")
    assert again == first == closing_of(till, shift) == last_closing(till)
    assert close_uncounted(till, shift, "lupa", "sari") == first
    assert [doc.kind for doc in documents(till)[till.own().code]].count("shift_close") == 1


def test_what_is_sold_afterwards_belongs_to_the_next_shift(till: Ledger) -> None:
    closed = close(till, FLOAT)
    later = open_shift(till, "sari", DAY, 100_000)
    sell(till, {"PECI": 1})
    assert closing_of(till, later) is None
    second = close_shift(till, later, [lock_count(till, later, {50_000: 3}, "sari")], "", "sari")
    assert (second.number, second.report["number_of_day"], second.expected) == (2, 2, 150_000)
    assert read_closing(documents(till)[till.own().code][closed.seq - 1]) == closed


def test_carts_put_aside_are_there_the_next_morning(till: Ledger) -> None:
    keep(till, Draft(cart_of(till, {"PECI": 1}), MOMENT, name="Ibu Ani", state=HELD))
    end_shift(till)
    assert [draft.name for draft in held_drafts(till)] == ["Ibu Ani"]


def test_nothing_is_closed_without_a_count(till: Ledger) -> None:
    with pytest.raises(Refused, match="Hitung"):
        close_shift(till, shift_of(till), (), "", "rina")


@pytest.mark.parametrize(
    "notes",
    [{50_000: -1}, {50_000: MAX_PIECES + 1}, {3_000: 1}, {50_000: True}, {50_000: "x"}, {0: 4}],
    ids=str,
)
def test_a_count_that_no_drawer_holds_is_refused(till: Ledger, notes: dict[int, int]) -> None:
    with pytest.raises(Refused):
        count(till, notes)
    assert kept_counts(till, shift_of(till)) == ()


def test_a_locked_count_and_what_is_typed_outlive_the_program(till: Ledger) -> None:
    assert till.path is not None
    first = count(till, {100_000: 1})
    keep_entry(till, shift_of(till), {50_000: 7})
    with closing(open_ledger(till.path, stopped_at(MOMENT))) as again:
        assert kept_counts(again, shift_of(again)) == (first,)
        assert kept_entry(again, shift_of(again)) == {50_000: 7}
        closed = close(again, FLOAT)
    assert [one.total for one in closed.counts] == [100_000, 200_000]
    assert closed.counted == 200_000
    later = open_shift(till, "rina", DAY)
    assert (kept_counts(till, later), kept_entry(till, later)) == ((), {})


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"shift": 0}', '{"shift": 6, "counts": 3}'])
def test_a_kept_count_that_cannot_be_read_is_counted_again(till: Ledger, kept: str) -> None:
    set_setting(till, "count", kept)
    assert (kept_counts(till, shift_of(till)), kept_entry(till, shift_of(till))) == ((), {})
    assert close(till, FLOAT).difference == 0


def test_a_count_that_is_older_than_a_sale_is_refused(till: Ledger) -> None:
    old = count(till, FLOAT)
    assert is_fresh(till, shift_of(till), old)
    sell(till, {"PECI": 1}, "qris")
    assert not is_fresh(till, shift_of(till), old)
    with pytest.raises(Refused, match="setelah dihitung"):
        close_shift(till, shift_of(till), [old], "", "rina")
    assert close(till, FLOAT).counted == 200_000


@pytest.mark.parametrize(("coins", "needs"), [({1_000: 2}, False), ({1_000: 2, 100: 1}, True)])
def test_a_difference_above_2000_must_have_a_reason(till: Ledger, coins: dict[int, int], needs: bool) -> None:
    before = len(documents(till)[till.own().code])
    if needs:
        with pytest.raises(Refused, match="sebab"):
            close(till, FLOAT | coins, " ")
        assert len(documents(till)[till.own().code]) == before
    assert close(till, FLOAT | coins, "Salah kembalian" if needs else "").difference == 2_000 + 100 * needs


def test_a_large_difference_needs_a_second_person(till: Ledger) -> None:
    shift = shift_of(till)
    with pytest.raises(Refused, match="petugas"):
        close(till, {}, "Hilang")
    allowed = approval_of(till)
    closed = close(till, {}, "Hilang", allowed)
    assert (closed.difference, closed.approval) == (-200_000, allowed)
    assert len(closed.counts) == 2
    later = open_shift(till, "rina", DAY)
    with pytest.raises(Refused, match="lain"):  # for another shift
        close_shift(till, later, [lock_count(till, later, FLOAT, "rina")], "x", "rina", allowed)
    assert closing_of(till, shift) == closed


def test_the_only_officer_closes_alone_for_closing_waits_for_nobody(till: Ledger) -> None:
    shift = shift_of(till)
    closed = close_shift(till, shift, (lock_count(till, shift, {}, "sari"),), "Hilang", "sari")
    assert (closed.difference, closed.reason, closed.approval) == (-200_000, "Hilang", None)


def test_who_counted_does_not_approve_the_difference(till: Ledger) -> None:
    post_staff(till, [Staff("ahmad", "Ahmad", "petugas")])
    shift = shift_of(till)
    counts = (lock_count(till, shift, {}, "sari"),)
    for allowed in (None, approval_of(till)):
        with pytest.raises(Refused, match="petugas" if allowed is None else "orang kedua"):
            close_shift(till, shift, counts, "Hilang", "sari", allowed)
    assert current_shift(till) is not None


def test_an_approval_is_used_once(till: Ledger) -> None:
    allowed = approval_of(till)
    with till.write() as conn:
        till.post(conn, "staff", {"cards": [], "approval": asdict(allowed)})
    with pytest.raises(Refused, match="sudah dipakai"):
        close(till, {}, "Hilang", allowed)


def test_the_limit_is_a_setting(till: Ledger) -> None:
    set_setting(till, DIFFERENCE, "100000")
    assert close(till, {100_000: 1}, "Salah hitung").difference == -100_000
    later = open_shift(till, "rina", DAY, 200_000)
    set_setting(till, DIFFERENCE, "0")
    with pytest.raises(Refused, match="petugas"):
        close_shift(till, later, [lock_count(till, later, {**FLOAT, 100: 1}, "rina")], "x", "rina")


def test_a_forgotten_shift_closes_under_its_own_day(tmp_path: Path) -> None:
    with closing(booth(tmp_path / "a.lapak")) as till:
        sell(till, {"PECI": 1})
        till.clock = stopped_at(MOMENT + timedelta(days=1))
        closed = close(till, {100_000: 2, 50_000: 1})
        assert (closed.day, closed.at.date()) == (DAY, DAY + timedelta(days=1))
        assert open_shift(till, "rina", DAY + timedelta(days=1), 250_000).day > closed.day


def test_a_forgotten_shift_closes_uncounted_with_an_officer(till: Ledger) -> None:
    sell(till, {"PECI": 1})
    shift = shift_of(till)
    with pytest.raises(Refused, match="petugas"):
        close_uncounted(till, shift, "Lupa ditutup", "rina")
    with pytest.raises(Refused, match="tidak dihitung"):
        close_uncounted(till, shift, "", "sari")
    closed = close_uncounted(till, shift, "Lupa ditutup", "rina", approval_of(till))
    assert (closed.uncounted, closed.counted, closed.difference) == (True, None, 0)
    assert closed.expected == 250_000
    assert current_shift(till) is None
    assert verify(till, rebuild=True).ok


def test_a_drawer_that_should_hold_less_than_nothing_closes_too(till: Ledger) -> None:
    move_cash(till, shift_of(till), Move(OUT, 300_000, "Salah catat"), "sari")
    closed = close_uncounted(till, shift_of(till), "Lupa", "sari")
    assert (closed.expected, closed.counted) == (-100_000, None)


def test_the_clock_may_go_back_a_day_between_sale_and_closing_51(till: Ledger) -> None:
    sell(till, {"PECI": 1})
    till.clock = stopped_at(MOMENT - timedelta(days=1))
    closed = close(till, {100_000: 2, 50_000: 1})
    assert (closed.day, closed.difference) == (DAY, 0)
    assert verify(till).ok


def test_another_laptops_shift_is_not_closed_here(till: Ledger, tmp_path: Path) -> None:
    with closing(booth(tmp_path / "b.lapak", "S07")) as other:
        theirs = shift_of(other)
        mine = count(till, FLOAT)
        for verb in (
            lambda: close_shift(till, theirs, [mine], "", "sari"),
            lambda: close_uncounted(till, theirs, "x", "sari"),
            lambda: lock_count(till, theirs, FLOAT, "sari"),
        ):
            with pytest.raises(Refused, match="laptop lain"):
                verb()


def test_a_shift_that_was_never_opened_is_not_closed(till: Ledger, tmp_path: Path) -> None:
    ghost = shift_of(till)
    with closing(new_ledger(tmp_path / "b.lapak")) as empty:
        empty.device = till.own()
        with pytest.raises(Refused, match="tidak ada"):
            close_uncounted(
                empty, ghost, "x", "sari", granted(empty, "sari", DIFFERENCE, closing_subject(ghost))
            )


def test_an_x_report_says_the_same_and_closes_nothing(till: Ledger) -> None:
    busy_day(till)
    shown = x_report(till, shift_of(till), "rina")
    assert (shown.number, shown.counted) == (0, None)
    assert current_shift(till) is not None
    closed = end_shift(till)
    assert (shown.report, shown.expected) == (closed.report, closed.expected)


def test_a_closing_travels_and_is_derived_again_as_it_was(till: Ledger, collector: Ledger) -> None:
    busy_day(till)
    end_shift(till)
    next_shift_of = open_shift(till, "sari", DAY, 1_000)
    close_uncounted(till, next_shift_of, "Lupa", "sari")
    with reading(till) as source:
        assert copy_chains(source, collector).refused == []
    live = derived(till)
    assert derived(collector)["shift_close"] == live["shift_close"]
    with till.write() as conn:
        journal.rebuild(conn)
    assert derived(till) == live
    with till.read() as conn:
        assert len(conn.execute(select(SHIFT_CLOSE)).all()) == 2


def test_older_shifts_that_nobody_closed_are_not_asked_for_again(till: Ledger) -> None:
    """Lapak 0.2 closed none: only the newest shift counts as open."""
    next_shift(till, "rina", DAY + timedelta(days=1))
    assert till.path is not None
    with closing(sqlite3.connect(till.path)) as raw:
        raw.execute("DELETE FROM shift_close")
        raw.commit()
    newest = shift_of(till)
    end_shift(till)
    assert current_shift(till) is None
    assert open_shift(till, "rina", newest.day).seq > newest.seq

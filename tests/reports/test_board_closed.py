"""Closed days on the board: said at a booth or at the office, carried by every sync, and nobody's fault."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pos import journal
from pos.chains import reading
from pos.closed_days import MOST_REASON, close_day, closed_days
from pos.errors import Refused
from pos.ledger import Ledger
from pos.model import By, Staff
from pos.offices import begin_office
from pos.reports.board import Mark, board
from pos.sync import copy_chains
from tests.books import DAY, derived, documents, event
from tests.reports.test_board import ONE, a_booth, bring, centre, line, mark, sell_on, week

__all__ = ["centre", "week"]

OFFICER = By(Staff("sari", "Sari Wulandari", "petugas"))


def test_somebody_may_say_why_a_day_is_closed_also_one_ahead(week: Ledger) -> None:
    close_day(week, date(2023, 4, 12), "Pindah tempat", OFFICER)
    close_day(week, DAY + ONE, "Cuti bersama", OFFICER)
    found = board(week, DAY)
    assert mark(found, "LP1-PLG", date(2023, 4, 12)) is Mark.CLOSED
    assert mark(found, "LPP-PLG", date(2023, 4, 12)) is Mark.LOW  # it sold all the same
    assert line(found, "LP1-PLG").streak == 4
    assert (mark(found, "LP1-PLG", DAY + ONE), found.closed[DAY + ONE]) == (Mark.CLOSED, "Cuti bersama")
    close_day(week, DAY + ONE, " ", OFFICER)
    assert mark(board(week, DAY), "LP1-PLG", DAY + ONE) is Mark.AHEAD


def two_booths(folder: Path) -> Iterator[Ledger]:
    """S03 of LPP-PLG and S07 of LPK-MRE, which both sold peci of LP1-PLG on the 13th and the 14th."""
    for code, host in (("S03", "LPP-PLG"), ("S07", "LPK-MRE")):
        ledger = a_booth(folder / f"{code}.lapak", event(), code, host=host)
        for day in (DAY - ONE, DAY):
            sell_on(ledger, day, "PECI")
        yield ledger


def test_a_booth_that_was_closed_excuses_its_own_institution_in_the_region(
    tmp_path: Path, centre: Ledger
) -> None:
    ours, theirs = two_booths(tmp_path)
    close_day(theirs, DAY - ONE, "Listrik padam", OFFICER)
    bring(centre, ours, theirs)
    found = board(centre, DAY)
    assert mark(found, "LPK-MRE", DAY - ONE) is Mark.CLOSED
    assert line(found, "LPK-MRE").closed[DAY - ONE] == "Listrik padam"
    assert mark(found, "LPP-PLG", DAY - ONE) is Mark.MISSED
    assert DAY - ONE not in found.closed
    for ledger in (ours, theirs):
        ledger.close()


def test_a_day_is_closed_everywhere_when_every_booth_or_the_office_says_so(
    tmp_path: Path, centre: Ledger
) -> None:
    ours, theirs = two_booths(tmp_path)
    close_day(theirs, DAY + ONE, "Idulfitri", OFFICER)
    bring(centre, ours, theirs)
    assert mark(board(centre, DAY), "LP1-PLG", DAY + ONE) is Mark.AHEAD
    close_day(ours, DAY + ONE, "Lebaran", OFFICER)
    begin_office(centre)
    close_day(centre, DAY + 2 * ONE, "Cuti bersama", By(Staff("hn", "Hj. Nurbaiti", "kantor")))
    bring(centre, ours, theirs)
    with reading(centre) as source:
        copy_chains(source, ours, for_booth=ours.device)
    assert board(centre, DAY).closed[DAY + ONE] == "Lebaran"  # of the first booth
    for ledger in (centre, ours):
        found = board(ledger, DAY)
        assert mark(found, "LP1-PLG", DAY + ONE) is Mark.CLOSED
        assert mark(found, "LP1-PLG", DAY + 2 * ONE) is Mark.CLOSED
        assert found.closed[DAY + 2 * ONE] == "Cuti bersama"
    for ledger in (ours, theirs):
        ledger.close()


def test_only_an_officer_says_so(week: Ledger) -> None:
    before = documents(week)
    with pytest.raises(Refused):
        close_day(week, DAY, "Sepi", By(Staff("rina", "Rina Oktaviani")))
    assert documents(week) == before


def test_the_same_again_puts_nothing_down_and_a_long_reason_is_cut(week: Ledger) -> None:
    close_day(week, DAY, "x" * 100, OFFICER)
    before = documents(week)
    close_day(week, DAY, "x" * MOST_REASON, OFFICER)
    assert documents(week) == before
    with week.read() as conn:
        assert closed_days(conn) == {"S03": {DAY: "x" * MOST_REASON}}


def test_the_latest_word_stands_also_when_rebuilt(week: Ledger) -> None:
    for reason in ("Hujan", "", "Banjir"):
        close_day(week, DAY, reason, OFFICER)
    live = derived(week)
    assert live["closed_day"]
    with week.write() as conn:
        journal.rebuild(conn, chunk=2)
        assert closed_days(conn) == {"S03": {DAY: "Banjir"}}
    assert derived(week) == live

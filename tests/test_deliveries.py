"""A delivery being written down outlives the program, and is received once."""

from __future__ import annotations

from datetime import date

import pytest

from pos.consignment import receive
from pos.deliveries import Entry, Head, keep, kept
from pos.ledger import Ledger, set_setting
from pos.model import By
from tests.books import STAFF, shift_of

HEAD = Head("LPP-PLG", "Yuliana, S.H.", "W6.PAS.23-114")
LINES = (Entry("SEMPRONG", 3, "B", date(2023, 5, 1)), Entry("NASTAR-500", 0))


def test_what_was_put_down_is_taken_up_again_until_it_is_received(till: Ledger) -> None:
    assert kept(till, "LPP-PLG") == (Head("LPP-PLG"), ())
    keep(till, HEAD, LINES[:1])
    keep(till, HEAD, LINES)
    assert kept(till, "LPP-PLG") == (HEAD, LINES)
    assert kept(till, "LP1-PLG") == (Head("LP1-PLG"), ())
    receive(till, HEAD, LINES[:1], By(STAFF[0], shift_of(till)), 85)
    assert kept(till, "LPP-PLG") == (Head("LPP-PLG"), ())


@pytest.mark.parametrize("broken", ["{", "[]", "{}", '{"partner":"","letter":"","lines":[{"sku":1}]}', "7"])
def test_what_cannot_be_read_is_begun_anew(till: Ledger, broken: str) -> None:
    set_setting(till, "delivery:LPP-PLG", broken)
    assert kept(till, "LPP-PLG") == (Head("LPP-PLG"), ())

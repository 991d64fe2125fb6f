"""A bounded share of the till's state machine; `python -m tests.fuzz till` runs it long."""

from __future__ import annotations

from hypothesis.stateful import run_state_machine_as_test

from tests.fuzz.machines import settings_of
from tests.fuzz.till import Till

VERBS = {"sell", "again", "void", "return", "restart", "cash", "count", "order", "ahead"}


def test_any_sequence_of_verbs_leaves_the_books_right() -> None:
    Till.done.clear()
    run_state_machine_as_test(Till, settings=settings_of(6, 18))
    # A machine whose verbs are all refused would prove nothing.
    assert set(Till.done) >= VERBS, sorted(VERBS - set(Till.done))

"""Who ordered at a laptop with two histories: the wish to be forgotten finds its order, and no other one."""

from __future__ import annotations

import pytest

from pos import quarantine
from pos.doctor import examine
from pos.identity import continue_as_new
from pos.ledger import Ledger
from pos.privacy import erase
from pos.shifts import open_shift
from tests.books import DAY, documents, sell
from tests.ordering import counter, ordered
from tests.sync.conftest import Copy
from tests.sync.test_forks import only_fork, split_all
from tests.sync.world import take


def named(ledger: Ledger) -> dict[str, int]:
    """In which chains orders still say who ordered, and in how many places."""
    chains = documents(ledger).items()
    return {code: count for code, chain in chains if (count := sum(doc.private is not None for doc in chain))}


@pytest.mark.parametrize("late", [False, True])
def test_an_order_of_the_clone_keeps_its_name_when_the_first_laptop_forgets_one(
    copy: Copy, pusat: Ledger, late: bool
) -> None:
    """Both stand in the same place of one chain; `late`: the wish comes when the clone's was split off."""
    one, clone = copy("S01"), copy("S01")
    order = ordered(one)
    ordered(clone, {"PECI": 1})
    for ledger in (one, clone):
        take(ledger, pusat)
    if late:
        split_all(pusat)
    erase(one, order, counter(one, "sari"))
    take(one, pusat)
    split_all(pusat)
    assert [code for code in named(pusat) if code != one.own().code] == list(named(pusat))
    assert list(named(pusat).values()) == [1]
    assert [check for check in examine(pusat) if not check.ok] == []


@pytest.mark.parametrize("when", ["before", "aside", "after"])
def test_a_clone_under_its_new_code_forgets_its_own_order_at_the_office(
    copy: Copy, pusat: Ledger, when: str
) -> None:
    """It names the place of the order in the chain that both had, whatever has become of that meanwhile."""
    one, clone = copy("S01"), copy("S01")
    former = clone.own().code
    sell(one, {"PECI": 1})
    order = ordered(clone, {"PECI": 1})
    take(one, pusat)
    if when != "before":
        take(clone, pusat)
        assert only_fork(pusat).device == former
    if when == "after":
        split_all(pusat)
    continue_as_new(clone)
    open_shift(clone, "rina", DAY, 0)
    erase(clone, order, counter(clone, "sari"))
    take(clone, pusat)
    with pusat.read() as conn:
        assert [row.private for row in quarantine.aside(conn) if row.private] == []
    split_all(pusat)
    assert named(pusat) == {}
    assert [check for check in examine(pusat) if not check.ok] == []

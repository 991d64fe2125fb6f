"""A bounded share of the region's state machine; `python -m tests.fuzz sync` runs it long."""

from __future__ import annotations

import pytest
from hypothesis.stateful import run_state_machine_as_test

from tests.fuzz.machines import settings_of
from tests.fuzz.sync import Region

THINGS = {"sell", "clone", "stick", "folder"}


def test_files_in_any_order_with_clones_and_rot_come_to_the_same() -> None:
    Region.done.clear()
    run_state_machine_as_test(Region, settings=settings_of(4, 12))
    assert set(Region.done) >= THINGS, sorted(THINGS - set(Region.done))


def test_a_database_among_them_comes_to_the_same(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    Region.done.clear()
    monkeypatch.setattr(Region, "url", postgres_url)
    run_state_machine_as_test(Region, settings=settings_of(2, 10))
    assert Region.done["sell"]

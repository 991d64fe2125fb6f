"""A central ledger gets a chain of its own, once, with the exhibition that came in."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from pos.carry import sync_target
from pos.clock import stopped_at
from pos.errors import Refused, WorldFailed
from pos.ledger import Ledger, open_ledger, open_target
from pos.merge import merge
from pos.model import By, Staff
from pos.offices import begin_office, office_of
from pos.settlements import splits
from pos.settling import set_split
from pos.shares import Split
from tests.books import MOMENT, bring, busy_day, documents


def test_an_empty_one_knows_no_exhibition(collector: Ledger) -> None:
    assert office_of(collector) is None
    with pytest.raises(Refused, match="Gabungkan"):
        begin_office(collector)
    assert documents(collector) == {}


def test_it_begins_once_and_is_known_when_opened_again(till: Ledger, tmp_path: Path) -> None:
    sync_target(till, str(tmp_path / "pusat.lapak"))
    with closing(open_ledger(tmp_path / "pusat.lapak")) as central:
        made = begin_office(central)
        assert (made.role, made.booth, made.event) == ("office", "KW", till.own().event)
        assert begin_office(central) == made
        assert len(documents(central)[made.code]) == 1
    with closing(open_ledger(tmp_path / "pusat.lapak")) as again:
        assert again.own() == made


def test_one_that_cannot_be_kept_is_none(till: Ledger, tmp_path: Path) -> None:
    """What is put down under it later would be papers of a chain without a beginning."""
    sync_target(till, str(tmp_path / "pusat.lapak"))
    with closing(open_ledger(tmp_path / "pusat.lapak", read_only=True)) as central:
        with pytest.raises(WorldFailed):
            begin_office(central)
        assert central.device is None


def test_its_rule_comes_to_the_booths(till: Ledger, tmp_path: Path) -> None:
    """By a file between them, as from one office to the booths of another."""
    between, own = str(tmp_path / "antar.lapak"), tmp_path / "kantor.lapak"
    sync_target(till, between)
    merge(str(own), [Path(between)])
    rule = Split("2023-04-20", "turnover", (("institution", 85), ("state", 15)))
    with closing(open_ledger(own, stopped_at(MOMENT))) as office:
        begin_office(office)
        set_split(office, rule, By(Staff("kanwil", "Kepala Kantor", "kantor")))
        sync_target(office, between)
    sync_target(till, between)
    with till.read() as conn:
        assert splits(conn) == [rule]


def test_in_a_database_too(till: Ledger, postgres_url: str) -> None:
    busy_day(till)
    with closing(open_target(postgres_url)) as central:
        for chain in documents(till).values():
            bring(central, chain)
        made = begin_office(central)
    with closing(open_target(postgres_url)) as again:
        assert office_of(again) == made

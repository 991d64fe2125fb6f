"""What booths hand in while the office's program is open comes in by itself; what it says lies ready."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos import journal
from pos.clock import stopped_at
from pos.inbox import open_central
from pos.ledger import Ledger, open_ledger, open_target
from pos.letterbox import put_up
from pos.model import By
from pos.offices import begin_office
from pos.paths import box_of, has_box
from pos.settlements import splits
from pos.settling import set_split
from pos.shares import Split
from pos.submit import submit
from tests.books import MOMENT, booth, busy_day, documents, new_collector
from tests.ui.hands import show, texts
from tests.ui.office.room import NURBAITI, page_of, settle
from ui import work
from ui.app import App
from ui.frame import Frame
from ui.late_ledger import LateLedger
from ui.office.merging import MergingPage
from ui.screens import OFFICE
from ui.theme import Theme

PLACE = next(n for n, screen in enumerate(OFFICE) if screen.place == "sync")


@pytest.fixture
def stan(tmp_path: Path) -> Iterator[Ledger]:
    """Another booth, with a busy day."""
    with closing(booth(tmp_path / "s11.lapak", "S11")) as ledger:
        busy_day(ledger)
        yield ledger


@pytest.fixture
def own(central: Ledger) -> Path:
    """The central file with a letter box, as an office's program leaves it."""
    assert central.path
    put_up(central.path)
    return central.path


def waits_for(qtbot: QtBot, frame: Frame) -> None:
    """It has looked, and all pages have heard of it."""
    with qtbot.waitSignal(frame.app.taking.looked, timeout=20_000):
        frame.app.taking.look()
    settle()
    settle()


def test_what_a_booth_hands_over_comes_in_by_itself(
    qtbot: QtBot, frame: Frame, own: Path, stan: Ledger
) -> None:
    page = page_of(frame, MergingPage, PLACE)
    settle()
    assert f"Setoran stan masuk sendiri: {own}" in texts(page)
    submit(stan, str(own))
    waits_for(qtbot, frame)
    assert [row.short for row in page.booths.model.rows] == ["S03", "S07", "S11"]
    assert any("Terakhir masuk: 14.07." in text for text in texts(page))
    waits_for(qtbot, frame)  # nothing new: nothing is told
    assert [row.short for row in page.booths.model.rows] == ["S03", "S07", "S11"]


def test_what_cannot_come_in_is_named(qtbot: QtBot, frame: Frame, own: Path, stan: Ledger) -> None:
    page = page_of(frame, MergingPage, PLACE)
    submit(stan, str(own))
    (segment,) = (box_of(own) / "in" / stan.own().code).iterdir()
    segment.write_bytes(b"rusak")
    waits_for(qtbot, frame)
    assert segment.name in page.banner.accessibleName()
    assert [row.short for row in page.booths.model.rows] == ["S03", "S07"]


def test_a_database_is_looked_into_too(qtbot: QtBot, theme: Theme, stan: Ledger, postgres_url: str) -> None:
    with closing(open_target(postgres_url)) as central:
        frame = Frame(App.over(central, theme))
        show(qtbot, frame)
        page = page_of(frame, MergingPage, PLACE)
        with closing(open_target(postgres_url)) as other, other.write() as conn:
            journal.hand_in(conn, documents(stan)[stan.own().code])
        waits_for(qtbot, frame)
        assert [row.short for row in page.booths.model.rows] == ["S11"]
        work.finish()


def test_what_the_office_says_lies_ready_when_its_program_ends(tmp_path: Path, stan: Ledger) -> None:
    path = new_collector(tmp_path / "pusat.lapak")
    submit(stan, str(path))
    late = LateLedger(path)
    office = late.get()
    assert has_box(path)
    begin_office(office)
    office.clock = stopped_at(MOMENT)
    rule = Split("2023-04-20", "turnover", (("institution", 85), ("state", 15)))
    set_split(office, rule, By(NURBAITI))
    late.close()
    submit(stan, str(path))
    with stan.read() as conn:
        assert splits(conn) == [rule]


def test_a_file_that_only_collected_is_carried_again_afterwards(tmp_path: Path, stan: Ledger) -> None:
    path = new_collector(tmp_path / "pusat.lapak")
    late = LateLedger(path)
    late.get()
    assert has_box(path)
    late.close()
    assert not has_box(path)
    submit(stan, str(path))
    with closing(open_ledger(path, read_only=True)) as central:
        assert documents(central) == documents(stan)


def test_what_was_handed_over_while_it_was_closed_is_there_when_it_opens(
    tmp_path: Path, stan: Ledger
) -> None:
    path = new_collector(tmp_path / "pusat.lapak")
    put_up(path)
    submit(stan, str(path))
    late = LateLedger(path)
    assert documents(late.get()) == documents(stan)
    late.close()
    assert has_box(path)
    with closing(open_central(str(path))) as central:
        assert documents(central) == documents(stan)

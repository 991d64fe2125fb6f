"""A till with the page of handing over, and sticks that are folders."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos.clock import stopped_at
from pos.ledger import Ledger
from pos.volumes import Volume
from tests.books import MOMENT
from tests.ui.hands import show
from tests.ui.opened import Opened
from ui import work
from ui.app import App
from ui.frame import Frame
from ui.sync.page import SyncPage
from ui.sync.syncing import SCREEN
from ui.theme import Theme


@pytest.fixture(autouse=True)
def _opened(opened: Opened) -> None:
    """No paper gets to the system."""


@pytest.fixture
def sticks(monkeypatch: pytest.MonkeyPatch) -> list[Volume]:
    """The sticks that are found; empty at first."""
    found: list[Volume] = []
    monkeypatch.setattr("pos.volumes.sticks", lambda: tuple(found))
    return found


@pytest.fixture
def stick(sticks: list[Volume], tmp_path: Path) -> Path:
    """One stick is there."""
    place = tmp_path / "KINGSTON"
    place.mkdir()
    sticks.append(Volume(place, "KINGSTON", 12_000_000_000, "vfat", writable=True))
    return place


@pytest.fixture
def frame(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[Frame]:
    """The screens over a booth that has not handed over anything."""
    till.clock = stopped_at(MOMENT)
    made = Frame(App.over(till, theme))
    made.resize(1366, 768)
    show(qtbot, made)
    made.desk.prepare()
    work.finish()
    yield made
    work.finish()


@pytest.fixture
def page(frame: Frame) -> SyncPage:
    """The page, in sight."""
    frame.choose(SCREEN)
    work.finish()
    shown = frame.screens.currentWidget()
    assert isinstance(shown, SyncPage)
    return shown

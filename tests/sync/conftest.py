"""Fixtures of the sync tests: ledgers made once and copied, and English sentences."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos.clock import stopped_at
from pos.ledger import Ledger, open_ledger
from pos.text import language, use_language
from tests.books import MOMENT, booth, busy_day
from tests.sync.world import central, office

Copy = Callable[[str], Ledger]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Sentences as the source has them."""
    before = language()
    use_language("en")
    yield
    use_language(before)


@pytest.fixture(scope="session")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the closed ledgers of two booths that had a busy day and of an office."""
    folder = tmp_path_factory.mktemp("kit")
    for code in ("S01", "S02"):
        ledger = booth(folder / f"{code}.lapak", code)
        busy_day(ledger)
        ledger.close()
    office(folder / "K01.lapak").close()
    return folder


@pytest.fixture
def copy(kit: Path, tmp_path: Path) -> Iterator[Copy]:
    """`copy("S01")` is a ledger of the kit, to go on with; the second of the same name is its twin."""
    made: list[Ledger] = []

    def make(code: str) -> Ledger:
        path = tmp_path / f"{code}-{len(made)}.lapak"
        shutil.copyfile(kit / f"{code}.lapak", path)
        made.append(open_ledger(path, stopped_at(MOMENT)))
        return made[-1]

    yield make
    for ledger in made:
        ledger.close()


@pytest.fixture
def pusat(tmp_path: Path) -> Iterator[Ledger]:
    """An empty central file, open."""
    ledger = central(tmp_path / "pusat.lapak")
    yield ledger
    ledger.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """Where a central file is to be; the folder is there, the file is not."""
    folder = tmp_path / "stik"
    folder.mkdir()
    return folder / "pusat.lapak"


@pytest.fixture(params=("file", "folder", "server"))
def where(request: pytest.FixtureRequest, stick: Path) -> str:
    """A target of each kind that is not there yet."""
    if request.param == "server":
        return str(request.getfixturevalue("postgres_url"))
    return str(stick if request.param == "file" else stick.parent / "HBP 59")

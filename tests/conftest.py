"""What every test stands on: no screen, no state of this machine's user, no guessing by libraries."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import Engine
from sqlalchemy import create_engine as make

from pos.text import LANGUAGES, language, use_language

pytest_plugins = ["tests.books", "tests.pg"]  # the fixtures `till`, `postgres_url`

# Before anything imports Qt, which reads these once. Without XDG_RUNTIME_DIR Qt and platformdirs both warn.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="lapak-runtime-"))

# How long an example takes says more about the machine than about the program.
settings.register_profile("lapak", deadline=None)
settings.load_profile("lapak")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of state for each test, which programs started by the test see too."""
    folder = tmp_path / "home"
    monkeypatch.setenv("LAPAK_HOME", str(folder))
    return folder


@pytest.fixture(params=LANGUAGES)
def speech(request: pytest.FixtureRequest) -> Iterator[str]:
    """One language after the other."""
    before = language()
    use_language(request.param)
    yield request.param
    use_language(before)


@pytest.fixture(autouse=True)
def _nothing_left_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a test leaves open is closed behind it: Python 3.13 complains, Windows deletes no open file."""
    made: list[Engine] = []

    def create_engine(*args: Any, **options: Any) -> Engine:
        made.append(make(*args, **options))
        return made[-1]

    monkeypatch.setattr("pos.engines.create_engine", create_engine)
    yield
    for engine in made:
        engine.dispose()

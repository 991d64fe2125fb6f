"""What every test stands on: no screen, no state of this machine's user, no guessing by libraries."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

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

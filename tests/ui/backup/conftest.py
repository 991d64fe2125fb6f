"""What tests of copies have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Work = Callable[..., Any]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Work is done in this process, where disks and sticks can be replaced; the names of what was done."""
    done: list[str] = []

    def run(_aside: object, work: Work, *args: object) -> Any:
        done.append(work.__name__)
        return work(*args)

    monkeypatch.setattr("pos.aside.Aside.run", run)
    return done

"""Running commands in this process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pos.cli import main
from pos.ledger import open_ledger
from pos.model import Sale
from pos.text import use_language
from tests.books import busy_day
from tests.cli.running import Run, Said


@pytest.fixture
def lapak(capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """`lapak("report", path, "totals")` runs a command here; the language is Indonesian again at the end."""

    def run(*argv: object) -> Said:
        code = main([str(arg) for arg in argv])
        out, err = capsys.readouterr()
        return Said(code, out, err)

    yield run
    use_language("id")


@pytest.fixture
def path(booth_file: Path, tmp_path: Path) -> Path:
    """The ledger of a booth that is ready to sell, closed."""
    return shutil.copyfile(booth_file, tmp_path / "stan.lapak")


@pytest.fixture
def sold(path: Path) -> list[Sale]:
    """The sales of a busy day in the ledger at `path`."""
    with closing(open_ledger(path)) as ledger:
        return busy_day(ledger)

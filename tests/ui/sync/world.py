"""A laptop and its clone, each with sales of its own, and the central file that knows one of them or both."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

from pos.clock import stopped_at
from pos.ledger import open_ledger
from pos.merge import merge
from tests.books import MOMENT, booth, sell


def twins(folder: Path) -> tuple[Path, Path]:
    """The ledger of booth S07 with two sales behind the place where its clone, with one, went its own way."""
    first, clone = folder / "stan-07.lapak", folder / "klon-07.lapak"
    booth(first, "S07").close()
    shutil.copyfile(first, clone)
    for path, items in ((first, ({"PECI": 1}, {"PECI": 2})), (clone, ({"SEMPRONG": 1},))):
        with closing(open_ledger(path, stopped_at(MOMENT))) as ledger:
            for cart in items:
                sell(ledger, cart)
    return first, clone


def forked(folder: Path) -> Path:
    """A central file to which both have come."""
    central = folder / "pusat.lapak"
    merge(str(central), twins(folder))
    return central

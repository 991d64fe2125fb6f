"""A ledger of every released version opens for ever: derived anew, verified, and with the same figures.

Each was written by the program of that version, with `booth` and `busy_day` of tests.books, once and for all.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pos.ledger import open_ledger
from pos.mark import VERSION
from pos.refunds import void
from pos.reports import Period, run_report
from pos.verify import verify
from tests import plain_sums
from tests.books import sell, shift_of

KEPT = sorted((Path(__file__).parent / "data/ledgers").glob("*.lapak"))
BUSY_DAY = (7, 263, 1_010_000, 35_007, 974_993, 139_284, 3, 1)  # the report `totals`


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_a_ledger_of_an_old_version_opens_and_goes_on(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "stan.lapak"
    shutil.copy(kept, path)
    till = open_ledger(path)
    assert run_report(till, "totals", Period()).rows == (BUSY_DAY,)
    sale = sell(till, {"PECI": 1})
    void(till, sale, shift_of(till), "rina")
    assert run_report(till, "totals", Period()).rows[0][4] == BUSY_DAY[4]
    assert run_report(till, "reconcile", Period()).totals == {"difference": 0}
    assert verify(till, rebuild=True).ok
    assert plain_sums.hold(till)
    with till.read() as conn:
        assert conn.exec_driver_sql("PRAGMA user_version").scalar_one() == VERSION
    till.close()


def test_there_is_one_to_open() -> None:
    assert KEPT

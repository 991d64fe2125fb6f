"""The command line asks nobody who they are: who has the file has what is in it (pos/reports/blind.py)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pos.ledger import open_ledger
from pos.model import Sale, Staff
from pos.reports.blind import board_for, hidden_days
from tests.books import DAY
from tests.cli.running import Run

CASHIER = Staff("rina", "Rina Oktaviani")


def test_what_screens_hold_back_until_the_drawer_is_counted_is_told_to_who_has_the_file(
    lapak: Run, path: Path, sold: list[Sale]
) -> None:
    turnover = sum(sale.total for sale in sold)
    with closing(open_ledger(path)) as ledger:
        assert hidden_days(ledger, CASHIER) == {DAY}
        assert board_for(ledger, DAY, CASHIER).turnover is None
    said = lapak("report", path, "totals", "--from", DAY, "--to", DAY, "--json").json
    place = [column["key"] for column in said["columns"]].index("total")
    assert said["rows"][0][place] == turnover
    with closing(sqlite3.connect(path)) as plain:  # what would a question keep from anybody
        assert plain.execute("SELECT sum(total) FROM sale").fetchone() == (turnover,)

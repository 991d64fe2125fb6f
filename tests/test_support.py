"""The report for whoever looks after the program: it helps, and names nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos import __version__
from pos.bugs import LOG, LOGS_KEPT
from pos.ledger import Ledger, set_setting
from pos.support import MOST_LOG, save_report
from tests.books import busy_day, documents


def test_it_tells_the_books_and_the_log_and_no_person(till: Ledger, home: Path) -> None:
    busy_day(till)
    set_setting(till, "letterhead", '{"head": "Hj. Nurbaiti"}')
    home.mkdir(exist_ok=True)
    (home / LOG).write_text("2023-04-14 14:07 7F3A21 KeyError\n")
    path = save_report(till, {"Qt": "6.11"})
    text = path.read_text("utf-8")
    own = till.own()
    (chain,) = documents(till).values()
    for told in (f"Lapak {__version__}", "Qt 6.11", f"chain {own.code} {len(chain)}", "7F3A21 KeyError"):
        assert told in text
    sold = sum(doc.kind == "sale" for doc in chain)
    assert f"\nsale {sold}\n" in text
    for never in ("Nurbaiti", "Rina", "rina", "Sari", "Semprong", str(Path.home())):
        assert never not in text
    assert path.name == f"laporan-lapak-{own.prefix}-20230414-1407.txt"


@pytest.mark.usefixtures("home")
def test_without_a_ledger_it_tells_the_rest() -> None:
    text = save_report(None, {}).read_text("utf-8")
    assert "no ledger is open" in text
    assert "SQLite" in text


def test_of_long_logs_the_newest_end_is_told(home: Path) -> None:
    home.mkdir(exist_ok=True)
    (home / f"{LOG}.{LOGS_KEPT}").write_text("oldest")
    (home / f"{LOG}.1").write_text("x" * MOST_LOG)
    (home / LOG).write_text("newest")
    text = save_report(None, {}).read_text("utf-8")
    assert text.rstrip().endswith("newest")
    assert "oldest" not in text

"""Every report says up to when it holds, and for which laptops."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from pos.clock import stopped_at
from pos.complete import Complete
from pos.ledger import Ledger
from pos.reports import REPORTS, Period, run_report
from pos.reports.completeness import complete_lines
from tests.books import MOMENT, booth, bring, documents, sell


def test_of_each_laptop_the_newest_document(till: Ledger, tmp_path: Path, collector: Ledger) -> None:
    with closing(booth(tmp_path / "b.lapak", "S07")) as late:
        late.clock = stopped_at(MOMENT + timedelta(hours=2))
        newest = sell(late, {"PECI": 1})
        for ledger in (till, late):
            bring(collector, documents(ledger)[ledger.own().code])
    seq = len(documents(till)[till.own().code])
    mine = Complete("S03", till.own().code, seq, MOMENT.isoformat())
    found = run_report(collector, "totals", Period())
    assert found.complete == (
        mine,
        Complete("S07", newest.device, newest.seq, "2023-04-14T16:07:00+07:00"),
    )
    assert complete_lines(found) == [
        "Lengkap sampai 14 April 2023 14.07 WIB (2 laptop).",
        "Paling tertinggal: S03 14 April 2023 14.07 WIB, S07 14 April 2023 16.07 WIB.",
    ]
    assert run_report(collector, "totals", Period(booth="S03")).complete == (mine,)


@pytest.mark.parametrize("name", REPORTS)
def test_no_report_is_without(till: Ledger, name: str) -> None:
    assert [one.booth for one in run_report(till, name, Period()).complete] == ["S03"]

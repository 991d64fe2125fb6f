"""The look at the newest documents as soon as the till runs, before the first copy reads all of them."""

from __future__ import annotations

import pytest

from pos.errors import UserError
from tests.books import sell
from tests.cli.running import tamper
from tests.ui.shop import frame_of, ledger_of
from ui import work
from ui.backup_mark import BackupMark
from ui.start import Start


def test_the_newest_documents_are_looked_at_before_the_first_round(
    shop: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A changed sale of this morning is told when the till begins, one of last week by the round."""
    monkeypatch.setattr("ui.backups.FIRST_MS", 3_600_000)  # not while this test runs, however slow
    ledger, app = ledger_of(shop), frame_of(shop).app
    told: list[UserError] = []
    app.failed.connect(told.append)
    for _n in range(2):
        sell(ledger, {"PECI": 1})
    assert ledger.path is not None
    app.backups.begin()
    work.finish()
    assert told == []
    tamper(
        ledger.path,
        "UPDATE document SET body = replace(body, 'rina', 'rino') "
        "WHERE kind = 'sale' AND seq = (SELECT max(seq) - 1 FROM document)",
    )
    with monkeypatch.context() as short:
        short.setattr("pos.verify.tail_fault.__defaults__", (1,))
        app.backups.begin()
        work.finish()
    assert told == []
    app.backups.begin()
    work.finish()
    (said,) = told
    assert "tidak terbaca" in said.message
    (mark,) = frame_of(shop).findChildren(BackupMark)
    mark.refresh()
    assert mark.text() == "Diska bermasalah"

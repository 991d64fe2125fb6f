"""What is not left to the next round of copies: the newest documents are looked at, and names forgotten."""

from __future__ import annotations

import pytest

from pos.copies import copies, own_folder
from pos.errors import UserError
from pos.preorder import Contact
from pos.privacy import erase
from tests.books import sell
from tests.cli.running import tamper
from tests.ordering import counter, ordered
from tests.ui.hands import wait_for
from tests.ui.shop import frame_of, ledger_of
from ui import work
from ui.backup_mark import BackupMark
from ui.start import Start


@pytest.fixture(autouse=True)
def _no_round_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.backups.FIRST_MS", 3_600_000)


def test_who_is_forgotten_is_forgotten_by_the_copies_at_once(shop: Start, here: list[str]) -> None:
    ledger, app = ledger_of(shop), frame_of(shop).app
    order = ordered(ledger, due=None, contact=Contact("Zubaidah Rahmawati"))
    app.backups.run()
    work.finish()
    app.posted.emit(erase(ledger, order, counter(ledger, "sari")))
    assert wait_for(lambda: len(here) == 2)
    work.finish()
    found = copies(own_folder())
    assert len(found) == 2
    assert not [one for one in found if b"Zubaidah" in one.path.read_bytes()]


def test_the_newest_documents_are_looked_at_before_the_first_round(
    shop: Start, here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A changed sale of this morning is told when the till begins, one of last week by the round."""
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
    assert here == []
    (mark,) = frame_of(shop).findChildren(BackupMark)
    mark.refresh()
    assert mark.text() == "Diska bermasalah"

"""What is not left to the next round of copies: names that were erased."""

from __future__ import annotations

import pytest

from pos.copies import copies, own_folder
from pos.preorder import Contact
from pos.privacy import erase
from tests.ordering import counter, ordered
from tests.ui.hands import wait_for
from tests.ui.shop import frame_of, ledger_of
from ui import work
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

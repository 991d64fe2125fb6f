"""Moving house: a laptop breaks, another one goes on from the stick, and at the office nothing is missing."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from pos.backup import keep_copies
from pos.carry import sync_target
from pos.clock import stopped_at
from pos.copies import copies
from pos.doctor import examine
from pos.forks import forks
from pos.identity import settle_identity
from pos.ledger import open_ledger
from pos.reports import Period, run_report
from pos.restore import place_for, restore
from pos.shifts import open_shift
from pos.verify import verify
from tests.books import DAY, MOMENT, booth, end_shift, sell

CLOCK = stopped_at(MOMENT)


@pytest.mark.parametrize("first", ["old", "new"])
def test_another_laptop_goes_on_and_both_come_to_the_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    stick, office = tmp_path / "stik" / "Lapak-cadangan", tmp_path / "pusat.lapak"
    monkeypatch.setenv("LAPAK_HOME", str(tmp_path / "laptop-lama"))
    old = booth(tmp_path / "laptop-lama" / "stan.lapak")
    settle_identity(old)
    before = [sell(old, {"PECI": 1}) for _n in range(3)]
    assert old.path
    keep_copies(old.path, [stick], clock=CLOCK)
    after = [sell(old, {"SEMPRONG": 1}) for _n in range(2)]  # and then it falls from the table

    monkeypatch.setenv("LAPAK_HOME", str(tmp_path / "laptop-baru"))
    (copy,) = copies(stick)
    made = restore(copy.path, place_for(copy.path))
    assert made.path.parent == tmp_path / "laptop-baru"
    with closing(open_ledger(made.path, stopped_at(MOMENT))) as new:
        told = settle_identity(new)
        assert told is not None
        assert (new.own().booth, new.own().name) == (old.own().booth, old.own().name)
        open_shift(new, "rina", DAY, 100_000)
        here = [sell(new, {"NASTAR-500": 1}) for _n in range(4)]
        end_shift(new)
        numbers = [sale.receipt for sale in (*before, *after, *here)]
        assert len(set(numbers)) == len(numbers)

        after.append(sell(old, {"PECI": 1}))  # the old one wakes up, and sells as if nothing had happened
        end_shift(old)
        for ledger in (old, new) if first == "old" else (new, old):
            assert sync_target(ledger, str(office)).refused == ()
        assert sync_target(old, str(office)).refused == sync_target(new, str(office)).refused == ()
    old.close()
    with closing(open_ledger(office, read_only=True)) as central:
        assert forks(central) == ()
        assert verify(central).ok
        assert [check.name for check in examine(central) if not check.ok] == []
        (totals,) = run_report(central, "totals", Period()).rows
        sold = (*before, *after, *here)
        assert (totals[0], totals[4]) == (len(sold), sum(sale.total for sale in sold))
        receipts = run_report(central, "shifts", Period()).rows
        assert len(receipts) == 2

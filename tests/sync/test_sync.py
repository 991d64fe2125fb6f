"""Sync between two open ledgers: what goes over, what goes on after a failure, and what is never taken.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from pos.catalog import products
from pos.errors import WorldFailed
from pos.ledger import Ledger
from pos.model import Document
from pos.verify import verify
from tests.books import derived, documents, sell
from tests.sync.conftest import Copy
from tests.sync.world import files_up_to, forged, paper, sample_booth, take


def chain_of(ledger: Ledger) -> list[Document]:
    return documents(ledger)[ledger.own().code]


def test_everything_goes_over_and_nothing_goes_twice(copy: Copy, pusat: Ledger) -> None:
    stan = copy("S01")
    assert take(stan, pusat).taken == len(chain_of(stan))
    assert take(stan, pusat).taken == 0
    assert documents(pusat) == documents(stan)
    assert derived(pusat) == derived(stan)


def test_only_what_is_new_goes_over(copy: Copy, pusat: Ledger) -> None:
    stan = copy("S01")
    take(stan, pusat)
    sell(stan, {"PECI": 1})
    sell(stan, {"NASTAR-500": 2})
    assert take(stan, pusat).taken == 2
    assert derived(pusat) == derived(stan)


def test_an_older_copy_takes_nothing_back(copy: Copy, pusat: Ledger) -> None:
    stan, old = copy("S01"), copy("S01")
    sell(stan, {"PECI": 1})
    take(stan, pusat)
    copied = take(old, pusat)
    assert (copied.taken, copied.refused) == (0, [])
    assert documents(pusat) == documents(stan)


def test_chains_come_through_others(copy: Copy, pusat: Ledger) -> None:
    stan, kantor = copy("S01"), copy("K01")
    take(stan, kantor)
    take(kantor, pusat)
    assert documents(pusat) == documents(kantor)
    assert derived(pusat) == derived(kantor)


def test_progress_counts_up_to_what_is_new(
    copy: Copy, pusat: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.sync.BATCH", 5)
    stan = copy("S01")
    total = len(chain_of(stan))
    steps: list[tuple[int, int]] = []
    take(stan, pusat, progress=lambda done, of: steps.append((done, of)))
    assert steps == [(min(done, total), total) for done in range(5, total + 5, 5)]


def test_a_full_disk_loses_nothing_and_the_next_sync_goes_on(
    copy: Copy, pusat: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.sync.BATCH", 2)
    stan = copy("S01")
    total = len(chain_of(stan))
    take(sample := copy("K01"), pusat)  # the first pages of every table exist
    room = Path(f"{pusat.path}-wal").stat().st_size + 60_000
    with files_up_to(room), pytest.raises(WorldFailed):
        take(stan, pusat)
    kept = len(documents(pusat).get(stan.own().code, []))
    assert 0 < kept < total
    assert verify(pusat).ok
    assert take(stan, pusat).taken == total - kept
    assert documents(pusat) == documents(stan) | documents(sample)


@pytest.mark.skipif(sys.platform == "win32", reason="there an open file cannot be taken away")
def test_a_ledger_that_goes_away_in_the_middle_gives_one_sentence(
    copy: Copy, pusat: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.sync.BATCH", 4)
    stan = copy("S01")
    assert pusat.path

    def unplug(_done: int, _total: int) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{pusat.path}{suffix}").unlink()
        pusat.close()

    with pytest.raises(WorldFailed, match="cannot be read or written"):
        take(stan, pusat, progress=unplug)


def test_a_fork_is_refused_with_both_hashes_where_it_begins_11(copy: Copy, pusat: Ledger) -> None:
    stan, twin = copy("S01"), copy("S01")
    fork = len(chain_of(stan)) + 1
    for _ in range(5):
        sell(stan, {"PECI": 1})
    for _ in range(3):
        sell(twin, {"SEMPRONG": 1})
    take(stan, pusat)
    before = documents(pusat)
    (refusal,) = take(twin, pusat).refused
    assert (refusal.device, refusal.seq) == (stan.own().code, fork)
    assert chain_of(stan)[fork - 1].hash in refusal.why
    assert chain_of(twin)[fork - 1].hash in refusal.why
    assert documents(pusat) == before


@pytest.mark.parametrize(("ours", "theirs"), [(1, 1), (1, 4), (4, 1)])
def test_a_fork_is_found_whoever_is_ahead(copy: Copy, pusat: Ledger, ours: int, theirs: int) -> None:
    stan, twin = copy("S01"), copy("S01")
    fork = len(chain_of(stan)) + 1
    for ledger, sales in ((stan, ours), (twin, theirs)):
        for _ in range(sales):
            sell(ledger, {"PECI": 1})
    take(stan, pusat)
    assert [fault.seq for fault in take(twin, pusat).refused] == [fork]


def test_a_refused_chain_does_not_hold_up_the_others(copy: Copy, pusat: Ledger, tmp_path: Path) -> None:
    stan, twin, other = copy("S01"), copy("S01"), copy("S02")
    sell(stan, {"PECI": 1})
    sell(twin, {"SEMPRONG": 1})
    take(stan, pusat)
    both = forged(tmp_path / "dua.lapak", [*chain_of(twin), *chain_of(other)])
    copied = take(both, pusat)
    assert [fault.device for fault in copied.refused] == [stan.own().code]
    assert documents(pusat) == documents(stan) | documents(other)


@pytest.mark.parametrize("mixed", ["real into sample", "sample into real"])
def test_sample_data_and_real_books_never_meet(copy: Copy, pusat: Ledger, tmp_path: Path, mixed: str) -> None:
    real, sample = copy("S01"), sample_booth(tmp_path / "contoh.lapak")
    first, second = (sample, real) if mixed == "real into sample" else (real, sample)
    take(first, pusat)
    copied = take(second, pusat)
    assert [(fault.device, fault.seq) for fault in copied.refused] == [(second.own().code, 1)]
    assert documents(pusat) == documents(first)


def test_one_source_with_both_brings_only_one_kind(copy: Copy, pusat: Ledger, tmp_path: Path) -> None:
    real, sample = copy("S01"), sample_booth(tmp_path / "contoh.lapak")
    both = forged(tmp_path / "campur.lapak", [*chain_of(real), *chain_of(sample)])
    copied = take(both, pusat)
    assert len(copied.refused) == 1
    assert len(documents(pusat)) == 1


def test_an_office_ledger_takes_no_sample_into_its_own_books(copy: Copy, tmp_path: Path) -> None:
    kantor = copy("K01")
    before = derived(kantor)
    assert take(sample_booth(tmp_path / "contoh.lapak"), kantor).taken == 0
    assert derived(kantor) == before


def test_a_booth_takes_the_chains_of_offices_only(copy: Copy, pusat: Ledger) -> None:
    stan, neighbour, kantor = copy("S01"), copy("S02"), copy("K01")
    take(neighbour, pusat)
    take(kantor, pusat)
    own = documents(stan)
    take(pusat, stan, for_booth=stan.device)
    assert documents(stan) == own | documents(kantor)


def test_the_offices_price_reaches_the_booth(copy: Copy) -> None:
    stan, kantor = copy("S01"), copy("K01")
    take(kantor, stan, for_booth=stan.device)
    assert {product.sku: product.price for product in products(stan)}["NASTAR-500"] == 70_000


def test_what_the_office_said_before_does_not_come_again(copy: Copy) -> None:
    stan, kantor = copy("S01"), copy("K01")
    take(kantor, stan, for_booth=stan.device)
    assert take(kantor, stan, for_booth=stan.device).taken == 0


def test_a_kind_from_the_future_is_kept_and_carried_on_9(copy: Copy, pusat: Ledger, tmp_path: Path) -> None:
    stan = copy("S01")
    chain = chain_of(stan)
    chain = [*chain, paper(chain, "raffle", prize="Nastar", tickets=[1, 2, 3])]
    chain = [*chain, paper(chain, "sale", v=2, basket={"total": 5})]
    take(forged(tmp_path / "baru.lapak", chain), pusat)
    assert documents(pusat) == {stan.own().code: chain}
    assert derived(pusat) == derived(stan)
    assert verify(pusat, rebuild=True).ok

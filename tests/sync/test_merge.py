"""Merging at the office: any sources, in any order, repeatedly; a bad one never holds up the others."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from pos.carry import carry, sync_target
from pos.errors import Refused, UserError, WorldFailed
from pos.ledger import Ledger, create_collector
from pos.merge import merge
from pos.verify import verify
from tests.books import derived, documents, sell
from tests.sync.conftest import Copy
from tests.sync.world import altered, forged, opened, sample_booth


def path_of(ledger: Ledger) -> Path:
    assert ledger.path
    return ledger.path


@pytest.fixture
def pusat_path(tmp_path: Path) -> Path:
    """Where the central file is to be."""
    return tmp_path / "kantor" / "pusat.lapak"


def test_files_become_one_central_file(copy: Copy, pusat_path: Path) -> None:
    one, two, kantor = copy("S01"), copy("S02"), copy("K01")
    merged = merge(str(pusat_path), [path_of(ledger) for ledger in (one, two, kantor)])
    assert (merged.files, merged.documents, merged.new, merged.known) == (3, 27, 27, 0)
    assert (merged.refused, merged.unread, merged.missing) == ([], [], [])
    with opened(pusat_path) as central:
        assert documents(central) == documents(one) | documents(two) | documents(kantor)


def test_a_missing_central_file_is_made_even_of_nothing_new(tmp_path: Path, pusat_path: Path) -> None:
    create_collector(tmp_path / "kosong.lapak")
    assert merge(str(pusat_path), [tmp_path / "kosong.lapak"]).documents == 0
    with opened(pusat_path) as central:
        assert verify(central).ok


def test_any_order_gives_the_same_tables(copy: Copy, tmp_path: Path) -> None:
    paths = [path_of(copy(code)) for code in ("S01", "S02", "K01")]
    seen = []
    for n, order in enumerate(permutations(paths)):
        merge(str(tmp_path / f"pusat{n}.lapak"), order)
        with opened(tmp_path / f"pusat{n}.lapak") as central:
            seen.append((documents(central), derived(central)))
    assert all(one == seen[0] for one in seen)


def test_repeats_change_nothing(copy: Copy, pusat_path: Path) -> None:
    path = path_of(copy("S01"))
    merge(str(pusat_path), [path])
    before = pusat_path.read_bytes()
    merged = merge(str(pusat_path), [path, path])
    assert (merged.files, merged.documents, merged.new, merged.known) == (2, 24, 0, 24)
    assert pusat_path.read_bytes() == before


def test_older_after_newer_is_harmless(copy: Copy, pusat_path: Path, kit: Path) -> None:
    """Number 29."""
    stan = copy("S01")
    sell(stan, {"PECI": 1})
    merged = merge(str(pusat_path), [path_of(stan), kit / "S01.lapak", path_of(stan)])
    assert (merged.new, merged.known, merged.refused) == (13, 25, [])


def test_central_files_merge_like_booths(copy: Copy, tmp_path: Path, pusat_path: Path) -> None:
    one, two = copy("S01"), copy("S02")
    carry(one, tmp_path / "a.lapak")
    carry(two, tmp_path / "b.lapak")
    carry(one, tmp_path / "b.lapak")
    merged = merge(str(pusat_path), [tmp_path / "a.lapak", tmp_path / "b.lapak"])
    assert (merged.new, merged.known) == (24, 12)


def test_folders_are_searched_for_ledgers_and_segments(copy: Copy, tmp_path: Path, pusat_path: Path) -> None:
    one, two, kantor = copy("S01"), copy("S02"), copy("K01")
    share = tmp_path / "awan"
    sync_target(one, str(share))
    (share / "lama").mkdir()
    carry(two, share / "lama" / "stik.lapak")
    sync_target(kantor, str(share))
    (share / "lama" / ".stik.lapak.baru").write_text("setengah")
    (share / "lama" / "catatan.txt").write_text("bukan buku")
    merged = merge(str(pusat_path), [share])
    assert (merged.files, merged.new, merged.unread) == (3, 27, [])


@pytest.mark.parametrize("existing", [True, False])
def test_a_dry_run_counts_and_changes_nothing(copy: Copy, pusat_path: Path, existing: bool) -> None:
    one, two = copy("S01"), copy("S02")
    if existing:
        merge(str(pusat_path), [path_of(one)])
    before = pusat_path.read_bytes() if existing else b""
    sources = [path_of(one), path_of(two)]
    tried = merge(str(pusat_path), sources, dry_run=True)
    assert (pusat_path.read_bytes() if existing else b"") == before
    assert pusat_path.exists() == existing
    assert tried == merge(str(pusat_path), sources)
    assert tried.new == (12 if existing else 24)


def nothing(path: Path) -> None:
    path.unlink(missing_ok=True)


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def some_text(path: Path) -> None:
    path.write_text("halo")


UNREADABLE: dict[str, Callable[[Path], object]] = {
    "nothing there": nothing,
    "1 empty": lambda path: path.write_bytes(b""),
    "2 text": some_text,
    "5 truncated": cut_short,
}


@pytest.mark.parametrize("how", UNREADABLE)
def test_a_source_that_cannot_be_read_does_not_hold_up_the_others(
    copy: Copy, tmp_path: Path, pusat_path: Path, how: str
) -> None:
    one, two = copy("S01"), copy("S02")
    bad = tmp_path / "rusak.lapak"
    carry(one, bad)
    UNREADABLE[how](bad)
    merged = merge(str(pusat_path), [path_of(one), bad, path_of(two)])
    assert (merged.files, merged.new, len(merged.unread)) == (2, 24, 1)
    assert "rusak.lapak" in merged.unread[0].message


def test_a_refused_chain_is_named_and_the_rest_of_its_file_comes(
    copy: Copy, tmp_path: Path, pusat_path: Path
) -> None:
    one, two = copy("S01"), copy("S02")
    chain = documents(one)[one.own().code]
    bad = altered(chain, 8, lambda fields: fields.update(total=1))
    source = forged(tmp_path / "asing.lapak", [*bad, *documents(two)[two.own().code]])
    merged = merge(str(pusat_path), [source])
    assert [(fault.device, fault.seq) for fault in merged.refused] == [(one.own().code, 8)]
    assert (merged.documents, merged.new, merged.known) == (19, 19, 0)


def test_a_lost_segment_is_reported_as_missing(
    copy: Copy, tmp_path: Path, pusat_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.segments.BATCH", 4)
    stan = copy("S01")
    sync_target(stan, str(tmp_path / "awan"))
    next((tmp_path / "awan" / "in" / stan.own().code).glob("5-8-*")).unlink()
    merged = merge(str(pusat_path), [tmp_path / "awan"])
    assert merged.missing == [(stan.own().code, 5, 12)]
    assert [fault.seq for fault in merged.refused] == [5]


def test_what_another_source_brings_is_not_missing(
    copy: Copy, tmp_path: Path, pusat_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.segments.BATCH", 4)
    stan = copy("S01")
    sync_target(stan, str(tmp_path / "awan"))
    next((tmp_path / "awan" / "in" / stan.own().code).glob("5-8-*")).unlink()
    assert merge(str(pusat_path), [tmp_path / "awan", path_of(stan)]).missing == []


def test_the_target_among_the_sources_is_passed_over(copy: Copy, pusat_path: Path) -> None:
    one, two = copy("S01"), copy("S02")
    merge(str(pusat_path), [path_of(one)])
    shutil.copyfile(path_of(two), pusat_path.with_name("stan2.lapak"))
    merged = merge(str(pusat_path), [pusat_path.parent, pusat_path])
    assert (merged.files, merged.new) == (1, 12)


def test_sample_data_does_not_come_into_real_books(copy: Copy, tmp_path: Path, pusat_path: Path) -> None:
    sample = sample_booth(tmp_path / "contoh.lapak")
    merged = merge(str(pusat_path), [path_of(copy("S01")), path_of(sample)])
    assert [(fault.device, fault.seq) for fault in merged.refused] == [(sample.own().code, 1)]
    sample.close()


@pytest.mark.parametrize("sources", [[], ["kosong"]])
def test_nothing_to_merge_is_refused(tmp_path: Path, pusat_path: Path, sources: list[str]) -> None:
    (tmp_path / "kosong").mkdir()
    with pytest.raises(Refused, match="nothing to merge"):
        merge(str(pusat_path), [tmp_path / name for name in sources])
    assert not pusat_path.exists()


def test_the_ledger_of_a_till_is_no_target(copy: Copy) -> None:
    one, two = copy("S01"), copy("S02")
    before = documents(two)
    with pytest.raises(Refused, match="the ledger of booth"):
        merge(str(path_of(two)), [path_of(one)])
    assert documents(two) == before


def test_a_target_that_cannot_be_used_is_told(copy: Copy, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x")
    with pytest.raises(UserError):
        merge(str(tmp_path / "berkas" / "pusat.lapak"), [path_of(copy("S01"))])


def test_the_sources_stay_as_they_are(copy: Copy, tmp_path: Path, pusat_path: Path) -> None:
    carry(copy("S01"), tmp_path / "stik.lapak")
    before = (tmp_path / "stik.lapak").read_bytes()
    names = sorted(path.name for path in tmp_path.iterdir())
    merge(str(pusat_path), [tmp_path / "stik.lapak"])
    assert (tmp_path / "stik.lapak").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*names, "kantor"])


def test_a_target_that_fails_is_told_of_and_no_source_is_blamed(
    copy: Copy, pusat_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = copy("S01"), copy("S02")
    merge(str(pusat_path), [path_of(one)])
    before = pusat_path.read_bytes()

    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as disk:
        disk.setattr("pos.rows.insert_documents", full)
        with pytest.raises(WorldFailed, match=r"pusat\.lapak"):
            merge(str(pusat_path), [path_of(two)])
    assert pusat_path.read_bytes() == before
    assert merge(str(pusat_path), [path_of(two)]).new == 12


def test_a_source_that_fails_is_told_of_and_the_others_come(
    copy: Copy, pusat_path: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "rusak.lapak"
    data = bytearray(path_of(copy("S01")).read_bytes())
    data[8_192:] = bytes(len(data) - 8_192)
    broken.write_bytes(data)
    merged = merge(str(pusat_path), [broken, path_of(copy("S02"))])
    assert [error.where for error in merged.unread] == [str(broken)]
    assert merged.new == 12

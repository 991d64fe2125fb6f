"""A shared folder: segments are written once, read whole or not at all, and what is lost comes again.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from pos.carry import sync_target
from pos.clock import stopped_at
from pos.errors import WorldFailed
from pos.ledger import Ledger, create, new_device
from pos.merge import merge
from pos.segments import FolderSource, add_segment
from pos.sync import copy_chains
from pos.verify import verify
from tests.books import MOMENT, derived, documents, event, sell
from tests.sync.conftest import Copy
from tests.sync.world import opened


def segments(folder: Path) -> dict[str, bytes]:
    """Every file below `folder` and what is in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def renamed(path: Path, first: int, last: int, data: bytes) -> Path:
    """Another segment in the folder of `path`, its name true to its `data`."""
    other = path.with_name(f"{first}-{last}-{sha256(data).hexdigest()[:16]}.jsonl")
    other.write_bytes(data)
    return other


def brought(folder: Path, target: Ledger) -> list[tuple[str, int]]:
    """Take all of `folder/in`; where each refused chain stopped."""
    return [(fault.device, fault.seq) for fault in copy_chains(FolderSource(folder / "in"), target).refused]


@pytest.fixture
def awan(tmp_path: Path) -> Path:
    """A shared folder that nobody has made yet."""
    return tmp_path / "awan"


def test_every_sync_adds_one_segment_and_rewrites_none(copy: Copy, awan: Path) -> None:
    stan = copy("S01")
    assert sync_target(stan, str(awan)).sent == 12
    before = segments(awan)
    sell(stan, {"PECI": 1})
    assert sync_target(stan, str(awan)).sent == 1
    after = segments(awan)
    assert before.items() < after.items()
    (new,) = after.keys() - before.keys()
    assert new.startswith(f"in/{stan.own().code}/13-13-")


def test_nothing_new_adds_nothing(copy: Copy, awan: Path) -> None:
    stan = copy("S01")
    sync_target(stan, str(awan))
    before = segments(awan)
    synced = sync_target(stan, str(awan))
    assert (synced.sent, synced.received, synced.heads) == (0, 0, {stan.own().code: 12})
    assert segments(awan) == before


def test_a_segment_is_named_after_its_bytes_and_anybody_can_read_it(copy: Copy, awan: Path) -> None:
    stan = copy("S01")
    sync_target(stan, str(awan))
    ((name, data),) = segments(awan).items()
    assert name == f"in/{stan.own().code}/1-12-{sha256(data).hexdigest()[:16]}.jsonl"
    lines = [json.loads(line) for line in data.splitlines()]
    assert [line["seq"] for line in lines] == list(range(1, 13))
    assert all(sha256(line["body"].encode()).hexdigest() == line["hash"] for line in lines)


def test_what_is_written_is_read_back_whole(copy: Copy, awan: Path, pusat: Ledger) -> None:
    one, two = copy("S01"), copy("S02")
    for ledger in (one, two):
        sync_target(ledger, str(awan))
    sell(one, {"PECI": 1})
    sync_target(one, str(awan))
    assert brought(awan, pusat) == []
    assert documents(pusat) == documents(one) | documents(two)
    assert verify(pusat, rebuild=True).ok


def test_a_long_chain_is_cut_into_segments(
    copy: Copy, awan: Path, pusat: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.segments.BATCH", 5)
    stan = copy("S01")
    assert add_segment(stan, awan) == 12
    assert sorted(Path(name).name.split("-")[:2] for name in segments(awan)) == [
        ["1", "5"],
        ["11", "12"],
        ["6", "10"],
    ]
    assert brought(awan, pusat) == []
    assert documents(pusat) == documents(stan)


def test_the_offices_chains_come_back_through_out(copy: Copy, awan: Path) -> None:
    stan, kantor = copy("S01"), copy("K01")
    sync_target(kantor, str(awan))
    assert [name.split("/")[0] for name in segments(awan)] == ["out"]
    own = documents(stan)
    synced = sync_target(stan, str(awan))
    assert synced.received == len(documents(kantor)[kantor.own().code])
    assert documents(stan) == own | documents(kantor)


def test_a_neighbours_segments_are_not_taken_by_a_booth(copy: Copy, awan: Path) -> None:
    stan, neighbour = copy("S01"), copy("S02")
    own = documents(stan)
    sync_target(neighbour, str(awan))
    sync_target(stan, str(awan))
    assert documents(stan) == own


def test_a_separator_inside_a_name_does_not_end_a_line(tmp_path: Path, awan: Path, pusat: Ledger) -> None:
    device = replace(new_device("S07", "x", "LPP-PLG", event()), name="Stan\u2028tujuh\x85")
    stan = create(tmp_path / "stan.lapak", device, stopped_at(MOMENT))
    sync_target(stan, str(awan))
    assert brought(awan, pusat) == []
    assert documents(pusat) == documents(stan)
    stan.close()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])


def one_bit(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def longer_name(path: Path) -> None:
    path.rename(path.with_name(path.name.replace("6-10-", "6-11-")))


def earlier_name(path: Path) -> None:
    path.rename(path.with_name(path.name.replace("6-10-", "5-10-")))


def another_hash(path: Path) -> None:
    path.rename(path.with_name(f"6-10-{'0' * 16}.jsonl"))


def true_to_its_name(change: Callable[[list[str]], list[str]]) -> Callable[[Path], None]:
    """Lines changed by somebody who gives the file its right name afterwards."""

    def spoil(path: Path) -> None:
        lines = change(path.read_text().splitlines(keepends=True))
        path.unlink()
        renamed(path, 6, 10, "".join(lines).encode())

    return spoil


def without(name: str) -> Callable[[Path], None]:
    """The first line lacks a column."""

    def drop(lines: list[str]) -> list[str]:
        fields = json.loads(lines[0])
        del fields[name]
        return [json.dumps(fields) + "\n", *lines[1:]]

    return true_to_its_name(drop)


def with_value(name: str, value: object) -> Callable[[Path], None]:
    """The first line has another value in a column."""
    return true_to_its_name(
        lambda lines: [json.dumps(json.loads(lines[0]) | {name: value}) + "\n", *lines[1:]]
    )


SPOILT: dict[str, Callable[[Path], None]] = {
    "6 torn": cut,
    "6 one bit": one_bit,
    "1 empty": emptied,
    "27 a name that promises more": longer_name,
    "27 a name that begins earlier": earlier_name,
    "27 a name with another hash": another_hash,
    "27 fewer documents than the name says": true_to_its_name(lambda lines: lines[:-1]),
    "27 documents in another order": true_to_its_name(lambda lines: lines[::-1]),
    "no JSON": true_to_its_name(lambda lines: ["halo\n", *lines[1:]]),
    "no objects": true_to_its_name(lambda _lines: ["[1]\n"] * 5),
    "17 nested 100,000 deep": true_to_its_name(lambda lines: ["[" * 100_000 + "\n", *lines[1:]]),
    "a column is missing": without("kind"),
    "a column too many": with_value("catatan", "x"),
    "a word for a place": with_value("seq", "enam"),
    "a list for a body": with_value("body", []),
    "half a character in a body": with_value("body", "\ud800"),
    "a list for what is private": with_value("private", [1]),
}


@pytest.mark.parametrize("how", SPOILT)
def test_a_segment_not_true_to_its_name_is_refused_and_nothing_of_it_is_taken_27(
    copy: Copy, awan: Path, pusat: Ledger, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr("pos.segments.BATCH", 5)
    stan, other = copy("S01"), copy("S02")
    for ledger in (stan, other):
        add_segment(ledger, awan)
    (middle,) = (awan / "in" / stan.own().code).glob("6-10-*")
    SPOILT[how](middle)
    assert brought(awan, pusat) == [(stan.own().code, 6)]
    assert documents(pusat) == {stan.own().code: documents(stan)[stan.own().code][:5]} | documents(other)


def test_a_lost_segment_leaves_a_gap_that_is_named_10(
    copy: Copy, awan: Path, pusat: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.segments.BATCH", 5)
    stan = copy("S01")
    add_segment(stan, awan)
    next((awan / "in" / stan.own().code).glob("6-10-*")).unlink()
    (refusal,) = copy_chains(FolderSource(awan / "in"), pusat).refused
    assert (refusal.seq, refusal.why) == (6, "documents 6 to 10 are missing.")


@pytest.mark.parametrize("lost", ["1-5", "6-10", "11-12"])
def test_a_lost_segment_comes_again_and_may_overlap(
    copy: Copy, awan: Path, pusat: Ledger, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    monkeypatch.setattr("pos.segments.BATCH", 5)
    stan = copy("S01")
    add_segment(stan, awan)
    next((awan / "in" / stan.own().code).glob(f"{lost}-*")).unlink()
    sell(stan, {"PECI": 1})
    monkeypatch.setattr("pos.segments.BATCH", 4)
    add_segment(stan, awan)
    assert brought(awan, pusat) == []
    assert documents(pusat) == documents(stan)


def test_a_torn_segment_does_not_hide_a_whole_one(
    copy: Copy, awan: Path, pusat: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.segments.BATCH", 5)
    stan = copy("S01")
    add_segment(stan, awan)
    (middle,) = (awan / "in" / stan.own().code).glob("6-10-*")
    whole = middle.read_bytes()
    middle.unlink()
    monkeypatch.setattr("pos.segments.BATCH", 7)
    add_segment(stan, awan)
    middle.write_bytes(whole[:100])
    assert brought(awan, pusat) == []
    assert documents(pusat) == documents(stan)


def test_after_the_torn_segment_is_gone_the_next_sync_sends_it_again(
    copy: Copy, awan: Path, pusat: Ledger
) -> None:
    stan = copy("S01")
    add_segment(stan, awan)
    (torn,) = (awan / "in" / stan.own().code).iterdir()
    cut(torn)
    assert brought(awan, pusat) == [(stan.own().code, 1)]
    torn.unlink()
    assert add_segment(stan, awan) == 12
    assert brought(awan, pusat) == []


def test_a_name_beyond_the_own_chain_does_not_stop_the_sending(copy: Copy, awan: Path) -> None:
    stan = copy("S01")
    place = awan / "in" / stan.own().code
    place.mkdir(parents=True)
    (place / f"1-999999999999-{'0' * 16}.jsonl").write_text("x")
    assert add_segment(stan, awan) == 12


def test_a_fork_in_the_folder_is_refused_where_it_parts_11(copy: Copy, awan: Path, pusat: Ledger) -> None:
    stan, twin = copy("S01"), copy("S01")
    add_segment(stan, awan)
    for ledger, sales in ((stan, 3), (twin, 1)):
        for _ in range(sales):
            sell(ledger, {"PECI": sales})
        add_segment(ledger, awan)
    assert [seq for _device, seq in brought(awan, pusat)] == [13]
    assert verify(pusat, rebuild=True).ok


@pytest.mark.parametrize(
    "name", ["..", "CON", "a\nb", "ABCDEFG", "ABCDEFGHJ", "abcdefgh", "ABCDEFGI", "é" * 8]
)
def test_folders_that_are_no_laptops_are_left_alone_28(
    copy: Copy, awan: Path, pusat: Ledger, name: str
) -> None:
    """Number 28."""
    stan = copy("S01")
    add_segment(stan, awan)
    place = awan / "in" / name
    if sys.platform == "win32" and name in {"CON", "a\nb"}:
        pytest.skip("Windows makes no folder of this name")
    place.mkdir(parents=True, exist_ok=True)
    (own,) = (awan / "in" / stan.own().code).iterdir()
    (place / own.name).write_bytes(own.read_bytes())
    assert FolderSource(awan / "in").tops() == {stan.own().code: 12}
    assert brought(awan, pusat) == []


@pytest.mark.skipif(sys.platform == "win32", reason="files as POSIX has them")
def test_what_is_no_plain_file_is_left_alone_25(
    copy: Copy, awan: Path, pusat: Ledger, tmp_path: Path
) -> None:
    """Number 25."""
    stan = copy("S01")
    add_segment(stan, awan)
    (own,) = (awan / "in" / stan.own().code).iterdir()
    outside = own.rename(tmp_path / "luar.jsonl")
    own.symlink_to(outside)
    os.mkfifo(own.with_name(f"1-12-{'0' * 16}.jsonl"))
    own.with_name(f"1-12-{'1' * 16}.jsonl").mkdir()
    assert FolderSource(awan / "in").tops() == {}
    assert brought(awan, pusat) == []


def test_a_file_in_place_of_a_laptops_folder_is_left_alone(awan: Path, pusat: Ledger) -> None:
    (awan / "in").mkdir(parents=True)
    (awan / "in" / "ABCDEFGH").write_text("x")
    assert brought(awan, pusat) == []


def test_a_segment_under_another_laptops_name_brings_nothing_27(
    copy: Copy, awan: Path, pusat: Ledger
) -> None:
    stan, other = copy("S01"), copy("S02")
    add_segment(stan, awan)
    (awan / "in" / stan.own().code).rename(awan / "in" / other.own().code)
    assert brought(awan, pusat) == [(other.own().code, 1)]
    assert documents(pusat) == {}


def test_ten_thousand_segments_are_read_26(copy: Copy, awan: Path, pusat: Ledger) -> None:
    stan = copy("S01")
    add_segment(stan, awan)
    (own,) = (awan / "in" / stan.own().code).iterdir()
    for n in range(10_000):
        own.with_name(f"1-{n}-{'0' * 16}.jsonl").touch()
    brought(awan, pusat)
    assert documents(pusat) == documents(stan)


@pytest.mark.parametrize(
    "step", ["os.fsync", "pathlib.Path.replace", "pathlib.Path.mkdir", "pathlib.Path.open"]
)
def test_a_failure_leaves_no_half_segment_and_the_next_sync_succeeds(
    copy: Copy, awan: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    stan = copy("S01")

    def fail(*_args: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(step, fail)
        with pytest.raises(WorldFailed, match="is full"):
            sync_target(stan, str(awan))
    assert segments(awan) == {}
    assert sync_target(stan, str(awan)).sent == 12


def test_a_folder_that_cannot_be_written_is_told(copy: Copy, tmp_path: Path) -> None:
    stan = copy("S01")
    (tmp_path / "berkas").write_text("x")
    with pytest.raises(WorldFailed):
        sync_target(stan, str(tmp_path / "berkas" / "awan"))


def test_merge_reads_the_folder(copy: Copy, awan: Path, tmp_path: Path) -> None:
    stan, kantor = copy("S01"), copy("K01")
    for ledger in (stan, kantor):
        sync_target(ledger, str(awan))
    merged = merge(str(tmp_path / "p.lapak"), [awan])
    assert (merged.files, merged.refused, merged.unread, merged.missing) == (2, [], [], [])
    with opened(tmp_path / "p.lapak") as central:
        assert documents(central) == documents(stan) | documents(kantor)
        assert derived(central)["sale"] == derived(stan)["sale"]

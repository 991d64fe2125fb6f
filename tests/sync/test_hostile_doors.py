"""The hostile documents of test_hostile.py through the other doors, a shared folder and a server's inbox; and
how much memory any of it takes.

Numbers at the ends of names are those of the catalogue of bad inputs; the documents bear theirs themselves.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from pos import journal, quarantine
from pos.body import MAX_BODY
from pos.inbox import InboxSource, take_in
from pos.journal import digest
from pos.ledger import Ledger, open_target
from pos.local_tables import QUARANTINE
from pos.model import Document
from pos.quarantine import MAX_RUNS
from pos.segments import MAX_SEGMENT_BYTES, FolderSource, add_segment
from pos.server_tables import INBOX
from pos.sync import copy_chains
from pos.verify import verify
from tests.books import documents, new_collector, sell
from tests.cli.running import program
from tests.sync.conftest import Copy
from tests.sync.test_hostile import BAD, HOSTILE
from tests.sync.world import altered, forged

MB = 1_000_000
# Not what no JSON line holds, nor what PostgreSQL itself refuses.
NO_LINE = {"19 half a character"}
NO_ROW = {"19 half a character"}


def segment(place: Path, docs: list[Document], first: int | None = None, last: int | None = None) -> Path:
    """A segment with these documents, true to the bytes in it."""
    place.mkdir(parents=True, exist_ok=True)
    data = "".join(json.dumps(doc._asdict(), ensure_ascii=False) + "\n" for doc in docs).encode()
    ends = (docs[0].seq if first is None else first, docs[-1].seq if last is None else last)
    path = place / f"{ends[0]}-{ends[1]}-{sha256(data).hexdigest()[:16]}.jsonl"
    path.write_bytes(data)
    return path


def test_in_a_shared_folder_each_is_refused_by_name(copy: Copy, pusat: Ledger, tmp_path: Path) -> None:
    code = (stan := copy("S01")).own().code
    honest = documents(stan)[code]
    for n, (how, forge) in enumerate(HOSTILE.items()):
        if how in NO_LINE:
            continue
        place = tmp_path / str(n) / code
        segment(place, honest[: BAD - 1])
        segment(place, [doc for doc in forge(honest) if doc.seq >= BAD])
        copied = copy_chains(FolderSource(tmp_path / str(n)), pusat)
        assert (how, [(fault.device, fault.seq) for fault in copied.refused]) == (how, [(code, BAD)])
        assert documents(pusat) == {code: honest[: BAD - 1]}
    assert verify(pusat, rebuild=True).ok


def test_in_the_inbox_of_a_server_each_is_refused_by_name(copy: Copy, postgres_url: str) -> None:
    code = (stan := copy("S01")).own().code
    honest = documents(stan)[code]
    with closing(open_target(postgres_url)) as central:
        for how, forge in HOSTILE.items():
            if how in NO_ROW:
                continue
            with central.write() as conn:
                conn.execute(INBOX.delete())
                conn.execute(INBOX.insert(), [doc._asdict() for doc in forge(honest)])
            copied = take_in(central)
            assert (how, [(fault.device, fault.seq) for fault in copied.refused]) == (how, [(code, BAD)])
            assert documents(central) == {code: honest[: BAD - 1]}
        assert verify(central, rebuild=True).ok


def test_of_what_lies_in_an_inbox_no_more_is_fetched_than_a_body_can_be_16(
    copy: Copy, postgres_url: str
) -> None:
    code = (stan := copy("S01")).own().code
    honest = documents(stan)[code]
    long = [doc._replace(body="x" * (MAX_BODY + 5), private="y" * (MAX_BODY + 5)) for doc in honest[7:]]
    wordy = [long[0]._replace(kind="k" * MB), *long[1:]]
    with closing(open_target(postgres_url)) as central:
        with central.write() as conn:
            conn.execute(INBOX.insert(), [doc._asdict() for doc in [*honest[:7], *wordy]])
        with central.read() as conn:
            source = InboxSource(conn, {code: len(honest)})
            assert [doc.seq for doc in source._batch(code, 0, 99)] == list(range(1, 8))
            (doc,) = source._batch(code, 7, 99)
            assert (len(doc.body), len(doc.kind)) == (MAX_BODY + 1, 100)
        assert [fault.seq for fault in take_in(central).refused] == [8]
        assert documents(central) == {code: honest[:7]}


def heavy(path: Path, count: int, letters: int, code: str = "ZZZZZZZZ") -> None:
    """`count` documents more of `letters` each, from the second place on."""
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute(
            "WITH RECURSIVE n(x) AS (SELECT 2 UNION ALL SELECT x + 1 FROM n WHERE x <= ?) "
            "INSERT INTO document SELECT ?, x, 'sale', '2023-04-14T14:07:00+07:00', '', "
            "printf('%.*c', ?, 'x'), NULL FROM n",
            [count, code, letters],
        )


def test_a_batch_is_as_light_as_a_machine_can_hold_16(tmp_path: Path) -> None:
    heavy(new_collector(tmp_path / "berat.lapak"), 5, 6 * MB)
    with closing(sqlite3.connect(tmp_path / "berat.lapak")) as raw:
        rows = raw.execute("SELECT * FROM document ORDER BY seq")
        docs = map(Document._make, rows)
        assert [doc.seq for doc in journal.light(docs)] == [2, 3, 4]  # 18 million letters: one too many
        assert len(list(docs)) == 2
    odd = Document("ZZZZZZZZ", 1, "", "", "", b"xyz", None)  # type: ignore[arg-type]
    assert journal.letters(odd) == 3
    assert journal.letters(odd._replace(body=None)) == 8  # type: ignore[arg-type]


@pytest.mark.skipif(sys.platform == "win32", reason="limits as POSIX has them")
def test_nothing_that_is_merged_eats_the_machine_11_16_17_25_27(copy: Copy, tmp_path: Path) -> None:
    """All of it in a process with 450 MB of address space; an honest merge does with 250."""
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (450 * MB, 450 * MB))
        resource.setrlimit(resource.RLIMIT_CPU, (120, 120))  # what hangs is ended

    stan = copy("S01")
    code, honest = stan.own().code, documents(stan)[stan.own().code]
    sack = tmp_path / "kiriman"
    sack.mkdir()
    heavy(new_collector(sack / "satu.lapak"), 1, 100 * MB)
    heavy(forged(sack / "banyak.lapak", honest[:1]), 40, 7 * MB, code)
    deep = honest[7].body.replace('"shift":5', '"shift":' + "[" * 1_000_000)
    forged(sack / "dalam.lapak", [*honest[:7], honest[7]._replace(body=deep, hash=digest(deep))])
    place = sack / "in" / code
    place.mkdir(parents=True)
    huge = place / f"1-12-{'0' * 16}.jsonl"
    with huge.open("wb") as file:
        file.truncate(4_000 * MB)  # a hole: it takes no room
    os.mkfifo(place / f"1-12-{'1' * 16}.jsonl")
    (place / f"1-12-{'2' * 16}.jsonl").symlink_to("/dev/zero")
    for n in range(6):  # histories without end, each true to itself
        other = altered(honest, 2, lambda fields, n=n: fields.update(who=f"{n}" * MB))  # type: ignore[misc]
        segment(place, other)
    said = program("merge", tmp_path / "pusat.lapak", sack, "--json", start=limit)
    assert said.code in {1, 2, 3}
    assert "Traceback" not in said.err
    assert "MemoryError" not in said.err
    assert said.json["documents"] > 0


def test_histories_without_end_are_read_up_to_a_bound_11(copy: Copy, tmp_path: Path) -> None:
    stan = copy("S01")
    honest = documents(stan)[stan.own().code]
    place = tmp_path / "in" / stan.own().code
    for n in range(MAX_RUNS + 20):
        segment(place, altered(honest, 2, lambda fields, n=n: fields.update(who=f"{n}")))  # type: ignore[misc]
    found = list(FolderSource(tmp_path / "in").branches(stan.own().code))
    assert len(found) == MAX_RUNS + 1


def test_a_segment_that_grows_while_it_is_read_is_torn_30(
    copy: Copy, pusat: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stan = copy("S01")
    add_segment(stan, tmp_path)
    (own,) = (tmp_path / "in" / stan.own().code).iterdir()
    whole = own.read_bytes()
    from pos import segments

    opened = segments._opened

    def growing(path: str, flags: int) -> int:
        with Path(path).open("ab") as file:
            file.write(whole)
        return opened(path, flags)

    monkeypatch.setattr(segments, "_opened", growing)
    assert len(copy_chains(FolderSource(tmp_path / "in"), pusat).refused) == 1
    assert documents(pusat) == {}
    monkeypatch.undo()
    own.write_bytes(whole)
    copy_chains(FolderSource(tmp_path / "in"), pusat)
    assert documents(pusat) == documents(stan)


@pytest.mark.skipif(sys.platform == "win32", reason="files as POSIX has them")
def test_a_segment_in_whose_place_a_pipe_came_is_torn_25(tmp_path: Path) -> None:
    """After the folder was listed; nobody ever writes into the pipe."""
    from pos.segments import _read_segment

    path = tmp_path / f"1-2-{'0' * 16}.jsonl"
    os.mkfifo(path)
    with pytest.raises(ValueError, match="jsonl"):
        _read_segment(path, 1, 2)


def test_a_chain_too_long_for_one_segment_is_cut_16(
    copy: Copy, pusat: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stan = copy("S01")
    sell(stan, {"PECI": 1})
    size = max(len(doc.body) for doc in documents(stan)[stan.own().code])
    assert MAX_SEGMENT_BYTES > 4 * MAX_BODY  # whatever its letters are, one always fits
    monkeypatch.setattr("pos.segments.MAX_SEGMENT_BYTES", 3 * size)
    add_segment(stan, tmp_path)
    place = tmp_path / "in" / stan.own().code
    assert len(list(place.iterdir())) > 2
    assert max(path.stat().st_size for path in place.iterdir()) <= 3 * size
    assert not copy_chains(FolderSource(tmp_path / "in"), pusat).refused
    assert documents(pusat) == documents(stan)


def test_what_is_aside_in_a_foreign_file_is_read_up_to_a_bound_16(
    pusat: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = quarantine.Aside("ZZZZZZZZ", 1, "", "", "", "x" * 1_000, None, "", 1, "", "", "")
    with pusat.write() as conn:
        conn.execute(QUARANTINE.insert(), [row._replace(seq=n, hash=f"{n}")._asdict() for n in range(1, 50)])
        monkeypatch.setattr(quarantine, "MAX_LETTERS", 10_000)
        assert len(quarantine.aside(conn)) == 10

"""What no honest booth hands over, merged beside honest files: told by name, and it holds nothing up.

The numbers are those of the list of bad inputs.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pos import quarantine
from pos.errors import Refused
from pos.forks import forks
from pos.journal import digest
from pos.ledger import Ledger, open_ledger, open_target
from pos.local_tables import QUARANTINE
from pos.mark import APPLICATION_ID
from pos.merge import merge, sources_in, take_all
from pos.sides import set_aside
from pos.verify import verify
from tests.books import derived, documents, new_collector, sell
from tests.sync.conftest import Copy
from tests.sync.world import altered, central, forged, opened, paper, take

MB = 1_000_000


def run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for statement in statements:
            raw.execute(statement)


def another(path: Path) -> None:
    """Somebody else's database with tables of our names."""
    run(path, "CREATE TABLE document (device, seq)", "CREATE TABLE setting (name, value)")


def marked(path: Path) -> None:
    another(path)
    run(path, f"PRAGMA application_id = {APPLICATION_ID}", "PRAGMA user_version = 1004")


def endless(path: Path) -> None:
    """A billion rows and more, in the place of the journal."""
    new_collector(path)
    run(
        path,
        "DROP TRIGGER document_stays",
        "DROP TRIGGER document_kept",
        "DROP TABLE document",
        "CREATE VIEW document AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
        "SELECT 'ZZZZZZZZ' AS device, x AS seq, '' AS kind, '' AS at, '' AS hash, '' AS body, "
        "NULL AS private FROM n",
    )


def endless_aside(path: Path) -> None:
    """The same where refused documents lie."""
    new_collector(path)
    columns = ", ".join(f"'' AS {name}" for name in QUARANTINE.columns.keys()[1:])
    run(path, "DROP TABLE quarantine", f"CREATE VIEW quarantine AS SELECT 'ZZZZZZZZ' AS device, {columns}")


def generated(path: Path) -> None:
    new_collector(path)
    columns = ", ".join(f"{name} TEXT" for name in QUARANTINE.columns.keys()[:-1])
    run(path, "DROP TABLE quarantine", f"CREATE TABLE quarantine ({columns}, met AS (device || seq))")


def triggered(path: Path) -> None:
    new_collector(path)
    run(path, "CREATE TRIGGER mine AFTER INSERT ON setting BEGIN DELETE FROM setting; END")


def newer(path: Path) -> None:
    new_collector(path)
    run(path, "PRAGMA user_version = 2001")


def huge(path: Path) -> None:
    """A body of 100 MB."""
    new_collector(path)
    with closing(sqlite3.connect(path)) as raw, raw:
        values = ("ZZZZZZZZ", 1, "device", "2023-04-14T14:07:00+07:00", "0" * 64, "x" * 100 * MB, None)
        raw.execute("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?)", values)


UNREADABLE: dict[str, Callable[[Path], object]] = {
    "1 empty": Path.touch,
    "2 text": lambda path: path.write_text("halo"),
    "3 another database": another,
    "4 our mark, other tables": marked,
    "7 newer": newer,
    "16 a body of 100 MB": huge,
    "21 a billion rows for the journal": endless,
    "21 an endless view for what was refused": endless_aside,
    "21 a trigger more": triggered,
    "22 a generated column": generated,
}


@pytest.mark.parametrize("how", UNREADABLE)
def test_a_file_that_is_none_of_ours_is_named_and_the_others_come(
    copy: Copy, tmp_path: Path, how: str
) -> None:
    one = copy("S01")
    bad = tmp_path / "asing.lapak"
    UNREADABLE[how](bad)
    target = tmp_path / "pusat.lapak"
    for dry_run in (True, False):
        merged = merge(str(target), [bad, one.path or Path()], dry_run=dry_run)
        assert (merged.files, merged.new, len(merged.unread)) == (1, 12, 1)
        assert merged.sources[0].error is merged.unread[0]
        assert "Traceback" not in str(merged.unread[0])
    with opened(target) as ledger:
        assert documents(ledger) == documents(one)


def body(text: Callable[[str], str]) -> Callable[[Ledger, Path], Path]:
    """A booth's ledger whose eighth document has another text, under the hash of that text."""

    def forge(ledger: Ledger, path: Path) -> Path:
        chain = documents(ledger)[ledger.own().code]
        bad = text(chain[7].body)
        chain[7] = chain[7]._replace(body=bad, hash=digest(bad))
        return forged(path, chain, loose=True)

    return forge


def gap(ledger: Ledger, path: Path) -> Path:
    chain = documents(ledger)[ledger.own().code]
    return forged(path, [doc for doc in chain if doc.seq != 8])


def wrong_hash(ledger: Ledger, path: Path) -> Path:
    chain = documents(ledger)[ledger.own().code]
    return forged(path, [doc._replace(hash="0" * 64) if doc.seq == 8 else doc for doc in chain])


REFUSED: dict[str, Callable[[Ledger, Path], Path]] = {
    "10 a gap": gap,
    "13 a wrong hash": wrong_hash,
    "15 a key twice": body(lambda text: '{"at":"1970-01-01T00:00:00+07:00",' + text[1:]),
    "16 a body of 9 MB": body(lambda text: text.replace("rina", "rina" * 2_250_000)),
    "17 nested 100,000 deep": body(lambda text: text.replace('"shift":5', '"shift":' + "[" * 100_000)),
    "18 1e400": body(lambda text: text.replace('"total":', '"tip":1e400,"total":')),
}


@pytest.mark.parametrize("how", REFUSED)
def test_a_hostile_document_is_kept_to_be_looked_at_and_nothing_behind_it_comes(
    copy: Copy, tmp_path: Path, how: str
) -> None:
    one, two = copy("S01"), copy("S02")
    bad = REFUSED[how](one, tmp_path / "asing.lapak")
    target = tmp_path / "pusat.lapak"
    tried = merge(str(target), [bad, two.path or Path()], dry_run=True)
    merged = merge(str(target), [bad, two.path or Path()])
    assert tried.sentence == merged.sentence
    assert [(fault.device, fault.seq) for fault in merged.refused] == [(one.own().code, 8)]
    assert (merged.new, merged.left, merged.unread) == (19, 5, [])
    (beside,) = merged.beside
    assert (beside.device, beside.ours, beside.parts) == (one.own().code, None, False)
    assert beside.why == merged.refused[0].why
    with open_central(target) as ledger:
        with ledger.read() as conn:
            (row,) = quarantine.aside(conn)
        assert len(row.body) <= quarantine.MAX_SHOWN
        assert row.private is None
        take(one, ledger)  # the honest one comes, and both stand side by side
        with ledger.read() as conn:
            (beside,) = set_aside(conn)
        assert beside.ours is not None
        assert verify(ledger, rebuild=True).ok


def open_central(path: Path) -> closing[Ledger]:
    return closing(open_ledger(path))


def test_text_that_is_no_utf8_is_told_19(copy: Copy, tmp_path: Path) -> None:
    one = copy("S01")
    bad = forged(tmp_path / "asing.lapak", documents(one)[one.own().code], loose=True)
    with closing(sqlite3.connect(bad)) as raw, raw:
        (guard,) = raw.execute("SELECT sql FROM sqlite_schema WHERE name = 'document_stays'").fetchone()
        raw.execute("DROP TRIGGER document_stays")
        raw.execute("UPDATE document SET body = CAST(x'7b22ff22' AS TEXT) WHERE seq = 3")
        raw.execute(guard)
    merged = merge(str(tmp_path / "pusat.lapak"), [bad, copy("S02").path or Path()])
    assert (len(merged.unread), merged.new) == (1, 12)


@pytest.mark.parametrize("version", [1, 2])
def test_a_kind_and_a_version_of_the_future_are_kept_and_handed_on_9(
    copy: Copy, tmp_path: Path, version: int
) -> None:
    one = copy("S01")
    chain = documents(one)[one.own().code]
    chain.append(paper(chain, "voucher" if version == 1 else "sale", v=version, anything=[1]))
    merged = merge(str(tmp_path / "pusat.lapak"), [forged(tmp_path / "nanti.lapak", chain)])
    assert (merged.new, merged.refused) == (13, [])
    with opened(tmp_path / "pusat.lapak") as ledger:
        assert documents(ledger)[one.own().code] == chain


@pytest.mark.skipif(sys.platform == "win32", reason="files and names as POSIX has them")
def test_a_thousand_files_links_and_odd_names_in_one_folder_25_28_29(copy: Copy, tmp_path: Path) -> None:
    """Each file is read as it is, whatever it is called; nothing outside is touched."""
    one, two = copy("S01"), copy("S02")
    folder = tmp_path / "kiriman"
    folder.mkdir()
    for n in range(1_000):
        (folder / f"sampah-{n}.lapak").write_bytes(b"x" * n)
    for name in ("..\\..\\x.lapak", "CON.lapak", "a\nb.lapak", "=1+1.lapak", "\u202eklapak.lapak"):
        shutil.copyfile(one.path or "", folder / name)
    (folder / "tautan.lapak").symlink_to(two.path or "")
    (folder / "lingkar").symlink_to(folder)
    (folder / "putus.lapak").symlink_to(folder / "tiada")
    (folder / "kosong.lapak").mkdir()
    os.mkfifo(folder / "pipa.lapak")
    before = sorted(path.name for path in tmp_path.iterdir())
    merged = merge(str(tmp_path / "kantor" / "pusat.lapak"), [folder])
    assert (merged.files, merged.new, merged.known, len(merged.unread)) == (
        5,
        24,
        36,
        1_000,
    )  # a dot at the beginning: a draft
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted({*before, "kantor", "home"})


def test_what_a_foreign_file_keeps_aside_is_checked_like_anything_else(
    copy: Copy, pusat: Ledger, tmp_path: Path
) -> None:
    one, clone = copy("S01"), copy("S01")
    sell(one, {"PECI": 1})
    sell(clone, {"SEMPRONG": 1})
    sell(clone, {"SEMPRONG": 2})
    with closing(central(tmp_path / "stik.lapak")) as stick:
        take(one, stick)
        take(clone, stick)
    code = one.own().code
    with closing(sqlite3.connect(tmp_path / "stik.lapak")) as raw, raw:
        raw.execute("UPDATE quarantine SET body = replace(body, '60000', '70000') WHERE seq = 14")
        columns = "device, seq, hash, kind, at, body, private, prev, parts_at, why, source, met"
        for n in range(200):  # a bush without an end
            values = (code, 13, f"{n:064}", "sale", "x", "{}", None, "y", 13, "", "", "")
            raw.execute(f"INSERT INTO quarantine ({columns}) VALUES ({', '.join('?' * 12)})", values)
    before = derived(one)
    with open_central(tmp_path / "stik.lapak") as stick:
        take(one, pusat)
        copied = take(stick, pusat)
    assert copied.taken == 0
    (fork,) = forks(pusat)
    assert fork.theirs.documents == 1  # the one that is whole
    assert derived(pusat) == before
    assert verify(pusat, rebuild=True).ok


def test_a_branch_that_cannot_be_placed_is_left(copy: Copy, pusat: Ledger, tmp_path: Path) -> None:
    """A second beginning under the same name: it is refused, and nothing can be split off from nothing."""
    one = copy("S01")
    other = altered(documents(one)[one.own().code], 1, lambda fields: fields.update(name="Lain"))
    take(one, pusat)
    copied = take(forged(tmp_path / "asing.lapak", other), pusat)
    assert [(fault.device, fault.seq) for fault in copied.refused] == [(one.own().code, 1)]
    assert forks(pusat) == ()
    assert documents(pusat) == documents(one)


def test_a_database_refuses_the_same(copy: Copy, postgres_url: str, tmp_path: Path) -> None:
    one = copy("S01")
    sources = [make(one, tmp_path / f"asing{n}.lapak") for n, make in enumerate(REFUSED.values())]
    with closing(open_target(postgres_url)) as server:
        merged = take_all(server, sources)
        assert {fault.seq for fault in merged.refused} == {8}
        assert merged.new == 7
        with server.read() as conn:
            assert len(quarantine.aside(conn)) == len(sources)


def test_a_deep_tree_is_searched_no_further_than_ten_thousand_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.merge.MAX_SOURCES", 5)
    for n in range(9):
        new_collector(tmp_path / f"{n}.lapak")
    assert len(sources_in([tmp_path])) == 5
    with pytest.raises(Refused):
        merge(str(tmp_path / "x.lapak"), [])

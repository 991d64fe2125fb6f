"""Verify: whatever was changed since it was written is found; nothing sound is ever called wrong."""

from __future__ import annotations

import json
import os
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pos import journal
from pos.body import canonical
from pos.carry import carry
from pos.errors import UserError, WorldFailed
from pos.ledger import Ledger, create_collector, open_ledger
from pos.model import Fields
from pos.verify import Verified, verify
from tests.books import derived, documents, sell
from tests.sync.conftest import Copy
from tests.sync.world import altered, opened, paper, take, tampered


def found(ledger: Ledger, *, rebuild: bool = False) -> list[tuple[str, int]]:
    """Where verify sees problems."""
    return [(problem.device, problem.seq) for problem in verify(ledger, rebuild=rebuild).problems]


@pytest.mark.parametrize("rebuild", [True, False])
def test_fresh_ledgers_are_sound(copy: Copy, pusat: Ledger, rebuild: bool) -> None:
    one, two, kantor = copy("S01"), copy("S02"), copy("K01")
    for ledger in (one, two, kantor):
        take(ledger, pusat)
        assert verify(ledger, rebuild=rebuild).ok
    heads = {ledger.own().code: documents(ledger)[ledger.own().code][-1] for ledger in (one, two, kantor)}
    assert verify(pusat, rebuild=rebuild) == Verified(
        27,
        {code: (doc.seq, doc.hash) for code, doc in heads.items()},
        {one.own().code: "S01", two.own().code: "S02", kantor.own().code: "K01"},
        (),
    )


def test_an_empty_central_file_is_sound(pusat: Ledger) -> None:
    assert verify(pusat, rebuild=True) == Verified(0, {}, {}, ())


def test_progress_counts_every_document(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos.verify.BATCH", 5)
    steps: list[tuple[int, int]] = []
    verify(copy("S01"), progress=lambda done, total: steps.append((done, total)))
    assert steps == [(5, 12), (10, 12), (12, 12)]


def test_several_processes_find_what_one_does(
    copy: Copy, pusat: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, kantor = copy("S01"), copy("S02"), copy("K01")
    for ledger in (one, two, kantor):
        take(ledger, pusat)
    steps: list[tuple[int, int]] = []
    for changed in (False, True):
        if changed:
            with tampered(pusat) as raw:
                raw.execute("UPDATE document SET body = replace(body, '65000', '56000') WHERE seq = 6")
                raw.execute(
                    "UPDATE document SET kind = 'refund' WHERE seq = 3 AND device = ?", [one.own().code]
                )
        alone = verify(pusat)
        steps.clear()
        with monkeypatch.context() as world:
            world.setattr("pos.verify.WORTH_WORKERS", 1)
            world.setattr("os.cpu_count", lambda: 2)
            beside = verify(pusat, progress=lambda *step: steps.append(step))
        assert len(alone.problems) == 2 * changed
        assert sorted(map(str, beside.problems)) == sorted(map(str, alone.problems))
        assert (beside.documents, beside.heads, beside.booths) == (alone.documents, alone.heads, alone.booths)
        assert steps[-1] == (beside.documents, 27)


def ended(*_asked: object) -> None:
    """What a process does that the system ends for want of memory."""
    os._exit(9)


def test_a_process_that_is_ended_leaves_no_chain_unread(
    copy: Copy, pusat: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ledger in (copy("S01"), copy("S02"), copy("K01")):
        take(ledger, pusat)
    with tampered(pusat) as raw:
        raw.execute("UPDATE document SET body = replace(body, '65000', '56000') WHERE seq = 6")
    alone = verify(pusat)
    monkeypatch.setattr("pos.verify._verify_aside", ended)
    monkeypatch.setattr("pos.verify.WORTH_WORKERS", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    beside = verify(pusat)
    assert alone.problems
    assert sorted(map(str, beside.problems)) == sorted(map(str, alone.problems))
    assert beside.documents == alone.documents


def test_one_changed_byte_anywhere_in_any_body_is_found(copy: Copy) -> None:
    """Number 6."""
    stan = copy("S01")
    chain = documents(stan)[stan.own().code]
    places = [(doc, n) for doc in chain for n in range(len(doc.body.encode()))]
    for doc, n in random.Random(59).sample(places, 200):
        body = bytearray(doc.body.encode())
        body[n] ^= 1 << (n % 7)
        with tampered(stan) as raw:
            raw.execute("UPDATE document SET body = CAST(? AS TEXT) WHERE seq = ?", (bytes(body), doc.seq))
        assert found(stan) == [(doc.device, doc.seq)], (doc.seq, n)
        with tampered(stan) as raw:
            raw.execute("UPDATE document SET body = ? WHERE seq = ?", (doc.body, doc.seq))
    assert verify(stan, rebuild=True).ok


TAMPERED: dict[str, tuple[str, int]] = {
    "a removed document": ("DELETE FROM document WHERE seq = 7", 7),
    "a removed beginning": ("DELETE FROM document WHERE seq = 1", 1),
    "two documents swapped": (
        """UPDATE document SET seq = CASE seq WHEN 7 THEN -8 ELSE -7 END WHERE seq IN (7, 8);
        UPDATE document SET seq = -seq WHERE seq < 0""",
        7,
    ),
    "20 another time": ("UPDATE document SET at = '2023-04-15T08:00:00+07:00' WHERE seq = 9", 9),
    "20 another kind": ("UPDATE document SET kind = 'refund' WHERE seq = 9", 9),
    "20 another device": ("UPDATE document SET device = 'ZZZZZZZZ' WHERE seq = 12", 0),
    "20 another place": ("UPDATE document SET seq = 99 WHERE seq = 12", 12),
    "13 another hash": ("UPDATE document SET hash = lower(hex(zeroblob(32))) WHERE seq = 10", 10),
    "nothing left of it": ("UPDATE document SET body = '' WHERE seq = 4", 4),
}


@pytest.mark.parametrize("how", TAMPERED)
def test_tampering_is_found_where_it_was_done(copy: Copy, how: str) -> None:
    stan = copy("S01")
    statements, seq = TAMPERED[how]
    with tampered(stan) as raw:
        for statement in statements.split(";"):
            raw.execute(statement)
    device = stan.own().code if seq else "ZZZZZZZZ"
    assert found(stan) == [(device, seq or 1)]


def test_a_text_that_is_no_text_is_told(copy: Copy) -> None:
    """Number 19."""
    stan = copy("S01")
    with tampered(stan) as raw:
        raw.execute("UPDATE document SET body = CAST(x'ff' AS TEXT) WHERE seq = 4")
    with pytest.raises(WorldFailed, match="is damaged"):
        verify(stan)


def test_a_rewritten_end_that_does_not_add_up_is_found_by_the_rebuild(copy: Copy) -> None:
    stan = copy("S01")
    chain, live = documents(stan)[stan.own().code], derived(stan)
    false = altered(chain, 12, lambda fields: fields.update(total=1))[-1]
    with tampered(stan) as raw:
        raw.execute("UPDATE document SET body = ?, hash = ? WHERE seq = 12", (false.body, false.hash))
    assert found(stan, rebuild=True) == [(stan.own().code, 12)]
    assert derived(stan) == live


def test_a_document_changed_with_its_hash_is_found_at_the_next_one(copy: Copy) -> None:
    stan = copy("S01")
    chain = documents(stan)[stan.own().code]
    other = paper(chain[:7], "cash", note="tidak pernah ada")
    with tampered(stan) as raw:
        raw.execute(
            "UPDATE document SET kind = ?, at = ?, hash = ?, body = ? WHERE seq = 8",
            (other.kind, other.at, other.hash, other.body),
        )
    (problem,) = verify(stan).problems
    assert (problem.seq, chain[7].hash in problem.why, other.hash in problem.why) == (9, True, True)


FORGED: dict[str, Callable[[Fields], object]] = {
    "another place": lambda sale: sale.update(seq=99),
    "another time": lambda sale: sale.update(at="2023-04-15T08:00:00+07:00"),
    "another device": lambda sale: sale.update(device="ZZZZZZZZ"),
    "another kind": lambda sale: sale.update(kind="refund"),
    "after another": lambda sale: sale.update(prev="f" * 64),
    "no version": lambda sale: sale.update(v="1"),
    "its place in a line only": lambda sale: sale.update(lines=[_inner(sale)], prev="f" * 64),
    "its place in a part at the end only": lambda sale: sale.update(up=_inner(sale), prev="f" * 64),
}


def _inner(sale: Fields) -> Fields:
    return {"a": 1, "prev": sale["prev"], "seq": sale["seq"], "v": 1}


@pytest.mark.parametrize("how", FORGED)
def test_a_sale_with_a_right_hash_and_a_false_place_is_found(copy: Copy, how: str) -> None:
    stan = copy("S01")
    chain = documents(stan)[stan.own().code]
    assert chain[-1].kind == "sale"
    fields = json.loads(chain[-1].body)
    FORGED[how](fields)
    body = canonical(fields)
    with tampered(stan) as raw:
        raw.execute("UPDATE document SET body = ?, hash = ? WHERE seq = 12", (body, journal.digest(body)))
    assert found(stan) == [(stan.own().code, 12)]


def test_every_chain_is_followed_beside_a_broken_one(copy: Copy, pusat: Ledger) -> None:
    one, two = copy("S01"), copy("S02")
    take(one, pusat)
    take(two, pusat)
    with tampered(pusat) as raw:
        raw.execute("UPDATE document SET body = replace(body, 'Palembang', 'Palembong') WHERE seq = 1")
    assert found(pusat) == sorted([(one.own().code, 1), (two.own().code, 1)])


CHANGES = {
    "sale": "UPDATE sale SET total = total + 1 WHERE number = 3",
    "sale_line": "UPDATE sale_line SET name = 'Nastar palsu' WHERE seq = 6",
    "payment": "DELETE FROM payment WHERE method = 'qris'",
    "product": "UPDATE product SET price = 1 WHERE sku = 'PECI'",
    "staff": "DELETE FROM staff WHERE code = 'rina'",
    "device": "UPDATE device SET booth = 'S99'",
    "shift": "UPDATE shift SET float_cash = 0",
    "institution": "UPDATE institution SET short = 'Lapas Palsu' WHERE code = 'LPP-PLG'",
    "movement": "DELETE FROM movement",
    "stock": "UPDATE stock SET qty = qty + 1",
    "day_item": "UPDATE day_item SET total = total + 1 WHERE sku = 'PECI'",
    "day_payment": "DELETE FROM day_payment",
    "day_cashier": "UPDATE day_cashier SET hour = 3",
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_table_that_does_not_match_its_documents_is_reported_and_put_right(copy: Copy, name: str) -> None:
    stan = copy("S01")
    live = derived(stan)
    with tampered(stan) as raw:
        assert raw.execute(CHANGES[name]).rowcount > 0
    (problem,) = verify(stan, rebuild=True).problems
    assert f"table {name} " in problem.why
    assert derived(stan) == live
    assert verify(stan, rebuild=True).ok


def test_nothing_is_derived_from_documents_that_are_not_sound(copy: Copy) -> None:
    stan = copy("S01")
    live = derived(stan)
    with tampered(stan) as raw:
        raw.execute("UPDATE document SET body = replace(body, '65000', '99000') WHERE kind = 'sale'")
    assert not verify(stan, rebuild=True).ok
    assert derived(stan) == live


def test_the_till_goes_on_after_a_rebuild(copy: Copy) -> None:
    stan = copy("S01")
    verify(stan, rebuild=True)
    assert sell(stan, {"PECI": 1}).number == 8
    assert verify(stan, rebuild=True).ok


def test_verify_alone_changes_nothing(copy: Copy, tmp_path: Path) -> None:
    carry(copy("S01"), tmp_path / "pusat.lapak")
    before = (tmp_path / "pusat.lapak").read_bytes()
    with opened(tmp_path / "pusat.lapak") as central:
        assert verify(central).ok
    assert (tmp_path / "pusat.lapak").read_bytes() == before


def judged(path: Path, *, rebuild: bool) -> str:
    """What a person hears about the file: "ok", the problems, or one sentence; anything else is a bug."""
    try:
        ledger = open_ledger(path, read_only=not rebuild)
        try:
            result = verify(ledger, rebuild=rebuild)
        finally:
            ledger.close()
    except UserError:
        return "told"
    return "ok" if result.ok else "problem"


@pytest.fixture(scope="module")
def whole(kit: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a central file with two booths."""
    path = tmp_path_factory.mktemp("whole") / "pusat.lapak"
    create_collector(path)
    ledger = open_ledger(path)
    for code in ("S01", "S02"):
        take(kit / f"{code}.lapak", ledger)
    ledger.close()
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
    return path.read_bytes()


def test_a_file_truncated_at_any_page_is_told(whole: bytes, tmp_path: Path) -> None:
    """Number 5."""
    path = tmp_path / "pusat.lapak"
    for size in range(0, len(whole), 2048):
        path.write_bytes(whole[:size])
        assert judged(path, rebuild=False) == "told", size


def flipped(data: bytes, rng: random.Random) -> bytes:
    other = bytearray(data)
    other[rng.randrange(len(other))] ^= 1 << rng.randrange(8)
    return bytes(other)


def zeroed(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data) // 512) * 512
    return data[:start] + bytes(512) + data[start + 512 :]


def swapped(data: bytes, rng: random.Random) -> bytes:
    pages = [data[n : n + 4096] for n in range(0, len(data), 4096)]
    a, b = rng.sample(range(1, len(pages)), 2)
    pages[a], pages[b] = pages[b], pages[a]
    return b"".join(pages)


@pytest.mark.parametrize("damage", [flipped, zeroed, swapped])
def test_a_damaged_file_never_shows_other_documents_as_sound(
    whole: bytes, tmp_path: Path, damage: Callable[[bytes, random.Random], bytes]
) -> None:
    """6: whatever happened to the file, what is called sound is what was written."""
    path = tmp_path / "pusat.lapak"
    path.write_bytes(whole)
    with opened(path) as ledger:
        honest, tables = documents(ledger), derived(ledger)
    rng = random.Random(59)
    for _ in range(80):
        path.write_bytes(damage(whole, rng))
        if judged(path, rebuild=False) == "ok":
            with opened(path) as ledger:
                assert documents(ledger) == honest
        if judged(path, rebuild=True) == "ok":
            with opened(path) as ledger:
                assert (documents(ledger), derived(ledger)) == (honest, tables)

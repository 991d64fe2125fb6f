"""The journal: the bytes of a body are the truth, and nobody rewrites them.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from pos import journal
from pos.body import MAX_BODY, canonical
from pos.errors import BadDocument
from pos.journal import Stamp
from pos.ledger import Ledger, create, create_collector, open_ledger
from pos.model import GENESIS, Document, Fields
from tests.books import booth, busy_day, derived, documents, event, new_ledger, sell

AT = "2023-04-14T14:07:00+07:00"


@pytest.fixture
def collector(tmp_path: Path) -> Iterable[Ledger]:
    create_collector(tmp_path / "pusat.lapak")
    ledger = open_ledger(tmp_path / "pusat.lapak")
    yield ledger
    ledger.close()


def own_chain(ledger: Ledger) -> list[Document]:
    return documents(ledger)[ledger.own().code]


def _plain(fields: Fields) -> str:
    """The canonical text by the standard library, which also writes what no body may hold."""
    return json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def forged(fields: Fields | str, like: Document) -> Document:
    """`like` with another body and the hash that belongs to it: the work of somebody who knows our rules."""
    body = fields if isinstance(fields, str) else _plain(fields)
    return like._replace(body=body, hash=sha256(body.encode("utf-8", "surrogatepass")).hexdigest())


def test_documents_follow_one_another(till: Ledger) -> None:
    busy_day(till)
    prev = GENESIS
    for seq, doc in enumerate(own_chain(till), start=1):
        fields = json.loads(doc.body)
        assert (doc.seq, fields["prev"]) == (seq, prev)
        assert [fields[key] for key in ("device", "seq", "kind", "at")] == [
            doc.device,
            doc.seq,
            doc.kind,
            doc.at,
        ]
        prev = doc.hash


def test_bodies_are_sorted_and_without_spaces(till: Ledger) -> None:
    busy_day(till)
    for doc in own_chain(till):
        assert doc.body == _plain(json.loads(doc.body)) == canonical(json.loads(doc.body))


def test_anybody_can_check_a_chain_with_sqlite_and_sha256(till: Ledger) -> None:
    busy_day(till)
    with closing(sqlite3.connect(f"file:{till.path}?mode=ro", uri=True)) as plain:
        rows = plain.execute("SELECT hash, CAST(body AS BLOB) FROM document").fetchall()
    plain.close()
    assert len(rows) > 7
    assert all(sha256(body).hexdigest() == digest for digest, body in rows)


def test_names_in_any_script_are_hashed_as_stored(till: Ledger) -> None:
    with till.write() as conn:
        doc = till.post(conn, "note", {"text": "Qur\u2019an \U0001f36a \u062d\u0644\u0627\u0644"})
    assert "\U0001f36a" in doc.body
    assert journal.check(doc, doc.device, doc.seq, own_chain(till)[-2].hash)["text"].startswith("Qur")


@pytest.mark.parametrize("text", ["\\u0000", "C:\\udin", "\\", "\x01\x7f\u2028", '"'])
def test_odd_texts_enter_and_leave(till: Ledger, collector: Ledger, text: str) -> None:
    with till.write() as conn:
        till.post(conn, "note", {"text": text})
    chain = own_chain(till)
    with collector.write() as conn:
        journal.admit(conn, chain[0].device, chain, (0, GENESIS))
    assert json.loads(documents(collector)[chain[0].device][-1].body)["text"] == text


@pytest.mark.parametrize("text", ["a\x00b", "\\\x00", "x" * MAX_BODY])
def test_what_no_other_ledger_would_take_is_never_posted(till: Ledger, text: str) -> None:
    before = own_chain(till)
    with pytest.raises(BadDocument), till.write() as conn:
        till.post(conn, "note", {"text": text})
    with pytest.raises(BadDocument), till.write() as conn:
        journal.post_many(conn, till.own().code, "note", [(till.stamp(), {"text": text})])
    assert own_chain(till) == before


@pytest.mark.parametrize("column", ["device", "seq", "kind", "at", "hash", "body"])
def test_the_database_refuses_to_change_a_document(till: Ledger, column: str) -> None:
    before = own_chain(till)
    with pytest.raises(DBAPIError, match="append-only"), till.write() as conn:
        conn.exec_driver_sql(f"UPDATE document SET {column} = {column} WHERE seq = 2")
    assert own_chain(till) == before


def test_the_database_refuses_to_delete_a_document(till: Ledger) -> None:
    before = own_chain(till)
    with pytest.raises(DBAPIError, match="append-only"), till.write() as conn:
        conn.exec_driver_sql("DELETE FROM document WHERE seq = (SELECT max(seq) FROM document)")
    assert own_chain(till) == before


def test_only_personal_data_can_be_erased(till: Ledger) -> None:
    with till.write() as conn:
        conn.exec_driver_sql("UPDATE document SET private = NULL")


def test_heads_tell_where_each_chain_ends(till: Ledger) -> None:
    sell(till, {"PECI": 1})
    last = own_chain(till)[-1]
    with till.read() as conn:
        assert journal.heads(conn) == {last.device: (last.seq, last.hash)}
        assert journal.head(conn, "NOBODY00") == (0, GENESIS)


def test_a_chain_is_read_in_pieces(till: Ledger) -> None:
    chain = own_chain(till)
    with till.read() as conn:
        assert journal.read(conn, chain[0].device, 2, 2) == chain[2:4]
        assert journal.read(conn, chain[0].device, len(chain), 10) == []
        assert journal.document(conn, chain[0].device, 1) == chain[0]
        assert journal.document(conn, chain[0].device, len(chain) + 1) is None


def test_many_papers_in_one_go_are_the_same_as_one_by_one(tmp_path: Path) -> None:
    first = new_ledger(tmp_path / "a.lapak")
    second = create(tmp_path / "b.lapak", first.own(), first.clock)
    papers: list[tuple[Stamp, Fields]] = [(Stamp(AT, n), {"text": f"catatan {n}"}) for n in range(5)]
    with first.write() as conn:
        posted = journal.post_many(conn, first.own().code, "note", papers)
        assert len(posted) == 5
    with second.write() as conn:
        for at, text in papers:
            journal.post(conn, second.own().code, "note", at, text)
    assert documents(first) == documents(second)
    assert derived(first) == derived(second)
    first.close()
    second.close()


def changed_byte(doc: Document) -> Document:
    return doc._replace(body=doc.body.replace("65000", "64000", 1))


def with_field(doc: Document, name: str, value: Any) -> Document:
    return forged(json.loads(doc.body) | {name: value}, doc)


def without_field(doc: Document, name: str) -> Document:
    return forged({key: value for key, value in json.loads(doc.body).items() if key != name}, doc)


TAMPERED: dict[str, Callable[[Document], Document]] = {
    "13 a changed byte": changed_byte,
    "13 a changed hash": lambda doc: doc._replace(hash="f" * 64),
    "13 a hash in capitals": lambda doc: doc._replace(hash=doc.hash.upper()),
    "12 another prev": lambda doc: with_field(doc, "prev", "f" * 64),
    "10 another place in the chain": lambda doc: with_field(doc, "seq", doc.seq + 1),
    "20 another device in the body": lambda doc: with_field(doc, "device", "ZZZZZZZZ"),
    "20 another kind in the column": lambda doc: doc._replace(kind="note"),
    "20 another time in the column": lambda doc: doc._replace(at="1970-01-01T00:00:00+07:00"),
    "20 another device in the column": lambda doc: doc._replace(device="ZZZZZZZZ"),
    "20 another seq in the column": lambda doc: doc._replace(seq=doc.seq + 1),
    "14 a space": lambda doc: forged(doc.body.replace(",", ", ", 1), doc),
    "14 a space behind": lambda doc: forged(doc.body + " ", doc),
    "14 keys out of order": lambda doc: forged('{"v":1,' + doc.body[1:].replace(',"v":1', ""), doc),
    "14 an escape that needs none": lambda doc: forged(doc.body.replace("NASTAR", "\\u004eASTAR"), doc),
    "15 a key twice": lambda doc: forged('{"at":"",' + doc.body[1:], doc),
    "14 a fraction": lambda doc: forged(doc.body.replace("65000", "65000.0"), doc),
    "18 an exponent": lambda doc: forged(doc.body.replace("65000", "65e3"), doc),
    "18 not a number": lambda doc: forged(doc.body.replace("65000", "NaN"), doc),
    "18 infinity": lambda doc: forged(doc.body.replace("65000", "-Infinity"), doc),
    "18 beyond every number": lambda doc: forged(doc.body.replace("65000", "1e400"), doc),
    "18 ten thousand digits": lambda doc: forged(doc.body.replace("65000", "9" * 10_000), doc),
    "17 nested 100,000 deep": lambda doc: forged("[" * 100_000, doc),
    "17 objects 100,000 deep": lambda doc: forged('{"a":' * 100_000, doc),
    "16 a body of 100 MB": lambda doc: forged("x" * 100_000_000, doc),
    "19 a NUL": lambda doc: forged(json.loads(doc.body) | {"text": "a\\\x00b"}, doc),
    "19 half a character": lambda doc: forged(doc.body.replace("NASTAR", "\ud800"), doc),
    "19 half a character escaped": lambda doc: forged(doc.body.replace("NASTAR", "\\uD800"), doc),
    "not JSON": lambda doc: forged("halo", doc),
    "empty": lambda doc: forged("", doc),
    "not an object": lambda doc: forged("[1,2,3]", doc),
    "null": lambda doc: forged("null", doc),
    "no prev": lambda doc: without_field(doc, "prev"),
    "no version": lambda doc: without_field(doc, "v"),
    "a version in words": lambda doc: with_field(doc, "v", "satu"),
    "bytes instead of text": lambda doc: doc._replace(body=doc.body.encode()),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("how", TAMPERED)
def test_a_tampered_document_never_enters(till: Ledger, collector: Ledger, how: str) -> None:
    sell(till, {"NASTAR-500": 1})
    *good, last = own_chain(till)
    with pytest.raises(BadDocument) as refusal, collector.write() as conn:
        journal.admit(conn, last.device, [*good, TAMPERED[how](last)], (0, GENESIS))
    assert (refusal.value.device, refusal.value.seq) == (last.device, last.seq)
    assert documents(collector) == {}
    assert not any(derived(collector).values())


def test_a_changed_byte_is_named_with_both_hashes(till: Ledger) -> None:
    sell(till, {"NASTAR-500": 1})
    before, last = own_chain(till)[-2:]
    bad = changed_byte(last)
    with pytest.raises(BadDocument) as refusal:
        journal.check(bad, last.device, last.seq, before.hash)
    assert last.hash in refusal.value.why
    assert sha256(bad.body.encode()).hexdigest() in refusal.value.why


def test_a_wrong_prev_is_named_with_both_hashes(till: Ledger) -> None:
    before, last = own_chain(till)[-2:]
    with pytest.raises(BadDocument) as refusal:
        journal.check(with_field(last, "prev", "f" * 64), last.device, last.seq, before.hash)
    assert "f" * 64 in refusal.value.why
    assert before.hash in refusal.value.why


def test_a_gap_is_refused(till: Ledger, collector: Ledger) -> None:
    chain = own_chain(till)
    with pytest.raises(BadDocument) as refusal, collector.write() as conn:
        journal.admit(conn, chain[0].device, [chain[0], chain[2]], (0, GENESIS))
    assert refusal.value.seq == 2


def test_a_fork_is_refused(till: Ledger, tmp_path: Path) -> None:
    twin = create(tmp_path / "kembar.lapak", till.own(), till.clock)
    with twin.write() as conn:
        other = twin.post(conn, "note", {"text": "lain"})
    chain = own_chain(till)
    with pytest.raises(BadDocument) as refusal, twin.write() as conn:
        journal.admit(conn, other.device, chain[2:], journal.head(conn, other.device))
    assert other.hash in refusal.value.why
    assert chain[1].hash in refusal.value.why
    twin.close()


def test_an_honest_chain_enters_in_any_pieces(till: Ledger, collector: Ledger) -> None:
    busy_day(till)
    chain = own_chain(till)
    head = (0, GENESIS)
    for piece in (chain[:1], chain[1:4], chain[4:]):
        with collector.write() as conn:
            head = journal.admit(conn, chain[0].device, piece, head)
    assert head == (len(chain), chain[-1].hash)
    assert documents(collector) == documents(till)
    assert derived(collector) == derived(till)


def test_an_unknown_kind_is_kept_and_not_derived(till: Ledger, collector: Ledger) -> None:
    before = derived(till)
    with till.write() as conn:
        till.post(conn, "ramalan", {"cuaca": ["hujan", {"mm": 12}]})
    assert derived(till) == before
    chain = own_chain(till)
    with collector.write() as conn:
        journal.admit(conn, chain[0].device, chain, (0, GENESIS))
    assert documents(collector) == documents(till)


@pytest.mark.parametrize("version", [2, 99, 2**60])
def test_a_newer_version_is_kept_and_not_derived(till: Ledger, collector: Ledger, version: int) -> None:
    sell(till, {"NASTAR-500": 1})
    *good, last = own_chain(till)
    newer = forged({**json.loads(last.body), "v": version, "lines": "bentuk baru"}, last)
    with collector.write() as conn:
        journal.admit(conn, last.device, [*good, newer], (0, GENESIS))
    assert documents(collector)[last.device][-1] == newer
    assert derived(collector)["sale"] == []


@pytest.mark.parametrize("version", [0, -1])
def test_there_is_no_version_before_the_first(till: Ledger, collector: Ledger, version: int) -> None:
    sell(till, {"NASTAR-500": 1})
    *good, last = own_chain(till)
    with collector.write() as conn:
        journal.admit(conn, last.device, [*good, with_field(last, "v", version)], (0, GENESIS))
    assert derived(collector)["sale"] == []


def test_what_fails_in_a_transaction_was_never_posted(till: Ledger) -> None:
    before = documents(till), derived(till)
    with suppress(BadDocument), till.write() as conn:
        till.post(conn, "note", {"text": "tidak jadi"})
        till.post(conn, "shift_open", {"cashier": "rina"})
        pytest.fail("a shift without a day")
    assert (documents(till), derived(till)) == before


def test_two_booths_may_put_down_the_same_things(till: Ledger, tmp_path: Path, collector: Ledger) -> None:
    neighbour = booth(tmp_path / "s04.lapak", "S04")
    for chain in (*documents(till).values(), *documents(neighbour).values()):
        with collector.write() as conn:
            journal.admit(conn, chain[0].device, chain, (0, GENESIS))
    with collector.read() as conn:
        assert set(journal.chains(conn)) == {till.own().code, neighbour.own().code}
    assert len(derived(collector)["institution"]) == len(event().institutions)
    neighbour.close()

"""Targets that read documents: the bodies of every kind, segments, and what lies beside a body."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, select

from pos import journal
from pos.checkout import find_sale, read_sale
from pos.closed_days import close_day
from pos.deposits import cancel
from pos.drawer import Move, move_cash
from pos.errors import BadDocument, Refused
from pos.journal import digest
from pos.ledger import Ledger, open_ledger
from pos.model import GENESIS, Document
from pos.order_book import orders
from pos.orders import prepare
from pos.privacy import erase
from pos.quotas import set_quota
from pos.reports import REPORTS, Period, run_report
from pos.returns import Item, Wanted, take_back
from pos.sales_search import find_papers
from pos.segments import FolderSource
from pos.sync import copy_chains
from pos.tables import SALE
from tests.books import booth, documents, new_collector, sell, shift_of
from tests.every_paper import every
from tests.fuzz.targets import Bench, Target, told, words
from tests.ordering import DUE, counter, ordered
from tests.sync.world import text_of as canonical

_BODY = words(
    '{ } [ ] , : "" null true false 0 1 -1 1.5 1000000000001 "2023-04-14" "LPP-PLG" "qty" "price" "total" '
    '"lines" "payments" "amount" "discount" "parts" "number" "cards" "revision" "approval" "origin" "v" '
    '"order" "of" "shift"'
)


class _BackAgainError(Exception):
    """Everything inside the transaction is undone."""


def papers(bench: Bench) -> Iterator[Target]:
    """The targets of this file."""
    chain = every_kind(bench.folder)
    kinds: dict[str, list[bytes]] = {}
    for doc in chain[1:]:
        bare = {k: v for k, v in json.loads(doc.body).items() if k not in ("prev", "device", "seq")}
        kinds.setdefault(doc.kind, []).append(json.dumps(bare, sort_keys=True).encode())
    target = open_ledger(new_collector(bench.folder / "pusat.lapak"))
    with target.write() as conn:
        journal.admit(conn, chain[0].device, chain[:1], (0, GENESIS))
    seeds = tuple(body for bodies in kinds.values() for body in bodies[:3])
    yield Target("body", lambda data: _body(target, chain[0], data), _BODY, seeds)
    lines = "".join(json.dumps(doc._asdict(), sort_keys=True) + "\n" for doc in chain[:6]).encode()
    yield Target("segment", lambda data: _segment(bench, chain[0].device, data), _BODY, (lines,))
    private = tuple(doc.private.encode() for doc in chain if doc.private)[:4]
    yield Target("private", lambda data: _private(bench, chain, data), _BODY, private)


def every_kind(folder: Path) -> Sequence[Document]:
    """A chain with papers of every kind that a booth puts down."""
    with closing(booth(folder / "semua.lapak")) as ledger:
        shift, sari = shift_of(ledger), counter(ledger, "sari")
        move_cash(ledger, shift, Move("in", 50_000, "uang kecil"), "rina")
        order = prepare(ledger, ordered(ledger), sari)
        set_quota(ledger, "PECI", DUE, 5, sari)
        close_day(ledger, DUE, "hujan", sari)
        erase(ledger, cancel(ledger, order, sari, "batal"), sari)
        taken = take_back(
            ledger,
            sell(ledger, {"HAMPERS": 2, "PECI": 2}),
            Wanted("r1", (Item(0, 1, 1), Item(1, 1, damaged=True)), reason="remuk"),
            shift,
            "sari",
        )
        assert taken.total
        every(ledger)
        return documents(ledger)[ledger.own().code]


def _body(target: Ledger, first: Document, data: bytes) -> None:
    """A body behind the first document, right in all that chains it: refused, or its rows hold."""
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        text, kind, at = data.decode("utf-8", "replace"), "sale", first.at
    else:
        kind, at = str(fields.get("kind")), str(fields.get("at"))
        fields |= {"device": first.device, "seq": 2, "prev": first.hash, "kind": kind, "at": at}
        try:
            text = canonical(fields)
        except (ValueError, RecursionError):
            return
    try:
        doc = Document(first.device, 2, kind, at, digest(text), text)
    except UnicodeEncodeError:
        return
    with suppress(_BackAgainError), told(), target.write() as conn:
        journal.admit(conn, first.device, [doc], (1, first.hash))
        _looked_at(conn, doc)
        raise _BackAgainError


def _looked_at(conn: Connection, doc: Document) -> None:
    mine = select(SALE.c.seq).where(SALE.c.device == doc.device, SALE.c.seq == doc.seq)
    if conn.scalar(mine):  # one of a newer version makes no row, and nobody reads it as a sale
        read_sale(doc)


def _segment(bench: Bench, device: str, data: bytes) -> None:
    folder = bench.folder / "awan" / "in"
    place = folder / device
    place.mkdir(parents=True, exist_ok=True)
    for old in place.iterdir():
        old.unlink()
    count = max(1, len(data.splitlines()))
    (place / f"1-{count}-{sha256(data).hexdigest()[:16]}.jsonl").write_bytes(data)
    with closing(open_ledger(_fresh(bench))) as collector:
        copied = copy_chains(FolderSource(folder), collector)
        assert all(isinstance(fault, BadDocument) for fault in copied.refused)
        for fault in copied.refused:
            assert fault.message
        _read_all(collector)


def _private(bench: Bench, chain: Sequence[Document], data: bytes) -> None:
    """What lies beside a body may be anything: it names nobody then, and hides no sale."""
    with suppress(UnicodeDecodeError), closing(open_ledger(_fresh(bench))) as collector:
        told_beside = data.decode()
        with told(), collector.write() as conn:
            docs = [doc._replace(private=told_beside if doc.private else None) for doc in chain]
            journal.admit(conn, docs[0].device, docs, (0, GENESIS))
        _read_all(collector)


def _read_all(ledger: Ledger) -> None:
    for found in find_papers(ledger):
        if found.kind == "sale":
            with suppress(Refused):
                find_sale(ledger, found.number)
    for over in (False, True):
        orders(ledger, over=over)
    for name in ("totals", "products", "orders", "shifts"):
        if name in REPORTS:
            run_report(ledger, name, Period())


def _fresh(bench: Bench) -> Path:
    path = bench.folder / "baru.lapak"
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    return new_collector(path)

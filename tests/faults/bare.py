"""A look into a ledger with nothing but sqlite3 and sha256: whoever checks the program does not ask it."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

STAN = "rumah/stan.lapak"  # the ledger of the booth in the folder of a trial
HIDDEN = "."  # so begins what is nobody's
_SEGMENT = re.compile(r"(\d+)-(\d+)-([0-9a-f]{16})\.jsonl")
_NUMBERED = ("sale", "refund", "shift_close", "cash", "remittance")
_APPLICATION = 0x4C50414B
Place = tuple[str, int]  # device and seq of a document


@dataclass(slots=True)
class Books:
    """What a ledger file holds: the hash of each document, sales by cart, and what is wrong with it."""

    hashes: dict[Place, str] = field(default_factory=dict)
    carts: dict[str, tuple[int, int]] = field(default_factory=dict)  # number and seq
    goods: dict[str, dict[str, int]] = field(default_factory=dict)  # of each cart: pieces by SKU
    problems: list[str] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)


@contextmanager
def _copied(path: Path) -> Iterator[Path]:
    """A copy with what SQLite keeps beside it, as a power cut left all three: looking changes nothing.

    It lies in a hidden folder: a child that looks may be killed while it copies, and half a copy is none.
    """
    with TemporaryDirectory(prefix=HIDDEN, dir=path.parent.parent) as folder:
        for suffix in ("", "-wal", "-journal"):
            if (beside := Path(f"{path}{suffix}")).exists():
                shutil.copyfile(beside, Path(folder) / f"{path.name}{suffix}")
        yield Path(folder) / path.name


def books(path: Path) -> Books:
    """The ledger or central file at `path`, looked through."""
    found = Books()
    with _copied(path) as copy, closing(sqlite3.connect(copy, isolation_level=None)) as raw:
        try:
            _look(raw, found)
        except sqlite3.Error as error:
            found.problems.append(f"sqlite: {error}")
    return found


def _look(raw: sqlite3.Connection, found: Books) -> None:
    if raw.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        found.problems.append("not a ledger")
        return
    check = raw.execute("PRAGMA integrity_check(3)").fetchall()
    if check != [("ok",)]:
        found.problems.append(f"integrity: {check}")
    look_through(raw, found)


def look_through(raw: Any, found: Books) -> None:
    """Chains, numbers, carts and rows, over a connection to a file or to a server."""
    bodies = []
    ends: dict[str, tuple[int, str]] = {}
    for device, seq, kind, hashed, text in raw.execute(
        "SELECT device, seq, kind, hash, body FROM document ORDER BY device, seq"
    ):
        body = json.loads(text)
        before = ends.get(device, (0, "0" * 64))
        if sha256(text.encode()).hexdigest() != hashed or (body["device"], body["seq"]) != (device, seq):
            found.problems.append(f"document {device} #{seq} is not what its hash says")
        if seq != before[0] + 1 or body["prev"] != before[1]:
            found.problems.append(f"chain of {device} is broken at #{seq}")
        ends[device] = (seq, hashed)
        found.hashes[device, seq] = hashed
        bodies.append((device, seq, kind, body))
    found.settings = dict(raw.execute("SELECT name, value FROM setting"))
    found.problems += _numbers(bodies)
    found.problems += _carts(bodies, found)
    found.problems += _rows(raw, bodies)


def _numbers(bodies: Iterable[tuple[str, int, str, dict[str, Any]]]) -> Iterator[str]:
    """No number is used twice or skipped."""
    last: dict[tuple[str, str], int] = {}
    for device, seq, kind, body in bodies:
        if kind in _NUMBERED and "number" in body:
            series = (device, kind)
            if body["number"] != last.get(series, 0) + 1:
                yield f"{kind} number {body['number']} of {device} #{seq} follows {last.get(series, 0)}"
            last[series] = body["number"]


def _carts(bodies: Iterable[tuple[str, int, str, dict[str, Any]]], found: Books) -> Iterator[str]:
    """No cart is two sales."""
    for device, seq, kind, body in bodies:
        if kind == "sale":
            key = f"{device} {body['cart']}"
            if key in found.carts:
                yield f"cart {key} is sold twice"
            found.carts[key] = (body["number"], seq)
            found.goods[key] = {line["sku"]: line["qty"] for line in body["lines"]}


def _rows(raw: Any, bodies: Iterable[tuple[str, int, str, dict[str, Any]]]) -> Iterator[str]:
    """The rows of sales, and their sums, are what the bodies say."""
    sales = {(device, seq): body for device, seq, kind, body in bodies if kind == "sale"}
    rows = {(d, s): (n, t) for d, s, n, t in raw.execute("SELECT device, seq, number, total FROM sale")}
    if rows != {place: (body["number"], body["total"]) for place, body in sales.items()}:
        yield f"{len(sales)} sales in documents, others in the table ({len(rows)})"
    paid = sum(part["amount"] for body in sales.values() for part in body["payments"])
    if raw.execute("SELECT COALESCE(SUM(amount), 0) FROM payment").fetchone()[0] != paid:
        yield "payments are not what was paid"


def segments(folder: Path) -> tuple[dict[Place, str], list[str]]:
    """What the segments below `folder` hold, and what is wrong with those under a final name."""
    hashes: dict[Place, str] = {}
    problems = []
    for path in sorted(folder.rglob("*.jsonl")):
        named = _SEGMENT.fullmatch(path.name)
        if named is None:
            continue
        data = path.read_bytes()
        if sha256(data).hexdigest()[:16] != named[3]:
            problems.append(f"segment {path.name} is torn")
            continue
        for line in data.splitlines():
            doc = json.loads(line)
            if sha256(doc["body"].encode()).hexdigest() != doc["hash"]:
                problems.append(f"segment {path.name} holds a changed document")
            hashes[doc["device"], doc["seq"]] = doc["hash"]
    return hashes, problems

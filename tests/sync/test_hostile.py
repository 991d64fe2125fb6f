"""Documents that no honest till writes: each is refused by name, and only it and its followers are lost.

The numbers are those of the list of bad inputs.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pos.errors import UserError
from pos.journal import digest
from pos.ledger import Ledger
from pos.model import Document, Fields
from pos.verify import verify
from tests.books import derived, documents
from tests.sync.conftest import Copy
from tests.sync.world import altered, forged, paper, take

Forge = Callable[[list[Document]], list[Document]]

BAD = 8  # a sale with a discount; all other documents are honest


def says(*path: str | int, to: object, seq: int = BAD) -> Forge:
    """One document says `to` at `path`; whoever did it made every hash right again."""

    def change(fields: Fields) -> None:
        place: Any = fields
        for step in path[:-1]:
            place = place[step]
        place[path[-1]] = to

    return lambda chain: altered(chain, seq, change)


def column(**changes: Any) -> Forge:
    """Columns of one document hold something else; its body was left alone."""
    return lambda chain: [doc._replace(**changes) if doc.seq == BAD else doc for doc in chain]


def body(change: Callable[[str], str]) -> Forge:
    """One document has another text, and the hash of that text."""

    def forge(chain: list[Document]) -> list[Document]:
        text = change(chain[BAD - 1].body)
        return column(body=text, hash=digest(text))(chain)

    return forge


def own(doc: Document) -> Fields:
    """What a document says beyond its place in the chain."""
    return {
        key: value
        for key, value in json.loads(doc.body).items()
        if key not in ("device", "seq", "prev", "kind")
    }


def again(seq: int, kind: str) -> Forge:
    """Document `seq` comes once more, as the last one, under a right hash."""
    return lambda chain: [*chain[: BAD - 1], paper(chain[: BAD - 1], kind, **own(chain[seq - 1]))]


SLIP: dict[str, Any] = {"slip": "received", "number": 9, "day": "2023-04-14", "cashier": "rina", "shift": 5}
SLIP |= dict.fromkeys(("institution", "partner", "letter", "reason"), "")

HOSTILE: dict[str, Forge] = {
    "6 a changed byte": lambda chain: column(body=chain[BAD - 1].body.replace("rina", "rani"))(chain),
    "10 gap": lambda chain: chain[: BAD - 1] + chain[BAD:],
    "12 wrong prev": lambda chain: [
        *chain[: BAD - 1],
        paper(chain[: BAD - 1], "stock", prev="0" * 64, **SLIP, items=[]),
    ],
    "13 hash not of body": column(hash="0" * 64),
    "14 not canonical: a space": body(lambda text: text.replace(",", ", ", 1)),
    "14 not canonical: order": body(lambda text: '{"v":1,' + text[1:].replace(',"v":1', "")),
    "15 a key twice": body(lambda text: '{"at":"1970-01-01T00:00:00+07:00",' + text[1:]),
    "16 a body of 9 MB": body(lambda text: text.replace("rina", "rina" * 2_250_000)),
    "17 nested 100,000 deep": body(lambda text: text.replace('"shift":5', '"shift":' + "[" * 100_000)),
    "17 nested 900 deep": says("memo", to=json.loads("[" * 900 + "]" * 900)),
    "18 NaN": body(lambda text: text.replace('"total":', '"tip":NaN,"total":')),
    "18 1e400": body(lambda text: text.replace('"total":', '"tip":1e400,"total":')),
    "18 a fraction": says("payments", 0, "amount", to=0.5),
    "18 2^63": says("number", to=2**63),
    "18 5,000 digits": body(lambda text: text.replace('"number":', '"number":1' + "0" * 5_000)),
    "19 NUL": says("cashier", to="ri\x00na"),
    "19 half a character": says("cashier", to="\ud800"),
    "20 the column has another kind": column(kind="refund"),
    "20 the column has another time": column(at="1970-01-01T00:00:00+07:00"),
    "20 the body has another device": says("device", to="ZZZZZZZZ"),
    "20 the body has another place": says("seq", to=9),
    "31 words in a number": says("number", to="lima"),
    "31 digits in a number": says("number", to="8"),
    "31 a truth in a number": says("shift", to=True),
    "31 a list in a name": says("lines", 0, "name", to=["Peci"]),
    "31 nothing in a name": says("lines", 0, "name", to=None),
    "31 a negative price": says("lines", 0, "price", to=-50_000),
    "31 pieces without end": says("lines", 0, to={"price": 0, "total": 0, "qty": 2**62}),
    "31 a cost without end": says("lines", 0, "cost", to=2**62),
    "32 lines that do not add up to the total": says("total", to=1),
    "33 a payment less than the total": says("payments", 0, "amount", to=1),
    "34 no time at all": says("at", to="kemarin"),
    "34 no day at all": says("day", to="2023-02-30"),
    "36 a revision of 2^62": lambda chain: [*chain[: BAD - 1], catalogue_of(chain, revision=2**62)],
    "31 a price of 10^13": lambda chain: [*chain[: BAD - 1], catalogue_of(chain, price=10**13)],
    "31 stock without end": lambda chain: [*chain[: BAD - 1], stock_of(chain, 2**62)],
    "a receipt number used twice": says("number", to=1),
    "a cart sold twice": lambda chain: says("cart", to=own(chain[BAD - 2])["cart"])(chain),
    "a sale that holds a number for lines": says("lines", to=3),
    "a second beginning": again(1, "device"),
    "a list in place of an object": body(lambda _text: "[1,2,3]"),
    "no JSON": body(lambda _text: "halo"),
    "nothing": body(lambda _text: ""),
}


def catalogue_of(chain: list[Document], **changes: int) -> Document:
    """The booth's catalogue once more, with another first card."""
    cards = own(chain[1])["cards"]
    return paper(chain[: BAD - 1], "catalog", cards=[cards[0] | changes, *cards[1:]])


def stock_of(chain: list[Document], qty: int) -> Document:
    """A slip over the same goods twice, `qty` each."""
    items = [{"sku": "PECI", "institution": "LP1-PLG", "qty": qty}] * 2
    return paper(chain[: BAD - 1], "stock", **SLIP, items=items)


@pytest.mark.parametrize("how", HOSTILE)
def test_a_hostile_document_is_refused_by_name_and_what_stood_before_it_is_kept(
    copy: Copy, pusat: Ledger, tmp_path: Path, how: str
) -> None:
    stan = copy("S01")
    honest = documents(stan)[stan.own().code]
    source = forged(tmp_path / "asing.lapak", HOSTILE[how](honest), loose=True)
    copied = take(source, pusat)
    assert [(fault.device, fault.seq) for fault in copied.refused] == [(stan.own().code, BAD)]
    assert documents(pusat) == {stan.own().code: honest[: BAD - 1]}
    assert verify(pusat, rebuild=True).ok


@pytest.mark.parametrize("how", ["6 a changed byte", "10 gap", "33 a payment less than the total"])
def test_the_honest_rest_comes_after_a_hostile_copy(
    copy: Copy, pusat: Ledger, tmp_path: Path, how: str
) -> None:
    stan = copy("S01")
    honest = documents(stan)
    take(forged(tmp_path / "asing.lapak", HOSTILE[how](honest[stan.own().code]), loose=True), pusat)
    assert take(stan, pusat).refused == []
    assert documents(pusat) == honest
    assert derived(pusat) == derived(stan)


FALSE_STARTS: dict[str, Forge] = {
    "begins with a sale": lambda chain: altered(chain, 1, lambda fields: fields.update(kind="sale")),
    "no event": says("event", to={}, seq=1),
    "an event without an end": lambda chain: altered(chain, 1, lambda fields: fields["event"].pop("end")),
    "an event on no day": says("event", "start", to="2023-02-30", seq=1),
    "an event whose days are numbers": says("event", "start", to=20230323, seq=1),
    "an office that is a list": says("event", "office", to=["Kanwil"], seq=1),
    "institutions that are none": says("event", "institutions", to=[1, 2], seq=1),
    "sample is a number": says("sample", to=1, seq=1),
    "sample is a word": says("sample", to="ya", seq=1),
    "a role that is a list": says("role", to=["office"], seq=1),
    "a booth in letters that no barcode holds": says("booth", to="СТ03", seq=1),
    "a booth in other digits": says("booth", to="S٠٣", seq=1),
    "a booth with a hyphen": says("booth", to="S-03", seq=1),
    "a booth of seven": says("booth", to="STAN003", seq=1),
    "a booth without a name": says("booth", to="", seq=1),
}


@pytest.mark.parametrize("how", FALSE_STARTS)
def test_a_chain_that_begins_falsely_stays_outside(
    copy: Copy, pusat: Ledger, tmp_path: Path, how: str
) -> None:
    stan = copy("S01")
    chain = FALSE_STARTS[how](documents(stan)[stan.own().code])
    chain = [doc._replace(kind=json.loads(doc.body)["kind"]) for doc in chain]
    copied = take(forged(tmp_path / "asing.lapak", chain), pusat)
    assert [(fault.device, fault.seq) for fault in copied.refused] == [(stan.own().code, 1)]
    assert documents(pusat) == {}
    assert verify(pusat).ok


COLUMNS: dict[str, dict[str, Any]] = {
    "19 bytes for a body": {"body": b"\xff\xfe"},
    "20 a word for a place": {"seq": "delapan"},
    "20 a fraction for a place": {"seq": 8.5},
    "20 no kind": {"kind": None},
    "20 no body": {"body": None},
    "20 no hash": {"hash": None},
    "31 a number for a time": {"at": 20230414},
}


@pytest.mark.parametrize("how", COLUMNS)
def test_a_column_of_the_wrong_type_is_refused(copy: Copy, pusat: Ledger, tmp_path: Path, how: str) -> None:
    stan, other = copy("S01"), copy("S02")
    honest = documents(stan)[stan.own().code]
    mixed = [*column(**COLUMNS[how])(honest), *documents(other)[other.own().code]]
    copied = take(forged(tmp_path / "asing.lapak", mixed, loose=True), pusat)
    assert [(fault.device, fault.seq) for fault in copied.refused] == [(stan.own().code, BAD)]
    assert documents(pusat) == {stan.own().code: honest[: BAD - 1]} | documents(other)


@pytest.mark.parametrize(
    "code", ["", "..", "../../x", "CON", "a\nb", "S01", "Ü" * 8, "A" * 1_000_000, b"x", 7]
)
def test_a_chain_under_a_name_that_no_laptop_has_stays_outside_28(
    copy: Copy, pusat: Ledger, tmp_path: Path, code: object
) -> None:
    stan = copy("S01")
    chain = altered(documents(stan)[stan.own().code], 0, str)
    named = [doc._replace(device=code) for doc in chain]  # type: ignore[arg-type]
    copied = take(forged(tmp_path / "asing.lapak", named, loose=True), pusat)
    assert copied.taken == 0
    assert documents(pusat) == {}


def test_text_that_is_no_utf8_gives_one_sentence_19(copy: Copy, pusat: Ledger, tmp_path: Path) -> None:
    stan = copy("S01")
    path = forged(tmp_path / "asing.lapak", documents(stan)[stan.own().code], loose=True)
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.execute("DROP TRIGGER document_stays")
        raw.execute("UPDATE document SET body = CAST(x'7b22ff22' AS TEXT) WHERE seq = 3")
        raw.execute(guard_of(pusat))
    with pytest.raises(UserError, match="is damaged"):
        take(path, pusat)
    assert documents(pusat) == {}


def guard_of(ledger: Ledger) -> str:
    """The text of the trigger that keeps documents as they are."""
    with ledger.read() as conn:
        return str(
            conn.exec_driver_sql("SELECT sql FROM sqlite_schema WHERE name = 'document_stays'").scalar_one()
        )

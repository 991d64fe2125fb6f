"""Restating: a history that parted from a chain, put down word for word as the chain of a device of its own.

Each new document holds all that the old one says, with places in its own chain where the old one named places
in its own, and an `origin`: device, seq, hash and prev of the old one, and what stood in the fields that
changed. So the old bytes can be made again and checked against their hash (`original`). Nothing else goes in:
whoever restates the same history gets the same documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from pos.body import canonical, decoded
from pos.model import GENESIS, Document, Fields

LETTERS = "BCDEFGHJKLMNPQRSTUVWXYZ"  # of the second history, the third, ...

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PLACED = ("device", "seq", "prev")  # what every document has of its own
_OWN = ("shift", "first_seq", "last_seq")  # fields that name a place in their own chain
_BOOTH_LETTERS = 6  # model.is_booth_code


def restated_code(device: str, hash_: str, letter: str) -> str:
    """The device code of a history of `device` whose first own document has this hash.

    It begins as the old one does, so that the numbers on its receipts are those that were printed.
    """
    digest = sha256(f"{device} {hash_} {letter}".encode()).digest()
    return device[:2] + "".join(_CROCKFORD[byte % 32] for byte in digest[:6])


def restated_names(beginning: Fields, letter: str) -> tuple[str, str]:
    """Booth code and name of a history of the device with this first document: `S07B`, `Stan 07-B`.

    Of one that was itself split off, the letter takes the place of its own.
    """
    booth, name = beginning["booth"], beginning["name"]
    if beginning.get("restates") is True:
        booth, name = booth[:-1], name.rpartition("-")[0]
    return booth[: _BOOTH_LETTERS - 1] + letter, f"{name}-{letter}"


def restate(
    docs: Sequence[Document], beginning: Fields, trunk: tuple[int, str], letter: str
) -> list[Document]:
    """The whole chain for `docs`, which follow `trunk` (seq and hash of the last document that both have).

    `beginning` is the body of the old chain's first document. Raises ValueError for bodies that are none.
    """
    device, first = docs[0].device, docs[0].seq
    code = restated_code(device, docs[0].hash, letter)
    opening = decoded(docs[0].body)
    booth, name = restated_names(beginning, letter)
    head = beginning | {
        "booth": booth,
        "name": name,
        "continues": {"device": device, "seq": trunk[0], "hash": trunk[1]},
        "restates": True,
        "at": docs[0].at,
        "up": opening.get("up", 0),
    }
    chain = [_document(head | {"device": code, "seq": 1, "prev": GENESIS}, None)]
    for doc in docs:
        fields = _moved(decoded(doc.body), code, first)
        fields |= {"device": code, "seq": chain[-1].seq + 1, "prev": chain[-1].hash}
        chain.append(_document(fields, doc.private))
    return chain


def original(fields: Fields) -> Fields:
    """The body that a restated one puts down anew.

    Raises ValueError, KeyError or TypeError when it is not true to the hash that it names, or says anything
    that the old one does not.
    """
    origin = fields["origin"]
    first = origin["seq"] - fields["seq"] + 2
    if first < 2 or type(origin["seq"]) is not int:
        raise ValueError("out of its place")
    kept = {key: value for key, value in fields.items() if key not in (*_PLACED, "origin")}
    before: Fields = kept | origin["was"] | {key: origin[key] for key in _PLACED}
    if sha256(canonical(before).encode()).hexdigest() != origin["hash"]:
        raise ValueError("not true to its hash")
    own = {key: fields[key] for key in _PLACED}
    if _moved(before, fields["device"], first) | own != fields:
        raise ValueError("says something else")
    return before


def innermost(fields: Fields) -> tuple[Fields, Fields]:
    """The body that a restated one puts down anew, and its `origin`: of a history that parted more than once
    the one that was made first, so that it is the same by whatever way it was restated.

    Raises as `original`.
    """
    origin, fields = fields["origin"], original(fields)
    return innermost(fields) if "origin" in fields else (fields, origin)  # body.MAX_DEPTH deep at most


def first_origin(fields: Fields) -> Fields | None:
    """The `origin` of the document that was made first, as a restated body that is known to be true tells it;
    None for a body that restates none.
    """
    origin: Fields | None = fields.get("origin")
    while origin and (before := origin["was"].get("origin")):
        origin = before
    return origin


def first_made(doc: Document) -> tuple[str, int, str]:
    """Device, seq and hash of the document that this sound one restates in the end, or of itself."""
    origin = first_origin(decoded(doc.body)) or doc._asdict()
    return (origin["device"], origin["seq"], origin["hash"])


def printed_hash(body: Fields, hash_: str) -> str:
    """The hash whose first digits a paper bears: of a restated document that of the one made first."""
    origin = first_origin(body)
    return str(origin["hash"]) if origin else hash_


def _moved(fields: Fields, code: str, first: int) -> Fields:
    """The body with the places of the new chain, and its origin; `first` is where the history begins."""
    device = fields["device"]
    moved: Fields = {}
    for key, value in fields.items():
        if key in _OWN and type(value) is int:
            moved[key] = max(value - first + 2, 1)  # 1: what was begun before the histories parted
        elif key not in _PLACED:
            moved[key] = _placed(value, device, code, first)
    was = {key: fields[key] for key, value in moved.items() if value != fields[key] or key == "origin"}
    hash_ = sha256(canonical(fields).encode()).hexdigest()
    origin = {"device": device, "seq": fields["seq"], "hash": hash_, "prev": fields["prev"], "was": was}
    return moved | {"origin": origin}


def _placed(value: Any, device: str, code: str, first: int) -> Any:
    """`value` with every place in the history that parted, named by device and seq, in the new chain."""
    if isinstance(value, list):
        return [_placed(one, device, code, first) for one in value]
    if not isinstance(value, dict):
        return value
    found = {key: _placed(one, device, code, first) for key, one in value.items()}
    seq = found.get("seq")
    if found.get("device") == device and type(seq) is int and seq >= first:
        found |= {"device": code, "seq": seq - first + 2}
    return found


def _document(fields: Fields, private: str | None) -> Document:
    text = canonical(fields)
    hash_ = sha256(text.encode()).hexdigest()
    words = (fields["device"], fields["seq"], fields["kind"], fields["at"])
    return Document(*words, hash_, text, private)

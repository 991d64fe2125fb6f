"""What may be done to a sealed archive: each harm changes the documents of one chain."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pos.exports.redacted import state_of

Docs = Callable[[list[dict[str, Any]]], object]


def chain_file(folder: Path, booth: str = "S03") -> Path:
    (path,) = (folder / "data/rantai").glob(f"{booth}-*.jsonl")
    return path


def rewrite(path: Path, change: Docs) -> None:
    """Change the documents of a chain file."""
    docs = [json.loads(text) for text in path.read_bytes().splitlines()]
    change(docs)
    text = "".join(
        json.dumps(doc, sort_keys=True, separators=(",", ":"), ensure_ascii=False) + "\n" for doc in docs
    )
    path.write_text(text, "utf-8", newline="")


def seal_again(folder: Path) -> None:
    """Make the sums anew, as a forger would."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    sums = [
        f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}\n"
        for name in names
        if name != "SHA256SUMS"
    ]
    (folder / "SHA256SUMS").write_text("".join(sums))


def first_sale(folder: Path) -> dict[str, Any]:
    docs = [json.loads(text) for text in chain_file(folder).read_bytes().splitlines()]
    return next(doc for doc in docs if doc["kind"] == "sale")


def cheaper(docs: list[dict[str, Any]]) -> None:
    doc = next(doc for doc in docs if doc["kind"] == "sale")
    doc["body"] = re.sub(r'"amount":(\d+)', lambda m: f'"amount":{int(m[1]) - 1000}', doc["body"], count=1)


def cheaper_with_its_hash(docs: list[dict[str, Any]]) -> None:
    cheaper(docs)
    doc = next(doc for doc in docs if doc["kind"] == "sale")
    doc["hash"] = hashlib.sha256(doc["body"].encode()).hexdigest()


def officer_later(docs: list[dict[str, Any]]) -> None:
    doc = next(doc for doc in docs if "cut" in doc)
    doc["cut"]["rest"] = doc["cut"]["rest"].replace('"up":', '"up":1')


def officer_forged(docs: list[dict[str, Any]]) -> None:
    doc = next(doc for doc in docs if "cut" in doc)
    doc["cut"]["state"] = "0" * 64


def sale_hidden(docs: list[dict[str, Any]]) -> None:
    """A sale shown as an officer's document whose content is withheld; its hash can still be made."""
    doc = next(doc for doc in docs if doc["kind"] == "sale")
    data = doc.pop("body").encode()
    doc["kind"] = "staff"
    doc["cut"] = {"bytes": 64, "state": state_of(data[:64]).hex(), "rest": data[64:].decode()}


def one_left_out(docs: list[dict[str, Any]]) -> None:
    del docs[next(n for n, doc in enumerate(docs) if doc["kind"] == "sale")]


def one_twice(docs: list[dict[str, Any]]) -> None:
    place = next(n for n, doc in enumerate(docs) if doc["kind"] == "sale")
    docs.insert(place, docs[place])


def of_another(docs: list[dict[str, Any]]) -> None:
    for doc in docs:
        doc["device"] = "0" * 8


HARMS = [
    (cheaper, "berubah: isinya bersidik"),
    (cheaper_with_its_hash, "ada yang ditulis ulang"),
    (officer_later, "berubah: isinya bersidik"),
    (officer_forged, "berubah: isinya bersidik"),
    (sale_hidden, "tidak dapat dibaca"),
    (one_left_out, "hilang"),
    (one_twice, "ada dua kali"),
    (of_another, "milik tempat lain"),
]


def renumbered(folder: Path) -> None:
    """A whole chain made anew with one receipt less: every hash is right, and a number is missing."""
    kept: list[str] = []
    prev = "0" * 64
    for text in chain_file(folder).read_bytes().splitlines():
        doc = json.loads(text)
        if doc["kind"] in {"staff", "shift_close"} or '"number":2,' in doc.get("body", ""):
            continue
        body = json.loads(doc["body"]) | {"prev": prev, "seq": len(kept) + 1}
        doc["seq"], doc["body"] = body["seq"], json.dumps(body, sort_keys=True, separators=(",", ":"))
        doc["hash"] = prev = hashlib.sha256(doc["body"].encode()).hexdigest()
        kept.append(json.dumps(doc) + "\n")
    chain_file(folder).write_text("".join(kept))

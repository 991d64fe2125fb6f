"""What this machine remembers of its ledgers, outside of them: which laptop each is, and how far it had come.

A ledger that is behind what is remembered is an old backup, one that says something else there is a copy that
went its own way, and one that another machine remembers was brought here. Whoever sold with it under the same
identity would begin a second history. The file holds no secret and no sale; when it cannot be read it says
nothing, and the office finds out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from pos.clock import new_id
from pos.fresh import draft_of
from pos.kept_json import parsed
from pos.paths import home

FILE = "machine.json"  # in home()
MACHINE = "machine"  # setting of a ledger: the machine that remembers it
FORKED = "forked"  # setting of a ledger: the central side refused its chain, "1"
MAX_BYTES = 1_000_000

Doubt: TypeAlias = Literal["", "older", "other", "moved", "forked"]  # "": none


@dataclass(frozen=True, slots=True)
class Machine:
    """`id` is made once; `heads` holds seq and hash of the last document that was seen, by device."""

    id: str
    heads: Mapping[str, tuple[int, str]] = field(default_factory=dict)


def read_machine_file(folder: Path | None = None) -> Machine | None:
    """What is remembered; an empty one where there is no file, None where it cannot be read."""
    path = (folder or home()) / FILE
    try:
        if not path.exists():
            return Machine("")
        if path.stat().st_size > MAX_BYTES:
            return None
        found = parsed(path.read_text(encoding="utf-8"))
        heads = {str(code): (int(seq), str(hash_)) for code, (seq, hash_) in found["heads"].items()}
        return Machine(str(found["id"]), heads)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None


def remember_head(device: str, seq: int, hash_: str, folder: Path | None = None) -> str:
    """Put down how far `device` has come, and return the machine's id.

    Not waited for by any disk: after a power cut an older one may stand there, which does no harm. Raises
    OSError when home() cannot be written.
    """
    place = folder or home()
    known = read_machine_file(place) or Machine("")
    made = known.id or new_id()
    heads = {**known.heads, device: (seq, hash_)}
    if known.id != made or known.heads.get(device) != (seq, hash_):
        with draft_of(place / FILE, durable=False) as draft:
            draft.write_text(json.dumps({"id": made, "heads": heads}), encoding="utf-8")
    return made


def doubt_of(
    device: str, settings: Mapping[str, str], hash_of: Callable[[int], str | None], folder: Path | None = None
) -> Doubt:
    """Why the ledger of `device` may not go on under its identity here; empty when it may.

    `settings` are the ledger's, `hash_of` gives the hash of its own document with a seq, None where there is
    none.
    """
    if settings.get(FORKED) == "1":
        return "forked"
    known = read_machine_file(folder)
    if known is None:
        return ""
    remembered = known.heads.get(device)
    if remembered:
        found = hash_of(remembered[0])
        return "" if found == remembered[1] else "other" if found else "older"
    return "moved" if settings.get(MACHINE, known.id) != known.id else ""

"""What this machine remembers of its ledgers, outside of them: which laptop each is, and how far it had come.

A ledger that is behind what is remembered is an old backup, one that says something else there is a copy that
went its own way, and one that another machine remembers was brought here. Whoever sold with it under the same
identity would begin a second history. The file holds no secret and no sale; when it cannot be read it says
nothing, and the office finds out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from pos.clock import new_id
from pos.fresh import draft_of
from pos.kept_json import parsed
from pos.paths import home

FILE = "machine.json"  # in home()
MACHINE = "machine"  # setting of a ledger: the machine that remembers it
RESTORED = "restored"  # setting of a ledger that was made of a copy and has not been sold with since, "1"
FORKED = "forked"  # setting of a ledger: the central side refused its chain, "1"
MAX_BYTES = 1_000_000

Doubt: TypeAlias = Literal["", "older", "other", "moved", "forked", "restored"]  # "": none


@dataclass(frozen=True, slots=True)
class Machine:
    """`id` is made once; `heads` holds seq and hash of the last document that was seen, by device; `ledger`
    is the path of the one that was sold with last.
    """

    id: str
    heads: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    ledger: str = ""


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
        return Machine(str(found["id"]), heads, str(found.get("ledger", "")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None


def remember_head(
    device: str, seq: int, hash_: str, folder: Path | None = None, ledger: Path | None = None
) -> str:
    """Put down how far `device` has come in which `ledger`, and return the machine's id.

    Not waited for by any disk: after a power cut an older one may stand there, which does no harm. Raises
    OSError when home() cannot be written.
    """
    place = folder or home()
    known = read_machine_file(place) or Machine("")
    made = known.id or new_id()
    heads = {**known.heads, device: (seq, hash_)}
    now = Machine(made, heads, str(ledger.resolve()) if ledger else known.ledger)
    if now != known:
        with draft_of(place / FILE, durable=False) as draft:
            draft.write_text(json.dumps(asdict(now)), encoding="utf-8")
    return made


def lost_ledger(folder: Path | None = None) -> Path | None:
    """The ledger that was sold with last, where it is gone or empty; None where all is well, or not known."""
    known = read_machine_file(folder)
    path = Path(known.ledger) if known and known.ledger else None
    try:
        gone = path is not None and (not path.exists() or (path.is_file() and not path.stat().st_size))
    except OSError:
        gone = False
    return path if gone else None


def doubt_of(
    device: str, settings: Mapping[str, str], hash_of: Callable[[int], str | None], folder: Path | None = None
) -> Doubt:
    """Why the ledger of `device` may not go on under its identity here; empty when it may.

    `settings` are the ledger's, `hash_of` gives the hash of its own document with a seq, None where there is
    none.
    """
    if settings.get(FORKED) == "1":
        return "forked"
    if settings.get(RESTORED) == "1":
        return "restored"
    known = read_machine_file(folder)
    if known is None:
        return ""
    remembered = known.heads.get(device)
    if remembered:
        found = hash_of(remembered[0])
        return "" if found == remembered[1] else "other" if found else "older"
    return "moved" if settings.get(MACHINE, known.id) != known.id else ""

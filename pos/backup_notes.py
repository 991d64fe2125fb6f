"""What this machine remembers of its copies: when each place was last up to date, and why not since.

Beside the ledgers, in home(): it is read before any of them is open. Losing it loses nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pos.copies import own_folder
from pos.kept_json import parsed
from pos.paths import home

FILE = "cadangan.json"  # in home()
LAPTOP, STICK = "laptop", "stick"
LATE = timedelta(hours=1)  # at least; with long intervals three of them


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where copies go: a folder (empty: this machine's own), the name of a stick (empty: none), the Lock that
    seals them as text (empty: they stay open).
    """

    folder: str = ""
    stick: str = ""
    lock: str = ""

    @property
    def laptop(self) -> Path:
        """The folder on this machine or its network."""
        return Path(self.folder) if self.folder else own_folder()

    @property
    def places(self) -> tuple[str, ...]:
        """Their names in the notes."""
        return (LAPTOP, STICK) if self.stick else (LAPTOP,)


@dataclass(frozen=True, slots=True)
class Place:
    """When it last had everything (ISO 8601, empty: never), how many documents, in which file; `error` says
    why it has not now.
    """

    at: str = ""
    documents: int = 0
    file: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Notes:
    """By place; `tested` is when a copy was last tried (ISO 8601), `sound` whether it was good. `pace` (ms)
    tells how quick the disk is.
    """

    places: Mapping[str, Place] = field(default_factory=dict)
    tested: str = ""
    sound: bool = True
    pace: int = 0

    def at(self, place: str) -> Place:
        """What is known of a place."""
        return self.places.get(place, Place())

    def with_place(self, name: str, place: Place) -> Notes:
        """The same with another place."""
        return replace(self, places={**self.places, name: place})


def read_notes(folder: Path | None = None) -> Notes:
    """What is remembered; nothing where that cannot be read."""
    try:
        found = parsed(((folder or home()) / FILE).read_text(encoding="utf-8"))
        places = {str(name): _place(told) for name, told in found["places"].items()}
        return Notes(places, str(found["tested"]), bool(found["sound"]), int(found["pace"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return Notes()


def write_notes(notes: Notes, folder: Path | None = None) -> None:
    """Remember. Raises OSError when home() cannot be written."""
    from pos.fresh import draft_of  # reading comes before the till can be used

    with draft_of((folder or home()) / FILE, durable=False) as draft:
        draft.write_text(json.dumps(asdict(notes), indent=1), encoding="utf-8")


def late_since(notes: Notes, places: tuple[str, ...], now: datetime, minutes: int) -> datetime | None:
    """Since when the first of these places has lacked something for too long, None where all is well.

    One that never worked is late once it has said why.
    """
    patience = max(LATE, timedelta(minutes=3 * minutes))
    late: list[datetime] = []
    for name in places:
        place = notes.at(name)
        if not place.error:
            continue
        at = datetime.fromisoformat(place.at) if place.at else now - patience
        if now - at >= patience:
            late.append(at)
    return min(late, default=None)


def _place(told: Mapping[str, Any]) -> Place:
    at = str(told["at"])
    if at:
        datetime.fromisoformat(at)
    return Place(at, int(told["documents"]), str(told["file"]), str(told["error"]))

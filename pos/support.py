"""The report that somebody saves when something went wrong: what helps to find it, and nothing personal.

A text, so that whoever sends it can read what is sent: versions, the machine, sizes and counts of the books,
settings that are a choice among given ones, and the log (pos/bugs.py), which holds no values.
"""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from sqlalchemy import func, select

from pos import __version__, journal
from pos.bugs import LOG, LOGS_KEPT
from pos.errors import UserError
from pos.fresh import fresh_file
from pos.ledger import Ledger
from pos.local_tables import SETTING
from pos.paths import home
from pos.settings import SETTINGS, read_machine
from pos.tables import DOCUMENT

FOLDER = "laporan"  # in home(), beside the other reports
MOST_LOG = 200_000  # bytes, the newest


def _name(ledger: Ledger | None) -> str:
    """What the file is called: `laporan-lapak-S03K7-20230414-1407.txt`."""
    own = f"{ledger.device.prefix}-" if ledger and ledger.device else ""
    moment = ledger.clock.now() if ledger else None
    return f"laporan-lapak-{own}{moment:%Y%m%d-%H%M}.txt" if moment else "laporan-lapak.txt"


def save_report(ledger: Ledger | None, face: Mapping[str, str]) -> Path:
    """Write the report below home() and return where; `face` is what the screen knows of itself.

    Raises WorldFailed.
    """
    path = home() / FOLDER / _name(ledger)
    parts = [_program(face), _settings(ledger), _books(ledger), _log()]
    with fresh_file(path) as draft:
        draft.write_text("\n".join("\n".join(part) + "\n" for part in parts), "utf-8")
    return path


def _program(face: Mapping[str, str]) -> list[str]:
    room = "?"
    with suppress(OSError):
        room = f"{shutil.disk_usage(home()).free // 1_000_000} MB"
    return [
        f"Lapak {__version__}",
        f"Python {platform.python_version()} ({sys.maxsize.bit_length() + 1} bit)",
        f"SQLite {sqlite3.sqlite_version}",
        f"{platform.system()} {platform.release()} {platform.version()} {platform.machine()}",
        f"cores {os.cpu_count()}",
        f"room {room}",
        *(f"{name} {value}" for name, value in face.items()),
    ]


def _settings(ledger: Ledger | None) -> list[str]:
    """Those that are chosen among given ones; what was typed stays here."""
    kept: dict[str, str] = dict(read_machine())
    if ledger:
        with suppress(UserError), ledger.read() as conn:
            kept |= {row.name: row.value for row in conn.execute(select(SETTING))}
    return [f"{key} = {kept[key]}" for key, one in sorted(SETTINGS.items()) if one.choices and key in kept]


def _books(ledger: Ledger | None) -> list[str]:
    if ledger is None:
        return ["no ledger is open"]
    try:
        return list(_told(ledger))
    except UserError as error:
        return [f"the ledger cannot be read: {type(error).__name__}"]


def _told(ledger: Ledger) -> Iterator[str]:
    size = ledger.path.stat().st_size if ledger.path and ledger.path.exists() else 0
    with ledger.read() as conn:
        yield f"ledger {conn.dialect.name} {size} bytes{' read-only' if ledger.read_only else ''}"
        for device, (seq, digest) in sorted(journal.heads(conn).items()):
            own = " own" if ledger.device and ledger.device.code == device else ""
            yield f"chain {device} {seq} {digest[:16]}{own}"
        kinds = select(DOCUMENT.c.kind, func.count()).group_by(DOCUMENT.c.kind).order_by(DOCUMENT.c.kind)
        for kind, count in conn.execute(kinds):
            yield f"{kind} {count}"


def _log() -> list[str]:
    """The newest end of the logs, the older ones first."""
    names = [f"{LOG}.{number}" for number in range(LOGS_KEPT, 0, -1)] + [LOG]
    texts = []
    for name in names:
        with suppress(OSError):
            texts.append((home() / name).read_bytes())
    return ["log", b"".join(texts)[-MOST_LOG:].decode("utf-8", "replace")]

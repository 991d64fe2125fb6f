"""How reports leave the program as files: in the background, and told where."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pos.errors import UserError
from pos.paths import home
from pos.text import _
from ui import work
from ui.app import App

if TYPE_CHECKING:
    from pos.reports import Period
    from pos.reports.shown import Shown

FOLDER = "laporan"  # in home(), beside receipts and letters
Done = Callable[[Path], object]
Failed = Callable[[UserError], object]


def save_shown(app: App, ending: str, shown: Shown, done: Done, failed: Failed) -> None:
    """Write exactly what is on the screen as a file with this ending; `done` hears where."""
    ledger = app.ledger

    def write() -> Path:
        from pos.exports.shown import write_shown

        path = in_folder(f"{shown.name}.{ending}")
        write_shown(ledger, shown, path)
        return path

    work.run(write, done=done, failed=failed, lane="reports")


def save_whole(app: App, ending: str, period: Period, done: Done, failed: Failed) -> None:
    """Write all of a period: the workbook (xlsx), all receipts' lines (csv), the recapitulation (pdf)."""
    ledger = app.ledger

    def write() -> Path:
        from pos.exports import export

        name = {"xlsx": "buku-kerja", "csv": "baris-nota", "pdf": "rekapitulasi"}[ending]
        return export(ledger, in_folder(f"{file_name(name, period)}.{ending}"), period=period).file

    work.run(write, done=done, failed=failed, lane="reports")


def in_folder(name: str) -> Path:
    """Where a file of this name goes; whoever writes it makes the folder."""
    return home() / FOLDER / name


def file_name(what: str, period: Period) -> str:
    """Of what and of which booth, institution and days, as the name of a file without its ending."""
    days = [day.isoformat() for day in (period.start, period.end) if day]
    words = [what or "ringkasan", period.booth, period.institution, *dict.fromkeys(days)]
    return re.sub(r"[^0-9A-Za-z._-]+", "-", "-".join(word for word in words if word))[:120]


def saved_words(path: Path) -> tuple[str, str]:
    """What is told about a file that was written, and where it lies."""
    return _("Saved as {name}").format(name=path.name), str(path.parent)

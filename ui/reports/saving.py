"""How reports leave the program: as a workbook, as one table, as a PDF; in the background, and told where."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pos.errors import UserError
from pos.paths import home
from pos.text import _
from ui import work
from ui.app import App

if TYPE_CHECKING:
    from pos.model import Table
    from pos.reports import Period

FOLDER = "laporan"  # in home(), beside receipts and letters
Done = Callable[[Path], object]
Failed = Callable[[UserError], object]


@dataclass(frozen=True, slots=True)
class Report:
    """What is written: a key of REPORTS or nothing for all of it (the workbook, every receipt's lines as CSV,
    the recapitulation as PDF), of a period; `about` says in words of what it is. With a `table` exactly that
    is written, as it stands on the screen.
    """

    name: str
    period: Period
    about: tuple[str, ...] = ()
    table: Table | None = None


def save_report(app: App, ending: str, wanted: Report, done: Done, failed: Failed) -> None:
    """Write a report as a file with this ending; `done` hears where."""
    report, period, about = wanted.name, wanted.period, wanted.about
    ledger, sample = app.ledger, app.device.sample

    def write() -> Path:
        from pos.exports import EXPORTS, export

        path = home() / FOLDER / f"{_file_name(report, period)}.{ending}"
        path.parent.mkdir(parents=True, exist_ok=True)
        if wanted.table is not None and ending != "pdf":
            from pos.exports.one_table import write_table

            write_table(ledger, wanted.table, about, path)
            return path
        if ending == "pdf" and (report or ".pdf" not in EXPORTS):
            from pos.receipts.pdf import write_pdf
            from pos.receipts.table_sheets import table_sheets
            from pos.reports import run_report

            found = wanted.table or run_report(ledger, report or "institutions", period)
            write_pdf(table_sheets(found, about, sample=sample), path)
            return path
        table = report if ending == "csv" else ""
        return export(ledger, path, table=table, period=period).file

    work.run(write, done=done, failed=failed, lane="reports")


def _file_name(report: str, period: Period) -> str:
    days = [day.isoformat() for day in (period.start, period.end) if day]
    words = [report or "lapak", period.booth, period.institution, *dict.fromkeys(days)]
    return re.sub(r"[^0-9A-Za-z._-]+", "-", "-".join(word for word in words if word))


def saved_words(path: Path) -> tuple[str, str]:
    """What is told about a file that was written, and where it lies."""
    return _("Saved as {name}").format(name=path.name), str(path.parent)

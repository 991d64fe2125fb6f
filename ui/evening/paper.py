"""The report of a day as a PDF, made in the background, with the photos that were attached."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pos.errors import UserError
from pos.evening import Evening
from pos.paths import home, safe_name
from ui import work
from ui.app import App
from ui.reports.saving import FOLDER


def save_evening(
    app: App, told: Evening, done: Callable[[Path], object], failed: Callable[[UserError], object]
) -> None:
    """Write it beside the other reports; `done` hears where."""
    ledger = app.ledger

    def write() -> Path:
        from pos.day_photos import read_day_photos
        from pos.receipts.evening_sheets import evening_sheets  # ReportLab is imported where it is first used
        from pos.receipts.pdf import write_pdf

        words = ("laporan-harian", told.day.isoformat(), told.code)
        path = home() / FOLDER / f"{safe_name('-'.join(word for word in words if word))}.pdf"
        write_pdf(evening_sheets(ledger, told, read_day_photos(ledger, told.day)), path)
        return path

    work.run(write, done=done, failed=failed, lane="reports")

"""The report of a day as pages to be looked at, with the photos that were attached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pos.evening import Evening
from pos.paths import safe_name
from pos.text import _
from ui.app import App
from ui.preview import Printout

if TYPE_CHECKING:
    from pos.receipts.sheet import Sheet
    from pos.receipts.table_sheets import Way


def evening_printout(app: App, told: Evening) -> Printout:
    """On A4 with letterhead and signatures; its file lies beside the other reports."""
    ledger = app.ledger

    def draw(_way: Way) -> tuple[Sheet, ...]:
        from pos.day_photos import read_day_photos
        from pos.receipts.evening_sheets import evening_sheets  # ReportLab is imported where it is first used

        return evening_sheets(ledger, told, read_day_photos(ledger, told.day))

    words = ("laporan-harian", told.day.isoformat(), told.code)
    name = safe_name("-".join(word for word in words if word))
    return Printout(_("Daily report"), name, draw)

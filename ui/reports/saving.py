"""Where the files of reports lie, and what they are called."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from pos.paths import home

if TYPE_CHECKING:
    from pos.reports import Period

FOLDER = "laporan"  # in home(), beside receipts and letters


def in_folder(name: str) -> Path:
    """Where a file of this name goes; whoever writes it makes the folder."""
    return home() / FOLDER / name


def file_name(what: str, period: Period) -> str:
    """Of what and of which booth, institution and days, as the name of a file without its ending."""
    days = [day.isoformat() for day in (period.start, period.end) if day]
    words = [what or "ringkasan", period.booth, period.institution, *dict.fromkeys(days)]
    return re.sub(r"[^0-9A-Za-z._-]+", "-", "-".join(word for word in words if word))[:120]

"""The office's papers as PDF: the recapitulation, or the minutes (Berita Acara)."""

from __future__ import annotations

from pathlib import Path

from pos.errors import Refused
from pos.exports.request import Request
from pos.ledger import Ledger
from pos.reports import Period
from pos.reports.scope import check_period
from pos.standing import Standing, standing
from pos.text import _

OFFICIAL = ("recap", "minutes")


def write(ledger: Ledger, path: Path, request: Request) -> int:
    """Write a paper to `path`: the recapitulation, or what `request.table` names; returns its pages.

    Raises Refused for a paper that there is none of, and for one institution: it tells of whole receipts.
    """
    name = request.table or OFFICIAL[0]
    if name not in OFFICIAL:
        raise Refused(
            _("There is no paper called '{name}'.").format(name=name[:40]),
            _("There are: {names}.").format(names=" ".join(OFFICIAL)),
        )
    check_period(ledger, request.period)
    return write_paper(ledger, path, name, (request.period, standing(ledger, request.progress), ""))


def write_paper(ledger: Ledger, path: Path, name: str, told: tuple[Period, Standing, str]) -> int:
    """Write the paper `name`, one of OFFICIAL; returns its pages. `told` is what `read_recap` takes."""
    from pos.receipts.minutes import minutes_sheets  # ReportLab is imported where it is first used
    from pos.receipts.pdf import pdf_bytes
    from pos.receipts.recap import recap_sheets

    period, stand, words = told
    draw = {"recap": recap_sheets, "minutes": minutes_sheets}[name]
    sheets = draw(ledger, period, stand, told=words)
    path.write_bytes(pdf_bytes(sheets))
    return len(sheets)

"""The papers of the manual for the preview."""

from __future__ import annotations

from pos.receipts.sheet import Sheet
from pos.text import _, language
from ui.preview import Printout


def printout(which: str) -> Printout:
    """The quick card (`card`) or the booklet."""
    if which == "card":
        return Printout(_("Quick card"), f"kartu-ringkas-{language()}", lambda _way: _card())
    return Printout(_("Booklet"), f"buku-petunjuk-{language()}", lambda _way: _booklet())


def _card() -> tuple[Sheet, ...]:
    from pos.receipts.booklet import quick_card  # ReportLab is imported where it is first used

    return quick_card()


def _booklet() -> tuple[Sheet, ...]:
    from pos.receipts.booklet import booklet

    return booklet()

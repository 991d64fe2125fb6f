"""What reports are called before they are read, and up to when they say they are complete."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from pos.text import _, clock_time, short_date

MOST_BOOTHS = 6  # named one by one


def report_names() -> dict[str, str]:
    """The title of every report by its key; one of a newer version stands for itself."""
    return {
        "totals": _("Totals"),
        "days": _("Per day"),
        "institutions": _("Per institution"),
        "products": _("Per product"),
        "categories": _("Per category"),
        "payments": _("Per way to pay"),
        "cashiers": _("Per cashier"),
        "hours": _("Per hour"),
        "daily-board": _("Daily matrix"),
        "numbers": _("Receipt numbers"),
        "shifts": _("Cash per day"),
        "orders": _("Orders"),
        "reconcile": _("Cross-check"),
        "stock": _("Stock per product"),
        "settlement": _("Settlement per institution"),
        "exceptions": _("To be looked at"),
        "approvals": _("Approvals"),
        "pnbp": _("PNBP deposits"),
        "targets": _("Targets per institution"),
        "radar": _("What is missing"),
    }


def complete_words(complete: Mapping[str, str]) -> str:
    """`Lengkap sampai 14 Apr 14.07: S03, S07; …`: `complete` says of each booth until when (ISO)."""
    if not complete:
        return ""
    until: dict[str, list[str]] = {}
    for booth, at in sorted(complete.items()):
        until.setdefault(at, []).append(booth)
    parts = []
    for at, booths in sorted(until.items()):
        moment = datetime.fromisoformat(at)
        when = f"{short_date(moment.date())} {clock_time(moment)}"
        parts.append(_("until {time}: {booths}").format(time=when, booths=", ".join(booths)))
    if len(parts) > MOST_BOOTHS:
        more = _("and {count} more").format(count=len(parts) - MOST_BOOTHS)
        parts = [*parts[:MOST_BOOTHS], more]
    return _("Complete {spans}").format(spans="; ".join(parts))

"""What everything that leaves the screen says of itself: reports, the office's pages and the board alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pos.complete import Complete
from pos.reports.shown import Head, Made, head_of
from ui.app import App


def about(app: App, chosen: Sequence[str], complete: tuple[Complete, ...], until: date | None = None) -> Head:
    """The head of a file or paper made now by who is here; `chosen` are booth, institution, days in words.

    At a booth its own figures hold until now; at the office `complete` says up to when each laptop's do.
    """
    made = Made(app.clock.now(), app.cashier.name or app.device.name)
    own = not app.office and len(complete) < 2  # a booth may have been brought the others' documents
    return head_of(app.device.event.name, chosen, made, () if own else complete, until=until, own=own)

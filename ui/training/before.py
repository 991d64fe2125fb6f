"""Where one was before training, and the way back there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # the program begins without either
    from pos.model import Staff
    from ui.app import App


class Before(NamedTuple):
    """Where one was before training: which books, who was signed in, and the screen in sight."""

    wanted: Path | str | None
    who: Staff | None
    shown: int


def still_there(app: App, before: Before) -> bool:
    """Whether in training nobody has locked meanwhile, and nobody else has come."""
    return not app.locked and app.signed_in in (None, before.who)


def come_back(app: App, before: Before) -> int:
    """Whoever was signed in is so still, unless their card has changed; the screen that was in sight."""
    if before.who and app.staff.get(before.who.code) == before.who:
        app.sign_in(before.who)
    return before.shown

"""Where one was before training, and the way back there."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pos.model import Staff
from ui.app import App


class Before(NamedTuple):
    """Where one was before training: which books, who was signed in, and the screen in sight."""

    wanted: Path | str | None
    who: Staff | None
    shown: int

    def still_there(self, app: App) -> bool:
        """Whether in training nobody has locked meanwhile, and nobody else has come."""
        return not app.locked and app.signed_in in (None, self.who)

    def come_back(self, app: App) -> int:
        """Whoever was signed in is so still, unless their card has changed; the screen that was in sight."""
        if self.who and app.staff.get(self.who.code) == self.who:
            app.sign_in(self.who)
        return self.shown

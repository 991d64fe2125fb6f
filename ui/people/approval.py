"""Asks for the person who may: one action on one thing, allowed by somebody with the right and their PIN."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from pos.errors import Refused
from pos.model import Approval
from pos.rights import may
from pos.text import _
from ui.app import App
from ui.people.approval_sheet import ApprovalSheet, Wanted
from ui.people.reasons import usual_reasons
from ui.people.roles import people_here

__all__ = ["Wanted", "ask"]


def ask(app: App, over: QWidget, wanted: Wanted, then: Callable[[Approval | None], object]) -> None:
    """Call `then` when `wanted` may be done: at once with None where who is at the till has the right,
    otherwise with an approval, once somebody gave it over `over`. Given up, `then` is never called.

    An approval always has a reason where there are usual ones. Returns at once.
    """
    alone = may(app.cashier, wanted.action) and not wanted.second
    if alone and (wanted.reason or not wanted.explain):
        then(None)
        return
    others = [
        (place, one)
        for place, one in enumerate(people_here(app))
        if may(one, wanted.action) and not (wanted.second and one.code == app.cashier.code)
    ]
    if not alone and not others:
        why = _("Nobody else here may allow this.") if wanted.second else _("This needs an officer.")
        app.failed.emit(Refused(why, _("Add an officer in the settings under People and PINs.")))
        return
    sheet = ApprovalSheet(app, over.window(), wanted, [] if alone else others, usual_reasons(wanted.action))
    sheet.allowed.connect(then)
    sheet.open()

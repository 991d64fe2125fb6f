"""States of closing a shift and opening the next, for the photographs."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pos.drawer_count import COINS, NOTES
from pos.text import _
from ui.closing.page import ClosingPage
from ui.shots.studio import Stage

CLOSE = "Ctrl+7"
_PICTURE = (10, 9, 7, 8, 8)  # pieces, as in picture 10a


def page(stage: Stage) -> ClosingPage:
    """The page that closes, in sight."""
    stage.press(CLOSE)
    shown = stage.frame.screens.currentWidget()
    if not isinstance(shown, ClosingPage):
        raise TypeError("the seventh screen closes the till")
    return shown


def count(stage: Stage) -> QWidget:
    """Picture 10a: half of the drawer is counted."""
    page(stage)
    for place, pieces in enumerate(_PICTURE):
        if place:
            stage.press("Return")
        stage.type(str(pieces))
    return stage.frame


def counted(stage: Stage, short: int) -> QWidget:
    """All that should be there but `short` Rupiah is counted and locked."""
    from pos.closing import x_report
    from pos.shifts import current_shift

    shown, shift = page(stage), current_shift(stage.app.ledger)
    if shift is None:
        raise ValueError("no shift is open")
    left = x_report(stage.app.ledger, shift, shift.cashier).expected - short
    for value in (*NOTES, *COINS):
        pieces, left = divmod(left, value)
        stage.type(str(pieces))
        stage.press("Return")
    stage.press("F9")
    shown.update()
    return stage.frame


def compare(stage: Stage) -> QWidget:
    """Picture 10: five thousand are missing."""
    return counted(stage, 5_000)


def exact(stage: Stage) -> QWidget:
    """Nothing is missing."""
    return counted(stage, 0)


def closed(stage: Stage) -> QWidget:
    """The shift is closed; by the verb, for the button would print the report as well."""
    from pos.closing import close_shift
    from pos.drawer_count import kept_counts
    from pos.shifts import current_shift

    counted(stage, 0)
    ledger = stage.app.ledger
    shift = current_shift(ledger)
    if shift is not None:
        close_shift(ledger, shift, kept_counts(ledger, shift), "", shift.cashier)
    stage.app.set_shift(None)
    stage.rest()
    return stage.frame


def opening(stage: Stage) -> QWidget:
    """The till asks for the next shift."""
    closed(stage)
    stage.press("F9")
    return stage.frame


def cash(stage: Stage) -> QWidget:
    """Cash in and out."""
    page(stage)
    stage.press("F8")
    stage.type("50000")
    return stage.frame


def x_report_shown(stage: Stage) -> QWidget:
    """The X report over the count."""
    page(stage)
    stage.press("F7")
    return stage.frame


def second_person(stage: Stage) -> QWidget:
    """A large difference waits for the PIN of somebody else."""
    counted(stage, 150_000)
    stage.type(_("Wrong change"))
    stage.press("F9")
    return stage.frame

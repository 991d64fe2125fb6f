"""How something is put down at the office: by whom, with which right, in the background."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from pos.errors import Refused, UserError
from pos.ledger import Ledger
from pos.model import Approval, By, Staff
from pos.offices import begin_office
from pos.opening import Opening
from pos.text import _
from ui import work
from ui.app import App
from ui.office.first_sheet import FirstSheet
from ui.page import Page
from ui.people.approval import Wanted, ask

T = TypeVar("T")


def act(
    page: Page,
    wanted: Wanted,
    verb: Callable[[Ledger, By], T],
    done: Callable[[T], object],
    failed: Callable[[UserError], object],
) -> None:
    """Do `verb` as who is here where they may, otherwise with the approval of somebody who may.

    Central books get a chain of their own with the first paper that is put down in them.
    """
    app = page.app
    if why := read_only(app):
        failed(why)
        return

    def go(approval: Approval | None) -> None:
        ledger, by = app.ledger, By(app.cashier, app.shift, approval)

        def write() -> T:
            if app.office:
                begin_office(ledger)
            return verb(ledger, by)

        work.run(write, done=done, failed=failed)

    ask_here(app, page, wanted, go)


def ask_here(app: App, over: QWidget, wanted: Wanted, then: Callable[[Approval | None], object]) -> None:
    """As `ask`; at an office where nobody is known, whoever is first says who they are."""
    if app.office and not app.people():
        _ask_first(app, over, lambda: ask(app, over, wanted, then))
    else:
        ask(app, over, wanted, then)


def _ask_first(app: App, over: QWidget, then: Callable[[], object]) -> None:
    sheet = FirstSheet(over, app.theme)

    def here(answer: tuple[Staff, Opening]) -> None:
        person, opening = answer
        sheet.leave()
        app.renew(opening)
        app.sign_in(person)
        then()

    def store(name: str, pin: str) -> None:
        ledger = app.ledger
        work.run(lambda: _first(ledger, name, pin), done=here, failed=lambda error: sheet.say(str(error)))

    sheet.filled.connect(store)
    sheet.open(sheet.person)


def _first(ledger: Ledger, name: str, pin: str) -> tuple[Staff, Opening]:
    from pos.office_people import first_person
    from pos.today import office_opening

    person = first_person(ledger, name, pin)
    return person, office_opening(ledger)


def read_only(app: App) -> Refused | None:
    """Why nothing can be put down here, or None."""
    if not app.office or not app.ledger.read_only:
        return None
    return Refused(
        _("This file is only read, so nothing can be put down in it."),
        _("Copy it to a place where you may write, and open it there."),
    )

"""Keeps the carts: they are put down in the background after every change, and found again at the start."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from pos.draft import Draft, Removal
from pos.errors import UserError, WorldFailed
from pos.model import Shift
from pos.text import _
from ui import work
from ui.app import App
from ui.till.basket import Basket

if TYPE_CHECKING:  # the first tap comes before SQLAlchemy is there
    from pos.ledger import Ledger

REST_MS = 400  # for how long the lines stand still before their place is put down


def kept_basket(app: App) -> Basket:
    """The basket of a booth as it was left, kept from now on."""
    opening = app.opening
    basket = Basket(lambda: app.clock.now(), opening.draft, opening.held)  # noqa: PLW0108 - the clock may change
    Keeper(app, basket)
    return basket


class _Job(NamedTuple):
    """One writing: what is to be put down, and `wanted`, all that then is."""

    wanted: dict[str, Draft]
    changed: tuple[Draft, ...]
    gone: tuple[str, ...]
    removals: tuple[Removal, ...]
    cashier: str
    shift: Shift | None
    first: bool  # the carts put aside by an earlier run were not read yet


class Keeper(QObject):
    """Lives as long as its basket. While one writing runs, only the newest state waits.

    A disk that fails is told in one sentence, again only after it has worked in between; what could not be
    put down is tried with the next change.
    """

    def __init__(self, app: App, basket: Basket) -> None:
        super().__init__(basket)
        self.app = app
        self.basket = basket
        draft = app.opening.draft
        self._kept: dict[str, Draft] = {draft.cart.id: draft} if draft else {}
        self._removals: dict[str, Removal] = {}
        self._first = True
        self._job: _Job | None = None
        self._again = False
        self._told = False
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._write)
        basket.moved.connect(self._rest.start)
        basket.changed.connect(self._write)
        basket.removed.connect(self._note)
        basket.asked.connect(self._write)
        application = QCoreApplication.instance()
        if application:
            application.aboutToQuit.connect(self._write)

    def _note(self, removals: tuple[Removal, ...]) -> None:
        self._removals |= {one.id: one for one in removals}
        self._write()

    def _write(self) -> None:
        """Put down what differs from what is kept, unless that is being done."""
        if self._job:
            self._again = True
            return
        drafts = (*self.basket.held, self.basket.draft)
        wanted = {draft.cart.id: draft for draft in drafts if draft.cart.lines}
        job = _Job(
            wanted=wanted,
            changed=tuple(draft for cart, draft in wanted.items() if self._kept.get(cart) != draft),
            gone=tuple(cart for cart in self._kept if cart not in wanted),
            removals=tuple(self._removals.values()),
            cashier=self.app.cashier.code,
            shift=self.app.shift,
            first=self._first,
        )
        if job.first or job.changed or job.gone or job.removals:
            self._job, app = job, self.app
            work.run(lambda: _written(app.ledger, job), done=self._done, failed=self._failed)

    def _done(self, held: tuple[Draft, ...]) -> None:
        job, self._job = self._job, None
        self._told = False
        if job is None:
            return
        self._kept = job.wanted
        for one in job.removals:
            if self._removals[one.id] == one:
                del self._removals[one.id]
        if job.first:
            self._first = False
            self._kept |= {draft.cart.id: draft for draft in held}
            self.basket.learn(held)
        self._go_on()

    def _failed(self, error: UserError) -> None:
        self._job = None
        if not self._told:
            self._told = True
            happened = _("The cart is not being saved. It can be sold all the same.")
            self.app.failed.emit(WorldFailed(happened, str(error)))
        self._go_on()

    def _go_on(self) -> None:
        if self._again:
            self._again = False
            self._write()


def _written(ledger: Ledger, job: _Job) -> tuple[Draft, ...]:
    """Do `job`; what had been put aside by an earlier run, if that was to be read. In the background."""
    from pos.carts import held_drafts, keep, note_removals

    held = held_drafts(ledger) if job.first else ()
    if job.changed or job.gone:
        keep(ledger, *job.changed, gone=job.gone)
    if job.removals:
        note_removals(ledger, job.removals, job.cashier, job.shift)
    return held

"""The one adapter between core and Qt: a booth and its ledger, and signals when a verb was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal

from pos.cart import Cart
from pos.clock import Clock
from pos.errors import UserError, WorldFailed
from pos.model import Institution, Payment, Sale, Shift, Staff
from pos.opening import Opening
from pos.paths import newest_own
from pos.rights import may, may_set
from pos.settings import ON, SETTINGS, known, valid, write_machine
from pos.text import _
from ui import work
from ui.backups import Backups
from ui.office.taking import Taking
from ui.printing import Printing
from ui.sync.syncing import Syncing
from ui.theme import Theme

if TYPE_CHECKING:  # the till is on the screen before SQLAlchemy is there
    from pos.ledger import Ledger
    from ui.scanner import Scanner
    from ui.till.basket import Basket

P = ParamSpec("P")
T = TypeVar("T")


class App(QObject):
    """A booth with its device, people and shift, as the screens see it; its ledger may still be opening.

    It outlives the screens: another language or look makes them anew.
    """

    posted = Signal(object)  # what a verb gave back: a Sale, a Shift
    shift_changed = Signal()
    staff_changed = Signal()  # somebody else is at the till
    locked_changed = Signal()
    setting_changed = Signal(str)  # its key
    help_wanted = Signal()
    screen_wanted = Signal(int)  # a screen of the menu, by its place
    receipt_wanted = Signal(str, int)  # the office's list of receipts, with the document that says what of
    receipts_wanted = Signal(object)  # the list of receipts, with those of a Sought
    paper_wanted = Signal(str)  # the page of receipts and returns, with the one of this number if it says one
    unsold_wanted = Signal()  # the till, with the goods of those who have not sold today
    backup_wanted = Signal()  # the page of settings, at what it says of copies
    wall_wanted = Signal(bool)  # the screen in sight alone on the whole display; or everything again
    goods_wanted = Signal(object)  # the page of goods; a Product: a new one of which that much is known
    setup_wanted = Signal()  # the assistant of the first start
    ledger_wanted = Signal(object)  # other books: the Path of their ledger
    training_wanted = Signal(bool)  # training with this booth's goods; False: back from it
    renewed = Signal()  # the opening is another one: goods, stock or sellers
    badge_changed = Signal(int, int)  # a screen of the menu, and how much is to be done there
    sale_shown = Signal(object)  # a Sale that another screen made: the till tells of it
    qris_shown = Signal(object)  # a QrShown for the buyer's screen, None when it is over
    receipt_shown = Signal(object)  # a QrReceipt for the buyer's screen, None when it is out of sight
    order_wanted = Signal(object)  # a Cart that is to become an order
    failed = Signal(UserError)

    def __init__(
        self,
        opening: Opening,
        open_ledger: Callable[[], Ledger],
        theme: Theme,
        machine: Mapping[str, str] | None = None,
    ) -> None:
        """`open_ledger` gives the ledger of `opening`, always the same; it may wait, or raise UserError.

        `machine` are the machine's settings. Where people have PINs the till begins locked, save in a sample.
        """
        super().__init__()
        self.theme = theme
        self.opening = opening
        self.machine = dict(machine if machine is not None else known({}, booth=False))
        self.booth = dict(opening.settings)
        self.locked = not opening.device.sample and any(one.pin for one in self.people(opening))
        self._signed_in: Staff | None = None
        self.on_wall = False  # the board alone is on the whole display: nobody sits there
        self.lock_due = False  # nobody has sat there for long: it is locked as soon as the board makes way
        self.hurried = False  # rush mode: nothing optional is asked, nothing printed by itself
        self.basket: Basket | None = None  # made by the first till, kept for those after it
        self.scanner: Scanner | None = None  # while the program runs on a screen
        self.device = opening.device
        self.staff = opening.staff
        self.shift = opening.shift
        self.shift_number = opening.shift_number
        self._open_ledger = open_ledger
        self.printing = Printing(self, self)
        self.syncing = Syncing(self, self)
        self.backups = Backups(self, self)
        self.taking = Taking(self, self)

    @classmethod
    def over(cls, ledger: Ledger, theme: Theme) -> App:
        """An app over a ledger that is open: a booth's, or the office's over one that only collects."""
        from pos.today import is_office, office_opening, opening_of

        opening = office_opening(ledger) if is_office(ledger) else opening_of(ledger)
        return cls(opening, lambda: ledger, theme)

    @property
    def ledger(self) -> Ledger:
        """The open ledger. In the first moments of the till it is waited for; raises as `open_ledger`."""
        return self._open_ledger()

    def own_ledger(self) -> Path | None:
        """The booth's own ledger to go back to from the sample; None where that is open, or there is none."""
        return newest_own() if self.device.sample else None

    @property
    def clock(self) -> Clock:
        """What shows the time of this booth."""
        return self.opening.clock

    @property
    def institution(self) -> Institution:
        """Whose booth this is."""
        code = self.device.institution
        return self.opening.institutions.get(code) or Institution(code, code, code)

    @property
    def office(self) -> bool:
        """Whether this is the office's program: it looks at all booths, and sells nothing."""
        return self.device.role != "booth"

    def people(self, opening: Opening | None = None) -> list[Staff]:
        """Everybody who may sign in, in the order of the list: at the office only its own people."""
        known = (opening.staff if opening else self.staff).values()
        office = (opening or self.opening).device.role != "booth"
        return [one for one in known if one.role and (not office or may(one, "office"))]

    @property
    def cashier(self) -> Staff:
        """Who signed in, or else opened the shift; a code without a card stands for itself."""
        code = self._signed_in.code if self._signed_in else self.shift.cashier if self.shift else ""
        return self.staff.get(code) or Staff(code, code)

    @property
    def today(self) -> date:
        """The business day; before the first shift the clock's."""
        return self.shift.day if self.shift else self.clock.now().date()

    @property
    def signed_in(self) -> Staff | None:
        """Who has signed in since the program began, if anybody."""
        return self._signed_in

    def sign_in(self, who: Staff) -> None:
        """`who` has shown a right PIN and is at the till from now on."""
        self._signed_in, self.locked = who, False
        self.staff_changed.emit()
        self.locked_changed.emit()

    def lock(self) -> None:
        """Nobody gets further without a PIN; cart and screen stay as they are."""
        self.locked = True
        self.locked_changed.emit()

    def setting(self, key: str) -> str:
        """What is set. Raises KeyError for an unknown key."""
        return (self.booth if SETTINGS[key].booth else self.machine)[key]

    def switched_on(self, key: str) -> bool:
        """Whether a switch is on."""
        return self.setting(key) == ON

    def set(self, key: str, value: str) -> None:
        """Set something; it holds at once and is kept in the background. Raises ValueError when not valid."""
        if not valid(key, value):
            raise ValueError(f"{key} cannot be {value!r}")
        if self.setting(key) == value:
            return
        if SETTINGS[key].booth:
            who = self.cashier
            if not may_set(who, key):
                work.run(lambda: self._keep(who, key, value), failed=self.failed.emit)  # tells why not
                return
            self.booth[key] = value
            work.run(lambda: self._keep(who, key, value), failed=self.failed.emit)
        else:
            self.machine[key] = value
            kept = dict(self.machine)
            work.run(lambda: _write(kept), failed=self.failed.emit)
        self.setting_changed.emit(key)

    def _keep(self, who: Staff, key: str, value: str) -> None:
        from pos.booth_settings import change_setting

        change_setting(self.ledger, who, key, value)

    def renew(self, opening: Opening) -> None:
        """Go on with what the open ledger says; screens are told only when it says something else."""
        former, self.opening = self.opening, opening
        if opening != former:
            self.staff = opening.staff
            self.booth = dict(opening.settings)
            self.renewed.emit()

    def set_shift(self, shift: Shift | None) -> None:
        """Work in `shift`, which was just opened, from now on; None: it was closed, the till asks anew."""
        from pos.shifts import shifts_of_day

        self.shift = shift
        if shift:
            self.shift_number = shifts_of_day(self.ledger, shift.day)
        self.shift_changed.emit()

    def do(self, verb: Callable[Concatenate[Ledger, P], T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Call a verb of `pos` and tell what it gave back; None when it failed, and `failed` told why."""
        try:
            answer = verb(self.ledger, *args, **kwargs)
        except UserError as error:
            self.failed.emit(error)
            return None
        self.posted.emit(answer)
        return answer

    def sell(self, cart: Cart, payments: Sequence[Payment]) -> Sale | None:
        """Make the cart a sale of this shift; durable when this returns a sale."""
        from pos.checkout import checkout

        if self.shift is None:
            raise RuntimeError("nothing is sold outside a shift")
        return self.do(checkout, cart, payments, self.shift, self.cashier.code)


def _write(values: Mapping[str, str]) -> None:
    try:
        write_machine(values)
    except OSError as error:
        raise WorldFailed(
            _("The settings cannot be written."), _("They hold until the program ends.")
        ) from error

"""The nouns of orders: who ordered what for when, what was paid ahead, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from pos.clock import new_id
from pos.model import Line, paper_number
from pos.money import Rupiah

CHANNELS = ("instagram", "facebook", "whatsapp", "phone", "booth")
PLACES = ("booth", "delivery")
# How far an order has come, in this order; the last two are its ends.
STATES = ("new", "deposit", "prepared", "ready", "taken", "cancelled")
OVER = ("taken", "cancelled")


@dataclass(frozen=True, slots=True)
class Contact:
    """Who ordered, and what may name a person: kept outside the chain, erasable. `phone` is digits."""

    name: str = ""
    phone: str = ""
    handle: str = ""
    address: str = ""
    note: str = ""

    @property
    def called(self) -> str:
        """The name by which to call them, or else what there is; empty when there is nothing."""
        return self.name or self.handle or shown_phone(self.phone)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for beside the goods: by which of CHANNELS, for when, at which of PLACES, by whom."""

    contact: Contact = Contact()
    channel: str = "booth"
    due: date | None = None
    due_time: time | None = None
    place: str = "booth"


@dataclass(frozen=True, slots=True)
class Step:
    """What became of an order: prepared, ready, cancelled, reopened, or taken (then `receipt` of the
    sale).
    """

    step: str
    at: datetime
    cashier: str
    reason: str = ""
    receipt: str = ""
    place: tuple[str, int] = ("", 0)  # device and seq of its document


@dataclass(frozen=True, slots=True)
class Deposit:
    """Money paid ahead, in Rupiah; below 0 it was given back."""

    device: str
    seq: int
    number: int
    booth: str
    day: date
    at: datetime
    cashier: str
    order: tuple[str, int]
    method: str
    amount: Rupiah
    tendered: Rupiah
    reference: str = ""
    entry: str = ""
    hash: str = ""
    total: Rupiah = 0  # what the order came to then
    before: Rupiah = 0  # what had been paid ahead before this
    revision: int = 0  # of the order then

    @property
    def receipt(self) -> str:
        """The number people see, such as `S03K7-D00031`."""
        return paper_number(self.booth, self.device, "D", self.number)

    @property
    def code(self) -> str:
        """Kode periksa, as on a sale."""
        return self.hash[:8].upper()


@dataclass(frozen=True, slots=True)
class Order:
    """An order as it stands: the last of its versions, and what became of it.

    `device` and `seq` name its first version; `contact` is None when the personal data were erased. `at` and
    `cashier` are those of the first version, `hash` that of the last.
    """

    device: str
    seq: int
    number: int
    booth: str
    day: date
    at: datetime
    cashier: str
    wish: Wish
    lines: tuple[Line, ...]
    total: Rupiah
    hash: str
    revision: int
    cart: str
    erased: bool = False
    steps: tuple[Step, ...] = ()
    deposits: tuple[Deposit, ...] = ()
    progress: int = 0  # the highest revision of its steps
    documents: tuple[tuple[str, int], ...] = ()  # all that hold personal data of it

    @property
    def root(self) -> tuple[str, int]:
        """What names it in other documents."""
        return self.device, self.seq

    @property
    def receipt(self) -> str:
        """The number people see, such as `S03K7-P00118`."""
        return paper_number(self.booth, self.device, "P", self.number)

    @property
    def code(self) -> str:
        """Kode periksa of its last version."""
        return self.hash[:8].upper()

    @property
    def qty(self) -> int:
        """Pieces ordered."""
        return sum(line.qty for line in self.lines)

    @property
    def paid(self) -> Rupiah:
        """What was paid ahead and not given back."""
        return sum(deposit.amount for deposit in self.deposits)

    @property
    def rest(self) -> Rupiah:
        """What is still to be paid when it is handed over."""
        return self.total - self.paid

    @property
    def taken(self) -> Step | None:
        """The step by which it was handed over, if it was."""
        return next((step for step in self.steps if step.step == "taken"), None)

    @property
    def state(self) -> str:
        """One of STATES."""
        if self.taken:
            return "taken"
        last = self.steps[-1].step if self.steps else "reopened"
        if last != "reopened":
            return last
        return "deposit" if self.paid > 0 else "new"

    @property
    def over(self) -> bool:
        """Whether nothing more is to be done for it."""
        return self.state in OVER

    def since(self, step: str) -> datetime | None:
        """When it last came to `step`, if it has since it was last opened."""
        if step == "deposit":
            return max((one.at for one in self.deposits if one.amount > 0), default=None)
        found = None
        for one in self.steps:
            found = None if one.step == "reopened" else one.at if one.step == step else found
        return found

    def late(self, today: date) -> bool:
        """Whether it should have been fetched on a day before `today`."""
        return not self.over and self.wish.due is not None and self.wish.due < today


def shown_phone(digits: str) -> str:
    """`081271110248` as `0812-7111-0248`; anything else as it is."""
    if not digits.startswith("08") or not digits.isdigit():
        return digits
    return "-".join(part for part in (digits[:4], digits[4:8], digits[8:]) if part)


def new_entry() -> str:
    """An identity for one payment ahead, made when its sheet opens: pressed twice, taken once."""
    return new_id()

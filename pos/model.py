"""The nouns: frozen data, named as the field names them. Verbs are functions elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain
from typing import Any, NamedTuple

from pos.clock import ZONES
from pos.complete import Complete
from pos.label_facts import UNTOLD, Facts
from pos.money import Rupiah

GENESIS = "0" * 64  # `prev` of a chain's first document
Fields = dict[str, Any]  # the decoded body of a document; integers, texts, lists and objects only


class Document(NamedTuple):
    """One paper of the journal. `body` is the truth; the other columns repeat it for finding."""

    device: str
    seq: int
    kind: str
    at: str
    hash: str
    body: str
    private: str | None = None


@dataclass(frozen=True, slots=True)
class Institution:
    """A prison, detention house or juvenile institution (UPT) that makes goods."""

    code: str
    name: str
    short: str
    regency: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One exhibition: its days (both included) and the letterhead of the office that runs it."""

    code: str
    name: str
    start: date
    end: date
    timezone: str
    office: str = ""
    institutions: tuple[Institution, ...] = ()


@dataclass(frozen=True, slots=True)
class Device:
    """One laptop, which is one chain of documents. `sample` marks practice data, kept out of real books."""

    code: str
    role: str  # "booth" or "office"
    booth: str  # short code on receipts, such as S03
    name: str
    institution: str
    event: Event
    sample: bool = False

    @property
    def prefix(self) -> str:
        """What the receipt numbers of this device begin with: booth and the first two of its code."""
        return self.booth + self.code[:2]


@dataclass(frozen=True, slots=True)
class Staff:
    """A person at the till. Roles: kasir, petugas (officer), kantor (office). `pin`: see pos/pins.py."""

    code: str
    name: str
    role: str = "kasir"
    pin: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Component:
    """What one bundle holds of one product; `price` is that product's own, to share the bundle's money by.

    Of a bundle whose content the buyer chooses it is one of those to choose from, and `qty` is 1.
    """

    sku: str
    qty: int
    institution: str = ""
    price: Rupiah = 0
    name: str = ""
    cost: Rupiah | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """One thing for sale. `cost` is None when the institution has not said it."""

    sku: str
    name: str
    price: Rupiah
    institution: str
    category: str = ""
    unit: str = "buah"
    barcode: str = ""
    cost: Rupiah | None = None
    aliases: tuple[str, ...] = ()
    components: tuple[Component, ...] = ()
    image: str = ""
    active: bool = True
    position: int = 0
    choose: int = 0  # of `components`, how many pieces the buyer chooses for one bundle; 0: it holds all
    facts: Facts = UNTOLD  # what labels tell


@dataclass(frozen=True, slots=True)
class Approval:
    """That one person, who may, allowed one action on one thing, for a reason. `id` is used once."""

    id: str
    at: str
    action: str
    subject: str
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A bundle's component as it left with one line: pieces in all, and its share of the line's money.

    `name` is "" in papers that are older than names of parts. `cost` is that of one piece.
    """

    sku: str
    institution: str
    qty: int
    amount: Rupiah
    name: str = ""
    cost: Rupiah | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sale, frozen as it was sold. total = qty * price - discount.

    `percent` is what the line's own discount was given as, 0 when in Rupiah; `whole` is the part of
    `discount` that is this line's share of the discount on the whole sale.
    """

    sku: str
    name: str
    institution: str
    unit: str
    category: str
    qty: int
    price: Rupiah
    discount: Rupiah
    total: Rupiah
    cost: Rupiah | None = None  # per unit
    parts: tuple[Part, ...] = ()
    percent: int = 0
    whole: Rupiah = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Payment:
    """One part of how a sale was paid. `tendered` is what the buyer handed over (may exceed `amount`)."""

    method: str
    amount: Rupiah
    tendered: Rupiah
    reference: str = ""

    @property
    def change(self) -> Rupiah:
        """What goes back to the buyer."""
        return self.tendered - self.amount


@dataclass(frozen=True, slots=True)
class Shift:
    """One cashier's spell at the till; `day` is the business day of its sales, whatever the clock says."""

    device: str
    seq: int
    day: date
    at: datetime
    cashier: str
    float_cash: Rupiah


@dataclass(frozen=True, slots=True)
class By:
    """Who does it, in which shift (None: outside one), and who allowed it where they may not alone."""

    who: Staff
    shift: Shift | None = None
    approval: Approval | None = None


@dataclass(frozen=True, slots=True)
class AtTill(By):
    """The same for what is done in a shift only."""

    shift: Shift


@dataclass(frozen=True, slots=True)
class Sale:
    """A sale as it stands in the journal: final. `percent` is what the discount on the whole was given as."""

    device: str
    seq: int
    number: int
    booth: str
    day: date
    at: datetime
    cashier: str
    cart: str
    lines: tuple[Line, ...]
    payments: tuple[Payment, ...]
    total: Rupiah
    hash: str
    shift: int | None = None
    buyer: str = ""
    percent: int = 0
    order: str = ""  # the number of the order that it handed over

    @property
    def receipt(self) -> str:
        """The number people see, such as `S03K7-000042`."""
        return receipt_number(self.booth, self.device, self.number)

    @property
    def code(self) -> str:
        """Kode periksa: the first 8 hex digits of the document's hash, printed on the receipt."""
        return self.hash[:8].upper()

    @property
    def discount(self) -> Rupiah:
        """All discounts of the sale."""
        return sum(line.discount for line in self.lines)

    @property
    def whole(self) -> Rupiah:
        """The discount on the whole sale, which its lines share."""
        return sum(line.whole for line in self.lines)

    @property
    def qty(self) -> int:
        """Pieces sold."""
        return sum(line.qty for line in self.lines)

    @property
    def change(self) -> Rupiah:
        """What went back to the buyer."""
        return sum(payment.change for payment in self.payments)


@dataclass(frozen=True, slots=True)
class Back:
    """Of a line that came back: the place of the sale's line, that of a bundle's component that came alone
    (or -1), and whether it cannot be sold again.
    """

    line: int
    part: int = -1
    damaged: bool = False


@dataclass(frozen=True, slots=True)
class Refund:
    """Goods and money going back, as its own paper; a void is a whole refund in the shift of the sale."""

    device: str
    seq: int
    number: int
    booth: str
    day: date
    at: datetime
    cashier: str
    of: tuple[str, int]  # device and seq of the sale
    receipt_of: str  # the sale's number as people see it
    lines: tuple[Line, ...]
    payments: tuple[Payment, ...]
    total: Rupiah
    hash: str
    reason: str = ""
    void: bool = False
    shift: int | None = None
    backs: tuple[Back, ...] = ()  # beside `lines`, one for each
    by: str = ""  # who allowed it, where the cashier could not alone
    cart: str = ""  # the id that the till gave a return, as carts have one

    @property
    def receipt(self) -> str:
        """The number people see, such as `S03K7-R00001`: its own series, also without gaps."""
        return paper_number(self.booth, self.device, "R", self.number)

    @property
    def code(self) -> str:
        """Kode periksa, as on a sale."""
        return self.hash[:8].upper()


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a report: its key, its title in the language in use, and what stands in it.

    kind: text, int, money, date, percent.
    """

    key: str
    title: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """What a report returns and every export writes: rows of plain values, and the sums below them."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    totals: Fields = field(default_factory=dict)
    complete: tuple[Complete, ...] = ()  # up to when it holds: late data changes past days


def event_fields(event: Event) -> Fields:
    """The event as it stands in the body of a device document."""
    return {
        "code": event.code,
        "name": event.name,
        "start": event.start.isoformat(),
        "end": event.end.isoformat(),
        "timezone": event.timezone,
        "office": event.office,
        "institutions": [
            {"code": unit.code, "name": unit.name, "short": unit.short, "regency": unit.regency}
            for unit in event.institutions
        ],
    }


def event_of(fields: Fields) -> Event:
    """The event in a device document's body. Raises KeyError, TypeError or ValueError when there is none."""
    words = [fields["code"], fields["name"], fields["timezone"], fields["office"]]
    units = [(u["code"], u["name"], u["short"], u["regency"]) for u in fields["institutions"]]
    if any(type(word) is not str for word in (*words, *chain.from_iterable(units))) or words[2] not in ZONES:
        raise ValueError(words)
    code, name, zone, office = words
    start, end = (date.fromisoformat(fields[day]) for day in ("start", "end"))
    return Event(code, name, start, end, zone, office, tuple(Institution(*unit) for unit in units))


def available(product: Product, stock: Mapping[str, int]) -> int | None:
    """Pieces of `product` that could be sold; of a bundle, as many as its parts make. None: not counted.

    Of a bundle whose content is chosen, as many as all pieces that may be chosen fill; a component of which
    the books have less than none does not take away from the others.
    """
    if not product.components:
        return stock.get(product.sku)
    if any(part.sku not in stock for part in product.components):
        return None
    if product.choose:
        return sum(max(0, stock[part.sku]) for part in product.components) // product.choose
    return min(stock[part.sku] // part.qty for part in product.components)


def is_booth_code(text: str) -> bool:
    """Whether a booth may be called so: up to 6 capital letters and digits, such as S03; ASCII only, for it
    stands in the barcode of every receipt.
    """
    return text.isascii() and text.isalnum() and text.isupper() and len(text) <= 6


def series_of(booth: str, device: str) -> str:
    """`S03K7`, what a laptop's numbers begin with: booth, first two characters of the device code."""
    return f"{booth}{device[:2]}"


def paper_number(booth: str, device: str, letter: str, number: int) -> str:
    """`S03K7-D00001`: as a receipt's number, in the series of `letter`.

    R refund, Z closing of a shift, C cash in or out, D deposit, P order, T goods received, B goods given
    back, G other stock slips, S money paid out, U a settlement, N state revenue, H a hand-over.
    """
    return f"{series_of(booth, device)}-{letter}{number:05d}"


def receipt_number(booth: str, device: str, number: int) -> str:
    """`S03K7-000042`: the laptop's series, number without gaps."""
    return f"{series_of(booth, device)}-{number:06d}"

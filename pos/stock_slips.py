"""Stock slips as they stand in the journal: finding, reading and numbering them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

from sqlalchemy import ColumnElement, Connection

from pos.body import decoded
from pos.journal import documents_of
from pos.ledger import Ledger
from pos.model import Document, Fields, paper_number
from pos.money import Rupiah
from pos.numbers import letter_of, next_number, numbered
from pos.restate import printed_hash
from pos.tables import DOCUMENT, SLIP
from pos.text import _
from pos.upgrade import current
from pos.weight import pieces

WRITE_OFFS = ("damaged", "sample", "gift")
# The series that each kind of slip is numbered in.
LETTERS: Mapping[str, str] = MappingProxyType(
    {"received": "T", "returned": "B", "damaged": "G", "sample": "G", "gift": "G", "counted": "G"}
)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a slip: how much came (above 0) or went. Of a count also what the books said, and why."""

    sku: str
    institution: str
    qty: int
    name: str = ""
    unit: str = ""
    price: Rupiah = 0
    batch: str = ""
    expires: date | None = None
    expected: int = 0
    counted: int = 0
    cause: str = ""
    note: str = ""

    @property
    def value(self) -> Rupiah:
        """What it would be sold for."""
        return self.price * self.qty

    def fields(self) -> Fields:
        """As it stands in the body of a slip that is no count."""
        fields: Fields = {"sku": self.sku, "institution": self.institution, "qty": self.qty}
        fields |= {"name": self.name, "unit": self.unit, "price": self.price}
        if self.batch:
            fields["batch"] = self.batch
        if self.expires:
            fields["expires"] = self.expires.isoformat()
        return fields


@dataclass(frozen=True, slots=True)
class StockSlip:
    """A slip as it was stored. `corrects` names the delivery that it takes back, `percent` is the share of
    the institution at that time; `institution_name` and `cashier_name` are those of then.
    """

    device: str
    seq: int
    number: int
    booth: str
    kind: str
    day: date
    at: datetime
    cashier: str
    institution: str
    partner: str
    letter: str
    reason: str
    items: tuple[Item, ...]
    hash: str
    percent: int = 0
    corrects: tuple[str, int] | None = None
    corrected: str = ""  # the number of the delivery that it takes back
    institution_name: str = ""
    cashier_name: str = ""
    count: str = ""  # the id of the count that it finished

    @property
    def receipt(self) -> str:
        """The number people see, such as `S03K7-T00001`."""
        return slip_number(self.booth, self.device, self.kind, self.number)

    @property
    def code(self) -> str:
        """Kode periksa, as on a sale."""
        return self.hash[:8].upper()

    @property
    def pieces(self) -> int:
        """How many pieces are on it, whichever way they went; of a count, how many it was off."""
        return sum(pieces(item.unit, item.qty) for item in self.items)

    @property
    def value(self) -> Rupiah:
        """What its goods would be sold for, whichever way they went; of a count, the difference."""
        total = sum(item.value for item in self.items)
        return total if self.kind in ("received", "counted") else -total


def slip_number(booth: str, device: str, kind: str, number: int) -> str:
    """`S03K7-T00001`; a slip of 0.2.0 had no number and shows a dash."""
    return paper_number(booth, device, LETTERS[kind], number) if number else "–"


def kind_name(kind: str) -> str:
    """What a kind of slip is called in the language in use."""
    names = {
        "received": _("Received"),
        "returned": _("Given back"),
        "damaged": _("Damaged"),
        "sample": _("Sample"),
        "gift": _("Gift"),
        "counted": _("Count"),
    }
    return names.get(kind, kind)


def next_slip_number(conn: Connection, device: str, letter: str) -> int:
    """The number after the last slip of `letter` on `device`; only inside the transaction that uses it."""
    return next_number(conn, SLIP, device, _in_series(letter))


def slips_of(conn: Connection, institution: str) -> list[StockSlip]:
    """Every slip of one institution that this ledger knows, oldest first."""
    query = documents_of(SLIP).where(SLIP.c.institution == institution)
    oldest = query.order_by(DOCUMENT.c.at, DOCUMENT.c.device, DOCUMENT.c.seq)
    return [read_slip(Document(*row)) for row in conn.execute(oldest)]


def find_slip(ledger: Ledger, number: str) -> StockSlip | None:
    """The slip with this number (`S03K7-T00001`, any case), or None."""
    letter = letter_of(number) or ""
    with ledger.read() as conn:
        doc = numbered(conn, SLIP, letter, number, _in_series(letter))
    return read_slip(doc) if doc else None


def _in_series(letter: str) -> ColumnElement[bool]:
    """Whether a slip is numbered in the series of this letter; 0.2.0 gave no numbers."""
    kinds = [kind for kind, series in LETTERS.items() if series == letter]
    return SLIP.c.kind.in_(kinds) & (SLIP.c.number > 0)


def read_slip(doc: Document) -> StockSlip:
    """The slip that a document holds. Raises ValueError for one of a newer program."""
    body = current("stock", decoded(doc.body))
    if body is None:
        raise ValueError(doc.kind)
    corrects, names = body.get("corrects"), body.get("names", {})
    return StockSlip(
        device=doc.device,
        seq=doc.seq,
        number=body["number"],
        booth=body.get("booth", ""),
        kind=body["slip"],
        day=date.fromisoformat(body["day"]),
        at=datetime.fromisoformat(doc.at),
        cashier=body["cashier"],
        institution=body["institution"],
        partner=body["partner"],
        letter=body["letter"],
        reason=body["reason"],
        items=tuple(_item(item) for item in body["items"]),
        hash=printed_hash(body, doc.hash),
        percent=body.get("percent", 0),
        corrects=(corrects["device"], corrects["seq"]) if corrects else None,
        corrected=corrects.get("number", "") if corrects else "",
        institution_name=names.get("institution", body["institution"]),
        cashier_name=names.get("cashier", body["cashier"]),
        count=body.get("count", ""),
    )


def _item(fields: Fields) -> Item:
    expires = fields.get("expires")
    return Item(
        sku=fields["sku"],
        institution=fields["institution"],
        qty=fields["qty"],
        name=str(fields.get("name", fields["sku"])),
        unit=fields.get("unit", ""),
        price=fields.get("price", 0),
        batch=fields.get("batch", ""),
        expires=date.fromisoformat(expires) if expires else None,
        expected=fields.get("expected", 0),
        counted=fields.get("counted", 0),
        cause=fields.get("cause", ""),
        note=fields.get("note", ""),
    )

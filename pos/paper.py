"""Late entry: sales that were written on paper while the laptop was away, brought in as one table."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter, getitem
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pos.cart import MAX_LINES, MAX_QTY
from pos.catalog import products
from pos.clock import ZONES
from pos.errors import BadCell, Refused
from pos.ledger import Ledger
from pos.model import Event
from pos.money import MAX_AMOUNT, MAX_PRICE, Rupiah, parse_rupiah, plain, rupiah
from pos.payments import METHODS, settle
from pos.sheets import BadRows, Sheet, cell_text, read_sheet
from pos.slips import Slip, enter, entered_before
from pos.staff import staff
from pos.text import _, short_date

MAX_WORD = 60  # characters of a receipt's number on paper, or of a cashier's name

# The columns of interface.md, and other names that people give them.
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "receipt": ("nota", "no nota", "nomor nota", "struk", "kuitansi"),
        "at": ("waktu", "tanggal"),
        "cashier": ("kasir", "petugas"),
        "sku": ("kode", "kode barang", "kode produk"),
        "qty": ("jumlah", "banyak", "banyaknya"),
        "price": ("harga", "harga satuan"),
        "discount": ("diskon", "potongan"),
        "method": ("cara bayar", "metode", "pembayaran"),
    }
)
REQUIRED = tuple(column for column in COLUMNS if column != "discount")

_METHOD_WORDS: Mapping[str, str] = MappingProxyType({"tunai": "cash", "kartu": "card"})
_QTY = re.compile(r"[0-9]{1,7}")


@dataclass(frozen=True, slots=True)
class Entered:
    """What an import brought: sales, their lines, pieces and Rupiah; `known` receipts were in already."""

    sales: int
    lines: int
    units: int
    total: Rupiah
    known: int = 0
    rejected: tuple[BadCell, ...] = ()
    warnings: tuple[str, ...] = ()


@contextmanager
def _no_search_for_garbage() -> Iterator[None]:
    """An import makes millions of objects that live until it ends and none that refer to each other in a
    circle; Python's collector would walk them all again and again, for a quarter of the time.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


@_no_search_for_garbage()
def import_sales(
    ledger: Ledger,
    path: Path,
    *,
    skip_bad: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Entered:
    """Take the sales of a CSV or XLSX file into the ledger, in one transaction; again, it adds nothing.

    Lines with the same receipt make one sale; the time on paper is its own, that date its business day, and
    in the order of time they are numbered.
    `progress` hears of sales stored and sales in all. Raises BadRows, with nothing changed, when a row is
    wrong, unless `skip_bad` leaves out every receipt concerned as a whole; a row whose receipt is not known
    is never left out, for some sale would miss it. Raises Refused for a file that is no such table.
    """
    device = ledger.own()
    with read_sheet(path, COLUMNS, REQUIRED) as sheet:
        reader = _Reader(sheet, ledger, device.event)
        slips = reader.read()
    if reader.lost:
        raise BadRows([*reader.lost, *reader.rejected])
    with ledger.write() as conn:
        before = entered_before(conn, device, slips)
        # In the order of time, as the till would have put them down: the lists of several days lie in any.
        fresh = sorted((slip for slip in slips if slip.receipt not in before), key=attrgetter("at"))
        known = [slip for slip in slips if slip.receipt in before]
        changed = [slip for slip in known if before[slip.receipt] != slip.content]
        for slip in changed:
            why = _("'{receipt}' was entered before with other content.").format(receipt=slip.receipt)
            reader.reject(slip.row, "receipt", why)
        if reader.rejected and not skip_bad:
            raise BadRows(reader.rejected)
        enter(conn, ledger, fresh, reader.goods, progress)
    return Entered(
        sales=len(fresh),
        lines=sum(len(slip.lines) for slip in fresh),
        units=sum(line[1] for slip in fresh for line in slip.lines),
        total=sum(slip.total for slip in fresh),
        known=len(known) - len(changed),
        rejected=tuple(sorted(reader.rejected, key=lambda bad: bad.row)),
        warnings=sheet.warnings,
    )


class _WrongError(Exception):
    """One cell of the row at hand is wrong."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column = column


class _Meaning(dict[str, Any]):
    """What the cells of one column mean. Few different ones stand in many rows, so each is read once."""

    def __init__(self, column: str, parse: Callable[[str], Any]) -> None:
        super().__init__()
        self.column = column
        self.parse = parse

    def __missing__(self, cell: str) -> Any:
        try:
            value = self[cell] = self.parse(cell)
        except Refused as refusal:
            raise _WrongError(self.column, str(refusal)) from refusal
        return value


class _Reader:
    """Collects the lines of a sheet into slips. `lost` are rows of no known receipt, `rejected` the rest."""

    def __init__(self, sheet: Sheet, ledger: Ledger, event: Event) -> None:
        self.sheet = sheet
        self.event = event
        self.zone = ZONES[event.timezone]
        self.goods = {product.sku: product for product in products(ledger, inactive=True)}
        self.spelling = {sku.casefold(): sku for sku in self.goods}
        self.people = {code.casefold(): code for code in staff(ledger)}
        self.rejected: list[BadCell] = []
        self.lost = sheet.rejected
        self.slips: dict[str, Slip] = {}
        self.spoilt: set[str] = set()
        self.payable: set[tuple[str, Rupiah]] = set()  # few different sums stand on many slips
        parsers = (_word, self._moment, self._cashier, self._sku, _qty, _price, _discount, _method)
        self.meanings = [_Meaning(*pair) for pair in zip(COLUMNS, parsers, strict=True)]

    def read(self) -> list[Slip]:
        """The slips that are right, in the order in which they begin."""
        for row, cells in self.sheet.rows:
            try:
                self._take(row, map(getitem, self.meanings, cells))
            except _WrongError as wrong:
                self._note(row, cells[0], wrong)
        for slip in self.slips.values():
            self._check(slip)
        return [slip for slip in self.slips.values() if slip.receipt not in self.spoilt]

    def reject(self, row: int, column: str, why: str) -> None:
        """Note one more fault."""
        self.rejected.append(self._bad(row, column, why))

    def _bad(self, row: int, column: str, why: str) -> BadCell:
        return BadCell(row, column, why, file=self.sheet.file)

    def _note(self, row: int, cell: str, wrong: _WrongError) -> None:
        """A wrong row spoils its receipt; `cell` says which one, if that can be read."""
        receipt = self.meanings[0].get(cell)
        if receipt is None:
            self.lost.append(self._bad(row, wrong.column, str(wrong)))
        else:
            self.spoilt.add(receipt)
            self.reject(row, wrong.column, str(wrong))

    def _take(self, row: int, words: Iterable[Any]) -> None:
        """Put a line to its receipt; `words` is what the cells mean, in the order of COLUMNS."""
        receipt, at, cashier, sku, qty, price, discount, method = words
        amount = qty * price - discount
        if amount < 0:
            raise _WrongError("discount", _("the discount is more than the line."))
        slip = self.slips.get(receipt)
        if slip is None:
            slip = self.slips[receipt] = Slip(receipt, row, at, cashier, method)
        elif at != slip.at or cashier != slip.cashier or method != slip.method:
            column = "at" if at != slip.at else "cashier" if cashier != slip.cashier else "method"
            why = _("differs from row {row} of the same receipt.").format(row=slip.row)
            raise _WrongError(column, why)
        elif len(slip.lines) == MAX_LINES:
            raise _WrongError("receipt", _("has more than {most} lines.").format(most=MAX_LINES))
        slip.lines.append((sku, qty, price, discount))
        slip.total += amount

    def _check(self, slip: Slip) -> None:
        paid = (slip.method, slip.total)
        if paid in self.payable:
            return
        try:
            if slip.total > MAX_AMOUNT:
                raise Refused(_("The total is too large for one sale."))
            settle(*paid)
            self.payable.add(paid)
        except Refused as refusal:
            self.spoilt.add(slip.receipt)
            self.reject(slip.row, "method", str(refusal))

    def _moment(self, cell: str) -> str:
        try:
            moment = datetime.fromisoformat(cell.strip())
            moment = moment.astimezone(self.zone) if moment.tzinfo else moment.replace(tzinfo=self.zone)
        except (ValueError, OverflowError) as error:
            raise Refused(
                _("'{text}' is not a date and time.").format(text=cell_text(cell)[:40]),
                _("Write 2023-04-14T14:07."),
            ) from error
        event = self.event
        if not event.start <= moment.date() <= event.end:
            raise Refused(
                _("{day} is outside the exhibition, {start} to {end}.").format(
                    day=short_date(moment.date()), start=short_date(event.start), end=short_date(event.end)
                )
            )
        return moment.replace(microsecond=0).isoformat()

    def _cashier(self, cell: str) -> str:
        """A known code as the books write it; any other name as it stands on the paper."""
        name = _word(cell)
        return self.people.get(name.casefold(), name)

    def _sku(self, cell: str) -> str:
        sku = cell_text(cell)
        found = sku if sku in self.goods else self.spelling.get(sku.casefold())
        if found is None:
            raise Refused(_("'{sku}' is not in the catalogue.").format(sku=sku[:40]))
        if self.goods[found].choose:
            raise Refused(
                _("a list does not say what was chosen for '{sku}'.").format(sku=found),
                _("Enter this sale at the till."),
            )
        return found


def _word(cell: str) -> str:
    word = cell_text(cell)
    if not 1 <= len(word) <= MAX_WORD:
        raise Refused(_("must have 1 to {most} characters.").format(most=MAX_WORD))
    return word


def _qty(cell: str) -> int:
    text = cell.strip()
    if not _QTY.fullmatch(text) or not 1 <= int(text) <= MAX_QTY:
        raise Refused(
            _("'{text}' is not a whole number from 1 to {most}.").format(text=text[:40], most=plain(MAX_QTY))
        )
    return int(text)


def _price(cell: str) -> Rupiah:
    """Rupiah for one; 0 for what was given away."""
    price = parse_rupiah(cell)
    if price > MAX_PRICE:
        raise Refused(_("{price} is above {most}.").format(price=rupiah(price), most=rupiah(MAX_PRICE)))
    return price


def _discount(cell: str) -> Rupiah:
    return parse_rupiah(cell) if cell.strip() else 0


def _method(cell: str) -> str:
    word = cell.strip().casefold()
    called = {way.name.casefold(): code for code, way in METHODS.items()}
    method = called.get(word) or _METHOD_WORDS.get(word, word)
    if method not in METHODS:
        raise Refused(
            _("There is no way to pay called '{method}'.").format(method=word[:40]), ", ".join(METHODS)
        )
    return method

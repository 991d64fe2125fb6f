"""The catalogue as a table that people edit: import from CSV or XLSX, and export of the same columns."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pos.bundles import Contents, contents_of, contents_text, faults
from pos.catalog import institutions, post_products, products
from pos.errors import BadCell, Refused
from pos.fresh import fresh_file
from pos.label_facts import MAX_NUMBER, MAX_STORY, Facts, is_workshop
from pos.ledger import Ledger
from pos.model import Component, Institution, Product
from pos.money import MAX_PRICE, Rupiah, parse_rupiah, rupiah
from pos.photos import bring_photos
from pos.sheets import BadRows, Cells, Sheet, cell_text, guarded, read_sheet
from pos.text import MAX_TEXT, _, fold

MAX_SKU = 40
MAX_WORD = 60  # characters of a category, a unit or an alias
MAX_ALIASES = 50

# The columns of interface.md, and what labels tell; and other names that price lists give them.
COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sku": ("kode", "kode barang", "kode produk"),
        "name": ("nama", "nama barang", "nama produk", "barang", "produk"),
        "category": ("kategori", "jenis"),
        "unit": ("satuan",),
        "price": ("harga", "harga jual"),
        "institution": ("upt", "lapas", "instansi", "pembuat", "upt pembuat"),
        "barcode": ("kode batang", "ean"),
        "cost": ("modal", "harga modal", "harga pokok", "hpp"),
        "aliases": ("alias", "nama lain", "sebutan"),
        "components": ("komponen", "isi", "isi paket"),
        "image": ("gambar", "foto", "ilustrasi"),
        "active": ("aktif", "dijual"),
        "story": ("cerita", "kisah", "cerita produk"),
        "halal": ("nomor halal", "no halal", "sertifikat halal", "nomor sertifikat halal"),
        "pirt": ("p-irt", "no p-irt", "nomor p-irt", "no pirt", "nomor pirt"),
        "workshop": ("bengkel", "bengkel kerja", "kode bengkel", "kelompok kerja", "kode kelompok kerja"),
    }
)
FACTS = tuple(one.name for one in fields(Facts))  # the columns of what labels tell
REQUIRED = ("sku", "name", "price", "institution")

_BARCODE = re.compile(r"[0-9A-Za-z./+$%_-]{1,48}")
_SHORTENED = re.compile(r"[0-9]([.,][0-9]+)?[Ee]\+[0-9]+")
_IMAGE = re.compile(r"[0-9A-Za-z_-][0-9A-Za-z._-]{0,79}")
_YES = frozenset({"1", "ya", "yes", "true", "aktif"})
_NO = frozenset({"0", "tidak", "no", "false", "nonaktif"})


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: products added, changed and the same as before, rows left out, and warnings."""

    added: int
    changed: int
    unchanged: int
    rejected: tuple[BadCell, ...] = ()
    warnings: tuple[str, ...] = ()


def import_catalog(ledger: Ledger, path: Path, *, dry_run: bool = False, skip_bad: bool = False) -> Imported:
    """Take the products of a CSV or XLSX file into the catalogue, in one transaction.

    A column that the file does not have leaves known products as they are. The order of rows is the order of
    the tiles. Photos that it names are copied from beside it. Raises BadRows, with nothing changed, when a
    row is wrong, unless `skip_bad` leaves such rows out; Refused for a file that is no catalogue.
    """
    known = known_goods(ledger)
    with read_sheet(path, COLUMNS, REQUIRED) as sheet:
        wanted = read_products(sheet, known, institutions(ledger))
    if sheet.rejected and not skip_bad:
        raise BadRows(sheet.rejected)
    wanted = _placed(wanted, known)
    if dry_run:
        added = sum(product.sku not in known for product in wanted)
        changed = sum(product != known.get(product.sku) for product in wanted) - added
    else:
        added, changed = post_products(ledger, wanted)
    rejected = tuple(sorted(sheet.rejected, key=lambda bad: bad.row))
    named = [product.image for product in wanted] if "image" in sheet.present else []
    warnings = (*sheet.warnings, *bring_photos(named, path.parent, dry_run=dry_run))
    return Imported(added, changed, len(wanted) - added - changed, rejected, warnings)


def export_catalog(ledger: Ledger, path: Path) -> int:
    """Write the whole catalogue to `path`, `.csv` or `.xlsx`, so that importing it again changes nothing.

    The CSV is the form that Excel opens by a double click on an Indonesian Windows: `;`, UTF-8 with a mark,
    bare whole numbers. Returns the number of products. Raises Refused for another ending.
    """
    write = {".csv": _csv, ".xlsx": _xlsx}.get(path.suffix.lower())
    if write is None:
        raise Refused(
            _("A catalogue is written as .csv or .xlsx, not as '{name}'.").format(name=path.name),
            _("Nothing was written."),
        )
    table = [_row(product) for product in products(ledger, inactive=True)]
    with fresh_file(path) as draft:
        draft.write_bytes(write(table))
    return len(table)


def known_goods(ledger: Ledger) -> dict[str, Product]:
    """Every product by SKU as a file says it: components without what the catalogue knows of them."""
    return {product.sku: _bare(product) for product in products(ledger, inactive=True)}


def read_products(
    sheet: Sheet, known: Mapping[str, Product], units: Mapping[str, Institution]
) -> list[Product]:
    """The products of all good rows of a sheet with COLUMNS; what is wrong goes to its `rejected`.

    `known` is what `known_goods` gave, `units` are the institutions by code.
    """
    return _Reader(sheet, known, units).read()


class _Reader:
    """Turns the rows of a sheet into products; what is wrong goes to the sheet's `rejected`."""

    def __init__(self, sheet: Sheet, known: Mapping[str, Product], units: Mapping[str, Institution]) -> None:
        self.sheet = sheet
        self.known = known
        self.units = {
            fold(title): unit.code
            for unit in units.values()
            for title in (unit.name, unit.short, unit.code)  # a code wins over another one's name
        }
        self.codes = tuple(units)
        self.spelling = {sku.casefold(): sku for sku in known}
        self.rows: dict[str, int] = {}
        self.parsers: dict[str, Callable[[str], Any]] = {
            "name": _name,
            "category": _word,
            "unit": lambda cell: _word(cell) or "buah",
            "price": _price,
            "institution": self._institution,
            "barcode": _barcode,
            "cost": lambda cell: _price(cell) if cell.strip() else None,
            "aliases": _aliases,
            "components": lambda cell: contents_of(cell_text(cell)),
            "image": _image,
            "active": _active,
            "story": lambda cell: _text(cell, MAX_STORY),
            "halal": lambda cell: _text(cell, MAX_NUMBER),
            "pirt": lambda cell: _text(cell, MAX_NUMBER),
            "workshop": _workshop,
        }

    def read(self) -> list[Product]:
        """The products of all good rows, in the order of the file."""
        found: dict[str, Product] = {}
        for row, cells in self.sheet.rows:
            try:
                product = self._product(row, cells)
            except BadCell as bad:
                self.sheet.rejected.append(bad)
            else:
                found[product.sku] = product
        self._drop_shared_barcodes(found)
        self._check_bundles(found)
        return list(found.values())

    def _product(self, row: int, cells: Cells) -> Product:
        texts = dict(zip(COLUMNS, cells, strict=True))
        sku = self._parse(row, "sku", _sku, texts["sku"])
        if sku.casefold() in self.rows:
            why = _("'{sku}' stands in row {row} already.").format(sku=sku, row=self.rows[sku.casefold()])
            raise self._bad(row, "sku", why)
        if self.spelling.get(sku.casefold(), sku) != sku:
            why = _("the catalogue writes it '{sku}'.").format(sku=self.spelling[sku.casefold()])
            raise self._bad(row, "sku", why)
        self.rows[sku.casefold()] = row
        values = {
            column: self._parse(row, column, parse, texts[column])
            for column, parse in self.parsers.items()
            if column in self.sheet.present
        }
        contents: Contents | None = values.pop("components", None)
        told = {name: values.pop(name) for name in FACTS if name in values}
        known = self.known.get(sku, Product(sku, "", 0, ""))
        product = replace(known, **values, facts=replace(known.facts, **told))
        return replace(product, components=contents.parts, choose=contents.choose) if contents else product

    def _parse(self, row: int, column: str, parse: Callable[[str], Any], cell: str) -> Any:
        try:
            return parse(cell)
        except Refused as refusal:
            raise self._bad(row, column, str(refusal)) from refusal

    def _bad(self, row: int, column: str, why: str) -> BadCell:
        return BadCell(row, column, why, file=self.sheet.file)

    def _reject(self, found: dict[str, Product], sku: str, column: str, why: str) -> None:
        self.sheet.rejected.append(self._bad(self.rows[sku.casefold()], column, why))
        del found[sku]

    def _institution(self, cell: str) -> str:
        wanted = cell_text(cell)
        code = self.units.get(fold(wanted))
        if code:
            return code
        close = {self.units[title] for title in get_close_matches(fold(wanted), self.units, n=3, cutoff=0.5)}
        raise Refused(
            _("no institution is called '{name}'.").format(name=wanted[:40]),
            _("Known ones: {codes}.").format(codes=", ".join(sorted(close) or self.codes[:30])),
        )

    def _drop_shared_barcodes(self, found: dict[str, Product]) -> None:
        holders: dict[str, str] = {}
        for product in ({**self.known, **found}).values():
            holder = holders.setdefault(product.barcode, product.sku)
            if product.barcode and holder != product.sku:
                loser, other = (product.sku, holder) if product.sku in found else (holder, product.sku)
                if loser in found:
                    why = _("'{sku}' has this barcode already.").format(sku=other)
                    self._reject(found, loser, "barcode", why)

    def _check_bundles(self, found: dict[str, Product]) -> None:
        """Bring component SKUs to their one spelling; reject bundles of unknown things or of bundles."""
        spelling = {sku.casefold(): sku for sku in {**self.known, **found}}
        for sku, product in list(found.items()):
            parts = [
                replace(part, sku=spelling.get(part.sku.casefold(), part.sku)) for part in product.components
            ]
            found[sku] = replace(product, components=tuple(parts))
        for blamed, why in faults({**self.known, **found}, set(found)):
            self._reject(found, blamed, "components", why)


def _placed(wanted: Sequence[Product], known: Mapping[str, Product]) -> list[Product]:
    """The products with positions that put them in the order of the file.

    They share out the positions that the known ones among them have, and new ones behind the last; so a
    catalogue that was exported keeps every position, and a part of it only moves within its own places.
    """
    behind = max((product.position for product in known.values()), default=-1) + 1
    slots = sorted(known[product.sku].position for product in wanted if product.sku in known)
    slots += range(behind, behind + len(wanted) - len(slots))
    placed: list[Product] = []
    last = (-1, "")
    for product, slot in zip(wanted, slots, strict=True):
        place = slot if (slot, product.sku) > last else last[0] + 1  # equal positions go by SKU
        last = (place, product.sku)
        placed.append(replace(product, position=place))
    return placed


def _bare(product: Product) -> Product:
    return replace(product, components=tuple(Component(part.sku, part.qty) for part in product.components))


def _text(cell: str, most: int) -> str:
    text = cell_text(cell)
    if len(text) > most:
        raise Refused(_("has more than {most} characters.").format(most=most))
    return text


def _word(cell: str) -> str:
    return _text(cell, MAX_WORD)


def _name(cell: str) -> str:
    name = _text(cell, MAX_TEXT)
    if not name:
        raise Refused(_("is empty."))
    return name


def _sku(cell: str) -> str:
    sku = _text(cell, MAX_SKU)
    if not sku or set(sku) & set("|:"):
        raise Refused(
            _("'{sku}' is not a SKU.").format(sku=sku), _("Use letters and digits, such as NASTAR-500.")
        )
    return sku


def _price(cell: str) -> Rupiah:
    if not cell.strip():
        raise Refused(_("is empty."), _("Write 30000 or 30.000."))
    price = parse_rupiah(cell)
    if price > MAX_PRICE:
        raise Refused(_("{price} is above {most}.").format(price=rupiah(price), most=rupiah(MAX_PRICE)))
    return price


def _barcode(cell: str) -> str:
    code = "".join(cell_text(cell).split())
    if not code:
        return ""
    if _SHORTENED.fullmatch(code):
        raise Refused(
            _("the spreadsheet has shortened this barcode to '{code}'.").format(code=code),
            _("Make the column a text column and enter it again."),
        )
    half = len(code) // 2
    if not _BARCODE.fullmatch(code) or (half >= 8 and code[:half] == code[half:]):
        raise Refused(_("'{code}' is not one barcode.").format(code=code[:60]))
    return code


def _aliases(cell: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(filter(None, map(_word, cell_text(cell).split("|")))))
    if len(names) > MAX_ALIASES:
        raise Refused(_("more than {most} names.").format(most=MAX_ALIASES))
    return names


def _image(cell: str) -> str:
    image = cell_text(cell)
    if image and not _IMAGE.fullmatch(image):
        raise Refused(_("'{name}' is not the bare name of a picture.").format(name=image[:40]))
    return image


def _workshop(cell: str) -> str:
    code = cell_text(cell).upper()
    if code and not is_workshop(code):
        raise Refused(
            _("'{code}' is no code of a workshop.").format(code=code[:40]),
            _("Write one such as BK-02: labels bear nobody's name."),
        )
    return code


def _active(cell: str) -> bool:
    answer = cell.strip().casefold()
    if answer and answer not in _YES | _NO:
        raise Refused(_("'{text}' is neither ya nor tidak.").format(text=answer[:40]))
    return answer not in _NO


def _row(product: Product) -> tuple[str | int | None, ...]:
    """One row of the exported table, in the order of COLUMNS."""
    return (
        product.sku,
        product.name,
        product.category,
        product.unit,
        product.price,
        product.institution,
        product.barcode,
        product.cost,
        "|".join(product.aliases),
        contents_text(product),
        product.image,
        int(product.active),
        *astuple(product.facts),
    )


def _csv(table: Sequence[tuple[str | int | None, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(COLUMNS)
    writer.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in table)
    return text.getvalue().encode("utf-8-sig")


def _xlsx(table: Sequence[tuple[str | int | None, ...]]) -> bytes:
    from xlsxwriter import Workbook

    whole = io.BytesIO()
    book = Workbook(whole, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, list(COLUMNS), book.add_format({"bold": True}))
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(COLUMNS) - 1, 16)
    for n, row in enumerate(table, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(n, place, cell)  # also a barcode: as a number it would lose its zeros
            elif cell is not None:
                sheet.write_number(n, place, cell)
    book.close()
    return whole.getvalue()

"""Goods from an institution's own spreadsheet: shown first, with what is wrong cell by cell, then taken."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pos.catalog import institutions, post_products
from pos.columns_guess import COUNT, Cells, Grid, Layout, goods_rows, is_total
from pos.errors import BadCell, Refused
from pos.ledger import Ledger
from pos.model import By, Institution, Product
from pos.pricelist import COLUMNS, MAX_SKU, Imported, known_goods, read_products
from pos.product_cards import action_for, allowing
from pos.sheets import Sheet, cell_text
from pos.text import _, fold

MAX_COUNT = 100_000  # pieces of one product in one delivery
_COUNTED = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,7})(?:,0+)?\s*[^\W\d]{0,20}\.?")
_HASH = 8  # hex digits at the end of a code made from a long name
NEW, CHANGED, SAME, BAD = "new", "changed", "same", "bad"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of goods as it would be taken: `state` is NEW, CHANGED, SAME, or BAD without a product."""

    row: int
    cells: Cells
    state: str
    product: Product | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; nothing is stored yet. `counts` are pieces by SKU, where a column says them.

    `rejected` has each wrong cell by its row and column, `notes` what was passed over or made up.
    `action` is the right that taking it needs (a key of pos.rights.ACTIONS), "" when nothing would change.
    """

    rows: tuple[Row, ...]
    rejected: tuple[BadCell, ...]
    notes: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    action: str = ""

    @property
    def goods(self) -> tuple[Product, ...]:
        """The good rows' products."""
        return tuple(row.product for row in self.rows if row.product)

    def count(self, state: str) -> int:
        """Rows of a state."""
        return sum(row.state == state for row in self.rows)

    @property
    def free(self) -> tuple[Product, ...]:
        """Goods whose price is Rp0."""
        return tuple(product for product in self.goods if not product.price)


@dataclass(frozen=True, slots=True)
class Text:
    """A row brought to the columns of the price list: texts by column, and pieces when a column has them."""

    row: int
    cells: Cells
    texts: Mapping[str, str]
    count: str = ""


def preview(ledger: Ledger, grid: Grid, layout: Layout, institution: str = "") -> Preview:
    """What taking `grid`, read by `layout`, would do. `institution` (a code) is whose goods they are where
    no column says it. Raises Refused when the table lacks a column without which nothing can be taken.
    """
    units, known = institutions(ledger), known_goods(ledger)
    for column, missing in (("name", _("the names")), ("price", _("the prices"))):
        if layout.place(column) is None:
            raise Refused(
                _("No column has {what} yet.").format(what=missing), _("Choose which one it is, above it.")
            )
    texts, notes = _texts(grid, layout, units, institution if institution in units else "")
    if any(not one.texts["institution"] for one in texts):
        raise Refused(_("Nothing says which institution made these."), _("Choose the institution."))
    texts = _coded(texts, known, units)
    present = {"sku", "institution"} | {one.column for one in layout.guesses if one.column in COLUMNS}
    rows = iter([(one.row, tuple(one.texts.get(column, "") for column in COLUMNS)) for one in texts])
    sheet = Sheet("", frozenset(present), rows, (), [])
    found = {product.sku: product for product in _behind(read_products(sheet, known, units), known)}
    counts, wrong = _counts(texts)
    rejected = sorted([*sheet.rejected, *wrong], key=lambda bad: (bad.row, bad.column))
    bad_rows = {bad.row for bad in rejected}
    shown = tuple(_row(one, found, known, bad=one.row in bad_rows) for one in texts)
    kept = {row.product.sku for row in shown if row.product}
    if free := [product.name for product in found.values() if product.sku in kept and not product.price]:
        notes.append(_("Rp0, so given away: {names}.").format(names=", ".join(free[:5])))
    counts = {sku: count for sku, count in counts.items() if sku in kept}
    fresh = [row.product for row in shown if row.product and row.state != SAME]
    needed = {action_for(known.get(product.sku), product) for product in fresh}
    action = max(needed, default="")  # "price" comes behind "catalog"
    return Preview(shown, tuple(rejected), tuple(notes), counts, action)


def take_goods(ledger: Ledger, shown: Preview, by: By, subject: str, *, free: bool = False) -> Imported:
    """Take the good rows of a preview into the catalogue, in one transaction.

    `subject` is what an approval must be for. Raises Refused for a price of Rp0 that nobody said is
    meant, and when nobody who may allowed it.
    """
    if shown.free and not free:
        raise Refused(
            _("The price is Rp0: it would be given away."), _("Type the price, or say that it is a gift.")
        )
    added, changed = post_products(ledger, shown.goods, allowing(by, subject))
    return Imported(added, changed, len(shown.goods) - added - changed, shown.rejected, shown.notes)


def code_of(name: str, more: str = "") -> str:
    """The SKU made of a name, always the same of the same: `Nastar 500 g` is NASTAR-500-G.

    `more` (an institution's code) sets apart two that are called alike.
    """
    folded = fold(name)
    bare = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    plain = "-".join(re.findall(r"[a-z0-9]+", bare)).upper()
    tail = f"-{more}" if more else ""
    if not plain or len(plain) + len(tail) > MAX_SKU:
        digest = hashlib.sha256(folded.encode() or name.encode()).hexdigest()[:_HASH].upper()
        room = MAX_SKU - len(tail) - _HASH - 1
        plain = f"{(plain or 'BRG')[:room].rstrip('-')}-{digest}"
    return f"{plain}{tail}"[:MAX_SKU]


def read_texts(ledger: Ledger, grid: Grid, layout: Layout, institution: str = "") -> list[Text]:
    """The rows of goods with their codes, whatever else stands in them."""
    units, known = institutions(ledger), known_goods(ledger)
    texts, _notes = _texts(grid, layout, units, institution)
    return _coded(texts, known, units)


def _texts(
    grid: Grid, layout: Layout, units: Mapping[str, Institution], institution: str
) -> tuple[list[Text], list[str]]:
    """The rows that are goods; and what was passed over."""
    places = {one.column: one.place for one in layout.guesses if one.column}
    found: list[Text] = []
    notes: list[str] = []
    above = institution
    filled = _filled_down(grid, layout)
    for row, cells in goods_rows(grid, layout):
        if is_total(cells):
            notes.append(_("Row {row} adds up the others and was left out.").format(row=row))
            continue
        texts = {column: cells[place].strip() for column, place in places.items()}
        only = [cell for cell in cells if cell.strip()]
        if len(only) == 1 and not texts.get("price"):
            code = _unit_of(only[0], units)
            above = code or above
            said = _("Row {row} is a heading: {text}.") if code else _("Row {row} was left out: {text}.")
            notes.append(said.format(row=row, text=cell_text(only[0])[:60]))
            continue
        for column in filled:
            texts[column] = texts[column] or next(
                (one.texts[column] for one in reversed(found) if one.texts[column]), ""
            )
        if not texts.get("institution"):
            texts["institution"] = above
        found.append(Text(row, cells, texts, texts.pop(COUNT, "")))
    if layout.place("sku") is None:
        notes.append(_("There is no column of codes: they were made from the names."))
    return found, notes


def _behind(wanted: Sequence[Product], known: Mapping[str, Product]) -> Iterator[Product]:
    """New goods stand behind all others: no tile moves because an institution's sheet has another order."""
    place = max((product.position for product in known.values()), default=-1)
    for product in wanted:
        place += product.sku not in known
        yield product if product.sku in known else replace(product, position=place)


def _filled_down(grid: Grid, layout: Layout) -> list[str]:
    """Columns of merged cells: only the first of a group has the text, a third or more are empty."""
    rows = [cells for _row, cells in goods_rows(grid, layout) if not is_total(cells)]
    found = []
    for column in ("institution", "category"):
        place = layout.place(column)
        if place is None or not rows or not rows[0][place].strip():
            continue
        empty = sum(not cells[place].strip() for cells in rows)
        if empty * 3 >= len(rows):
            found.append(column)
    return found


def _coded(
    texts: Sequence[Text], known: Mapping[str, Product], units: Mapping[str, Institution]
) -> list[Text]:
    """Every row with a SKU: its own, that of the product it is called like, or one made from its name."""
    made: dict[str, tuple[str, str]] = {}  # SKU: folded name and institution that it was made for
    coded = []
    by_name = {(fold(one.name), one.institution): one.sku for one in reversed(list(known.values()))}
    for one in texts:
        unit = _unit_of(one.texts["institution"], units)
        name = fold(one.texts.get("name", ""))
        sku = one.texts.get("sku", "") or by_name.get((name, unit), "")
        if not sku and name:
            sku = code_of(one.texts["name"])
            other = known[sku].institution if sku in known else made.get(sku, ("", unit))[1]
            if other != unit:
                sku = code_of(one.texts["name"], unit)
        if name:
            made.setdefault(sku, (name, unit))
        coded.append(replace(one, texts={**one.texts, "sku": sku}))
    return coded


def _counts(texts: Sequence[Text]) -> tuple[dict[str, int], list[BadCell]]:
    """Pieces by SKU, and the cells in which there is no number."""
    counts: dict[str, int] = {}
    wrong = []
    for one in texts:
        text = one.count.strip()
        if not text or text in {"-", "–"}:
            continue
        found = _COUNTED.fullmatch(text)
        number = int(found[1].replace(".", "")) if found else -1
        if 0 <= number <= MAX_COUNT:
            counts[one.texts["sku"]] = number
        else:
            wrong.append(
                BadCell(one.row, COUNT, _("'{text}' is no number of pieces.").format(text=text[:40]))
            )
    return counts, wrong


def _row(one: Text, found: Mapping[str, Product], known: Mapping[str, Product], *, bad: bool) -> Row:
    product = found.get(cell_text(one.texts["sku"]))
    if bad or product is None:
        return Row(one.row, one.cells, BAD)
    before = known.get(product.sku)
    state = NEW if before is None else SAME if before == product else CHANGED
    return Row(one.row, one.cells, state, product)


def _unit_of(text: str, units: Mapping[str, Institution]) -> str:
    """The code of the institution that is called so, or ""."""
    wanted = fold(text)
    titles: Iterator[tuple[str, str]] = (
        (fold(title), unit.code) for unit in units.values() for title in (unit.code, unit.name, unit.short)
    )
    return next((code for title, code in titles if title == wanted), "") if wanted else ""

"""The institution's own spreadsheet given back: as it came, with what became of the goods beside them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import func, select

from pos.columns_guess import Grid, Layout, goods_rows, is_total
from pos.errors import Refused
from pos.fresh import fresh_file
from pos.goods_import import read_texts
from pos.ledger import Ledger
from pos.money import Rupiah
from pos.pricelist import known_goods
from pos.sheets import cell_text, guarded
from pos.sum_tables import DAY_SHARE
from pos.tables import DAY_ITEM, MOVEMENT, STOCK
from pos.text import _

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
Cell = str | int


class Figures(NamedTuple):
    """What became of a product at all booths that this ledger knows: pieces sold (net of what buyers brought
    back, those inside bundles included), given back to the institution, left; and Rupiah for those sold.
    """

    sold: int = 0
    returned: int = 0
    left: int = 0
    amount: Rupiah = 0


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written: rows with figures, and the numbers of rows that are no product of the catalogue."""

    rows: int
    unknown: tuple[int, ...]


def figures(ledger: Ledger) -> dict[str, Figures]:
    """The figures of every product that anything happened to, by SKU.

    A bundle's money stands at what is inside it, so that the sum over all goods is what was taken.
    """
    sold: dict[str, int] = {}
    amount: dict[str, Rupiah] = {}
    with ledger.read() as conn:
        for table in (DAY_ITEM, DAY_SHARE):
            sums = select(table.c.sku, func.sum(table.c.qty), func.sum(table.c.total))
            for sku, pieces, total in conn.execute(sums.group_by(table.c.sku)):
                sold[sku] = sold.get(sku, 0) + int(pieces)
                amount[sku] = amount.get(sku, 0) + int(total)
        back = select(MOVEMENT.c.sku, func.sum(MOVEMENT.c.qty)).where(MOVEMENT.c.reason == "returned")
        returned = {sku: -int(qty) for sku, qty in conn.execute(back.group_by(MOVEMENT.c.sku))}
        stock = select(STOCK.c.sku, func.sum(STOCK.c.qty)).group_by(STOCK.c.sku)
        left = {sku: int(qty) for sku, qty in conn.execute(stock)}
    return {
        sku: Figures(sold.get(sku, 0), returned.get(sku, 0), left.get(sku, 0), amount.get(sku, 0))
        for sku in {*sold, *returned, *left}
    }


def fill_sheet(ledger: Ledger, grid: Grid, layout: Layout, path: Path, institution: str = "") -> Filled:
    """Write `grid` to `path` (.csv or .xlsx) as it is, with four more columns at its end.

    Products are known by their code, or by name and institution as in the import. A row of totals gets the
    sums. Raises Refused for another ending, WorldFailed when it cannot be written.
    """
    write = {".csv": _csv, ".xlsx": _xlsx}.get(path.suffix.lower())
    if write is None:
        raise Refused(
            _("A sheet is written as .csv or .xlsx, not as '{name}'.").format(name=path.name),
            _("Nothing was written."),
        )
    known, all_figures = known_goods(ledger), figures(ledger)
    skus = {text.row: text.texts["sku"] for text in read_texts(ledger, grid, layout, institution)}
    rows, unknown = {}, []
    for row, cells in goods_rows(grid, layout):
        if row in skus and cell_text(skus[row]) in known:
            rows[row] = all_figures.get(cell_text(skus[row]), Figures())
        elif is_total(cells):
            rows[row] = _sum(list(rows.values()))
        elif row in skus:
            unknown.append(row)
    filled = len(set(rows) & set(skus))
    table = _table(grid, layout, rows)
    with fresh_file(path) as draft:
        draft.write_bytes(write(table))
    return Filled(filled, tuple(unknown))


def _sum(all_rows: Sequence[Figures]) -> Figures:
    return Figures(*(sum(column) for column in zip(*all_rows, strict=True))) if all_rows else Figures()


def _table(grid: Grid, layout: Layout, rows: Mapping[int, Figures]) -> dict[int, list[Cell]]:
    """Every row by its number, the added cells in the same four columns."""
    titles = (_("Sold (pieces)"), _("Given back (pieces)"), _("Left (pieces)"), _("Rupiah"))
    table: dict[int, list[Cell]] = {}
    width = grid.width
    for row, cells in grid.rows:
        line: list[Cell] = [_cell(cell) for cell in cells]
        line += [""] * (width - len(line))
        table[row] = line + (list(titles) if row == layout.header else list(rows.get(row, ())))
    return table


def _cell(text: str) -> Cell:
    """A number where a spreadsheet had one; a code with leading zeros stays a text."""
    return int(text) if _NUMBER.fullmatch(text) else text


def _csv(table: Mapping[int, Sequence[Cell]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    for number in range(1, max(table, default=0) + 1):
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in table.get(number, ())])
    return text.getvalue().encode("utf-8-sig")


def _xlsx(table: Mapping[int, Sequence[Cell]]) -> bytes:
    from xlsxwriter import Workbook

    whole = io.BytesIO()
    book = Workbook(whole, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    plain = book.add_format({"num_format": "0"})  # a barcode is no 8,99E+12
    for number, cells in table.items():
        for place, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(number - 1, place, cell, plain)
            elif cell:
                sheet.write_string(number - 1, place, guarded(cell))
    sheet.set_column(0, max(map(len, table.values()), default=1) - 1, 16)
    book.close()
    return whole.getvalue()

"""The board "one day, one product" as a file: institutions by days as it is shown, levels as colours, legend.

In a cell stands what was sold in Rupiah, so that a spreadsheet can go on with it; nothing sold is a 0, and
what nobody was to sell on is a word. As CSV the same without colours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from pos.exports.cells import safe_text
from pos.exports.sheet import open_book
from pos.exports.shown import sheet_name, write_shown
from pos.exports.stacked import write_head
from pos.exports.workbook import heading_of
from pos.fresh import fresh_file
from pos.ledger import Ledger
from pos.model import Column, Table
from pos.reports.board import Board, Line, Mark
from pos.reports.shown import Head, Shown
from pos.text import _

_LOOKS: Mapping[Mark, str] = MappingProxyType(
    {
        Mark.MISSED: "heat0",
        Mark.LOW: "heat1",
        Mark.SOME: "heat2",
        Mark.GOOD: "heat3",
        Mark.TOP: "heat4",
        Mark.WAITING: "waiting",
        Mark.CLOSED: "closed",
        Mark.ABSENT: "closed",
    }
)
_NAMES, _DAY, _STREAK = 30, 11, 9  # characters of the columns
_DAYS_A_PAGE = 21  # of a day each, beside the names


def write_board(
    ledger: Ledger, board: Board, head: Head, signs: Sequence[tuple[Mark, str]], path: Path
) -> None:
    """Write it to `path`, an .xlsx or else a .csv, whole or not at all; `signs` are marks and what they mean.

    Raises what `fresh_file` does.
    """
    heading = heading_of(ledger)
    shown = Shown(path.stem, _("One day, one product"), head, (board_table(board),), heading.practice)
    if path.suffix != ".xlsx":
        write_shown(ledger, shown, path)
        return
    with fresh_file(path) as draft, open_book(draft, heading, lean=False) as book:
        (table,) = shown.tables
        widths = (_NAMES, *(_DAY for _day in board.days), _STREAK)
        pages = -(-len(board.days) // _DAYS_A_PAGE)
        sheet = book.page(sheet_name(shown.title), widths, pages_wide=max(pages, 1))
        titles = write_head(book, sheet, shown.title, head) + 1
        line = book.block(sheet, titles, table.columns, (), mark=shown.practice)
        for row, found in zip(table.rows, board.lines, strict=True):
            book.cell(sheet, line, 0, "text", row[0])
            for place, mark in enumerate(found.marks, 1):
                kind = "text" if isinstance(row[place], str) else "money"
                book.cell(sheet, line, place, kind, row[place], _LOOKS.get(mark, ""))
            book.cell(sheet, line, len(row) - 1, "int", row[-1], "fact")
            line += 1
        last = line
        for line, (mark, words) in enumerate(signs, last + 1):
            sheet.write_string(line, 0, safe_text(words), book.look("text", _LOOKS.get(mark, "")))
        sheet.freeze_panes(titles + 1, 1)
        sheet.repeat_rows(titles)
        sheet.repeat_columns(0, 0)
        sheet.print_area(0, 0, line, len(table.columns) - 1)


def board_table(board: Board) -> Table:
    """The board as a table: a row an institution, a column a day, and for how many days on end it sold."""
    days = (Column(day.isoformat(), f"{day:%d/%m/%Y}", "money") for day in board.days)
    columns = (Column("name", _("Institution")), *days, Column("streak", _("Streak"), "int"))
    rows = tuple((one.unit.short, *_cells(one), one.streak) for one in board.lines)
    return Table("board", _("One day, one product"), columns, rows, complete=board.complete)


def _cells(line: Line) -> tuple[int | str | None, ...]:
    """What was sold, 0 for nothing, a word where nobody was to sell, None for a day to come."""
    words = {Mark.CLOSED: _("closed"), Mark.ABSENT: "–", Mark.AHEAD: None}
    return tuple(
        amount if amount is not None else words.get(mark, 0)
        for amount, mark in zip(line.sold, line.marks, strict=True)
    )

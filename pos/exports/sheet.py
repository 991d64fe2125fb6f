"""How a sheet of the workbook looks: heading, widths, formats, print, and further sheets when one is full."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from pos.exports.cells import day_number, safe_text, time_number
from pos.exports.sources import Source
from pos.model import Column
from pos.reports.scope import Row
from pos.text import _, clock_time, long_date

SHEET_ROWS = 1_048_576  # Excel's own limit; XlsxWriter drops what lies beyond it without a word
MEASURED = 200  # rows that decide how wide a column is
WIDEST = 44  # characters
HEADING_HEIGHT = 32  # points: two lines
_A4 = 9
_HEADING_CHARS = 80  # Excel allows 255 for the three parts of a page's heading together

# The colours of resources/tokens.json; on paper all of it reads in black on white too.
_GREEN, _GREEN_SOFT, _RED, _RED_SOFT = "#0F6B4F", "#E3F0E9", "#8C1A13", "#FBE9E7"
_KINDS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "text": {"align": "left", "indent": 1},
        "int": {"num_format": "#,##0", "align": "right"},
        "money": {"num_format": "#,##0", "align": "right"},
        "rupiah": {"num_format": '"Rp"#,##0', "align": "right"},
        "percent": {"num_format": '0"%"', "align": "right"},
        "date": {"num_format": "dd/mm/yyyy", "align": "left", "indent": 1},
        "time": {"num_format": "hh:mm", "align": "left", "indent": 1},
    }
)
_STYLES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "": {},
        "heading": {
            "bold": True,
            "text_wrap": True,
            "valign": "vcenter",
            "bg_color": _GREEN_SOFT,
            "bottom": 2,
            "bottom_color": _GREEN,
        },
        "sum": {"bold": True, "top": 1, "top_color": _GREEN},
        "zero": {"font_color": _RED, "bg_color": _RED_SOFT},
        "fact": {"bold": True, "align": "left", "indent": 1},
        "bad": {"bold": True, "align": "left", "indent": 1, "font_color": _RED},
        "title": {"bold": True, "font_size": 18, "font_color": _GREEN},
    }
)
# Characters that the first rows of a long table may not need, but a later one might.
_ROOM = MappingProxyType({"int": 8, "money": 14, "percent": 6, "date": 12, "time": 7, "text": 8})


@dataclass(frozen=True, slots=True)
class Heading:
    """What every printed page says: which exhibition, when written, and whether it is only practice."""

    event: str
    at: datetime
    sample: bool

    @property
    def written(self) -> str:
        """When, for people."""
        return f"{long_date(self.at.date())} {clock_time(self.at)} {self.at:%Z}"


class Book:
    """A workbook being written. `file` is XlsxWriter's; `limit` is how many rows one sheet may have."""

    def __init__(self, file: Any, heading: Heading, limit: int) -> None:
        self.heading = heading
        self._file = file
        self._limit = limit
        self._formats: dict[tuple[str, str], Any] = {}

    def page(self, name: str, widths: Iterable[int], *, pages_wide: int = 1) -> Any:
        """A new sheet `name`, its columns as wide as told (characters), printed `pages_wide` side by side."""
        sheet = self._file.add_worksheet(name)
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.6)
        sheet.fit_to_pages(pages_wide, 0)
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        event = self.heading.event[:_HEADING_CHARS].replace("&", "&&")
        mark = _("SAMPLE") if self.heading.sample else ""
        sheet.set_header(f'&L&"Calibri,Bold"&12{name}&C&"Calibri,Bold"&16{mark}&R{event}')
        money, page = _("Amounts in Rupiah"), _("Page {page} of {pages}").format(page="&P", pages="&N")
        sheet.set_footer(f"&L{self.heading.written}&C{money}&R{page}")
        if self.heading.sample:
            sheet.set_tab_color(_RED)
        return sheet

    def table(
        self,
        source: Source,
        *,
        zeros: Collection[str] = (),
        fixed: int = 0,
        pages_wide: int = 1,
    ) -> int:
        """Write a heading, all rows and their sums on a sheet named by the title; returns how many rows.

        When a sheet is full the rest goes to another, named with a 2, and so on. In the columns `zeros` a 0
        is red; the first `fixed` columns stay in sight and are repeated on every page.
        """
        columns, name = source.columns, source.title
        first = list(islice(source.rows, MEASURED))
        widths = _widths(columns, first, source.totals)
        coming = chain(first, source.rows)
        count, number, more = 0, 1, True
        while more:
            sheet = self.page(name if number == 1 else f"{name} {number}", widths, pages_wide=pages_wide)
            line = self.block(sheet, 0, columns, islice(coming, self._limit - 1), zeros)
            if self.heading.sample:  # beside the table: seen on the screen too, and in nobody's sums
                self.cell(sheet, 0, len(columns), "text", _("SAMPLE"), "bad")
            sheet.autofilter(0, 0, line - 1, len(columns) - 1)
            if source.totals:
                self._totals(sheet, line, columns, source.totals)
            self._in_sight(sheet, line, len(columns), fixed)
            count += line - 1
            number += 1
            ahead = list(islice(coming, 1))
            coming, more = chain(ahead, coming), bool(ahead)
        return count

    def block(
        self,
        sheet: Any,
        line: int,
        columns: tuple[Column, ...],
        rows: Iterable[Row],
        zeros: Collection[str] = (),
    ) -> int:
        """Write a heading into `line` and rows below it; returns the first line that is free again."""
        for place, column in enumerate(columns):
            sheet.write_string(line, place, column.title, self._format(column.kind, "heading"))
        sheet.set_row(line, HEADING_HEIGHT)
        kinds = [column.kind for column in columns]
        alarmed = [column.key in zeros for column in columns]
        for row in rows:
            line += 1
            for place, value in enumerate(row):
                style = "zero" if alarmed[place] and value == 0 else ""
                self.cell(sheet, line, place, kinds[place], value, style)
        return line + 1

    def cell(self, sheet: Any, line: int, place: int, kind: str, value: Any, style: str = "") -> None:
        """Write one cell; None and empty texts leave it empty."""
        if value is None or value == "":
            return
        look = self._format(kind, style)
        match kind:
            case "text":
                failed = sheet.write_string(line, place, safe_text(value), look)
            case "date":
                failed = sheet.write_number(line, place, day_number(value), look)
            case "time":
                failed = sheet.write_number(line, place, time_number(value), look)
            case _:
                failed = sheet.write_number(line, place, value, look)
        if failed:
            raise RuntimeError(f"line {line} of {sheet.name} was not written")

    def _format(self, kind: str, style: str) -> Any:
        key = (kind, style)
        if key not in self._formats:
            self._formats[key] = self._file.add_format(
                {"valign": "vcenter", **_KINDS[kind], **_STYLES[style]}
            )
        return self._formats[key]

    def _totals(self, sheet: Any, line: int, columns: tuple[Column, ...], totals: Mapping[str, int]) -> None:
        label = next(place for place, column in enumerate(columns) if column.kind == "text")
        for place, column in enumerate(columns):
            if place == label:
                self.cell(sheet, line, place, "text", _("Sum"), "sum")
            elif column.key in totals:
                self.cell(sheet, line, place, column.kind, totals[column.key], "sum")
            else:
                sheet.write_blank(line, place, None, self._format("text", "sum"))

    def _in_sight(self, sheet: Any, last: int, width: int, fixed: int) -> None:
        """Heading and first columns stay on the screen and on every page; the mark beside is not printed."""
        sheet.freeze_panes(1, fixed)
        sheet.repeat_rows(0)
        if fixed:
            sheet.repeat_columns(0, fixed - 1)
        sheet.print_area(0, 0, last, width - 1)


@contextmanager
def open_book(path: Path, heading: Heading, *, lean: bool, limit: int = SHEET_ROWS) -> Iterator[Book]:
    """A new workbook, which stands at `path` when the block ends.

    `lean` keeps no more than a row in memory, but stores texts in a way that not every telephone's preview
    shows, so it is for what would not fit otherwise.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with TemporaryDirectory(prefix="lapak-", ignore_cleanup_errors=True) as scratch:
        file = Workbook(path, {"constant_memory": lean, "tmpdir": scratch, "use_zip64": True})
        # XlsxWriter would ask the computer's clock, and the same ledger would give another file each second.
        file.set_properties({"created": heading.at.astimezone(UTC)})
        try:
            yield Book(file, heading, limit)
            file.close()
        except FileCreateError as error:  # wraps what the disk said
            raise error.args[0] from error
        finally:
            for sheet in file.worksheets():
                if sheet.row_data_fh:  # open while lean, and closed by XlsxWriter only when all goes well
                    sheet.row_data_fh.close()


def _widths(columns: tuple[Column, ...], rows: list[Row], totals: Mapping[str, int]) -> list[int]:
    """Characters that show the values of each column, its sum, and the longest word of its title."""
    widths = []
    for place, column in enumerate(columns):
        values = [totals.get(column.key), *(row[place] for row in rows)]
        longest = max(len(_shown(column.kind, value)) for value in values)
        title = max(len(word) for word in column.title.split())
        room = _ROOM[column.kind] if len(rows) == MEASURED else 0
        widths.append(min(max(longest + 2, title + 4, room), WIDEST))
    return widths


def _shown(kind: str, value: Any) -> str:
    if value is None:
        return ""
    if kind == "date":
        return "dd/mm/yyyy"
    return f"{value:,}" if isinstance(value, int) else str(value)

"""How a sheet of the workbook looks: heading, widths, formats, print, and further sheets when one is full."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from pos.exports.cells import day_number, safe_text, time_number
from pos.exports.lean import letters, write_rows
from pos.exports.source import Source
from pos.exports.target import target
from pos.model import Column, Table
from pos.reports.scope import Row
from pos.text import _, clock_time, long_date

SHEET_ROWS = 1_048_576  # Excel's own limit; XlsxWriter drops what lies beyond it without a word
MEASURED = 200  # rows that decide how wide a column is
WIDEST = 44  # characters
HEADING_HEIGHT = 32  # points: two lines
_A4 = 9
ROW_PX = 20
_WIDE = 12  # columns that a sentence or a chart may cover on paper
_ON_ONE_PAGE = 40  # rows that are still to be read on a page together with their chart
_HEADING_CHARS = 80  # Excel allows 255 for the three parts of a page's heading together

# The colours of resources/tokens.json; on paper all of it reads in black on white too.
_GREEN, _GREEN_SOFT, _RED, _RED_SOFT = "#0F6B4F", "#E3F0E9", "#8C1A13", "#FBE9E7"
_GRID = "#EAE5DA"
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
        "plain": {},
        "heat0": {"font_color": _RED, "bg_color": "#F6DEDA"},
        "heat1": {"bg_color": "#D6EADF"},
        "heat2": {"bg_color": "#98CBB2"},
        "heat3": {"bg_color": "#4B9B79"},
        "heat4": {"bg_color": _GREEN, "font_color": "#FFFFFF", "bold": True},
        "waiting": {"bg_color": "#FAF0D7", "border": 1, "border_color": "#8A6410"},
        "closed": {"bg_color": "#EEEAE1", "align": "center"},
    }
)
# Characters that the first rows of a long table may not need, but a later one might.
_ROOM = MappingProxyType({"int": 8, "money": 14, "percent": 6, "date": 12, "time": 7, "text": 8})


@dataclass(frozen=True, slots=True)
class Heading:
    """What every printed page says: which exhibition, when written, and by which word it is only practice."""

    event: str
    at: datetime
    practice: str

    @property
    def written(self) -> str:
        """When, for people."""
        return f"{long_date(self.at.date())} {clock_time(self.at)} {self.at:%Z}"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of one row of figures: bars that stand (column) or lie (bar); cells as formulas name them."""

    kind: str
    title: str
    names: str
    values: str
    width: int = 960  # px
    height: int = 300
    days: bool = False  # the names are dates


@dataclass(frozen=True, slots=True)
class Written:
    """A table on its sheets: how many rows, the sums below its last one, and where each stands in the file.

    `sheet` is XlsxWriter's last one, `line` the first that is free on it; `first` is the name of the first.
    """

    rows: int
    first: str
    sheet: Any
    line: int
    columns: tuple[Column, ...]
    sums: Mapping[str, int]
    places: Mapping[str, str]

    def range(self, key: str, rows: int) -> str:
        """The first cells of a column on the last sheet, as a chart names them."""
        return cells_of(self.sheet, self.columns, key, (1, rows))


def cells_of(sheet: Any, columns: Sequence[Column], key: str, lines: tuple[int, int]) -> str:
    """The cells of a column, as a chart names them: the line of the first one (from 0), and how many."""
    at = letters(next(n for n, column in enumerate(columns) if column.key == key))
    first, rows = lines
    return f"='{sheet.name}'!${at}${first + 1}:${at}${first + rows}"


class Book:
    """A workbook being written. `file` is XlsxWriter's; `limit` is how many rows one sheet may have."""

    def __init__(self, file: Any, heading: Heading, limit: int, *, lean: bool = False) -> None:
        self.heading = heading
        self._file = file
        self._limit = limit
        self._lean = lean
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
        title = name.replace("&", "&&")
        sheet.set_header(f'&L&"Calibri,Bold"&12{title}&C&"Calibri,Bold"&16{self.heading.practice}&R{event}')
        money, page = _("Amounts in Rupiah"), _("Page {page} of {pages}").format(page="&P", pages="&N")
        sheet.set_footer(f"&L{self.heading.written}&C{money}&R{page}")
        if self.heading.practice:
            sheet.set_tab_color(_RED)
        return sheet

    def table(
        self,
        source: Source,
        *,
        zeros: Collection[str] = (),
        fixed: int = 0,
        pages_wide: int = 1,
    ) -> Written:
        """Write a heading, all rows and their sums on a sheet named by the title.

        When a sheet is full the rest goes to another, named with a 2, and so on; the sums are formulas over
        all of them. In the columns `zeros` a 0 is red; the first `fixed` columns stay in sight and are
        repeated on every page.
        """
        columns, name = source.columns, source.title
        first = list(islice(source.rows, MEASURED))
        widths = widths_of(columns, first, source.totals)
        coming = chain(first, source.rows)
        sums = dict.fromkeys(source.adds, 0)
        room = self._limit - (2 if source.totals or source.adds else 1)
        blocks: list[tuple[str, int]] = []  # the name of each sheet, and its last line
        more = True
        while more:
            sheet = self.page(f"{name} {len(blocks) + 1}" if blocks else name, widths, pages_wide=pages_wide)
            some = _summing(islice(coming, room), columns, sums)
            line = self.block(sheet, 0, columns, some, zeros, mark=self.heading.practice)
            sheet.autofilter(0, 0, line - 1, len(columns) - 1)
            blocks.append((sheet.name, line - 1))
            ahead = list(islice(coming, 1))
            coming, more = chain(ahead, coming), bool(ahead)
            if not more and (totals := {**source.totals, **sums}):
                self._totals(sheet, line, columns, totals, blocks)
                line += 1
            self._in_sight(sheet, line - 1, len(columns), fixed)
        places = {
            column.key: f"'{sheet.name}'!{letters(place)}{line}"
            for place, column in enumerate(columns)
            if column.key in totals
        }
        count = sum(last for _name, last in blocks)
        return Written(count, blocks[0][0], sheet, line, columns, totals, places)

    def block(
        self,
        sheet: Any,
        line: int,
        columns: tuple[Column, ...],
        rows: Iterable[Row],
        zeros: Collection[str] = (),
        *,
        mark: str = "",
    ) -> int:
        """Write a heading into `line` and rows below it; returns the first line that is free again.

        `mark` is said beside the heading, where this is only practice: seen on the screen too, and in
        nobody's sums.
        """
        for place, column in enumerate(columns):
            sheet.write_string(line, place, column.title, self.look(column.kind, "heading"))
        if mark:
            self.cell(sheet, line, len(columns), "text", mark, "bad")
        sheet.set_row(line, HEADING_HEIGHT)
        kinds = [column.kind for column in columns]
        if self._lean and not zeros:
            looks = [self.look(kind, "")._get_xf_index() for kind in kinds]  # noqa: SLF001 - see write_rows
            return write_rows(sheet, line + 1, kinds, looks, rows)
        alarmed = [column.key in zeros for column in columns]
        for row in rows:
            line += 1
            for place, value in enumerate(row):
                style = "zero" if alarmed[place] and value == 0 else ""
                self.cell(sheet, line, place, kinds[place], value, style)
        return line + 1

    def below(self, written: Written, report: Table) -> None:
        """Write another table below one, or on a further sheet where there is no room."""
        sheet, line, width = written.sheet, written.line + 1, max(len(written.columns), len(report.columns))
        if line + 2 + len(report.rows) > self._limit:
            sheet, line = self.page(report.title, widths_of(report.columns, list(report.rows), {})), 0
        self.cell(sheet, line, 0, "text", report.title, "fact")
        line = self.block(sheet, line + 1, report.columns, report.rows)
        sheet.print_area(0, 0, line - 1, width - 1)

    def note(self, written: Written, said: str) -> Written:
        """Write a sentence below a table."""
        line = written.line + 1
        self.cell(written.sheet, line, 1, "text", said, "fact")
        written.sheet.print_area(0, 0, line, max(len(written.columns), _WIDE) - 1)
        return replace(written, line=line)

    def chart_below(self, written: Written, chart: Chart) -> None:
        """Draw a chart below a table, where its paper shows it too."""
        line = written.line + 1
        self.chart(written.sheet, (line, 1), chart)
        last = line + chart.height // ROW_PX + 1
        written.sheet.print_area(0, 0, last, max(len(written.columns), _WIDE) - 1)
        if written.rows <= _ON_ONE_PAGE:
            written.sheet.fit_to_pages(1, 1)

    def cell(self, sheet: Any, line: int, place: int, kind: str, value: Any, style: str = "") -> None:
        """Write one cell; None and empty texts leave it empty."""
        if value is None or value == "":
            return
        look = self.look(kind, style)
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

    def formula(self, sheet: Any, line: int, place: int, kind: str, formula: str, value: int | str) -> None:
        """Write a sum or a comparison that the spreadsheet makes itself; `value` is what ours comes to."""
        style = "fact" if kind in {"text", "rupiah"} else "sum"
        sheet.write_formula(line, place, formula, self.look(kind, style), value)

    def chart(self, sheet: Any, at: tuple[int, int], chart: Chart) -> None:
        """Draw a chart over the cells whose upper left one is `at` (line, column)."""
        drawn = self._file.add_chart({"type": chart.kind})
        look = {"fill": {"color": _GREEN}, "gap": 40}
        drawn.add_series({"categories": chart.names, "values": chart.values, **look})
        drawn.set_title({"name": chart.title, "name_font": {"size": 12}, "overlay": False})
        drawn.set_legend({"none": True})
        axis = {"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": _GRID}}}
        if chart.kind == "bar":
            drawn.set_x_axis(axis)
            drawn.set_y_axis({"reverse": True})
        else:
            drawn.set_y_axis(axis)
        if chart.days:
            drawn.set_x_axis({"date_axis": True, "num_format": "d/m"})
        drawn.set_size({"width": chart.width, "height": chart.height})
        sheet.insert_chart(*at, drawn, {"description": chart.title})

    def look(self, kind: str, style: str) -> Any:
        """How a cell of this kind and style looks, as XlsxWriter has it."""
        key = (kind, style)
        if key not in self._formats:
            self._formats[key] = self._file.add_format(
                {"valign": "vcenter", **_KINDS[kind], **_STYLES[style]}
            )
        return self._formats[key]

    def _totals(
        self,
        sheet: Any,
        line: int,
        columns: tuple[Column, ...],
        totals: Mapping[str, int],
        blocks: Sequence[tuple[str, int]],
    ) -> None:
        label = next((place for place, column in enumerate(columns) if column.kind == "text"), -1)
        for place, column in enumerate(columns):
            if place == label:
                self.cell(sheet, line, place, "text", _("Sum"), "sum")
            elif column.key in totals:
                look = self.look(column.kind, "sum")
                at = letters(place)
                parts = [f"'{name}'!{at}2:{at}{max(last, 1) + 1}" for name, last in blocks]
                parts[-1] = parts[-1].partition("!")[2]
                sheet.write_formula(line, place, f"=SUM({','.join(parts)})", look, totals[column.key])
            else:
                sheet.write_blank(line, place, None, self.look("text", "sum"))

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

    with TemporaryDirectory(prefix="lapak-", ignore_cleanup_errors=True) as scratch, target(path) as out:
        file = Workbook(out, {"constant_memory": lean, "tmpdir": scratch, "use_zip64": True})
        # XlsxWriter would ask the computer's clock, and the same ledger would give another file each second.
        file.set_properties({"created": heading.at.astimezone(UTC)})
        try:
            yield Book(file, heading, limit, lean=lean)
            file.close()
        except FileCreateError as error:  # wraps what the disk said
            raise error.args[0] from error
        finally:
            for sheet in file.worksheets():
                if sheet.row_data_fh:  # open while lean, and closed by XlsxWriter only when all goes well
                    sheet.row_data_fh.close()


def _summing(rows: Iterable[Row], columns: Sequence[Column], sums: dict[str, int]) -> Iterator[Row]:
    """The same rows, adding the columns of `sums` up into them."""
    if not sums:
        yield from rows
        return
    wanted = [(place, column.key) for place, column in enumerate(columns) if column.key in sums]
    for row in rows:
        for place, key in wanted:
            sums[key] += row[place]
        yield row


def widths_of(columns: tuple[Column, ...], rows: list[Row], totals: Mapping[str, int]) -> list[int]:
    """Characters that show the values of each column, its sum, and the longest word of its title."""
    widths = []
    for place, column in enumerate(columns):
        values = [totals.get(column.key), *(row[place] for row in rows)]
        longest = max(len(_shown(column.kind, value)) for value in values)
        title = max(map(len, column.title.split()), default=0)
        room = _ROOM[column.kind] if len(rows) == MEASURED else 0
        widths.append(min(max(longest + 2, title + 4, room), WIDEST))
    return widths


def _shown(kind: str, value: Any) -> str:
    if value is None:
        return ""
    if kind == "date":
        return "dd/mm/yyyy"
    return f"{value:,}" if isinstance(value, int) else str(value)

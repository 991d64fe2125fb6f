"""Foreign tables: the rows of CSV and XLSX files that other people made, checked before they are believed."""

from __future__ import annotations

import codecs
import csv
import io
import re
import stat
from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO, Protocol

from pos import xlsx
from pos.errors import BadCell, Refused
from pos.faults import file_fault, told
from pos.money import plain
from pos.text import _, clean_text, ngettext

MAX_BYTES = 100_000_000
MAX_ROWS = 1_000_000
MAX_COLUMNS = xlsx.MAX_COLUMNS
MAX_CELL = xlsx.MAX_CELL  # characters
MAX_PASTED = 1_000_000  # bytes
TITLE_ROWS = 20  # in which the header of a foreign table is looked for
MAX_LINE = MAX_COLUMNS * MAX_CELL  # characters; no row of sane cells is longer
MAX_LINES_IN_ROW = 20  # line breaks inside quotes; more is a quotation mark that nobody closed
REASONS_SHOWN = 20

_CHUNK = 1 << 20
_END = "\x1f"  # put below what is pasted, to see that it is read as the line that it is
_OLE = b"\xd0\xcf\x11\xe0"  # .xls, and any Office file with a password
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NOT_UTF8 = re.compile("[\udc80-\udcff]")  # what "surrogateescape" makes of a wrong byte
_FORMULA = re.compile(r"[=+\-@\t\r]")
_GUARDED = re.compile(r"'[=+\-@]")

Cells = tuple[str, ...]
Records = Generator[tuple[int, list[str]], None, None]


class _Reader(Protocol):
    """What the standard library's csv.reader gives."""

    @property
    def line_num(self) -> int:
        """How many lines were read."""

    def __iter__(self) -> Iterator[list[str]]: ...


class BadRows(Refused):
    """Rows of an imported file are wrong, so none of it was taken. `rejected` has every reason, by row."""

    def __init__(self, rejected: Sequence[BadCell]) -> None:
        self.rejected = tuple(sorted(rejected, key=lambda cell: cell.row))
        shown = [cell.message for cell in self.rejected[:REASONS_SHOWN]]
        more = len(self.rejected) - len(shown)
        if more:
            shown.append(
                ngettext("... and {count} more row.", "... and {count} more rows.", more).format(count=more)
            )
        super().__init__("", _("Nothing was changed; correct the file and import it again."))
        self.message = "\n".join(shown)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An open table. `rows` gives each row's number (the header is row 1) and one cell per column asked for.

    A column that the file does not have reads as empty cells; `present` names those it has. `rejected` grows
    while rows are read: a row with more cells than the header is skipped and named there.
    """

    file: str
    present: frozenset[str]
    rows: Iterator[tuple[int, Cells]]
    warnings: tuple[str, ...]
    rejected: list[BadCell]


@contextmanager
def read_sheet(
    path: Path, columns: Mapping[str, Collection[str]], required: Collection[str]
) -> Iterator[Sheet]:
    """Open a CSV file (`,` `;` or tab; UTF-8 or Windows-1252) or an XLSX workbook, known by its content.

    `columns` maps the name of each column to other names that people give it; letter case, spaces and
    punctuation do not count. Raises Refused (BadCell where a row is to blame) for what is no such table,
    WorldFailed when the disk does not give it; also later, while rows are read.
    """
    with _opened(path) as file:
        records = _workbook(path, file) if file.read(4) == b"PK\x03\x04" else _csv(path, file)
        with closing(records):
            yield _headed(path.name, records, columns, required)


@contextmanager
def read_rows(path: Path) -> Iterator[Records]:
    """Open any CSV or XLSX table as it is: each row's number and cells, empty rows left out of a workbook.

    For tables of which nobody knows yet where their header is. Bounds and errors are those of `read_sheet`.
    """
    with _opened(path) as file:
        records = _workbook(path, file) if file.read(4) == b"PK\x03\x04" else _csv(path, file, TITLE_ROWS)
        with closing(records):
            yield _bounded(path.name, records)


def pasted_rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows of a block that was copied from a spreadsheet: lines, cells between tabs.

    Raises Refused for more than MAX_PASTED bytes, or what no table is.
    """
    if len(text.encode("utf-8", "replace")) > MAX_PASTED:
        raise Refused(
            _("What was pasted is larger than {most} MB.").format(most=MAX_PASTED // 1_000_000),
            _("Save it as .xlsx and choose the file."),
        )
    lines = io.StringIO(f"{text.replace(chr(0), '')}\n{_END}", newline="")
    name, row = _("pasted"), 0
    records = csv.reader(lines, delimiter="\t" if "\t" in text else max(";,", key=text.count))
    found: list[tuple[int, list[str]]] = []
    try:
        for row, cells in _bounded(name, _numbered(name, records)):
            found.append((row, cells))
    except csv.Error as error:
        raise xlsx.too_long(name, row + 1) from error
    last, cells = found.pop()
    if cells != [_END]:  # a quotation mark that nobody closed has swallowed it, and the rows before it
        raise xlsx.too_long(name, last)
    return found if not found or found[-1][1] else found[:-1]  # an empty line at the end is none


def _bounded(name: str, records: Records) -> Records:
    """The same rows, as long as they are those of a table."""
    for number, cells in records:
        if number > MAX_ROWS:
            raise too_many_rows(name)
        if len(cells) > MAX_COLUMNS:
            why = _("there are more than {most} columns.").format(most=MAX_COLUMNS)
            raise BadCell(number, "", why, file=name)
        if any(len(cell) > MAX_CELL for cell in cells):
            raise xlsx.too_long(name, number)
        yield number, cells


def too_many_rows(name: str) -> Refused:
    """What to say of a table that is longer than any."""
    return Refused(
        _("{name} has more than {most} rows.").format(name=name, most=plain(MAX_ROWS)),
        _("Split it into several files."),
    )


def guarded(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula: `=1+1` becomes `'=1+1`."""
    return f"'{text}" if _FORMULA.match(text) else text


def cell_text(cell: str) -> str:
    """What a person meant by a text cell: clean, and without the mark that `guarded` sets."""
    text = clean_text(cell, MAX_CELL)
    return text[1:] if _GUARDED.match(text) else text


def _opened(path: Path) -> BinaryIO:
    """The file for reading, after everything that can be known without reading it."""
    try:
        info = path.stat()
    except FileNotFoundError as error:
        raise Refused(_("There is no file {name}.").format(name=path)) from error
    except OSError as error:
        raise file_fault(path, error) from error
    if stat.S_ISDIR(info.st_mode):
        raise Refused(_("{name} is a folder, not a table.").format(name=path))
    if not stat.S_ISREG(info.st_mode):
        raise Refused(_("{name} is not a file.").format(name=path))
    if info.st_size == 0:
        raise Refused(_("{name} is empty.").format(name=path))
    if info.st_size > MAX_BYTES:
        raise Refused(
            _("{name} is larger than {most} MB.").format(name=path, most=MAX_BYTES // 1_000_000),
            _("Split it into several files."),
        )
    try:
        return path.open("rb")
    except OSError as error:
        raise file_fault(path, error) from error


def _workbook(path: Path, file: BinaryIO) -> Records:
    with told(str(path)):
        yield from xlsx.rows(path.name, file)


def _csv(path: Path, file: BinaryIO, look: int = 1) -> Records:
    number = 0
    with told(str(path)):
        encoding = _encoding(path.name, file)
    with told(str(path)), io.TextIOWrapper(file, encoding, newline="") as text:
        try:
            reader = csv.reader(text, delimiter=_delimiter(text, look), strict=True)
            for number, cells in _numbered(path.name, reader):
                yield number, cells
        except csv.Error as error:
            raise xlsx.too_long(path.name, number + 1) from error
        except UnicodeDecodeError as error:
            raise _mixed(path.name) from error


def _numbered(name: str, reader: _Reader) -> Records:
    """The rows with their numbers, as long as none is longer than a row can be."""
    before = 0
    for number, cells in enumerate(reader, 1):
        if reader.line_num - before > MAX_LINES_IN_ROW:
            raise xlsx.too_long(name, number)
        before = reader.line_num
        yield number, cells


def _encoding(name: str, file: BinaryIO) -> str:
    """UTF-8 if all of the file is; Windows-1252 if none of its special letters is UTF-8; else refused.

    So is a file with a line longer than any table has, which is then read line by line without looking.
    """
    decoder = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
    right = wrong = False
    ends, ended = 0, True  # of lines; whether one was in the chunk before
    file.seek(0)
    while chunk := file.read(_CHUNK):
        if b"\0" in chunk:
            raise _no_text(name, chunk)
        some = max(chunk.count(b"\n"), chunk.count(b"\r"))
        if not some and not ended:
            raise xlsx.too_long(name, ends + 1)
        ends, ended = ends + some, some > 0
        text = decoder.decode(chunk)
        if not text.isascii():
            escaped = len(_NOT_UTF8.findall(text))
            wrong = wrong or escaped > 0
            right = right or escaped < sum(not char.isascii() for char in text)
    wrong = wrong or bool(decoder.getstate()[0])  # the last letter is cut
    if wrong and right:
        raise _mixed(name)
    file.seek(0)
    return "cp1252" if wrong else "utf-8-sig"


def _no_text(name: str, start: bytes) -> Refused:
    """What a file with zero bytes is taken for, by how it starts."""
    if start.startswith(_OLE):
        return Refused(
            _("{name} is an old Excel file (.xls) or one with a password.").format(name=name),
            _("Save it as .xlsx without a password."),
        )
    if start.startswith(_UTF16):
        return Refused(_("{name} is a UTF-16 text.").format(name=name), _("Save it as CSV UTF-8."))
    return Refused(
        _("{name} is neither a CSV file nor an XLSX workbook.").format(name=name),
        _("Save it as .xlsx or as CSV UTF-8."),
    )


def _delimiter(text: io.TextIOWrapper, look: int) -> str:
    """The separator that the header, which is in the first `look` lines, has most often outside quotes."""
    header = re.sub(r'"[^"]*"', "", "".join(text.readline(MAX_LINE) for _line in range(look)))
    text.seek(0)
    return max(",;\t", key=header.count)


def _mixed(name: str) -> Refused:
    return Refused(
        _("{name} is neither wholly UTF-8 nor wholly Windows-1252.").format(name=name),
        _("Save it as CSV UTF-8."),
    )


def _headed(
    name: str, records: Records, columns: Mapping[str, Collection[str]], required: Collection[str]
) -> Sheet:
    """The sheet below its header, which is the first row that is not empty."""
    first, header = next(((n, cells) for n, cells in records if any(map(str.strip, cells))), (1, []))
    if len(header) > MAX_COLUMNS:
        raise BadCell(first, "", _("there are more than {most} columns.").format(most=MAX_COLUMNS), file=name)
    keys = {_same(title): key for key, titles in columns.items() for title in (key, *titles)}
    places: dict[str, int] = {}
    unknown = []
    for place, title in enumerate(header):
        key = keys.get(_same(title))
        if key is None:
            unknown.append(clean_text(title, 40))
        elif key in places:
            raise BadCell(first, key, _("this column is there twice."), file=name)
        else:
            places[key] = place
    if missing := [key for key in required if key not in places]:
        why = _("the column is missing; the first row must name the columns.")
        raise BadCell(first, ", ".join(missing), why, file=name)
    # A missing column is found in the empty cell that is added behind every row.
    pick = itemgetter(*(places.get(key, len(header)) for key in columns))
    left_alone = ", ".join(filter(None, unknown))
    warnings = (_("Columns left alone: {columns}.").format(columns=left_alone),) if left_alone else ()
    rejected: list[BadCell] = []
    rows = _rows(name, records, header, pick, rejected)
    return Sheet(name, frozenset(places), rows, warnings, rejected)


def _rows(
    name: str,
    records: Records,
    header: list[str],
    pick: Callable[[list[str]], Cells],
    rejected: list[BadCell],
) -> Iterator[tuple[int, Cells]]:
    """What `pick` takes of rows as wide as the header and one empty cell more; empty rows are left out."""
    width = len(header)
    for number, cells in records:
        whole = "".join(cells)
        if not whole or whole.isspace():
            continue
        if number > MAX_ROWS:
            raise too_many_rows(name)
        if len(whole) > MAX_CELL and max(map(len, cells)) > MAX_CELL:
            raise xlsx.too_long(name, number)
        if cells == header:
            raise BadCell(number, "", _("the header is there a second time."), file=name)
        if len(cells) > width and any(map(str.strip, cells[width:])):
            rejected.append(BadCell(number, "", _("the row has more cells than the header."), file=name))
            continue
        if len(cells) != width:
            cells = [*cells[:width], *[""] * (width - len(cells))]  # noqa: PLW2901 - the row as it should be
        cells.append("")
        yield number, pick(cells)


def _same(title: str) -> str:
    return "".join(char for char in title.casefold() if char.isalnum())

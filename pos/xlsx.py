"""Reads the first visible sheet of an XLSX workbook as rows of text, one row in memory at a time.

The workbook comes from anybody, so what it may unpack to and how wide it may be are bounded before and while
openpyxl reads it; its streaming reader keeps one row, and many cells may share one text.
"""

from __future__ import annotations

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import IO, Any, BinaryIO
from xml.parsers.expat import ParserCreate

from pos.errors import BadCell, Refused
from pos.text import _

MAX_UNPACKED = 128_000_000  # bytes of all parts together
MAX_STYLES = 4_000_000  # bytes of a part that openpyxl reads as a whole, such as the styles
MAX_STRINGS = 32_000_000  # kept in memory, too
MAX_ROW_BYTES = 4_000_000  # and one row; twice what cells within the limits below can take
MAX_BETWEEN_ROWS = 8_000_000  # links, merged cells, rules of a sheet; and one shared text
MAX_PARTS = 1_000
MAX_ROW = 1_048_576  # the last of any spreadsheet; one that claims more is not followed there
MAX_COLUMNS = 200
MAX_CELL = 10_000  # characters

_PIECES = ("row", "si")  # of a sheet, and of the texts that cells share
# A letter that XML cannot hold, as spreadsheets write it and openpyxl leaves it (ECMA-376 part 1, 22.9.2.19).
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f])_")


def rows(name: str, file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """Each row's number as the spreadsheet shows it, and its cells as text.

    Whole numbers come without a decimal point, others with a comma, as parse_rupiah expects; dates as
    ISO 8601; formulas as the result that was stored. `name` is for messages. Raises Refused for what is not
    such a workbook, BadCell for a cell beyond the limits.
    """
    _check_package(name, file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # parts that openpyxl passes over, such as pictures
            yield from _cells(name, file)
    except Refused:
        raise
    except Exception as error:
        raise Refused(
            _("{name} is not a whole XLSX workbook.").format(name=name),
            _("Save it again as .xlsx or as CSV UTF-8."),
        ) from error


def too_long(name: str, row: int) -> BadCell:
    """What to say of a cell that is longer than any cell of a table should be."""
    most = f"{MAX_CELL:,}".replace(",", ".")
    why = _("a cell has more than {most} characters, or its quotation marks are not closed.")
    return BadCell(row, "", why.format(most=most), file=name)


def _check_package(name: str, file: BinaryIO) -> None:
    """Refuse what a spreadsheet program would not have written, before anything is unpacked."""
    try:
        with zipfile.ZipFile(file) as packed:
            _check_parts(name, packed.infolist())
    except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError) as error:
        raise Refused(
            _("{name} is not a whole XLSX workbook.").format(name=name),
            _("Save it again as .xlsx or as CSV UTF-8."),
        ) from error
    file.seek(0)


def _check_parts(name: str, parts: list[zipfile.ZipInfo]) -> None:
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise Refused(_("{name} holds macros.").format(name=name), _("Save it as .xlsx without macros."))
    if any(part.flag_bits & 1 for part in parts):
        raise Refused(
            _("{name} has a password.").format(name=name), _("Save it as .xlsx without a password.")
        )
    most = {"xl/styles.xml": MAX_STYLES, "xl/sharedstrings.xml": MAX_STRINGS}
    large = any(part.file_size > most.get(part.filename.lower(), MAX_UNPACKED) for part in parts)
    if large or len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise _too_large(name)


class _Pieces:
    """Measures a part that is read piece by piece: how long a row or a text is, and all that is between them.

    openpyxl makes 27 bytes of each that it holds, and lets go only of these.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.parser = ParserCreate()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.depth = self.since = self.between = 0
        self.in_row = False

    def measure(self, file: IO[bytes]) -> None:
        """Raise Refused where there is more than openpyxl should hold at once."""
        while chunk := file.read(MAX_ROW_BYTES // 4):
            self.parser.Parse(chunk)
            span = self.parser.CurrentByteIndex - self.since
            between = 0 if self.depth else self.between
            if between + span > (MAX_ROW_BYTES if self.depth and self.in_row else MAX_BETWEEN_ROWS):
                raise _too_large(self.name)

    def _start(self, element: str, _attributes: object) -> None:
        if element.endswith(_PIECES) and element.rpartition(":")[2] in _PIECES:
            if not self.depth:
                self.between += self.parser.CurrentByteIndex - self.since
                self.since = self.parser.CurrentByteIndex
                self.in_row = element.endswith("row")
            self.depth += 1

    def _end(self, element: str) -> None:
        if element.endswith(_PIECES) and element.rpartition(":")[2] in _PIECES:
            self.depth -= 1
            if not self.depth:
                self.since = self.parser.CurrentByteIndex


def _guard(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse parts that are too large for how they are read: as a whole, or piece by piece.

    Which part is the book, a sheet or the texts the parts say themselves, so no name tells it before.
    """
    read, open_part = archive.read, archive.open

    def read_small(part: str) -> bytes:
        if archive.getinfo(part).file_size > MAX_STYLES:
            raise _too_large(name)
        return read(part)

    def open_measured(part: str, *how: Any) -> IO[bytes]:
        if archive.getinfo(part).file_size > MAX_STYLES:
            with open_part(part) as file:
                _Pieces(name).measure(file)
        return open_part(part, *how)

    vars(archive).update(read=read_small, open=open_measured)


def _too_large(name: str) -> Refused:
    return Refused(_("{name} is too large for a workbook.").format(name=name), _("Save it as CSV UTF-8."))


def _cells(name: str, file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    from openpyxl.reader.excel import ExcelReader  # what load_workbook calls; its archive can be guarded

    reader = ExcelReader(file, read_only=True, data_only=True, keep_links=False)
    _guard(name, reader.archive)
    reader.read()
    book = reader.wb
    try:
        sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
        # One column more than a table may have, so that it is noticed. The sheet's own word on its size does
        # not count.
        sheet.reset_dimensions()
        read = sheet.iter_rows(max_row=MAX_ROW, max_col=MAX_COLUMNS + 1, values_only=True)
        for number, values in enumerate(read, start=1):
            if values.count(None) == len(values):
                continue
            cells = [_text(value) for value in values]
            while cells and not cells[-1]:
                cells.pop()
            if any(len(cell) > MAX_CELL for cell in cells):
                raise too_long(name, number)
            if len(cells) > MAX_COLUMNS:
                raise BadCell(
                    number, "", _("there are more than {most} columns.").format(most=MAX_COLUMNS), file=name
                )
            if cells:
                yield number, cells
    finally:
        book.close()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    if isinstance(value, float):
        # A spreadsheet shows 13000 where 12999.999999999998 is stored: 15 digits are what it keeps.
        return f"{value:.15g}".replace(".", ",")
    if isinstance(value, datetime):
        return value.isoformat() if value.time() != time() else value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value)

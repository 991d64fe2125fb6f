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
from typing import BinaryIO

from pos.errors import BadCell, Refused
from pos.text import _

MAX_UNPACKED = 128_000_000  # bytes of all parts together
MAX_STYLES = 4_000_000  # bytes: openpyxl keeps all of these two in memory
MAX_STRINGS = 32_000_000
MAX_ROW_BYTES = 4_000_000  # and one row; twice what cells within the limits below can take
MAX_PARTS = 1_000
MAX_ROW = 1_048_576  # the last of any spreadsheet; one that claims more is not followed there
MAX_COLUMNS = 200
MAX_CELL = 10_000  # characters

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
            parts = packed.infolist()
            _check_parts(name, parts)
            for part in parts:
                if "/worksheets/" in part.filename.lower():
                    _check_rows(name, packed, part)
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


def _check_rows(name: str, packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse a sheet with a row that openpyxl could not hold: it builds a row before it counts its cells."""
    since = 0
    with packed.open(part) as sheet:
        while chunk := sheet.read(MAX_ROW_BYTES // 4):
            row = chunk.rfind(b"row")
            since = since + len(chunk) if row < 0 else len(chunk) - row
            if since > MAX_ROW_BYTES:
                raise _too_large(name)


def _too_large(name: str) -> Refused:
    return Refused(_("{name} is too large for a workbook.").format(name=name), _("Save it as CSV UTF-8."))


def _cells(name: str, file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    from openpyxl import load_workbook

    book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
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

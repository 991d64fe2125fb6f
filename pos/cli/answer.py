"""What a command says: one JSON document for programs, or sentences and plain tables for people."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from pos.errors import BadCell, BadDocument, UserError
from pos.faults import file_fault
from pos.model import Column, Fields
from pos.money import plain
from pos.text import _


@dataclass(frozen=True, slots=True)
class Answer:
    """`fields` is the JSON document of interface.md, `lines` the same for people, `notes` go to stderr.

    `exit_code` is 1 when the command did its work and found something wrong.
    """

    fields: Fields
    lines: Sequence[str] = ()
    notes: Sequence[str] = ()
    exit_code: int = 0


def show(answer: Answer | int, *, as_json: bool) -> int:
    """Say it, and return the exit code; a command that answered line by line brings only that."""
    if isinstance(answer, int):
        return answer
    for note in answer.notes:
        print(note, file=sys.stderr)
    say(*([as_document(answer.fields)] if as_json else answer.lines))
    return answer.exit_code


def say(*lines: str) -> None:
    """Write lines to stdout, for certain. Raises WorldFailed when they cannot be written."""
    try:
        print(*lines, sep="\n", end="\n" if lines else "", flush=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        close_output()
        raise file_fault(_("the output"), error) from error


def failed(error: UserError, *, as_json: bool) -> int:
    """Tell why nothing was done, on stderr; with `as_json` the JSON document has it as well."""
    gap = "\n" if "\n" in error.message else " "  # below several reasons, or behind the one
    print(f"{error.message}{gap}{error.hint}".strip(), file=sys.stderr)
    if as_json:
        cells = [error] if isinstance(error, BadCell) else getattr(error, "rejected", None)
        rejected = {} if cells is None else {"rejected": rejections(cells)}
        with suppress(UserError):
            say(as_document({"error": error.message, "hint": error.hint} | rejected))
    return error.exit_code


def close_output() -> None:
    """Let nothing more be written to stdout, nor complained about when the program ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def as_document(fields: Fields) -> str:
    """One line of JSON."""
    return json.dumps(fields, ensure_ascii=False)


def rejections(cells: Iterable[BadCell]) -> list[Fields]:
    """Refused rows as interface.md writes them."""
    return [{"row": cell.row, "column": cell.column, "why": cell.why} for cell in cells]


def refusals(documents: Iterable[BadDocument]) -> list[Fields]:
    """Refused documents as interface.md writes them."""
    return [{"device": bad.device, "at_seq": bad.seq, "why": bad.why} for bad in documents]


def table(columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> list[str]:
    """Rows under their titles, texts to the left, numbers to the right with dots for thousands."""
    right = [column.kind in {"int", "money", "percent"} for column in columns]
    cells = [[column.title for column in columns]]
    cells += [["" if value is None else _cell(value) for value in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return [
        "  ".join(
            cell.rjust(width) if number else cell.ljust(width)
            for cell, width, number in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in cells
    ]


def _cell(value: object) -> str:
    return plain(value) if isinstance(value, int) else str(value)

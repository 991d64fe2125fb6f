"""Exports: what people and programs can open. The file's ending says which kind; each is one function."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from types import MappingProxyType

from pos.errors import Refused
from pos.exports import csv_file, jsonl, pdf_file, sealed, workbook
from pos.exports.request import Progress, Request
from pos.exports.snapshot import snapshot
from pos.exports.sources import TABLES
from pos.fresh import fresh_file
from pos.ledger import Ledger
from pos.reports import Period
from pos.text import _

__all__ = ["EXPORTS", "TABLES", "Exported", "Progress", "export"]

Writer = Callable[[Ledger, Path, Request], int]

EXPORTS: Mapping[str, Writer] = MappingProxyType(
    {
        ".xlsx": workbook.write,
        ".csv": csv_file.write,
        ".jsonl": jsonl.write,
        ".pdf": pdf_file.write,
        ".zip": sealed.write,
    }
)

_ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that was written: where, how many rows of data it has, and the hex SHA-256 of its bytes."""

    file: Path
    rows: int
    sha256: str


def export(
    ledger: Ledger,
    path: Path,
    *,
    table: str = "",
    csv_form: str = "id",
    period: Period = _ALWAYS,
    progress: Progress | None = None,
) -> Exported:
    """Write the ledger as it is now to `path`, in the kind its ending names (a key of EXPORTS).

    `.xlsx` is the whole workbook; `.csv` (form `id` or `plain`) and `.jsonl` hold one `table` of TABLES, by
    default `lines`; `.pdf` is one of the office's papers (`recap`, `minutes`), `.zip` the sealed archive of
    all. `progress(done, total)` is told the rows every few thousand; an error in it stops it all.

    The file appears whole or not at all; one that was there stays until then. Raises Refused for what cannot
    be asked for, WorldFailed when the disk or the ledger fails.
    """
    write = EXPORTS.get(path.suffix.lower())
    if write is None:
        raise Refused(
            _("{name} cannot be written: this program does not know that kind of file.").format(
                name=path.name
            ),
            _("Use one of these endings: {endings}.").format(endings=" ".join(EXPORTS)),
        )
    request = Request(period, table, csv_form, progress)
    with snapshot(ledger) as still, fresh_file(path) as draft:
        rows = write(still, draft, request)
        with draft.open("rb") as file:
            digest = file_digest(file, "sha256").hexdigest()
    return Exported(path, rows, digest)

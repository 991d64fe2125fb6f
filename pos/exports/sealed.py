"""The sealed archive: everything of an exhibition in one zip that anybody can check without this program.

Data (the documents of every chain, tables as CSV), reports (workbook, recapitulation, minutes), the sums of
all files, and two checkers: `periksa.py`, which needs nothing but Python, and `periksa.html`, which needs
nothing but a browser. The same books give the same bytes. No personal data are in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import orjson

from pos import journal
from pos.chains import BATCH
from pos.clock import stopped_at
from pos.errors import Refused
from pos.exports import csv_file, pdf_file, workbook
from pos.exports.redacted import line
from pos.exports.request import Request
from pos.exports.sources import TABLES
from pos.ledger import Ledger, devices
from pos.paths import resource
from pos.reports import Period, run_report
from pos.standing import Standing, standing
from pos.text import _, clock_time

FORMAT = 1
SUMS = "SHA256SUMS"
_SKIPPED = ("exceptions", "radar")  # they also tell of what only this laptop knows
_ALWAYS = Period()
_LEVEL = 6  # of compression; another gives other bytes
_LARGE = 1_000_000  # documents from which a file in it may be beyond 4 GB; smaller ones are for any program


def write(ledger: Ledger, path: Path, request: Request) -> int:
    """Write the archive to `path`; returns how many documents are in it.

    Raises Refused for a part of the books: a chain is checked from its first document to its last.
    """
    from pos.receipts.letter import letter_date  # ReportLab is imported where it is first used

    if request.table or request.period != _ALWAYS:
        raise Refused(
            _("A sealed archive holds everything."), _("Leave days, institution, booth and table out.")
        )
    stand = standing(ledger)
    if not stand.ends:
        raise Refused(_("There is nothing in {name} to be sealed yet.").format(name=ledger.name))
    last = _last(ledger)
    ledger.clock = stopped_at(
        _as_of(ledger, last)
    )  # the papers tell of the books, not of the hour of printing
    told = _("As of {day} {time}").format(day=letter_date(last.date()), time=clock_time(last))
    large = sum(one.seq for one in stand.ends) > _LARGE
    with (
        TemporaryDirectory(prefix="lapak-", ignore_cleanup_errors=True) as scratch,
        ZipFile(path, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as archive,
    ):
        seal = Seal(archive, last, large=large)
        for name in ("periksa.py", "periksa.html"):
            seal.add(name, resource(f"seal/{name}").read_bytes())
        seal.add("BACA-SAYA.txt", _read_me(ledger, stand, told).encode())
        seal.add("ringkasan.json", _summary(ledger, stand, last))
        _reports(ledger, seal, Path(scratch), stand, told)
        _tables(ledger, seal, Path(scratch))
        count = _chains(ledger, seal, stand, request)
        seal.close()
    return count


class Seal:
    """An archive being written: each file once, its sum remembered. `at` is the time that its files bear."""

    def __init__(self, archive: ZipFile, at: datetime, *, large: bool) -> None:
        self._archive = archive
        self._at = at
        self._large = large
        self._sums: dict[str, str] = {}

    def add(self, name: str, data: bytes) -> None:
        """Put a small file in."""
        with self.opened(name) as out:
            out(data)

    def copy(self, name: str, path: Path) -> None:
        """Put in what another writer made."""
        with self.opened(name) as out, path.open("rb") as file:
            while part := file.read(1 << 20):
                out(part)

    @contextmanager
    def opened(self, name: str) -> Iterator[Callable[[bytes], None]]:
        """A file to be written part by part."""
        at = self._at
        info = ZipInfo(name, (max(at.year, 1980), at.month, at.day, at.hour, at.minute, 0))
        info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
        digest = sha256()
        with self._archive.open(info, "w", force_zip64=self._large) as file:

            def out(data: bytes) -> None:
                digest.update(data)
                file.write(data)

            yield out
        self._sums[name] = digest.hexdigest()

    def close(self) -> None:
        """Put in the sums of all files, as sha256sum reads them."""
        told = "".join(f"{digest}  {name}\n" for name, digest in sorted(self._sums.items()))
        self.add(SUMS, told.encode())


def _last(ledger: Ledger) -> datetime:
    """When the newest document was made."""
    with ledger.read() as conn:
        ends = [journal.document(conn, device, seq) for device, (seq, _hash) in journal.heads(conn).items()]
    return max(datetime.fromisoformat(doc.at) for doc in ends if doc)


def _as_of(ledger: Ledger, last: datetime) -> datetime:
    """The moment that the papers are of: of the newest document, and once the exhibition is over, its end.

    So that its last days are told as silent where nothing was sold, whoever seals it and whenever.
    """
    with ledger.read() as conn:
        end = max(device.event.end for device in devices(conn).values())
    if ledger.clock.now().date() <= end:
        return last
    return max(last, datetime.combine(end, time(23, 59), last.tzinfo))


def _summary(ledger: Ledger, stand: Standing, last: datetime) -> bytes:
    from pos.receipts.region import recap_number

    totals = run_report(ledger, "totals", _ALWAYS).totals
    told = {
        "format": FORMAT,
        "keadaan": last.isoformat(),
        "nomor": recap_number(ledger),
        "sidik": stand.sidik,
        "nota": sum(one.sales for one in stand.ends),
        "bersih": totals["total"],
        "stan": [
            {"device": one.device, "booth": one.booth, "seq": one.seq, "hash": one.hash} for one in stand.ends
        ],
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _reports(ledger: Ledger, seal: Seal, scratch: Path, stand: Standing, told: str) -> None:
    workbook.write(ledger, scratch / "rekap.xlsx", Request(_ALWAYS))
    seal.copy("laporan/rekap.xlsx", scratch / "rekap.xlsx")
    for name, file in (("recap", "rekapitulasi.pdf"), ("minutes", "berita-acara.pdf")):
        pdf_file.write_paper(ledger, scratch / file, name, (_ALWAYS, stand, told))
        seal.copy(f"laporan/{file}", scratch / file)


def _tables(ledger: Ledger, seal: Seal, scratch: Path) -> None:
    for table in TABLES:
        if table not in _SKIPPED:
            path = scratch / f"{table}.csv"
            csv_file.write(ledger, path, Request(_ALWAYS, table, "id"))
            seal.copy(f"data/csv/{path.name}", path)
            path.unlink()


def _chains(ledger: Ledger, seal: Seal, stand: Standing, request: Request) -> int:
    total, done = sum(one.seq for one in stand.ends), 0
    with ledger.read() as conn:
        for end in stand.ends:
            booth = "".join(c for c in end.booth if c.isascii() and c.isalnum())[:6]
            with seal.opened(f"data/rantai/{booth or 'kantor'}-{end.device}.jsonl") as out:
                after = 0
                while docs := journal.read(conn, end.device, after, BATCH):
                    out(b"".join(map(line, docs)))
                    after, done = docs[-1].seq, done + len(docs)
                    if request.progress:
                        request.progress(done, total)
    return done


def _read_me(ledger: Ledger, stand: Standing, told: str) -> str:
    with ledger.read() as conn:
        events = " · ".join(sorted({device.event.name for device in devices(conn).values()}))
    said = _(
        "Sealed archive of the exhibition {event}\n"
        "{told} · fingerprint of the recapitulation {sidik}\n\n"
        "laporan/     the workbook, the recapitulation and the minutes\n"
        "data/csv/    every table, for Excel\n"
        "data/rantai/ every document of each booth, each with the fingerprint of the one before\n"
        "SHA256SUMS   the sums of all files\n\n"
        "How to check it\n"
        "1. With Python: python3 periksa.py\n"
        "   or, without unpacking: python3 periksa.py ARCHIVE.zip\n"
        "2. With a browser alone: open periksa.html and give it a file of data/rantai/.\n"
        "3. Compare with the signed recapitulation and the Z reports:\n"
        "   python3 periksa.py --sidik {sidik} --kepala S03:1234:9F3A2C1B\n"
        "4. A receipt of a buyer: python3 periksa.py --nota S03K7-000042 9F3A2C1B\n\n"
        "Names and telephone numbers of buyers are not in here. Documents of officers go without\n"
        "what is kept of their PINs; their fingerprints can be made all the same.\n"
    )
    return said.format(event=events, told=told, sidik=stand.sidik)

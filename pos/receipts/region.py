"""What the office's papers tell of an exhibition, read from the reports: for recapitulation and minutes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select, union

from pos.ledger import Ledger, devices
from pos.letterhead import Letterhead, letterhead_for
from pos.model import Device, Table
from pos.money import plain
from pos.practice import practice_word
from pos.receipts.letter import letter_date
from pos.receipts.official import Office
from pos.reports import Period, run_report
from pos.reports.scope import event_days, institutions, narrowed
from pos.standing import Standing
from pos.tables import DOCUMENT, MOVEMENT, SALE_LINE
from pos.text import _, clock_time, ngettext

_CLASS = re.compile(r"\s+Kelas II+[AB]?(?=\s)")


@dataclass(frozen=True, slots=True)
class Recap:
    """What the pages are drawn from: the office's head, the period, the reports, and how the books stand."""

    office: Office
    number: str
    told: str
    title: str
    subtitle: str
    reports: Mapping[str, Table]
    receipts: Mapping[str, int]  # with goods of an institution, by its code
    days: tuple[date, ...]
    standing: Standing
    place: str

    @property
    def receipt(self) -> str:
        """The number, as the QR code names papers."""
        return self.number

    @property
    def code(self) -> str:
        """The fingerprint, without its dashes."""
        return self.standing.sidik.replace("-", "")


def read_recap(ledger: Ledger, period: Period, stand: Standing, told: str = "") -> Recap:
    """Everything that the papers tell of `period`; `told` replaces the words that say when it was printed.

    Raises Refused as the reports do.
    """
    names = ("totals", "institutions", "days", "products", "payments", "numbers")
    reports = {name: run_report(ledger, name, period) for name in names}
    office = office_of(ledger)
    days = days_of(ledger, period)
    with ledger.read() as conn:
        receipts = _receipts(conn, period)
        booths = [
            one for one in devices(conn).values() if one.role == "booth" and period.booth in ("", one.booth)
        ]
        place = town(conn, booths)
    codes = {one.booth for one in booths}
    units = len(reports["institutions"].rows)
    counted = _("{booths} booths, {units} institutions").format(booths=len(codes), units=units)
    return Recap(
        office,
        recap_number(ledger),
        told or printed_at(ledger),
        _("Sales recapitulation"),
        " · ".join((_("Exhibition {event}").format(event=office.event), span_words(days), counted)),
        reports,
        receipts,
        days,
        stand,
        place,
    )


def recap_number(ledger: Ledger, letters: str = "REKAP") -> str:
    """`REKAP-HBP59-5412`: the exhibition, and how many documents the ledger holds.

    The same books give the same number to whoever prints, and later ones a higher one; no office keeps count.
    """
    with ledger.read() as conn:
        events = sorted({device.event.code for device in devices(conn).values()}) or [""]
        count = conn.execute(select(func.count()).select_from(DOCUMENT)).scalar_one()
    code = "".join(c for c in events[0] if c.isalnum())[:12]
    return f"{letters}-{code}-{count}" if code else f"{letters}-{count}"


def office_of(ledger: Ledger, institution: str = "") -> Office:
    """Who issues papers of this ledger, or one of an institution."""
    with ledger.read() as conn:
        known = sorted(devices(conn).values(), key=lambda one: one.code)
    head: Letterhead = letterhead_for(ledger, institution)
    if known and not head.office and not institution:
        head = Letterhead(head.ministry, known[0].event.office, head.unit, head.address, head.signatories)
    names = " · ".join(sorted({device.event.name for device in known}))
    return Office(head, names, practice_word(*known))


def printed_at(ledger: Ledger) -> str:
    """`Dicetak 2 Mei 2023 17.40`."""
    now = ledger.clock.now()
    return _("Printed {day} {time}").format(day=letter_date(now.date()), time=clock_time(now))


def days_of(ledger: Ledger, period: Period) -> tuple[date, ...]:
    """The days that a paper speaks of: those of the exhibition, and others on which something was sold."""
    with ledger.read() as conn:
        known = event_days(conn)
    sold = {date.fromisoformat(row[0]) for row in run_report(ledger, "days", period).rows}
    return tuple(sorted(day for day in known | sold if period.has(day)))


def span_words(days: Sequence[date]) -> str:
    """`23 Maret – 2 Mei 2023 (41 hari)`."""
    if not days:
        return "–"
    first, last = days[0], days[-1]
    start = letter_date(first)
    if first.year == last.year:
        start = start.removesuffix(f" {first.year}")
    count = ngettext("{count} day", "{count} days", len(days)).format(count=len(days))
    return f"{start} – {letter_date(last)} ({count})" if first != last else f"{letter_date(last)} ({count})"


def unclassed(names: Mapping[str, str]) -> dict[str, str]:
    """Institutions by code, named as short as a table wants: without their class, where that names one still.

    Class I stays, as people say it: `Lapas Kelas I Palembang`, but `Lapas Sekayu`.
    """
    plainer = {code: _CLASS.sub("", name) for code, name in names.items()}
    met = Counter(plainer.values())
    return {code: name if met[name] == 1 else names[code] for code, name in plainer.items()}


def page_of(number: int, pages: int) -> str:
    """`Halaman 1 dari 4`."""
    return _("Page {number} of {pages}").format(number=number, pages=pages)


def chain_words(stand: Standing) -> tuple[str, str]:
    """What a paper says of the documents: the verdict, and the sentence behind it."""
    sales, booths = sum(one.sales for one in stand.ends), len(stand.booths)
    if not stand.whole:
        return _("The chain of documents is not whole."), " ".join(stand.faults)
    caveats = []
    if stand.lacking:
        said = _("Known to exist but not received yet: {lacking}.")
        caveats.append(said.format(lacking=", ".join(stand.lacking)))
    if stand.open:
        said = _("Not closed yet, so not compared with a signed report: {open}.")
        caveats.append(said.format(open=", ".join(stand.open)))
    if caveats:
        said = _(
            "All {sales} receipts received from {booths} booths are unchanged; "
            "no number is missing or double."
        )
    else:
        said = _(
            "All {sales} receipts of {booths} booths were received and agree with each booth's own records; "
            "no number is missing or double."
        )
    if stand.parted:
        twice = _("Except {booths}: a second history of a laptop, which gave some of its numbers again.")
        caveats.insert(0, twice.format(booths=", ".join(stand.parted)))
    told = " ".join((said.format(sales=plain(sales), booths=booths), *caveats))
    return _("The chain of documents is whole."), told


def town(conn: Connection, booths: Sequence[Device]) -> str:
    """Where the exhibition is: the town that most booths are of."""
    units = institutions(conn)
    towns = [units[one.institution].regency for one in booths if one.institution in units]
    town = max(sorted(set(towns)), key=towns.count, default="")
    return town.removeprefix("Kota ").removeprefix("Kab. ").removeprefix("Kabupaten ")


def _receipts(conn: Connection, period: Period) -> dict[str, int]:
    """In how many receipts there are goods of each institution, also inside bundles."""
    line, moved = SALE_LINE.c, MOVEMENT.c
    plainly = select(line.institution, line.device, line.seq).where(
        line.bundle == 0, *narrowed(SALE_LINE, period)
    )
    inside = select(moved.institution, moved.device, moved.seq).where(
        moved.reason == "bundle", *narrowed(MOVEMENT, period)
    )
    both = union(plainly, inside).subquery()
    query = select(both.c.institution, func.count()).group_by(both.c.institution)
    return dict(conn.execute(query).all())

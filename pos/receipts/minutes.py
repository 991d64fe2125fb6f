"""Berita Acara: two officials put their names to the sum of an exhibition (domain.md 3.4).

Number, day and date in words, who signs, the amount in figures and words, every institution, and by name what
is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pos.ledger import Ledger
from pos.letterhead import Signatory
from pos.money import in_words, plain, rupiah
from pos.receipts.letter import Column, letter_date
from pos.receipts.official import (
    HEIGHT,
    LEFT,
    LOWEST,
    NEXT_TOP,
    RIGHT,
    WIDTH,
    Grid,
    edge_stamps,
    grid_pages,
    head_stamps,
    paragraph_stamps,
    section,
    signature_stamps,
)
from pos.receipts.region import Recap, chain_words, page_of, read_recap, recap_number, span_words
from pos.receipts.sheet import Sheet, Stamp, Words
from pos.reports import Period
from pos.standing import Standing
from pos.text import _, long_date

_SIGNED = 52.0  # mm that signatures take
_STEP = 5.6


def minutes_sheets(ledger: Ledger, period: Period, stand: Standing, *, told: str = "") -> tuple[Sheet, ...]:
    """The pages, as of the clock's day. Arguments as of `recap_sheets`; raises Refused as the reports do."""
    recap = read_recap(ledger, period, stand, told)
    number = recap_number(ledger, "BA")
    today = ledger.clock.now().date()
    pages: list[list[Stamp]] = [
        [*head_stamps(recap.office, _("No. {number}").format(number=number), recap.told)]
    ]
    top = _opening(recap, number, today, pages[0])
    grids = grid_pages(_units(recap), top + 2)
    pages[0] += grids[0][0]
    pages += [[section(_title(), NEXT_TOP), *stamps] for stamps, _end in grids[1:]]
    end = grids[-1][1] + 9
    for words in _closing(recap):
        stamps, after = paragraph_stamps(words, end)
        if after > LOWEST:
            pages.append([section(_title(), NEXT_TOP)])
            stamps, after = paragraph_stamps(words, NEXT_TOP + 8)
        pages[-1] += stamps
        end = after
    if end + _SIGNED > LOWEST + 6:
        pages.append([section(_title(), NEXT_TOP)])
        end = NEXT_TOP + 2
    where = ", ".join(part for part in (recap.place, letter_date(today)) if part)
    roles = (_("Acknowledged by,"), _("Made by,"))
    pages[-1] += signature_stamps(recap.office.head.signatories, roles, where, end + 7)
    left = f"{_title()} {number}"
    return tuple(
        Sheet(number, WIDTH, HEIGHT, (*stamps, *edge_stamps(recap.office, left, page_of(n, len(pages)))))
        for n, stamps in enumerate(pages, 1)
    )


def _title() -> str:
    return _("Minutes of the sales recapitulation")


def date_in_words(day: date) -> str:
    """`Selasa, tanggal dua, bulan Mei, tahun dua ribu dua puluh tiga (02-05-2023)`."""
    weekday, _comma, rest = long_date(day).partition(", ")
    said = _("{weekday}, the {day} of the month of {month}, year {year} ({figures})")
    return said.format(
        weekday=weekday,
        day=in_words(day.day),
        month=rest.split()[1],
        year=in_words(day.year),
        figures=f"{day:%d-%m-%Y}",
    )


def _opening(recap: Recap, number: str, today: date, page: list[Stamp]) -> float:
    """Title, when and who, and what they state; where the table begins."""
    page.append(Words(WIDTH / 2, 47.5, _title().upper(), 13.5, "ExtraBold", align="center"))
    shown = _("Number: {number}").format(number=number)
    page.append(Words(WIDTH / 2, 53.0, shown, 9.8, "Medium", "text2", "center"))
    place = _("at {place}, ").format(place=recap.place) if recap.place else ""
    said = _("On this day, {day}, {place}we who sign below:")
    stamps, base = paragraph_stamps(said.format(day=date_in_words(today), place=place), 62)
    page += stamps
    for count in (1, 2):
        signs = recap.office.head.signatories
        page += _person(count, signs[count - 1] if len(signs) >= count else Signatory(), base + 0.6)
        base += 15.4
    stamps, base = paragraph_stamps(_statement(recap), base + 1.6)
    page += stamps
    return base + 1


def _person(number: int, who: Signatory, base: float) -> Iterator[Stamp]:
    dots = "." * 48
    rows = (
        (_("Name"), who.name or dots),
        (_("Rank / NIP"), " / ".join((who.rank or dots[:24], who.nip or dots[:24]))),
        (_("Position"), who.position or dots),
    )
    yield Words(LEFT + 3, base, f"{number}.", 9.2)
    for place, (label, value) in enumerate(rows):
        y = base + place * 4.7
        yield Words(LEFT + 9, y, label, 9.2)
        yield Words(LEFT + 36, y, ":", 9.2)
        yield Words(LEFT + 39, y, value, 9.2, "Bold" if place == 0 and who.name else "Medium")


def _statement(recap: Recap) -> str:
    total = recap.reports["totals"].totals["total"]
    sales = recap.reports["totals"].totals.get("sales", 0)
    said = _(
        "state that the sales of {event}, {days}, at {booths} booths, come to a net amount of {amount} "
        "({words} rupiah) in {sales} receipts, of the following institutions:"
    )
    return said.format(
        event=recap.office.event,
        days=span_words(recap.days),
        booths=len(recap.standing.booths),
        amount=rupiah(total),
        words=in_words(total),
        sales=plain(sales),
    )


def _units(recap: Recap) -> Grid:
    report = recap.reports["institutions"]
    keys = [column.key for column in report.columns]
    at = {key: keys.index(key) for key in ("rank", "name", "qty", "total", "days")}
    rows = [
        (
            plain(row[at["rank"]]),
            row[at["name"]],
            plain(row[at["qty"]]),
            plain(row[at["total"]]),
            f"{row[at['days']]}/{len(recap.days)}" if row[at["days"]] else _("no sales"),
        )
        for row in report.rows
    ]
    columns = (
        Column(_("No."), 21.6, 6, "right"),
        Column(_("Institution"), 25, 90, strong=True),
        Column(_("Goods"), 132, 14, "right"),
        Column(_("Net (Rp)"), 168, 30, "right", strong=True),
        Column(_("Days sold"), RIGHT, 24, "right"),
    )
    sums = ("", _("Sum"), plain(report.totals.get("qty", 0)), plain(report.totals.get("total", 0)), "")
    return Grid(columns, rows, sums, _STEP, ranked=True)


def _closing(recap: Recap) -> Sequence[str]:
    """What is missing, by name; and what can be said of the documents."""
    report = recap.reports["institutions"]
    keys = [column.key for column in report.columns]
    silent = [row[keys.index("name")] for row in report.rows if not row[keys.index("days")]]
    words = []
    if silent:
        said = _("Institutions without sales: {names}.")
        words.append(said.format(names=", ".join(silent)))
    else:
        words.append(_("Every institution has sold."))
    lead, told = chain_words(recap.standing)
    sidik = _("Fingerprint of the recapitulation {sidik}.").format(sidik=recap.standing.sidik)
    words.append(f"{lead} {told} {sidik}")
    words.append(_("These minutes are made truthfully, to be used as needed."))
    return words

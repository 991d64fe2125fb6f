"""The report of a day on A4, beside the text for the chat: letterhead, figures, signatures, photos.

Its figures are those of pos/evening.py; nothing is computed here. It looks as the recapitulation does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from reportlab.lib.utils import ImageReader

from pos.evening import Ahead, Evening
from pos.ledger import Ledger, devices
from pos.model import Table
from pos.money import plain, rupiah
from pos.payments import method_name
from pos.receipts.letter import Column, letter_date
from pos.receipts.official import (
    HEIGHT,
    LEFT,
    LOWEST,
    NEXT_TOP,
    RIGHT,
    WIDTH,
    Grid,
    Office,
    edge_stamps,
    figure_box,
    grid_pages,
    head_stamps,
    paragraph_stamps,
    section,
    signature_stamps,
    title_stamps,
)
from pos.receipts.region import office_of, page_of, printed_at, recap_number, town, unclassed
from pos.receipts.setting import lines_of
from pos.receipts.sheet import Frame, Picture, Sheet, Stamp, Words
from pos.reports.completeness import complete_lines
from pos.text import _, clock_time, long_date

_SIGNED = 52.0  # mm that signatures take
_BOX = (87.0, 74.0)  # mm of a photo on the sheet of photos
_ACROSS, _DOWN = 93.0, 80.0  # mm from photo to photo


@dataclass(frozen=True, slots=True)
class _Paper:
    """What stands on every page: who issues it, its title, number and when, and where it is signed."""

    office: Office
    title: str
    number: str
    told: str
    place: str


class _Pages:
    """Blocks one below the other, over as many pages as they need."""

    def __init__(self, first: Sequence[Stamp], top: float) -> None:
        self.pages: list[list[Stamp]] = [[*first]]
        self.top = top

    def grid(self, title: str, grid: Grid) -> None:
        """A table under its title, which never stands alone at the foot of a page."""
        self.room(8 + 4 * grid.step)
        some, *more = grid_pages(grid, self.top + 8)
        self.pages[-1] += [section(title, self.top), *some[0]]
        self.pages += [[section(title, NEXT_TOP), *stamps] for stamps, _end in more]
        self.top = (more[-1] if more else some)[1] + 13

    def words(self, text: str) -> None:
        """A paragraph."""
        self.room(5 * len(lines_of(text, "Medium", 9.4, RIGHT - LEFT)))
        stamps, self.top = paragraph_stamps(text, self.top)
        self.pages[-1] += stamps

    def note(self, text: str) -> None:
        """A line close below a table."""
        self.pages[-1].append(Words(LEFT, self.top - 8, text, 8, color="text2"))

    def room(self, height: float) -> None:
        """On another page where this one has less than `height` mm left."""
        if self.top + height > LOWEST:
            self.pages.append([])
            self.top = NEXT_TOP


def evening_sheets(ledger: Ledger, told: Evening, photos: Sequence[bytes] = ()) -> tuple[Sheet, ...]:
    """The pages; `photos` are JPEGs and come last, six a page."""
    paper = _paper(ledger, told)
    pages = _Pages([*_first(paper, told)], 90.0)
    if told.sold or told.unsold:
        pages.grid(_("Per institution"), _units(told))
        if _pieces(told) != told.qty:
            said = _("A bundle counts for what is inside; among the figures above it is one piece.")
            pages.note(said)
    if told.ways:
        pages.grid(_("Per way to pay"), _ways(told))
    if told.best:
        pages.grid(_("Best sellers"), _best(told))
    if told.orders:
        pages.grid(_("Orders"), _orders(told, told.orders))
    for line in _complete(told):
        pages.words(line)
    pages.room(_SIGNED)
    where = ", ".join(part for part in (paper.place, letter_date(told.day)) if part)
    roles = (_("Acknowledged by,"), _("Made by,"))
    pages.pages[-1] += signature_stamps(paper.office.head.signatories, roles, where, pages.top + 6)
    made = [*pages.pages, *_photo_pages(photos)]
    left = f"{paper.title} · {long_date(told.day)}"
    return tuple(
        Sheet(paper.number, WIDTH, HEIGHT, (*some, *edge_stamps(paper.office, left, page_of(n, len(made)))))
        for n, some in enumerate(made, 1)
    )


def _paper(ledger: Ledger, told: Evening) -> _Paper:
    with ledger.read() as conn:
        booths = [one for one in devices(conn).values() if one.role == "booth"]
        place = town(conn, booths)
    number = f"{recap_number(ledger, 'HARIAN')}-{told.day:%d%m}{f'-{told.code}' if told.code else ''}"
    return _Paper(office_of(ledger, told.institution), _("Daily report"), number, printed_at(ledger), place)


def _first(paper: _Paper, told: Evening) -> Iterator[Stamp]:
    yield from head_stamps(paper.office, _("No. {number}").format(number=paper.number), paper.told)
    inside = _("day {number} of {days}").format(number=told.number, days=told.days)
    day = f"{long_date(told.day)} ({inside})" if told.number is not None else long_date(told.day)
    yield from title_stamps(paper.title, f"{told.who} · {day}")
    if told.kept:
        last = (_("Days sold"), "{} / {}".format(*told.kept))
    else:
        units = len(told.sold) + len(told.unsold)
        last = (_("Institutions that sold"), f"{plain(len(told.sold))} / {plain(units)}")
    figures = (
        (_("Net sales"), rupiah(told.total)),
        (_("Transactions"), "–" if told.sales is None else plain(told.sales)),
        (_("Goods sold"), plain(told.qty)),
        last,
    )
    for place, (box, (name, value)) in enumerate(
        zip(((15, 72), (75, 113.2), (116, 154), (157, 195)), figures, strict=True)
    ):
        yield from figure_box(box, name, value, first=place == 0)


def _units(told: Evening) -> Grid:
    """Those that sold by rank, then those that did not, so that silence is seen."""
    everyone = [*told.sold, *told.unsold]
    names = unclassed({one.unit.code: one.unit.name for one in everyone})
    most = max((one.total for one in told.sold), default=0)
    rows = [
        (
            plain(n) if one.qty > 0 else "",
            names[one.unit.code],
            plain(one.qty),
            plain(one.total),
            "" if one.qty > 0 else _("Not sold yet"),
        )
        for n, one in enumerate(everyone, 1)
    ]
    bars = [1000 * max(one.total, 0) // most if most > 0 else 0 for one in everyone]
    columns = (
        Column(_("No."), 21.6, 6, "right"),
        Column(_("Institution"), 24.5, 70, strong=True),
        Column(_("Goods"), 112, 14, "right"),
        Column(_("Net (Rp)"), 142, 26, "right", strong=True),
        Column("", 175, 20),
    )
    added = ("", _("Sum"), plain(_pieces(told)), plain(told.total), "")
    return Grid(columns, rows, added, 6.4, bars, (146, 25), ranked=True)


def _pieces(told: Evening) -> int:
    """What the institutions sold, a bundle as what is inside."""
    return sum(one.qty for one in (*told.sold, *told.unsold))


def _ways(told: Evening) -> Grid:
    columns = (
        Column(_("Way to pay"), LEFT, 70, strong=True),
        Column(_("Payments"), 110, 20, "right"),
        Column(_("Amount (Rp)"), 160, 40, "right", strong=True),
    )
    ways = told.ways or ()
    rows = [(method_name(one.code), plain(one.count), plain(one.amount)) for one in ways]
    added = (
        _("Sum"),
        plain(sum(one.count for one in ways)),
        plain(sum(one.amount for one in ways)),
    )
    return Grid(columns, rows, added)


def _best(told: Evening) -> Grid:
    columns = (
        Column(_("No."), 21.6, 6, "right"),
        Column(_("Product"), 24.5, 66, strong=True),
        Column(_("Institution"), 93, 44),
        Column(_("Goods"), 156, 18, "right"),
        Column(_("Net (Rp)"), 195, 26, "right", strong=True),
    )
    rows = [
        (plain(n), one.name, one.maker, f"{plain(one.qty)} {one.unit}".strip(), plain(one.total))
        for n, one in enumerate(told.best, 1)
    ]
    return Grid(columns, rows, ranked=True)


def _orders(told: Evening, found: Ahead) -> Grid:
    """Only of what there was."""
    columns = (
        Column("", LEFT, 90, strong=True),
        Column(_("How many"), 130, 20, "right"),
        Column(_("Amount (Rp)"), 180, 40, "right", strong=True),
    )
    due = _("To be fetched on {day}, left to pay").format(day=letter_date(told.day + timedelta(days=1)))
    rows = (
        (_("Orders taken"), found.placed, found.total),
        (_("Deposits received"), found.paid, found.received),
        (_("Deposits given back"), None, found.returned),
        (due, found.due, found.rest),
    )
    shown = [
        (name, "" if count is None else plain(count), plain(much))
        for name, count, much in rows
        if count or much
    ]
    return Grid(columns, shown)


def _complete(told: Evening) -> list[str]:
    if told.own:
        when = f"{letter_date(told.now.date())} {clock_time(told.now)} {told.now.tzname() or ''}".strip()
        return [_("The figures are those of this laptop until {when}.").format(when=when)]
    return complete_lines(Table("", "", (), (), complete=told.complete))


def _photo_pages(photos: Sequence[bytes]) -> Iterator[list[Stamp]]:
    for start in range(0, len(photos), 6):
        page: list[Stamp] = [section(_("Photos"), NEXT_TOP)]
        for place, data in enumerate(photos[start : start + 6]):
            x, y = LEFT + place % 2 * _ACROSS, NEXT_TOP + 6 + place // 2 * _DOWN
            page += _photo(data, x, y, start + place + 1)
        yield page


def _photo(data: bytes, x: float, y: float, number: int) -> Iterator[Stamp]:
    """As large as the box allows, in its middle, whole."""
    wide, high = ImageReader(BytesIO(data)).getSize()
    scale = min(_BOX[0] / wide, _BOX[1] / high)
    width, height = wide * scale, high * scale
    left, top = x + (_BOX[0] - width) / 2, y + (_BOX[1] - height) / 2
    yield Picture(left, top, width, height, data)
    yield Frame(x, y, *_BOX, "border", 0.2)
    yield Words(x + 1, y + _BOX[1] + 3.4, _("Photo {number}").format(number=number), 8, color="text2")

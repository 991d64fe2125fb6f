"""The recapitulation of sales on A4: the office's paper at the end of an exhibition.

Page 1 is picture 13-rekap-a4: the institutions; then the days, the products, the ways to pay with the ends of
the chains, and the signatures. Its figures are those of the reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from pos.ledger import Ledger
from pos.model import Table
from pos.money import plain, rupiah
from pos.receipts.blocks import printable
from pos.receipts.fonts import text_width
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
    figure_box,
    grid_pages,
    head_stamps,
    section,
    signature_stamps,
    title_stamps,
)
from pos.receipts.region import Recap, chain_words, page_of, read_recap, unclassed
from pos.receipts.setting import lines_of
from pos.receipts.sheet import Frame, Shape, Sheet, Stamp, Words
from pos.receipts.slip import code_modules
from pos.reports import Period
from pos.standing import Standing
from pos.text import _, long_date

MOST_PRODUCTS = 120  # named one by one; the workbook has them all
_BOX = 25.8  # mm that the frame about the chain is high
_SIGNED = 52.0  # mm that signatures take


def recap_sheets(ledger: Ledger, period: Period, stand: Standing, *, told: str = "") -> tuple[Sheet, ...]:
    """The pages. `stand` is how the books stand now; `told` replaces the words that say when it was printed.

    Raises Refused as the reports do.
    """
    recap = read_recap(ledger, period, stand, told)
    first = [*_first(recap)]
    pages = [first, *_units(recap, first), *_days(recap), *_products(recap), *_ends(recap)]
    left = f"{recap.title} {recap.office.event}"
    return tuple(
        Sheet(
            recap.number, WIDTH, HEIGHT, (*stamps, *edge_stamps(recap.office, left, page_of(n, len(pages))))
        )
        for n, stamps in enumerate(pages, 1)
    )


def _first(recap: Recap) -> Iterator[Stamp]:
    yield from head_stamps(recap.office, _("No. {number}").format(number=recap.number), recap.told)
    yield from title_stamps(recap.title, recap.subtitle)
    figures = _by_key(recap.reports["totals"], recap.reports["totals"].rows[0])
    boxes = ((15, 72), (75, 113.2), (116, 154), (157, 195))
    told = (
        (_("Net sales"), rupiah(figures["total"])),
        (_("Transactions"), _known(figures["sales"])),
        (_("Goods sold"), plain(recap.reports["institutions"].totals["qty"])),  # as summed up below
        (_("Average purchase"), rupiah(figures["average"]) if figures["average"] is not None else "–"),
    )
    for place, (box, (label, value)) in enumerate(zip(boxes, told, strict=True)):
        yield from figure_box(box, label, value, first=place == 0)


def _by_key(report: Table, row: Sequence[Any]) -> dict[str, Any]:
    return dict(zip([column.key for column in report.columns], row, strict=True))


def _known(value: int | None) -> str:
    return "–" if value is None else plain(value)


def _units(recap: Recap, first: list[Stamp]) -> list[list[Stamp]]:
    """The institutions below the figures, on further pages where they are many; the frame of the chain."""
    report = recap.reports["institutions"]
    rows = [_by_key(report, row) for row in report.rows]
    names = unclassed({row["institution"]: row["name"] for row in rows})
    top = max([row["total"] for row in rows], default=0)
    sales = recap.reports["totals"].totals.get("sales")
    cells = [
        (
            plain(row["rank"]),
            names[row["institution"]],
            plain(recap.receipts.get(row["institution"], 0)),
            plain(row["qty"]),
            plain(row["gross"]),
            plain(row["discount"]),
            plain(row["total"]),
            f"{row['days']}/{len(recap.days)}",
        )
        for row in rows
    ]
    columns = (
        Column(_("No."), 21.6, 6, "right"),
        Column(_("Institution"), 24.5, 46, strong=True),
        Column(_("Transactions"), 84.3, 12, "right"),
        Column(_("Goods"), 97.3, 12, "right"),
        Column(_("Gross (Rp)"), 120.5, 21, "right"),
        Column(_("Discount (Rp)"), 140, 19, "right"),
        Column(_("Net (Rp)"), 162.5, 21, "right", strong=True),
        Column(_("Days sold"), 193.4, 14, "right"),
    )
    added = (
        "",
        _("Sum"),
        _known(sales),
        *(plain(report.totals.get(key, 0)) for key in ("qty", "gross", "discount", "total")),
        "",
    )
    bars = [1000 * max(row["total"], 0) // top if top > 0 else 0 for row in rows]
    grid = Grid(columns, cells, added, 6.85, bars, (165.5, 13.1), ranked=True)
    pages = grid_pages(grid, 87.5)
    first += pages[0][0]
    further = [[section(recap.title, NEXT_TOP), *stamps] for stamps, _end in pages[1:]]
    end = pages[-1][1]
    if end + 7 + _BOX > LOWEST + 3:
        further.append([*_chain(recap, NEXT_TOP)])
    else:
        (further[-1] if further else first).extend(_chain(recap, end + 7))
    return further


def _chain(recap: Recap, top: float) -> Iterator[Stamp]:
    """What can be said of the documents, and the code by which it can be checked."""
    lead, said = chain_words(recap.standing)
    yield Frame(LEFT, top, RIGHT - LEFT, _BOX, "border", 0.25, 2.4)
    rows = code_modules(recap)
    dark = tuple(
        ((x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1))
        for y, row in enumerate(rows)
        for x, module in enumerate(row)
        if module
    )
    yield Shape(19.3, top + 3.9, 18 / len(rows), dark, "#000000")
    good = recap.standing.whole
    size, room = 8.9, RIGHT - 43.2 - 4
    while len(lines := lines_of(f"{lead} {printable(said)}", "Medium", size, room)) > 4 and size > 6:
        size -= 0.3
    base = top + (9.2 if len(lines) < 3 else 7)
    for place, line in enumerate(lines):
        x, rest = 43.2, line
        if place == 0 and line.startswith(lead):
            yield Words(x, base, lead, size, "Bold", "text" if good else "danger")
            x, rest = x + text_width(f"{lead} ", "Bold", size), line.removeprefix(lead).strip()
        yield Words(x, base, rest, size, color="text2")
        base += size * 0.51
    label = _("Fingerprint of the recapitulation")
    yield Words(43.2, base, label, size, color="text2")
    x = 43.2 + text_width(f"{label} ", "Medium", size)
    yield Words(x, base, recap.standing.sidik, size, "Bold", "text2")


def _days(recap: Recap) -> list[list[Stamp]]:
    report = recap.reports["days"]
    sold = {row[0]: _by_key(report, row) for row in report.rows}
    top = max((row["total"] for row in sold.values()), default=0)
    none: dict[str, Any] = {"sales": 0, "qty": 0, "gross": 0, "discount": 0, "total": 0}
    cells, bars = [], []
    for day in recap.days:
        row = sold.get(day.isoformat(), none)
        figures = (plain(row[key]) for key in ("qty", "gross", "discount", "total"))
        cells.append((_weekday(day), letter_date(day), _known(row["sales"]), *figures))
        bars.append(1000 * max(row["total"], 0) // top if top > 0 else 0)
    columns = (
        Column(_("Day"), LEFT, 18),
        Column(_("Date"), 33, 34, strong=True),
        *_money_columns(),
    )
    added = ("", _("Sum"), *_sums(report))
    step = 5.75 if len(cells) > 38 else 6.4
    grid = Grid(columns, cells, added, step, bars, (168, 27))
    pages = grid_pages(grid, NEXT_TOP + 8, lowest=LOWEST + 3)
    pages[-1][0].extend(_of_bundles(recap, report, pages[-1][1]))
    return [[section(_("Turnover per day"), NEXT_TOP), *stamps] for stamps, _end in pages]


def _weekday(day: date) -> str:
    return long_date(day).partition(", ")[0]


def _money_columns() -> tuple[Column, ...]:
    return (
        Column(_("Transactions"), 84.3, 14, "right"),
        Column(_("Goods"), 97.3, 12, "right"),
        Column(_("Gross (Rp)"), 120.5, 21, "right"),
        Column(_("Discount (Rp)"), 140, 19, "right"),
        Column(_("Net (Rp)"), 163.5, 21, "right", strong=True),
    )


def _sums(report: Table) -> tuple[str, ...]:
    return tuple(_known(report.totals.get(key)) for key in ("sales", "qty", "gross", "discount", "total"))


def _products(recap: Recap) -> list[list[Stamp]]:
    report = recap.reports["products"]
    rows = [_by_key(report, row) for row in report.rows]
    cells = [
        (
            plain(row["rank"]),
            row["name"],
            row["institution"],
            *(plain(row[key]) for key in ("qty", "gross", "discount", "total")),
        )
        for row in rows[:MOST_PRODUCTS]
    ]
    if rest := rows[MOST_PRODUCTS:]:
        more = _("{count} further products").format(count=plain(len(rest)))
        figures = (plain(sum(row[key] for row in rest)) for key in ("qty", "gross", "discount", "total"))
        cells.append(("", more, "", *figures))
    columns = (
        Column(_("No."), 21.6, 6, "right"),
        Column(_("Product"), 24.5, 56, strong=True),
        Column(_("Institution"), 83, 36),
        Column(_("Goods"), 132, 12, "right"),
        Column(_("Gross (Rp)"), 154, 20, "right"),
        Column(_("Discount (Rp)"), 174, 18, "right"),
        Column(_("Net (Rp)"), 195, 20, "right", strong=True),
    )
    added = ("", _("Sum"), "", *_sums(report)[1:])
    pages = grid_pages(Grid(columns, cells, added, 6.2, ranked=True), NEXT_TOP + 8)
    pages[-1][0].extend(_of_bundles(recap, report, pages[-1][1]))
    return [[section(_("Per product"), NEXT_TOP), *stamps] for stamps, _end in pages]


def _of_bundles(recap: Recap, report: Table, end: float) -> Iterator[Stamp]:
    """Why the pieces of a table are not those of the first page, where that is so."""
    if report.totals.get("qty") != recap.reports["institutions"].totals["qty"]:
        said = _("A bundle is one piece here; on the first page it counts for what is inside.")
        yield Words(LEFT, end + 5, said, 8, color="text2")


def _ends(recap: Recap) -> list[list[Stamp]]:
    """The ways to pay, where each chain ends, and who signs for it."""
    report = recap.reports["payments"]
    rows = [_by_key(report, row) for row in report.rows]
    columns = (
        Column(_("Way to pay"), LEFT, 70, strong=True),
        Column(_("Payments"), 110, 20, "right"),
        Column(_("Amount (Rp)"), 160, 40, "right", strong=True),
        Column(_("Share"), 195, 20, "right"),
    )
    cells = [(row["name"], plain(row["count"]), plain(row["amount"]), f"{row['share']}%") for row in rows]
    added = (_("Sum"), plain(report.totals["count"]), plain(report.totals["amount"]), "")
    ((stamps, end),) = grid_pages(Grid(columns, cells, added), NEXT_TOP + 8)
    pages = [[section(_("Per way to pay"), NEXT_TOP), *stamps]]
    top = end + 14
    chains = grid_pages(_chains(recap), top + 8)
    pages[0] += [section(_("Where each chain ends"), top), *chains[0][0]]
    pages += [[section(_("Where each chain ends"), NEXT_TOP), *more] for more, _end in chains[1:]]
    end = chains[-1][1]
    if end + _SIGNED > LOWEST + 4:
        pages.append([])
        end = NEXT_TOP
    where = ", ".join(part for part in (recap.place, letter_date(_last(recap.days))) if part)
    roles = (_("Acknowledged by,"), _("Made by,"))
    pages[-1] += signature_stamps(recap.office.head.signatories, roles, where, end + 10)
    return pages


def _last(days: Sequence[date]) -> date:
    return days[-1] if days else date.min + timedelta(days=1)


def _chains(recap: Recap) -> Grid:
    numbers = {row[1]: row for row in recap.reports["numbers"].rows}
    columns = (
        Column(_("Booth"), LEFT, 12, strong=True),
        Column(_("Device"), 28, 22),
        Column(_("First receipt"), 52, 30),
        Column(_("Last receipt"), 84, 30),
        Column(_("Receipts"), 122, 14, "right"),
        Column(_("Last document"), 150, 20, "right"),
        Column(_("Fingerprint of its end"), 158, 37),
    )
    rows = [
        (
            one.booth or "–",
            one.device,
            *(numbers[one.device][3:5] if one.device in numbers else ("", "")),
            plain(one.sales),
            plain(one.seq),
            " ".join(one.hash[n : n + 4].upper() for n in range(0, 16, 4)),
        )
        for one in recap.standing.ends
    ]
    return Grid(columns, rows)

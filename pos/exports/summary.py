"""The first sheet: the exhibition in figures, whether the books agree, who has not sold, which receipts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pos.exports.lean import letters
from pos.exports.sheet import Book, Chart, Written
from pos.ledger import Ledger, devices
from pos.model import Column
from pos.money import rupiah
from pos.reports import Period, run_report
from pos.reports.scope import event_days
from pos.text import _, long_date

_CHART_LINES = 16  # lines that the chart covers

Fact = tuple[str, str, Any, str]  # what it is, kind and value of the figure, style
Line = tuple[str, str, int]  # where a turnover is told, the formula that takes it from there, what it is


@dataclass(frozen=True, slots=True)
class Sums:
    """The tables of the workbook by name, for what the first sheet takes from their sums."""

    made: Mapping[str, Written]

    def turnovers(self) -> Iterator[Line]:
        """Every sheet that tells the turnover of all; receipts and lines without what came back."""
        for name, key in (
            ("institutions", "total"),
            ("daily-board", "total"),
            ("products", "total"),
            ("categories", "total"),
            ("payments", "amount"),
            ("buyers", "total"),
            ("cashiers", "total"),
        ):
            written = self.made[name]
            yield written.first, f"={written.places[key]}", written.sums[key]
        back = self.made["returns"]
        for name in ("sales", "lines"):
            written = self.made[name]
            less = written.sums["total"] - back.sums["total"]
            yield (
                f"{written.first} − {back.first}",
                f"={written.places['total']}-{back.places['total']}",
                less,
            )


def write_summary(book: Book, sheet: Any, ledger: Ledger, period: Period, sums: Sums) -> None:
    """Fill the sheet. Its figures are those of the reports for the same `period`."""
    sheet.hide_gridlines(2)
    sheet.set_row(0, 28)
    book.cell(sheet, 0, 0, "text", _("Sales summary"), "title")
    book.cell(sheet, 1, 0, "text", book.heading.event, "fact")
    book.cell(sheet, 2, 0, "text", _office(ledger))
    if word := book.heading.practice:
        said = _("{word}: practice data, not real sales.").format(word=word)
        book.cell(sheet, 3, 0, "text", said, "bad")
    line = 5
    for label, kind, value, style in (*_scope(book, ledger, period), *_figures(ledger, period, sums)):
        book.cell(sheet, line, 0, "text", label)
        book.cell(sheet, line, 1, kind, value, style)
        line += 1
    line = _days(book, sheet, line + 1, sums.made["daily-board"])
    line = _agreement(book, sheet, line, sums)
    silent = [row[2] for row in run_report(ledger, "institutions", period).rows if not row[3]]
    book.cell(sheet, line + 1, 0, "text", _("Institutions without sales"), "fact")
    book.cell(sheet, line + 1, 1, "int", len(silent), "bad" if silent else "fact")
    line += 2
    for name in silent:
        book.cell(sheet, line, 1, "text", name)
        line += 1
    numbers = run_report(ledger, "numbers", period)
    book.cell(sheet, line + 1, 0, "text", numbers.title, "fact")
    book.block(sheet, line + 2, numbers.columns, numbers.rows)


def _days(book: Book, sheet: Any, line: int, board: Written) -> int:
    """The turnover per day as a chart, of the sums below the matrix; returns the first line below it."""
    days = [n for n, column in enumerate(board.columns) if column.kind == "money"][:-1]
    if not days or not board.rows:
        return line
    first, last, name = letters(days[0]), letters(days[-1]), board.sheet.name
    heads = f"='{name}'!${first}$1:${last}$1"
    values = f"='{name}'!${first}${board.line}:${last}${board.line}"
    book.chart(sheet, (line, 0), Chart("column", _("Turnover per day"), heads, values))
    return line + _CHART_LINES


def _agreement(book: Book, sheet: Any, line: int, sums: Sums) -> int:
    """One and the same turnover on every sheet, taken from there by formulas; returns the next free line."""
    found = list(sums.turnovers())
    right = found[0][2]
    columns = (
        Column("sheet", _("Counted from"), "text"),
        Column("total", _("Turnover"), "money"),
        Column("agrees", _("Agrees"), "text"),
    )
    book.cell(sheet, line, 0, "text", _("One figure on every sheet"), "fact")
    line = book.block(sheet, line + 1, columns, ())
    first = line + 1
    yes, no = _("agrees"), _("DIFFERS")
    for label, formula, value in found:
        book.cell(sheet, line, 0, "text", label)
        book.formula(sheet, line, 1, "rupiah", formula, value)
        same = f'=IF(B{line + 1}=$B${first},"{yes}","{no}")'
        book.formula(sheet, line, 2, "text", same, yes if value == right else no)
        line += 1
    return line


def _office(ledger: Ledger) -> str:
    with ledger.read() as conn:
        return " · ".join(sorted({device.event.office for device in devices(conn).values()}))


def _scope(book: Book, ledger: Ledger, period: Period) -> list[Fact]:
    with ledger.read() as conn:
        days = event_days(conn)
        found = [one for one in devices(conn).values() if period.booth in ("", one.booth)]
        booths = sorted({one.booth for one in found if one.role == "booth"})
    first, last = period.start or min(days, default=None), period.end or max(days, default=None)
    return [
        (_("Days"), "text", _span(first, last), "fact"),
        (_("Booths"), "text", ", ".join(booths), "fact"),
        (_("Written"), "text", book.heading.written, "fact"),
    ]


def _figures(ledger: Ledger, period: Period, sums: Sums) -> list[Fact]:
    totals = run_report(ledger, "totals", period)
    facts = [
        (column.title, "rupiah" if column.kind == "money" else column.kind, value, "fact")
        for column, value in zip(totals.columns, totals.rows[0], strict=True)
    ]
    units = sums.made["institutions"]
    sold = totals.rows[0][[column.key for column in totals.columns].index("institutions")]
    told = _("{sold} of {all}").format(sold=sold, all=units.rows)
    facts.append((_("Institutions that sold, of all"), "text", told, "fact"))
    back = sums.made["returns"]
    facts.append((back.first, "int", back.rows, "fact"))
    if (paid := sums.made.get("pnbp")) and "amount" in paid.sums:
        facts.append((paid.first, "rupiah", paid.sums["amount"], "fact"))
    off = run_report(ledger, "reconcile", period).totals["difference"]
    agree = _("All sums agree.") if not off else _("The sums differ by {amount}.").format(amount=rupiah(off))
    return [*facts, (_("Cross-check"), "text", agree, "bad" if off else "fact")]


def _span(first: date | None, last: date | None) -> str:
    if not first or not last:
        return "–"
    return f"{long_date(first)} – {long_date(last)}" if first != last else long_date(first)

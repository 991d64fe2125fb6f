"""One more of everything that EXTENDING.md tells how to add: a way to pay, a report, an export, a paper, a
language and a kind of document. A guest is put where the recipe says, and gone when the test ends.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from babel.messages.pofile import read_po
from sqlalchemy import Table as SqlTable

from pos import journal, papers
from pos.checkout import read_sale
from pos.columns import key, table, text, text_key, whole
from pos.derive.shapes import Rows, day, within
from pos.exports.request import Request
from pos.exports.sources import source
from pos.ledger import Ledger
from pos.model import Column, Document, Fields, Sale, Table
from pos.papers import PAPERS, Kind, Paper, PaperRef, Source
from pos.payments import METHODS, Method
from pos.receipts.blocks import Slip, Text, rows
from pos.reports import Period
from pos.reports.scope import figure_columns, figures, goods_of, narrowed, plain_rows, summed
from pos.text import LANGUAGES, Speech, weekday_names
from tests.texts import compiled, compiled_at

VOUCHER = Method("voucher", lambda: "Voucher", limit=500_000)
JAVANESE = Speech(
    "Basa Jawa",
    "Januari Fèbruari Maret April Mèi Juni Juli Agustus Sèptèmber Oktober Nopèmber Dhésèmber".split(),
    "Senèn Selasa Rebo Kemis Jemuwah Setu Minggu".split(),
)
SAID = {"Change": "Susuk", "Totals": "Gunggunge", "Settings": "Setèlan"}


def load(*packages: str) -> None:
    """Import every module now: one that came later, while a guest is there, would keep it for ever."""
    for package in packages:
        for found in walk_packages(import_module(package).__path__, f"{package}."):
            if not found.name.endswith("__main__"):
                import_module(found.name)


def put(patch: pytest.MonkeyPatch, name: str, old: object, new: object) -> None:
    """`new` stands wherever `old` is called `name`: as if the file that defines it said so."""
    for module in list(sys.modules.values()):
        ours = module.__name__.partition(".")[0] in {"pos", "ui", "tests"}
        if ours and vars(module).get(name) is old:
            patch.setattr(module, name, new)


def put_voucher(patch: pytest.MonkeyPatch) -> None:
    """Vouchers of the exhibition pay, up to Rp500.000."""
    put(patch, "METHODS", METHODS, {**METHODS, VOUCHER.code: VOUCHER})


def weekdays(ledger: Ledger, period: Period) -> Table:
    """A report: what was sold on Mondays, on Tuesdays, and so on."""
    sold = goods_of(period)
    query = sold.select().with_only_columns(sold.c.day, *figures(sold))
    with ledger.read() as conn:
        days = plain_rows(conn, query.where(*narrowed(sold, period)).group_by(sold.c.day))
    found: dict[int, list[int]] = {}
    for on, *counts in days:
        number = day_number(on)
        found[number] = [a + b for a, b in zip(found.get(number, [0] * len(counts)), counts, strict=True)]
    names = weekday_names()
    made = [(names[number], *found[number]) for number in sorted(found)]
    columns = (Column("weekday", "Weekday", "text"), *figure_columns())
    return summed("weekdays", "Per weekday", columns, made, "qty gross discount total")


def day_number(on: str) -> int:
    """0 for a Monday."""
    from datetime import date

    return date.fromisoformat(on).weekday()


def write_markdown(ledger: Ledger, path: Path, request: Request) -> int:
    """An export: one table for a text editor."""
    told = source(ledger, request.table or "lines", request.period)
    heads = [column.title for column in told.columns]
    lines = [heads, ["---"] * len(heads), *request.watched(told.rows, told.count)]
    path.write_text("".join(f"| {' | '.join(map(str, line))} |\n" for line in lines), "utf-8")
    return len(lines) - 2


def draw_gift(ledger: Ledger, device: str, seq: int, columns: int, copy: int) -> Paper:
    """A paper: what was bought, without a price, for whoever it is given to."""
    sold = papers.PAPERS["sale"].draw(ledger, device, seq, columns, copy)
    assert isinstance(sold, Slip)
    with ledger.read() as conn:
        doc = journal.document(conn, device, seq)
    assert doc is not None
    sale = read_sale(doc)
    goods = (row for line in sale.lines for row in rows(f"{line.qty} x {line.name}", "", columns))
    return Slip(f"Hadiah {sale.receipt}", columns, (Text("HADIAH", bold=True, align="center"), *goods))


def put_gift(patch: pytest.MonkeyPatch) -> None:
    """Every sale has a gift slip."""
    before = papers.papers_of

    def with_gift(found: Source) -> tuple[PaperRef, ...]:
        told = before(found)
        if not isinstance(found, Sale):
            return told
        return (*told, PaperRef("gift", f"{found.receipt}-hadiah", found.device, found.seq))

    put(patch, "PAPERS", PAPERS, {**PAPERS, "gift": Kind(lambda: "Gift slip", "roll", draw_gift)})
    put(patch, "papers_of", before, with_gift)


def put_javanese(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """The program speaks Javanese, as far as SAID goes."""
    po = folder / "locale/jv.po"
    po.parent.mkdir()
    said = "".join(f'msgid "{text}"\nmsgstr "{ours}"\n\n' for text, ours in SAID.items())
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    po.write_text(head + said, "utf-8")
    compiled_at(po).parent.mkdir(parents=True)
    with po.open("rb") as file:
        compiled_at(po).write_bytes(compiled(read_po(file, locale="jv")))
    patch.setattr("pos.text.resource", lambda name: folder / name)
    put(patch, "LANGUAGES", LANGUAGES, {**LANGUAGES, "jv": JAVANESE})


def visit_table() -> SqlTable:
    """The rows of a kind of document: how many people came by, counted by hand."""
    return table("visit", text_key("device"), key("seq"), text("day"), whole("people"))


def visit_of(into: SqlTable) -> Any:
    """From a `visit` to its row."""

    def visit(doc: Document, body: Fields, made: Rows) -> None:
        made[into].append((doc.device, doc.seq, day(body["day"]), within(body["people"], 0, 100_000)))

    return visit

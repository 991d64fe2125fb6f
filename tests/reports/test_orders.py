"""The report of orders: what is due, paid and left; nobody is named."""

from __future__ import annotations

from pathlib import Path

from pos.deposits import cancel
from pos.exports.request import Request
from pos.exports.workbook import write
from pos.ledger import Ledger
from pos.order_book import order_of
from pos.reports import Period, run_report
from tests.books import DAY
from tests.ordering import ahead, counter, handed_over, ordered


def test_every_order_has_its_row(till: Ledger) -> None:
    waits, taken, dropped = ordered(till), ordered(till, due=None), ordered(till)
    ahead(till, waits, 100_000)
    sale = handed_over(till, taken)
    cancel(till, dropped, counter(till, "sari"))
    table = run_report(till, "orders", Period(DAY, DAY, booth="S03"))
    rows = {row[0]: row for row in table.rows}
    with till.read() as conn:
        waits = order_of(conn, waits.root)
    assert rows[waits.receipt][2:] == (
        *("2023-04-14", "2023-04-15", "Instagram", "DP diterima"),
        *(3, 300_000, 100_000, 200_000, None, ""),
    )
    assert rows[taken.receipt][3:6] == (None, "Instagram", "Diambil")
    assert rows[taken.receipt][9:] == (0, "2023-04-14", sale.receipt)
    assert rows[dropped.receipt][5] == "Batal"
    assert table.totals == {"qty": 9, "total": 900_000, "deposit": 100_000, "rest": 200_000}
    assert "Ratna" not in repr(table)


def test_the_workbook_has_a_sheet_of_orders(till: Ledger, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    ordered(till)
    write(till, tmp_path / "rekap.xlsx", Request(Period()))
    book = load_workbook(tmp_path / "rekap.xlsx", read_only=True)
    assert "Pesanan" in book.sheetnames
    assert not any(
        "Ratna" in str(cell) for row in book["Pesanan"].iter_rows(values_only=True) for cell in row
    )

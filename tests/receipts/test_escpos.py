"""The bytes for receipt printers, run by a small printer: every row, every code, nothing cut."""

from __future__ import annotations

import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st

from pos.ledger import Ledger
from pos.model import Product
from pos.money import plain, rupiah
from pos.receipts.bitmap import bitmap, runs
from pos.receipts.blocks import printable
from pos.receipts.escpos import escpos, plain_letters
from pos.receipts.measures import CELL, PAPERS
from pos.receipts.slip import refund_slip, sale_slip
from pos.receipts.svg import polygons
from pos.receipts.text import slip_text
from pos.refunds import void
from tests.books import busy_day, sell, shift_of, with_catalogue
from tests.receipts.printer import run


@pytest.mark.parametrize("columns", PAPERS)
def test_every_row_of_every_kind_of_sale_is_printed(till: Ledger, columns: int) -> None:
    for sale in busy_day(till):
        slip = sale_slip(till, sale, columns=columns, copy=1)
        rows = [row for row, _bold, _tall in run(escpos(slip), columns * CELL).rows if row]
        motif = "/\\" * (columns // 2)  # which the printer draws
        text = [row.strip() for row in slip_text(slip).splitlines() if row and row != motif]
        spread = [" ".join(row.split()) for row in rows]
        assert spread == [" ".join(plain_letters(row).split()) for row in text]


@pytest.mark.parametrize("columns", PAPERS)
def test_scanners_read_both_codes_off_the_dots(till: Ledger, columns: int) -> None:
    sale = sell(till, {"NASTAR-500": 2})
    for paper, slip in (
        (sale, sale_slip(till, sale, columns=columns)),
        (back := void(till, sale, shift_of(till), "rina"), refund_slip(till, back, columns=columns)),
    ):
        page = run(escpos(slip), columns * CELL).page()
        found = {str(code.format): code.text for code in zxingcpp.read_barcodes(page)}
        assert found == {"Code 128": paper.receipt, "QR Code": f"{paper.receipt} {paper.code}"}


def test_the_total_is_tall_and_reaches_from_edge_to_edge(till: Ledger) -> None:
    sale = sell(till, {"NASTAR-500": 2})
    (total,) = [row for row in run(escpos(sale_slip(till, sale)), 576).rows if row[2]]
    assert total == ("TOTAL" + rupiah(sale.total).rjust(43), True, True)


def test_no_amount_is_cut_and_strange_letters_cost_no_room(till: Ledger) -> None:
    name = "Kaligrafi “Qur’an” – édisi ke-½ … 🎂 • jati"
    with_catalogue(till, [Product("ANEH", name, 987_654_321, "LPP-PLG")])
    sale = sell(till, {"ANEH": 1_000})
    for columns in PAPERS:
        rows = [
            row for row, _b, _t in run(escpos(sale_slip(till, sale, columns=columns)), columns * CELL).rows
        ]
        assert any(row.endswith(" " + plain(sale.total)) for row in rows)
        assert any(row.endswith(rupiah(sale.total)) for row in rows)
        assert 'Kaligrafi "Qur\'an" - edisi ke-1' in " ".join(row.strip() for row in rows)


@given(st.text())
def test_letters_become_ascii_one_for_one(text: str) -> None:
    plainer = plain_letters(printable(text))
    assert len(plainer) == len(printable(text))
    assert all(" " <= letter <= "~" for letter in plainer)


def test_the_paper_is_fed_to_where_it_is_torn_and_cut_only_when_asked(till: Ledger) -> None:
    slip = sale_slip(till, sell(till, {"PECI": 1}))
    torn, cut = run(escpos(slip), 576), run(escpos(slip, cut=True), 576)
    assert (torn.fed_lines, torn.cuts) == (4, 0)
    assert (cut.fed_lines, cut.cuts) == (4, 1)


def test_the_head_burns_the_drawing_and_nothing_else() -> None:
    square = bitmap(runs([((1, 1), (3, 1), (3, 3), (1, 3))], 1, 0, 2), 10, 8)
    assert [f"{row:010b}" for row in square.rows] == [
        "0000000000",
        "0000000000",
        *["0001111000"] * 4,
        "0000000000",
        "0000000000",
    ]
    assert square.packed()[4:6] == bytes([0b00011110, 0])
    logo = bitmap(runs(polygons("lambang-lapak-hitam"), 0, 0, 2), 96, 96)
    drawn = [y for y, row in enumerate(logo.rows) if row]
    assert (drawn[0], drawn[-1]) == (16, 88)
    assert f"{logo.rows[70]:096b}".count("1") == 2 * 7 + 17  # two posts and the diamond between them

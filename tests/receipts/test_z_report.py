"""X and Z report: on every width, drawn from the stored document alone, and silent where they must be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.catalog import post_products
from pos.clock import stopped_at
from pos.closing import close_shift, close_uncounted, x_report
from pos.drawer import BANK, IN, OUT, Move, move_cash
from pos.drawer_count import lock_count
from pos.ledger import Ledger
from pos.model import Staff
from pos.money import MAX_AMOUNT
from pos.receipts.escpos import escpos, plain_letters
from pos.receipts.fonts import text_width
from pos.receipts.measures import CELL
from pos.receipts.pdf import pdf_bytes
from pos.receipts.sheet import Words
from pos.receipts.text import slip_text
from pos.receipts.z_report import closing_slip, fingerprint
from pos.receipts.z_sheet import HEIGHT, LEFT, RIGHT, WIDTH, closing_sheets
from pos.refunds import void
from pos.shifts import open_shift
from pos.staff import post_staff
from tests.books import CATALOGUE, DAY, MOMENT, busy_day, documents, end_shift, shift_of
from tests.receipts.printer import run


def a_full_day(ledger: Ledger) -> None:
    """Sales, a void, and money in and out of the drawer."""
    void(ledger, busy_day(ledger)[0], shift_of(ledger), "rina")
    for move in (Move(IN, 30_000, "x"), Move(OUT, 10_000, "x"), Move(BANK, 100_000, "x")):
        move_cash(ledger, shift_of(ledger), move, "sari")


def rows_of(text: str) -> dict[str, str]:
    """What stands at the right edge, by what stands at the left."""
    parts = [row.rsplit("  ", 1) for row in text.splitlines() if "  " in row.strip()]
    return {left.strip(): right.strip() for left, right in parts}


@pytest.mark.parametrize("columns", [48, 32])
def test_the_paper_says_the_day_in_sums_that_add_up(till: Ledger, columns: int) -> None:
    a_full_day(till)
    closed = end_shift(till)
    text = slip_text(closing_slip(till, closed, columns=columns))
    assert max(map(len, text.splitlines())) <= columns
    figures = {name: int(value.replace(".", "")) for name, value in rows_of(text).items() if _whole(value)}
    assert figures["Penjualan kotor"] + figures["Diskon"] == figures["Penjualan bersih"]
    assert figures["Penjualan bersih"] + figures["Dibatalkan (1)"] == figures["Omzet"]
    ways = sum(figures[each] for each in ("Tunai (4)", "QRIS (2)", "Transfer (1)", "Kartu (1)"))
    assert ways == figures["Penjualan bersih"]
    drawer = (
        "Modal awal",
        "Penjualan tunai",
        "Tunai dikembalikan",
        "Kas masuk",
        "Kas keluar",
        "Setor ke bendahara",
    )
    assert sum(figures[name] for name in drawer) == figures["Seharusnya"] == closed.expected
    assert figures["Dihitung"] - figures["Seharusnya"] == figures["Selisih"]
    assert rows_of(text)["No. laporan"] == closed.paper
    assert "LAPORAN Z · SIF 1" in text
    assert "(Rina Oktaviani)" in text
    assert "(Sari Wulandari)" in text


def _whole(value: str) -> bool:
    return value.removeprefix("-").replace(".", "").isdigit()


def test_the_fingerprint_is_the_closings_own_hash_in_groups_of_eight(till: Ledger) -> None:
    closed = end_shift(till)
    last = documents(till)[till.own().code][-1]
    assert "".join(fingerprint(closed)).lower() == last.hash
    assert {len(group) for group in fingerprint(closed)} == {8}
    text = slip_text(closing_slip(till, closed))
    assert all(group in text for group in fingerprint(closed))


def test_it_is_drawn_as_it_was_stored_whatever_was_changed_since(till: Ledger) -> None:
    a_full_day(till)
    closed = end_shift(till)
    before = closing_slip(till, closed), closing_sheets(till, closed)
    post_staff(till, [Staff("rina", "Orang Lain"), Staff("sari", "Siapa Saja", "petugas")])
    post_products(till, [replace(CATALOGUE[0], name="Lain", price=1)])
    till.clock = stopped_at(MOMENT.replace(hour=23))
    assert (closing_slip(till, closed), closing_sheets(till, closed)) == before


def test_a_copy_says_so(till: Ledger) -> None:
    closed = end_shift(till)
    assert "SALINAN ke-2, 14.07" in slip_text(closing_slip(till, closed, copy=2))
    assert "SALINAN ke-3" in closing_sheets(till, closed, copy=3)[0].text
    assert "SALINAN" not in slip_text(closing_slip(till, closed))


def test_a_blind_x_report_tells_nothing_of_the_cash(till: Ledger) -> None:
    a_full_day(till)
    shown = x_report(till, shift_of(till), "rina")
    blind, full = (slip_text(closing_slip(till, shown, blind=each)) for each in (True, False))
    hidden = ("Seharusnya", "Tunai", "Modal awal", "Penjualan", "Omzet", "Diskon")
    assert not any(word in blind for word in hidden)
    assert all(word in full for word in hidden)
    assert "QRIS (2)" in blind
    assert "LAPORAN X" in blind
    assert "Ketua stan" not in full
    assert not any(word in closing_sheets(till, shown, blind=True)[0].text for word in hidden)


@pytest.mark.parametrize("columns", [48, 32])
def test_a_printer_prints_every_row(till: Ledger, columns: int) -> None:
    a_full_day(till)
    slip = closing_slip(till, end_shift(till), columns=columns, copy=2)
    rows = [" ".join(row.split()) for row, _bold, _tall in run(escpos(slip), columns * CELL).rows if row]
    text = [" ".join(plain_letters(row).split()) for row in slip_text(slip).splitlines() if row]
    assert rows == text


def test_without_sales_it_is_whole_too(till: Ledger) -> None:
    text = slip_text(closing_slip(till, end_shift(till)))
    assert rows_of(text)["Transaksi"] == "0"
    assert "No. awal" not in text


def test_a_shift_that_nobody_counted_says_so(till: Ledger) -> None:
    closed = close_uncounted(till, shift_of(till), "Lupa ditutup", "sari")
    text = slip_text(closing_slip(till, closed))
    assert "TIDAK DIHITUNG" in text
    assert "Alasan: Lupa ditutup" in text
    assert "Selisih" not in text


@pytest.mark.parametrize("columns", [48, 32])
def test_the_largest_figures_and_longest_names_are_never_cut(till: Ledger, columns: int) -> None:
    long = "Raden Ajeng " + "Sastrodiningrat-" * 4 + "\u202eSiti <b>\U0001f600"
    post_staff(till, [Staff("rina", long), Staff("sari", long, "petugas")])
    end_shift(till)
    shift = open_shift(till, "rina", DAY, MAX_AMOUNT)
    count = lock_count(till, shift, {100_000: 1}, "rina")
    closed = close_shift(till, shift, (count,), "x" * 120, "sari")
    text = slip_text(closing_slip(till, closed, columns=columns))
    assert max(map(len, text.splitlines())) <= columns
    assert "1.000.000.000.000" in text
    assert "-999.999.900.000" in text
    assert escpos(closing_slip(till, closed, columns=columns))
    (sheet,) = closing_sheets(till, closed)
    for words in (stamp for stamp in sheet.stamps if isinstance(stamp, Words)):
        width = text_width(words.text, words.weight, words.size)
        left = words.x - width * {"left": 0, "right": 1, "center": 0.5}[words.align]
        assert left >= LEFT - 1
        assert left + width <= RIGHT + 1, words.text
    assert pdf_bytes((sheet,)).startswith(b"%PDF")


def test_the_sheet_is_one_page_of_a4_with_room_for_two_signatures(till: Ledger) -> None:
    a_full_day(till)
    (sheet,) = closing_sheets(till, end_shift(till, 100_000, "Uang receh tidak ada"))
    assert (sheet.width, sheet.height) == (WIDTH, HEIGHT) == (210, 297)
    assert {"Kasir", "Ketua stan", "Rina Oktaviani", "Sari Wulandari"} <= set(sheet.text.split("\n"))
    assert max(stamp.y for stamp in sheet.stamps) < HEIGHT - 10
    assert "1 × 100.000" in sheet.text

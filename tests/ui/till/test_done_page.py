"""The papers of a sale that was just made, and its void, over real books."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from pos.clock import stopped_at
from pos.ledger import Ledger
from pos.model import Refund, Sale
from pos.refunds import find_refund, refunds_of
from pos.staff import staff
from pos.stock import on_hand
from tests.books import DAY, MOMENT, next_shift, sell, set_pin, shift_of
from tests.ui.hands import button, buttons, key, tap, texts
from tests.ui.opened import Opened
from ui import work
from ui.people.approval_sheet import ApprovalSheet
from ui.question import Question
from ui.slip_view import SlipView
from ui.till.done_page import DonePage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def sale(page: DonePage, till: Ledger, qtbot: QtBot) -> Sale:
    """Two peci, paid in cash and shown."""
    sale = sell(till, {"PECI": 2})
    page.show_sale(sale)
    qtbot.waitUntil(lambda: sale.receipt in described(page))
    return sale


def described(page: DonePage) -> str:
    (view,) = page.findChildren(SlipView)
    return view.accessibleDescription()


def cancel(page: DonePage) -> None:
    """Ctrl+B, and yes."""
    key(Qt.Key.Key_B, CTRL)
    (question,) = (one for one in page.window().findChildren(Question) if one.isVisible())
    tap(button(question, "Ya, batalkan"))


def test_each_tab_shows_its_paper(page: DonePage, sale: Sale, qtbot: QtBot) -> None:
    assert f"No. {sale.receipt}  " in described(page)
    tap(button(page, "58 mm"))
    assert max(map(len, described(page).splitlines())) <= 32
    tap(button(page, "A5"))
    qtbot.waitUntil(lambda: "Seratus ribu rupiah" in described(page))
    tap(button(page, "80 mm"))
    assert f"No. {sale.receipt}  " in described(page)


def test_a_kuitansi_that_comes_late_does_not_hide_another_paper(page: DonePage, sale: Sale) -> None:
    tap(button(page, "A5"))
    tap(button(page, "80 mm"))
    work.finish()
    assert f"No. {sale.receipt}  " in described(page)


def test_prints_are_counted_by_paper_and_only_copies_are_marked(
    page: DonePage, sale: Sale, opened: Opened, home: Path, qtbot: QtBot
) -> None:
    key(Qt.Key.Key_K, CTRL)
    key(Qt.Key.Key_K, CTRL)
    tap(button(page, "58 mm"))
    key(Qt.Key.Key_P, CTRL)
    key(Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: "Struk tersimpan" in texts(page))
    assert opened.names == [
        f"KW-{sale.receipt}.pdf",
        f"KW-{sale.receipt}-salinan-1.pdf",
        f"{sale.receipt}.pdf",
    ]
    copy = f"{sale.receipt}-salinan-1.pdf"
    assert {file.name for file in (home / "struk").iterdir()} == {*opened.names, copy}


def test_hampers_have_a_packing_slip_and_other_goods_have_none(
    page: DonePage, sale: Sale, till: Ledger, opened: Opened, home: Path, qtbot: QtBot
) -> None:
    assert "Slip kemas" not in {one.text() for one in buttons(page)}
    key(Qt.Key.Key_H, CTRL)
    work.finish()
    assert opened.names == []
    hampers = sell(till, {"HAMPERS": 2})
    page.show_sale(hampers)
    tap(button(page, "Slip kemas"))
    qtbot.waitUntil(lambda: "BUKAN BUKTI BAYAR" in described(page))
    assert "[ ] 2 x Semprong" in described(page)
    assert "Slip kemas" in texts(page)
    work.finish()
    assert opened.names == [f"{hampers.receipt}-kemas.pdf"]
    assert (home / "struk" / opened.names[0]).read_bytes().startswith(b"%PDF")
    tap(button(page, "80 mm"))  # the way back to the receipt
    assert f"No. {hampers.receipt}  " in described(page)
    assert "SLIP KEMAS" not in described(page)
    assert "Struk" in texts(page)
    tap(button(page, "58 mm"))
    key(Qt.Key.Key_H, CTRL)
    qtbot.waitUntil(lambda: "SLIP KEMAS" in described(page))
    assert max(map(len, described(page).splitlines())) <= 32
    page.show_sale(sale)
    qtbot.waitUntil(lambda: f"{sale.receipt}" in described(page))
    assert "Slip kemas" not in {one.text() for one in buttons(page)} | set(texts(page))


def test_a_cancelled_sale_has_given_everything_back(
    page: DonePage, sale: Sale, till: Ledger, qtbot: QtBot
) -> None:
    assert on_hand(till)["PECI"] == 98
    with qtbot.waitSignals([page.voided, page.app.posted]):
        cancel(page)
    with till.read() as conn:
        (back,) = refunds_of(conn, sale)
    assert (back.void, back.total, back.cashier) == (True, 100_000, "rina")
    assert on_hand(till)["PECI"] == 100
    assert {"Transaksi dibatalkan", "Rp100.000", "Kembalikan: Tunai"} <= set(texts(page))
    assert "BUKTI PEMBATALAN" in described(page)


def test_the_paper_of_a_void_is_served_like_any_other(
    page: DonePage, sale: Sale, till: Ledger, opened: Opened, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(page.voided) as told:
        cancel(page)
    (back,) = told.args or [None]
    assert isinstance(back, Refund)
    assert find_refund(till, back.receipt) == back
    for _time in range(2):
        tap(button(page, "Cetak"))
    key(Qt.Key.Key_C, CTRL)
    assert f"Untuk struk {sale.receipt}" in QGuiApplication.clipboard().text()
    work.finish()
    assert opened.names == [f"{back.receipt}.pdf", f"{back.receipt}-salinan-1.pdf"]


def test_a_sale_of_another_shift_is_not_cancelled_and_the_reason_is_told(
    page: DonePage, sale: Sale, till: Ledger, qtbot: QtBot
) -> None:
    page.app.set_shift(next_shift(till, "sari", DAY))
    with qtbot.assertNotEmitted(page.voided):
        key(Qt.Key.Key_B, CTRL)
    assert any(sale.receipt in text and "sif" in text for text in texts(page))
    with till.read() as conn:
        assert refunds_of(conn, sale) == []
    assert shift_of(till).cashier == "sari"


def test_later_an_officer_cancels_it_with_a_reason(page: DonePage, sale: Sale, till: Ledger) -> None:
    till.clock = stopped_at(MOMENT + timedelta(minutes=5))
    set_pin(till, "sari", "715902")
    page.app.staff = staff(till)
    key(Qt.Key.Key_B, CTRL)
    (sheet,) = (one for one in page.findChildren(ApprovalSheet) if one.isVisible())
    tap(button(sheet, "Tercatat dua kali"))
    for digit in "715902":
        tap(button(sheet, digit))
    work.finish()
    with till.read() as conn:
        (back,) = refunds_of(conn, sale)
    assert (back.void, back.by, back.reason, back.cashier) == (True, "sari", "Tercatat dua kali", "rina")
    assert "Transaksi dibatalkan" in texts(page)


def test_the_done_screen_is_ready_without_reportlab() -> None:
    code = "import sys, ui.till.done_page; print({'reportlab', 'segno'} & {*sys.modules})"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "set()\n"

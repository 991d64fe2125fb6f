"""Deposits through the payment sheet: their amount, their receipt, and money that is never only in memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices

from pos.qris import sample_payload
from tests.ui.hands import key, texts, type_text
from tests.ui.orders.desk import Desk
from ui.orders.ask_sheets import DepositSheet
from ui.orders.paper_sheet import PaperSheet

K = Qt.Key
SITI = "Siti Maryam"

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus, without a screen


def test_a_deposit_comes_in_and_its_receipt_is_shown(desk: Desk) -> None:
    desk.select(SITI)
    desk.press("Terima DP")
    type_text("50000")
    key(K.Key_Return)
    type_text("100000")
    key(K.Key_Return)
    desk.rest()
    assert isinstance(desk.sheet, PaperSheet)
    assert {"DP diterima", "Rp50.000"} <= set(texts(desk.page))
    assert (desk.shown.paid, desk.shown.state) == (50_000, "deposit")


def test_a_deposit_above_the_order_cannot_be_typed(desk: Desk) -> None:
    desk.select(SITI)
    desk.press("Terima DP")
    type_text("200001")
    assert desk.says("DP tidak boleh lebih besar dari pesanan")
    key(K.Key_Return)
    assert isinstance(desk.sheet, DepositSheet)
    assert desk.shown.paid == 0


def test_half_is_offered(desk: Desk) -> None:
    desk.select(SITI)
    desk.press("Terima DP")
    desk.press("Separuh Rp100.000")
    desk.press("Lanjut bayar Rp100.000")
    key(K.Key_F7)
    key(K.Key_Return)
    desk.rest()
    assert [(one.method, one.amount) for one in desk.shown.deposits] == [("transfer", 100_000)]


def test_a_part_that_came_in_is_a_deposit_whatever_happens_next(desk: Desk) -> None:
    key(K.Key_F9)
    key(K.Key_F12)
    type_text("50000")
    key(K.Key_Return)
    desk.rest()
    assert [one.amount for one in desk.orders[0].deposits] == [100_000, 50_000]
    key(K.Key_Escape)
    desk.rest()
    assert desk.says("dicatat sebagai DP")
    assert desk.shown.rest == 150_000
    key(K.Key_F9)
    key(K.Key_F10)
    desk.rest()
    sale = desk.frame.desk.sale
    assert sale is not None
    assert [(part.method, part.amount) for part in sale.payments] == [("deposit", 150_000), ("cash", 150_000)]


def test_parts_end_in_one_hand_over(desk: Desk) -> None:
    key(K.Key_F9)
    key(K.Key_F12)
    type_text("50000")
    key(K.Key_Return)
    key(K.Key_F10)
    key(K.Key_Return)
    desk.rest()
    sale = desk.frame.desk.sale
    assert sale is not None
    assert [(part.method, part.amount) for part in sale.payments] == [("deposit", 150_000), ("cash", 150_000)]


def test_qris_that_does_not_come_leaves_the_order_open(desk: Desk) -> None:
    shown: list[object] = []
    desk.frame.app.qris_shown.connect(shown.append)
    desk.frame.app.booth["qris"] = sample_payload()
    key(K.Key_F9)
    key(K.Key_F6)
    assert getattr(shown[-1], "amount", 0) == 200_000
    sheet = desk.page.acts.paying.sheet
    assert sheet is not None
    sheet._qris.not_come.emit()
    desk.rest()
    assert desk.says("Belum dibayar")
    assert shown[-1] is None
    assert desk.shown.state == "ready"


def test_printing_counts_copies(desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.fileName()))
    monkeypatch.setenv("LAPAK_HOME", str(tmp_path))
    key(K.Key_P, Qt.KeyboardModifier.ControlModifier)
    for _press in range(2):
        key(K.Key_P, Qt.KeyboardModifier.ControlModifier)
        desk.rest()
    assert opened == [f"{desk.shown.receipt}.pdf", f"{desk.shown.receipt}-salinan-1.pdf"]

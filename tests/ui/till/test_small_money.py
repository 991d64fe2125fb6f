"""Small notes that run out are told once, and what to ask the buyer for stands where they pay."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from tests.ui.hands import button, key, tap, texts
from tests.ui.shop import desk_of, ledger_of, write
from tests.ui.till.stand import tap_tile
from ui import work
from ui.start import Start


def pay(start: Start, sku: str, tendered: str) -> None:
    tap_tile(desk_of(start), sku)
    key(Qt.Key.Key_F9)
    write(start, tendered)
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Return)


def asked(start: Start) -> str:
    """What stands below the amounts of one tap."""
    sheet = desk_of(start).till.sheet
    assert sheet is not None
    return next((text for text in texts(sheet) if text.startswith(("Ada uang", "Uang kecil"))), "")


def test_it_is_told_once_and_a_refill_quiets_it(qtbot: QtBot, shop: Start) -> None:
    desk = desk_of(shop)
    watch = desk.small_money
    qtbot.waitUntil(lambda: watch.small == 100_000)  # half of the float
    watch._show(26_000)
    pay(shop, "NASTAR-500", "70000")  # 5.000 goes back
    assert watch.small == 21_000
    assert not desk.till.cart.toast.isVisible()
    pay(shop, "NASTAR-500", "70000")
    assert watch.small == 16_000
    assert "Uang kecil menipis: sekitar Rp16.000" in texts(desk.till.cart.toast)
    tap_tile(desk, "NASTAR-500")
    key(Qt.Key.Key_F9)
    assert (
        asked(shop) == "Uang kecil menipis. Ada uang kecil Rp5.000? Untuk Rp70.000 kembalinya jadi Rp10.000."
    )
    key(Qt.Key.Key_Escape)
    watch._show(16_000)
    desk.till.cart.toast.hide()
    watch._show(12_000)
    assert not desk.till.cart.toast.isVisible()  # it was told
    watch.refilled()
    watch._show(19_000)
    tap(button(desk.till.cart.toast, "Sudah diisi"))
    assert watch.small == 100_000
    tap(desk.till.cart.foot.pay)
    assert asked(shop).startswith("Ada uang kecil")
    write(shop, "65000")
    assert asked(shop) == ""  # exact: nothing to ask


def test_a_sale_asks_the_ledger_for_nothing_more(qtbot: QtBot, shop: Start) -> None:
    """Counting on is arithmetic: not one statement is read for it."""
    desk = desk_of(shop)
    qtbot.waitUntil(lambda: desk.small_money.small is not None)
    pay(shop, "NASTAR-500", "70000")
    work.finish()
    sale = desk.done and desk.done._shown
    said: list[str] = []
    event.listen(ledger_of(shop).engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    desk.small_money.count(sale)  # type: ignore[arg-type]
    assert said == []

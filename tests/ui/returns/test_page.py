"""Goods come back at the till: found by scan, number or search; by touch and by keys; and only once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from pos.approvals import granted
from pos.ledger import Ledger
from pos.model import Refund, Sale
from pos.refunds import void
from pos.returns import Item, Wanted, came_back, returnable, take_back
from pos.stock import on_hand
from tests.books import sell, shift_of
from tests.ui.hands import button, buttons, focused, key, show, tap, texts, wait_for
from ui import work
from ui.app import App
from ui.frame import Frame
from ui.people.approval_sheet import ApprovalSheet
from ui.returns.page import ReturnsPage
from ui.theme import Theme


@pytest.fixture
def frame(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[Frame]:
    """A till at which the officer Sari sits."""
    frame = Frame(App.over(till, theme))
    frame.app.sign_in(frame.app.staff["sari"])
    frame.resize(1366, 768)
    show(qtbot, frame)
    yield frame
    work.finish()


def page_of(frame: Frame) -> ReturnsPage:
    """The page, which is in sight; what it asked for has come."""
    page = frame.screens.currentWidget()
    assert isinstance(page, ReturnsPage)
    settle()
    return page


def settle() -> None:
    """What is being searched for has come, and stands in its place."""
    QTest.qWait(150)
    work.finish()
    QApplication.processEvents()


def shown(page: ReturnsPage) -> str:
    """The number of the paper that is shown."""
    return page.detail.shown.receipt if page.detail.shown else ""


def tab_to(name: str) -> None:
    """Tab until the keyboard is there."""
    for _stop in range(40):
        if focused().accessibleName() == name:
            return
        key(Qt.Key.Key_Tab)
    pytest.fail(f"no Tab leads to {name}")


def allow(frame: Frame, reason: str = "Rusak") -> None:
    """The officer says why."""
    (sheet,) = (one for one in frame.findChildren(ApprovalSheet) if one.isVisible())
    tap(button(sheet, reason))
    tap(button(sheet, "Lanjutkan"))
    work.finish()
    QApplication.processEvents()


def refunds(till: Ledger, sale: Sale) -> list[Refund]:
    return came_back(till, sale)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the offscreen platform, of menus
def test_by_touch_a_good_and_a_damaged_piece(qtbot: QtBot, frame: Frame, till: Ledger) -> None:
    sale, stock = sell(till, {"PECI": 3, "SEMPRONG": 1}), on_hand(till)
    sell(till, {"PUTRI-500": 1})
    tap(more(frame))
    choose_entry("Riwayat dan retur")
    with qtbot.waitActive(frame):
        frame.activateWindow()
    page = page_of(frame)
    tap(row_of(page, sale.receipt))
    assert sale.receipt in texts(page.detail)
    assert not button(page, "Kembalikan uang").isEnabled()
    tap(button(page, "Tambah satu: Peci Bordir, layak jual"))
    tap(button(page, "Tambah satu: Peci Bordir, rusak"))
    assert "Rp100.000" in texts(page.detail)
    tap(button(page, "Kembalikan uang"))
    allow(frame)
    assert page.done
    assert {"Retur diterima", "Rp100.000", "Kembalikan: Tunai"} <= {*texts(page.done)}
    (refund,) = refunds(till, sale)
    assert (refund.total, refund.reason, refund.cashier) == (100_000, "Rusak", "sari")
    assert [(line.qty, back.damaged) for line, back in zip(refund.lines, refund.backs, strict=True)] == [
        (1, False),
        (1, True),
    ]
    assert on_hand(till)["PECI"] == stock["PECI"] + 1
    key(Qt.Key.Key_Return)
    assert frame.screens.currentWidget() is frame.desk


def test_by_keys_alone_by_qris_with_a_reference(frame: Frame, till: Ledger) -> None:
    sale = sell(till, {"PECI": 2}, "qris")
    sell(till, {"SEMPRONG": 1})
    key(Qt.Key.Key_F8)
    page = page_of(frame)
    QTest.keyClicks(focused(), "peci")
    settle()
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Space)
    tab_to("Tunai")
    key(Qt.Key.Key_Right)
    tab_to("Referensi pengembalian")
    QTest.keyClicks(focused(), "7719")
    key(Qt.Key.Key_F9)
    allow(frame)
    (refund,) = refunds(till, sale)
    assert [(part.method, part.amount, part.reference) for part in refund.payments] == [
        ("qris", 50_000, "7719")
    ]
    key(Qt.Key.Key_Escape)
    page_of(frame)
    assert "dibeli 2, sisa 1" in " ".join(texts(page.detail))
    assert any(refund.receipt in text for text in texts(page.detail))


def test_a_scanned_receipt_leads_to_the_return_and_a_scanned_return_is_shown(
    frame: Frame, till: Ledger
) -> None:
    sale = sell(till, {"PECI": 2})
    assert frame.take_scan(f"{sale.receipt} {sale.code}")
    assert frame.desk.done
    key(Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    page = page_of(frame)
    assert shown(page) == sale.receipt
    wanted = Wanted("a", (Item(0, 1),), reason="rusak")
    refund = take_back(till, sale, wanted, shift_of(till), "sari")
    assert frame.take_scan(refund.receipt)
    page_of(frame)
    assert shown(page) == refund.receipt
    assert not any(one.accessibleName().startswith("Tambah satu") for one in buttons(page))
    frame.choose(0)
    assert frame.take_scan(refund.receipt)
    assert shown(page_of(frame)) == refund.receipt


def test_a_bundle_and_its_components_are_the_same_pieces(frame: Frame, till: Ledger) -> None:
    sale = sell(till, {"HAMPERS": 1})
    page = opened(frame, sale)
    tap(button(page, "Tambah satu: Peci Bordir, layak jual"))
    share = page.detail.total
    tap(button(page, "Tambah satu: Hampers Lebaran, layak jual"))
    assert page.detail.total == share
    tap(button(page, "Semua barang"))
    assert page.detail.total == sale.total
    assert [item.part for item in page.detail.items] == [-1]


def test_an_unknown_number_says_what_to_do_and_a_cancelled_sale_offers_nothing(
    frame: Frame, till: Ledger
) -> None:
    sale = sell(till, {"PECI": 1})
    void(till, sale, shift_of(till), "rina")
    page = opened(frame, sale)
    assert page.detail._state.accessibleName() == "Dibatalkan"
    assert not any(one.accessibleName() == "Kembalikan uang" for one in buttons(page))
    page.list.field.edit.setFocus()
    page.list.field.edit.setText("S99ZZ-000001")
    key(Qt.Key.Key_Return)
    settle()
    assert "S99ZZ-000001" in page.banner.accessibleName()
    assert "sinkron" in page.banner.accessibleName()
    assert page.detail.shown is None


def test_fifty_presses_of_give_back_are_one_return(frame: Frame, till: Ledger) -> None:
    sale = sell(till, {"PECI": 5})
    page = opened(frame, sale)
    tap(button(page, "Tambah satu: Peci Bordir, layak jual"))
    approval = granted(till, "sari", "refund", sale.receipt, "rusak")
    for _press in range(50):
        page._take(approval)
    assert len(refunds(till, sale)) == 1
    assert returnable(till, sale)[0].left == 4


def test_a_cashier_needs_an_officer_and_giving_up_changes_nothing(frame: Frame, till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    frame.app.sign_in(frame.app.staff["rina"])
    page = opened(frame, sale)
    tap(button(page, "Semua barang"))
    key(Qt.Key.Key_F9)
    (sheet,) = (one for one in frame.findChildren(ApprovalSheet) if one.isVisible())
    assert any("Rp50.000" in text for text in texts(sheet))
    key(Qt.Key.Key_Escape)
    assert refunds(till, sale) == []
    assert page.detail.items


def test_an_old_paper_is_seen_and_printed_again(frame: Frame, till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    page = opened(frame, sale)
    key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert page.done
    assert page.done.isVisible()
    assert button(page.done, "Cetak lagi").isEnabled()
    key(Qt.Key.Key_Escape)
    assert page.detail.isVisible()


def test_without_a_shift_nothing_comes_back_and_that_is_said(frame: Frame, till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    frame.app.shift = None
    page = opened(frame, sale)
    tap(button(page, "Semua barang"))
    assert not button(page, "Kembalikan uang").isEnabled()
    assert "Buka kasir dulu." in texts(page.detail)


def opened(frame: Frame, sale: Sale) -> ReturnsPage:
    """The page with this sale."""
    frame.show_papers(sale.receipt)
    page = page_of(frame)
    assert page.detail.shown == sale
    return page


def more(frame: Frame) -> QAbstractButton:
    """The three dots of the cart."""
    return frame.desk.till.cart.header._more


def choose_entry(name: str) -> None:
    """Press an entry of the menu that is open."""
    menu: Any = QApplication.activePopupWidget()
    assert menu
    action = next(one for one in menu.actions() if one.text().startswith(name))
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def row_of(page: ReturnsPage, number: str) -> QAbstractButton:
    """The row of a paper."""
    assert wait_for(lambda: any(row.found.number == number for row in page.list.rows))
    return next(row for row in page.list.rows if row.found.number == number)

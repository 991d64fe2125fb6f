"""The cart is changed by hand: discounts, notes, buyers, what is taken out, put aside and taken up again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from pos.model import Payment
from tests.ui.hands import button, buttons, focused, hold, key, tap, texts, type_text
from tests.ui.till.finger import Finger
from tests.ui.till.stand import click, in_cart, shown_sale, tap_stepper, tap_tile
from ui import work
from ui.frame import Frame
from ui.scroll import OverlayBar
from ui.till.cart_line import LINE
from ui.till.desk import Desk

CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
Key = Qt.Key


def press_menu(desk: Desk, entry: str) -> None:
    """Click on the entry of the menu that is open."""
    (menu,) = (menu for menu in desk.findChildren(QMenu) if menu.isVisible())
    (action,) = (action for action in menu.actions() if action.text().split("\t")[0] == entry)
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())


def held(desk: Desk) -> list[dict[str, int]]:
    """Pieces by SKU of every cart put aside."""
    return [{line.product.sku: line.qty for line in draft.cart.lines} for draft in desk.basket.held]


def search_has_keyboard(desk: Desk) -> bool:
    return focused() is desk.till.goods.search.edit


def test_ten_percent_off_a_line_are_two_taps(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    tap(button(desk, "Diskon"))
    tap(button(desk, "10%"))
    assert (desk.basket.cart.lines[0].percent, desk.basket.cart.total) == (10, 45_000)
    assert search_has_keyboard(desk)
    tap_stepper(desk, 0, "more")
    assert desk.basket.cart.total == 90_000


def test_a_discount_is_typed_in_rupiah(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    key(Key.Key_F3)
    key(Key.Key_F3)  # once more: Rupiah instead of percent
    type_text("5000")
    assert "Rp50.000 − Rp5.000 = Rp45.000" in texts(desk)
    key(Key.Key_Return)
    assert (desk.basket.cart.lines[0].discount, desk.basket.cart.lines[0].percent) == (5_000, 0)
    lines = QAccessible.queryAccessibleInterface(desk.till.cart.list)
    assert "Diskon −Rp5.000" in lines.child(0).text(QAccessible.Text.Name)


def test_a_discount_is_tapped_on_the_pad_and_the_first_key_replaces(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    key(Key.Key_F3)
    tap(button(desk, "Rupiah"))
    for name in ("2", "000"):
        tap(button(desk, name))
    tap(button(desk, "Pakai"))
    assert desk.basket.cart.discount == 2_000
    key(Key.Key_F3)
    tap(button(desk, "7"))
    tap(button(desk, "000"))
    tap(button(desk, "Pakai"))
    assert desk.basket.cart.discount == 7_000
    key(Key.Key_F3)
    tap(button(desk, "Hapus angka terakhir"))
    key(Key.Key_Return)
    assert desk.basket.cart.discount == 0


@pytest.mark.parametrize(("in_rupiah", "typed"), [(True, "50001"), (False, "101")])
def test_more_than_the_line_is_refused_in_its_place(desk: Desk, in_rupiah: bool, typed: str) -> None:
    tap_tile(desk, "PECI")
    key(Key.Key_F3)
    if in_rupiah:
        key(Key.Key_F3)
    type_text(typed)
    assert any(text.startswith("Diskon harus") for text in texts(desk.till.cart))
    assert not button(desk, "Pakai").isEnabled()
    key(Key.Key_Return)
    key(Key.Key_F10)  # nor is it paid without what was typed
    assert (desk.basket.cart.discount, desk.sale) == (0, None)
    key(Key.Key_Escape)
    assert search_has_keyboard(desk)
    assert desk.basket.cart.discount == 0


def test_paying_counts_the_discount_that_is_being_typed(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    key(Key.Key_F3)
    type_text("10")
    tap(button(desk, "Uang pas"))
    assert shown_sale(desk).total == 45_000


def test_the_whole_has_a_discount_too(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    tap_tile(desk, "SEMPRONG")
    key(Key.Key_F3, SHIFT)
    type_text("10")
    key(Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert desk.basket.cart.total == 72_000
    sums = desk.till.cart.foot._sums
    assert "Diskon (seluruhnya 10%) −Rp8.000" in sums.accessibleName()
    click(sums, QPoint(sums.width() // 2, 40))  # on the discount
    assert desk.till.cart.editors.discount.isVisible()
    key(Key.Key_Escape)
    key(Key.Key_Z, CTRL)
    assert desk.basket.cart.total == 80_000


def test_a_discount_on_the_whole_goes_with_the_last_line(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    key(Key.Key_F3, SHIFT)
    tap(button(desk, "20%"))
    key(Key.Key_Delete)
    tap_tile(desk, "PECI")
    assert desk.basket.cart.total == 50_000


def test_a_note_belongs_to_the_selected_line(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    tap_tile(desk, "SEMPRONG")
    key(Key.Key_Up, ALT)
    tap(button(desk, "Catatan"))
    type_text("pita hijau " + "x" * 200)
    key(Key.Key_Return)
    assert [len(line.note) for line in desk.basket.cart.lines] == [120, 0]
    key(Key.Key_F5)
    type_text("kado")
    key(Key.Key_Escape)
    assert desk.basket.cart.lines[0].note.startswith("pita hijau")
    assert search_has_keyboard(desk)


def test_a_note_that_is_being_typed_is_not_lost_by_a_tap_on_goods(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    key(Key.Key_F5)
    type_text("kado")
    tap_tile(desk, "SEMPRONG")
    assert desk.basket.cart.lines[0].note == "kado"
    assert in_cart(desk) == {"PECI": 1, "SEMPRONG": 1}
    assert not desk.till.cart.editors.text.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the offscreen platform, of menus
def test_the_kind_of_buyer_is_chosen(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    key(Key.Key_F4)
    press_menu(desk, "Pegawai")
    assert desk.basket.cart.buyer == "staff"
    key(Key.Key_F10)
    assert shown_sale(desk).buyer == "staff"
    assert desk.basket.cart.buyer == ""


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_cleared_cart_comes_back_whole(desk: Desk) -> None:
    for sku in ("PECI", "SEMPRONG"):
        tap_tile(desk, sku)
    before = desk.basket.cart
    tap(button(desk, "Lainnya untuk keranjang ini"))
    press_menu(desk, "Kosongkan keranjang")
    assert in_cart(desk) == {}
    assert "Keranjang dikosongkan" in texts(desk)
    tap(button(desk, "Urungkan"))
    assert desk.basket.cart == before


def test_a_cart_is_put_aside_and_taken_up_again(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    tap(button(desk, "Simpan"))
    assert (in_cart(desk), held(desk)) == ({}, [{"PECI": 1}])
    assert "Disimpan: Peci Bordir" in texts(desk)
    assert button(desk, "Keranjang tersimpan, 1").isVisible()
    tap(button(desk, "Lanjutkan transaksi tersimpan (1)"))
    tap(button(desk, "Peci Bordir, 1 buah · 14.07, Rp50.000"))
    assert (in_cart(desk), held(desk)) == ({"PECI": 1}, [])


def test_undo_takes_up_what_was_just_put_aside(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    before = desk.basket.cart
    key(Key.Key_F6)
    key(Key.Key_Z, CTRL)
    assert (desk.basket.cart, desk.basket.held) == (before, ())
    key(Key.Key_Z, CTRL)
    assert in_cart(desk) == {}


def test_taking_up_a_cart_puts_the_present_one_aside(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    key(Key.Key_F6)
    tap_tile(desk, "SEMPRONG")
    key(Key.Key_F7)
    key(Key.Key_Return)
    assert (in_cart(desk), held(desk)) == ({"PECI": 1}, [{"SEMPRONG": 1}])
    key(Key.Key_Z, CTRL)
    assert (in_cart(desk), held(desk)) == ({"SEMPRONG": 1}, [{"PECI": 1}])


def test_a_held_cart_is_renamed_and_given_up_with_undo(desk: Desk) -> None:
    for sku in ("PECI", "SEMPRONG"):
        tap_tile(desk, sku)
        key(Key.Key_F6)
    key(Key.Key_F7)
    tap(button(desk, "Ubah nama Peci Bordir"))
    type_text("Ibu Ratna")
    key(Key.Key_Return)
    tap(button(desk, "Hapus Ibu Ratna"))
    assert held(desk) == [{"SEMPRONG": 1}]
    tap(button(desk, "Urungkan"))
    assert [draft.name for draft in desk.basket.held] == ["Ibu Ratna", ""]
    assert button(desk, "Ibu Ratna, 1 buah · 14.07, Rp50.000").isVisible()


def test_the_list_of_held_carts_is_served_by_keys(desk: Desk) -> None:
    for sku in ("PECI", "SEMPRONG", "NASTAR-500"):
        tap_tile(desk, sku)
        key(Key.Key_F6)
    key(Key.Key_F7)
    key(Key.Key_Down)
    key(Key.Key_Delete)
    assert held(desk) == [{"PECI": 1}, {"NASTAR-500": 1}]
    key(Key.Key_Return)
    assert in_cart(desk) == {"NASTAR-500": 1}
    key(Key.Key_F7)
    key(Key.Key_Escape)
    assert search_has_keyboard(desk)
    assert not desk.till.cart.held.isVisible()


def test_a_cart_waiting_for_its_money_says_so_and_keeps_what_was_paid(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    paid = Payment("cash", 20_000, 20_000)
    desk.basket.receive([paid])
    desk.basket.hold(waiting=True)
    key(Key.Key_F7)
    assert button(desk, "Peci Bordir, 1 buah · 14.07, Rp50.000, menunggu QRIS").isVisible()
    tap(button(desk, "Hapus Peci Bordir"))
    assert "dibayar sebagian" in desk.till.goods.banner.accessibleName()
    key(Key.Key_Return)
    assert (in_cart(desk), desk.basket.parts) == ({"PECI": 1}, (paid,))
    tap_stepper(desk, 0, "more")
    key(Key.Key_Z, CTRL)
    assert desk.basket.parts == (paid,)


def test_held_keys_put_one_cart_aside(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    key(Key.Key_F6)
    tap_tile(desk, "SEMPRONG")
    hold(Key.Key_F6)
    hold(Key.Key_F9)
    assert held(desk) == [{"PECI": 1}]
    assert not desk.till.locked


def test_line_keys_belong_to_the_search_while_it_is_typed(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    type_text("x+-")
    key(Key.Key_Delete)
    assert in_cart(desk) == {"PECI": 1}
    assert desk.till.goods.search.text == "x+-"


def test_a_locked_cart_has_no_tools(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    key(Key.Key_F9)
    names = {one.accessibleName() for one in buttons(desk.till.cart) if one.isEnabled()}
    assert names == {"Ubah isi"}
    for code in (Key.Key_F6, Key.Key_F3):
        QTest.keyClick(desk.till, code)
    assert in_cart(desk) == {"PECI": 1}
    tap(button(desk.till.cart, "Ubah isi"))
    assert button(desk, "Simpan").isEnabled()


def test_a_line_that_the_books_do_not_have_says_so_and_is_sold(desk: Desk) -> None:
    type_text("102*PECI")
    key(Key.Key_Return)
    shown = desk.till.cart.list.lines.index(0).data(LINE)
    assert (shown.short, shown.left) == (True, 100)
    lines = QAccessible.queryAccessibleInterface(desk.till.cart.list)
    assert "Sisa 100 menurut sistem." in lines.child(0).text(QAccessible.Text.Name)
    key(Key.Key_F10)
    assert shown_sale(desk).lines[0].qty == 102


def test_the_buttons_of_a_line_go_with_it_wherever_it_is_scrolled(crowded: Frame) -> None:
    desk = crowded.desk
    for number in range(1, 41):
        desk.basket.add(desk.shelf.items[number + 5].product)
    lines = desk.till.cart.list
    (bar,) = lines.findChildren(OverlayBar)
    assert lines.viewport().width() == lines.width()
    bar.setValue(500)
    assert lines.verticalScrollBar().value() == 500
    for row in (0, 20, 39):
        desk.basket.select(row)
        assert button(desk, "Hapus").isVisible()
        box = lines.tools.geometry()
        assert lines.viewport().rect().contains(box)
        assert lines.visualRect(lines.lines.index(row)).contains(box)
    tap(button(desk, "Hapus"))
    assert len(desk.basket.cart.lines) == 39
    work.finish()


def test_a_swipe_over_a_stepper_scrolls_and_changes_nothing(crowded: Frame) -> None:
    desk = crowded.desk
    crowded.move(-600, 0)  # the screen without a screen is 800 px wide, and nobody touches beside it
    for number in range(1, 21):
        desk.basket.add(desk.shelf.items[number + 5].product)
    lines, cart = desk.till.cart.list, desk.basket.cart
    lines.verticalScrollBar().setValue(0)
    row = lines.indexAt(QPoint(40, 300))
    place = lines.painter.stepper(lines.visualRect(row)).center() + QPoint(40, 0)
    finger = Finger(lines)
    finger.press(place)
    finger.move(place, place - QPoint(0, 180))
    finger.lift(place - QPoint(0, 180))
    assert lines.verticalScrollBar().value() > 0
    assert desk.basket.cart is cart
    work.finish()

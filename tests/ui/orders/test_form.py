"""Putting down and changing orders by hand, by finger and from a chat."""

from __future__ import annotations

from datetime import date, time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from pos.cart import new_cart
from pos.catalog import products
from pos.errors import Refused
from pos.today import opening_of
from tests.books import sell
from tests.ui.hands import button, key, tap, texts, type_text
from tests.ui.orders.desk import Desk
from tests.ui.till.stand import tap_tile
from ui.orders.form_who import typed_time

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # menus, without a screen


def begin(desk: Desk) -> None:
    key(K.Key_N, CTRL)
    desk.rest()


def test_an_order_is_put_down_by_keys_alone(desk: Desk) -> None:
    begin(desk)
    type_text("12*nastar")
    key(K.Key_Return)
    type_text("peci")
    key(K.Key_Return)
    desk.form.who.name.edit.setFocus()
    type_text("Bu Lina")
    key(K.Key_Return, CTRL)
    desk.rest()
    assert desk.sheet is None
    assert desk.shown.wish.contact.name == "Bu Lina"
    assert [(line.sku, line.qty) for line in desk.shown.lines] == [("NASTAR-500", 12), ("PECI", 1)]
    assert desk.says("tersimpan")


def test_an_order_is_put_down_by_the_finger_alone(desk: Desk) -> None:
    begin(desk)
    desk.form.goods.add(products(desk.ledger)[0], 2)
    desk.press("Tambah satu Nastar 500 g")
    desk.press("Instagram")
    desk.press("Besok")
    desk.press("16.00")
    desk.press("Diantar")
    desk.form.who.address.edit.setText("Jl. Melati 5")
    desk.form.who.handle.edit.setText("dapur.ayu")
    desk.press("Simpan pesanan")
    wish = desk.shown.wish
    assert (wish.channel, wish.due, wish.due_time, wish.place) == (
        "instagram",
        date(2023, 4, 15),
        time(16),
        "delivery",
    )
    assert (wish.contact.handle, wish.contact.address) == ("@dapur.ayu", "Jl. Melati 5")
    assert desk.shown.qty == 3


def test_any_day_is_chosen_in_the_month(desk: Desk) -> None:
    begin(desk)
    desk.press("Tanggal lain…")
    desk.press("Bulan berikutnya")
    desk.press("Senin, 1 Mei 2023")
    assert desk.form.who.day.day == date(2023, 5, 1)
    desk.press("Tanggal lain…")
    desk.press("Bulan sebelumnya")
    desk.press("Bulan sebelumnya")  # nothing lies before today
    assert not button(desk.page, "Kamis, 13 April 2023").isEnabled()


def test_what_is_missing_is_told_and_nothing_is_lost(desk: Desk) -> None:
    begin(desk)
    desk.press("Simpan pesanan")
    assert desk.says("Pesanan masih kosong")
    desk.form.goods.add(products(desk.ledger)[0])
    desk.press("Simpan pesanan")
    assert desk.says("Pemesan belum diisi")
    desk.form.who.phone.edit.setText("abc")
    desk.press("Simpan pesanan")
    assert desk.says("bukan nomor telepon")
    desk.form.who.phone.edit.setText("0812 7111 0248")
    desk.form.who.hour.edit.setText("25")
    desk.press("Simpan pesanan")
    assert desk.says("bukan jam")
    desk.form.who.hour.edit.setText("1630")
    desk.press("Simpan pesanan")
    assert desk.shown.wish.contact.phone == "081271110248"


def test_quantities_are_typed(desk: Desk) -> None:
    begin(desk)
    for typed, kept in (("5", [5]), ("999999", [999_999]), ("0", [])):
        desk.form.goods.show_cart(new_cart().add(products(desk.ledger)[0]))
        field = desk.form.goods._rows[0]._edit
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, typed)
        key(K.Key_Tab)
        assert [line.qty for line in desk.form.goods.cart.lines] == kept


def test_a_change_keeps_number_and_prices(desk: Desk) -> None:
    order = desk.shown
    desk.press("Ubah")
    assert desk.form.who.name.edit.text() == "Ibu Ratna Dewi"
    desk.press("Tambah satu Nastar 500 g")
    desk.form.who.note.edit.setText("Pita merah")
    key(K.Key_Return, CTRL)
    desk.rest()
    assert (desk.shown.receipt, desk.shown.revision, desk.shown.total) == (order.receipt, 2, 365_000)
    assert desk.shown.wish.contact.note == "Pita merah"


def test_a_change_below_the_deposit_is_refused_in_the_sheet(desk: Desk) -> None:
    desk.press("Ubah")
    desk.press("Hapus Hampers Lebaran")
    desk.press("Kurangi satu Nastar 500 g")
    desk.press("Simpan pesanan")
    assert desk.says("DP yang sudah dibayar")
    assert desk.shown.revision == 1


def test_a_message_is_read_and_taken_after_a_yes(desk: Desk) -> None:
    begin(desk)
    desk.press("Tempel pesan")
    desk.form.chat.edit.setPlainText(
        "mau 2 nastar sama selusin semprong, ambil sabtu jam 4 sore a.n. Ratna 0812-7111-0248 pita merah"
    )
    assert desk.says("12 × Semprong")
    assert desk.says("Belum dikenali: pita merah")
    assert not desk.form.goods.cart.lines
    desk.press("Jadikan catatan")
    desk.press("Masukkan ke pesanan")
    who = desk.form.who
    assert {line.product.sku: line.qty for line in desk.form.goods.cart.lines} == {
        "NASTAR-500": 2,
        "SEMPRONG": 12,
    }
    assert (who.name.edit.text(), who.day.day, who.hour.edit.text()) == ("Ratna", date(2023, 4, 15), "16.00")
    assert who.note.edit.text() == "pita merah"
    key(K.Key_Return, CTRL)
    desk.rest()
    assert desk.shown.wish.contact.phone == "081271110248"


def test_a_message_is_read_while_it_is_typed(desk: Desk) -> None:
    begin(desk)
    desk.press("Tempel pesan")
    desk.form.chat.edit.setPlainText("hampers 1, nastar 2")
    assert desk.says("2 × Nastar 500 g")
    desk.form.chat.edit.setPlainText("a" * 9000)
    assert desk.says("huruf pertama yang dibaca")


def test_scanned_goods_go_into_the_order(desk: Desk) -> None:
    begin(desk)
    assert desk.frame.take_scan("PECI")
    assert [line.product.sku for line in desk.form.goods.cart.lines] == ["PECI"]
    assert not desk.frame.take_scan("8990000000000")
    assert desk.says("tidak dikenal")
    assert desk.form.isVisible()  # it does not lead away to the till


def test_a_search_that_finds_nothing_says_so(desk: Desk) -> None:
    begin(desk)
    type_text("zzzz")
    assert desk.says("Tidak ada barang bernama “zzzz”.")
    key(K.Key_Return)
    key(K.Key_Escape)
    assert desk.form.isVisible()
    assert not any("zzzz" in text for text in texts(desk.page))
    assert not desk.form.goods.cart.lines


def test_the_cart_becomes_an_order(desk: Desk) -> None:
    frame = desk.frame
    frame.choose(0)
    goods = {one.sku: one for one in products(desk.ledger)}
    frame.desk.basket.add(goods["PECI"], 3)
    frame.desk.till.cart.buyer.open_menu()
    menu = next(one for one in frame.findChildren(QMenu) if one.isVisible())
    next(one for one in menu.actions() if one.text() == "Jadikan pesanan…").trigger()
    menu.close()
    desk.rest()
    name = desk.form.who.name.edit
    assert frame.window().focusWidget() is name  # the goods are there: who is missing
    name.setText("Pak Rizal")
    desk.press("Simpan pesanan")
    assert (desk.shown.wish.contact.name, desk.shown.qty) == ("Pak Rizal", 3)
    assert not frame.desk.basket.cart.lines


def test_a_cart_that_stays_is_not_forgotten(desk: Desk) -> None:
    frame = desk.frame
    goods = {one.sku: one for one in products(desk.ledger)}
    frame.desk.basket.add(goods["PECI"], 3)
    frame.app.order_wanted.emit(new_cart().add(goods["SEMPRONG"]))
    desk.rest()
    desk.form.who.name.edit.setText("Pak Rizal")
    key(K.Key_Return, CTRL)
    desk.rest()
    assert frame.desk.basket.cart.of("PECI") == 3


def test_esc_leaves_the_form_and_nothing_was_put_down(desk: Desk) -> None:
    before = len(desk.orders)
    begin(desk)
    type_text("nas")
    key(K.Key_Escape)
    assert not desk.form.goods.search.text
    key(K.Key_Escape)
    assert len(desk.orders) == before


@pytest.mark.parametrize(
    ("text", "hour"), [("", None), ("9", time(9)), ("16.30", time(16, 30)), ("0800", time(8))]
)
def test_times(text: str, hour: time | None) -> None:
    assert typed_time(text) == hour


@pytest.mark.parametrize("text", ["24", "9.75", "x", "１６", "-1", "16.00.00"])
def test_wrong_times(text: str) -> None:
    with pytest.raises(Refused):
        typed_time(text)


def test_a_tile_that_is_sold_out_offers_an_order(desk: Desk) -> None:
    sell(desk.ledger, {"PECI": 100})
    frame = desk.frame
    frame.choose(0)
    frame.app.renew(opening_of(frame.app.ledger))
    desk.rest()
    tap_tile(frame.desk, "PECI")
    tap(button(frame, "Catat pesanan"))
    desk.rest()
    assert [(line.product.sku, line.qty) for line in desk.form.goods.cart.lines] == [("PECI", 1)]
    assert not frame.desk.basket.cart.lines

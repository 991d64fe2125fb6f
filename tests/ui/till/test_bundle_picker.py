"""What the buyer chooses for a hamper: by touch, by keys, by scanner; and how it stands in the cart."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.cart import Cart, CartLine
from pos.catalog import post_products
from pos.ledger import Ledger
from pos.model import Component
from pos.stock import receive
from tests.books import CATALOGUE
from tests.hampers import PICK, product_of, with_choice
from tests.ui.hands import button, buttons, focused, key, show, tap, texts, type_text, wait_for
from tests.ui.till.stand import in_cart, sales, shown_sale, tap_stepper, tap_tile
from ui import work
from ui.app import App
from ui.frame import Frame
from ui.theme import Theme
from ui.till.bundle_picker import BundlePicker
from ui.till.desk import Desk
from ui.till.pick_row import PickRow
from ui.till.slots import Slots

K = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NASTAR_CODE = "2059020000017"


@pytest.fixture
def till(till: Ledger) -> Ledger:
    """With a hamper to be filled; nastar has a barcode."""
    post_products(till, [replace(CATALOGUE[0], barcode=NASTAR_CODE)])
    with_choice(till)
    return till


@pytest.fixture
def picker(desk: Desk) -> BundlePicker:
    """Asking for the content of the hamper whose tile was tapped."""
    tap_tile(desk, "PILIH-3")
    assert desk.till.content.open
    return desk.till.content.picker


def held(desk: Desk, row: int = 0) -> dict[str, int]:
    """What a line of the cart holds, by SKU."""
    return {part.sku: part.qty for part in desk.basket.cart.lines[row].content}


def pick_row(picker: BundlePicker, sku: str) -> PickRow:
    return next(
        row for row in picker.findChildren(PickRow) if row.isVisible() and row.item.product.sku == sku
    )


def more(picker: BundlePicker, *names: str) -> None:
    for name in names:
        tap(button(picker, f"Tambah satu: {name}"))


def test_a_hamper_is_filled_by_touch(desk: Desk, picker: BundlePicker) -> None:
    done = button(picker, "Masukkan keranjang")
    assert not done.isEnabled()
    assert "Pilih 3 lagi." in set(texts(picker))
    more(picker, "Nastar 500 g", "Nastar 500 g")
    assert "Pilih 1 lagi." in set(texts(picker))
    tap(pick_row(picker, "PECI"))  # a tap on the row itself
    assert not button(picker, "Tambah satu: Semprong").isEnabled()
    tap(done)
    assert not picker.isVisible()
    assert (in_cart(desk), held(desk)) == ({"PILIH-3": 1}, {"NASTAR-500": 2, "PECI": 1})
    tap(button(desk, "Uang pas"))
    assert [(part.sku, part.qty) for part in shown_sale(desk).lines[0].parts] == [
        ("NASTAR-500", 2),
        ("PECI", 1),
    ]


def test_a_hamper_is_filled_by_keyboard_alone(desk: Desk) -> None:
    type_text("2*pilih")
    key(K.Key_Return)
    assert desk.till.content.open
    key(K.Key_Plus)
    key(K.Key_Down)
    key(K.Key_Space)
    key(K.Key_Right)
    key(K.Key_Left)
    key(K.Key_Return)  # not complete: nothing happens but a word
    assert desk.till.content.open
    key(K.Key_Down)
    key(K.Key_Plus)
    key(K.Key_F9)
    assert (in_cart(desk), held(desk)) == ({"PILIH-3": 2}, {"NASTAR-500": 1, "SEMPRONG": 1, "PECI": 1})
    key(K.Key_F10)
    assert shown_sale(desk).total == 280_000


def test_a_hamper_is_filled_by_scanner(desk: Desk) -> None:
    assert desk.take_scan(PICK.barcode)
    assert desk.take_scan(NASTAR_CODE)
    assert desk.take_scan("semprong")  # the SKU on a shelf label
    assert not desk.take_scan("HAMPERS")  # it does not go into it
    assert "Selesaikan isi paket dulu." in set(texts(desk))
    assert desk.take_scan(NASTAR_CODE)
    assert not desk.take_scan(NASTAR_CODE)  # there is no place for it
    key(K.Key_Return)
    assert (in_cart(desk), held(desk)) == ({"PILIH-3": 1}, {"NASTAR-500": 2, "SEMPRONG": 1})
    assert desk.take_scan(NASTAR_CODE)
    assert in_cart(desk) == {"PILIH-3": 1, "NASTAR-500": 1}


def test_leaving_the_picker_changes_nothing(desk: Desk, picker: BundlePicker) -> None:
    more(picker, "Nastar 500 g")
    key(K.Key_Escape)
    assert not picker.isVisible()
    assert not desk.till.content.open
    assert in_cart(desk) == {}
    tap_tile(desk, "PILIH-3")
    assert "Pilih 3 lagi." in set(texts(picker))  # it begins anew
    tap(button(picker, "Kembali"))
    type_text("peci")
    key(K.Key_Return)
    assert in_cart(desk) == {"PECI": 1}


def test_the_same_content_again_is_one_tap(desk: Desk, picker: BundlePicker) -> None:
    assert not [one for one in buttons(picker) if "seperti tadi" in one.text()]
    more(picker, "Nastar 500 g", "Semprong", "Semprong")
    key(K.Key_Return)
    tap_tile(desk, "PILIH-3")
    tap(button(picker, "Isi seperti tadi: 1 Nastar 500 g, 2 Semprong"))
    assert [(line.qty, line.unfilled) for line in desk.basket.cart.lines] == [(2, 0)]
    tap_tile(desk, "PILIH-3")
    key(K.Key_F7)
    assert in_cart(desk) == {"PILIH-3": 3}
    tap_tile(desk, "PILIH-3")
    more(picker, "Peci Bordir", "Peci Bordir", "Peci Bordir")
    key(K.Key_F9)
    assert [line.qty for line in desk.basket.cart.lines] == [3, 1]


def test_another_content_for_a_line_and_the_way_back(desk: Desk, picker: BundlePicker) -> None:
    more(picker, "Nastar 500 g", "Semprong", "Semprong")
    key(K.Key_Return)
    tap_tile(desk, "PECI")
    assert not desk.till.cart.list.tools.content.isVisible()  # a peci holds nothing
    desk.basket.select(0)
    tap(button(desk.till.cart, "Ganti isi"))
    tap(button(picker, "Kurangi satu: Semprong"))
    more(picker, "Peci Bordir")
    tap(button(picker, "Ganti isi"))
    assert held(desk) == {"NASTAR-500": 1, "SEMPRONG": 1, "PECI": 1}
    key(K.Key_Z, CTRL)
    assert held(desk) == {"NASTAR-500": 1, "SEMPRONG": 2}
    key(K.Key_F5, SHIFT)
    slots = picker.findChild(Slots)
    assert slots is not None
    place = slots.squares()[0].center().toPoint()
    wait_for(lambda: slots.window().childAt(slots.mapTo(slots.window(), place)) is slots)
    QTest.mouseClick(slots, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    more(picker, "Semprong")
    key(K.Key_F9)
    assert held(desk) == {"SEMPRONG": 3}


def test_a_fixed_bundle_shows_what_it_holds_and_cannot_be_changed(desk: Desk) -> None:
    tap_tile(desk, "HAMPERS")
    assert in_cart(desk) == {"HAMPERS": 1}
    lines = desk.till.cart.list.lines
    spoken = lines.data(lines.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert "1 Nastar 500 g, 2 Semprong, 1 Peci Bordir" in spoken
    assert not desk.till.cart.list.tools.content.isVisible()
    key(K.Key_F5, SHIFT)
    assert not desk.till.content.open


def test_the_note_of_a_bundle_is_its_card(desk: Desk) -> None:
    tap_tile(desk, "PECI")
    assert button(desk.till.cart, "Catatan")
    tap_tile(desk, "HAMPERS")
    tap(button(desk.till.cart, "Kartu ucapan"))
    assert focused().accessibleName() == "Kartu ucapan Hampers Lebaran"
    type_text("Selamat Idulfitri")
    key(K.Key_Return)
    assert desk.basket.cart.lines[1].note == "Selamat Idulfitri"


def test_an_incomplete_hamper_is_not_paid_and_is_asked_for(desk: Desk, till: Ledger) -> None:
    """As one that was put aside by another version of the program."""
    pick = product_of(till, "PILIH-3")
    desk.basket.become(Cart("lama", (CartLine(CATALOGUE[3]), CartLine(pick, 2))), 0)
    for press in (K.Key_F10, K.Key_F9):
        key(press)
        assert not desk.till.locked
        assert (sales(till), desk.basket.selected, desk.till.content.open) == (0, 1, True)
        assert any("belum lengkap: 3 buah" in text for text in texts(desk))
        key(K.Key_Escape)
    tap(button(desk.till.cart, "Ganti isi"))
    more(desk.till.content.picker, "Semprong", "Semprong", "Semprong")
    key(K.Key_F9)
    key(K.Key_F10)
    assert shown_sale(desk).total == 50_000 + 280_000


def test_pay_takes_what_is_chosen_if_it_is_complete(desk: Desk, till: Ledger, picker: BundlePicker) -> None:
    more(picker, "Semprong", "Semprong")
    key(K.Key_F9)
    assert (sales(till), picker.isVisible()) == (0, True)
    more(picker, "Semprong")
    key(K.Key_F9)
    tap_tile(desk, "PILIH-3")
    more(picker, "Peci Bordir", "Peci Bordir", "Peci Bordir")
    tap(button(desk, "Uang pas"))
    assert len(shown_sale(desk).lines) == 2


def test_the_rows_tell_what_the_rest_of_the_cart_leaves(desk: Desk) -> None:
    tap_tile(desk, "HAMPERS")  # takes two semprong
    type_text("40*pilih")
    key(K.Key_Return)
    picker = desk.till.content.picker
    row = pick_row(picker, "SEMPRONG")
    assert "Sisa 98" in row.accessibleName()
    more(picker, "Semprong", "Semprong")
    assert "Sisa 18" in row.accessibleName()
    more(picker, "Semprong")
    assert "kurang 22 menurut sistem" in row.accessibleName()  # a warning, and no wall
    tap(button(picker, "Masukkan keranjang"))
    assert in_cart(desk) == {"HAMPERS": 1, "PILIH-3": 40}
    lines = desk.till.cart.list.lines
    for line in (0, 1):
        spoken = lines.data(lines.index(line), Qt.ItemDataRole.AccessibleTextRole)
        assert "Semprong: sisa 100 menurut sistem." in spoken
    key(K.Key_F10)
    assert shown_sale(desk).qty == 41


def test_tiles_of_bundles_live_with_the_cart(desk: Desk, till: Ledger) -> None:
    goods = desk.till.goods.grid.goods
    row = [item.product.sku for item in goods.items].index("HAMPERS")
    assert goods.tile(row).item.left == 50  # 100 semprong
    type_text("60*semprong")
    key(K.Key_Return)
    assert goods.tile(row).item.left == 20
    type_text("41*semprong")
    key(K.Key_Return)
    assert (goods.tile(row).item.left, goods.tile(row).item.sold_out) == (-1, True)
    tap_tile(desk, "HAMPERS")
    tap(button(desk, "Tetap jual"))
    assert in_cart(desk) == {"SEMPRONG": 101, "HAMPERS": 1}
    key(K.Key_Z, CTRL)
    key(K.Key_Z, CTRL)
    assert goods.tile(row).item.left == 20
    receive(till, {"SEMPRONG": 10})
    desk._refresh()
    work.finish()
    QApplication.processEvents()
    assert wait_for(lambda: goods.tile(row).item.left == 25)


def test_a_question_falls_away_with_its_line(desk: Desk, picker: BundlePicker) -> None:
    more(picker, "Nastar 500 g", "Semprong", "Semprong")
    key(K.Key_Return)
    key(K.Key_F5, SHIFT)
    assert picker.isVisible()
    tap_stepper(desk, 0, "more")
    assert not picker.isVisible()
    assert (in_cart(desk), desk.till.content.open) == ({"PILIH-3": 2}, False)


def test_what_was_chosen_is_forgotten_when_it_is_no_longer_offered(
    desk: Desk, till: Ledger, picker: BundlePicker
) -> None:
    more(picker, "Peci Bordir", "Peci Bordir", "Peci Bordir")
    key(K.Key_Return)
    fewer = tuple(Component(sku, 1) for sku in ("NASTAR-500", "SEMPRONG"))
    other = with_choice(till, replace(PICK, components=fewer))
    desk.till.put(other, 1)
    assert not [one for one in buttons(picker) if "seperti tadi" in one.text()]
    assert not picker.offers("PECI")


def test_letters_typed_at_the_picker_go_nowhere(desk: Desk) -> None:
    tap_tile(desk, "PILIH-3")
    type_text("peci")
    key(K.Key_F6)
    key(K.Key_Delete)
    key(K.Key_Escape)
    assert (desk.till.goods.search.text, in_cart(desk), desk.basket.held_count) == ("", {}, 0)
    assert not desk.till.content.open


def test_the_keyboard_comes_back_to_the_picker(desk: Desk, picker: BundlePicker) -> None:
    more(picker, "Peci Bordir")
    focused().clearFocus()
    desk.begin()  # as after another screen, or signing in
    assert isinstance(focused(), PickRow)
    key(K.Key_Plus)
    assert "Pilih 1 lagi." in set(texts(picker))


def test_a_nervous_second_tap_fills_nothing(desk: Desk) -> None:
    grid = desk.till.goods.grid.viewport()
    tap_tile(desk, "PILIH-3")
    picker = desk.till.content.picker
    assert picker.paper.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert grid.isVisible()
    assert wait_for(lambda: not picker.paper.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents))
    assert "Pilih 3 lagi." in set(texts(picker))


def test_many_kinds_and_many_places_fit(qtbot: QtBot, theme: Theme, till: Ledger) -> None:
    """Twenty-four places, ten kinds, the longest names, in the smallest window."""
    long = "Kue Kering Spesial Lebaran Bertabur Keju Parut dan Kacang Mede Panggang Pilihan"
    goods = [replace(CATALOGUE[0], sku=f"K{n}", name=f"{long} {n}", position=50 + n) for n in range(10)]
    parts = tuple(Component(one.sku, 1) for one in goods)
    post_products(till, [*goods, replace(PICK, sku="BESAR", name=long, components=parts, choose=24)])
    frame = Frame(App.over(till, theme))
    frame.resize(1093, 614)
    show(qtbot, frame)
    frame.desk.till.put(product_of(till, "BESAR"), 1)
    picker = frame.desk.till.content.picker
    slots = picker.findChild(Slots)
    assert slots is not None
    assert len(slots.squares()) == 24
    assert wait_for(lambda: slots.squares()[-1].right() <= slots.width())
    for _time in range(24):
        key(K.Key_Plus)
    for _row in range(9):
        key(K.Key_Down)
    last = focused()
    assert isinstance(last, PickRow)
    assert picker.paper.rect().contains(last.mapTo(picker.paper, last.rect().center()))
    tap(button(picker, "Masukkan keranjang"))
    assert held(frame.desk) == {"K0": 24}
    work.finish()

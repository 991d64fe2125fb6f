"""The page of goods with real clicks: find, change, new, price, photo, undo; and what leads there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView, QScrollArea

from pos.approvals import granted
from pos.catalog import products
from pos.label_facts import UNTOLD, Facts
from pos.model import Product
from pos.paths import photo_path
from tests.ui.catalogue.conftest import page_in, settle
from tests.ui.hands import button, focused, key, question, tap, texts, type_text
from tests.ui.shop import desk_of, frame_of, scan, write
from ui.catalogue import keeping
from ui.catalogue.labels_sheet import open_labels
from ui.catalogue.page import GoodsPage
from ui.catalogue.pick_field import PickField
from ui.photos import MAX_PIXELS
from ui.settings.page import SettingsPage
from ui.start import Start
from ui.till.goods import Item

CTRL = Qt.KeyboardModifier.ControlModifier


def stored(page: GoodsPage) -> dict[str, Product]:
    return {one.sku: one for one in products(page.app.ledger, inactive=True)}


def fill(page: GoodsPage, **texts_of: str) -> None:
    """Type into fields, each after what was in it is taken out."""
    for column, text in texts_of.items():
        field = page.form.fields[column].field
        target = field.lineEdit() if isinstance(field, PickField) else field.edit
        assert target is not None
        target.setFocus()
        target.selectAll()
        QGuiApplication.clipboard().setText(text)
        target.paste() if text else key(Qt.Key.Key_Delete)


def shown(page: GoodsPage) -> list[str]:
    return [item.product.sku for item in page.list.rows.items]


def tap_row(page: GoodsPage, sku: str) -> None:
    index = page.list.rows.index(shown(page).index(sku))
    page.list.scrollTo(index)
    place = page.list.visualRect(index).center()
    QTest.mouseClick(page.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()


def test_the_settings_lead_there_and_esc_leads_back(shop: Start) -> None:
    frame = frame_of(shop)
    frame.show_settings()
    opener = button(frame, "Buka barang")
    frame.findChildren(SettingsPage)[0].findChildren(QScrollArea)[0].ensureWidgetVisible(opener)
    tap(opener)
    settle()
    page = frame.screens.currentWidget()
    assert isinstance(page, GoodsPage)
    assert len(shown(page)) == len(desk_of(shop).shelf.items)
    key(Qt.Key.Key_Escape)
    assert frame.screens.currentWidget() is desk_of(shop)


def test_a_search_that_finds_nothing_offers_a_new_product(shop: Start) -> None:
    desk_of(shop).till.goods.focus_search()
    write(shop, "Maksuba")
    tap(button(desk_of(shop), "Barang baru"))
    settle()
    page = frame_of(shop).screens.currentWidget()
    assert isinstance(page, GoodsPage)
    assert page.form.fields["name"].text == "Maksuba"
    assert desk_of(shop).till.goods.search.text == ""


def test_an_unknown_barcode_becomes_a_new_product(shop: Start) -> None:
    scan("8990001112223")
    tap(button(desk_of(shop), "Daftarkan"))
    tap(button(desk_of(shop), "Barang baru"))
    settle()
    page = frame_of(shop).screens.currentWidget()
    assert isinstance(page, GoodsPage)
    assert page.form.fields["barcode"].text == "8990001112223"


def test_finding_by_words_institution_and_category(page: GoodsPage) -> None:
    page.search.edit.setFocus()
    type_text("ukiran 1")
    assert shown(page)[0].startswith("BRG-1")
    page.search.edit.clear()
    page.unit.set_value("LPK-MRE")
    page.unit.picked.emit("LPK-MRE")
    assert shown(page) == ["KOPI-GRAM", "KERUPUK", "TAS-S", "TAS-L"]
    page.category.set_value("Kerajinan")
    page.category.picked.emit("Kerajinan")
    assert shown(page) == ["TAS-S", "TAS-L"]


def test_arrows_choose_and_enter_goes_into_the_form(page: GoodsPage) -> None:
    page.list.setFocus()
    key(Qt.Key.Key_Down)
    settle()
    first = page.list.marked()
    key(Qt.Key.Key_Down)
    settle()
    assert page.list.marked() != first
    assert page.form.fields["sku"].text == page.list.marked()
    key(Qt.Key.Key_Return)
    assert focused() is page.form.fields["name"].field.findChild(type(page.search.edit))


def test_a_new_product_by_keys_alone_is_on_the_till_at_once(shop: Start) -> None:
    page = page_in(shop)
    key(Qt.Key.Key_N, CTRL)
    write(shop, "Kue Maksuba")
    assert page.form.fields["sku"].text == "KUE-MAKSUBA"
    fill(page, price="150000", category="Kue basah", aliases="maksubah, engkak", barcode="8990001112223")
    key(Qt.Key.Key_F9)
    settle()
    made = stored(page)["KUE-MAKSUBA"]
    assert (made.price, made.category, made.aliases) == (150_000, "Kue basah", ("maksubah", "engkak"))
    assert "Kue Maksuba tersimpan" in texts(page)
    assert "KUE-MAKSUBA" in {item.product.sku for item in desk_of(shop).shelf.items}
    frame_of(shop).choose(0)
    scan("8990001112223")
    assert [line.product.sku for line in desk_of(shop).basket.cart.lines] == ["KUE-MAKSUBA"]


def test_wrong_fields_say_so_and_nothing_is_stored(page: GoodsPage) -> None:
    before = stored(page)
    tap(button(page, "Barang baru"))
    fill(page, name="Kue", sku="PECI", price="murah", barcode="8991234567890")
    tap(page.form.save)
    settle()
    wrong = {column for column, field in page.form.fields.items() if field.wrong}
    assert wrong == {"sku", "price", "barcode"}
    assert stored(page) == before
    fill(page, sku="KUE", price="5rb", barcode="")
    tap(page.form.save)
    settle()
    assert stored(page)["KUE"].price == 5_000


def test_undo_brings_the_card_back(page: GoodsPage) -> None:
    tap_row(page, "PECI")
    fill(page, name="Peci Emas", price="55000")
    assert page.form.reason.isVisible()
    page.form.reason.field.setFocus()
    type_text("bahan naik")
    key(Qt.Key.Key_F9)
    settle()
    assert (stored(page)["PECI"].name, stored(page)["PECI"].price) == ("Peci Emas", 55_000)
    key(Qt.Key.Key_Z, CTRL)
    settle()
    assert (stored(page)["PECI"].name, stored(page)["PECI"].price) == ("Peci Bordir", 50_000)
    page.open_product("PECI")
    settle()
    assert any("bahan naik" in text for text in texts(page.form))


def test_what_was_typed_and_left_can_be_brought_back(page: GoodsPage) -> None:
    tap_row(page, "PECI")
    fill(page, name="Peci Emas", aliases="kopiah, songkok")
    tap_row(page, "SEMPRONG")
    assert page.form.fields["name"].text == "Semprong"
    tap(button(page, "Urungkan"))
    assert page.form.fields["name"].text == "Peci Emas"
    key(Qt.Key.Key_F9)
    settle()
    assert (stored(page)["PECI"].name, stored(page)["PECI"].aliases) == ("Peci Emas", ("kopiah", "songkok"))
    assert stored(page)["SEMPRONG"].name == "Semprong"


def test_what_labels_tell_is_kept_checked_and_undone(page: GoodsPage) -> None:
    tap_row(page, "PECI")
    fill(page, story="Dibordir dengan tangan.", halal="ID1611", pirt="2061", workshop="Siti Aminah")
    key(Qt.Key.Key_F9)
    settle()
    assert "tidak memuat nama" in page.form.fields["workshop"].wrong
    assert stored(page)["PECI"].facts == UNTOLD
    fill(page, workshop="bk-02")
    key(Qt.Key.Key_F9)
    settle()
    assert stored(page)["PECI"].facts == Facts("Dibordir dengan tangan.", "ID1611", "2061", "BK-02")
    assert page.form.fields["workshop"].text == "BK-02"
    key(Qt.Key.Key_Z, CTRL)
    settle()
    assert stored(page)["PECI"].facts == UNTOLD


def test_undo_of_a_new_product_takes_it_off_sale(page: GoodsPage) -> None:
    key(Qt.Key.Key_N, CTRL)
    fill(page, name="Brosur", price="1000")
    key(Qt.Key.Key_F9)
    settle()
    tap(button(page, "Urungkan"))
    settle()
    assert not stored(page)["BROSUR"].active


def test_out_of_sale_stays_in_the_list(shop: Start) -> None:
    page = page_in(shop)
    tap_row(page, "PECI")
    tap(page.form.active)
    tap(page.form.save)
    settle()
    assert not stored(page)["PECI"].active
    assert "PECI" in shown(page)
    assert any("1 tidak dijual" in text for text in texts(page))
    assert "PECI" not in {item.product.sku for item in desk_of(shop).shelf.items}


def test_a_price_of_nothing_is_asked_about(page: GoodsPage) -> None:
    tap_row(page, "PECI")
    fill(page, price="0")
    tap(page.form.save)
    settle()
    asked = question(page)
    assert asked is not None
    tap(button(asked, "Kembali"))
    settle()
    assert stored(page)["PECI"].price == 50_000
    tap(page.form.save)
    settle()
    asked = question(page)
    assert asked is not None
    tap(button(asked, "Ya, ini hadiah"))
    settle()
    assert stored(page)["PECI"].price == 0


def test_a_cashier_needs_somebody_who_may(rinas: GoodsPage) -> None:
    tap_row(rinas, "PECI")
    fill(rinas, price="55000")
    key(Qt.Key.Key_F9)
    settle()
    assert stored(rinas)["PECI"].price == 50_000


def test_with_an_approval_a_cashier_changes_a_price_once(rinas: GoodsPage, monkeypatch: object) -> None:
    allowed = granted(rinas.app.ledger, "sari", "price", "PECI", "bahan naik")
    patch = getattr(monkeypatch, "setattr")  # noqa: B009
    patch(keeping, "ask", lambda _app, _over, _wanted, then: then(allowed))
    for price in ("55000", "60000"):
        tap_row(rinas, "PECI")
        fill(rinas, price=price)
        key(Qt.Key.Key_F9)
        settle()
    assert stored(rinas)["PECI"].price == 55_000
    assert rinas.banner.isVisible()


def test_a_scan_finds_its_product_or_fills_the_form(shop: Start) -> None:
    page = page_in(shop)
    scan("8991234567890")
    settle()
    assert page.form.fields["sku"].text == "KERUPUK"
    scan("8990001112223")
    settle()
    assert page.form.fields["barcode"].text == "8990001112223"
    assert page.form.former is None
    page.open_product("PECI")
    page.form.fields["barcode"].setFocus()
    scan("8990001112230")
    settle()
    assert (page.form.fields["sku"].text, page.form.fields["barcode"].text) == ("PECI", "8990001112230")
    open_labels(page.app, page, {})
    assert not frame_of(shop).take_scan("8991234567890")  # nothing changes below a sheet
    assert page.form.fields["sku"].text == "PECI"


def test_a_photo_is_taken_and_a_bad_one_leaves_the_former(page: GoodsPage, tmp_path: Path) -> None:
    tap_row(page, "PECI")
    photo = tmp_path / "peci.png"
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    image.save(str(photo))
    page.form.photo.take(photo)
    settle()
    name = page.form.photo.image
    assert photo_path(name).read_bytes() == photo.read_bytes()
    (tmp_path / "a.txt").write_text("bukan gambar")
    (tmp_path / "b.png").write_bytes(photo.read_bytes()[:40])
    for bad, words in (("a.txt", "bukan gambar"), ("b.png", "utuh"), ("c.png", "Tidak ada")):
        page.form.photo.take(tmp_path / bad)
        settle()
        assert words in page.banner.accessibleName()
    assert page.form.photo.image == name
    key(Qt.Key.Key_F9)
    settle()
    assert stored(page)["PECI"].image == name


def test_a_photo_of_a_hundred_megapixels_is_refused(page: GoodsPage, tmp_path: Path) -> None:
    big = QImage(10_000, 10_000, QImage.Format.Format_Mono)
    assert big.width() * big.height() > MAX_PIXELS
    big.fill(0)
    big.save(str(tmp_path / "besar.png"))
    page.form.photo.take(tmp_path / "besar.png")
    settle()
    assert "100 megapiksel" in page.banner.accessibleName()


def test_odd_names_are_shown_as_they_are(page: GoodsPage) -> None:
    for name in ("<b>Kue</b> & co", "Kue 🍪 lapis", "Kue \u202eedrol"):
        key(Qt.Key.Key_N, CTRL)
        fill(page, name=name, price="1000")
        key(Qt.Key.Key_F9)
        settle()
    names = {one.name for one in stored(page).values()}
    assert {"<b>Kue</b> & co", "Kue 🍪 lapis", "Kue edrol"} <= names
    assert page.form.title.textFormat() == Qt.TextFormat.PlainText
    key(Qt.Key.Key_N, CTRL)
    page.form.fields["name"].set_text("kue " * 75)
    fill(page, sku="PANJANG", price="1000")
    key(Qt.Key.Key_F9)
    settle()
    assert "200" in page.form.fields["name"].wrong


def test_ten_thousand_goods_are_laid_out_once(page: GoodsPage) -> None:
    maker = page.goods.items[0].maker
    many = [Item(Product(f"P{n}", f"Barang {n}", n, maker.code), maker, n) for n in range(10_000)]
    page.list.show_items(many)
    assert isinstance(page.list, QListView)
    assert page.list.rows.rowCount(QModelIndex()) == 10_000
    page.list.mark("P9999")
    assert page.list.marked() == "P9999"
    assert page.list.verticalScrollBar().value() > 0


def test_every_control_has_a_name(page: GoodsPage) -> None:
    page.open_product("PECI")
    settle()
    for field in page.form.fields.values():
        inner = field.field if isinstance(field.field, PickField) else field.field.edit
        assert inner.accessibleName() == field.name


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_list_of_a_field_opens_below_it_while_four_entries_have_room(page: GoodsPage) -> None:
    """Above it would cover the title of the form, and what was filled in."""
    page.open_product("PECI")
    settle()
    field = page.form.fields["institution"].field
    assert isinstance(field, PickField)
    many = {f"U{number}": f"Lapas {number}" for number in range(20)}
    field.set_choices(many)
    window, screen = page.window(), page.screen().availableGeometry()
    for rows in (5, 4):
        bottom = field.mapToGlobal(QPoint(0, field.height())).y()
        wanted = screen.bottom() - rows * field.theme.size("touchMin") - 20
        window.move(window.x(), window.y() + wanted - bottom)
        QApplication.processEvents()
        field.showPopup()
        shown_list = field.view().window().geometry()
        assert shown_list.top() >= field.mapToGlobal(QPoint(0, field.height())).y() - 2
        assert shown_list.bottom() <= screen.bottom()
        field.hidePopup()

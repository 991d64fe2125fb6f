"""The till fits its window: whole tiles without a ragged edge, nothing covered, everything named."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QStyleOptionViewItem, QWidget
from pytestqt.qtbot import QtBot

from pos.cart import Cart, CartLine
from pos.catalog import post_products
from pos.ledger import Ledger
from pos.model import Product
from pos.shifts import open_shift
from pos.staff import post_staff
from pos.today import opening_of
from tests.books import CATALOGUE, DAY, STAFF, new_ledger, with_catalogue
from tests.ui.hands import button, buttons, colors, key, show, tap, texts, type_text
from tests.ui.shop import frame_over
from tests.ui.till.stand import in_cart, tap_stepper, tap_tile
from ui import work
from ui.app import App
from ui.dress import dress
from ui.frame import Frame
from ui.screens import SCREENS
from ui.stock.page import StockPage
from ui.theme import Theme, load_theme
from ui.till.cart_line import CartLineDelegate
from ui.till.cart_list import CartModel
from ui.till.desk import Desk
from ui.till.lettering import two_lines
from ui.till.measures import SIDE, measures
from ui.till.tile import REACH

SIZES = [(1093, 614), (1280, 720), (1366, 768), (1600, 900), (1920, 1080)]
LONG = Product(
    "PANJANG",
    "Seperangkat Kursi Tamu Ukir Jati Lengkap dengan Meja dan Bantalnya Superistimewasekali",
    999_999_999,
    "LPP-PLG",
    "Perabot rumah tangga yang besar-besar",
    position=9,
)


@pytest.mark.parametrize(("width", "columns"), [(1093, 3), (1280, 5), (1366, 5), (1600, 6), (1920, 7)])
def test_columns_are_those_of_the_design(theme: Theme, width: int, columns: int) -> None:
    sizes = measures(theme, width, 768)
    assert sizes.columns(width - 76 - sizes.cart - 2 * SIDE) == columns


@pytest.mark.parametrize("size", SIZES)
def test_tiles_fill_the_width_to_the_pixel(crowded: Frame, size: tuple[int, int]) -> None:
    crowded.resize(*size)
    goods = crowded.desk.till.goods
    grid = goods.grid
    cells = [grid.visualRect(grid.goods.index(row)) for row in range(len(grid.goods.items))]
    assert cells[0].left() + grid.x() + REACH == SIDE
    assert max(cell.right() for cell in cells) + grid.x() - REACH == goods.width() - SIDE - 1
    assert len({cell.width() for cell in cells}) <= 2
    assert not any(a.intersects(b) for a in cells for b in cells if a is not b)


@pytest.mark.parametrize(
    ("size", "scale"), [*((size, 1.0) for size in SIZES), ((1366, 768), 1.12), ((1366, 768), 1.25)]
)
def test_paying_is_always_in_sight(qtbot: QtBot, till: Ledger, size: tuple[int, int], scale: float) -> None:
    theme = load_theme("light", scale)
    dress(theme)
    frame = Frame(App.over(till, theme))
    frame.resize(*size)
    show(qtbot, frame)
    tap_tile(frame.desk, "NASTAR-500")
    for name in ("Uang pas", "Bayar Rp65.000"):
        shown = button(frame, name)
        corner = shown.mapTo(frame, QPoint(shown.width(), shown.height()))
        assert corner.x() <= size[0]
        assert corner.y() <= size[1]
    assert (frame.width(), frame.height()) == size
    work.finish()


@pytest.mark.parametrize(
    ("size", "scale"), [*((size, 1.0) for size in SIZES), ((1366, 768), 1.12), ((1366, 768), 1.25)]
)
def test_editing_the_cart_covers_no_total_and_needs_no_larger_window(
    qtbot: QtBot, till: Ledger, size: tuple[int, int], scale: float
) -> None:
    theme = load_theme("light", scale)
    dress(theme)
    frame = Frame(App.over(with_catalogue(till, [LONG]), theme))
    frame.resize(*size)
    show(qtbot, frame)
    panel, basket = frame.desk.till.cart, frame.desk.basket
    for sku in ("PANJANG", "PECI"):
        tap_tile(frame.desk, sku)
    for opened in (panel.edit_note, panel.edit_discount, panel.edit_whole):
        opened()
        QApplication.processEvents()
        assert (frame.width(), frame.height()) == size
        editor = panel.editors.current
        assert editor is not None
        assert _inside(editor, frame).bottom() < _inside(panel.foot, frame).top()
        for one in buttons(editor):
            assert min(one.width(), one.height()) >= theme.px(43)
            assert frame.childAt(_inside(one, frame).center()) is one
        assert frame.rect().contains(_inside(panel.foot, frame))
    basket.hold()
    panel.open_held()
    QApplication.processEvents()
    assert (frame.width(), frame.height()) == size
    assert all(frame.rect().contains(_inside(one, frame)) for one in buttons(panel))
    work.finish()


@pytest.mark.parametrize("width", [404, 388])
def test_names_tags_and_amounts_stay_off_the_stepper(theme: Theme, width: int) -> None:
    long = CartLine(LONG, 1000, 99_999_999_900, 10, "kado")
    model = CartModel()
    model.show_cart(Cart("1", (long,)), 0)
    painter = CartLineDelegate(theme)
    row = QRect(0, 0, width, painter.sizeHint(QStyleOptionViewItem(), model.index(0)).height())
    free = _painted(painter, model, row)
    stepper = painter.stepper(row)
    gap = free.copy(stepper.left() - 6, stepper.top() + 2, 4, stepper.height() - 4)
    assert colors(gap) == {theme.color("primarySoft").name()}


def test_all_tiles_are_painted_wherever_they_stand(crowded: Frame) -> None:
    grid = crowded.desk.till.goods.grid
    crowded.resize(1093, 614)
    picture = grid.grab().toImage()
    ground = grid.theme.color("surface").name()
    for row in range(len(grid.goods.items)):
        cell = grid.visualRect(grid.goods.index(row))
        inside = QPoint(cell.left() + 20, cell.bottom() - 12)
        if picture.rect().contains(inside):
            assert picture.pixelColor(inside).name() == ground


def test_a_tap_flashes_its_tile(desk: Desk, qtbot: QtBot) -> None:
    grid = desk.till.goods.grid
    corner = grid.visualRect(grid.goods.index(0)).bottomLeft() + QPoint(20, -12)
    tap_tile(desk, "NASTAR-500")
    assert _color(desk, corner) == desk.app.theme.color("primarySoft")
    qtbot.waitUntil(lambda: _color(desk, corner) == desk.app.theme.color("surface"))


def test_every_control_has_a_name(frame: Frame, desk: Desk) -> None:
    desk.prepare()
    tap_tile(desk, "PECI")
    tap_stepper(desk, 0, "less")
    tap_tile(desk, "PECI")
    key(Qt.Key.Key_F3)
    assert [one for one in buttons(frame) if not one.accessibleName()] == []
    key(Qt.Key.Key_F6)
    key(Qt.Key.Key_F7)
    assert [one for one in buttons(frame) if not one.accessibleName()] == []


def test_a_tile_says_all_that_it_shows(desk: Desk) -> None:
    tap_tile(desk, "NASTAR-500")
    grid = QAccessible.queryAccessibleInterface(desk.till.goods.grid)
    words = grid.child(0).text(QAccessible.Text.Name)
    assert words == (
        "Nastar 500 g, Lapas Perempuan Kelas IIA Palembang, 65.000 rupiah, Sisa 100, 1 di keranjang,"
        " belum laku hari ini"
    )


def test_screens_that_do_not_exist_yet_promise_nothing(frame: Frame) -> None:
    kasir = frame.buttons[0]
    assert (kasir.text(), kasir.isEnabled(), kasir.isChecked()) == ("Kasir", True, True)
    for screen, one in zip(SCREENS, frame.buttons, strict=False):
        assert one.isEnabled() == (screen.make is not None)
        assert one.toolTip() == ("" if screen.make else "Belum tersedia di versi ini")


def test_kasir_begins_the_next_sale_but_never_empties_a_cart(frame: Frame, desk: Desk) -> None:
    tap_tile(desk, "PECI")
    tap(frame.buttons[0])
    assert in_cart(desk) == {"PECI": 1}
    key(Qt.Key.Key_F10)
    tap(frame.buttons[0])
    assert desk.currentWidget() is desk.till
    assert in_cart(desk) == {}


def test_the_status_bar_tells_booth_cashier_shift_and_time(frame: Frame) -> None:
    assert set(texts(frame.status)) == {
        "Stan S03",
        "Rina Oktaviani",
        "Sif 1 sejak 14.07",
        "Jum, 14 Apr 2023",
        "14.07",
    }


def test_a_category_narrows_the_grid(desk: Desk) -> None:
    grid = desk.till.goods.grid
    tap(button(desk, "Kue kering, 3"))
    assert len(grid.goods.items) == 3
    key(Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert [item.product.sku for item in grid.goods.items] == ["PECI"]
    key(Qt.Key.Key_Escape)
    assert len(grid.goods.items) == 6


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the offscreen platform, of menus
def test_categories_without_room_wait_behind_the_dots(crowded: Frame) -> None:
    bar = crowded.desk.till.goods.categories
    tap(button(crowded, "Kategori lain"))
    (menu,) = bar.findChildren(QMenu)
    entry = menu.actions()[-1]
    name = entry.text().removesuffix("  1")
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())
    assert {item.product.category for item in crowded.desk.till.goods.grid.goods.items} == {name}
    assert button(crowded, "Kategori lain").text() == name
    assert all(one.geometry().right() < bar.width() for one in buttons(bar))


def test_the_gold_button_shows_only_who_has_not_sold(desk: Desk, qtbot: QtBot) -> None:
    tap_tile(desk, "PECI")
    key(Qt.Key.Key_F10)
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(desk.shelf.unsold) == 2)
    tap(button(desk, "Belum laku hari ini 2 UPT"))
    makers = {item.product.institution for item in desk.till.goods.grid.goods.items}
    assert makers == {"LPP-PLG", "LPK-MRE"}
    tap(button(desk, "Busana, 1"))
    told = next(one for one in desk.findChildren(QLabel) if "sudah laku" in one.text())
    place = QRect(told.mapTo(desk, QPoint()), told.size())
    assert len(colors(desk.grab(place).toImage())) > 2, "the grid covers it"


def test_a_booth_without_goods_is_led_to_where_they_come_from(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    with closing(new_ledger(tmp_path / "baru.lapak")) as ledger:
        post_staff(ledger, STAFF)
        open_shift(ledger, "rina", DAY, 200_000)
        frame = frame_over(qtbot, theme, ledger)
        assert not [one for one in texts(frame.desk) if "sudah laku" in one]
        type_text("nastar")
        assert "Belum ada barang" not in texts(frame.desk)
        key(Qt.Key.Key_Escape)
        assert "Belum ada barang" in texts(frame.desk)
        tap(button(frame.desk, "Terima titipan"))
        assert isinstance(frame.screens.currentWidget(), StockPage)
        post_products(ledger, CATALOGUE)
        frame.app.renew(opening_of(ledger))
        work.finish()
        frame.choose(0)
        assert "Belum ada barang" not in texts(frame.desk)


def test_hits_take_the_place_of_the_grid(desk: Desk) -> None:
    type_text("sem")
    assert "2 barang cocok dengan “sem”" in texts(desk)
    assert not desk.till.goods.grid.isVisible()
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    assert in_cart(desk) == {"KOPI-GRAM": 1}
    assert desk.till.goods.grid.isVisible()


def test_a_typing_slip_is_one_tap_from_the_right_word(desk: Desk) -> None:
    type_text("3*nsatra")
    tap(button(desk, "Mungkin: Nastar"))
    key(Qt.Key.Key_Return)
    assert in_cart(desk) == {"NASTAR-500": 3}


def test_long_names_and_large_prices_stay_inside(qtbot: QtBot, theme: Theme, till: Ledger) -> None:
    with_catalogue(till, [LONG])
    frame = Frame(App.over(till, theme))
    frame.resize(1280, 720)
    show(qtbot, frame)
    tap_tile(frame.desk, "PANJANG")
    metrics = frame.desk.till.goods.grid.fontMetrics()
    assert all(metrics.horizontalAdvance(line) <= 120 for line in two_lines(LONG.name, metrics, 120))
    assert len(two_lines(LONG.name, metrics, 120)) == 2
    assert in_cart(frame.desk) == {"PANJANG": 1}
    work.finish()


def _inside(widget: QWidget, frame: Frame) -> QRect:
    return QRect(widget.mapTo(frame, QPoint()), widget.size())


def _painted(delegate: CartLineDelegate, model: CartModel, row: QRect) -> QImage:
    picture = QImage(row.size(), QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    option = QStyleOptionViewItem()
    option.rect = row
    delegate.paint(painter, option, model.index(0))
    painter.end()
    return picture


def _color(desk: Desk, place: QPoint) -> QColor:
    return desk.till.goods.grid.viewport().grab().toImage().pixelColor(place)


def test_what_is_made_ahead_behind_another_page_does_not_come_into_sight_with_the_till(
    qtbot: QtBot, theme: Theme, till: Ledger
) -> None:
    """Whoever signs in or opens the shift takes longer than the till needs to make what comes later."""
    frame = Frame(App.over(till, theme))
    desk = frame.desk
    hits, sheet = desk.till.goods.hits, desk.till.prepared_sheet()
    desk.till.cart.prepare()
    show(qtbot, frame)
    editors = desk.till.cart.editors
    assert desk.till.goods.grid.isVisible()
    assert not any(part.isVisible() for part in (hits, sheet, editors.discount, editors.text))
    work.finish()

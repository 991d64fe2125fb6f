"""The grid under the hand: taps and long presses, scrolling by touch, favourites, photos, arrows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from pos.model import Product
from pos.paths import photo_path
from tests.books import with_catalogue
from tests.ui.hands import button, buttons, key, show, tap, texts, type_text
from tests.ui.till.finger import Finger, press_long, right_click, touch_long
from tests.ui.till.stand import click, in_cart, tap_tile, tile
from ui import work
from ui.app import App
from ui.frame import Frame
from ui.theme import Theme
from ui.till.desk import Desk
from ui.till.favourites import choices, from_setting, in_front, to_setting
from ui.till.goods import shelf_of
from ui.till.goods_model import Tile

MENUS = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # the offscreen platform


def skus(desk: Desk) -> list[str]:
    """The tiles in their order."""
    return [item.product.sku for item in desk.till.goods.grid.goods.items]


def open_menu(desk: Desk, sku: str, how: Callable[[Desk, QPoint], None]) -> dict[str, Callable[[], None]]:
    """The entries of a tile's menu, each with the tap on it."""
    how(desk, tile(desk, sku))
    (menu,) = (one for one in desk.till.goods.findChildren(QMenu) if one.isVisible())

    def choose(entry: int) -> None:
        place = menu.actionGeometry(menu.actions()[entry]).center()
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    return {action.text(): lambda at=at: choose(at) for at, action in enumerate(menu.actions())}  # type: ignore[misc]


def press_menu_key(desk: Desk, place: QPoint) -> None:
    grid = desk.till.goods.grid
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    grid.setCurrentIndex(grid.indexAt(place))
    key(Qt.Key.Key_Menu)


def press_shift_f10(desk: Desk, place: QPoint) -> None:
    grid = desk.till.goods.grid
    grid.setFocus(Qt.FocusReason.TabFocusReason)
    grid.setCurrentIndex(grid.indexAt(place))
    key(Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)


# Taps


def test_a_touch_adds_the_product(desk: Desk) -> None:
    finger = Finger(desk.till.goods.grid)
    finger.tap(tile(desk, "PECI"))
    finger.tap(tile(desk, "PECI"))
    assert in_cart(desk) == {"PECI": 2}


def test_a_touch_that_scrolls_adds_nothing(crowded: Frame) -> None:
    grid = crowded.desk.till.goods.grid
    finger, start, end = Finger(grid), QPoint(200, 500), QPoint(200, 300)
    finger.press(start)
    finger.move(start, end)
    finger.lift(end)
    assert in_cart(crowded.desk) == {}
    moved = grid.verticalScrollBar().value()
    assert moved > 100
    QTest.qWait(60)
    assert grid.verticalScrollBar().value() > moved  # it runs on by itself


def test_the_finger_that_stops_a_running_grid_adds_nothing(crowded: Frame) -> None:
    grid = crowded.desk.till.goods.grid
    finger, start, end = Finger(grid), QPoint(200, 500), QPoint(200, 200)
    finger.press(start)
    finger.move(start, end, steps=5)
    finger.lift(end)
    QTest.qWait(30)
    finger.tap(end)
    assert in_cart(crowded.desk) == {}
    stopped = grid.verticalScrollBar().value()
    QTest.qWait(QApplication.doubleClickInterval() + 50)
    assert grid.verticalScrollBar().value() == stopped
    finger.tap(end)
    assert sum(in_cart(crowded.desk).values()) == 1


def test_a_touch_that_scrolls_the_hits_adds_nothing(crowded: Frame) -> None:
    type_text("barang")
    hits = crowded.desk.till.goods.hits.list
    finger, start, end = Finger(hits), QPoint(200, 400), QPoint(200, 200)
    finger.press(start)
    finger.move(start, end)
    finger.lift(end)
    assert hits.verticalScrollBar().value() > 100
    assert in_cart(crowded.desk) == {}


def test_a_mouse_that_is_drawn_away_adds_nothing(desk: Desk) -> None:
    viewport, place = desk.till.goods.grid.viewport(), tile(desk, "PECI")
    QTest.mousePress(viewport, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseMove(viewport, place + QPoint(30, 0))
    QTest.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert in_cart(desk) == {}


def test_a_tile_that_only_peeks_is_added_where_it_is(crowded: Frame) -> None:
    grid = crowded.desk.till.goods.grid
    place = QPoint(60, grid.viewport().height() - 4)
    row = grid.indexAt(place).row()
    click(grid.viewport(), place)
    assert in_cart(crowded.desk) == {grid.goods.items[row].product.sku: 1}
    assert grid.verticalScrollBar().value() == 0


def test_a_notch_of_the_wheel_moves_less_than_a_row(crowded: Frame) -> None:
    grid = crowded.desk.till.goods.grid
    at = QPointF(200, 200)
    wheel = QWheelEvent(
        at,
        grid.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, -40),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(grid.viewport(), wheel)
    assert 0 < grid.verticalScrollBar().value() < grid.theme.size("tile.height")


def test_scrolling_moves_what_is_painted(crowded: Frame) -> None:
    grid = crowded.desk.till.goods.grid
    before = grid.viewport().grab().toImage()
    grid.verticalScrollBar().setValue(100)
    after = grid.viewport().grab().toImage()
    height = after.height() - 100
    assert after.copy(0, 0, 800, height) == before.copy(0, 100, 800, height)


def test_the_grid_paints_only_what_has_changed(crowded: Frame, qtbot: QtBot) -> None:
    grid = crowded.desk.till.goods.grid
    qtbot.waitUntil(lambda: grid.goods.flash < 0)
    QApplication.processEvents()
    painted: list[str] = []
    paint = grid.painter.paint

    def noted(painter: QPainter, cell: QRect, shown: Tile, *, hover: bool) -> None:
        painted.append(shown.item.product.sku)
        paint(painter, cell, shown, hover=hover)

    grid.painter.paint = noted  # type: ignore[method-assign, assignment]
    tap_tile(crowded.desk, "B1")
    QApplication.processEvents()
    assert set(painted) == {"B1"}
    painted.clear()
    grid.verticalScrollBar().setValue(10)
    QApplication.processEvents()
    assert len(painted) <= 10  # of the 25 in sight: the lines at both ends


def test_another_chip_begins_at_its_first_tile(crowded: Frame) -> None:
    bar = crowded.desk.till.goods.grid.verticalScrollBar()
    bar.setValue(300)
    crowded.desk.till.goods.show_shelf(crowded.desk.shelf)
    assert bar.value() == 300
    tap(button(crowded, "Kategori 1, 5"))
    assert (bar.value(), bar.maximum()) == (0, 0)
    tap(button(crowded, "Semua, 66"))
    assert bar.value() == 0
    assert bar.maximum() > 1000


# Favourites


@MENUS
@pytest.mark.parametrize("how", [right_click, press_long, touch_long, press_menu_key, press_shift_f10])
def test_a_tile_is_pinned_by_its_menu_and_never_added(
    desk: Desk, how: Callable[[Desk, QPoint], None], qtbot: QtBot
) -> None:
    usual = skus(desk)
    menu = open_menu(desk, "PECI", how)
    assert list(menu) == ["Sematkan di depan"]
    with qtbot.waitSignal(desk.till.goods.pinned_changed) as told:
        menu["Sematkan di depan"]()
    assert told.args == [("PECI",)]
    assert skus(desk) == ["PECI", *(sku for sku in usual if sku != "PECI")]
    assert in_cart(desk) == {}


@MENUS
def test_pinned_tiles_move_by_hand_only(desk: Desk) -> None:
    desk.till.goods.show_pinned(["PECI", "SEMPRONG", "HAMPERS"])
    usual = skus(desk)
    assert usual[:3] == ["PECI", "SEMPRONG", "HAMPERS"]
    tap_tile(desk, "HAMPERS")
    desk.till.goods.show_shelf(shelf_of(desk.app.opening))
    assert skus(desk) == usual
    menu = open_menu(desk, "PECI", right_click)
    assert list(menu) == ["Lepas sematan", "Geser ke kanan"]
    menu["Geser ke kanan"]()
    assert skus(desk)[:3] == ["SEMPRONG", "PECI", "HAMPERS"]
    menu = open_menu(desk, "HAMPERS", right_click)
    assert list(menu) == ["Lepas sematan", "Geser ke kiri", "Jadikan pertama"]
    menu["Jadikan pertama"]()
    assert skus(desk)[:3] == ["HAMPERS", "SEMPRONG", "PECI"]
    open_menu(desk, "PECI", right_click)["Geser ke kiri"]()
    assert skus(desk)[:3] == ["HAMPERS", "PECI", "SEMPRONG"]
    open_menu(desk, "PECI", right_click)["Lepas sematan"]()
    assert skus(desk)[:3] == ["HAMPERS", "SEMPRONG", "NASTAR-500"]


def test_favourites_are_the_first_chip_as_long_as_there_are_any(desk: Desk) -> None:
    first = buttons(desk.till.goods.categories)[0]
    assert first.accessibleName() == "Semua, 6"
    desk.till.goods.show_pinned(["PECI", "SEMPRONG"])
    tap(button(desk, "Favorit, 2"))
    assert skus(desk) == ["PECI", "SEMPRONG"]
    tap(button(desk, "Kue kering, 3"))
    assert skus(desk) == ["NASTAR-500", "PUTRI-500", "SEMPRONG"]
    tap(button(desk, "Favorit, 2"))
    desk.till.goods.show_pinned([])
    assert len(skus(desk)) == 6
    assert buttons(desk.till.goods.categories)[0].accessibleName() == "Semua, 6"


def test_what_left_the_catalogue_keeps_its_wish(desk: Desk) -> None:
    shelf = shelf_of(desk.app.opening)
    assert [item.product.sku for item in in_front(shelf, ("X", "PECI", "Y"))] == ["PECI"]
    assert choices("SEMPRONG", ("X", "PECI"), ("PECI",)) == {"Sematkan di depan": ("PECI", "SEMPRONG", "X")}
    assert choices("PECI", ("X", "PECI"), ("PECI",)) == {"Lepas sematan": ("X",)}


def test_the_keyboard_stays_with_the_product_that_moves(desk: Desk) -> None:
    for arrow in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right):
        key(arrow)
    desk.till.goods.show_pinned(["SEMPRONG"])
    assert skus(desk)[0] == "SEMPRONG"
    key(Qt.Key.Key_Return)
    assert in_cart(desk) == {"SEMPRONG": 1}


@MENUS
def test_more_favourites_than_can_be_stored_are_not_promised(desk: Desk) -> None:
    many = tuple(f"{n:040d}" for n in range(47))
    assert choices("PECI", many, ()) == {}
    desk.till.goods.show_pinned(many)
    assert list(open_menu(desk, "PECI", right_click)) == ["Favorit sudah penuh"]


@pytest.mark.parametrize("text", ["", "{}", "[1, null]", "not json", "[]"])
def test_a_broken_setting_pins_nothing(text: str) -> None:
    assert from_setting(text) == ()


def test_the_setting_keeps_the_order_of_the_hand() -> None:
    assert from_setting(to_setting(("B", "A", "Ö"))) == ("B", "A", "Ö")
    assert from_setting('["B", "A", "B"]') == ("B", "A")


# Arrows and words


@pytest.mark.parametrize(
    ("arrows", "reached"),
    [
        ("", 0),
        ("Right Right Left", 1),
        ("Right Down", 6),
        ("Right Down Down Up", 6),
        ("Right Right Right Right Right", 5),
        ("Left", 0),
        ("End", 65),
        ("End Up Right Down", 65),
        ("PageDown", 15),
        ("End Home", 0),
    ],
)
def test_arrows_move_over_the_tiles_and_enter_adds(crowded: Frame, arrows: str, reached: int) -> None:
    key(Qt.Key.Key_Down)
    for arrow in arrows.split():
        key(getattr(Qt.Key, f"Key_{arrow}"))
    key(Qt.Key.Key_Return)
    grid = crowded.desk.till.goods.grid
    assert in_cart(crowded.desk) == {grid.goods.items[reached].product.sku: 1}
    assert grid.viewport().rect().intersects(grid.visualRect(grid.currentIndex()))


def test_up_from_the_first_row_leads_back_to_the_search(crowded: Frame) -> None:
    for arrow in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Up):
        key(arrow)
    assert QApplication.focusWidget() is crowded.desk.till.goods.search.edit


def test_many_hits_come_page_by_page(qtbot: QtBot, theme: Theme, till: Ledger) -> None:
    goods = [Product(f"B{n:03d}", f"Barang {n:03d}", 1000, "LP1-PLG", position=n) for n in range(250)]
    frame = Frame(App.over(with_catalogue(till, goods), theme))
    frame.resize(1366, 768)
    show(qtbot, frame)
    type_text("barang")
    hits = frame.desk.till.goods.hits
    assert "250 barang cocok dengan “barang”" in texts(hits)
    assert hits.list.goods.rowCount() == 100
    hits.list.move_selection(-1)
    for _press in range(205):
        hits.list.move_selection(1)
    key(Qt.Key.Key_Return)
    assert in_cart(frame.desk) == {"B205": 1}
    work.finish()


def test_slips_are_told_apart_from_what_was_typed(desk: Desk) -> None:
    type_text("3*nastra")
    assert "Tidak ada barang bernama “nastra”. Yang mirip:" in texts(desk)
    key(Qt.Key.Key_Return)
    assert in_cart(desk) == {"NASTAR-500": 3}
    type_text("semendo")
    assert "1 barang cocok dengan “semendo”" in texts(desk)


# Photos


def _pictured(qtbot: QtBot, theme: Theme, till: Ledger, *images: str) -> Desk:
    goods = [Product(f"F{n}", f"Foto {n}", 1000, "LP1-PLG", image=one) for n, one in enumerate(images)]
    frame = Frame(App.over(with_catalogue(till, goods), theme))
    frame.resize(1366, 768)
    show(qtbot, frame)
    frame.desk.till.goods.grid.load_pictures()
    return frame.desk


def _in_the_picture(desk: Desk, sku: str) -> QColor:
    grid = desk.till.goods.grid
    return grid.viewport().grab().toImage().pixelColor(tile(desk, sku) - QPoint(40, 50))


def _is_blue(color: QColor) -> bool:
    return color.blue() > 200 and color.red() < 40


def test_a_photo_takes_the_place_of_the_general_picture(qtbot: QtBot, theme: Theme, till: Ledger) -> None:
    photo = QImage(800, 600, QImage.Format.Format_RGB32)
    photo.fill(QColor("#2020d0"))
    photo_path("a.jpg").parent.mkdir(parents=True)
    photo.save(str(photo_path("a.png")))
    desk = _pictured(qtbot, theme, till, "a.png", "tiada.jpg", "mug")
    general = theme.illustration_background("barang-umum")
    assert _in_the_picture(desk, "F0") == general
    qtbot.waitUntil(lambda: _is_blue(_in_the_picture(desk, "F0")))
    work.finish()
    assert _in_the_picture(desk, "F1") == general
    assert _in_the_picture(desk, "F2") == theme.illustration_background("mug")
    type_text("foto 0")
    hits = desk.till.goods.hits.list
    middle = QPoint(43, 38)
    qtbot.waitUntil(lambda: _is_blue(hits.viewport().grab().toImage().pixelColor(middle)))
    work.finish()


def test_a_tile_tells_all_it_shows_when_sold_out(desk: Desk) -> None:
    from dataclasses import replace

    from ui.till.goods import Shelf

    items = tuple(replace(item, left=0) for item in desk.shelf.items)
    desk.till.show_shelf(Shelf(items))
    words = QAccessible.queryAccessibleInterface(desk.till.goods.grid).child(3).text(QAccessible.Text.Name)
    assert words == "Peci Bordir, Lapas Kelas I Palembang, 50.000 rupiah, habis, belum laku hari ini"

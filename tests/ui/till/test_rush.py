"""Rush mode: by itself and by hand, one tap back, and no tile that moves under a finger."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.rush import SALES
from tests.ui.hands import button, key, tap, texts
from tests.ui.shop import desk_of, frame_of, ledger_of
from tests.ui.till.stand import in_cart, sales, tap_tile, tile
from ui import work
from ui.start import Start
from ui.till.goods_pane import RUSH


def sell(start: Start, *skus: str, exact: bool = True) -> None:
    """One sale in cash; with `exact` without change, otherwise for the next round amount."""
    for sku in skus:
        tap_tile(desk_of(start), sku)
    if exact:
        key(Qt.Key.Key_F10)
    else:
        key(Qt.Key.Key_F9)
        key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    work.finish()


def shown(start: Start) -> list[str]:
    """The SKUs of the tiles, in their order."""
    return [item.product.sku for item in desk_of(start).till.goods.grid.goods.items]


def is_on(start: Start) -> bool:
    return desk_of(start).rush.on


def is_done(start: Start) -> bool:
    """The last page of a sale is in sight."""
    return desk_of(start).sale is not None


def next_buyer(start: Start) -> None:
    if desk_of(start).sale is not None:
        key(Qt.Key.Key_Return)


def test_it_begins_by_itself_behind_the_last_page_and_a_tap_ends_it(shop: Start) -> None:
    desk = desk_of(shop)
    goods = desk.till.goods
    usual, height = shown(shop), goods.grid._pitch
    for n in range(SALES):
        assert not is_on(shop)
        sell(shop, "SEMPRONG" if n % 2 else "PECI", "KERUPUK")
        if n < SALES - 1:
            assert shown(shop) == usual
            next_buyer(shop)
    assert is_on(shop)
    assert desk.currentWidget() is desk.done  # nobody sees how the tiles change
    next_buyer(shop)
    assert shown(shop)[:3] == ["KERUPUK", "PECI", "SEMPRONG"]
    assert len(shown(shop)) == 10
    assert goods.grid._pitch > height * 1.4
    tap_tile(desk, "PECI")
    assert in_cart(desk) == {"PECI": 1}
    tap(button(goods, "Semua, 30"))
    assert not is_on(shop)
    assert not frame_of(shop).app.hurried
    assert shown(shop) == usual
    assert goods.grid._pitch == height
    assert in_cart(desk) == {"PECI": 1}
    sell(shop)
    assert not is_on(shop)  # who ended it is not asked again at once
    assert sales(ledger_of(shop)) == SALES + 1


def test_by_key_and_by_menu_and_the_setting_keeps_it_from_coming(shop: Start) -> None:
    desk = desk_of(shop)
    frame_of(shop).app.set("rush", "0")
    for _n in range(SALES):
        sell(shop, "PECI")
        next_buyer(shop)
    assert not is_on(shop)
    key(Qt.Key.Key_F12)
    assert is_on(shop)
    assert desk.till.goods.categories.current == RUSH
    assert shown(shop)[0] == "PECI"
    key(Qt.Key.Key_F12)
    assert not is_on(shop)


def test_tiles_stay_while_a_cart_is_filled_and_best_sellers_keep_their_places(shop: Start) -> None:
    desk = desk_of(shop)
    sell(shop, "PECI", "KERUPUK")
    next_buyer(shop)
    key(Qt.Key.Key_F12)
    before = shown(shop)
    place = tile(desk, "KERUPUK")
    tap_tile(desk, "SEMPRONG")
    desk.rush.show_shelf()  # stock that comes meanwhile
    assert shown(shop) == before
    assert tile(desk, "KERUPUK") == place
    sell(shop, "SEMPRONG")
    assert shown(shop)[:2] == before[:2]


def test_change_is_still_shown_and_paper_comes_only_on_request(qtbot: QtBot, shop: Start) -> None:
    desk = desk_of(shop)
    app = frame_of(shop).app
    papers: list[object] = []
    app.printing.print_paper = papers.append  # type: ignore[method-assign, assignment]
    app.set("printer", '{"kind": "tcp", "address": "127.0.0.1:9"}')
    key(Qt.Key.Key_F12)
    sell(shop, "KERUPUK", exact=False)
    assert is_done(shop)  # somebody must see the change
    qtbot.wait(80)
    assert papers == []
    next_buyer(shop)
    sell(shop, "KERUPUK")
    assert not is_done(shop)
    assert "Lunas: Rp15.000" in texts(desk.till.cart.toast)
    tap(button(desk.till.cart.toast, "Struk"))
    assert is_done(shop)
    key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert len(papers) == 1


def test_a_sale_that_the_ledger_tells_of_too_counts_once(shop: Start) -> None:
    for _n in range(SALES // 2):
        sell(shop, "PECI")
        next_buyer(shop)
    desk_of(shop).rush.read()  # as when the ledger is asked while somebody pays
    work.finish()
    sell(shop, "PECI")
    assert not is_on(shop)


def test_the_way_to_a_receipt_goes_when_another_one_is_shown(shop: Start) -> None:
    desk = desk_of(shop)
    key(Qt.Key.Key_F12)
    sell(shop, "PECI", exact=False)
    former = desk.sale
    assert former is not None
    next_buyer(shop)
    sell(shop, "KERUPUK")
    assert "Lunas: Rp15.000" in texts(desk.till.cart.toast)
    assert desk.take_scan(former.receipt)
    assert [desk.sale] == [former]
    key(Qt.Key.Key_Escape)
    assert desk.sale is None
    assert not desk.till.cart.toast.isVisible()

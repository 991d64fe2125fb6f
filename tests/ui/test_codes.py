"""What a scanned code means: a receipt opens its sale, an unknown one finds its product, two are a choice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.catalog import products
from pos.model import Product
from tests.books import documents
from tests.ui.hands import button, key, tap, texts
from tests.ui.shop import CODE, TWICE, books_of_today, desk_of, ledger_of, open_shop, paid, scan, write
from tests.ui.till.stand import in_cart, shown_sale, tap_tile
from ui import work
from ui.start import Start
from ui.theme import Theme

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("with_check", [False, True])
@pytest.mark.parametrize("way_back", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_a_receipt_opens_its_sale_over_the_cart(
    shop: Start, tones: list[str], with_check: bool, way_back: Qt.Key
) -> None:
    desk = desk_of(shop)
    tap_tile(desk, "PECI")
    key(Qt.Key.Key_F9)
    write(shop, "100000")
    key(Qt.Key.Key_Return)
    sale = shown_sale(desk)
    key(Qt.Key.Key_Return)
    tap_tile(desk, "SEMPRONG")
    tones.clear()
    scan(f"{sale.receipt} {sale.code}" if with_check else sale.receipt)
    assert shown_sale(desk) == sale
    assert not {"Pembayaran diterima", "Kembalian"} & set(texts(desk))  # nobody gives it back a second time
    assert (in_cart(desk), tones) == ({"SEMPRONG": 1}, ["scanned"])
    key(way_back)
    assert desk.currentWidget() is desk.till
    assert in_cart(desk) == {"SEMPRONG": 1}
    scan(CODE)
    assert in_cart(desk) == {"SEMPRONG": 1, "KERUPUK": 1}


def test_esc_leaves_the_change_of_a_sale_that_was_just_made(shop: Start) -> None:
    paid(shop)
    key(Qt.Key.Key_Escape)
    assert shown_sale(desk_of(shop)).total == 50_000


def test_a_receipt_of_another_ledger_is_told(shop: Start, tones: list[str]) -> None:
    desk = desk_of(shop)
    for after_a_sale in (False, True):
        if after_a_sale:
            paid(shop)
        tones.clear()
        scan("S07QQ-000042 1A2B3C4D")
        assert tones == ["failed"]
        assert desk.currentWidget() is desk.till
        assert desk.till.goods.banner.isVisible()
        assert "S07QQ-000042" in desk.till.goods.banner.accessibleName()


def test_a_product_whose_code_looks_like_a_receipt_is_sold(
    qtbot: QtBot, theme: Theme, tmp_path: Path
) -> None:
    like = Product("SARUNG-000012", "Sarung Tenun", 120_000, "LPP-PLG", position=9)
    books_of_today(tmp_path / "stan.lapak", (like,)).close()
    start = open_shop(qtbot, theme, tmp_path / "stan.lapak")
    scan("SARUNG-000012")
    assert in_cart(desk_of(start)) == {"SARUNG-000012": 1}
    start.finish()


# Barcodes that nobody has, and those that two have


def test_an_unknown_barcode_is_given_to_the_next_tapped_product(
    shop: Start, qtbot: QtBot, tones: list[str]
) -> None:
    desk, ledger = desk_of(shop), ledger_of(shop)
    papers = sum(map(len, documents(ledger).values()))
    scan("4719512002889")
    assert tones == ["failed"]
    assert "4719512002889" in desk.till.goods.banner.accessibleName()
    tap(button(desk, "Daftarkan"))
    tap_tile(desk, "PECI")
    assert in_cart(desk) == {"PECI": 1}
    qtbot.waitUntil(lambda: desk.till.items["PECI"].product.barcode == "4719512002889")
    (papers_now,) = documents(ledger).values()
    kinds = [doc.kind for doc in papers_now[papers:]]
    assert kinds == ["catalog"]
    scan("4719512002889")
    assert in_cart(desk) == {"PECI": 2}
    assert next(one for one in products(ledger) if one.sku == "PECI").barcode == "4719512002889"


def test_a_product_with_another_barcode_keeps_it(shop: Start) -> None:
    desk, before = desk_of(shop), documents(ledger_of(shop))
    scan("4719512002889")
    key(Qt.Key.Key_D, CTRL)
    tap_tile(desk, "KERUPUK")
    work.finish()
    assert "Kerupuk Kemplang" in desk.till.goods.banner.accessibleName()
    assert in_cart(desk) == {}
    assert documents(ledger_of(shop)) == before
    tap_tile(desk, "PECI")  # and nothing is registered any more
    work.finish()
    assert in_cart(desk) == {"PECI": 1}
    assert documents(ledger_of(shop)) == before


def leave_by_esc(_start: Start) -> None:
    key(Qt.Key.Key_Escape)


def leave_by_the_cross(start: Start) -> None:
    tap(button(desk_of(start).till.goods.banner, "Tutup"))


def leave_by_a_known_code(_start: Start) -> None:
    scan("SEMPRONG")


def leave_by_another_scan(_start: Start) -> None:
    scan("4719512002890")


def leave_by_the_done_screen(_start: Start) -> None:
    scan("SEMPRONG")
    key(Qt.Key.Key_F10)
    key(Qt.Key.Key_Return)


LEFT = [
    leave_by_esc,
    leave_by_the_cross,
    leave_by_a_known_code,
    leave_by_another_scan,
    leave_by_the_done_screen,
]


@pytest.mark.parametrize("leave", LEFT, ids=[leave.__name__ for leave in LEFT])
def test_a_registration_that_was_left_gives_no_barcode_away(
    shop: Start, leave: Callable[[Start], None]
) -> None:
    desk = desk_of(shop)
    scan("4719512002889")
    tap(button(desk, "Daftarkan"))
    leave(shop)
    tap_tile(desk, "PECI")
    work.finish()
    assert in_cart(desk)["PECI"] == 1
    assert not any(one.barcode.startswith("4719") for one in products(ledger_of(shop)))


def test_who_registers_may_search_and_sees_what_is_asked_all_the_while(shop: Start, qtbot: QtBot) -> None:
    desk = desk_of(shop)
    scan("4719512002889")
    tap(button(desk, "Daftarkan"))
    write(shop, "peci")
    assert "4719512002889" in desk.till.goods.banner.accessibleName()
    assert desk.till.goods.banner.isVisible()
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.till.items["PECI"].product.barcode == "4719512002889")
    assert not desk.till.goods.banner.isVisible()


def test_a_code_of_two_products_shows_both(shop: Start, tones: list[str]) -> None:
    desk = desk_of(shop)
    write(shop, "2*")
    scan(TWICE)
    hits = desk.till.goods.hits
    assert hits.isVisible()
    assert {item.product.sku for item in hits.list.goods.items} == {"TAS-S", "TAS-L"}
    assert not desk.till.goods.banner.isVisible()
    assert (in_cart(desk), tones) == ({}, ["failed"])
    key(Qt.Key.Key_Down)
    key(Qt.Key.Key_Return)
    assert in_cart(desk) == {"TAS-L": 2}
    scan(CODE)
    assert in_cart(desk) == {"TAS-L": 2, "KERUPUK": 1}

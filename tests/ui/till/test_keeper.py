"""Carts are kept in the background, whatever becomes of the screens; a failing disk never stops the till."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete
from sqlalchemy import select

from pos.carts import held_drafts, keep, open_draft
from pos.draft import HELD, WAITING, Draft
from pos.ledger import Ledger
from pos.local_tables import DRAFT, REMOVAL
from tests.books import MOMENT, cart_of
from tests.ui.hands import button, key, show, tap, texts
from tests.ui.till.stand import in_cart, limit_pages, tap_tile
from ui import work
from ui.app import App
from ui.dress import dress
from ui.theme import Theme, load_theme
from ui.till.basket import Basket
from ui.till.desk import Desk
from ui.till.keeper import kept_basket

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def app(till: Ledger, theme: Theme) -> Iterator[App]:
    """A booth without any screen."""
    yield App.over(till, theme)
    work.finish()


def removals(till: Ledger) -> list[tuple[str, int, int]]:
    """What was taken out: SKU, Rupiah, whether it was undone."""
    with till.read() as conn:
        rows = conn.execute(select(REMOVAL.c.sku, REMOVAL.c.amount, REMOVAL.c.undone))
        return sorted((row.sku, row.amount, row.undone) for row in rows)


def fill(app: App, basket: Basket, *skus: str) -> None:
    goods = {product.sku: product for product in app.opening.products}
    for sku in skus:
        basket.add(goods[sku])


def test_every_change_is_kept_and_found_again(app: App, till: Ledger) -> None:
    basket = kept_basket(app)
    fill(app, basket, "PECI", "SEMPRONG")
    basket.become(basket.cart.with_note(0, "kado"), 0)
    work.finish()
    kept = open_draft(till)
    assert kept == basket.draft
    again = kept_basket(App.over(till, app.theme))
    assert (again.draft, again.restored) == (kept, True)


def test_a_paid_cart_is_forgotten(desk: Desk, till: Ledger) -> None:
    tap_tile(desk, "PECI")
    work.finish()
    assert open_draft(till) is not None
    key(Qt.Key.Key_F10)
    work.finish()
    with till.read() as conn:
        assert list(conn.execute(select(DRAFT))) == []


def test_only_the_newest_waits_while_one_is_written(
    app: App, till: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    basket = kept_basket(app)
    written: list[int] = []

    def keep_and_count(ledger: Ledger, *drafts: Draft, gone: Iterable[str] = ()) -> None:
        written.extend(draft.cart.qty for draft in drafts)
        keep(ledger, *drafts, gone=gone)

    monkeypatch.setattr("pos.carts.keep", keep_and_count)
    fill(app, basket, *["PECI"] * 50)
    work.finish()
    kept = open_draft(till)
    assert kept is not None
    assert kept.cart.qty == 50
    assert written == [1, 50]


def test_removed_lines_are_written_down_and_know_when_they_came_back(app: App, till: Ledger) -> None:
    basket = kept_basket(app)
    fill(app, basket, "PECI", "SEMPRONG", "NASTAR-500")
    basket.remove(0)
    basket.undo()
    basket.step(1, -1)
    basket.clear()
    work.finish()
    assert removals(till) == [
        ("NASTAR-500", 65_000, 0),
        ("PECI", 50_000, 0),
        ("PECI", 50_000, 1),
        ("SEMPRONG", 30_000, 0),
    ]


def test_a_held_cart_that_is_given_up_is_written_down(app: App, till: Ledger) -> None:
    basket = kept_basket(app)
    fill(app, basket, "PECI", "SEMPRONG")
    basket.hold()
    basket.give_up(basket.held[0].cart.id)
    work.finish()
    assert (held_drafts(till), [undone for _sku, _amount, undone in removals(till)]) == ((), [0, 0])
    basket.undo()
    work.finish()
    assert (held_drafts(till), [undone for _sku, _amount, undone in removals(till)]) == (basket.held, [1, 1])


def test_held_carts_survive_and_are_read_when_they_are_wanted(app: App, till: Ledger) -> None:
    one = Draft(cart_of(till, {"PECI": 1}), MOMENT, name="Ibu Ratna", state=HELD)
    other = Draft(cart_of(till, {"SEMPRONG": 2}), MOMENT, state=WAITING)
    keep(till, one, other)
    basket = kept_basket(App.over(till, app.theme))
    assert (basket.held_count, basket.held) == (2, ())
    fill(app, basket, "NASTAR-500")
    basket.hold()
    assert basket.held_count == 3
    basket.asked.emit()
    work.finish()
    assert {draft.name for draft in basket.held} == {"Ibu Ratna", ""}
    assert (basket.held_count, len(basket.held)) == (3, 3)
    assert set(held_drafts(till)) == set(basket.held)


def test_what_was_put_aside_and_taken_up_before_the_ledger_was_read_is_there_once(
    app: App, till: Ledger
) -> None:
    basket = kept_basket(app)
    fill(app, basket, "PECI")
    basket.hold()
    basket.undo()
    work.finish()
    assert (basket.held, held_drafts(till)) == ((), ())
    assert open_draft(till) == basket.draft


def test_a_full_disk_is_told_once_and_selling_goes_on(desk: Desk, till: Ledger) -> None:
    work.finish()
    told: list[str] = []
    desk.app.failed.connect(lambda error: told.append(str(error)))
    limit_pages(till, 1)
    while not told:
        tap_tile(desk, "PECI")
        desk.basket.become(desk.basket.cart.with_note(0, "x" * 100))
        desk.basket.hold()
        work.finish()
    tap_tile(desk, "SEMPRONG")
    work.finish()
    assert len(told) == 1
    assert "penuh" in told[0]
    assert in_cart(desk) == {"SEMPRONG": 1}
    limit_pages(till, 1_000_000)
    tap_tile(desk, "SEMPRONG")
    work.finish()
    assert open_draft(till) == desk.basket.draft
    assert set(held_drafts(till)) == set(desk.basket.held)


def test_a_draft_that_cannot_be_read_does_not_stop_the_till(till: Ledger, theme: Theme) -> None:
    keep(
        till, Draft(cart_of(till, {"PECI": 1}), MOMENT), Draft(cart_of(till, {"PECI": 2}), MOMENT, state=HELD)
    )
    with till.write() as conn:
        conn.execute(DRAFT.update().values(body='{"of": "a later version"}'))
    app = App.over(till, theme)
    assert (app.opening.draft, app.opening.held) == (None, 0)


def test_the_screens_may_go_at_any_moment_and_be_made_anew(qtbot: QtBot, app: App, till: Ledger) -> None:
    basket = app.basket = kept_basket(app)
    desk = Desk(app)
    desk.resize(1290, 736)
    show(qtbot, desk)
    tap_tile(desk, "PECI")
    key(Qt.Key.Key_F6)
    tap_tile(desk, "SEMPRONG")
    tap_tile(desk, "NASTAR-500")
    desk.till.open_sheet()
    delete(desk)
    fill(app, basket, "PECI")  # nobody is there to be told
    app.failed.emit(RuntimeError())
    app.theme = load_theme("dark", 1.25)
    dress(app.theme)
    desk = Desk(app)
    desk.resize(1290, 736)
    show(qtbot, desk)
    assert in_cart(desk) == {"SEMPRONG": 1, "NASTAR-500": 1, "PECI": 1}
    key(Qt.Key.Key_Z, CTRL)
    key(Qt.Key.Key_Z, CTRL)
    assert in_cart(desk) == {"SEMPRONG": 1}
    assert "Keranjang dipulihkan" not in texts(desk)
    tap(button(desk, "Keranjang tersimpan, 1"))
    assert button(desk, "Peci Bordir, 1 buah · 14.07, Rp50.000").isVisible()
    work.finish()
    assert open_draft(till) == basket.draft
    assert QApplication.focusWidget() is not None

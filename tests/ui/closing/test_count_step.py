"""Counting the drawer: blind, kept while it is typed, and as often as it takes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.drawer import IN, Move, move_cash
from pos.drawer_count import MAX_PIECES, kept_counts, kept_entry
from pos.ledger import Ledger
from tests.books import shift_of
from tests.ui.closing.screen import CTRL, closed, count, page, seen, shown
from tests.ui.hands import button, hold, key, tap, texts, type_text, wait_for
from tests.ui.till.stand import in_cart, tap_tile
from ui import work
from ui.frame import Frame
from ui.theme import Theme


def test_nothing_says_what_should_be_there_before_the_count_is_locked(frame: Frame, till: Ledger) -> None:
    move_cash(till, shift_of(till), Move(IN, 7_000, "Uang kecil"), "rina")
    shown = page(frame)
    tap(button(shown, "Laporan X"))
    told = seen(shown)
    assert not any(figure in told for figure in ("257.000", "Rp50.000", "200.000", "Seharusnya"))
    assert "Transaksi" in told
    key(Qt.Key.Key_Escape)
    assert not any(figure in seen(shown) for figure in ("257.000", "Seharusnya"))
    count(2, 1)
    key(Qt.Key.Key_F9)
    assert "Rp257.000" in seen(shown)


def test_counted_again_both_counts_are_kept(frame: Frame, till: Ledger) -> None:
    shown = page(frame)
    count(1)
    key(Qt.Key.Key_F9)
    key(Qt.Key.Key_Escape)
    assert shown.count.pieces == {100_000: 1}
    type_text("2")
    key(Qt.Key.Key_Return)
    count(1)
    key(Qt.Key.Key_F9)
    key(Qt.Key.Key_F9)
    assert [one.total for one in closed(till).counts] == [100_000, 250_000]


@pytest.mark.parametrize(
    ("typed", "pieces"), [("abc", 0), ("-5", 5), ("1e6", 16), ("99999", MAX_PIECES), (" 7 ", 7), ("0009", 9)]
)
def test_letters_signs_and_absurd_numbers_are_no_count(frame: Frame, typed: str, pieces: int) -> None:
    shown = page(frame)
    type_text(typed)
    assert shown.count.rows[0].pieces == pieces


def test_what_is_typed_is_there_after_the_power_was_cut(
    frame: Frame, till: Ledger, qtbot: QtBot, theme: Theme
) -> None:
    page(frame)
    count(2)
    type_text("7")
    assert wait_for(lambda: kept_entry(till, shift_of(till)) == {100_000: 2, 50_000: 7})
    for again in shown(qtbot, theme, till):
        assert page(again).count.pieces == {100_000: 2, 50_000: 7}
        key(Qt.Key.Key_F9)
    for again in shown(qtbot, theme, till):
        assert "Dihitung" in texts(page(again))


def test_a_sale_after_the_lock_asks_for_another_count(frame: Frame, till: Ledger) -> None:
    shown = page(frame)
    count(2, 1)
    key(Qt.Key.Key_F9)
    key(Qt.Key.Key_1, CTRL)
    tap_tile(frame.desk, "PECI")
    key(Qt.Key.Key_F10)
    work.finish()
    shown = page(frame)
    assert any("Hitung lagi" in text for text in texts(shown))
    count(3)
    key(Qt.Key.Key_F9)
    key(Qt.Key.Key_F9)
    assert (closed(till).expected, closed(till).difference) == (300_000, 0)


def test_keys_that_are_held_close_nothing(frame: Frame, till: Ledger) -> None:
    page(frame)
    hold(Qt.Key.Key_F9)
    assert kept_counts(till, shift_of(till)) == ()


def test_a_scan_while_counting_adds_nothing_and_the_place_stays(frame: Frame) -> None:
    shown = page(frame)
    assert not frame.take_scan("8991234567890")  # which sounds as refused
    assert frame.screens.currentWidget() is shown
    assert in_cart(frame.desk) == {}

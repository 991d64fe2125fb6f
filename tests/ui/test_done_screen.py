"""After the sale: the change cannot be missed, the receipt is right, and Enter starts the next one."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from pos.model import Sale
from pos.receipts.slip import sale_slip
from pos.text import _
from tests import books
from tests.ui.hands import button, buttons, focused, hold, key, show, tap, texts
from ui.done_screen import DoneScreen
from ui.theme import Theme, load_theme

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return books.booth(tmp_path / "stan.lapak")


@pytest.fixture
def screen(theme: Theme, qtbot: QtBot) -> DoneScreen:
    screen = DoneScreen(theme)
    screen.resize(1290, 736)
    show(qtbot, screen)
    return screen


def finish(screen: DoneScreen, ledger: Ledger, sale: Sale) -> None:
    screen.show_sale(sale, sale_slip(ledger, sale))


def test_the_change_and_the_notes_for_it_are_shown(screen: DoneScreen, ledger: Ledger) -> None:
    sale = books.sell(ledger, {"NASTAR-500": 1}, tendered=120_000)
    finish(screen, ledger, sale)
    assert "Rp55.000" in texts(screen)
    assert any(sale.receipt in text and "Rp120.000" in text and "Rp65.000" in text for text in texts(screen))
    (notes,) = (w for w in screen.findChildren(QWidget) if "× 50.000" in w.accessibleName())
    assert notes.accessibleName() == "1 × 50.000, 1 × 5.000"


@pytest.mark.parametrize(("method", "word"), [("cash", "Exact cash"), ("qris", "Paid"), ("card", "Paid")])
def test_no_change_is_said_in_words(screen: DoneScreen, ledger: Ledger, method: str, word: str) -> None:
    finish(screen, ledger, books.sell(ledger, {"NASTAR-500": 1}, method))
    assert _(word) in texts(screen)
    assert _("Total {amount}").format(amount="Rp65.000") in texts(screen)


def test_enter_starts_the_next_sale_once(screen: DoneScreen, ledger: Ledger, qtbot: QtBot) -> None:
    finish(screen, ledger, books.sell(ledger, {"NASTAR-500": 1}))
    with qtbot.assertNotEmitted(screen.new_sale):
        hold(Qt.Key.Key_Return)  # still down from paying
    with qtbot.waitSignal(screen.new_sale):
        key(Qt.Key.Key_Return)


def test_the_second_half_of_a_double_click_does_not_skip_the_change(
    screen: DoneScreen, ledger: Ledger, qtbot: QtBot
) -> None:
    finish(screen, ledger, books.sell(ledger, {"NASTAR-500": 1}))
    new = button(screen, _("New sale"))
    with qtbot.assertNotEmitted(screen.new_sale):
        QTest.mouseDClick(new, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(screen.new_sale):
        tap(new)


@pytest.mark.parametrize(
    ("name", "code", "signal"),
    [
        ("Print again", Qt.Key.Key_P, "reprint"),
        ("Save PDF", Qt.Key.Key_S, "save_pdf"),
        ("Copy text", Qt.Key.Key_C, "copy_text"),
    ],
)
def test_the_receipt_is_asked_for_by_click_and_by_key(
    screen: DoneScreen, ledger: Ledger, qtbot: QtBot, name: str, code: Qt.Key, signal: str
) -> None:
    finish(screen, ledger, books.sell(ledger, {"NASTAR-500": 1}))
    with qtbot.waitSignal(getattr(screen, signal)):
        tap(button(screen, _(name)))
    with qtbot.waitSignal(getattr(screen, signal)):
        key(code, CTRL)
    assert focused() is button(screen, _("New sale"))


def test_a_failed_print_only_changes_the_tag(screen: DoneScreen, ledger: Ledger) -> None:
    finish(screen, ledger, books.sell(ledger, {"NASTAR-500": 1}))
    screen.set_printed(printed=False)
    (tag,) = (w for w in screen.findChildren(QWidget) if w.accessibleName() == _("Not yet printed"))
    assert tag.isVisible()
    finish(screen, ledger, books.sell(ledger, {"SEMPRONG": 1}))
    assert not tag.isVisible()


@pytest.mark.parametrize(("width", "height", "scale"), [(1290, 736, 1), (1017, 582, 1), (1290, 728, 1.25)])
def test_everything_fits_is_named_and_can_be_touched(
    ledger: Ledger, theme: Theme, qtbot: QtBot, width: int, height: int, scale: float
) -> None:
    screen = DoneScreen(load_theme(theme.mode, scale))
    screen.resize(width, height)
    show(qtbot, screen)
    finish(screen, ledger, books.sell(ledger, {"KOPI-GRAM": 100}, tendered=987_766_800))
    assert (screen.width(), screen.height()) == (width, height)
    for found in buttons(screen):
        assert found.accessibleName()
        assert min(found.size().toTuple()) >= 44
        assert found.width() >= found.minimumSizeHint().width()
        tap(found)

"""After the sale: the change cannot be missed, the receipt is right, and Enter starts the next one."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pos.checkout import checkout
from pos.ledger import Ledger
from pos.model import Sale
from pos.payments import settle
from pos.receipts.slip import refund_slip, sale_slip
from pos.refunds import void
from pos.text import _, use_language
from tests import books
from tests.ui.hands import button, buttons, focused, hold, key, show, tap, texts
from ui.done_screen import DoneScreen
from ui.question import Question
from ui.theme import Theme, load_theme

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def ledger(till: Ledger) -> Ledger:
    return till


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
    (change,) = (found for found in screen.findChildren(QLabel) if found.text() == "Rp55.000")
    assert change.font().pixelSize() == 124
    assert any(sale.receipt in text and "Rp120.000" in text and "Rp65.000" in text for text in texts(screen))
    (notes,) = (w for w in screen.findChildren(QWidget) if "× 50.000" in w.accessibleName())
    assert notes.accessibleName() == "1 × 50.000, 1 × 5.000"


@pytest.mark.parametrize(("method", "word"), [("cash", "Exact cash"), ("qris", "Paid"), ("card", "Paid")])
def test_no_change_is_said_in_words(screen: DoneScreen, ledger: Ledger, method: str, word: str) -> None:
    finish(screen, ledger, books.sell(ledger, {"NASTAR-500": 1}, method))
    assert _(word) in texts(screen)
    assert _("Total {amount}").format(amount="Rp65.000") in texts(screen)
    (large,) = (found for found in screen.findChildren(QLabel) if found.text() == _(word))
    assert large.font().pixelSize() == 72


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
    place = new.mapTo(screen, new.rect().center())
    under = screen.childAt(place) or screen
    with qtbot.assertNotEmitted(screen.new_sale):
        QTest.mouseDClick(under, Qt.MouseButton.LeftButton, pos=under.mapFrom(screen, place))
        QTest.mouseRelease(under, Qt.MouseButton.LeftButton, pos=under.mapFrom(screen, place))
    with qtbot.waitSignal(screen.new_sale):
        tap(new)


@pytest.mark.parametrize(
    ("name", "code", "signal"),
    [
        ("Print again", Qt.Key.Key_P, "reprint"),
        ("Save PDF", Qt.Key.Key_S, "save_pdf"),
        ("Copy text", Qt.Key.Key_C, "copy_text"),
        ("Formal receipt", Qt.Key.Key_K, "kuitansi"),
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


def question(screen: DoneScreen) -> Question:
    """The question over the window; the keyboard is with its no."""
    (asked,) = (one for one in screen.window().findChildren(Question) if one.isVisible())
    return asked


@pytest.mark.parametrize("answer", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_cancelling_asks_first_and_enter_or_a_scan_keeps_the_sale(
    screen: DoneScreen, ledger: Ledger, qtbot: QtBot, answer: Qt.Key
) -> None:
    sale = books.sell(ledger, {"NASTAR-500": 2})
    finish(screen, ledger, sale)
    with qtbot.assertNotEmitted(screen.void):
        key(Qt.Key.Key_B, CTRL)
        dialog = question(screen)
        assert set(texts(dialog)) == {
            _("Cancel sale {number}?").format(number="0001"),
            _("The goods return to stock, and {amount} goes back to the buyer.").format(amount="Rp130.000"),
        }
        assert focused() is button(dialog, _("No, keep it"))
        key(answer)
    assert focused() is button(screen, _("New sale"))


def test_the_sale_is_cancelled_when_the_question_is_answered_with_yes(
    screen: DoneScreen, ledger: Ledger, qtbot: QtBot
) -> None:
    finish(screen, ledger, books.sell(ledger, {"NASTAR-500": 2}))
    tap(button(screen, _("Cancel this sale")))
    yes = button(question(screen), _("Yes, cancel it"))
    with qtbot.waitSignal(screen.void):
        QTest.mouseClick(yes, Qt.MouseButton.LeftButton)


def test_a_cancelled_sale_shows_what_goes_back_and_cannot_be_cancelled_again(
    screen: DoneScreen, ledger: Ledger, qtbot: QtBot
) -> None:
    cart = books.cart_of(ledger, {"NASTAR-500": 2})
    parts = [settle("qris", 75_000), settle("cash", 55_000, 100_000)]
    sale = checkout(ledger, cart, parts, books.shift_of(ledger), "rina")
    finish(screen, ledger, sale)
    back = void(ledger, sale, books.shift_of(ledger), "rina")
    screen.show_void(back, refund_slip(ledger, back))
    shown = set(texts(screen))
    ways = f"QRIS Rp75.000 + {_('Cash')} Rp55.000"
    assert {"Rp130.000", _("Sale cancelled"), _("Give back: {ways}").format(ways=ways)} <= shown
    assert any(back.receipt in text and sale.receipt in text for text in shown)
    (notes,) = (w for w in screen.findChildren(QWidget) if "× 50.000" in w.accessibleName())
    assert notes.accessibleName() == "1 × 50.000, 1 × 5.000"  # only of what goes back in cash
    names = [found.accessibleName() for found in buttons(screen) if found.isEnabled()]
    assert not {_("Cancel this sale"), _("Formal receipt"), "A5"} & set(names)
    with qtbot.assertNotEmitted(screen.void), qtbot.assertNotEmitted(screen.kuitansi):
        key(Qt.Key.Key_B, CTRL)
        key(Qt.Key.Key_K, CTRL)
    assert not [one for one in screen.window().findChildren(Question) if one.isVisible()]
    finish(screen, ledger, books.sell(ledger, {"SEMPRONG": 1}))
    assert button(screen, _("Cancel this sale")).isEnabled()
    assert button(screen, "A5").isEnabled()


def test_a_paper_is_chosen_by_its_tab_and_the_roll_is_kept_for_the_next_sale(
    screen: DoneScreen, ledger: Ledger, qtbot: QtBot
) -> None:
    finish(screen, ledger, books.sell(ledger, {"NASTAR-500": 1}))
    assert (screen.paper, screen.roll) == ("80", "80")
    for name, paper in (("58 mm", "58"), ("A5", "a5")):
        with qtbot.waitSignal(screen.paper_chosen, check_params_cb=lambda told, paper=paper: told == paper):
            tap(button(screen, name))
        assert focused() is button(screen, _("New sale"))
    assert (screen.paper, screen.roll) == ("a5", "58")
    with qtbot.assertNotEmitted(screen.paper_chosen):
        finish(screen, ledger, books.sell(ledger, {"NASTAR-500": 1}))
    assert (screen.paper, screen.roll) == ("58", "58")
    assert [tab.isChecked() for tab in (button(screen, n) for n in ("80 mm", "58 mm", "A5"))] == [
        False,
        True,
        False,
    ]


def test_other_keys_go_on_to_whoever_is_around(screen: DoneScreen, ledger: Ledger) -> None:
    finish(screen, ledger, books.sell(ledger, {"NASTAR-500": 1}))
    event = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier, "n")
    QApplication.sendEvent(screen, event)
    assert not event.isAccepted()


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    ("size", "scale"), [((1290, 736), 1), ((1204, 688), 1), ((1017, 582), 1), ((1290, 728), 1.25)]
)
def test_everything_fits_is_named_and_can_be_touched(
    ledger: Ledger, theme: Theme, qtbot: QtBot, size: tuple[int, int], scale: float, language: str
) -> None:
    use_language(language)
    try:
        screen = DoneScreen(load_theme(theme.mode, scale))
        screen.resize(*size)
        show(qtbot, screen)
        sale = books.sell(ledger, {"KOPI-GRAM": 100}, tendered=1_000_011_999)
        finish(screen, ledger, sale)
        assert "Rp999.999.999" in texts(screen)
        screen.set_printed(printed=True)
        assert (screen.width(), screen.height()) == size
        for found in buttons(screen):
            assert found.accessibleName()
            assert min(found.size().toTuple()) >= 44
            assert found.width() >= found.minimumSizeHint().width()
            tap(found)
            if found.accessibleName() == _("Cancel this sale"):
                question(screen).reject()
    finally:
        use_language("id")

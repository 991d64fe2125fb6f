"""Paying: one tap, typed amounts, every way to pay, and never twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos.cart import Cart, new_cart
from pos.model import Payment, Product
from pos.money import Rupiah, rupiah
from pos.payments import change_notes, quick_amounts, settle
from pos.text import _
from tests.ui.hands import button, buttons, focused, hold, key, show, tap, texts, type_text
from ui.pay_parts import AmountButton
from ui.pay_sheet import PaySheet
from ui.theme import Theme, load_theme

ALT = Qt.KeyboardModifier.AltModifier


class Till(QWidget):
    """A window with a field, as the till has, and the sheet over it; it writes down what the sheet says."""

    def __init__(self, theme: Theme, width: int = 886, height: int = 736) -> None:
        super().__init__()
        self.search = QLineEdit()
        QVBoxLayout(self).addWidget(self.search)
        self.resize(width, height)
        self.sheet = PaySheet(self, theme)
        self.paid: list[list[Payment]] = []
        self.closed = 0
        self.sheet.paid.connect(self.paid.append)
        self.sheet.closed.connect(self._count)

    def _count(self) -> None:
        self.closed += 1


def cart(total: Rupiah = 445_000) -> Cart:
    return new_cart().add(Product("NASTAR-500", "Nastar 500 g", total, "LPP-PLG"))


@pytest.fixture
def open_till(theme: Theme, qtbot: QtBot) -> Callable[..., Till]:
    def made(total: Rupiah = 445_000, **size: int) -> Till:
        till = Till(theme, **size)
        show(qtbot, till)
        till.search.setFocus()
        till.sheet.open_for(cart(total), "S03K7-000042")
        return till

    return made


@pytest.fixture
def till(open_till: Callable[..., Till]) -> Till:
    return open_till()


def offers(till: Till) -> list[AmountButton]:
    return [found for found in buttons(till.sheet) if isinstance(found, AmountButton)]


def accept(till: Till, tendered: Rupiah) -> QWidget:
    return button(till.sheet, _("Receive {amount}").format(amount=rupiah(tendered)))


def test_one_tap_pays_exactly(till: Till) -> None:
    tap(button(till.sheet, f"Rp445.000, {_('Exact cash')}"))
    assert till.paid == [[settle("cash", 445_000)]]
    assert not till.sheet.isVisible()


def test_one_tap_on_an_offered_amount_pays_with_change(till: Till) -> None:
    tap(button(till.sheet, f"Rp500.000, {_('Change {amount}').format(amount='Rp55.000')}"))
    assert till.paid == [[Payment("cash", 445_000, 500_000)]]


@pytest.mark.parametrize("due", [1, 30_000, 87_000, 445_000, 123_456_789])
def test_the_amounts_offered_are_those_of_the_rule(open_till: Callable[..., Till], due: Rupiah) -> None:
    assert tuple(offer.payment.tendered for offer in offers(open_till(due))) == quick_amounts(due)


def test_a_nervous_double_click_pays_once(till: Till) -> None:
    tap(offers(till)[0], double=True)
    assert len(till.paid) == 1


def test_a_second_press_after_paying_pays_nothing(till: Till) -> None:
    exact = offers(till)[0]
    exact.click()
    exact.click()
    assert len(till.paid) == 1


def test_a_typed_amount_shows_the_change_and_enter_takes_it(till: Till) -> None:
    type_text("500000")
    shown = list(texts(till.sheet))
    assert "Rp55.000" in shown
    assert any("1 × 50.000" in text and "1 × 5.000" in text for text in shown)
    key(Qt.Key.Key_Return)
    assert till.paid == [[Payment("cash", 445_000, 500_000)]]


def test_the_number_pad_knows_three_zeros_and_one_step_back(till: Till) -> None:
    for name in ("5", "0", "0", "0", "000"):
        tap(button(till.sheet, name))
    tap(button(till.sheet, _("Delete the last digit")))
    assert focused().property("text") == "500.000"
    tap(accept(till, 500_000))
    assert till.paid == [[Payment("cash", 445_000, 500_000)]]


def test_too_little_says_so_and_cannot_be_taken(till: Till) -> None:
    type_text("400000")
    assert _("Short by {amount}.").format(amount="Rp45.000") in texts(till.sheet)
    assert not accept(till, 400_000).isEnabled()
    key(Qt.Key.Key_Return)
    assert till.paid == []
    key(Qt.Key.Key_End)
    type_text("0")
    key(Qt.Key.Key_Return)
    assert till.paid == [[Payment("cash", 445_000, 4_000_000)]]


@pytest.mark.parametrize(
    ("code", "modifier", "tendered"),
    [
        (Qt.Key.Key_F10, Qt.KeyboardModifier.NoModifier, 445_000),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, 445_000),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier, 445_000),
        (Qt.Key.Key_1, ALT, 450_000),
        (Qt.Key.Key_4, ALT, 505_000),
    ],
)
def test_keys_pay_without_typing(
    till: Till, code: Qt.Key, modifier: Qt.KeyboardModifier, tendered: Rupiah
) -> None:
    key(code, modifier)
    assert till.paid == [[Payment("cash", 445_000, tendered)]]


@pytest.mark.parametrize("code", [Qt.Key.Key_F10, Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_a_key_that_is_still_held_does_nothing(till: Till, code: Qt.Key) -> None:
    hold(code)
    assert till.paid == []
    assert till.sheet.isVisible()


def test_going_back_pays_nothing_and_gives_the_focus_back(till: Till) -> None:
    key(Qt.Key.Key_Escape)
    assert (till.paid, till.closed, till.sheet.isVisible()) == ([], 1, False)
    assert focused() is till.search


def test_an_amount_far_above_the_bill_is_asked_for_twice(till: Till) -> None:
    type_text("8991234567890")  # a barcode that got into the field
    assert focused().property("text") == "899.123.456.789"
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Return)  # nor does a second Enter pay the exact amount
    assert till.paid == []
    assert focused().property("text") == ""
    type_text("899123456789")
    key(Qt.Key.Key_Return)
    assert till.paid == [[Payment("cash", 445_000, 899_123_456_789)]]


def test_the_doubt_is_forgotten_with_the_next_sale(till: Till) -> None:
    type_text("90000000")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Escape)
    till.sheet.open_for(cart(), "")
    type_text("90000000")
    key(Qt.Key.Key_Return)
    assert till.paid == []


@pytest.mark.parametrize(
    ("code", "method", "name"),
    [
        (Qt.Key.Key_F6, "qris", "The money has come"),
        (Qt.Key.Key_F7, "transfer", "The money has come"),
        (Qt.Key.Key_F8, "card", "The card is approved"),
    ],
)
def test_each_other_way_takes_the_exact_amount_and_a_reference(
    till: Till, code: Qt.Key, method: str, name: str
) -> None:
    key(code)
    type_text("7719")
    tap(button(till.sheet, _(name)))
    assert till.paid == [[Payment(method, 445_000, 445_000, "7719")]]


def test_enter_confirms_and_the_reference_may_stay_empty(till: Till) -> None:
    tap(button(till.sheet, "QRIS"))
    assert _("Check the merchant app. Do not trust the buyer's screenshot.") in texts(till.sheet)
    key(Qt.Key.Key_Return)
    assert till.paid == [[Payment("qris", 445_000, 445_000)]]


def test_a_qris_reference_is_four_digits(till: Till) -> None:
    key(Qt.Key.Key_F6)
    type_text("7a71 99")
    key(Qt.Key.Key_Return)
    assert till.paid[0][0].reference == "7719"


def test_a_reference_is_cleaned_and_never_too_long(till: Till) -> None:
    key(Qt.Key.Key_F7)
    type_text("  BRI   " + "x" * 60)
    key(Qt.Key.Key_Return)
    assert till.paid[0][0].reference == "BRI " + "x" * 32


def test_qris_refuses_more_than_its_limit_and_cash_still_works(open_till: Callable[..., Till]) -> None:
    till = open_till(12_000_000)
    key(Qt.Key.Key_F6)
    assert any("Rp10.000.000" in text for text in texts(till.sheet))
    assert not button(till.sheet, _("The money has come")).isEnabled()
    till.sheet.setFocus()
    key(Qt.Key.Key_Return)
    assert till.paid == []
    key(Qt.Key.Key_F5)
    key(Qt.Key.Key_F10)
    assert till.paid == [[settle("cash", 12_000_000)]]


def test_cash_keys_mean_nothing_on_another_page(till: Till) -> None:
    key(Qt.Key.Key_F7)
    key(Qt.Key.Key_F10)
    key(Qt.Key.Key_2, ALT)
    assert till.paid == []


def test_a_sale_for_nothing_can_be_closed(till: Till) -> None:
    key(Qt.Key.Key_Escape)
    free = cart().with_discount(0, 445_000)
    till.sheet.open_for(free, "")
    key(Qt.Key.Key_Return)
    assert till.paid == [[settle("cash", 0)]]


def test_its_keys_win_over_those_of_the_window(till: Till, qtbot: QtBot) -> None:
    shortcut = QShortcut(QKeySequence("F6"), till)
    with qtbot.assertNotEmitted(shortcut.activated):
        key(Qt.Key.Key_F6)
    assert button(till.sheet, "QRIS").isChecked()
    key(Qt.Key.Key_Escape)
    with qtbot.waitSignal(shortcut.activated):
        key(Qt.Key.Key_F6)


def test_tab_goes_round_within_the_sheet(till: Till) -> None:
    seen = []
    for _press in range(20):
        key(Qt.Key.Key_Tab)
        seen.append(focused())
    assert all(till.sheet.isAncestorOf(widget) for widget in seen)
    assert len(set(seen)) == len(offers(till)) + 4  # back, the way chosen, field, receive
    key(Qt.Key.Key_Backtab)
    assert focused() is seen[-2]


def test_arrows_go_through_the_ways_to_pay(till: Till) -> None:
    button(till.sheet, _("Cash")).setFocus()
    key(Qt.Key.Key_Down)
    assert button(till.sheet, _("The money has come")).isVisible()
    assert button(till.sheet, "QRIS").isChecked()


def test_the_notes_to_hand_back_are_never_more_than_fit(till: Till) -> None:
    type_text("543800")
    assert len(change_notes(543_800 - 445_000)) > 3
    (notes,) = (text for text in texts(till.sheet) if "×" in text)
    assert notes == "1 × 50.000\n2 × 20.000\n…"


@pytest.mark.parametrize(("width", "height", "scale"), [(886, 736, 1), (629, 582, 1), (785, 728, 1.25)])
@pytest.mark.parametrize("code", [Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8])
def test_everything_fits_is_named_and_can_be_touched(
    qtbot: QtBot, theme: Theme, code: Qt.Key, width: int, height: int, scale: float
) -> None:
    till = Till(load_theme(theme.mode, scale), width, height)
    show(qtbot, till)
    till.sheet.open_for(cart(123_456_789), "S03K7-000042")
    key(code)
    for found in buttons(till.sheet):
        assert found.accessibleName()
        assert min(found.size().toTuple()) >= 44
        assert found.width() >= found.minimumSizeHint().width()
        tap_area = found.rect().translated(found.mapTo(till, found.rect().topLeft()))
        assert till.rect().contains(tap_area)
    assert not overlaps(buttons(till.sheet), till)


def overlaps(found: Sequence[QWidget], window: QWidget) -> list[tuple[QWidget, QWidget]]:
    areas = [(w, w.rect().translated(w.mapTo(window, w.rect().topLeft()))) for w in found]
    return [(a, b) for i, (a, one) in enumerate(areas) for b, two in areas[:i] if one.intersects(two)]

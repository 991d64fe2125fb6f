"""Cash: one tap, typed amounts, and what goes back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from pos.model import Payment
from pos.money import Rupiah
from pos.payments import change_notes, quick_amounts, settle
from pos.text import _
from tests.ui.hands import button, focused, key, tap, texts, type_text
from tests.ui.pay.booth import Booth, accept, cart, offers

ALT = Qt.KeyboardModifier.AltModifier


def test_one_tap_pays_exactly(booth: Booth) -> None:
    tap(button(booth.sheet, f"Rp445.000, {_('Exact cash')}"))
    assert booth.paid == [[settle("cash", 445_000)]]
    assert not booth.sheet.isVisible()


def test_one_tap_on_an_offered_amount_pays_with_change(booth: Booth) -> None:
    tap(button(booth.sheet, f"Rp500.000, {_('Change {amount}').format(amount='Rp55.000')}"))
    assert booth.paid == [[Payment("cash", 445_000, 500_000)]]


@pytest.mark.parametrize("due", [1, 30_000, 87_000, 445_000, 123_456_789])
def test_the_amounts_offered_are_those_of_the_rule(open_booth: Callable[..., Booth], due: Rupiah) -> None:
    assert tuple(offer.payment.tendered for offer in offers(open_booth(due))) == quick_amounts(due)


def test_a_typed_amount_shows_the_change_and_enter_takes_it(booth: Booth) -> None:
    type_text("500000")
    shown = list(texts(booth.sheet))
    assert "Rp55.000" in shown
    assert any("1 × 50.000" in text and "1 × 5.000" in text for text in shown)
    key(Qt.Key.Key_Return)
    assert booth.paid == [[Payment("cash", 445_000, 500_000)]]


def test_the_number_pad_knows_three_zeros_and_one_step_back(booth: Booth) -> None:
    for name in ("5", "0", "0", "0", "000"):
        tap(button(booth.sheet, name))
    tap(button(booth.sheet, _("Delete the last digit")))
    assert focused().property("text") == "500.000"
    tap(accept(booth, 500_000))
    assert booth.paid == [[Payment("cash", 445_000, 500_000)]]


def test_too_little_says_so_and_cannot_be_taken(booth: Booth) -> None:
    type_text("400000")
    assert _("Short by {amount}.").format(amount="Rp45.000") in texts(booth.sheet)
    assert not accept(booth, 400_000).isEnabled()
    key(Qt.Key.Key_Return)
    assert booth.paid == []
    key(Qt.Key.Key_End)
    type_text("0")
    key(Qt.Key.Key_Return)
    assert booth.paid == [[Payment("cash", 445_000, 4_000_000)]]


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
    booth: Booth, code: Qt.Key, modifier: Qt.KeyboardModifier, tendered: Rupiah
) -> None:
    key(code, modifier)
    assert booth.paid == [[Payment("cash", 445_000, tendered)]]


def test_an_amount_far_above_the_bill_is_asked_for_twice(booth: Booth) -> None:
    type_text("8991234567890")  # a barcode that got into the field
    assert focused().property("text") == "899.123.456.789"
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Return)  # nor does a second Enter pay the exact amount
    assert booth.paid == []
    assert focused().property("text") == ""
    type_text("899123456789")
    key(Qt.Key.Key_Return)
    assert booth.paid == [[Payment("cash", 445_000, 899_123_456_789)]]


def test_the_doubt_is_forgotten_with_the_next_sale(booth: Booth) -> None:
    type_text("90000000")
    key(Qt.Key.Key_Return)
    key(Qt.Key.Key_Escape)
    booth.sheet.open_for(cart(), "")
    type_text("90000000")
    key(Qt.Key.Key_Return)
    assert booth.paid == []


def test_a_sale_for_nothing_can_be_closed(booth: Booth) -> None:
    key(Qt.Key.Key_Escape)
    free = cart().with_discount(0, 445_000)
    booth.sheet.open_for(free, "")
    key(Qt.Key.Key_Return)
    assert booth.paid == [[settle("cash", 0)]]


def test_the_notes_to_hand_back_are_never_more_than_fit(booth: Booth) -> None:
    type_text("543800")
    assert len(change_notes(543_800 - 445_000)) > 3
    (notes,) = (text for text in texts(booth.sheet) if "×" in text)
    assert notes == "1 × 50.000\n2 × 20.000\n…"

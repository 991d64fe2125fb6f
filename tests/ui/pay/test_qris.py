"""QRIS: what the buyer scans, and money that is there only when the cashier has seen it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from pos.model import Payment
from pos.payments import settle
from pos.qris import SAMPLE_NMID, QrShown, parse, sample_payload, with_amount
from pos.text import _
from tests.ui.hands import button, buttons, key, show, tap, texts, type_text
from tests.ui.pay.booth import Booth, cart
from tests.ui.phone import read_codes
from ui.pay.qr_card import QrCard
from ui.theme import Theme, load_theme

PAYLOAD = sample_payload()  # as a booth's own: the false one, for no real code is ever painted
CAME = "The money has come"


@pytest.fixture
def booth(open_booth: Callable[..., Booth]) -> Booth:
    """On the page of QRIS; an officer lets the amount be built in."""
    return opened(open_booth(shown=False), with_amount=True)


def opened(booth: Booth, payload: str = PAYLOAD, total: int = 445_000, *, with_amount: bool) -> Booth:
    booth.sheet.set_qris(payload, with_amount=with_amount, practice="", booth="Stan 03")
    booth.sheet.open_for(cart(total), "S03K7-000042")
    key(Qt.Key.Key_F6)
    return booth


def card_of(booth: Booth) -> QImage:
    card = booth.sheet.findChild(QrCard)
    assert isinstance(card, QrCard)
    return card.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def scanned(booth: Booth) -> list[str]:
    """What a phone reads off the card."""
    return read_codes(card_of(booth))


def test_a_phone_reads_the_code_with_the_amount_in_it(booth: Booth) -> None:
    (read,) = scanned(booth)
    assert (parse(read).amount, parse(read).nmid) == (445_000, SAMPLE_NMID)
    assert read == with_amount(PAYLOAD, 445_000)
    assert _("The buyer's phone shows this amount by itself") in texts(booth.sheet)


def test_without_leave_the_code_is_the_institutions_own(
    open_booth: Callable[..., Booth],
) -> None:
    booth = opened(open_booth(shown=False), with_amount=False)
    assert scanned(booth) == [PAYLOAD]
    assert _("The buyer types this amount into the phone") in texts(booth.sheet)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("width", "height", "scale"), [(886, 736, 1), (629, 582, 1), (785, 728, 1.25)])
def test_the_code_is_read_in_every_size_and_stands_on_white(
    qtbot: QtBot, theme: Theme, mode: str, width: int, height: int, scale: float
) -> None:
    assert theme.mode == "light"
    booth = Booth(load_theme("dark" if mode == "dark" else "light", scale), width, height)
    show(qtbot, booth)
    opened(booth, with_amount=True)
    assert scanned(booth) == [with_amount(PAYLOAD, 445_000)]
    card = card_of(booth)
    assert all(card.pixelColor(card.width() // 2, y).lightness() > 250 for y in range(4, 8))


def test_it_says_whose_code_it_is_and_for_which_sale(booth: Booth) -> None:
    card = booth.sheet.findChild(QrCard)
    assert isinstance(card, QrCard)
    assert card.accessibleName() == f"QRIS, LAPAK CONTOH, NMID {SAMPLE_NMID}"


def test_in_books_for_practice_nobody_can_scan_what_is_shown(open_booth: Callable[..., Booth]) -> None:
    booth = open_booth(shown=False)
    booth.sheet.set_qris("no code at all", with_amount=False, practice="CONTOH")
    booth.sheet.open_for(cart(), "")
    key(Qt.Key.Key_F6)
    assert scanned(booth) == []
    (shown,) = booth.shown
    assert shown is not None
    assert (shown.practice, shown.nmid) == ("CONTOH", SAMPLE_NMID)


def test_the_sale_waits_for_the_cashiers_word(booth: Booth) -> None:
    assert booth.paid == []
    key(Qt.Key.Key_Return)
    assert booth.paid == [[Payment("qris", 445_000, 445_000)]]


def test_the_last_four_digits_of_the_reference_are_kept(booth: Booth) -> None:
    type_text("7a71 99")
    tap(button(booth.sheet, _(CAME)))
    assert booth.paid == [[Payment("qris", 445_000, 445_000, "7719")]]


def test_the_reference_of_one_sale_is_not_that_of_the_next(booth: Booth) -> None:
    type_text("7719")
    key(Qt.Key.Key_Escape)
    booth.sheet.open_for(cart(), "")
    key(Qt.Key.Key_F6)
    key(Qt.Key.Key_Return)
    assert booth.paid == [[Payment("qris", 445_000, 445_000)]]


def test_money_that_has_not_come_lets_the_sale_wait(booth: Booth) -> None:
    tap(button(booth.sheet, _("It has not come")))
    assert (booth.said, booth.paid, booth.sheet.isVisible()) == (["waiting"], [], False)
    assert booth.shown[-1] is None


def test_another_way_goes_back_to_cash(booth: Booth) -> None:
    tap(button(booth.sheet, _("Pay another way")))
    assert button(booth.sheet, _("Cash")).isChecked()
    key(Qt.Key.Key_F10)
    assert booth.paid == [[settle("cash", 445_000)]]


@pytest.mark.parametrize("leave", [Qt.Key.Key_F5, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F12])
def test_the_buyers_screen_shows_the_code_for_as_long_as_the_page(booth: Booth, leave: Qt.Key) -> None:
    built = with_amount(PAYLOAD, 445_000)
    assert booth.shown == [QrShown(built, "LAPAK CONTOH", SAMPLE_NMID, 445_000, amount_inside=True)]
    key(leave)
    assert booth.shown[1:] == [None]


def test_the_code_is_printed_and_the_buyers_screen_asked_for(booth: Booth) -> None:
    tap(button(booth.sheet, _("Print QR")))
    tap(button(booth.sheet, _("Buyer's screen")))
    assert (booth.printed, booth.said) == ([with_amount(PAYLOAD, 445_000)], ["customer"])


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        ("", "Petugas"),
        ("000201 no code", "QRIS"),
        (PAYLOAD[:-1] + "0", "salah"),
        (with_amount(PAYLOAD, 5), "satu pembayaran"),
    ],
)
def test_without_a_code_that_may_be_shown_the_printed_one_is_used(
    open_booth: Callable[..., Booth], payload: str, told: str
) -> None:
    booth = opened(open_booth(shown=False), payload, with_amount=True)
    assert any(told in text for text in texts(booth.sheet))
    assert booth.shown == []
    assert not button(booth.sheet, _("Print QR")).isEnabled()
    key(Qt.Key.Key_Return)
    assert booth.paid == [[Payment("qris", 445_000, 445_000)]]


@pytest.mark.parametrize("way", ["split", "transfer"])
def test_more_than_the_limit_is_refused_with_the_way_out(open_booth: Callable[..., Booth], way: str) -> None:
    booth = opened(open_booth(shown=False), total=10_000_001, with_amount=True)
    assert any("Rp10.000.000" in text for text in texts(booth.sheet))
    assert booth.shown == []
    assert not button(booth.sheet, _(CAME)).isEnabled()
    booth.sheet.setFocus()
    key(Qt.Key.Key_Return)
    assert booth.paid == []
    name = _("Split payment") if way == "split" else _("Transfer")
    _method, way_out = [found for found in buttons(booth.sheet) if found.accessibleName() == name]
    tap(way_out)
    key(Qt.Key.Key_Return)
    expected = [] if way == "split" else [[settle("transfer", 10_000_001)]]
    assert booth.paid == expected
    assert (_("Parts of the payment") in texts(booth.sheet)) == (way == "split")


def test_exactly_the_limit_is_taken(open_booth: Callable[..., Booth]) -> None:
    opened(booth := open_booth(shown=False), total=10_000_000, with_amount=True)
    key(Qt.Key.Key_Return)
    assert booth.paid == [[settle("qris", 10_000_000)]]

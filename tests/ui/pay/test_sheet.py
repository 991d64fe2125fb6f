"""The sheet itself: one sale only, its keys, going back, and that all of it fits.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pos.model import Payment
from pos.payments import settle
from pos.text import _, use_language
from tests.ui.hands import button, buttons, focused, hold, key, show, tap, type_text
from tests.ui.pay.booth import Booth, accept, cart, offers
from ui.pay.rows import PartRow
from ui.theme import Theme, load_theme
from ui.widgets import FitLabel

ALT = Qt.KeyboardModifier.AltModifier
PLAIN = Qt.KeyboardModifier.NoModifier
METHOD_KEYS = (Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F7, Qt.Key.Key_F8, Qt.Key.Key_F12)


def test_a_nervous_double_click_pays_once(booth: Booth) -> None:
    tap(offers(booth)[0], double=True)
    assert len(booth.paid) == 1


def test_a_second_press_after_paying_pays_nothing(booth: Booth) -> None:
    exact = offers(booth)[0]
    exact.click()
    exact.click()
    assert len(booth.paid) == 1


@pytest.mark.parametrize("code", [Qt.Key.Key_F10, Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_a_key_that_is_still_held_does_nothing(booth: Booth, code: Qt.Key) -> None:
    hold(code)
    assert booth.paid == []
    assert booth.sheet.isVisible()


def test_going_back_pays_nothing_and_gives_the_focus_back(booth: Booth) -> None:
    key(Qt.Key.Key_Escape)
    assert (booth.paid, booth.said, booth.sheet.isVisible()) == ([], ["closed"], False)
    assert focused() is booth.search


@pytest.mark.parametrize(
    ("code", "method", "name"),
    [
        (Qt.Key.Key_F6, "qris", "The money has come"),
        (Qt.Key.Key_F7, "transfer", "The money has come"),
        (Qt.Key.Key_F8, "card", "The card is approved"),
    ],
)
def test_each_other_way_takes_the_exact_amount_and_a_reference(
    booth: Booth, code: Qt.Key, method: str, name: str
) -> None:
    key(code)
    type_text("7719")
    tap(button(booth.sheet, _(name)))
    assert booth.paid == [[Payment(method, 445_000, 445_000, "7719")]]


def test_a_reference_is_cleaned_and_never_too_long(booth: Booth) -> None:
    key(Qt.Key.Key_F7)
    type_text("  BRI   " + "x" * 60)
    key(Qt.Key.Key_Return)
    assert booth.paid[0][0].reference == "BRI " + "x" * 32


def test_cash_keys_mean_nothing_on_another_page(booth: Booth) -> None:
    key(Qt.Key.Key_F7)
    key(Qt.Key.Key_F10)
    key(Qt.Key.Key_2, ALT)
    assert booth.paid == []


def test_its_keys_win_over_those_of_the_window(booth: Booth, qtbot: QtBot) -> None:
    shortcut = QShortcut(QKeySequence("F6"), booth)
    with qtbot.assertNotEmitted(shortcut.activated):
        key(Qt.Key.Key_F6)
    assert button(booth.sheet, "QRIS").isChecked()
    key(Qt.Key.Key_Escape)
    with qtbot.waitSignal(shortcut.activated):
        key(Qt.Key.Key_F6)


def test_closed_it_hears_no_key_of_what_it_lay_over(booth: Booth) -> None:
    """An Enter that the search field lets through comes to the parent of the sheet."""
    key(Qt.Key.Key_F12)
    type_text("20000")
    key(Qt.Key.Key_Return)
    type_text("100000")
    key(Qt.Key.Key_Escape)
    parts = list(booth.parts)
    for code in (Qt.Key.Key_Return, Qt.Key.Key_Insert, Qt.Key.Key_F10):
        QTest.keyClick(booth, code)
    assert (booth.parts, booth.paid, booth.said) == (parts, [], ["closed"])


def test_tab_goes_round_within_the_sheet(booth: Booth) -> None:
    seen = []
    for _press in range(20):
        key(Qt.Key.Key_Tab)
        seen.append(focused())
    assert all(booth.sheet.isAncestorOf(widget) for widget in seen)
    assert len(set(seen)) == len(offers(booth)) + 4  # back, the way chosen, field, receive
    key(Qt.Key.Key_Backtab)
    assert focused() is seen[-2]


def test_arrows_go_through_the_ways_to_pay(booth: Booth) -> None:
    button(booth.sheet, _("Cash")).setFocus()
    key(Qt.Key.Key_Down)
    assert button(booth.sheet, _("The money has come")).isVisible()
    assert button(booth.sheet, "QRIS").isChecked()


# px of the goods' pane, and the display size, in windows of 1366, 1280, 1093, 1366 at 125 %, and 1920 px
SIZES = [(886, 736, 1), (816, 688, 1), (629, 582, 1), (785, 728, 1.25), (1364, 1048, 1)]


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("width", "height", "scale"), SIZES)
def test_everything_fits_is_named_and_can_be_touched(
    qtbot: QtBot, theme: Theme, language: str, width: int, height: int, scale: float
) -> None:
    use_language(language)
    try:
        calm = load_theme(theme.mode, scale, calm=True)
        booth = Booth(calm, width, height)
        show(qtbot, booth)
        booth.sheet.set_qris("", with_amount=True, practice="CONTOH", booth="Stan 03")
        for total in (9_999_999, 123_456_789):
            booth.sheet.open_for(cart(total), "S03K7-000042")
            for code in METHOD_KEYS:
                key(code)
                assert_all_fits(booth, calm)
            fill_the_parts(booth)
            assert_all_fits(booth, calm)
            booth.sheet.go_back()
    finally:
        use_language("id")


def fill_the_parts(booth: Booth) -> None:
    """As many rows as there can be, and a message of two lines."""
    for amount in ("111111", "222222"):
        key(Qt.Key.Key_F5)
        type_text(amount)
        key(Qt.Key.Key_Return)
    for amount in ("333333", "444444"):
        type_text(amount)
        key(Qt.Key.Key_Insert)
    type_text("99999999999")
    key(Qt.Key.Key_Return)
    assert len([row for row in booth.sheet.findChildren(PartRow) if row.isVisible()]) == 4


def assert_all_fits(booth: Booth, theme: Theme) -> None:
    QApplication.processEvents()
    found = buttons(booth.sheet)
    paper = area(booth.sheet.paper, booth)
    for one in found:
        assert one.accessibleName()
        assert min(one.size().toTuple()) >= theme.size("touchMin"), one.accessibleName()
        assert one.width() >= one.minimumSizeHint().width(), one.accessibleName()
        assert paper.contains(area(one, booth)), one.accessibleName()
    for text in booth.sheet.findChildren(QLabel):
        if text.isVisible() and text.text() and not isinstance(text, FitLabel):
            needed = text.heightForWidth(text.width()) if text.wordWrap() else text.sizeHint().height()
            assert text.height() >= needed, text.text()
            assert paper.contains(area(text, booth)), text.text()
    clashes = [(a, b) for a, b in overlaps(found, booth) if not (a.isAncestorOf(b) or b.isAncestorOf(a))]
    assert not clashes


def area(widget: QWidget, window: QWidget) -> QRect:
    return widget.rect().translated(widget.mapTo(window, QPoint()))


def overlaps(found: Sequence[QWidget], window: QWidget) -> list[tuple[QWidget, QWidget]]:
    areas = [(widget, area(widget, window)) for widget in found]
    return [(a, b) for i, (a, one) in enumerate(areas) for b, two in areas[:i] if one.intersects(two)]


def test_fifty_presses_pay_once_49(booth: Booth) -> None:
    button_pressed = accept(booth, 445_000)
    for _press in range(50):
        QApplication.sendEvent(button_pressed, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, PLAIN))
        booth.sheet.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F10, PLAIN))
        booth.sheet.keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, PLAIN))
    assert booth.paid == [[settle("cash", 445_000)]]


def test_each_opening_can_be_paid_once_again(booth: Booth) -> None:
    key(Qt.Key.Key_F10)
    booth.sheet.open_for(cart(20_000), "")
    key(Qt.Key.Key_F10)
    assert booth.paid == [[settle("cash", 445_000)], [settle("cash", 20_000)]]


def test_the_sheet_comes_up_and_can_be_used_on_the_way(booth: Booth, qtbot: QtBot) -> None:
    place = booth.sheet.paper.pos()
    assert place.y() > 12
    type_text("500000")
    assert focused().property("text") == "500.000"
    qtbot.waitUntil(lambda: booth.sheet.paper.y() == 12)
    assert booth.sheet.paper.x() == place.x()


def test_nothing_moves_for_those_who_want_it_calm(theme: Theme, qtbot: QtBot) -> None:
    booth = Booth(load_theme(theme.mode, calm=True))
    show(qtbot, booth)
    booth.sheet.open_for(cart(), "")
    assert booth.sheet.paper.y() == 12


def test_it_covers_a_window_that_grows_on_the_way_up(booth: Booth, qtbot: QtBot) -> None:
    booth.resize(1_200, 900)
    qtbot.waitUntil(lambda: booth.sheet.size() == booth.size())
    assert booth.sheet.paper.y() == 12
    shot = booth.grab().toImage()
    assert shot.pixelColor(1_190, 890) == shot.pixelColor(4, 4)  # the scrim, everywhere

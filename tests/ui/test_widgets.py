"""The common widgets: names, sizes, states, and the ring that the keyboard brings."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos.errors import Refused
from pos.money import parse_rupiah
from tests.ui.hands import colors, focused, hold, key, show, tap, type_text
from ui.fields import MoneyField
from ui.ring import Ring
from ui.theme import Theme
from ui.widgets import Button, Chip, FitLabel, IconButton, Tag, label


def shown(qtbot: QtBot, *widgets: QWidget) -> QWidget:
    """A window with `widgets` one below the other."""
    window = QWidget()
    column = QVBoxLayout(window)
    for widget in widgets:
        column.addWidget(widget)
    show(qtbot, window)
    return window


def test_every_button_says_its_name_and_is_large_enough_to_touch(theme: Theme) -> None:
    made = [
        Button("Simpan", keycap="F6", theme=theme),
        IconButton("x", "Tutup", theme=theme),
        Chip("Hampers", 5, theme=theme),
    ]
    assert [button.accessibleName() for button in made] == ["Simpan", "Tutup", "Hampers, 5"]
    assert all(min(button.sizeHint().toTuple()) >= 44 for button in made)


def test_the_key_hint_gives_way_before_the_label(theme: Theme) -> None:
    with_key, without = Button("Simpan PDF", keycap="Ctrl+S", theme=theme), Button("Simpan PDF", theme=theme)
    size = QSize(without.minimumSizeHint().width(), 48)
    assert with_key.minimumSizeHint() == size
    with_key.resize(size)
    without.resize(size)
    assert with_key.grab().toImage() == without.grab().toImage()
    with_key.resize(with_key.sizeHint())
    without.resize(with_key.sizeHint())
    assert with_key.grab().toImage() != without.grab().toImage()


def test_the_ring_appears_only_after_the_keyboard_was_used(theme: Theme, qtbot: QtBot) -> None:
    first, second = Button("A", theme=theme), Button("B", theme=theme)
    window = shown(qtbot, first, second)
    tap(first)
    assert first.hasFocus()
    assert not window.findChildren(Ring)
    key(Qt.Key.Key_Tab)
    (ring,) = window.findChildren(Ring)
    assert second.hasFocus()
    assert ring.geometry().adjusted(5, 5, -5, -5) == second.geometry()
    window.resize(500, 300)
    assert ring.geometry().adjusted(5, 5, -5, -5) == second.geometry()


def test_the_ring_is_whole_where_a_button_fills_its_place(theme: Theme, qtbot: QtBot) -> None:
    first, second, place = Button("A", theme=theme), Button("B", theme=theme), QWidget()
    row = QHBoxLayout(place)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(second)
    window = shown(qtbot, first, place)
    tap(first)
    key(Qt.Key.Key_Tab)
    assert second.hasFocus()
    (ring,) = window.findChildren(Ring)
    assert ring.parentWidget() is place
    assert place.rect().contains(ring.geometry())


def test_enter_presses_a_button_once_however_long_it_is_held(theme: Theme, qtbot: QtBot) -> None:
    button = Button("Simpan", theme=theme)
    _window = shown(qtbot, button)
    button.setFocus()
    with qtbot.waitSignal(button.clicked):
        key(Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(button.clicked):
        hold(Qt.Key.Key_Return)


def test_a_disabled_button_looks_so_and_does_nothing(theme: Theme, qtbot: QtBot) -> None:
    button = Button("Batalkan", kind="danger", theme=theme)
    button.setEnabled(False)
    _window = shown(qtbot, button)
    with qtbot.assertNotEmitted(button.clicked):
        tap(button)
    assert theme.color("danger").name() not in colors(button.grab().toImage())


def test_a_name_with_markup_is_shown_as_it_is(theme: Theme) -> None:
    name = label("Toples <b>besar</b> & <img src=x>", "body", theme)
    assert name.textFormat() == Qt.TextFormat.PlainText
    plain = label("Toples besar", "body", theme)
    assert name.sizeHint().width() > 2 * plain.sizeHint().width()


def test_a_chip_can_be_chosen_and_tells_how_many_it_holds(theme: Theme, qtbot: QtBot) -> None:
    chip = Chip("Kue kering", 14, theme=theme)
    _window = shown(qtbot, chip)
    tap(chip)
    chip.set_count(13)
    assert chip.isChecked()
    assert chip.accessibleName() == "Kue kering, 13"
    assert theme.color("primary").name() in colors(chip.grab().toImage())


def test_a_tag_grows_with_its_word(theme: Theme) -> None:
    tag = Tag("Selaras", "ok", theme=theme)
    before = tag.sizeHint()
    tag.set("7 dokumen menunggu", "gold", icon="clock")
    assert tag.sizeHint().width() > before.width()
    assert tag.accessibleName() == "7 dokumen menunggu"


def test_a_long_amount_shrinks_instead_of_being_cut(theme: Theme, qtbot: QtBot) -> None:
    amount = FitLabel("hero", theme)
    amount.setText("Rp999.999.999")
    amount.setFixedWidth(300)
    _window = shown(qtbot, amount)
    edge = amount.grab(amount.rect().adjusted(298, 0, 0, 0)).toImage()
    assert len(colors(edge)) == 1


@pytest.fixture
def money(theme: Theme, qtbot: QtBot) -> Iterator[MoneyField]:
    field = MoneyField("Nominal", theme)
    window = shown(qtbot, field, QLineEdit())
    field.setFocus()
    yield field
    window.close()


def test_dots_appear_while_an_amount_is_typed(money: MoneyField) -> None:
    type_text("1250000")
    assert money.edit.text() == "1.250.000"
    assert money.amount == 1_250_000


@pytest.mark.parametrize("pasted", ["Rp 1.250.000,-", "1.250.000", "1,25 jt", " 1250000 "])
def test_a_pasted_amount_is_understood(money: MoneyField, pasted: str) -> None:
    money.edit.insert(pasted)
    money.edit.textEdited.emit(money.edit.text())
    assert money.amount == 1_250_000


@pytest.mark.parametrize("wrong", ["a", ",", "-", "1.5e6", "9" * 15])
def test_what_is_no_amount_leaves_the_field_as_it_was(money: MoneyField, wrong: str) -> None:
    type_text("50000")
    money.edit.setText("50.000" + wrong)
    money.edit.textEdited.emit(money.edit.text())
    with pytest.raises(Refused):
        parse_rupiah("50000" + wrong)
    assert (money.amount, money.edit.text()) == (50_000, "50.000")


@pytest.mark.parametrize(
    ("pasted", "amount"),
    [("1.250", 1_250), ("Rp 1.250.000,-", 1_250_000), ("Rp445.000", 445_000), ("30rb", 30_000), ("700", 700)],
)
def test_what_is_pasted_over_an_amount_replaces_it(money: MoneyField, pasted: str, amount: int) -> None:
    type_text("445000")
    paste(money, pasted)
    assert money.amount == amount


@pytest.mark.parametrize("pasted", ["1.5", "12.34", "30,000", "-5000", "1e6", "8,5", "Rp", "10.00", "5 000"])
def test_nonsense_that_is_pasted_changes_nothing(money: MoneyField, pasted: str) -> None:
    type_text("445000")
    paste(money, pasted)
    assert (money.amount, money.edit.text()) == (445_000, "445.000")


def test_an_amount_is_pasted_behind_what_is_there(money: MoneyField) -> None:
    type_text("3")
    QApplication.clipboard().setText("1.250")
    key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert money.edit.text() == "31.250"


def paste(money: MoneyField, text: str) -> None:
    """Over all that is there, as with the mouse's menu or the keys."""
    QApplication.clipboard().setText(text)
    money.edit.selectAll()
    key(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def test_typing_in_the_middle_keeps_the_cursor_where_it_was(money: MoneyField) -> None:
    type_text("445000")
    money.edit.setCursorPosition(1)
    type_text("9")
    assert money.edit.text() == "4.945.000"
    assert money.edit.cursorPosition() == 3


def test_an_emptied_field_has_no_amount(money: MoneyField) -> None:
    type_text("5")
    key(Qt.Key.Key_Backspace)
    assert money.amount is None
    assert focused() is money.edit

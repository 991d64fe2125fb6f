"""The table of keys: every action has one place and a name, and no key means two things at one place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from ui.keys import KEYS, combined, is_bound, keycap, meanings, meant, place_names

NONE, CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def press(
    key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, text: str = "", *, held: bool = False
) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, modifier, text, held)


def test_every_action_has_one_place_and_a_name() -> None:
    actions = [key.action for key in KEYS]
    named = meanings() | meanings(office=True)
    assert sorted(actions) == sorted(set(actions)) == sorted(named)
    assert {key.place for key in KEYS} == set(place_names() | place_names(office=True))


def test_no_key_means_two_things_at_one_place() -> None:
    bound = [(key.place, combined(name).toCombined()) for key in KEYS for name in key.keys]
    assert len(bound) == len(set(bound))
    assert all(QKeySequence(name).count() == 1 for key in KEYS for name in key.keys)


def test_no_single_letter_or_digit_does_anything() -> None:
    assert not [name for key in KEYS for name in key.keys if len(name) == 1 and name.isalnum()]


@pytest.mark.parametrize(
    ("event", "places", "action"),
    [
        (press(Qt.Key.Key_F9), ("till",), ("pay", 0)),
        (press(Qt.Key.Key_Return, CTRL), ("till",), ("pay", 1)),
        (press(Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier), ("pay",), ("accept", 0)),
        (press(Qt.Key.Key_F5), ("pay", "till"), ("cash", 0)),
        (press(Qt.Key.Key_F5), ("till",), ("note", 0)),
        (press(Qt.Key.Key_3, ALT), ("pay",), ("amount", 2)),
        (press(Qt.Key.Key_Plus, SHIFT, "+"), ("till",), ("more", 0)),
        (press(Qt.Key.Key_Plus, Qt.KeyboardModifier.KeypadModifier, "+"), ("till",), ("more", 0)),
        (press(Qt.Key.Key_Plus, NONE, "+", held=True), ("till",), ("more", 0)),
        (press(Qt.Key.Key_F9, NONE, held=True), ("till",), None),
        (press(Qt.Key.Key_A, NONE, "a"), ("till", "anywhere"), None),
    ],
)
def test_a_press_means_what_the_table_says(
    event: QKeyEvent, places: tuple[str, ...], action: tuple[str, int] | None
) -> None:
    assert meant(event, *places) == action


def test_a_held_key_is_still_nobody_elses() -> None:
    assert is_bound(press(Qt.Key.Key_F9, NONE, held=True), "till")
    assert keycap("pay") == "F9"

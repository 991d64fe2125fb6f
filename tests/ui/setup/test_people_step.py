"""Step 2: PINs that are not the same, that somebody else has, that are half typed; nobody who may approve."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.pins import matches
from pos.setup import Person, Setup, keep_setup
from tests.ui.hands import button, key, tap, texts, type_text
from tests.ui.setup.guide import RINA, looked, open_assistant, page_of, paste, type_pin
from ui.setup.people_step import PeopleStep
from ui.start import Start
from ui.theme import Theme

ANSWERS = Setup(step=1, institution="LPP-PLG", booth="S03", name="Stan 03")
LONG = "Hj. " + "Siti Nurhaliza binti Muhammad Yusuf Al-Palembani " * 6


@pytest.fixture
def start(qtbot: QtBot, theme: Theme, home: Path) -> Iterator[Start]:
    home.mkdir()
    keep_setup(ANSWERS, home)
    start = open_assistant(qtbot, theme)
    yield start
    start.finish()


@pytest.fixture
def step(start: Start) -> PeopleStep:
    step = page_of(start).step
    assert isinstance(step, PeopleStep)
    return step


def name(step: PeopleStep, row: int, text: str) -> None:
    """Type a name."""
    step.rows[row].name.edit.setFocus()
    type_text(text)


def test_pins_are_typed_twice_and_are_somebodys_own(qtbot: QtBot, start: Start, step: PeopleStep) -> None:
    name(step, 0, "Rina")
    type_pin(qtbot, step, 0, RINA, "135791")
    assert step.rows[0].wrong == "Keduanya tidak sama. Ketik lagi."
    type_pin(qtbot, step, 0, RINA, RINA)
    assert step.rows[0].wrong == ""
    name(step, 1, "Sari")
    type_pin(qtbot, step, 1, RINA, RINA)
    assert step.rows[1].wrong == "PIN ini sudah dipakai orang lain. Pilih PIN lain."
    type_pin(qtbot, step, 1, "246802", "246802")
    looked(qtbot, start)
    kept = page_of(start).answers.setup.people
    assert [(one.name, one.role) for one in kept] == [("Rina", "kasir"), ("Sari", "petugas")]
    assert [matches(pin, one.pin) for pin, one in zip((RINA, "246802"), kept, strict=True)] == [True, True]


def test_enter_right_behind_the_last_digit_goes_on(qtbot: QtBot, start: Start, step: PeopleStep) -> None:
    """The PIN is still looked at then; nothing is wrong with it."""
    for row, (called, pin) in enumerate((("Rina", RINA), ("Sari", "246802"))):
        name(step, row, called)
        for field in step.rows[row].pins:
            field.edit.setFocus()
            type_text(pin)
    key(Qt.Key.Key_Return)
    assert [row.wrong for row in step.rows] == ["", ""]
    qtbot.waitUntil(lambda: page_of(start).number == 2, timeout=10_000)
    kept = page_of(start).answers.setup.people
    assert [matches(pin, one.pin) for pin, one in zip((RINA, "246802"), kept, strict=True)] == [True, True]


def test_a_pin_that_is_refused_meanwhile_keeps_one_there(
    qtbot: QtBot, start: Start, step: PeopleStep
) -> None:
    name(step, 0, "Rina")
    type_pin(qtbot, step, 0, RINA, RINA)
    name(step, 1, "Sari")
    for field in step.rows[1].pins:
        field.edit.setFocus()
        type_text(RINA)
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(step.rows[1].wrong), timeout=10_000)
    looked(qtbot, start)
    assert page_of(start).number == 1


def test_a_pin_that_is_half_typed_is_not_forgotten(qtbot: QtBot, start: Start, step: PeopleStep) -> None:
    name(step, 0, "Rina")
    name(step, 1, "Sari")
    type_pin(qtbot, step, 0, "1357", "")
    key(Qt.Key.Key_Return)
    looked(qtbot, start)
    assert page_of(start).number == 1
    assert step.rows[0].wrong == "Ketik enam angka yang sama di kedua isian, atau kosongkan."


def test_somebody_must_be_able_to_approve(qtbot: QtBot, start: Start, step: PeopleStep) -> None:
    name(step, 0, "Rina")
    name(step, 1, "Sari")
    tap(step.rows[1].role)
    key(Qt.Key.Key_Home)
    key(Qt.Key.Key_Return)  # kasir
    key(Qt.Key.Key_Tab)
    step.rows[0].name.edit.setFocus()
    key(Qt.Key.Key_Return)
    looked(qtbot, start)
    assert page_of(start).number == 1
    assert any("petugas" in text.lower() for text in texts(step) if "Belum ada" in text)


def test_people_come_and_go_with_the_longest_names(qtbot: QtBot, start: Start, step: PeopleStep) -> None:
    name(step, 0, LONG)
    tap(button(step, "Tambah orang"))
    paste(step.rows[2].name.edit, "<b>Ahmad</b> 🧺")
    assert len(step.rows) == 3
    tap(button(step, "Hapus belum bernama"))
    looked(qtbot, start)
    kept = page_of(start).answers.setup.people
    assert kept == (Person(LONG[:60]), Person("<b>Ahmad</b> 🧺"))


def test_the_caret_stands_behind_the_dots_of_a_kept_pin(qtbot: QtBot, start: Start, step: PeopleStep) -> None:
    name(step, 0, "Rina")
    type_pin(qtbot, step, 0, RINA, RINA)
    looked(qtbot, start)
    row = step.rows[0]
    for field in row.pins:
        dots, edit = field.dots, field.edit
        assert dots.isVisible()
        assert edit.placeholderText() == ""
        assert edit.x() + edit.cursorRect().center().x() >= dots.geometry().right()
    tap(row.pins[0].dots)
    assert row.pins[0].edit.hasFocus()
    type_text("2")
    assert not row.pins[0].dots.isVisible()
    key(Qt.Key.Key_Backspace)
    assert row.pins[0].dots.isVisible()

"""Step 4: the receipt printer is told of at once, and holds when the till opens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.pins import hash_pin
from pos.printers import Printer, typed_printer
from pos.setup import Person, Setup, keep_setup, read_setup
from tests.ui.hands import button, key, tap, texts, type_text
from tests.ui.setup.guide import looked, open_assistant, page_of
from ui.setup.look_step import LookStep
from ui.start import Start
from ui.theme import Theme

PEOPLE = (Person("Rina", "kasir", hash_pin("135790")), Person("Sari", "petugas", hash_pin("246802")))
ANSWERS = Setup(
    step=3,
    institution="LPP-PLG",
    booth="S03",
    name="Stan 03",
    people=PEOPLE,
    central_kind="later",
    goods_kind="later",
)


@pytest.fixture
def start(qtbot: QtBot, theme: Theme, home: Path) -> Iterator[Start]:
    home.mkdir()
    keep_setup(ANSWERS, home)
    start = open_assistant(qtbot, theme)
    yield start
    start.finish()


def printer(home: Path) -> Printer:
    """What is kept of it."""
    return typed_printer(dict(read_setup(home).settings).get("printer", ""))


def test_a_printer_in_the_network_holds_when_the_till_opens(qtbot: QtBot, start: Start, home: Path) -> None:
    page = page_of(start)
    assert isinstance(page.step, LookStep)
    tap(button(page.step, "Jaringan"))
    type_text("192.168.1.50")  # the keyboard is there already
    tap(button(page.step, "58 mm"))
    looked(qtbot, start)
    assert printer(home) == Printer("tcp", "192.168.1.50", columns=32)
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: start.frame is not None, timeout=30_000)
    assert start.frame is not None
    assert start.frame.app.printing.printer == Printer("tcp", "192.168.1.50", columns=32)


def test_an_address_that_is_none_is_told_and_may_be_left_away(qtbot: QtBot, start: Start, home: Path) -> None:
    page = page_of(start)
    tap(button(page.step, "Serial, Bluetooth"))
    looked(qtbot, start)
    assert not any("alamat" in text for text in texts(page.step) if "Printer" in text)  # not yet typed
    type_text("COM99999")
    tap(button(page.step, "58 mm"))
    looked(qtbot, start)
    assert any("‘COM99999’" in text or "'COM99999'" in text for text in texts(page.step))
    assert printer(home).address == "COM99999"  # kept as typed
    key(Qt.Key.Key_Return)
    looked(qtbot, start)
    assert page_of(start).number == 3
    tap(button(page.step, "Tidak ada"))
    looked(qtbot, start)
    assert printer(home).kind == "none"
    assert page.answers.findings is not None
    assert not page.answers.findings.errors

"""The assistant in a window, and what a person does in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import buttons, focused, key, tap, type_text
from ui import work
from ui.list_sheet import ListSheet
from ui.setup.device_step import DeviceStep
from ui.setup.goods_step import GoodsStep
from ui.setup.page import SetupPage
from ui.setup.people_step import PeopleStep
from ui.start import Start
from ui.theme import Theme
from ui.window import Window

HOST = "Lapas Perempuan Kelas IIA Palembang"
RINA, SARI = "135790", "246802"
LIST = "sku,name,price,institution\nNASTAR,Nastar 500 g,65000,LPP-PLG\nPECI,Peci Bordir,50000,LP1-PLG\n"


def open_assistant(qtbot: QtBot, theme: Theme) -> Start:
    """The program with `--setup`, as far as the assistant's first look."""
    start = Start(Window(theme), None)
    start.setting_up = True
    qtbot.addWidget(start.window)
    start.window.resize(1366, 768)
    with qtbot.waitActive(start.window):
        start.window.show()
        start.window.activateWindow()
    qtbot.waitUntil(lambda: start.window.findChild(SetupPage) is not None, timeout=20_000)
    looked(qtbot, start)
    return start


def page_of(start: Start) -> SetupPage:
    """The assistant."""
    (page,) = [one for one in start.window.findChildren(SetupPage) if one.isVisible()]
    return page


def looked(qtbot: QtBot, start: Start) -> None:
    """All that was typed has been kept and looked at."""
    page = page_of(start)
    qtbot.waitUntil(lambda: page.answers.findings is not None, timeout=10_000)
    work.finish()


def begins(inside: QWidget, words: str) -> QAbstractButton:
    """The one visible button whose name begins so."""
    (found,) = (one for one in buttons(inside) if one.accessibleName().startswith(words))
    return found


def pick(start: Start, field: str, entry: str) -> None:
    """Choose an entry from the list that a field opens."""
    tap(begins(page_of(start).step, field))
    sheet = start.window.findChildren(ListSheet)[-1]
    key(Qt.Key.Key_Home)
    wanted = begins(sheet, entry)
    wanted.setFocus()
    key(Qt.Key.Key_Return)


def go_on(qtbot: QtBot, start: Start, to: int) -> None:
    """Enter, and the step `to` is there."""
    key(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page_of(start).number == to, timeout=10_000)
    looked(qtbot, start)


def device(qtbot: QtBot, start: Start, name: str = "Stan 03") -> DeviceStep:
    """Step 1 as it is mostly filled in; the keyboard is in the name."""
    step = page_of(start).step
    assert isinstance(step, DeviceStep)
    pick(start, "UPT tuan rumah", HOST)
    step.take_focus()
    focused().selectAll()  # type: ignore[attr-defined]
    type_text(name)
    looked(qtbot, start)
    return step


def people(qtbot: QtBot, start: Start) -> PeopleStep:
    """Step 2 with Rina, who sells, and Sari, an officer; both with PINs."""
    step = page_of(start).step
    assert isinstance(step, PeopleStep)
    for row, (name, pin) in enumerate((("Rina Oktaviani", RINA), ("Sari Wulandari", SARI))):
        step.rows[row].name.edit.setFocus()
        type_text(name)
        type_pin(qtbot, step, row, pin, pin)
        looked(qtbot, start)
    return step


def type_pin(qtbot: QtBot, step: PeopleStep, row: int, first: str, second: str) -> None:
    """A PIN into both fields of a row, and what is said of it."""
    one = step.rows[row]
    one.pins[0].edit.setFocus()
    type_text(first)
    one.pins[1].edit.setFocus()
    type_text(second)
    if first == second:
        qtbot.waitUntil(lambda: bool(one.wrong) or not one.unfinished, timeout=10_000)


def paste(edit: QLineEdit, text: str) -> None:
    """What no key of QTest types."""
    QApplication.clipboard().setText(text)
    edit.setFocus()
    edit.selectAll()
    edit.paste()


def goods(start: Start) -> GoodsStep:
    """Step 3."""
    step = page_of(start).step
    assert isinstance(step, GoodsStep)
    return step


def desktop_chooses(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    """What a person would choose in the desktop's own dialog."""
    name = str(path or "")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_more: (name, ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_more: name)

"""A list to choose from, by keys and by hand; given up it changes nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import button, focused, key, show, tap
from ui.list_sheet import Entry, ListSheet
from ui.theme import Theme

K = Qt.Key
ENTRIES = [Entry(str(n), f"Lapas {n}", "Kota Palembang") for n in range(20)] + [Entry("R", "Rutan Baturaja")]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(QLineEdit())
    window.resize(1093, 614)
    show(qtbot, window)
    window.findChildren(QLineEdit)[0].setFocus()
    return window


@pytest.fixture
def chosen() -> list[str]:
    return []


@pytest.fixture
def sheet(window: QWidget, theme: Theme, chosen: list[str]) -> ListSheet:
    sheet = ListSheet(window, theme, "UPT", ENTRIES, "2")
    sheet.chosen.connect(chosen.append)
    sheet.open()
    return sheet


def here() -> str:
    """The row that has the keyboard."""
    return focused().accessibleName().split(",")[0]


@pytest.mark.parametrize(
    ("keys", "wanted"),
    [
        ((), "Lapas 2"),
        ((K.Key_Down, K.Key_Down, K.Key_Up), "Lapas 3"),
        ((K.Key_Home, K.Key_Up), "Lapas 0"),
        ((K.Key_End, K.Key_Down), "Rutan Baturaja"),
        ((K.Key_R,), "Rutan Baturaja"),
        ((K.Key_End, K.Key_L), "Lapas 0"),
        ((K.Key_PageDown,), "Lapas 10"),
    ],
)
def test_keys_go_through_the_list(
    sheet: ListSheet, chosen: list[str], keys: tuple[K, ...], wanted: str
) -> None:
    for one in keys:
        key(one)
    assert here() == wanted
    assert sheet.paper.rect().contains(focused().mapTo(sheet.paper, focused().rect().center()))
    key(K.Key_Return)
    assert chosen == [next(entry.value for entry in ENTRIES if entry.name == wanted)]
    assert isinstance(focused(), QLineEdit)


def test_a_tap_chooses(sheet: ListSheet, chosen: list[str]) -> None:
    tap(button(sheet, "Lapas 3, Kota Palembang"))
    assert chosen == ["3"]


@pytest.mark.parametrize("way", ["esc", "close", "beside"])
def test_given_up_it_changes_nothing(sheet: ListSheet, chosen: list[str], way: str) -> None:
    if way == "esc":
        key(K.Key_Escape)
    elif way == "close":
        tap(button(sheet, "Tutup"))
    else:
        QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(10, 10))
    assert not sheet.isVisible()
    assert chosen == []
    assert isinstance(focused(), QLineEdit)

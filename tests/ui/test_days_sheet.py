"""First and last day, by taps and by keys."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.ui.hands import button, key, show, tap, texts
from ui.days_sheet import DaysSheet
from ui.theme import Theme

K = Qt.Key


@pytest.fixture
def chosen() -> list[tuple[date, date]]:
    return []


@pytest.fixture
def sheet(qtbot: QtBot, theme: Theme, chosen: list[tuple[date, date]]) -> DaysSheet:
    window = QWidget()
    window.resize(1093, 614)
    show(qtbot, window)
    sheet = DaysSheet(window, theme, "Masa pameran", date(2023, 3, 23), date(2023, 5, 2))
    sheet.chosen.connect(lambda start, end: chosen.append((start, end)))
    sheet.open()
    return sheet


def test_two_taps_are_the_first_and_the_last_day(sheet: DaysSheet, chosen: list[tuple[date, date]]) -> None:
    assert "23 Mar – 2 Mei 2023 · 41 hari" in texts(sheet)
    tap(button(sheet, "Bulan sebelumnya"))
    tap(button(sheet, "Sel, 28 Feb 2023"))
    assert "Sekarang ketuk hari terakhir." in texts(sheet)
    tap(button(sheet, "Bulan berikutnya"))
    tap(button(sheet, "Rab, 1 Mar 2023"))
    tap(button(sheet, "Pakai masa ini"))
    assert chosen == [(date(2023, 2, 28), date(2023, 3, 1))]


def test_a_second_day_before_the_first_begins_anew(sheet: DaysSheet, chosen: list[tuple[date, date]]) -> None:
    for name in ("Jum, 10 Mar 2023", "Rab, 8 Mar 2023", "Kam, 9 Mar 2023", "Pakai masa ini"):
        tap(button(sheet, name))
    assert chosen == [(date(2023, 3, 8), date(2023, 3, 9))]


def test_keys_do_the_same(sheet: DaysSheet, chosen: list[tuple[date, date]]) -> None:
    key(K.Key_Right)
    key(K.Key_Return)  # 24 March
    for _week in range(2):
        key(K.Key_Down)  # over the end of the month
    key(K.Key_Return)
    key(K.Key_PageDown)
    assert "Mei 2023" in texts(sheet)
    button(sheet, "Pakai masa ini").setFocus()
    key(K.Key_Return)
    assert chosen == [(date(2023, 3, 24), date(2023, 4, 7))]


def test_esc_changes_nothing(sheet: DaysSheet, chosen: list[tuple[date, date]]) -> None:
    tap(button(sheet, "Jum, 10 Mar 2023"))
    key(K.Key_Escape)
    assert not sheet.isVisible()
    assert chosen == []

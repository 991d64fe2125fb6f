"""F1 where something is asked: the manual lies over it, is only read, and gives the keyboard back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pos.errors import WorldFailed
from tests.ui.hands import button, focused, key, show
from tests.ui.shop import frame_of
from ui import work
from ui.cover import Cover
from ui.days_sheet import DaysSheet
from ui.frame import Frame
from ui.list_sheet import Entry, ListSheet
from ui.manual.sheet import ManualSheet
from ui.people.approval import Wanted, ask
from ui.print_tray import PrintTray
from ui.question import Question
from ui.refusal import Refusal
from ui.restoring.page import RestorePage
from ui.start import Start
from ui.theme import Theme
from ui.window import Window

K = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def question(frame: Frame) -> None:
    words, answers = ("Kosongkan?", "Semua barang dikeluarkan."), ("Kosongkan", "Tidak jadi")
    Question(frame.window(), frame.app.theme, words, answers).open()


def approval(frame: Frame) -> None:
    ask(frame.app, frame, Wanted("give_back", "LPP-PLG", "Kembalikan barang"), lambda _approval: None)


def choice(frame: Frame) -> None:
    ListSheet(frame.window(), frame.app.theme, "Yang mana?", [Entry("a", "Satu", "", "layers")], "a").open()


def days(frame: Frame) -> None:
    DaysSheet(frame.window(), frame.app.theme, "Tanggal", date(2023, 4, 14), date(2023, 4, 14)).open()


def queue(frame: Frame) -> None:
    PrintTray(frame.app, frame.window()).open()


def shown(over: QWidget) -> list[ManualSheet]:
    return [one for one in over.window().findChildren(ManualSheet) if one.isVisible()]


@pytest.mark.parametrize(
    ("ask_for", "page"),
    [(question, "sell"), (approval, "sell"), (choice, "sell"), (days, "sell"), (queue, "printer")],
)
def test_f1_opens_the_manual_over_it(shop: Start, ask_for: Callable[[Frame], None], page: str) -> None:
    frame = frame_of(shop)
    ask_for(frame)
    (asked,) = (one for one in frame.window().findChildren(Cover) if one.isVisible())
    before = focused()
    key(K.Key_F1)
    (manual,) = shown(frame)
    assert manual.name == page
    assert manual.parentWidget() is frame.window()  # above the question, not below it
    assert manual.isAncestorOf(focused())
    key(K.Key_F1, SHIFT)  # nothing leads away while somebody is asked
    key(K.Key_Comma, CTRL)
    assert shown(frame) == [manual]
    assert frame.shown == 0
    key(K.Key_F1)
    assert shown(frame) == []
    assert asked.isVisible()
    assert focused() is before
    key(K.Key_Escape)
    assert not asked.isVisible()


@pytest.mark.parametrize(
    ("made", "page"),
    [
        (lambda theme: Refusal(WorldFailed("Berkas rusak."), theme, lost=True), "trouble"),
        (lambda theme: RestorePage(theme, search=lambda: ()), "moving"),
    ],
)
def test_where_the_ledger_cannot_be_opened_it_tells_what_to_do(
    qtbot: QtBot, theme: Theme, made: Callable[[Theme], QWidget], page: str
) -> None:
    window = Window(theme)
    window.show_content(made(theme))
    show(qtbot, window)
    work.finish()
    button(window, "Tutup" if page == "trouble" else "Kembali").setFocus()
    before = focused()
    key(K.Key_F1)
    (manual,) = shown(window)
    assert manual.name == page
    assert manual.isAncestorOf(focused())
    key(K.Key_F1)
    assert shown(window) == []
    assert focused() is before

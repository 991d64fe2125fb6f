"""Closing fits into every window that the booths have, with the largest sums and the longest names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pos.clock import stopped_at
from pos.drawer import IN, Move, move_cash
from pos.ledger import Ledger
from pos.model import Staff
from pos.pins import hash_pin
from pos.shifts import current_shift, open_shift
from pos.staff import post_staff
from pos.text import use_language
from tests.books import DAY, MOMENT, end_shift, shift_of
from tests.ui.hands import key, show, type_text
from tests.ui.test_fits import faults
from tests.ui.test_names import goes_round, group_of
from ui import work
from ui.app import App
from ui.closing.page import ClosingPage
from ui.dress import dress
from ui.frame import Frame
from ui.theme import load_theme
from ui.till.open_shift import OpenShift
from ui.widgets import Button

CASES = [
    ((1366, 768), 1.0, "id"),
    ((1366, 768), 1.25, "id"),
    ((1366, 768), 1.25, "en"),
    ((1093, 614), 1.0, "id"),
    ((1920, 1080), 1.0, "en"),
]
SCROLLED = "settings"  # what does not fit is scrolled to, as there
PIN = "860413"
LONG = "Raden Ajeng Kartika Puspitasari Sastrodiningrat Kusumawardhani"


@pytest.fixture
def frame(qtbot: QtBot, till: Ledger, request: pytest.FixtureRequest) -> Iterator[Frame]:
    (width, height), scale, language = request.param
    use_language(language)
    theme = load_theme("light", scale, calm=True)
    dress(theme)
    end_shift(till)
    post_staff(till, [Staff("rina", LONG), Staff("sari", LONG, "petugas")])
    post_staff(till, [Staff("ahmad", LONG, "petugas", hash_pin(PIN))])
    open_shift(till, "rina", DAY, 999_000_000)
    move_cash(till, shift_of(till), Move(IN, 1_234_567, "Uang kecil"), "sari")
    frame = Frame(App.over(till, theme))
    frame.resize(width, height)
    show(qtbot, frame)
    frame.desk.prepare()
    work.finish()
    yield frame
    work.finish()
    use_language("id")


def states(frame: Frame) -> Iterator[str]:
    """Every state of closing, brought about by keys."""
    frame.app.sign_in(frame.app.staff["sari"])
    key(Qt.Key.Key_7, Qt.KeyboardModifier.ControlModifier)
    yield "count"
    key(Qt.Key.Key_F8)
    yield "cash"
    key(Qt.Key.Key_Escape)
    key(Qt.Key.Key_F7)
    yield "x report"
    key(Qt.Key.Key_Escape)
    type_text("9990")
    key(Qt.Key.Key_F9)
    yield "compare"
    key(Qt.Key.Key_F9)
    yield "reason is missing"
    type_text("x" * 120)
    key(Qt.Key.Key_F9)
    type_text(PIN)  # of a second person: the difference is large
    work.finish()
    assert current_shift(frame.app.ledger) is None
    yield "closed"
    key(Qt.Key.Key_F9)
    work.finish()
    assert isinstance(frame.desk.currentWidget(), OpenShift)
    yield "opening"
    key(Qt.Key.Key_F9)
    frame.app.ledger.clock = stopped_at(MOMENT + timedelta(days=1, hours=-12))
    frame.app.set_shift(None)
    work.finish()
    asking = frame.desk.currentWidget()
    assert isinstance(asking, OpenShift)
    assert asking.forgotten.isVisible()
    yield "forgotten"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("frame", CASES, indirect=True, ids=str)
def test_all_states_fit_and_everything_has_a_name(frame: Frame) -> None:
    size, wrong = frame.size(), []
    for state in states(frame):
        QApplication.processEvents()
        if frame.size() != size:
            wrong.append(f"{state} needs {frame.size()}")
        wrong += [f"{state}: {fault}" for fault in faults(frame, SCROLLED)]
        for one in (*frame.findChildren(QAbstractButton), *frame.findChildren(QLineEdit)):
            if one.isVisible() and not one.accessibleName():
                wrong.append(f"{state}: {type(one).__name__} has no name")
    assert not wrong, "\n".join(dict.fromkeys(wrong))


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("frame", [CASES[0], CASES[3]], indirect=True, ids=str)
def test_what_closes_is_in_sight_without_scrolling_and_tab_comes_everywhere(frame: Frame) -> None:
    for state in states(frame):
        QApplication.processEvents()
        page = frame.screens.currentWidget()
        if not isinstance(page, ClosingPage):
            continue
        for main in page.findChildren(Button):
            large = main.height() >= main.theme.size("buttonPay")
            if main.isVisible() and large:
                assert main.visibleRegion().boundingRect() == main.rect(), state
        if state in ("count", "compare", "closed"):
            others = [one for one in frame.findChildren(QAbstractButton) if group_of(one)]
            goes_round(frame, *others)

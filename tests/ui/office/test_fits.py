"""Every page of the office fits into every window: nothing is cut, nothing too small for a finger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from pos.reports import Period, run_report
from pos.text import use_language
from tests.ui.hands import key, show
from tests.ui.office.room import page_of, settle
from tests.ui.test_fits import faults
from tests.ui.test_names import goes_round, group_of
from ui import work
from ui.app import App
from ui.dress import dress
from ui.frame import Frame
from ui.office.units import TABS, UnitsPage
from ui.page import Page
from ui.theme import load_theme

CASES = [((1366, 768), 1.0, "id"), ((1366, 768), 1.25, "id"), ((1093, 614), 1.0, "en")]


@pytest.fixture
def office(qtbot: QtBot, central: Ledger, request: pytest.FixtureRequest) -> Iterator[Frame]:
    (width, height), scale, language = request.param
    use_language(language)
    theme = load_theme("light", scale, calm=True)
    dress(theme)
    frame = Frame(App.over(central, theme))
    frame.resize(width, height)
    show(qtbot, frame)
    settle()
    yield frame
    work.finish()
    use_language("id")


def states(frame: Frame) -> Iterator[str]:
    """Every page, and the tabs of one; the page of figures scrolls where it has no room."""
    for place in range(5):
        frame.choose(place)
        settle()
        yield f"page {place}"
        page = frame.screens.currentWidget()
        if isinstance(page, UnitsPage):
            for tab in TABS[1:]:
                page.show_tab(tab)
                settle()
                yield f"tab {tab}"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("office", CASES, indirect=True, ids=str)
def test_all_pages_fit(office: Frame) -> None:
    size = office.size()
    wrong = []
    for state in states(office):
        assert office.size() == size, f"{state} needs {office.size()}"
        found = faults(office, state)
        wrong += [f"{state}: {fault}" for fault in found if "scrolls" not in fault]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


@pytest.mark.parametrize("office", CASES[:1], indirect=True, ids=str)
def test_tab_goes_round_every_page(office: Frame) -> None:
    for _state in states(office):
        page = office.screens.currentWidget()
        assert isinstance(page, Page)
        page.take_focus()
        others = [one for one in page.findChildren(QAbstractButton) if group_of(one)]
        goes_round(office, *others)
        key(Qt.Key.Key_Escape)
        settle()


def test_the_money_of_a_whole_exhibition_needs_no_scrolling_sideways(frame: Frame, central: Ledger) -> None:
    page = page_of(frame, UnitsPage, 2)
    table = run_report(central, "settlement", Period())
    much = {"money": 135_205_000, "int": 2_319}
    (first, *_more) = table.rows
    row = tuple(much.get(one.kind, cell) for one, cell in zip(table.columns, first, strict=True))
    totals = {
        one.key: 370_804_000 for one in table.columns if one.key in table.totals and one.kind == "money"
    }
    page.show_table(replace(table, rows=(row,) * 20, totals=table.totals | totals))
    assert page.rows.view.horizontalScrollBar().maximum() == 0

"""The orders fit into every window that the booths have, with the longest names, and everything has a
name.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from pos.catalog import post_products
from pos.clock import stopped_at
from pos.ledger import open_ledger
from pos.money import rupiah
from pos.preorder import Contact
from pos.text import use_language
from tests.books import CATALOGUE, DAY, MOMENT
from tests.ordering import ahead, ordered
from tests.ui.hands import show
from tests.ui.orders.desk import Desk
from tests.ui.test_fits import faults
from ui import work
from ui.app import App
from ui.dress import dress
from ui.frame import Frame
from ui.theme import load_theme

CASES = [
    ((1366, 768), 1.0, "id"),
    ((1093, 614), 1.0, "id"),
    ((1366, 768), 1.25, "id"),
    ((1280, 720), 1.0, "en"),
]
LONG = "Kelompok Pengajian Ibu-Ibu Perumahan Griya Asri Sejahtera Blok C Nomor Tujuh Belas Palembang"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def desk(qtbot: QtBot, ordered_books: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Desk]:
    (width, height), scale, language = request.param
    use_language(language)
    theme = load_theme("light", scale, calm=True)
    dress(theme)
    path = tmp_path / "stan.lapak"
    shutil.copy(ordered_books, path)
    with closing(open_ledger(path)) as ledger:
        ledger.clock = stopped_at(MOMENT)
        post_products(ledger, [replace(CATALOGUE[0], name=LONG[:80], price=9_999_999)])
        contact = Contact(LONG, "081271110248", "@" + "a" * 50, note=LONG)
        order = ordered(ledger, {"NASTAR-500": 99, "HAMPERS": 7}, contact=contact, due=DAY, due_time=time(7))
        for _part in range(3):
            ahead(ledger, order, 1_234_567, "transfer")
        frame = Frame(App.over(ledger, theme))
        frame.resize(width, height)
        show(qtbot, frame)
        frame.desk.prepare()
        work.finish()
        frame.choose(1)
        work.finish()
        yield Desk(frame)
        work.finish()
        use_language("id")


def states(desk: Desk) -> Iterator[str]:
    """Every sheet over the longest order."""
    page, acts = desk.page, desk.page.acts
    desk.rest()
    yield "board"
    for action in ("change", "deposit", "note", "cancel", "hand over"):
        acts.do(action, desk.shown, QPoint())
        desk.rest()
        yield action
        if acts.sheet:
            acts.sheet.close_sheet()
        if acts.paying.sheet:
            acts.paying.sheet.go_back()
        desk.rest()
    acts.quota()
    desk.rest()
    yield "quota"
    assert acts.sheet
    acts.sheet.close_sheet()
    page.new_order()
    desk.rest()
    desk.form._open_chat()
    desk.form.chat.edit.setPlainText("2 nastar dan 1 hampers besok, " + "entahlah " * 30)
    desk.rest()
    yield "chat"


@pytest.mark.parametrize("desk", CASES, indirect=True, ids=str)
def test_all_states_fit_and_have_names(desk: Desk) -> None:
    size, wrong = desk.frame.size(), list[str]()
    for state in states(desk):
        QApplication.processEvents()
        assert desk.frame.size() == size, f"{state} needs {desk.frame.size()}"
        wrong += [f"{state}: {fault}" for fault in faults(desk.frame, "settings")]
        for kind in (QAbstractButton, QLineEdit, QPlainTextEdit):
            wrong += [
                f"{state}: a nameless {type(one).__name__}"
                for one in desk.page.findChildren(kind)
                if one.isVisible() and not one.accessibleName()
            ]
    assert not wrong, "\n".join(dict.fromkeys(wrong))


@pytest.mark.parametrize("desk", CASES, indirect=True, ids=str)
def test_what_is_left_to_pay_is_read_without_scrolling(desk: Desk) -> None:
    order = next(one for one in desk.orders if len(one.deposits) == 3)
    desk.page.choose(order)
    desk.rest()
    QApplication.processEvents()
    left = desk.page.detail._sums._left
    assert left.text() == rupiah(order.rest)
    assert left.visibleRegion().boundingRect() == left.rect()

"""The page of returns and the sheet of approvals fit into every window, with the longest names."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from pos.model import Staff
from pos.returns import Item, Wanted, take_back
from pos.staff import post_staff
from pos.text import use_language
from tests.books import sell, shift_of, with_catalogue
from tests.ui.hands import key, show
from tests.ui.returns.test_page import page_of
from tests.ui.test_fits import faults
from tests.ui.walk import MANY, K
from ui import work
from ui.app import App
from ui.dress import dress
from ui.frame import Frame
from ui.theme import load_theme

LIST = "settings"  # a state that may scroll
LARGE, SMALL = (1366, 768), (1093, 614)
CASES = [(LARGE, 1.0, "id"), (LARGE, 1.25, "en"), (SMALL, 1.0, "id"), (SMALL, 1.0, "en")]


@pytest.fixture
def frame(qtbot: QtBot, till: Ledger, request: pytest.FixtureRequest) -> Iterator[Frame]:
    (width, height), scale, language = request.param
    use_language(language)
    theme = load_theme("light", scale, calm=True)
    dress(theme)
    with_catalogue(till, MANY)
    long = "Hajah Nurbaiti Kusumaningrum Wardhani Binti Muhammad"
    post_staff(till, [Staff("sari", long, "petugas", "x"), Staff("rina", f"{long} Rina")])
    sale = sell(till, {"HAMPERS": 2, **{product.sku: 3 for product in MANY[:6]}})
    for n in range(3):
        wanted = Wanted(f"r{n}", (Item(1, 1, damaged=True),), reason="rusak")
        take_back(till, sale, wanted, shift_of(till), "sari")
    frame = Frame(App.over(till, theme))
    frame.app.sign_in(frame.app.staff["rina"])
    frame.resize(width, height)
    show(qtbot, frame)
    work.finish()
    yield frame
    work.finish()
    use_language("id")


@pytest.mark.parametrize("frame", CASES, indirect=True, ids=str)
def test_returns_and_approvals_fit(frame: Frame) -> None:
    size = frame.size()
    wrong: list[str] = []

    def look(state: str) -> None:
        QTest.qWait(1)
        QApplication.processEvents()
        assert frame.size() == size, f"{state} needs {frame.size()}"
        wrong.extend(f"{state}: {fault}" for fault in faults(frame, LIST))

    key(K.Key_F8)
    page = page_of(frame)
    look("list")
    page.list.choose(0)
    look("a return")
    page.list.choose(3)
    look("a sale of which something came back")
    page.detail._ways["transfer"].click()
    page.detail.take_all()
    look("all of it by transfer")
    key(K.Key_F9)
    look("approval")
    assert not wrong, "\n".join(dict.fromkeys(wrong))

"""What EXTENDING.md says of the screen is true: each guest is opened, paid with, chosen, spoken by clicks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout
from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from pos.papers import papers_of
from pos.reports import REPORTS
from pos.settings import SETTINGS
from pos.text import LANGUAGES, use_language
from tests.books import busy_day, sell
from tests.guests import load, put, put_gift, put_javanese, put_voucher, weekdays
from tests.ui.hands import button, key, tap, texts, type_text, wait_for
from tests.ui.opened import Opened
from tests.ui.shop import desk_of, frame_of, frame_over, ledger_of, write
from tests.ui.till.stand import shown_sale, tap_tile
from ui import work
from ui.app import App
from ui.dress import dress
from ui.issue import issue
from ui.keys import KEYS, Key, _bound, _by_action
from ui.page import Page
from ui.pay import words
from ui.pay.words import Words
from ui.reports import names
from ui.reports.page import ReportsPage
from ui.reports.picker import PickSheet
from ui.screens import SCREENS, Screen
from ui.start import Start
from ui.theme import Theme, load_theme
from ui.widgets import label

ASKS = Words(
    "sticky-note",
    "The voucher is torn at its edge",
    (("Look at the stamp", "It must say {amount}."), ("Confirm here", "The sale is done and stored.")),
    "Number of the voucher",
    0,
    "The voucher is good",
)
Patch = pytest.MonkeyPatch


@pytest.fixture(scope="module", autouse=True)
def _every_module_is_here() -> None:
    load("pos", "ui")


def put_page(patch: Patch) -> None:
    """The way to pay has a page of its own, and a key."""
    put_voucher(patch)
    before, meant = words.words, KEYS
    put(patch, "words", before, lambda method: ASKS if method == "voucher" else before(method))
    put(patch, "KEYS", meant, (*meant, Key("pay", "voucher", ("F9",))))


@pytest.fixture
def fresh_keys() -> Iterator[None]:
    """The table of keys is read again, before and behind the test."""
    for memo in (_bound, _by_action):
        memo.cache_clear()
    yield
    for memo in (_bound, _by_action):
        memo.cache_clear()


@pytest.mark.usefixtures("fresh_keys")
@pytest.mark.parametrize("by_key", [True, False])
def test_a_way_to_pay(request: pytest.FixtureRequest, monkeypatch: Patch, by_key: bool) -> None:
    put_page(monkeypatch)
    shop: Start = request.getfixturevalue("shop")
    desk = desk_of(shop)
    tap_tile(desk, "PECI")
    key(Qt.Key.Key_F9)
    if by_key:
        key(Qt.Key.Key_F9)
    else:
        tap(button(shop.window, "Voucher"))
    assert ASKS.below in texts(shop.window)
    write(shop, "V-0042")
    tap(button(shop.window, ASKS.button))
    (payment,) = shown_sale(desk).payments
    assert (payment.method, payment.amount, payment.reference) == ("voucher", 50_000, "V-0042")
    assert any("Voucher" in text for text in texts(shop.window))


def test_a_report(qtbot: QtBot, theme: Theme, till: Ledger, monkeypatch: Patch) -> None:
    put(monkeypatch, "REPORTS", REPORTS, {**REPORTS, "weekdays": weekdays})
    before = names.report_names
    put(monkeypatch, "report_names", before, lambda: {**before(), "weekdays": "Per weekday"})
    busy_day(till)
    frame = frame_over(qtbot, theme, till, "sari")
    frame.choose([screen.place for screen in SCREENS].index("reports"))
    _settle()
    key(Qt.Key.Key_F4)
    (sheet,) = (one for one in frame.findChildren(PickSheet) if one.isVisible())
    type_text("weekday")
    key(Qt.Key.Key_Return)
    _settle()
    assert not sheet.isVisible()
    page = frame.screens.currentWidget()
    assert isinstance(page, ReportsPage)
    assert "Per weekday" in page.head.report.accessibleName()
    assert page.rows.model.row_at(0)[0] == "Jum"


def test_a_paper(
    qtbot: QtBot, theme: Theme, till: Ledger, monkeypatch: Patch, opened: Opened, home: Path
) -> None:
    put_gift(monkeypatch)
    sale = sell(till, {"PECI": 1})
    frame = frame_over(qtbot, theme, till)
    issue(frame.app, papers_of(sale)[-1], lambda error: pytest.fail(str(error)))
    _settle()
    assert opened.names == [f"{sale.receipt}-hadiah.pdf"]
    assert (home / "struk" / f"{sale.receipt}-hadiah.pdf").read_bytes().startswith(b"%PDF")


class VisitorsPage(Page):
    """How many receipts there are, for whoever counts visitors."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        self.shown = label("", "title", app.theme)
        QVBoxLayout(self).addWidget(self.shown)

    def refresh(self) -> None:
        """As many as the booth's day has."""
        self.shown.setText(f"{self.app.setting('language')}: {self.app.cashier.name}")


@pytest.mark.usefixtures("fresh_keys")
def test_a_screen(qtbot: QtBot, theme: Theme, till: Ledger, monkeypatch: Patch) -> None:
    last = max(number for number, screen in enumerate(SCREENS) if screen.in_menu) + 1
    mine = Screen("user-round", lambda: "Visitors", VisitorsPage)
    put(monkeypatch, "SCREENS", SCREENS, (*SCREENS[:last], mine, *SCREENS[last:]))
    one_more = (
        one._replace(keys=(*one.keys, f"Ctrl+{last + 1}")) if one.action == "screen" else one for one in KEYS
    )
    put(monkeypatch, "KEYS", KEYS, tuple(one_more))
    frame = frame_over(qtbot, theme, till)
    tap(button(frame, "Visitors"))
    page = frame.screens.currentWidget()
    assert isinstance(page, VisitorsPage)
    assert page.shown.text() == "id: Rina Oktaviani"
    key(Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert frame.screens.currentWidget() is frame.desk
    key(Qt.Key.Key_8, Qt.KeyboardModifier.ControlModifier)
    assert frame.screens.currentWidget() is page
    frame.show_settings()
    assert frame.shown == last + 1  # who stands behind it is still found
    frame.resize(1093, 614)
    QApplication.processEvents()
    assert (frame.width(), frame.height()) == (1093, 614)
    assert all(one.height() >= 48 for one in frame.buttons)


def test_a_language(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: Patch) -> None:
    put_javanese(monkeypatch, tmp_path)
    spoken = {**SETTINGS, "language": replace(SETTINGS["language"], choices=tuple(LANGUAGES))}
    put(monkeypatch, "SETTINGS", SETTINGS, spoken)  # made of LANGUAGES when the program starts
    shop: Start = request.getfixturevalue("shop")
    frame_of(shop).show_settings()
    try:
        tap(button(frame_of(shop), "Basa Jawa"))
        assert wait_for(lambda: "Setèlan" in texts(frame_of(shop)))
        assert ledger_of(shop).own().booth == "S03"
    finally:
        use_language("id")
        dress(load_theme("light"))


def _settle() -> None:
    work.finish()
    QApplication.processEvents()

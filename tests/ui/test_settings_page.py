"""Settings hold at once: another language, other colours, another size, with the cart where it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from pos.closing import difference_limit
from pos.ledger import setting
from pos.sample import open_sample
from pos.settings import SETTINGS, read_machine
from pos.text import use_language
from tests.books import set_pin
from tests.ui.hands import button, buttons, key, tap, texts
from tests.ui.test_start import settle_with
from ui import work
from ui.dress import dress
from ui.frame import Frame
from ui.running import Running
from ui.start import Start
from ui.theme import Theme, load_theme


@pytest.fixture
def start(qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[Start]:
    """A till on the sample exhibition, all the way up."""
    open_sample(tmp_path / "contoh.lapak").close()
    start = settle_with(qtbot, theme, tmp_path / "contoh.lapak", lambda _start: None)
    start.window.resize(1366, 768)
    yield start
    start.finish()
    use_language("id")
    dress(load_theme("light"))


def choose(start: Start, name: str) -> None:
    """Press a choice on the page of settings, and let the widgets be made anew."""
    assert start.frame
    tap(button(start.frame, name))
    QApplication.processEvents()


def test_f1_shows_the_manual_and_from_there_map_and_settings(start: Start) -> None:
    assert start.frame
    key(Qt.Key.Key_F1)
    assert start.frame.guide.manual
    tap(button(start.frame.guide.manual, "Peta tombol"))
    assert "Peta tombol" in texts(start.frame)
    assert start.frame.guide.map
    tap(button(start.frame.guide.map, "Pengaturan"))
    assert not start.frame.guide.map.isVisible()
    assert "Tampilan" in texts(start.frame)


def test_another_language_holds_at_once(start: Start) -> None:
    assert start.frame
    start.frame.show_settings()
    choose(start, "English")
    assert "Settings" in texts(start.frame)
    assert QCoreApplication.translate("QLineEdit", "&Paste") == "Paste"
    choose(start, "Bahasa Indonesia")
    assert "Pengaturan" in texts(start.frame)
    assert QCoreApplication.translate("QLineEdit", "&Paste") == "Tempel"
    assert QCoreApplication.translate("QImageReader", "Unable to read %1") == "Unable to read %1"


def test_colours_and_size_hold_at_once_and_are_kept(start: Start) -> None:
    assert start.frame
    start.frame.show_settings()
    choose(start, "Gelap")
    choose(start, "125 %")
    assert start.frame
    assert (start.frame.app.theme.mode, start.frame.app.theme.scale) == ("dark", 1.25)
    assert QApplication.palette().window().color() == start.frame.app.theme.color("bg")
    work.finish()
    QApplication.processEvents()
    assert len(start.window.findChildren(Running)) == 1  # or each scan, reminder and copy would come twice
    assert (read_machine()["theme"], read_machine()["scale"]) == ("dark", "125")


def test_a_setting_of_the_booth_lies_in_its_ledger(start: Start) -> None:
    assert start.frame
    start.frame.show_settings()
    area = next(one for one in start.frame.findChildren(QScrollArea) if one.isVisible())
    area.ensureWidgetVisible(button(start.frame, "20"))
    tap(button(start.frame, "20"))
    work.finish()
    assert setting(start.frame.app.ledger, "lock_minutes") == "20"


def test_the_difference_that_needs_nobody_is_an_officers_to_set(start: Start) -> None:
    assert start.frame
    start.frame.show_settings()
    assert not button(start.frame, "Rp100.000").isEnabled()
    start.frame.app.sign_in(start.frame.app.staff["sari"])
    QApplication.processEvents()
    (sari,) = [one for one in buttons(start.frame.rail) if one.accessibleName().endswith("Sari Wulandari")]
    assert sari.isVisible()
    assert "Sari Wulandari" in texts(start.frame.status)
    most = button(start.frame, "Rp100.000")
    assert most.isEnabled()
    page = start.frame.screens.currentWidget()
    assert page is not None
    page.findChildren(QScrollArea)[0].ensureWidgetVisible(most)
    tap(most)
    work.finish()
    assert difference_limit(start.frame.app.ledger) == 100_000


def test_key_hints_can_be_left_out(start: Start) -> None:
    assert start.frame
    start.frame.app.set("keys", "0")
    QApplication.processEvents()
    assert not start.frame.app.theme.hints


def test_an_officer_gives_a_pin_and_two_different_ones_are_refused(start: Start, qtbot: QtBot) -> None:
    assert start.frame
    app = start.frame.app
    app.sign_in(app.staff["sari"])
    start.frame.show_settings()
    from ui.settings.pins import _Row

    row = next(row for row in start.frame.findChildren(_Row) if row.person.code == "dedi")
    row._begin()
    row._pins[0].edit.setText("481502")
    row._pins[1].edit.setText("481503")
    row._keep()
    assert "Keduanya tidak sama" in row._message.text
    former = app.staff["dedi"].pin
    row._pins[1].edit.setText("481502")
    row._keep()
    qtbot.waitUntil(lambda: app.staff["dedi"].pin != former)
    with pytest.raises(Exception, match="PIN"):
        set_pin(app.ledger, "rina", "481502")


def test_every_setting_of_a_group_is_on_the_page_in_its_own_words(start: Start) -> None:
    assert start.frame
    start.frame.show_settings()
    said = list(texts(start.frame))
    for one in SETTINGS.values():
        if one.group:
            assert one.title() in said
            assert one.is_switch or set(one.names()) == set(one.choices)


def test_the_paper_of_receipts_holds_for_the_next_sale(start: Start) -> None:
    assert start.frame
    start.frame.app.set("roll", "58")
    QApplication.processEvents()
    frame = Frame(start.frame.app)
    done = frame.desk._prepared_done()
    assert done.view.roll == "58"
    frame.deleteLater()

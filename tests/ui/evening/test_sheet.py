"""The report of the evening, copied, looked at and changed by hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from pos.evening_text import KEY, default_template
from pos.ledger import Ledger, setting
from tests.books import end_shift, sell
from tests.ui.hands import button, buttons, focused, key, tap, texts, wait_for
from tests.ui.reports.test_page import REPORTS, page_of, settle
from tests.ui.shop import frame_over
from ui import work
from ui.closing.page import ClosingPage
from ui.evening.sheet import EveningSheet
from ui.frame import Frame
from ui.theme import Theme

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
CLOSING = 6  # its place in the menu
COPY = "Salin laporan harian untuk WhatsApp"


@pytest.fixture
def frame(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[Frame]:
    """A booth with two sales, and an officer at its reports."""
    sell(till, {"NASTAR-500": 2})
    sell(till, {"PECI": 1}, "qris")
    frame = frame_over(qtbot, theme, till, "sari")
    frame.choose(REPORTS)
    settle()
    QGuiApplication.clipboard().clear()
    yield frame
    work.finish()


def copied() -> str:
    return QGuiApplication.clipboard().text()


def opened(frame: Frame) -> EveningSheet:
    tap(button(frame, COPY))
    settle()
    tap(button(frame, "Lihat dan ubah"))
    settle()
    (sheet,) = (one for one in frame.findChildren(EveningSheet) if one.isVisible())
    return sheet


def test_one_tap_copies_the_text(frame: Frame) -> None:
    tap(button(frame, COPY))
    settle()
    assert "*Omzet: Rp180.000*\nNota: 2\n" in copied()
    assert page_of(frame).banner.accessibleName().startswith("Laporan Jum, 14 Apr 2023 sudah disalin.")


def test_one_key_copies_it_too(frame: Frame) -> None:
    assert page_of(frame).isAncestorOf(focused())
    key(K.Key_M, CTRL)
    settle()
    assert "Jumat, 14 April 2023" in copied()


def test_it_is_of_the_day_and_institution_on_the_screen(frame: Frame) -> None:
    page = page_of(frame)
    page.ask(page.asked.__class__(preset="yesterday", institution="LP1-PLG"))
    settle()
    tap(button(frame, COPY))
    settle()
    assert "Kamis, 13 April 2023" in copied()
    assert "Lapas Kelas I Palembang" in copied()


def test_of_many_days_it_says_which_to_choose(frame: Frame) -> None:
    tap(page_of(frame).head.chips["week"])
    settle()
    tap(button(frame, COPY))
    settle()
    assert not copied()
    assert "satu hari" in page_of(frame).banner.accessibleName()


def test_it_is_changed_seen_and_kept(frame: Frame, till: Ledger) -> None:
    sheet = opened(frame)
    assert focused() is sheet.copy_button
    assert not sheet.editor.isVisible()
    tap(button(sheet, "Ubah teks"))
    assert focused() is sheet.editor
    key(K.Key_A, CTRL)
    for letter in "Omzet ":
        key(K(ord(letter.upper())))
    tap(button(sheet, "Sisipkan isian omzet"))
    assert focused() is sheet.editor
    assert sheet.text == "omzet Rp180.000"
    tap(button(sheet, "Simpan teks"))
    settle()
    assert setting(till, KEY) == "omzet {omzet}"
    tap(button(sheet, "Salin untuk WhatsApp"))
    assert copied() == "omzet Rp180.000"
    settle()
    key(K.Key_M, CTRL)
    settle()
    assert copied() == "omzet Rp180.000"


def test_an_unknown_field_is_told_below_it(frame: Frame, till: Ledger) -> None:
    sheet = opened(frame)
    before = sheet.text
    tap(button(sheet, "Ubah teks"))
    sheet.editor.textCursor().insertText("{omset}")
    assert "{omset}" in sheet.message.text
    assert sheet.text == before
    assert not sheet.keep.isEnabled()
    key(K.Key_Z, CTRL)
    assert not sheet.message.text
    assert sheet.keep.isEnabled()
    assert not setting(till, KEY)


def test_the_built_in_text_comes_back(frame: Frame, till: Ledger) -> None:
    frame.app.set(KEY, "Hanya {omzet}")
    sheet = opened(frame)
    assert sheet.text == "Hanya Rp180.000"
    tap(button(sheet, "Ubah teks"))
    tap(button(sheet, "Teks bawaan"))
    settle()
    assert "Demikian dilaporkan." in sheet.text
    assert not setting(till, KEY)
    assert frame.app.setting(KEY) == ""


def test_a_kept_text_of_a_newer_program_is_told(frame: Frame) -> None:
    frame.app.set(KEY, "{cuaca} {omzet}")
    key(K.Key_M, CTRL)
    settle()
    assert "{cuaca}" in page_of(frame).banner.accessibleName()
    assert not copied()


def test_esc_leaves_and_nothing_is_kept(frame: Frame, till: Ledger) -> None:
    sheet = opened(frame)
    tap(button(sheet, "Ubah teks"))
    sheet.editor.setPlainText("Lain {omzet}")
    key(K.Key_Escape)
    settle()
    assert not setting(till, KEY)
    key(K.Key_M, CTRL)
    settle()
    assert "Demikian dilaporkan." in copied()


def test_a_cashier_copies_it_after_the_closing_and_cannot_change_it(
    qtbot: QtBot, theme: Theme, till: Ledger
) -> None:
    sell(till, {"SEMPRONG": 1})
    end_shift(till)
    frame = frame_over(qtbot, theme, till)
    frame.choose(CLOSING)
    settle()
    page = frame.screens.currentWidget()
    assert isinstance(page, ClosingPage)
    tap(button(page, COPY))
    settle()
    assert "*Omzet: Rp30.000*" in copied()
    tap(button(page, "Lihat"))
    settle()
    (sheet,) = (one for one in frame.findChildren(EveningSheet) if one.isVisible())
    assert "Ubah teks" not in {one.accessibleName() for one in buttons(sheet)}
    assert sheet.why.text() in set(texts(sheet))
    key(K.Key_Escape)
    assert wait_for(lambda: not sheet.isVisible())


def test_the_template_stays_within_what_is_kept() -> None:
    for office in (False, True):
        assert len(default_template(office=office)) < 1_000

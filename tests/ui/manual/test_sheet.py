"""F1: the page of what is in sight, by keys alone and by touch alone; search, links, the way back, papers."""

from __future__ import annotations

import subprocess
import sys
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from pos.manual import help_page, names
from pos.text import LANGUAGES
from tests.ui.hands import button, focused, key, show, tap, texts, type_text, wait_for
from tests.ui.shop import CODE, frame_of
from tests.ui.till.stand import in_cart
from ui.app import App
from ui.dress import dress
from ui.frame import Frame
from ui.list_sheet import ListSheet
from ui.manual.sheet import ManualSheet, open_manual
from ui.preview import Preview
from ui.start import Start
from ui.theme import load_theme
from ui.till.lettering import weighted

K = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def frame(qtbot: QtBot, till: Ledger) -> Frame:
    """The screens of a booth whose people have no PIN."""
    return opened(qtbot, till)


def opened(qtbot: QtBot, till: Ledger, size: tuple[int, int] = (1366, 768), scale: float = 1.0) -> Frame:
    theme = load_theme("light", scale, calm=True)
    dress(theme)
    made = Frame(App.over(till, theme))
    made.resize(*size)
    show(qtbot, made)
    return made


def manual(frame: Frame) -> ManualSheet:
    """What is open. Fails when nothing is."""
    assert frame.guide.manual is not None
    return frame.guide.manual


def is_open(frame: Frame) -> bool:
    return frame.guide.manual is not None


def test_f1_opens_the_page_of_each_screen_and_closes_it(frame: Frame) -> None:
    wanted = ("sell", "order", "deliveries", "board", "reports", "sync", "close-shift")
    for number, name in enumerate(wanted, 1):
        key(getattr(K, f"Key_{number}"), CTRL)
        key(K.Key_F1)
        assert manual(frame).name == name
        assert manual(frame).reader.accessibleName() == help_page(name).title
        key(K.Key_F1)
        assert not is_open(frame)


def test_it_follows_the_steps_of_a_sale(frame: Frame) -> None:
    frame.desk.till.put(next(iter(frame.desk.shelf.items)).product, 1)
    key(K.Key_F9)
    key(K.Key_F1)
    assert manual(frame).name == "pay"
    key(K.Key_Escape)
    assert not is_open(frame)
    key(K.Key_F10)
    assert frame.desk.sale is not None
    tap(frame.rail.help)
    assert manual(frame).name == "done"


def test_who_is_asked_for_a_pin_reads_how_to_sign_in(frame: Frame) -> None:
    frame.app.lock()
    key(K.Key_F1)
    assert manual(frame).name == "sign-in"
    key(K.Key_F1, SHIFT)
    key(K.Key_Comma, CTRL)
    assert is_open(frame)
    assert frame.guide.map is None
    assert frame.shown == 0
    key(K.Key_Escape)
    assert frame.app.locked


def test_keys_alone_search_open_and_come_back(frame: Frame) -> None:
    key(K.Key_F1)
    key(K.Key_F2)
    type_text("retur")
    assert manual(frame).contents.rows[0].name == "refund"
    key(K.Key_Return)
    assert manual(frame).name == "refund"
    key(K.Key_Down)
    key(K.Key_Down)
    second = manual(frame).contents.rows[1]
    assert focused() is second
    key(K.Key_Return)
    assert manual(frame).name == second.name
    key(K.Key_Left, ALT)
    assert manual(frame).name == "refund"
    key(K.Key_Left, ALT)
    assert manual(frame).name == "sell"
    key(K.Key_Escape)
    assert not is_open(frame)
    assert focused() is frame.desk.till.goods.search.edit


def test_nothing_found_is_said(frame: Frame) -> None:
    key(K.Key_F1)
    manual(frame).contents.search.edit.setText("qwxz")
    assert "Tidak ada halaman dengan kata itu." in texts(manual(frame))
    key(K.Key_F2)
    key(K.Key_Return)  # and Enter does nothing
    assert manual(frame).name == "sell"


def test_links_are_followed_with_the_keyboard(frame: Frame) -> None:
    key(K.Key_F1)
    key(K.Key_Tab)
    key(K.Key_Return)
    assert manual(frame).name == "pay"  # the first link of the page
    for _press in range(60):  # beyond the last link the keyboard goes on, and stays within
        key(K.Key_Tab)
        assert manual(frame).isAncestorOf(focused())


def test_a_link_leads_on_and_the_button_back(frame: Frame) -> None:
    key(K.Key_F1)
    manual(frame).reader.followed.emit("scan")
    assert manual(frame).name == "scan"
    tap(manual(frame).back_button)
    assert manual(frame).name == "sell"
    assert not manual(frame).back_button.isEnabled()


def test_links_and_pictures_of_every_page_are_shown(frame: Frame) -> None:
    key(K.Key_F1)
    for name in names():
        manual(frame).show_page(name)
        shown, page = manual(frame).reader, help_page(name)
        html = shown.toHtml()
        for block in page.blocks:
            for span in (*block.spans, *block.more):
                assert not span.page or f'href="{span.page}"' in html
        assert html.count("<img") == sum(bool(block.picture) for block in page.blocks)
        assert shown.document().idealWidth() <= shown.viewport().width() + 1, name


def test_the_map_of_keys_is_one_press_away(frame: Frame) -> None:
    key(K.Key_F1)
    key(K.Key_F1, SHIFT)
    assert not is_open(frame)
    assert frame.guide.map is not None
    assert frame.guide.map.isVisible()


def test_a_scan_goes_to_the_till(shop: Start) -> None:
    frame = frame_of(shop)
    key(K.Key_F1)
    assert is_open(frame)
    assert frame.take_scan(CODE)
    assert not is_open(frame)
    assert in_cart(frame.desk) == {"KERUPUK": 1}


def has_pages(preview: Preview, count: int) -> bool:
    return len(preview.pages) == count


def test_card_and_booklet_are_looked_at_before_they_are_printed(frame: Frame) -> None:
    key(K.Key_F1)
    for place, pages in ((0, 2), (1, 20)):
        key(K.Key_P, CTRL)
        (asked,) = (one for one in manual(frame).findChildren(ListSheet) if one.isVisible())
        tap(asked._rows[place])
        (preview,) = (one for one in manual(frame).findChildren(Preview) if one.isVisible())
        assert wait_for(partial(has_pages, preview, pages))
        preview.leave()
        QApplication.processEvents()


@pytest.mark.parametrize(("size", "scale"), [((1366, 768), 1.25), ((1366, 768), 1.12), ((1093, 614), 1.0)])
def test_it_fits_every_window(qtbot: QtBot, till: Ledger, size: tuple[int, int], scale: float) -> None:
    frame = opened(qtbot, till, size, scale)
    key(K.Key_F1)
    shown = manual(frame)
    assert shown.paper.geometry().right() <= shown.width()
    for name in ("Peta tombol", "Cetak buku petunjuk", "Tutup", "Pengaturan"):
        place = button(shown, name)
        assert place.mapTo(shown, place.rect().bottomRight()).x() <= shown.paper.geometry().right()
    assert shown.reader.viewport().width() >= 300
    room = shown.contents.rows[0].width() - frame.app.theme.px(20)
    bold = QFontMetrics(weighted(frame.app.theme.font("body"), 700))  # as the page that is read
    titles = [help_page(name, speech).title for name in names() for speech in LANGUAGES]
    assert [title for title in titles if bold.horizontalAdvance(title) > room] == []


def test_without_a_booth_it_can_be_read(frame: Frame) -> None:
    sheet = open_manual(frame, frame.app.theme, "setup")
    assert sheet.reader.accessibleName() == help_page("setup").title
    key(K.Key_P, CTRL)
    assert not sheet.findChildren(ListSheet)
    sheet.leave()


def test_nothing_of_it_is_imported_at_the_start() -> None:
    code = "import sys, ui.frame; print([n for n in sys.modules if 'manual' in n or n == 'pos.receipts'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

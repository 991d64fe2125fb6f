"""Photos of a day: cleaned, attached by hand, taken away, on the paper; bad ones harm nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from pos.day_photos import MOST_BYTES, day_photos
from pos.errors import Refused
from pos.evening import read_evening
from pos.evening_text import default_template
from pos.ledger import Ledger
from pos.photos import MAX_BYTES
from pos.receipts.sheet import Picture
from tests.books import DAY, sell
from tests.ui.evening.photos import MODEL, as_jpeg, from_phone
from tests.ui.hands import button, key, show, tap
from tests.ui.opened import Opened
from tests.ui.test_photos import halves, is_blue, is_red
from ui import work
from ui.app import App
from ui.evening.cleaning import LONGEST, clean_photo
from ui.evening.sheet import EveningSheet
from ui.page import Page
from ui.preview import Preview
from ui.theme import Theme


class _Empty(Page):
    def refresh(self) -> None:
        """Nothing to read."""


@pytest.fixture
def sheet(qtbot: QtBot, theme: Theme, till: Ledger, opened: Opened) -> Iterator[EveningSheet]:
    """The report of a day with one sale, over a page."""
    del opened  # no paper gets to the system
    sell(till, {"PECI": 1})
    app = App.over(till, theme)
    page = _Empty(app)
    page.resize(1290, 736)
    show(qtbot, page)
    sheet = EveningSheet(app, page, read_evening(till, DAY), default_template(office=False))
    sheet.open(sheet.copy_button)
    work.finish()
    yield sheet
    work.finish()


def test_of_a_phones_photo_only_the_picture_stays(tmp_path: Path) -> None:
    path = tmp_path / "IMG_1.JPG"
    path.write_bytes(from_phone(halves(3200, 2400)))
    assert MODEL in path.read_bytes()
    clean = clean_photo(path)
    assert MODEL not in clean
    assert b"Exif" not in clean
    image = QImage.fromData(clean)
    assert (image.width(), image.height()) == (LONGEST * 3 // 4, LONGEST)  # upright
    assert is_red(image.pixelColor(600, 40))
    assert is_blue(image.pixelColor(600, 1560))
    assert not image.textKeys()


def test_noise_is_made_small_enough(tmp_path: Path) -> None:
    import random

    noise = random.Random(7).randbytes(1600 * 1600 * 4)
    image = QImage(noise, 1600, 1600, QImage.Format.Format_RGB32)
    assert image.save(str(tmp_path / "a.png"))
    assert len(clean_photo(tmp_path / "a.png")) <= MOST_BYTES


@pytest.mark.qt_log_ignore("Invalid JPEG", "Maximum supported image", extend=True)
def test_what_is_no_photo_is_refused_in_a_sentence(tmp_path: Path) -> None:
    broken = as_jpeg(halves(400, 300))[:200]
    wide = as_jpeg(QImage(1, 1, QImage.Format.Format_RGB32))
    frame = wide.index(b"\xff\xc0")
    bomb = wide[: frame + 5] + b"\xff\xff\xff\xff" + wide[frame + 9 :]  # says 65535 x 65535
    for data in (b"", b"%PDF-1.7", broken, bomb, b"GIF89a..."):
        (tmp_path / "a.jpg").write_bytes(data)
        with pytest.raises(Refused, match=r"a\.jpg bukan foto"):
            clean_photo(tmp_path / "a.jpg")
    with (tmp_path / "a.jpg").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(Refused, match="20 MB"):
        clean_photo(tmp_path / "a.jpg")


def test_they_are_attached_taken_away_and_printed(
    sheet: EveningSheet, till: Ledger, tmp_path: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = []
    for number, size in enumerate(((640, 480), (300, 500))):
        (tmp_path / f"{number}.jpg").write_bytes(from_phone(halves(*size)))
        names.append(str(tmp_path / f"{number}.jpg"))
    (tmp_path / "x.jpg").write_text("none")
    chosen = ([names[0], str(tmp_path / "x.jpg"), names[1]], "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_asked: chosen)
    tap(button(sheet, "Tambah foto"))
    work.finish()
    assert len(day_photos(till, DAY)) == 2
    assert sheet.fault.text.startswith("x.jpg bukan foto")
    tap(button(sheet, "Keluarkan foto 1 dari laporan"))
    work.finish()
    (left,) = day_photos(till, DAY)
    assert QImage(str(left)).width() == 500  # the second, upright
    assert (tmp_path / "0.jpg").exists()
    preview = preview_of(sheet)
    photos = [one for page in preview.pages for one in page.stamps if isinstance(one, Picture)]
    assert [one.data for one in photos] == [left.read_bytes()]
    tap(button(preview, "Cetak"))
    work.finish()
    assert opened.names == ["laporan-harian-2023-04-14.pdf"]


def preview_of(sheet: EveningSheet) -> Preview:
    """What is looked at before it is printed, opened with Ctrl+P."""
    sheet.copy_button.setFocus()
    key(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    work.finish()
    (found,) = (one for one in sheet.findChildren(Preview) if one.isVisible())
    assert found.pages
    return found


def test_it_is_looked_at_before_it_is_saved_and_esc_leads_back_to_the_text(
    sheet: EveningSheet, home: Path, opened: Opened
) -> None:
    preview = preview_of(sheet)
    assert "Laporan harian" in preview.pages[0].text
    assert "Rp50.000" in preview.pages[0].text
    assert not preview.ways["across"].isVisible()  # a letter is never turned
    key(Qt.Key.Key_Escape)
    assert sheet.copy_button.hasFocus()
    assert not list((home / "laporan").glob("*"))
    tap(button(sheet, "Cetak laporan harian, atau simpan sebagai PDF"))
    work.finish()
    key(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    work.finish()
    (file,) = (home / "laporan").iterdir()
    assert file.name == "laporan-harian-2023-04-14.pdf"
    assert sheet.saved.isVisible()
    assert file.name in sheet.saved.text()
    assert opened.names == []

"""Updating and going back, as a person does it on the page of settings."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pos import __version__
from pos.installed import Installed, installed
from pos.ledger import Ledger
from pos.updating import update
from tests.books import end_shift
from tests.packing import FAILS, NEWER, in_place, package
from tests.ui.hands import button, buttons, key, show, texts, wait_for
from tests.ui.shop import frame_over
from ui import work
from ui.frame import Frame
from ui.settings.licences import LicenceSheet
from ui.theme import Theme

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the small programs are scripts of a shell")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a package that this program runs from; work aside is done in this process."""
    app = in_place(tmp_path)
    monkeypatch.setattr("pos.installed.program", lambda: app)

    def run(_aside: object, do: Callable[..., Any], *args: object) -> Any:
        return do(*args)

    monkeypatch.setattr("pos.aside.Aside.run", run)
    return app.parent


@pytest.fixture
def frame(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[Frame]:
    """A till at which an officer sits."""
    frame = frame_over(qtbot, theme, till, "sari")
    yield frame
    work.finish()


def card(frame: Frame) -> QWidget:
    """The card, opened as a person does."""
    frame.show_settings()
    return next(one for one in frame.findChildren(QWidget) if getattr(one, "title", "") == "Tentang Lapak")


def take(frame: Frame, file: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Choose a file to update from; all that the card says then."""
    monkeypatch.setattr("ui.settings.program.choose_file", lambda *_said: file)
    shown = card(frame)
    button(shown, "Perbarui dari berkas").click()  # wherever the page is scrolled to
    work.finish()
    return " ".join(texts(shown))


def test_an_update_and_one_press_back(
    place: Path, frame: Frame, till: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    end_shift(till)
    said = take(frame, package(tmp_path), monkeypatch)
    assert f"Tutup Lapak lalu buka lagi: setelah itu {NEWER}" in said
    assert installed() == Installed(place, NEWER, __version__)
    button(card(frame), f"Kembali ke {__version__}").click()
    work.finish()
    assert installed() == Installed(place, __version__, NEWER)
    assert "buka lagi" not in " ".join(texts(card(frame)))


def test_a_second_press_does_not_lead_forward_again(place: Path, frame: Frame, tmp_path: Path) -> None:
    update(package(tmp_path))
    back = button(card(frame), f"Kembali ke {__version__}")
    back.click()
    back.click()
    work.finish()
    assert installed() == Installed(place, __version__, NEWER)
    assert button(card(frame), f"Kembali ke {NEWER}").isEnabled()


def test_while_it_updates_the_keyboard_asks_for_no_second_file(
    qtbot: QtBot, place: Path, frame: Frame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert place.is_dir()
    asked: list[Path] = []
    file = package(tmp_path, program=FAILS)

    def choose(*_said: object) -> Path:
        asked.append(file)
        return file

    monkeypatch.setattr("ui.settings.program.choose_file", choose)
    show(qtbot, frame.window())
    for press in (Qt.Key.Key_Space, Qt.Key.Key_Space, Qt.Key.Key_Return):
        QTest.keyClick(button(card(frame), "Perbarui dari berkas"), press)
    assert asked == [file]
    work.finish()


def test_an_open_shift_is_told_and_nothing_has_changed(
    place: Path, frame: Frame, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Tutup sif dulu, lalu perbarui. Tidak ada yang berubah." in take(
        frame, package(tmp_path), monkeypatch
    )
    assert installed() == Installed(place, __version__)


def test_what_was_refused_is_not_said_any_more_while_it_updates(
    place: Path, frame: Frame, till: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert place.is_dir()
    file = package(tmp_path)
    assert "Tutup sif dulu" in take(frame, file, monkeypatch)
    end_shift(till)
    button(card(frame), "Perbarui dari berkas").click()
    assert "Tutup sif dulu" not in " ".join(texts(card(frame)))
    work.finish()


def test_what_does_not_work_here_is_told(
    place: Path, frame: Frame, till: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    end_shift(till)
    assert "tidak berfungsi" in take(frame, package(tmp_path, program=FAILS), monkeypatch)
    assert installed() == Installed(place, __version__)


def test_a_cashier_cannot_update(place: Path, qtbot: QtBot, theme: Theme, till: Ledger) -> None:
    assert place.is_dir()
    frame = frame_over(qtbot, theme, till, "rina")
    assert not button(card(frame), "Perbarui dari berkas").isEnabled()


def test_from_its_source_it_says_how_it_is_updated(frame: Frame) -> None:
    shown = card(frame)
    assert f"{__version__}. Diperbarui dengan cara yang sama seperti dipasang." in " ".join(texts(shown))
    assert {one.text() for one in buttons(shown) if one.isVisibleTo(shown)} == {"Tampilkan lisensi"}


def test_the_licences_can_be_read_and_left_by_the_keyboard(qtbot: QtBot, frame: Frame) -> None:
    show(qtbot, frame.window())
    button(card(frame), "Tampilkan lisensi").click()
    (sheet,) = frame.window().findChildren(LicenceSheet)
    assert wait_for(lambda: "GNU LESSER GENERAL PUBLIC LICENSE" in sheet.text.toPlainText())
    assert "reportlab" in sheet.text.toPlainText()
    key(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert sheet.text.isReadOnly()
    key(Qt.Key.Key_Escape)
    assert not sheet.isVisible()

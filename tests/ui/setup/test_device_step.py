"""Step 1: folders that are none, a booth that is there already, archives of the wrong kind, odd names."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from pos.carry import sync_target
from pos.ledger import open_ledger
from pos.sample import open_sample
from pos.setup import Person, finish
from tests.books import booth
from tests.ui.hands import button, tap, texts
from tests.ui.setup.guide import (
    begins,
    desktop_chooses,
    device,
    go_on,
    looked,
    open_assistant,
    page_of,
    paste,
    pick,
)
from ui.days_sheet import DaysSheet
from ui.start import Start
from ui.theme import Theme
from ui.widgets import Tag

K = Qt.Key


@pytest.fixture
def start(qtbot: QtBot, theme: Theme, home: Path) -> Iterator[Start]:
    home.mkdir()
    start = open_assistant(qtbot, theme)
    yield start
    start.finish()


def tags(start: Start) -> list[str]:
    """The words in pills."""
    return [tag.accessibleName() for tag in page_of(start).step.findChildren(Tag) if tag.isVisible()]


def choose_folder(start: Start, monkeypatch: pytest.MonkeyPatch, folder: Path, kind: str) -> None:
    """A place for the central file."""
    step = page_of(start).step
    tap(begins(step, kind))
    desktop_chooses(monkeypatch, folder)
    tap(button(step, "Pilih folder"))


def test_a_folder_is_tried_at_once(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_folder(start, monkeypatch, tmp_path, "Folder bersama")
    looked(qtbot, start)
    assert "bisa dibaca dan ditulis" in tags(start)
    choose_folder(start, monkeypatch, tmp_path / "hilang", "Flashdisk")
    looked(qtbot, start)
    assert "bisa dibaca dan ditulis" not in tags(start)
    assert any("Tidak ada folder" in text for text in texts(page_of(start)))


@pytest.mark.skipif(sys.platform == "win32", reason="a folder that nobody may write, as Linux has it")
def test_a_folder_that_cannot_be_written_is_told_at_once(
    qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_folder(start, monkeypatch, Path("/proc"), "Folder bersama")  # not even by root
    looked(qtbot, start)
    assert any("proc" in text for text in texts(page_of(start)))


def test_a_booth_that_is_there_already_is_told_and_may_stand(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bersama").mkdir()
    with closing(booth(tmp_path / "lain.lapak", "S03")) as other:
        sync_target(other, str(tmp_path / "bersama"))
    choose_folder(start, monkeypatch, tmp_path / "bersama", "Folder bersama")
    device(qtbot, start, "Stan 03")
    assert any("S03" in text and "nama lain" in text for text in texts(page_of(start)))
    (advice,) = (one for one in page_of(start).findChildren(QLabel) if "nama lain" in one.text())
    assert advice.palette().windowText().color() == start.window.theme.color("warn")  # nobody is held up
    assert "belum dipakai" not in tags(start)
    device(qtbot, start, "Stan 04")
    assert "belum dipakai" in tags(start)


def test_the_archive_of_a_sample_and_a_file_that_is_no_ledger_are_refused(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_sample(tmp_path / "latihan.lapak").close()
    (tmp_path / "surat.lapak").write_text("bukan buku")
    for name, word in (("latihan.lapak", "contoh"), ("surat.lapak", "surat.lapak")):
        desktop_chooses(monkeypatch, tmp_path / name)
        pick(start, "Pameran", "Dari arsip")
        QApplication.processEvents()
        looked(qtbot, start)
        assert any(word in text for text in texts(page_of(start)) if "data contoh" not in text[:4])
        assert page_of(start).answers.setup.archive == ""


def test_a_new_exhibition_from_last_year_with_days_of_its_own(
    qtbot: QtBot, start: Start, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    booth(tmp_path / "lama.lapak").close()
    desktop_chooses(monkeypatch, tmp_path / "lama.lapak")
    pick(start, "Pameran", "Dari arsip")
    qtbot.waitUntil(lambda: bool(page_of(start).answers.setup.archive), timeout=10_000)
    looked(qtbot, start)
    page = page_of(start)
    tap(begins(page.step, "Masa pameran"))
    (sheet,) = [one for one in start.window.findChildren(DaysSheet) if one.isVisible()]
    tap(button(sheet, "Bulan berikutnya"))
    tap(begins(sheet, "Sen, 10 Apr 2023"))
    tap(begins(sheet, "Kam, 20 Apr 2023"))
    tap(button(sheet, "Pakai masa ini"))
    looked(qtbot, start)
    assert (page.answers.setup.start, page.answers.setup.end) == ("2023-04-10", "2023-04-20")
    assert begins(page.step, "Masa pameran").accessibleName() == "Masa pameran: 10 Apr – 20 Apr 2023 11 hari"
    device(qtbot, start)
    go_on(qtbot, start, 1)
    assert len(page.answers.setup.people) > 0  # those of last year are proposed
    made = finish(page.answers.setup, home)
    assert made.products > 0
    with closing(open_ledger(made.path)) as ledger, ledger.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM sale").scalar_one() == 0
        assert ledger.own().event.start.isoformat() == "2023-04-10"


@pytest.mark.parametrize(
    ("typed", "kept", "code"),
    [
        ("<b>Stan</b> 5", "<b>Stan</b> 5", "B5"),
        ("Stan \u202e9\u202c", "Stan 9", "S9"),
        ("Stan 🧺 8", "Stan 🧺 8", "S8"),
        ("Stan 6 " + "x" * 300, "", "S6"),
    ],
)
def test_odd_names_make_a_booth(
    qtbot: QtBot, start: Start, home: Path, typed: str, kept: str, code: str
) -> None:
    device(qtbot, start, "Stan 1")
    page = page_of(start)
    (edit,) = (one for one in page.step.findChildren(QLineEdit) if one.accessibleName() == "Nama stan")
    paste(edit, typed)
    looked(qtbot, start)
    assert page.answers.findings is not None
    assert not page.answers.findings.errors
    made = finish(replace(page.answers.setup, people=(Person("Sari", "petugas"),)), home)
    with closing(open_ledger(made.path)) as ledger:
        own = ledger.own()
        assert own.booth == code
        assert own.name == kept or (not kept and len(own.name) <= 60)

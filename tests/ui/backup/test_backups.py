"""Copies beside the till: by themselves, in a process of their own, and told quietly when they fail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import get_ident
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from pos.backup_notes import LAPTOP, STICK, Notes, Place, read_notes, write_notes
from pos.copies import SEALED, STICK_FOLDER, copies, own_folder
from pos.disk_pace import SLOW_MS
from pos.errors import Damaged, DiskFails, UserError
from pos.preorder import Contact
from pos.privacy import erase
from pos.settings import read_machine
from pos.volumes import Volume
from tests.books import end_shift, sell
from tests.cli.running import tamper
from tests.ordering import counter, ordered
from tests.ui.hands import button, key, tap, texts, wait_for
from tests.ui.shop import frame_of, ledger_of, paid
from ui import work
from ui.backup_mark import BackupMark
from ui.backups import SLOW_ROUNDS
from ui.passphrase_sheet import PassphraseSheet
from ui.start import Start

WORDS = "kata sandi panjang"
Work = Callable[..., Any]


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Work is done in this process, where disks and sticks can be replaced; the names of what was done."""
    done: list[str] = []

    def run(_aside: object, work: Work, *args: object) -> Any:
        done.append(work.__name__)
        return work(*args)

    monkeypatch.setattr("pos.aside.Aside.run", run)
    return done


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick that is called KASIR, as long as its folder is there."""
    path = tmp_path / "KASIR"
    path.mkdir()
    volume = Volume(path, "KASIR", 10**9, "vfat", writable=True)
    for name in ("pos.backup_round.sticks", "pos.restore.sticks", "pos.volumes.sticks"):
        monkeypatch.setattr(name, lambda: (volume,) if path.is_dir() else ())
    return path


@pytest.fixture(autouse=True)
def _only_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy machine a test may take longer than the till waits before its first round."""
    monkeypatch.setattr("ui.backups.FIRST_MS", 3_600_000)


def copied(start: Start) -> Notes:
    """Let it make copies now, and wait."""
    assert frame_of(start).app.backups.run(by_hand=True)
    work.finish()
    return frame_of(start).app.backups.notes


def settings(start: Start) -> QWidget:
    """The page of settings, at its copies."""
    frame_of(start).show_backups()
    page = frame_of(start).screens.currentWidget()
    assert page is not None
    return page


def press(page: QWidget, name: str) -> None:
    """Press a button of the page, wherever it is."""
    page.findChildren(QScrollArea)[0].ensureWidgetVisible(button(page, name))
    tap(button(page, name))


def mark(start: Start) -> BackupMark:
    (found,) = frame_of(start).findChildren(BackupMark)
    found.refresh()
    return found


def officer(start: Start) -> None:
    app = frame_of(start).app
    app.sign_in(app.staff["sari"])


def asking(start: Start) -> PassphraseSheet:
    """The sheet that asks just now."""
    assert wait_for(lambda: any(one.isVisible() for one in start.window.findChildren(PassphraseSheet)))
    return next(one for one in start.window.findChildren(PassphraseSheet) if one.isVisible())


def fail_with(monkeypatch: pytest.MonkeyPatch, error: UserError) -> None:
    def fail(*_args: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr("pos.backup_round.keep_copies", fail)


def test_a_copy_is_made_and_tried_in_another_process_by_two_presses(shop: Start) -> None:
    paid(shop)
    page = settings(shop)
    assert "Belum ada cadangan." in texts(page)
    press(page, "Cadangkan sekarang")
    work.finish()
    (copy,) = copies(own_folder())
    assert copy.device == ledger_of(shop).own().code
    assert any(said.endswith(f"{copy.documents} dokumen · terperiksa") for said in texts(page))
    press(page, "Uji cadangan")
    work.finish()
    assert any(said.endswith("1 penjualan, Rp50.000: semuanya benar.") for said in texts(page))
    assert read_notes().sound
    assert read_notes().tested
    assert not mark(shop).isVisible()


def test_nothing_new_needs_no_process(shop: Start, here: list[str]) -> None:
    backups = frame_of(shop).app.backups
    backups._due()
    work.finish()
    backups._due()
    work.finish()
    assert here == ["keep_round"]
    paid(shop)
    backups._due()
    work.finish()
    assert here == ["keep_round"] * 2
    assert len(copies(own_folder())) == 2


def test_who_is_forgotten_is_forgotten_by_the_copies_at_once(shop: Start, here: list[str]) -> None:
    ledger, app = ledger_of(shop), frame_of(shop).app
    order = ordered(ledger, due=None, contact=Contact("Zubaidah Rahmawati"))
    copied(shop)
    app.posted.emit(erase(ledger, order, counter(ledger, "sari")))
    assert wait_for(lambda: len(here) == 2)
    work.finish()
    found = copies(own_folder())
    assert len(found) == 2
    assert not [one for one in found if b"Zubaidah" in one.path.read_bytes()]


def test_closing_a_shift_makes_a_copy(shop: Start, here: list[str]) -> None:
    frame_of(shop).app.posted.emit(end_shift(ledger_of(shop)))
    assert wait_for(lambda: bool(here))
    work.finish()
    (copy,) = copies(own_folder())
    assert copy.documents == frame_of(shop).app.backups.notes.at(LAPTOP).documents


def test_the_interval_holds_at_once_and_never_means_never(shop: Start) -> None:
    backups = frame_of(shop).app.backups
    assert backups._timer.interval() == 10 * 60_000
    frame_of(shop).app.set("backup_minutes", "5")
    assert backups._timer.interval() == 5 * 60_000
    frame_of(shop).app.set("backup_minutes", "0")
    assert not backups._timer.isActive()


class Windows(QObject):
    """Hears of every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """All events of the program."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


def test_a_mark_that_is_there_from_the_start_is_no_window_first(shop: Start, qtbot: QtBot) -> None:
    app, before, windows = frame_of(shop).app, frame_of(shop), Windows()
    app.backups.trouble = DiskFails("x")
    qapp = QApplication.instance()
    assert qapp
    qapp.installEventFilter(windows)
    app.set("theme", "dark")
    qtbot.waitUntil(lambda: frame_of(shop) is not before)
    assert mark(shop).isVisible()
    assert windows.shown == []
    app.set("theme", "light")
    qapp.removeEventFilter(windows)


def test_the_card_goes_with_its_page(shop: Start) -> None:
    """In another look all widgets are made anew; those of before hear nothing any more."""
    settings(shop)
    frame_of(shop).app.set("theme", "dark")
    assert wait_for(lambda: frame_of(shop).app.theme.mode == "dark")
    page = settings(shop)
    frame_of(shop).app.set("backup_minutes", "30")
    frame_of(shop).app.backups.changed.emit()
    assert "Belum ada cadangan." in texts(page)
    frame_of(shop).app.set("theme", "light")


def test_the_stick_is_chosen_by_an_officer_and_filled_at_once(
    shop: Start, here: list[str], stick: Path
) -> None:
    page = settings(shop)
    assert not button(page, "Pilih flashdisk").isEnabled()
    officer(shop)
    press(page, "Pilih flashdisk")
    work.finish()
    tap(button(shop.window, f"KASIR, {10**9 // 1024**2} MB kosong"))
    work.finish()
    assert here == ["keep_round"]
    assert len(copies(stick / STICK_FOLDER)) == len(copies(own_folder())) == 1
    assert read_machine()["backup_stick"] == "KASIR"
    assert any(said.startswith("“KASIR” · ") for said in texts(page))


def test_a_stick_that_is_out_is_one_line_after_an_hour_and_leads_to_the_settings(
    shop: Start, here: list[str], stick: Path
) -> None:
    app = frame_of(shop).app
    app.set("backup_stick", "KASIR")
    copied(shop)
    stick.rename(stick.with_name("weg"))
    paid(shop)
    notes = copied(shop)
    assert "KASIR" in notes.at(STICK).error
    assert notes.at(LAPTOP).error == ""
    assert not mark(shop).isVisible()  # pulled a moment ago: that is nothing
    past = app.clock.now() - timedelta(hours=2)
    app.backups.notes = notes.with_place(STICK, Place(past.isoformat(), 5, "", notes.at(STICK).error))
    line = mark(shop)
    assert line.isVisible()
    assert "Cadangan terhenti sejak" in line.text()
    assert "KASIR" in line.toolTip()
    tap(line)
    page = frame_of(shop).screens.currentWidget()
    assert page is not None
    assert not button(page, "Cadangkan sekarang").visibleRegion().isEmpty()
    stick.with_name("weg").rename(stick)
    copied(shop)
    assert not mark(shop).isVisible()
    assert len(copies(stick / STICK_FOLDER)) == 2
    assert len(here) == 3


def test_what_failed_is_tried_again_although_nothing_is_new(
    shop: Start, here: list[str], stick: Path
) -> None:
    frame_of(shop).app.set("backup_stick", "KASIR")
    stick.rename(stick.with_name("weg"))
    copied(shop)
    stick.with_name("weg").rename(stick)
    frame_of(shop).app.backups._due()
    work.finish()
    assert len(copies(stick / STICK_FOLDER)) == 1
    assert len(here) == 2


def test_a_changed_byte_is_told_once_in_one_calm_sentence(shop: Start, here: list[str]) -> None:
    paid(shop)
    copied(shop)
    good = [one.path for one in copies(own_folder())]
    sell(ledger_of(shop), {"PECI": 1})
    path = ledger_of(shop).path
    assert path is not None
    tamper(path, "UPDATE document SET body = replace(body, 'rina', 'rino') WHERE kind = 'sale'")
    told: list[UserError] = []
    frame_of(shop).app.failed.connect(told.append)
    for _round in range(3):
        copied(shop)
    (said,) = told
    assert "tidak terbaca" in said.message
    assert "utuh" in said.hint
    assert "Traceback" not in str(said)
    assert [one.path for one in copies(own_folder())] == good
    assert mark(shop).text() == "Diska bermasalah"
    assert here == ["keep_round"] * 4


@pytest.mark.parametrize("error", [Damaged("x"), DiskFails("x")])
def test_a_disk_that_cannot_be_read_is_told_also_without_a_copy(
    shop: Start, here: list[str], monkeypatch: pytest.MonkeyPatch, error: UserError
) -> None:
    asked: list[int] = []
    monkeypatch.setattr("pos.backup_round.newest_copy", lambda _wanted: asked.append(get_ident()))
    fail_with(monkeypatch, error)
    copied(shop)
    assert here
    trouble = frame_of(shop).app.backups.trouble
    assert trouble is not None
    assert "petugas" in trouble.hint
    assert asked
    assert get_ident() not in asked  # the window waits for no disk that fails


def test_a_slow_disk_is_told_when_it_is_slow_twice(
    shop: Start, here: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pace = [SLOW_MS]
    monkeypatch.setattr("pos.backup.pace_of", lambda _folder: pace[0])
    told: list[UserError] = []
    frame_of(shop).app.failed.connect(told.append)
    for _round in range(SLOW_ROUNDS - 1):
        copied(shop)
    assert told == []
    copied(shop)
    copied(shop)
    (said,) = told
    assert "lambat" in said.message
    assert "flashdisk" in said.hint
    pace[0] = 3
    copied(shop)
    assert frame_of(shop).app.backups.trouble is None
    assert not mark(shop).isVisible()
    assert here


def test_sealed_copies_are_made_without_asking_and_tried_with_the_passphrase(
    shop: Start, here: list[str], home: Path
) -> None:
    officer(shop)
    page = settings(shop)
    press(page, "Pasang kata sandi")
    (sheet,) = shop.window.findChildren(PassphraseSheet)
    for first, second, wrong in (("kurang", "kurang", "8 huruf"), (WORDS, WORDS[1:], "tidak sama")):
        sheet.fields[0].edit.setText(first)
        sheet.fields[1].edit.setText(second)
        tap(button(sheet, "Simpan"))
        assert wrong in sheet._message.text
    sheet.fields[1].edit.setText(WORDS)
    key(Qt.Key.Key_Return)
    assert wait_for(lambda: frame_of(shop).app.setting("backup_lock") != "")
    work.finish()
    assert button(page, "Ganti kata sandi").isVisible()
    copied(shop)
    (copy,) = copies(own_folder())
    assert copy.path.suffix == SEALED
    assert not [path for path in home.rglob("*") if path.is_file() and WORDS.encode() in path.read_bytes()]
    for words, answer in ((WORDS[1:], ""), (WORDS, "semuanya benar")):
        press(page, "Uji cadangan")
        work.finish()
        asking(shop).fields[0].edit.setText(words)
        tap(button(asking(shop), "Lanjutkan"))
        work.finish()
        if answer:
            assert any(answer in said for said in texts(page))
        else:  # it is asked for again
            tap(button(asking(shop), "Batal"))
    press(page, "Tanpa sandi")
    copied(shop)
    assert [one.sealed for one in copies(own_folder())].count(False) == 1  # also within the same second
    assert here.count("keep_round") == 2


def test_the_program_ends_while_a_copy_is_made(shop: Start, home: Path) -> None:
    """The other process goes at once, and no half copy is left under a name."""
    assert frame_of(shop).app.backups.run(by_hand=True)
    shop.finish()
    assert not copies(own_folder())
    assert not list(home.glob("cadangan/*"))
    assert not frame_of(shop).app.backups.run()


def test_a_sample_is_copied_only_by_hand(qtbot: QtBot, shop: Start, here: list[str]) -> None:
    app = frame_of(shop).app
    object.__setattr__(app.device, "sample", True)
    app.backups.stop()
    app.backups.begin()
    app.posted.emit(end_shift(ledger_of(shop)))
    qtbot.wait(1)
    assert not app.backups._timer.isActive()
    assert not app.backups._soon.isActive()
    assert here == []
    copied(shop)
    assert len(copies(own_folder())) == 1


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"places":{"laptop":{"at":"gestern"}}}', '{"places":[],"tested":"","sound":1}']
)
def test_notes_that_cannot_be_read_say_nothing(home: Path, text: str) -> None:
    write_notes(Notes({LAPTOP: Place("2023-04-14T14:07:00+07:00", 5, "x")}, pace=7))
    assert read_notes().at(LAPTOP).documents == 5
    (home / "cadangan.json").write_text(text)
    assert read_notes() == Notes()

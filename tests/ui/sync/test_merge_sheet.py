"""The sheet that merges: dropped files are tried at once, told in one line, and merged when wanted."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pos.ledger import open_ledger
from pos.verify import verify
from tests.ui.hands import button, key, tap
from tests.ui.shop import frame_of
from tests.ui.sync.world import twins
from ui.start import Start
from ui.sync import merge_sheet
from ui.sync.differences import SidesList
from ui.sync.merge_rows import SourceRow
from ui.sync.merge_sheet import MergeSheet


@pytest.fixture
def sheet(shop: Start, tmp_path: Path) -> MergeSheet:
    """A sheet over the till, into a central file that is not there yet."""
    frame = frame_of(shop)
    made = MergeSheet(frame, frame.app.theme, str(tmp_path / "kantor" / "pusat.lapak"))
    made.open()
    return made


def drop(sheet: MergeSheet, paths: Sequence[Path]) -> None:
    """As from a file manager."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(300, 300), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(sheet, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(
        sheet, QDropEvent(QPointF(300, 300), Qt.DropAction.CopyAction, data, buttons, keys)
    )


def words(sheet: MergeSheet) -> str:
    return "\n".join(one.text() for one in sheet.findChildren(QLabel) if one.isVisible())


def rows(sheet: MergeSheet) -> list[str]:
    return [one.accessibleName() for one in sheet.findChildren(SourceRow)]


def test_dropped_files_are_tried_and_nothing_is_changed(
    qtbot: QtBot, sheet: MergeSheet, tmp_path: Path
) -> None:
    one, clone = twins(tmp_path)
    assert not sheet.go.isEnabled()
    drop(sheet, [one])
    qtbot.waitUntil(sheet.go.isEnabled, timeout=10_000)
    assert "1 berkas, 7 dokumen baru, 0 sudah ada, 0 ditolak, 0 stan belum lengkap." in words(sheet)
    assert sheet.go.text() == "Gabungkan 7 dokumen"
    assert rows(sheet) == ["stan-07.lapak: 7 baru · 0 sudah ada Lengkap"]
    drop(sheet, [clone])
    qtbot.waitUntil(lambda: len(rows(sheet)) == 2, timeout=10_000)
    assert "2 berkas, 7 dokumen baru, 5 sudah ada, 1 ditolak" in words(sheet)
    assert not (tmp_path / "kantor" / "pusat.lapak").exists()


def test_then_they_are_merged_and_what_is_refused_is_shown_beside_what_is_known(
    qtbot: QtBot, sheet: MergeSheet, tmp_path: Path
) -> None:
    drop(sheet, twins(tmp_path))
    qtbot.waitUntil(sheet.go.isEnabled, timeout=10_000)
    with qtbot.waitSignal(sheet.merged, timeout=10_000):
        key(Qt.Key.Key_Return)  # the keyboard is where it goes on
    assert "Sudah digabungkan: 2 berkas" in words(sheet)
    assert "Yang ditolak disimpan terpisah" in words(sheet)
    sides = sheet.findChildren(SidesList)
    assert [one for one in sides if "Rp50.000" in one.accessibleName() and "Rp30.000" in one.accessibleName()]
    with closing(open_ledger(tmp_path / "kantor" / "pusat.lapak", read_only=True)) as central:
        assert verify(central).documents == 7
    assert (sheet.go.isEnabled(), sheet.go.text()) == (False, "Gabungkan")
    key(Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_into_an_open_ledger(qtbot: QtBot, shop: Start, tmp_path: Path) -> None:
    from tests.sync.world import central

    with closing(central(tmp_path / "kantor.lapak")) as ledger:
        sheet = MergeSheet(frame_of(shop), frame_of(shop).app.theme, ledger)
        sheet.open()
        drop(sheet, [twins(tmp_path)[0]])
        qtbot.waitUntil(sheet.go.isEnabled, timeout=10_000)
        assert verify(ledger).documents == 0
        with qtbot.waitSignal(sheet.merged, timeout=10_000):
            tap(sheet.go)
        assert verify(ledger).documents == 7
        sheet.leave()


def test_what_is_no_ledger_is_told_and_holds_nothing_up(
    qtbot: QtBot, sheet: MergeSheet, tmp_path: Path
) -> None:
    (tmp_path / "foto.lapak").write_bytes(b"JPEG")
    drop(sheet, [tmp_path / "foto.lapak", twins(tmp_path)[0]])
    qtbot.waitUntil(sheet.go.isEnabled, timeout=10_000)
    assert "bukan buku Lapak" in rows(sheet)[0]
    assert "1 berkas, 7 dokumen baru" in words(sheet)
    assert "1 berkas tidak terbaca." in words(sheet)  # the row may be out of sight


def test_the_keyboard_stays_on_the_sheet_when_there_is_nothing_new(
    qtbot: QtBot, sheet: MergeSheet, tmp_path: Path
) -> None:
    (tmp_path / "foto.lapak").write_bytes(b"JPEG")
    drop(sheet, [tmp_path / "foto.lapak"])
    qtbot.waitUntil(lambda: len(rows(sheet)) == 1, timeout=10_000)
    assert not sheet.go.isEnabled()
    key(Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_files_of_one_name_are_told_apart_by_their_folders(
    qtbot: QtBot, sheet: MergeSheet, tmp_path: Path
) -> None:
    for stick, path in zip(("stik-a", "stik-b"), twins(tmp_path), strict=True):
        (tmp_path / stick).mkdir()
        shutil.copyfile(path, tmp_path / stick / "stan.lapak")
    drop(sheet, [tmp_path / "stik-a" / "stan.lapak", tmp_path / "stik-b" / "stan.lapak"])
    qtbot.waitUntil(lambda: len(rows(sheet)) == 2, timeout=10_000)
    assert [one.partition(":")[0] for one in rows(sheet)] == ["stik-a/stan.lapak", "stik-b/stan.lapak"]


def test_a_folder_with_nothing_in_it_is_told(qtbot: QtBot, sheet: MergeSheet, tmp_path: Path) -> None:
    (tmp_path / "kosong").mkdir()
    drop(sheet, [tmp_path / "kosong"])
    qtbot.waitUntil(lambda: "Tidak ada yang digabung." in words(sheet), timeout=10_000)


def test_files_and_folders_can_be_chosen_too(
    qtbot: QtBot, sheet: MergeSheet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _clone = twins(tmp_path)
    monkeypatch.setattr(merge_sheet, "choose_file", lambda *_what: one)
    monkeypatch.setattr(merge_sheet, "choose_folder", lambda *_what: tmp_path)
    tap(button(sheet, "Pilih berkas"))
    qtbot.waitUntil(lambda: len(rows(sheet)) == 1, timeout=10_000)
    tap(button(sheet, "Pilih folder"))
    qtbot.waitUntil(lambda: len(rows(sheet)) > 2, timeout=10_000)


def test_a_target_that_cannot_be_written_is_told(qtbot: QtBot, shop: Start, tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x")
    sheet = MergeSheet(frame_of(shop), frame_of(shop).app.theme, str(tmp_path / "berkas" / "pusat.lapak"))
    sheet.open()
    drop(sheet, [twins(tmp_path)[0]])
    qtbot.waitUntil(lambda: str(tmp_path / "berkas") in words(sheet), timeout=10_000)
    sheet.leave()

"""The page of handing over, served by hand: keyboard alone, finger alone; what it says on bad days."""

from __future__ import annotations

import errno
import os
from contextlib import closing
from pathlib import Path
from threading import current_thread, main_thread

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from pos import submit as submit_module
from pos.carry import sync_target
from pos.errors import UserError
from pos.handed import all_handed, waiting
from pos.ledger import Ledger, open_ledger
from pos.targets import Place, look_at
from pos.volumes import Volume
from tests.books import booth, documents, new_ledger, sell
from tests.sync.test_carry_faults import broken
from tests.sync.world import held, office, tampered
from tests.ui.hands import button, key, tap, texts, type_text, wait_for
from tests.ui.opened import Opened
from ui import work
from ui.frame import Frame
from ui.list_sheet import ListSheet
from ui.screens import SCREENS
from ui.sync.address_sheet import AddressSheet
from ui.sync.page import SyncPage
from ui.sync.syncing import SCREEN
from ui.sync.waiting_mark import WaitingMark

K = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier


def choose(shown: SyncPage, name: str) -> None:
    """Press an entry of the list that is open."""
    (sheet,) = (one for one in shown.window().findChildren(ListSheet) if one.isVisible())
    tap(next(row for row in sheet._rows if row.entry.name == name))
    work.finish()


def hand_over() -> None:
    """Press F5, and wait for what comes of it."""
    key(K.Key_F5)
    work.finish()


def test_the_page_has_its_place_in_the_menu(page: SyncPage, frame: Frame) -> None:
    assert SCREENS[SCREEN].icon == "refresh-cw"
    assert frame.screens.currentWidget() is page
    assert frame.buttons[SCREEN].isEnabled()


def test_what_waits_is_told_on_the_page_in_the_bar_and_at_the_menu(
    page: SyncPage, frame: Frame, till: Ledger
) -> None:
    assert "1 titipan, 1 buka sif, 3 lainnya sejak 14.07" in texts(page)
    assert frame.app.do(lambda ledger: sell(ledger, {"PECI": 2})) is not None
    work.finish()
    assert waiting(till).documents == 6
    assert {"6", "dokumen menunggu"} <= set(texts(page))
    assert not any("Rp100.000" in words for words in texts(page))  # Rina counts the drawer
    assert button(frame.status, "6 dokumen menunggu · sejak 14.07. Sinkron")
    frame.app.sign_in(frame.app.staff["sari"])
    work.finish()
    assert any(words.endswith("· Rp100.000") for words in texts(page))
    assert button(frame.status, "6 dokumen menunggu · Rp100.000 · sejak 14.07. Sinkron")
    assert frame.buttons[SCREEN].accessibleDescription() == "6"


def test_the_bar_leads_to_the_page(frame: Frame) -> None:
    tap(button(frame.status, "5 dokumen menunggu · sejak 14.07. Sinkron"))
    assert isinstance(frame.screens.currentWidget(), SyncPage)


def test_with_the_keyboard_alone_to_a_stick(frame: Frame, till: Ledger, stick: Path, opened: Opened) -> None:
    key(K.Key_6, CTRL)
    work.finish()
    key(K.Key_U, CTRL)
    work.finish()
    shown = frame.screens.currentWidget()
    assert isinstance(shown, SyncPage)
    assert held(stick / "pusat.lapak") == {till.own().code: 5}
    assert "5 dokumen disetor" in texts(shown)
    assert {"Semua sudah disetor", "0"} <= set(texts(shown))
    assert "Sudah dibaca ulang: 5 dokumen, 0 penjualan, Rp0; jumlahnya sama." in texts(shown)
    assert opened.names == []  # no printer: nothing opens by itself
    tap(button(shown, "Cetak bukti setor"))
    work.finish()
    assert opened.names == [f"{till.own().prefix}-H00005.pdf"]
    tap(button(shown, "Cetak bukti setor"))
    work.finish()
    assert opened.names[1] == f"{till.own().prefix}-H00005-salinan-1.pdf"


def test_with_a_finger_alone_the_stick_becomes_the_central_file(
    page: SyncPage, frame: Frame, till: Ledger, stick: Path
) -> None:
    tap(button(page, "Pilih berkas pusat"))
    work.finish()
    choose(page, "Flashdisk “KINGSTON”")
    assert frame.app.setting("target") == str(stick / "pusat.lapak")
    assert held(stick / "pusat.lapak") == {till.own().code: 5}
    assert "Rp0" in texts(page)
    sell(till, {"PECI": 1})
    tap(button(page, "Sinkron sekarang"))
    work.finish()
    assert held(stick / "pusat.lapak") == {till.own().code: 6}
    (row,) = page.booths.model.rows
    assert (row.documents, row.state[0], row.own) == ("6 dokumen", "Selaras", True)


def test_a_shared_folder_and_a_new_file_are_chosen(
    page: SyncPage,
    frame: Frame,
    till: Ledger,
    sticks: list[Volume],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert sticks == []
    (tmp_path / "HBP 59").mkdir()
    monkeypatch.setattr("ui.sync.choosing.choose_folder", lambda _over, _title: tmp_path / "HBP 59")
    key(K.Key_F5)
    work.finish()
    choose(page, "Folder bersama")
    assert frame.app.setting("target") == str(tmp_path / "HBP 59")
    assert "Folder bersama “HBP 59”" in texts(page)
    tap(button(page, "Pilih berkas pusat lain"))
    work.finish()
    choose(page, "Berkas pusat baru di sebuah folder")
    assert held(tmp_path / "HBP 59" / "pusat.lapak") == {till.own().code: 5}
    assert len(all_handed(till)) == 2


@pytest.mark.usefixtures("sticks")
def test_a_password_in_an_address_is_refused_where_it_is_typed(page: SyncPage, frame: Frame) -> None:
    key(K.Key_F5)
    work.finish()
    choose(page, "Basis data kantor")
    type_text("postgresql://stan:rahasia@kanwil/lapak")
    key(K.Key_Return)
    (sheet,) = (one for one in frame.findChildren(AddressSheet) if one.isVisible())
    assert any("Kata sandi tidak boleh ada di alamat" in words for words in texts(sheet))
    assert frame.app.setting("target") == ""
    sheet.findChildren(QLineEdit)[0].setText("bukan://apa-apa")
    key(K.Key_Return)
    assert sheet.isVisible()
    key(K.Key_Escape)
    assert not [one for one in frame.findChildren(AddressSheet) if one.isVisible()]


@pytest.mark.usefixtures("sticks")
def test_without_a_stick_it_says_what_to_do(page: SyncPage) -> None:
    key(K.Key_U, CTRL)
    work.finish()
    assert {"Flashdisk tidak ditemukan.", "Coba lagi"} <= {*texts(page), button(page, "Coba lagi").text()}


def test_a_locked_stick_is_told(page: SyncPage, sticks: list[Volume], tmp_path: Path) -> None:
    sticks.append(Volume(tmp_path, "KINGSTON", 5, "vfat", writable=False))
    key(K.Key_U, CTRL)
    work.finish()
    assert "Flashdisk KINGSTON terkunci, tidak bisa ditulisi." in texts(page)


def test_of_two_sticks_one_is_chosen(
    page: SyncPage, till: Ledger, stick: Path, sticks: list[Volume], tmp_path: Path
) -> None:
    other = tmp_path / "SANDISK"
    other.mkdir()
    sticks.append(Volume(other, "SANDISK", 5_000_000, "exfat", writable=True))
    key(K.Key_U, CTRL)
    work.finish()
    choose(page, "Flashdisk “SANDISK”")
    assert held(other / "pusat.lapak") == {till.own().code: 5}
    assert not (stick / "pusat.lapak").exists()


def test_a_stick_pulled_in_the_middle_is_told_and_tried_again(
    page: SyncPage, frame: Frame, till: Ledger, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame.app.set("target", str(stick / "pusat.lapak"))
    hand_over()
    sell(till, {"PECI": 1})
    with monkeypatch.context() as disk:
        disk.setattr("shutil.copyfileobj", broken(errno.EIO))
        hand_over()
    assert any("tidak dapat dipakai" in words or "tidak bisa dipakai" in words for words in texts(page))
    assert waiting(till).documents == 1
    assert "Tidak terjangkau" in page.target._tag.accessibleName()
    (mark,) = frame.status.findChildren(WaitingMark)
    assert (mark.dot, mark.text()) == ("danger", "1 dokumen menunggu · sejak 14.07")
    tap(button(page, "Coba lagi"))
    work.finish()
    assert held(stick / "pusat.lapak") == {till.own().code: 6}
    assert waiting(till).documents == 0


def test_what_came_from_the_office_is_told_and_sold_at_once(
    page: SyncPage, frame: Frame, stick: Path, tmp_path: Path
) -> None:
    kantor = office(tmp_path / "K01.lapak")
    sync_target(kantor, str(stick / "pusat.lapak"))
    kantor.close()
    frame.app.set("target", str(stick / "pusat.lapak"))
    hand_over()
    assert page.toast._words.text() == "Diterima: 1 harga baru"
    assert frame.desk.till.items["NASTAR-500"].product.price == 70_000
    assert [row.booth for row in page.booths.model.rows] == ["Stan S03", "K01"]


@pytest.mark.usefixtures("sticks")
def test_two_laptops_of_a_booth_are_told_apart_by_their_numbers(
    page: SyncPage, frame: Frame, till: Ledger, stick: Path, tmp_path: Path
) -> None:
    with (
        closing(booth(tmp_path / "kedua.lapak", "S03")) as second,
        closing(new_ledger(tmp_path / "x", "S04")) as x,
    ):
        for ledger in (second, x):
            sync_target(ledger, str(stick / "pusat.lapak"))
        numbers = {f"S03{ledger.own().code[:2]}": ledger is till for ledger in (till, second)}
    frame.app.set("target", str(stick / "pusat.lapak"))
    hand_over()
    *ours, other = page.booths.model.rows
    assert {row.name.split(" · ")[0]: row.mark == "laptop ini" for row in ours} == numbers
    assert "·" not in other.name
    assert other.mark == ""


def test_it_is_held_and_stopped_from_the_page(
    page: SyncPage, frame: Frame, till: Ledger, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = submit_module._Run._merge

    def merge(run: submit_module._Run, central: Ledger) -> None:
        run.course.pause()  # as if the button had been pressed just now
        real(run, central)

    monkeypatch.setattr(submit_module._Run, "_merge", merge)
    frame.app.set("target", str(stick / "pusat.lapak"))
    key(K.Key_F5)
    assert wait_for(lambda: page.run_panel.hold.text() == "Lanjutkan")
    assert any("dijeda" in words for words in texts(page))
    frame.choose(0)
    assert frame.app.do(lambda ledger: sell(ledger, {"PECI": 1})) is not None  # the till goes on selling
    frame.choose(SCREEN)
    tap(button(page, "Hentikan"))
    work.finish()
    assert "Setoran dihentikan; tidak ada yang hilang." in texts(page)
    assert not (stick / "pusat.lapak").exists()
    assert waiting(till).documents == 6
    monkeypatch.setattr(submit_module._Run, "_merge", real)
    hand_over()
    assert held(stick / "pusat.lapak") == {till.own().code: 6}


def test_trouble_at_the_target_that_is_not_ours_is_told_with_the_tick(
    page: SyncPage, frame: Frame, till: Ledger, stick: Path, tmp_path: Path
) -> None:
    other = booth(tmp_path / "S09.lapak", "S09")
    sync_target(other, str(stick / "pusat.lapak"))
    central = open_ledger(stick / "pusat.lapak")
    with tampered(central) as raw:
        raw.execute("UPDATE document SET body = replace(body, 'rina', 'tini') WHERE kind = 'shift_open'")
    central.close()
    other.close()
    frame.app.set("target", str(stick / "pusat.lapak"))
    hand_over()
    assert "Tersetor, tetapi ada yang tidak beres di sana" in texts(page)
    assert [row.state[0] for row in page.booths.model.rows] == ["Selaras", "Berubah"]
    assert waiting(till).documents == 0


def test_the_share_answers_late_and_nothing_is_shown_of_another(page: SyncPage) -> None:
    place = Place("/mnt/lain/pusat.lapak", there=True, size=1, room=1)
    page._show_place(place)
    assert not any("tersambung" in words for words in texts(page))


def test_the_screen_never_waits_for_the_disk_of_the_target(
    page: SyncPage, frame: Frame, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.app.set("target", str(stick / "pusat.lapak"))
    hand_over()
    asked: list[Path] = []
    look = Path.stat

    def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if current_thread() is main_thread():
            asked.append(path)
        return look(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", stat)
    key(K.Key_1, CTRL)
    assert frame.app.do(lambda ledger: sell(ledger, {"PECI": 2})) is not None
    key(K.Key_6, CTRL)
    hand_over()
    assert not [path for path in asked if path.is_relative_to(stick)]
    assert any("tersambung" in words for words in texts(page))


def test_in_sight_a_place_is_looked_at_once_for_each_time_and_out_of_sight_never(
    page: SyncPage, frame: Frame, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.app.set("target", str(stick / "pusat.lapak"))
    hand_over()
    looked: list[str] = []

    def note(where: str) -> Place:
        looked.append(where)
        return look_at(where)

    monkeypatch.setattr("ui.sync.page.look_at", note)
    key(K.Key_1, CTRL)
    frame.app.syncing.run_quietly()
    work.finish()
    assert looked == []
    key(K.Key_6, CTRL)
    work.finish()
    assert looked == [str(stick / "pusat.lapak")]


def test_nothing_is_lost_of_what_a_bug_would_say(page: SyncPage, frame: Frame, till: Ledger) -> None:
    told: list[UserError] = []
    frame.app.syncing.refused.connect(told.append)
    frame.app.set("target", "/tidak/ada/pusat.lapak")
    hand_over()
    assert [error.message for error in told] == ["Berkas “pusat.lapak” di ada tidak ada."]
    assert told[0].hint.endswith("tidak ada yang hilang.")
    assert "sedang tidak terjangkau" in texts(page)
    assert len(documents(till)[till.own().code]) == 5


def test_an_offices_own_file_is_taken_in_by_the_office(page: SyncPage, frame: Frame, tmp_path: Path) -> None:
    """What is handed over lies beside it; nobody but the office looks into it."""
    path = tmp_path / "bersama" / "pusat.lapak"
    path.parent.mkdir()
    office(path).close()
    before = path.read_bytes()
    frame.app.set("target", str(path))
    hand_over()
    page.begin()
    work.finish()
    assert "Semua sudah disetor" in texts(page)
    assert "tersambung · kantor mengambilnya sendiri" in " ".join(texts(page))
    assert page.fork.target is None
    assert path.read_bytes() == before

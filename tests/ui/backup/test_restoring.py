"""A till whose ledger is gone is no new till: the newest good copy goes on, and so does another laptop."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.backup import back_up
from pos.clock import Clock
from pos.copies import STICK_FOLDER, Copy
from pos.identity import settle_identity
from pos.ledger import Ledger, open_ledger
from pos.paths import SAMPLE
from pos.sealing import new_lock
from pos.shifts import open_shift
from pos.text import use_language
from pos.volumes import Volume
from tests.books import sell
from tests.cli.running import tamper
from tests.ui.hands import button, buttons, key, tap, texts, type_text
from tests.ui.shop import frame_of, ledger_of
from ui import work
from ui.dress import dress
from ui.list_sheet import ListSheet
from ui.refusal import Refusal
from ui.restoring.page import RestorePage
from ui.start import Start
from ui.theme import Theme, load_theme
from ui.window import Window

Open = Callable[[], Start]
WORDS = "kata sandi panjang"


@pytest.fixture
def own(books: Path, home: Path) -> Iterator[Ledger]:
    """The booth's own ledger in home(), which was sold with on this machine."""
    home.mkdir()
    ledger = open_ledger(Path(shutil.copy(books, home / "stan.lapak")))
    settle_identity(ledger)
    yield ledger
    ledger.close()


@pytest.fixture
def begin(qtbot: QtBot, theme: Theme) -> Iterator[Open]:
    """Start the program as on its desktop icon."""
    made: list[Start] = []

    def run() -> Start:
        start = Start(Window(theme), None)
        qtbot.addWidget(start.window)
        made.append(start)
        start.window.resize(1366, 768)
        start.window.show()
        # A sample may have to be made first.
        qtbot.waitUntil(
            lambda: start.frame is not None or bool(start.window.findChildren(Refusal)), timeout=60_000
        )
        work.finish()
        return start

    yield run
    for start in made:
        start.finish()
    use_language("id")
    dress(load_theme("light"))


def path_of(ledger: Ledger) -> Path:
    assert ledger.path
    return ledger.path


def saved(ledger: Ledger, home: Path, sales: int) -> Copy:
    """Sell something, and make a copy."""
    for _n in range(sales):
        sell(ledger, {"PECI": 1})
    return back_up(path_of(ledger), home / "cadangan", clock=Clock())


def page_of(start: Start) -> RestorePage:
    return next(page for page in start.window.findChildren(RestorePage) if page.isVisible())


def looked(qtbot: QtBot, start: Start) -> RestorePage:
    """The page, once it has found what it looks for or says why not."""
    qtbot.waitUntil(lambda: any(one.isVisible() for one in start.window.findChildren(RestorePage)))
    page = page_of(start)
    qtbot.wait(1)
    work.finish()
    qtbot.waitUntil(lambda: not page._busy)
    return page


def restored(qtbot: QtBot, start: Start) -> None:
    """Press the button, and wait for the till."""
    tap(button(start.window, "Pulihkan dan lanjut jualan"))
    with qtbot.waitSignal(start.settled, timeout=20_000):
        pass
    work.finish()


@pytest.mark.parametrize("how", ["gone", "empty", "damaged"])
def test_a_lost_ledger_is_restored_and_sells_on(
    qtbot: QtBot, own: Ledger, home: Path, begin: Open, how: str
) -> None:
    copy = saved(own, home, 3)
    former, path = own.own().code, path_of(own)
    own.close()
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(b"" if how == "empty" else b"\0" * 4096 + path.read_bytes()[4096:])
    start = begin()
    assert start.frame is None  # neither a new till nor the sample
    assert not (home / SAMPLE).exists()
    assert start.code
    tap(button(start.window, "Pulihkan"))
    looked(qtbot, start)
    assert "Stan S03 · 3 penjualan · Rp150.000" in texts(page_of(start))
    restored(qtbot, start)
    ledger = ledger_of(start)
    assert path_of(ledger) == path
    assert ledger.own().code != former
    assert any("dipulihkan" in said for said in texts(start.window))
    open_shift(ledger, "rina", ledger.clock.now().date())
    assert sell(ledger, {"PECI": 1}).number == 1
    aside = [one for one in home.iterdir() if one.name.endswith(".lama")]
    assert len(aside) == (how != "gone")
    assert copy.path.exists()


def test_without_the_copy_of_it_nothing_is_made(qtbot: QtBot, own: Ledger, home: Path, begin: Open) -> None:
    path = path_of(own)
    own.close()
    path.unlink()
    start = begin()
    tap(button(start.window, "Pulihkan"))
    looked(qtbot, start)
    assert any("Tidak ada cadangan" in said for said in texts(page_of(start)))
    assert not button(start.window, "Pulihkan dan lanjut jualan").isEnabled()
    tap(button(start.window, "Kembali"))
    qtbot.waitUntil(lambda: any(one.isVisible() for one in start.window.findChildren(Refusal)))
    assert not list(home.glob("*.lapak"))


def test_a_damaged_copy_makes_way_for_the_one_before(
    qtbot: QtBot, own: Ledger, home: Path, begin: Open
) -> None:
    good = saved(own, home, 1)
    bad = saved(own, home, 1)
    tamper(bad.path, "UPDATE document SET body = replace(body, 'rina', 'rino') WHERE kind = 'sale'")
    own.close()
    path_of(own).unlink()
    start = begin()
    tap(button(start.window, "Pulihkan"))
    looked(qtbot, start)
    assert any("ternyata rusak" in said for said in texts(page_of(start)))
    assert page_of(start)._path == good.path
    restored(qtbot, start)


def test_a_till_that_is_there_opens_as_ever(own: Ledger, home: Path, begin: Open) -> None:
    code = own.own().code
    saved(own, home, 1)
    own.close()
    start = begin()
    work.finish()
    assert frame_of(start).app.device.code == code


@pytest.mark.parametrize("sealed", [False, True])
def test_another_laptop_goes_on_from_the_stick(
    qtbot: QtBot,
    own: Ledger,
    tmp_path: Path,
    begin: Open,
    monkeypatch: pytest.MonkeyPatch,
    sealed: bool,
) -> None:
    volume = Volume(tmp_path / "KASIR", "KASIR", 10**9, "vfat", writable=True)
    sell(own, {"PECI": 1})
    lock = new_lock(WORDS) if sealed else None
    back_up(path_of(own), volume.path / STICK_FOLDER, lock, Clock())
    later = sell(own, {"PECI": 1})
    former = own.own().code
    other = tmp_path / "laptop-lain"
    monkeypatch.setenv("LAPAK_HOME", str(other))
    monkeypatch.setattr("pos.restore.sticks", lambda: (volume,))
    start = begin()
    assert frame_of(start).app.device.sample
    tap(button(start.window, "Siapkan stan"))
    work.finish()
    move = "Lanjutkan stan dari flashdisk"
    qtbot.waitUntil(lambda: move in [one.accessibleName() for one in buttons(start.window)])
    tap(button(start.window, "Lanjutkan stan dari flashdisk"))
    looked(qtbot, start)
    if sealed:
        page_of(start)._words.edit.setFocus()
        type_text("kata yang salah")
        key(Qt.Key.Key_Return)
        work.finish()
        qtbot.waitUntil(lambda: "Kata sandi salah" in page_of(start).message.text, timeout=60_000)
        page_of(start)._words.edit.clear()
        type_text(WORDS)
        key(Qt.Key.Key_Return)
        work.finish()
    assert "Stan S03 · 1 penjualan · Rp50.000" in texts(page_of(start))
    restored(qtbot, start)
    ledger = ledger_of(start)
    assert path_of(ledger).parent == other
    assert ledger.own().code != former
    open_shift(ledger, "rina", ledger.clock.now().date())
    assert sell(ledger, {"PECI": 1}).receipt != later.receipt


def test_another_copy_and_a_file_can_be_chosen(
    qtbot: QtBot, own: Ledger, home: Path, tmp_path: Path, begin: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = saved(own, home, 1)
    saved(own, home, 1)
    elsewhere = tmp_path / "arsip.lapak"
    shutil.copyfile(first.path, elsewhere)
    own.close()
    path_of(own).unlink()
    start = begin()
    tap(button(start.window, "Pulihkan"))
    looked(qtbot, start)
    page = page_of(start)
    tap(page._field)
    (sheet,) = start.window.findChildren(ListSheet)
    tap(next(one for one in buttons(sheet) if f"{first.documents} dokumen" in one.accessibleName()))
    looked(qtbot, start)
    assert "Stan S03 · 1 penjualan · Rp50.000" in texts(page)
    monkeypatch.setattr("ui.restoring.page.choose_file", lambda *_args: tmp_path / "foto.lapak")
    (tmp_path / "foto.lapak").write_bytes(b"JFIF")
    tap(button(page, "Berkas lain…"))
    work.finish()
    assert "bukan" in page.message.text
    monkeypatch.setattr("ui.restoring.page.choose_file", lambda *_args: elsewhere)
    tap(button(page, "Berkas lain…"))
    work.finish()
    assert "Stan S03 · 1 penjualan · Rp50.000" in texts(page)

"""From an empty machine through all four steps to the first sale, also after a power cut in between."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.ledger import open_ledger
from pos.paths import SAMPLE
from pos.settings import read_machine
from pos.setup import FILE, read_setup
from pos.setup import LIST as PRICE_LIST
from tests.ui.hands import button, key, tap, texts
from tests.ui.setup.guide import (
    HOST,
    LIST,
    RINA,
    begins,
    desktop_chooses,
    device,
    go_on,
    goods,
    looked,
    open_assistant,
    page_of,
    people,
)
from tests.ui.shop import desk_of, frame_of, write
from tests.ui.till.stand import sales, tap_tile
from ui.dress import dress
from ui.manual.sheet import ManualSheet
from ui.start import Start
from ui.theme import Theme, load_theme
from ui.till.open_shift import OpenShift
from ui.widgets import Tag

TOP = Path(__file__).parents[3]
K = Qt.Key

# The program itself, up to step 3; it is killed while that is on the screen.
TO_STEP_3 = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pos.setup import Person
from pos.setup_checks import with_name
from ui import work
from ui.dress import dress
from ui.manual.sheet import ManualSheet
from ui.setup.page import SetupPage
from ui.theme import load_theme

app = QApplication([])
theme = load_theme("light")
dress(theme)
page = SetupPage(theme)
page.show()
answers = page.answers
answers.put(with_name(answers.setup, "Stan 07"))
answers.change(institution="LPP-PLG", people=(Person("Rina"), Person("Sari", "petugas")))
for step in range(2):
    page.go_on()
    work.finish()
print(page.number, flush=True)
app.exec()
"""


@pytest.fixture
def start(qtbot: QtBot, theme: Theme, home: Path) -> Iterator[Start]:
    """The assistant on a machine where nothing was sold yet."""
    home.mkdir()
    start = open_assistant(qtbot, theme)
    yield start
    start.finish()
    dress(load_theme("light"))


def test_four_steps_lead_to_the_first_sale(
    qtbot: QtBot, start: Start, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "harga.csv").write_text(LIST)
    step = device(qtbot, start)
    assert "Nomor transaksi: S03xx-000001, xx kode laptop ini." in texts(step)
    assert "belum dipakai" in [tag.accessibleName() for tag in step.findChildren(Tag) if tag.isVisible()]
    go_on(qtbot, start, 1)
    people(qtbot, start)
    go_on(qtbot, start, 2)
    tap(begins(goods(start), "Daftar harga"))
    desktop_chooses(monkeypatch, tmp_path / "harga.csv")
    tap(button(goods(start), "Pilih berkas"))
    looked(qtbot, start)
    found = [tag.accessibleName() for tag in goods(start).findChildren(Tag) if tag.isVisible()]
    assert found == ["2 barang, 2 UPT"]
    go_on(qtbot, start, 3)
    tap(button(page_of(start).step, "58 mm"))
    tap(button(page_of(start).step, "Gelap"))
    looked(qtbot, start)
    with qtbot.waitSignal(start.settled, timeout=20_000):
        tap(button(page_of(start), "Buka kasir"))
    frame = frame_of(start)
    (made,) = home.glob("s03-*.lapak")
    assert (frame.app.device.booth, frame.app.device.sample, made.exists()) == ("S03", False, True)
    assert (frame.app.theme.mode, read_machine()["roll"]) == ("dark", "58")
    assert not (home / FILE).exists()
    assert frame.page is not None
    assert frame.page.isVisible()  # people have PINs
    write(start, RINA)
    qtbot.waitUntil(lambda: not frame.app.locked)
    assert frame.app.cashier.name == "Rina Oktaviani"
    (opening,) = desk_of(start).findChildren(OpenShift)
    opening.drawer.set_amount(200_000)
    tap(opening.open)
    qtbot.waitUntil(lambda: frame.app.shift is not None)
    tap_tile(desk_of(start), "NASTAR")
    key(K.Key_F10)
    qtbot.waitUntil(lambda: desk_of(start).sale is not None)
    assert sales(frame.app.ledger) == 1
    assert desk_of(start).done is not None


def test_killed_in_step_3_it_goes_on_there(qtbot: QtBot, theme: Theme, home: Path) -> None:
    home.mkdir()
    command = [sys.executable, "-c", TO_STEP_3]
    with subprocess.Popen(command, cwd=TOP, stdout=subprocess.PIPE, env=dict(os.environ)) as program:
        assert program.stdout
        assert program.stdout.readline().strip() == b"2"
        program.kill()
    start = open_assistant(qtbot, theme)
    page = page_of(start)
    assert page.number == 2
    assert "Langkah 3 dari 4" in texts(page)
    assert [one.name for one in page.answers.setup.people] == ["Rina", "Sari"]
    go_on(qtbot, start, 3)
    with qtbot.waitSignal(start.settled, timeout=20_000):
        tap(button(page_of(start), "Buka kasir"))
    assert frame_of(start).app.device.name == "Stan 07"
    start.finish()


def test_nothing_is_asked_twice_and_esc_goes_back_a_step_and_out(
    qtbot: QtBot, start: Start, home: Path
) -> None:
    device(qtbot, start)
    go_on(qtbot, start, 1)
    key(K.Key_Escape)
    assert page_of(start).number == 0
    assert begins(page_of(start).step, "UPT tuan rumah").text() == HOST
    assert page_of(start).answers.setup.name == "Stan 03"
    looked(qtbot, start)
    with qtbot.waitSignal(start.settled, timeout=20_000):
        key(K.Key_Escape)
    assert frame_of(start).app.device.sample
    assert read_setup(home).name == "Stan 03"


def test_what_is_missing_is_told_below_its_field_only_when_one_goes_on(qtbot: QtBot, start: Start) -> None:
    assert not any("belum diisi" in text for text in texts(page_of(start)))
    key(K.Key_Return)
    looked(qtbot, start)
    QApplication.processEvents()
    said = list(texts(page_of(start)))
    assert "Nama stan belum diisi. Misalnya: Stan 03." in said
    assert "Pilih UPT tuan rumah stan ini." in said
    assert page_of(start).number == 0


def test_goods_that_are_gone_by_the_end_lead_back_to_their_step(
    qtbot: QtBot, start: Start, home: Path, tmp_path: Path
) -> None:
    (tmp_path / "harga.csv").write_text(LIST)
    device(qtbot, start)
    go_on(qtbot, start, 1)
    people(qtbot, start)
    page = page_of(start)
    page.answers.change(goods_kind=PRICE_LIST, goods=str(tmp_path / "harga.csv"))
    go_on(qtbot, start, 2)
    go_on(qtbot, start, 3)
    (tmp_path / "harga.csv").unlink()
    tap(button(page, "Buka kasir"))
    qtbot.waitUntil(lambda: page.number == 2, timeout=10_000)
    assert any("harga.csv" in text for text in texts(page))
    assert not list(home.glob("*.lapak"))


def test_the_sample_is_always_at_hand_and_leads_back(qtbot: QtBot, start: Start, home: Path) -> None:
    with qtbot.waitSignal(start.settled, timeout=20_000):
        tap(button(page_of(start), "Coba dengan data contoh"))
    assert (home / SAMPLE).is_file()
    assert "Anda sedang mencoba data contoh." in texts(frame_of(start))
    tap_tile(desk_of(start), "NASTAR-500")
    key(K.Key_F10)
    qtbot.waitUntil(lambda: desk_of(start).sale is not None)
    tap(button(frame_of(start), "Siapkan stan"))
    qtbot.waitUntil(lambda: start.frame is None)
    assert page_of(start).number == 0
    with closing(open_ledger(home / SAMPLE)) as sample:
        assert sales(sample) > 1


def test_f1_and_the_button_tell_how_it_is_done(qtbot: QtBot, theme: Theme) -> None:
    start = open_assistant(qtbot, theme)
    page = page_of(start)
    key(K.Key_F1)
    (shown,) = (one for one in page.findChildren(ManualSheet) if one.isVisible())
    assert shown.name == "setup"
    key(K.Key_Escape)
    assert page.isVisible()
    assert page.number == 0
    tap(button(page, "Bantuan"))
    assert [one.name for one in page.findChildren(ManualSheet) if one.isVisible()] == ["setup"]

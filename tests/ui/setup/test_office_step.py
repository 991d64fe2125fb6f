"""A machine of the regional office: its central file is made or found at the first start, and opened by the
next.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.carry import sync_target
from pos.ledger import open_ledger
from pos.paths import box_of, has_box
from pos.settings import read_machine
from pos.setup import FILE
from tests.books import booth, documents, new_collector
from tests.ui.hands import button, key, tap, texts, type_text
from tests.ui.setup.guide import begins, desktop_chooses, looked, open_assistant, page_of
from tests.ui.shop import frame_of
from ui.dress import dress
from ui.office.merging import MergingPage
from ui.refusal import Refusal
from ui.screens import OFFICE
from ui.setup.office_step import OfficeStep
from ui.start import Start
from ui.theme import Theme, load_theme
from ui.which_books import find_ledger
from ui.window import Window

K = Qt.Key


@pytest.fixture
def start(qtbot: QtBot, theme: Theme, home: Path) -> Iterator[Start]:
    """The assistant on a machine where nothing was sold yet, at the office."""
    home.mkdir()
    start = open_assistant(qtbot, theme)
    tap(button(page_of(start), "Di kantor wilayah"))
    looked(qtbot, start)
    yield start
    start.finish()
    dress(load_theme("light"))


def step_of(start: Start) -> OfficeStep:
    """What is asked at an office."""
    step = page_of(start).step
    assert isinstance(step, OfficeStep)
    return step


def opened(qtbot: QtBot, start: Start) -> None:
    """The office's program has come, and its books are open behind it."""
    with qtbot.waitSignal(start.settled, timeout=20_000):
        tap(button(page_of(start), "Buka kantor wilayah"))


def test_a_new_central_file_is_made_and_the_next_start_opens_it(
    qtbot: QtBot, start: Start, theme: Theme, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    central = tmp_path / "pusat.lapak"
    desktop_chooses(monkeypatch, tmp_path)
    tap(button(step_of(start), "Pilih folder"))
    looked(qtbot, start)
    assert not central.exists()  # not before it is wanted
    opened(qtbot, start)
    assert frame_of(start).menu is OFFICE
    assert (read_machine()["central"], (home / FILE).exists()) == (str(central), False)
    assert has_box(central)
    start.finish()
    assert not box_of(central).exists()  # nothing lay there: it is carried again
    with closing(booth(tmp_path / "stan.lapak")) as stan:
        sync_target(stan, str(central))
        wanted = documents(stan)
    again = Start(Window(theme), None)
    qtbot.addWidget(again.window)
    with qtbot.waitSignal(again.settled, timeout=20_000):
        again.window.show()
    frame = frame_of(again)
    assert frame.menu is OFFICE
    assert documents(frame.app.ledger) == wanted
    again.finish()


def test_by_the_keyboard_alone(
    qtbot: QtBot, theme: Theme, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.mkdir()
    start = open_assistant(qtbot, theme)
    begins(page_of(start), "Di kantor wilayah").setFocus(Qt.FocusReason.TabFocusReason)
    key(K.Key_Space)
    looked(qtbot, start)
    central = new_collector(tmp_path / "pusat.lapak")
    begins(step_of(start), "Berkas yang ada").setFocus(Qt.FocusReason.TabFocusReason)
    key(K.Key_Space)
    desktop_chooses(monkeypatch, central)
    begins(step_of(start), "Pilih berkas").setFocus(Qt.FocusReason.TabFocusReason)
    key(K.Key_Space)
    looked(qtbot, start)
    step_of(start).take_focus()
    with qtbot.waitSignal(start.settled, timeout=20_000):
        key(K.Key_Return)
    assert frame_of(start).app.ledger.path == central
    start.finish()


def test_what_is_wrong_stands_below_and_nothing_is_made(
    qtbot: QtBot, start: Start, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key(K.Key_Return)
    looked(qtbot, start)
    assert "Pilih folder dulu." in " ".join(texts(step_of(start)))
    new_collector(tmp_path / "pusat.lapak")
    desktop_chooses(monkeypatch, tmp_path)
    tap(button(step_of(start), "Pilih folder"))
    looked(qtbot, start)
    key(K.Key_Return)
    looked(qtbot, start)
    assert "Di folder ini sudah ada pusat.lapak." in " ".join(texts(step_of(start)))
    booth(tmp_path / "stan.lapak", "S03").close()
    tap(begins(step_of(start), "Berkas yang ada"))
    desktop_chooses(monkeypatch, tmp_path / "stan.lapak")
    tap(button(step_of(start), "Pilih berkas"))
    looked(qtbot, start)
    assert "buku stan S03" in " ".join(texts(step_of(start)))
    assert read_machine()["central"] == ""
    assert [path.name for path in home.glob("*.lapak")] == []


def test_a_password_in_an_address_is_refused_and_kept_nowhere(qtbot: QtBot, start: Start, home: Path) -> None:
    tap(begins(step_of(start), "Basis data"))
    type_text("postgresql+psycopg://kantor:rahasia@localhost/lapak")
    looked(qtbot, start)
    key(K.Key_Return)
    looked(qtbot, start)
    assert "Kata sandi tidak boleh ada di alamat" in " ".join(texts(step_of(start)))
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert b"rahasia" not in kept


def test_a_database_is_an_office_too(qtbot: QtBot, start: Start, postgres_url: str) -> None:
    tap(begins(step_of(start), "Basis data"))
    type_text(postgres_url)
    looked(qtbot, start)
    opened(qtbot, start)
    assert frame_of(start).menu is OFFICE
    assert find_ledger(None) == postgres_url


def test_a_share_that_is_gone_is_told_and_tried_again(
    qtbot: QtBot, start: Start, theme: Theme, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bersama").mkdir()
    desktop_chooses(monkeypatch, tmp_path / "bersama")
    tap(button(step_of(start), "Pilih folder"))
    looked(qtbot, start)
    opened(qtbot, start)
    start.finish()
    (tmp_path / "bersama").rename(tmp_path / "lepas")
    again = Start(Window(theme), None)
    qtbot.addWidget(again.window)
    again.window.show()
    qtbot.waitUntil(lambda: bool(again.window.findChildren(Refusal)), timeout=20_000)
    (page,) = again.window.findChildren(Refusal)
    assert again.code == 3
    assert again.window.focusWidget() is button(page, "Coba lagi")
    (tmp_path / "lepas").rename(tmp_path / "bersama")
    with qtbot.waitSignal(again.settled, timeout=20_000):
        tap(button(page, "Coba lagi"))
    assert (frame_of(again).menu is OFFICE, again.code) == (True, 0)
    again.finish()


def test_the_newest_decision_holds(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was an office is set up as a booth; until that is done it stays one."""
    desktop_chooses(monkeypatch, tmp_path)
    tap(button(step_of(start), "Pilih folder"))
    looked(qtbot, start)
    opened(qtbot, start)
    frame_of(start).app.setup_wanted.emit()
    qtbot.waitUntil(lambda: start.setting_up)
    looked(qtbot, start)
    key(K.Key_Escape)
    qtbot.waitUntil(lambda: start.frame is not None, timeout=20_000)
    assert frame_of(start).menu is OFFICE


def test_the_office_begins_where_files_come_together(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desktop_chooses(monkeypatch, tmp_path)
    tap(button(step_of(start), "Pilih folder"))
    looked(qtbot, start)
    opened(qtbot, start)
    frame = frame_of(start)
    assert isinstance(frame.screens.currentWidget(), MergingPage)


def test_what_was_brought_before_is_there(
    qtbot: QtBot, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(booth(tmp_path / "stan.lapak")) as stan:
        sync_target(stan, str(tmp_path / "pusat.lapak"))
    tap(begins(step_of(start), "Berkas yang ada"))
    desktop_chooses(monkeypatch, tmp_path / "pusat.lapak")
    tap(button(step_of(start), "Pilih berkas"))
    looked(qtbot, start)
    opened(qtbot, start)
    assert frame_of(start).app.opening.institutions
    start.finish()
    with closing(open_ledger(tmp_path / "pusat.lapak", read_only=True)) as central:
        assert central.device is None  # nobody put anything down

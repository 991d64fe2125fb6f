"""When something breaks while people sell: told once and kindly, in whatever thread, and the till goes on."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from pos.bugs import LOG
from pos.clock import Clock
from pos.errors import WorldFailed
from pos.ledger import Ledger
from pos.sales_search import Found
from pos.sessions import FOLDER
from tests.books import booth, sell
from tests.test_sessions import RUN
from tests.ui.hands import button, tap, texts, wait_for
from ui import work
from ui.selftest import run_selftest
from ui.start import Start
from ui.theme import Theme
from ui.trouble import Trouble
from ui.watchdog import ASLEEP_MS, HANGS_MS, Watchdog
from ui.window import Window

TOP = Path(__file__).parent.parent.parent
HOOKS = ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook"))


@pytest.fixture(autouse=True)
def _hooks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put back after the test."""
    for module, name in HOOKS:
        monkeypatch.setattr(module, name, getattr(module, name))
    monkeypatch.setattr("pos.sessions.Session.catch_crashes", lambda _session: None)  # pytest does
    monkeypatch.setattr("ui.faults.qInstallMessageHandler", lambda _hear: None)  # pytest-qt listens


@pytest.fixture
def start(qtbot: QtBot, theme: Theme, till: Ledger) -> Iterator[Start]:
    sell(till, {"PECI": 1})
    till.close()
    start = Start(Window(theme), till.path)
    qtbot.addWidget(start.window)
    yield start
    start.finish()


@pytest.fixture
def trouble(start: Start, qtbot: QtBot) -> Iterator[Trouble]:
    trouble = Trouble(start.window, lambda: start.frame)
    begin(start, trouble, qtbot)
    yield trouble
    trouble.end()


def begin(start: Start, trouble: Trouble, qtbot: QtBot) -> None:
    """Until the till is there and its ledger open."""
    start.settled.connect(trouble.begin)
    start.window.show()
    qtbot.waitUntil(lambda: start.running is not None, timeout=20_000)


class _OursError(Exception):
    pass


def fail() -> None:
    raise _OursError("Budi 0812")


def in_a_thread() -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


@pytest.mark.usefixtures("trouble")
@pytest.mark.parametrize("how", [lambda: work.run(fail), in_a_thread])
def test_a_bug_is_written_down_and_told_wherever_it_happens(start: Start, home: Path, how: object) -> None:
    how()  # type: ignore[operator]
    assert wait_for(lambda: any("kode" in text for text in texts(start.window)))
    (line,) = [text for text in (home / LOG).read_text("utf-8").splitlines() if "_OursError" in text]
    code = line.split()[2]
    assert any(f"kode {code}" in text for text in texts(start.window))
    assert "Budi" not in (home / LOG).read_text("utf-8")
    assert start.frame is not None
    assert start.frame.isVisible()


@pytest.mark.usefixtures("trouble")
def test_many_bugs_are_one_window(start: Start, home: Path) -> None:
    for _time in range(3):
        in_a_thread()
    assert wait_for(lambda: (home / LOG).read_text("utf-8").count("_OursError") == 3)
    assert wait_for(lambda: any("kode" in text for text in texts(start.window)))
    assert sum("kode" in text for text in texts(start.window)) == 1


@pytest.mark.usefixtures("trouble")
def test_a_bug_in_the_telling_is_written_down_and_told_to_nobody(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[int] = []

    def broken(*_words: object) -> None:
        times.append(1)
        if len(times) < 5:  # without end it would be the end of the program
            raise _OursError

    monkeypatch.setattr("ui.tell.tell", broken)
    in_a_thread()
    assert wait_for(lambda: (home / LOG).read_text("utf-8").count("_OursError") == 2)
    assert len(times) == 1


@pytest.mark.usefixtures("trouble")
def test_a_report_is_saved_from_there(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("ui.issue.open_file", opened.append)
    in_a_thread()
    assert wait_for(lambda: any("kode" in text for text in texts(start.window)))
    tap(button(start.window, "Simpan laporan"))
    assert wait_for(lambda: bool(opened))
    text = opened[0].read_text("utf-8")
    assert "_OursError" in text
    assert "offscreen" in text


@pytest.mark.usefixtures("trouble")
def test_what_failed_and_nobody_waited_for_is_one_sentence(start: Start) -> None:
    def gone() -> None:
        raise WorldFailed("Flashdisk dicabut.", "Pasang lagi.")

    work.run(gone)
    assert start.frame is not None
    banner = start.frame.desk.till.goods.banner
    assert wait_for(lambda: banner.accessibleName() == "Flashdisk dicabut. Pasang lagi.")


def test_after_a_power_cut_the_next_start_says_what_is_stored(start: Start, qtbot: QtBot, home: Path) -> None:
    subprocess.run([sys.executable, "-c", RUN, "kill"], check=False, capture_output=True, timeout=60)
    trouble = Trouble(start.window, lambda: start.frame)
    begin(start, trouble, qtbot)
    assert start.frame is not None
    banner = start.frame.desk.till.goods.banner
    last = start.frame.app.ledger.own().prefix
    assert wait_for(lambda: f"sampai {last}-" in banner.accessibleName())
    assert banner.accessibleName().startswith("Program terhenti mendadak terakhir kali.")
    assert "the run before was cut off" in (home / LOG).read_text("utf-8")
    trouble.end()


def test_what_came_of_a_damaged_ledger_is_not_talked_over(
    start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a power cut both may be told; that everything is there is not true then."""
    subprocess.run([sys.executable, "-c", RUN, "kill"], check=False, capture_output=True, timeout=60)
    start._warning = WorldFailed("2.090 dokumen ada lagi. Tidak terbaca: S03.", "Disimpan.")
    looked: list[object] = []
    told = Trouble._tell_cut_off

    def look(trouble: Trouble, last: Found | None) -> None:
        told(trouble, last)
        looked.append(last)

    monkeypatch.setattr(Trouble, "_tell_cut_off", look)
    trouble = Trouble(start.window, lambda: start.frame)
    begin(start, trouble, qtbot)
    assert wait_for(lambda: bool(looked))
    assert start.frame is not None
    assert start.frame.desk.till.goods.banner.accessibleName().startswith("2.090 dokumen")
    trouble.end()


def test_a_till_that_the_system_ends_is_not_one_that_was_cut_off(home: Path) -> None:
    home.mkdir()
    booth(home / "stan.lapak").close()
    command = [sys.executable, "-m", "ui"]
    told = os.environ | {"LAPAK_TRACE_START": "1"}
    with subprocess.Popen(command, cwd=TOP, env=told, stderr=subprocess.PIPE, text=True) as program:
        assert program.stderr
        assert "ledger\n" in program.stderr
        assert wait_for(lambda: [*(home / FOLDER).glob("*.txt")] != [])
        program.send_signal(signal.SIGTERM)
        ended = program.wait(20), *(path.read_text() for path in (home / FOLDER).iterdir())
    assert ended == (0,)
    assert [path.name for path in home.glob("*.lapak*")] == ["stan.lapak"]  # settled, too


class Hands:
    """A clock whose hands a test moves."""

    def __init__(self) -> None:
        self.seconds = 100.0
        self.clock = Clock(monotonic=lambda: self.seconds)

    def move(self, ms: int) -> None:
        """Later by so much."""
        self.seconds += ms / 1000


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Hands:
    """The watchdog looks as fast as it can, and time is what the test says."""
    monkeypatch.setattr("ui.watchdog.LOOK_MS", 5)
    monkeypatch.setattr("ui.watchdog.BEAT_MS", 3_600_000)
    return Hands()


def logged(home: Path) -> str:
    return (home / LOG).read_text("utf-8") if (home / LOG).exists() else ""


def test_a_window_that_hangs_is_seen_from_outside(
    qtbot: QtBot, theme: Theme, home: Path, hands: Hands
) -> None:
    window = Window(theme)
    qtbot.addWidget(window)
    dog = Watchdog(window, hands.clock)
    for _step in range(3):
        hands.move(HANGS_MS // 2 - ASLEEP_MS // 8)
        qtbot.wait(50)  # the other thread looks meanwhile
    assert logged(home).count("the window does not answer") == 1
    assert "tests/ui/test_trouble.py test_a_window_that_hangs_is_seen_from_outside" in logged(home)
    dog._beat()
    assert wait_for(lambda: "the window answers again" in logged(home))
    dog.end()


def test_a_machine_that_slept_does_not_hang(qtbot: QtBot, theme: Theme, home: Path, hands: Hands) -> None:
    window = Window(theme)
    qtbot.addWidget(window)
    dog = Watchdog(window, hands.clock)
    qtbot.wait(50)
    hands.move(8 * 3_600_000)
    qtbot.wait(50)
    assert "does not answer" not in logged(home)
    dog.end()


def test_the_selftest_names_what_does_not_work(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LAPAK_HOME", str(tmp_path))
    monkeypatch.setattr("ui.selftest.TOTAL", 1)
    assert run_selftest() == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line[0] for line in lines if line[0] in "✓✗"] == ["✓", "✓", "✗", "✓", "✓", "✓", "✗"]
    assert lines[-1] == "✗ Ada yang tidak berfungsi: lihat di atas."


def test_the_selftest_speaks_where_there_are_no_ticks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe on Windows writes in the system's own letters; pythonw has nowhere to write at all."""
    monkeypatch.setattr("ui.selftest._checks", lambda: {"program": lambda _folder: "619 modul"})
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252"))
    assert run_selftest() == 0
    assert raw.getvalue().startswith(b"? program 619 modul")
    monkeypatch.setattr(sys, "stdout", None)
    assert run_selftest() == 0

"""The total said aloud: by a program of the system that no sale waits for, and only where it is wanted."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.ui.hands import key, wait_for
from tests.ui.shop import desk_of, frame_of, ledger_of, write
from tests.ui.till.stand import sales, tap_tile
from ui import work
from ui.start import Start
from ui.voice import PROGRAMS, Voice, change_words, total_words, voice_program

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-ins are shell scripts")

SPEAKS = """#!/bin/sh
echo "$0 $*" >> {folder}/asked
cat >> {folder}/heard
echo >> {folder}/heard
"""
HANGS = """#!/bin/sh
echo $$ >> {folder}/started
exec sleep 1000
"""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of programs that can be found before all others."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return folder


@pytest.fixture
def voice() -> Iterator[Voice]:
    voice = Voice()
    yield voice
    voice.stop()


def install(folder: Path, name: str, script: str) -> None:
    """A program of this name."""
    (folder / name).write_text(script.format(folder=folder))
    (folder / name).chmod(0o755)


def heard(folder: Path) -> list[str]:
    file = folder / "heard"
    return file.read_text().splitlines() if file.exists() else []


def alive(folder: Path) -> list[bool]:
    """Of each program that was started, whether it still runs."""
    pids = (folder / "started").read_text().split() if (folder / "started").exists() else []
    return [Path(f"/proc/{pid}/stat").exists() for pid in pids]


def test_money_is_said_as_people_say_it() -> None:
    assert total_words(445_000) == "Totalnya empat ratus empat puluh lima ribu rupiah."
    assert change_words(1_500) == "Kembaliannya seribu lima ratus rupiah. Terima kasih."


def test_the_program_reads_the_words_and_is_told_which_language(path: Path, voice: Voice) -> None:
    install(path, "espeak-ng", SPEAKS)
    voice.say("Totalnya seribu rupiah.")
    assert wait_for(lambda: heard(path) == ["Totalnya seribu rupiah."])
    assert (path / "asked").read_text() == f"{path}/espeak-ng -v id -s 150 --stdin\n"


def test_the_first_program_that_is_there_is_taken(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(path))
    assert voice_program() is None
    for name in ("spd-say", "espeak", "espeak-ng"):
        install(path, name, SPEAKS)
        assert voice_program() == (str(path / name), *next(more for one, *more in PROGRAMS if one == name))
    (path / "espeak-ng").chmod(0o644)  # it cannot be run
    program = voice_program()
    assert program is not None
    assert program[0] == str(path / "espeak")


def test_new_words_cut_off_the_old_and_nothing_is_left_behind(path: Path, voice: Voice) -> None:
    install(path, "espeak-ng", HANGS)
    voice.say("satu")
    assert wait_for(lambda: alive(path) == [True])
    voice.say("dua")
    assert wait_for(lambda: alive(path) == [False, True])
    voice.stop()
    assert wait_for(lambda: alive(path) == [False, False])


@pytest.mark.parametrize("script", ["#!/bin/sh\nexit 1\n", "#!/no/such/shell\n"])
def test_a_broken_program_is_silence(path: Path, voice: Voice, script: str) -> None:
    install(path, "espeak-ng", script)
    for words in ("satu", "dua"):
        voice.say(words)
    install(path, "espeak-ng", SPEAKS)
    assert wait_for(lambda: voice.say("tiga") or "tiga" in heard(path))  # type: ignore[func-returns-value]


def test_the_till_says_total_and_change_only_where_it_is_wanted(path: Path, shop: Start) -> None:
    install(path, "espeak-ng", SPEAKS)
    for wanted in (False, True):
        if wanted:
            frame_of(shop).app.set("voice", "1")
            assert wait_for(lambda: heard(path) == ["Suara menyala."])
        tap_tile(desk_of(shop), "PECI")
        key(Qt.Key.Key_F9)
        if wanted:
            assert wait_for(lambda: heard(path)[1:] == [total_words(50_000)])
        write(shop, "60000")
        key(Qt.Key.Key_Return)
        if wanted:
            assert wait_for(lambda: heard(path)[2:] == [change_words(10_000)])
        key(Qt.Key.Key_Return)
        assert bool(heard(path)) == wanted


def test_a_program_that_hangs_holds_up_no_sale(path: Path, shop: Start) -> None:
    install(path, "espeak-ng", HANGS)
    frame_of(shop).app.set("voice", "1")
    for _sale in range(3):
        tap_tile(desk_of(shop), "PECI")
        key(Qt.Key.Key_F9)
        write(shop, "60000")
        key(Qt.Key.Key_Return)
        assert desk_of(shop).sale is not None
        key(Qt.Key.Key_Return)
    work.finish()
    assert sales(ledger_of(shop)) == 3
    shop.finish()
    assert wait_for(lambda: bool(alive(path)) and not any(alive(path)))


def test_where_nothing_speaks_whoever_switches_it_on_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, shop: Start
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    frame_of(shop).app.set("voice", "1")
    words = "Komputer ini tidak punya program yang bisa berbicara bahasa Indonesia."
    assert wait_for(lambda: words in desk_of(shop).till.goods.banner.accessibleName())

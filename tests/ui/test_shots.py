"""`lapak shots DIR` photographs every state of the real program; `--screenshot` the till."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from tests.cli.running import TOP
from tests.ui.hands import colors
from ui.shots.command import sample_booth
from ui.shots.states import STATES
from ui.shots.studio import Look, photograph, stage
from ui.sync.waiting_mark import WaitingMark

# The pictures of the design that the program of today is laid beside.
PICTURES = """
01-kasir 01-kasir-gelap 01-kasir-1280x720 01-kasir-1920x1080 01b-kasir-cari 02-bayar-tunai
02-bayar-tunai-gelap 02b-bayar-terpisah 03-bayar-qris 03b-layar-pembeli 03c-layar-pembeli-terima-kasih
04-selesai 05-pesanan 06-satu-hari-satu-produk 06-satu-hari-satu-produk-gelap
08-sinkron 09-stok 09b-hitung-stok 10-tutup-kasir 10a-hitung-buta 11-masuk
12-pengaturan-awal 14-komponen 14-komponen-gelap
""".split()
FEW = {"01-kasir", "11-masuk"}  # states in all looks; `shots` itself takes minutes
ONLY = """
import sys
from ui.shots import states
states.STATES = tuple(state for state in states.STATES if state.name in {names})
from ui.__main__ import main
sys.exit(main())
"""
PARTS = 4  # in which the states are brought up, so that both cores have some


def _lapak(*words: object) -> subprocess.CompletedProcess[str]:
    """The command as a program of its own: it makes its own application, and stops its clock."""
    return _run("-m", "ui", *words)


def _run(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", *map(str, words)]
    known = {**os.environ, "PYTHONPATH": str(TOP)}
    return subprocess.run(command, env=known, capture_output=True, text=True, check=False, encoding="utf-8")


def test_every_picture_of_the_design_has_its_state_and_no_two_share_a_name() -> None:
    names = [name for state in STATES for name, _look in state.looks()]
    assert set(PICTURES) <= set(names)
    assert len(names) == len(set(names))
    assert all(f"{state.name}-gelap" in names for state in STATES if state.only is None)


@pytest.fixture(scope="module")
def sample(qapp: QApplication) -> Iterator[Path]:  # noqa: ARG001 - there is one before
    """The sample that is photographed, made once."""
    with sample_booth() as path:
        yield path


@pytest.mark.usefixtures("theme")  # whose look the application has again afterwards
@pytest.mark.parametrize("part", range(PARTS))
def test_every_state_comes_up_and_none_shows_the_same_as_its_neighbours(
    sample: Path, tmp_path: Path, part: int
) -> None:
    each = -(-len(STATES) // PARTS)
    seen: dict[bytes, str] = {}
    for state in STATES[part * each : (part + 1) * each]:
        ledger = tmp_path / f"{state.name}.lapak"
        shutil.copyfile(sample, ledger)
        (name, look), *_others = state.looks()
        with stage(ledger, look, state.at) as program:
            image = photograph(state.bring(program))
        assert image.size().toTuple() == look.size, name
        small = image.scaled(64, 64)
        assert len(colors(small)) > 10, f"{name} is empty"
        other = seen.setdefault(bytes(image.constBits()), name)
        assert other == name, f"{name} shows the same as {other}"


@pytest.mark.usefixtures("theme")
def test_words_that_have_just_changed_have_their_room_in_the_picture(sample: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "sinkron.lapak"
    shutil.copyfile(sample, ledger)
    state = next(one for one in STATES if one.name == "08-sinkron")
    with stage(ledger, Look(), state.at) as program:
        photograph(state.bring(program))
        (mark,) = program.frame.findChildren(WaitingMark)
        assert "61" in mark.text()
        assert mark.width() == mark.sizeHint().width()


def test_the_command_photographs_states_in_all_their_looks(tmp_path: Path) -> None:
    folder = tmp_path / "baru" / "layar"
    names = tuple(state.name for state in STATES if state.name in FEW)
    said = _run("-c", ONLY.format(names=names), "shots", folder, "--home", tmp_path / "home")
    assert said.returncode == 0, said.stderr
    looks = {name: look.size for state in STATES if state.name in FEW for name, look in state.looks()}
    assert len(looks) > 2 * len(FEW)  # dark ones, large ones, small windows
    assert said.stdout.split() == [str(folder / f"{name}.png") for name in looks]
    images = {name: QImage(str(folder / f"{name}.png")) for name in looks}
    assert {name: image.size().toTuple() for name, image in images.items()} == looks
    seen: dict[bytes, str] = {}
    for name, image in images.items():
        assert len(colors(image.scaled(64, 64))) > 10, f"{name} is empty"
        other = seen.setdefault((folder / f"{name}.png").read_bytes(), name)
        assert other == name, f"{name} shows the same as {other}"
    assert not list((tmp_path / "home").rglob("*.lapak"))  # what it sold was thrown away
    noise = [line for line in said.stderr.splitlines() if not line.startswith("Gambar: ")]
    assert not noise


def test_a_folder_that_cannot_be_made_is_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x")
    said = _lapak("shots", tmp_path / "berkas")
    assert (said.returncode, said.stdout) == (3, "")
    assert "berkas" in said.stderr
    assert said.stderr.count("\n") == 1


@pytest.mark.parametrize(("words", "code", "told"), [(["--help"], 0, "DIR"), ([], 2, "DIR")])
def test_the_command_explains_itself(words: list[str], code: int, told: str) -> None:
    said = _lapak("shots", *words)
    assert said.returncode == code
    assert told in said.stdout + said.stderr


def test_the_screenshot_of_the_till_shows_a_cart(tmp_path: Path) -> None:
    picture = tmp_path / "kasir.png"
    assert _lapak("--screenshot", picture).returncode == 0
    image = QImage(str(picture))
    assert image.size().toTuple() == (1366, 768)
    assert image.pixelColor(1340, 690).name() == "#0f6b4f"  # the button that pays is green: there is a cart

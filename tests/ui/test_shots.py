"""`lapak shots DIR` photographs every state of the real program; `--screenshot` the till."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from tests.cli.running import TOP
from tests.ui.hands import colors
from ui.shots.states import STATES

# The pictures of the design that the program of today is laid beside.
PICTURES = """
01-kasir 01-kasir-gelap 01-kasir-1280x720 01-kasir-1920x1080 01b-kasir-cari 02-bayar-tunai
02-bayar-tunai-gelap 02b-bayar-terpisah 03-bayar-qris 03b-layar-pembeli 03c-layar-pembeli-terima-kasih
04-selesai 11-masuk 12-pengaturan-awal 14-komponen 14-komponen-gelap
""".split()


def _lapak(*words: object) -> subprocess.CompletedProcess[str]:
    """The command as a program of its own: it makes its own application, and stops its clock."""
    command = [sys.executable, "-P", "-m", "ui", *map(str, words)]
    known = {**os.environ, "PYTHONPATH": str(TOP)}
    return subprocess.run(command, env=known, capture_output=True, text=True, check=False, encoding="utf-8")


def _looks() -> dict[str, tuple[int, int]]:
    return {name: look.size for state in STATES for name, look in state.looks()}


def test_every_picture_of_the_design_has_its_state_and_no_two_share_a_name() -> None:
    names = [name for state in STATES for name, _look in state.looks()]
    assert set(PICTURES) <= set(names)
    assert len(names) == len(set(names))
    assert all(f"{state.name}-gelap" in names for state in STATES)


def test_the_command_photographs_every_state(tmp_path: Path) -> None:
    folder = tmp_path / "baru" / "layar"
    said = _lapak("shots", folder, "--home", tmp_path / "home")
    assert said.returncode == 0, said.stderr
    looks = _looks()
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

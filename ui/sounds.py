"""Short sounds at the till: a scan, a scan that means nothing, a payment. Made by us, played by the system.

Qt's sound classes are a package of their own of 200 MB; three beeps are not worth it. Never the only signal.
"""

from __future__ import annotations

import functools
import math
import shutil
import struct
import subprocess
import sys
import wave
from pathlib import Path

from pos.paths import home, private_folder

RATE = 22_050  # samples a second
TONES: dict[str, tuple[tuple[int, int], ...]] = {  # Hz, ms: DESIGN.md chapter 9
    "scanned": ((1760, 70),),
    "failed": ((330, 110), (247, 160)),
    "paid": ((880, 80), (1175, 130)),
}
LOUD = 0.25  # of what a sample can be
_PLAYERS = (("paplay",), ("pw-play",), ("aplay", "-q"), ("afplay",))


def play(name: str) -> None:
    """Play a sound of TONES and return at once. Where nothing can play it, nothing happens."""
    try:
        path = _file(name)
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
        elif _player():
            quiet = subprocess.DEVNULL
            subprocess.Popen([*_player(), str(path)], stdin=quiet, stdout=quiet, stderr=quiet)
    except (OSError, RuntimeError):
        return


def samples(name: str) -> bytes:
    """The sound as 16 bit mono samples, each tone swelling and fading so that it does not click."""
    out = bytearray()
    for hertz, ms in TONES[name]:
        count = RATE * ms // 1000
        for n in range(count):
            swell = min(1.0, n / 120, (count - n) / 400)
            out += struct.pack("<h", round(32_767 * LOUD * swell * math.sin(2 * math.pi * hertz * n / RATE)))
    return bytes(out)


@functools.cache
def _file(name: str) -> Path:
    """The sound as a file, made when it is first played."""
    path = home() / "cache" / f"{name}.wav"
    private_folder(path.parent)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples(name))
    return path


@functools.cache
def _player() -> tuple[str, ...]:
    return next((words for words in _PLAYERS if shutil.which(words[0])), ())

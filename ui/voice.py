"""The total and the change said aloud in Indonesian, where the system has a voice for that.

Qt's speech is in a package of its own; so a program of the system speaks: on Windows its own speech interface
through PowerShell, elsewhere espeak-ng or speech-dispatcher. It is started, fed and ended by a thread that
nobody waits for: however slow or broken it is, no sale knows of it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread

from pos.money import Rupiah, in_words

# Each speaks what it reads; in the order in which they are tried. 150 words a minute are easily understood.
PROGRAMS = (
    ("espeak-ng", "-v", "id", "-s", "150", "--stdin"),
    ("espeak", "-v", "id", "-s", "150", "--stdin"),
    ("spd-say", "-l", "id", "-w", "-e"),
)
# The voices of Windows lie in two places; 421 is Indonesian (MS-LCID, 0x0421). Without one it says nothing.
_WINDOWS = r"""
foreach ($place in 'Speech_OneCore', 'Speech') {
  $voices = New-Object -ComObject SAPI.SpObjectTokenCategory
  $voices.SetId("HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\$place\Voices")
  $found = $voices.EnumerateTokens('Language=421')
  if ($found.Count -gt 0) {
    $voice = New-Object -ComObject SAPI.SpVoice
    $voice.Voice = $found.Item(0)
    [void]$voice.Speak([Console]::In.ReadToEnd())
    exit 0
  }
}
exit 1
"""
HELLO = "Suara menyala."
_LEAVE_S = 1.0  # for a program to end by itself


def total_words(total: Rupiah) -> str:
    """What the buyer is told when they are to pay. Indonesian in every language of the program."""
    return f"Totalnya {in_words(total)} rupiah."


def change_words(change: Rupiah) -> str:
    """What the buyer is told with the change."""
    return f"Kembaliannya {in_words(change)} rupiah. Terima kasih."


def voice_program() -> tuple[str, ...] | None:
    """The command that speaks what it reads; None where the system has none that is known."""
    if sys.platform == "win32":
        shell = shutil.which("powershell")
        return (shell, "-NoProfile", "-NonInteractive", "-Command", _WINDOWS) if shell else None
    for name, *more in PROGRAMS:
        if path := shutil.which(name):
            return path, *more
    return None


class Voice:
    """Says the newest words; what it was saying is cut off."""

    def __init__(self) -> None:
        self._words: SimpleQueue[str | None] = SimpleQueue()
        self._thread: Thread | None = None

    def say(self, words: str) -> None:
        """Say this as soon as it can be; returns at once."""
        if self._thread is None:
            self._thread = Thread(target=self._speak, name="voice", daemon=True)
            self._thread.start()
        self._words.put(words)

    def stop(self) -> None:
        """Say nothing more."""
        if self._thread is not None:
            self._words.put(None)
            self._thread = None

    def _speak(self) -> None:
        """On its own thread."""
        program, speaking = voice_program(), None
        while (words := self._words.get()) is not None:
            if not self._words.empty():
                continue  # there are newer ones
            _end(speaking)
            speaking = _begin(program, words) if program else None
        _end(speaking)


def _begin(program: tuple[str, ...], words: str) -> subprocess.Popen[bytes] | None:
    flags, quiet = 0, subprocess.DEVNULL
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW
    with suppress(OSError):
        speaking = subprocess.Popen(
            program, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, creationflags=flags
        )
        if speaking.stdin:
            with suppress(OSError):  # it is gone already
                speaking.stdin.write(words.encode("ascii", "replace"))
            with suppress(OSError):
                speaking.stdin.close()
        return speaking
    return None


def _end(speaking: subprocess.Popen[bytes] | None) -> None:
    """Cut it off, and leave nothing of it behind."""
    if speaking is None:
        return
    if speaking.poll() is None:
        speaking.terminate()
        try:
            speaking.wait(_LEAVE_S)
        except subprocess.TimeoutExpired:
            speaking.kill()
            speaking.wait()

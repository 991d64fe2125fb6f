"""From the start of the process to first paint, ready till and open ledger, against an empty window."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from pos.sample import open_sample
from tests.bench.figures import Figure

ROUNDS = 15
_ROOT = Path(__file__).parent.parent.parent
_EMPTY = """
import sys
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        print("first-paint", file=sys.stderr, flush=True)
        app.exit()
app = QApplication([])
for path in sys.argv[1:]:
    QFontDatabase.addApplicationFont(path)
font = QFont("Plus Jakarta Sans")
font.setFeature(QFont.Tag("tnum"), 1)
app.setFont(font)
window = Window()
window.resize(1366, 768)
window.show()
app.exec()
"""


def run(folder: Path, *, quick: bool) -> list[Figure]:
    """First paint and readiness of the till on the sample exhibition, offscreen."""
    ledger = folder / "contoh.lapak"
    open_sample(ledger).close()
    fonts = [str(path) for path in sorted((_ROOT / "resources/fonts").glob("PlusJakartaSans-*.ttf"))]
    empty = [sys.executable, "-c", _EMPTY, *fonts]
    till = [sys.executable, "-m", "ui", str(ledger), "--home", str(folder)]
    env = _environment(folder)
    for command in (empty, till):
        _marks(command, env)
    floor, paint, ready, settled = [], [], [], []
    for n in range(3 if quick else ROUNDS):
        if n % 2:
            bare, ours = _marks(empty, env), _marks(till, env)
        else:
            ours, bare = _marks(till, env), _marks(empty, env)
        floor.append(bare["first-paint"])
        paint.append(ours["first-paint"])
        ready.append(ours["ready"])
        settled.append(ours["ledger"])
    return [
        Figure(
            "first paint of the till",
            median(paint),
            median(floor),
            1.3,
            "against an empty window with the same font",
        ),
        Figure(
            "ready to sell",
            median(ready),
            median(floor),
            2.5,
            "the goods are painted, taps and search and cart work",
        ),
        Figure(
            "ledger open behind it",
            median(settled),
            median(floor),
            None,
            "from here a sale is stored without waiting; one paid before waits until here",
        ),
    ]


def _environment(folder: Path) -> dict[str, str]:
    """As on a laptop where the till was started before: Python has kept what it compiled (here in `folder`).

    So has it for the empty window.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
        "QT_QPA_PLATFORM": "offscreen",
        "LAPAK_TRACE_START": "1",
    }


def _marks(command: list[str], env: dict[str, str]) -> dict[str, float]:
    """How much CPU time the process had taken when it said what, in ms. It is ended after its last mark.

    A start waits for nothing but the processor, so on a quiet machine this is the time that passes (measured:
    3 % less, with the empty window too). On a busy one the time that passes tells of the others: between two
    runs its ratio went from 2.3 to 3.8.
    """
    process = subprocess.Popen(command, cwd=_ROOT, env=env, stderr=subprocess.PIPE, text=True)
    clock = ~process.pid << 3 | 2  # as clock_getcpuclockid(3) has it: all threads, those that ended too
    marks: dict[str, float] = {}
    last = "first-paint" if "-c" in command else "ledger"
    assert process.stderr is not None
    for line in process.stderr:
        word = line.split()[0] if line.split() else ""
        marks.setdefault(word, time.clock_gettime(clock) * 1000)
        if word == last:
            break
    process.kill()
    process.wait()
    process.stderr.close()
    return marks

"""How the till comes up: a window at once, the ledger and all that sells right after its first paint."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from pos.errors import UserError
from pos.paths import home
from pos.text import _
from ui.faults import catch_bugs
from ui.theme import Theme, load_fonts, load_theme
from ui.window import Window

if TYPE_CHECKING:  # imported after the first paint: SQLAlchemy alone costs as much as Qt
    from pos.ledger import Ledger
    from ui.frame import Frame

SAMPLE = "contoh.lapak"  # in home()


def open_till(ledger: Path | None, *, dark: bool = False) -> int:
    """Show the till with `ledger`, or with the one in home(), or with a new sample exhibition there.

    Returns the exit code when the window is closed.
    """
    if not _has_screen():
        sys.stderr.write(_("There is no screen here; the commands work without one: lapak --help") + "\n")
        return UserError.exit_code
    gc.disable()  # until the till is ready: loading makes much and leaves little behind
    qt = QApplication.instance() or QApplication(["lapak"])
    theme = load_theme("dark" if dark else "light")
    dress(theme)
    till = Start(Window(theme), ledger)
    catch_bugs(till.tell_bug)
    till.window.show()
    code = qt.exec()
    till.finish()
    return code or till.code


def dress(theme: Theme) -> None:
    """Fonts and colours of the whole application."""
    load_fonts()
    QApplication.setFont(theme.font("body"))
    QApplication.setPalette(theme.palette())
    QApplication.setApplicationName("lapak")
    QApplication.setApplicationDisplayName("Lapak")


class Start(QObject):
    """One start of the till: `window` at once, then `frame` in it, or why that was not possible (`code`).

    `ready` fires when the first item can be tapped.
    """

    ready = Signal()

    def __init__(self, window: Window, ledger: Path | None) -> None:
        super().__init__()
        self.window = window
        self.frame: Frame | None = None
        self.code = 0
        self._wanted = ledger
        self._ledger: Ledger | None = None
        window.painted.connect(lambda: QTimer.singleShot(0, self._seen))

    def finish(self) -> None:
        """Wait for what still runs in the background, and let go of the ledger."""
        from ui import work

        work.finish()
        if self._ledger:
            self._ledger.close()

    def _seen(self) -> None:
        """The outline is on the screen: now the heavy part."""
        trace("first-paint")
        from ui import work

        wanted = self._wanted
        work.run(lambda: find_ledger(wanted), done=self._open, failed=self._refuse)

    def _open(self, ledger: Ledger) -> None:
        from ui.app import App
        from ui.frame import Frame

        self._ledger = ledger
        try:
            self.frame = Frame(App(ledger, self.window.theme))
        except UserError as error:
            self._refuse(error)
            return
        self.window.show_content(self.frame)
        QTimer.singleShot(0, self._ready)

    def _ready(self) -> None:
        trace("ready")
        self.ready.emit()
        gc.enable()
        gc.freeze()  # what is loaded now stays; looking through it again takes time from the cashier
        if self.frame:
            self.frame.desk.prepare()

    def _refuse(self, error: UserError) -> None:
        from ui.refusal import Refusal

        self.code = error.exit_code
        self.window.show_content(Refusal(error, self.window.theme))

    def tell_bug(self, what: str, log: Path) -> None:
        """A bug showed itself; the till goes on."""
        from ui.tell import tell

        text = _(
            "What was sold is stored and safe. You can go on. If it happens again, show {file} to an officer."
        )
        title = _("Something in the program went wrong ({what})")
        tell(self.window, self.window.theme, title.format(what=what), text.format(file=log))


def find_ledger(wanted: Path | None) -> Ledger:
    """Open the ledger named, or the newest in home(), or a new sample exhibition. Raises as `open_ledger`."""
    from pos.ledger import open_ledger

    sample = home() / SAMPLE
    if wanted is None:
        own = [path for path in home().glob("*.lapak") if path != sample]
        wanted = max(own, key=lambda path: path.stat().st_mtime, default=sample)
    if wanted == sample and not sample.exists():
        from pos.sample import open_sample

        return open_sample(sample)
    return open_ledger(wanted)


def trace(mark: str) -> None:
    """Say on stderr how far the start has come, when LAPAK_TRACE_START is set (for the benchmark)."""
    if os.environ.get("LAPAK_TRACE_START"):
        sys.stderr.write(f"{mark}\n")
        sys.stderr.flush()


def _has_screen() -> bool:
    """Qt ends the process when X or Wayland is wanted and there is none."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))

"""How the till comes up: a window at once, then the goods, and behind them the ledger."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from pos.errors import UserError, WorldFailed
from pos.paths import SAMPLE, TRAINING, home
from pos.practice import is_training
from pos.settings import known, read_machine
from pos.text import _
from ui.dress import dress, theme_of
from ui.late_ledger import LateLedger, opened
from ui.trouble import Trouble
from ui.which_books import central_books, find_ledger
from ui.window import Window

if TYPE_CHECKING:  # imported after the first paint: SQLAlchemy alone costs as much as Qt
    from pos.ledger import Ledger
    from pos.opening import Opening
    from pos.setup import Made
    from ui.frame import Frame
    from ui.refusal import Refusal
    from ui.running import Running
    from ui.training.before import Before
    from ui.training.room import Training


def open_till(ledger: Path | str | None, *, dark: bool = False, setup: bool = False) -> int:
    """Show the till with `ledger`, or with the one in home(), or with a new sample exhibition there; with
    `setup` the assistant of the first start before that. With a central file, or the address of a central
    database, it is the office's program.

    Returns the exit code when the window is closed.
    """
    if not _has_screen():
        sys.stderr.write(_("There is no screen here; the commands work without one: lapak --help") + "\n")
        return UserError.exit_code
    qt = QApplication.instance() or QApplication(["lapak"])
    machine = read_machine() | ({"theme": "dark"} if dark else {})
    theme = theme_of(machine)
    dress(theme)
    till = Start(Window(theme), ledger, machine)
    till.setting_up = setup
    trouble = Trouble(till.window, lambda: till.frame)
    till.settled.connect(trouble.begin)
    qt.aboutToQuit.connect(till.finish)  # where Windows ends the session nothing behind exec() is reached
    qt.aboutToQuit.connect(trouble.end)
    till.window.show_at_best()
    code = qt.exec()
    return code or till.code


class Start(QObject):
    """One start of the till: `window` at once, then `frame` in it, or why that was not possible (`code`).

    `ready` fires when the goods are on the screen and the first one can be tapped, `settled` when the ledger
    behind them is open, so that a sale need not wait, or was told not to open.
    """

    ready = Signal()
    settled = Signal()

    def __init__(
        self, window: Window, ledger: Path | str | None, machine: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(window)  # what still comes from the background then falls away with the window
        self.window = window
        self.machine = dict(machine if machine is not None else known({}, booth=False))
        self.frame: Frame | None = None
        self.running: Running | None = None
        self.code = 0
        self.setting_up = False  # the assistant, or a copy, is in the window, or comes with the first paint
        self._warning: UserError | None = None  # what is told as soon as there is a till to tell it
        self._wanted = ledger
        self._ledger: LateLedger | None = None
        self.training: Training | None = None  # what stands around `frame` in training
        self._before: Before | None = None  # where one was before training
        self._back: Before | None = None  # where to go back to from it
        window.painted.connect(lambda: QTimer.singleShot(0, self, self._painted))

    def finish(self) -> None:
        """Wait for what still runs in the background, and let go of the ledger."""
        from ui import work

        if self.running:
            self.running.finish()
        work.finish()
        if self._ledger:
            self._ledger.close()

    def show_setup(self) -> None:
        """The assistant of the first start, in the place of the till."""
        from ui.setup.page import SetupPage

        self._put_away()
        self.setting_up = True
        page = SetupPage(self.window.theme)
        page.made.connect(self._open_made)
        page.office.connect(lambda _where: self.open_ledger(None))
        page.left.connect(lambda: self.open_ledger(None))
        page.sample.connect(lambda: self.open_ledger(home() / SAMPLE))
        page.moving.connect(self.show_restore)
        self.window.show_content(page)
        self.window.wear_emblem()

    def show_restore(self, place: Path | str | None = None) -> None:
        """Make a ledger of a copy: at `place`, whose ledger is gone, or that of another laptop."""
        from ui.restoring.page import RestorePage

        self._put_away()
        self.setting_up = True
        page = RestorePage(self.window.theme, place if isinstance(place, Path) else None)
        page.made.connect(self.open_ledger)
        page.left.connect(self.show_setup if place is None else lambda: self.open_ledger(self._wanted))
        self.window.show_content(page)

    def open_ledger(self, path: Path | str | None) -> None:
        """Another ledger's till in the place of what is there; None for what this machine begins with."""
        self._put_away()
        self._wanted, self.setting_up, self.code = path, False, 0
        self._begin()

    def begin_training(self) -> None:
        """Training with the goods of the booth that is open, in a ledger of its own that is made anew."""
        frame, ledger = self.frame, self._ledger
        if frame is None or ledger is None or not isinstance(ledger.path, Path) or not frame.sells:
            return
        from ui.training.before import Before

        source, path, app = ledger.path, home() / TRAINING, frame.app
        before = Before(self._wanted, None if app.locked else app.signed_in, frame.shown)
        cashier = "" if app.locked else app.cashier.code
        self._put_away()
        self._before, self._wanted, self.setting_up, self.code = before, path, False, 0

        def make() -> Ledger:
            from pos.training import make_training

            return make_training(source, path, cashier)

        self._ledger = LateLedger(path, make)
        self._open(self._show, self._leave_training)

    def end_training(self) -> None:
        """Back to where one was; signed in still, unless somebody has locked meanwhile."""
        before, app = self._before, self.frame.app if self.frame else None
        if before is None:
            return
        self._back = before if app and before.still_there(app) else None
        self._before = None
        self.open_ledger(before.wanted)

    def _leave_training(self, error: UserError) -> None:
        """It could not be made: the booth goes on, and says why."""
        self._warning = error
        self.end_training()

    def _open_made(self, made: Made) -> None:
        """The booth of the assistant, in the look that was chosen there."""
        self.machine = read_machine()
        self.window.theme = theme_of(self.machine)
        dress(self.window.theme)
        self._warning = made.warning
        self.open_ledger(made.path)

    def _put_away(self) -> None:
        """Let go of the ledger that is open; its cart is kept. Its screens go when others come."""
        from ui import work

        if self.frame:
            self.machine = dict(self.frame.app.machine)  # what was set since the program began
        frame, self.frame = self.frame, None  # what is told from now on, its ledger's opening, is for nobody
        if frame:
            frame.setEnabled(False)  # it may stay in sight for as long as another ledger takes to open
        if self.running:
            self.running.leave()
        work.finish()
        if self._ledger:
            self._ledger.close()
        self.running, self._ledger = None, None

    def _painted(self) -> None:
        """The outline is on the screen, or what took its place: there only a till's first screens matter."""
        if self.window.outlined:
            if self.setting_up:
                self.show_setup()
            elif self._ledger is None:
                self._begin()
        elif self.frame and self.running is None:
            self._ready()

    def _begin(self) -> None:
        """The outline is on the screen: now the goods."""
        trace("first-paint")
        from pos.opening import read_opening

        path = find_ledger(self._wanted)
        self._ledger = LateLedger(path)
        office = path == central_books()  # its share may take long to be not there: not on this thread
        opening = read_opening(path) if isinstance(path, Path) and not office else None
        if opening and opening.device.role == "booth":
            self._show(opening)
        else:  # there is none yet, or only the ledger can tell what is wrong with it
            self._open(self._show, self._refuse)

    def _open(self, done: Callable[[Opening], object], failed: Callable[[UserError], object]) -> None:
        """Open the ledger in the background."""
        from ui import work

        if self._ledger:
            ledger = self._ledger.get
            work.run(lambda: opened(ledger), done=done, failed=failed)

    def _show(self, opening: Opening) -> None:
        from ui.app import App
        from ui.frame import Frame
        from ui.screens import first_of

        if self._ledger:
            app = App(opening, self._ledger.get, self.window.theme, self.machine)
            # Not under the hands of the button that was pressed.
            app.setup_wanted.connect(lambda: QTimer.singleShot(0, self, self.show_setup))
            app.ledger_wanted.connect(lambda path: QTimer.singleShot(0, self, lambda: self.open_ledger(path)))
            app.training_wanted.connect(lambda on: QTimer.singleShot(0, self, lambda: self._train(on=on)))
            back, self._back = self._back, None
            shown = back.come_back(app) if back else first_of(app)
            self.frame = Frame(app, shown)
            self._mark_practice(self.frame)
            self.window.show_content(self.frame)

    def _train(self, *, on: bool) -> None:
        if on:
            self.begin_training()
        else:
            self.end_training()

    def _mark_practice(self, frame: Frame) -> None:
        """Over a sample's goods stands that it is one, and the way to a booth of one's own; training has a
        frame.
        """
        self.training = None
        if is_training(frame.app.device):
            from ui.training.room import Training

            self.training = Training(frame)
        elif frame.app.device.sample:
            from ui.sample_strip import SampleStrip

            frame.put_above(SampleStrip(frame.app))

    def _ready(self) -> None:
        """The goods are on the screen: now what a sale needs, and what only looks nice."""
        trace("ready")
        self.ready.emit()
        if self.frame:
            if self.frame.sells:
                self.frame.desk.till.goods.grid.load_pictures()
            self._open(self._settle, self._tell)

    def _settle(self, opening: Opening) -> None:
        """The ledger is open, and says how the booth stands."""
        trace("ledger")
        if self.frame:
            self.frame.app.renew(opening)
            if self.frame.sells:
                self.frame.desk.prepare()
                self.frame.desk.tell_last()
            self._live()
            self._warning = self._warning or (self._ledger.told if self._ledger else None)
            if self._warning:
                self.frame.app.failed.emit(self._warning)
                self._warning = None
        self._collect_garbage()
        self.settled.emit()

    def _live(self) -> None:
        """What a running till does beside selling: it follows its settings and locks itself."""
        if self.frame:
            from ui.running import Running

            self.running = Running(self.window, self.frame.app, self._show_anew)
            self.running.attach(self.frame)
            if self.training:
                self.training.begin(guided=True)
        self.window.wear_emblem()

    def _show_anew(self) -> None:
        """The same app in another language or look: its widgets are made anew, where they were."""
        from ui.frame import Frame

        if self.frame:
            self.frame = Frame(self.frame.app, self.frame.shown)
            self._mark_practice(self.frame)
            if self.frame.sells:
                self.frame.desk.till.goods.grid.load_pictures()
            self.window.show_content(self.frame)
            if self.frame.sells:
                self.frame.desk.prepare()
            if self.running:
                self.running.attach(self.frame)
            if self.training:
                self.training.begin(guided=False)

    def _tell(self, error: UserError) -> None:
        """The ledger does not open although it could be read. The cart stays, and paying tries again; where
        the file itself is no longer whole, nothing can be sold, and the ways out are shown instead.
        """
        if _restorable(error):
            self._put_away()
            self._refuse(error)
        elif self.frame:
            self.frame.app.failed.emit(error)
        self._collect_garbage()
        self.settled.emit()

    def _collect_garbage(self) -> None:
        from ui.garbage import Garbage

        if not self.findChildren(Garbage):
            Garbage(self)

    def _refuse(self, error: UserError) -> None:
        from ui.refusal import Refusal

        self.code = error.exit_code
        path = find_ledger(self._wanted)
        office = path == central_books()
        page = Refusal(error, self.window.theme, office=office, lost=not office and _restorable(error))
        page.restore.connect(lambda: self.show_restore(path))
        page.rescue.connect(lambda: self._rescue(page, path))
        page.again.connect(lambda: self.open_ledger(self._wanted))
        page.setup.connect(self.show_setup)
        self.window.show_content(page)

    def _rescue(self, page: Refusal, path: Path | str) -> None:
        """Make the damaged ledger whole of what can be read, then open it and tell what came of it."""
        from pos.salvage import Salvaged, salvage, salvaged_words
        from ui import work

        def done(made: Salvaged) -> None:
            beside = _("The damaged ledger is kept as {file}.").format(file=made.aside and made.aside.name)
            self._warning = WorldFailed(salvaged_words(made), beside)
            self.open_ledger(path)

        def failed(error: UserError) -> None:
            page.say(_("The till cannot be opened"), error.message, error.hint)

        words = _("What can be read is being put into a whole ledger…"), _("The damaged one is kept.")
        page.say(_("A moment"), *words, busy=True)
        work.run(lambda: salvage(Path(path)), done=done, failed=failed)


def _restorable(error: UserError) -> bool:
    from pos.restore import worth_restoring

    return worth_restoring(error)


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

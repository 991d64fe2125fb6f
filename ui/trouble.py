"""When something breaks: bugs are told once and kindly; a run that was cut off is told of by the next."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from pos.errors import UserError
from pos.text import _, clock_time
from ui.faults import Faults
from ui.window import Window

if TYPE_CHECKING:  # imported when something broke, or behind the first paint
    from pos.bugs import Bug
    from pos.ledger import Ledger
    from pos.sales_search import Found
    from pos.sessions import Session
    from ui.frame import Frame
    from ui.watchdog import Watchdog


class Trouble(QObject):
    """Watches over one start of the till, until `end`."""

    def __init__(self, window: Window, frame: Callable[[], Frame | None]) -> None:
        """`frame` gives what is in the window just now, if it is a till."""
        super().__init__(window)
        self._window, self._frame = window, frame
        self._telling = False
        self._watchdog: Watchdog | None = None
        self._faults = Faults(self)
        self._faults.met.connect(self.tell)
        self._faults.told.connect(self._told)
        self._faults.catch()
        self._session: Session | None = None

    def end(self) -> None:
        """The program ends as it should; once is enough."""
        if self._watchdog:
            self._watchdog.end()
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
        if self._session:
            self._session.end()
        self._faults.release()

    def tell(self, bug: Bug) -> None:
        """One window at a time, however often it happens; the till goes on behind it."""
        from ui.tell import tell

        if self._telling:
            return
        self._telling = True  # already now: a bug in the telling itself would be told without end
        window = self._window
        title = _("Something in the program went wrong")
        text = _(
            "What was paid is stored and safe, and you can go on. If it happens again, tell the code {code} "
            "to whoever looks after the program, or save a report. It holds no names and no amounts."
        )
        shown = tell(
            window, window.theme, title, text.format(code=bug.code), (_("Save a report"), self.save_report)
        )
        shown.finished.connect(self._closed)

    def save_report(self) -> None:
        """Write what helps to find it beside the reports, and show it."""
        from ui import work
        from ui.issue import open_file

        ledger, face = self._ledger(), self._face()
        work.run(lambda: _saved(ledger, face), done=open_file, failed=self._told, lane="reports")

    def _closed(self) -> None:
        self._telling = False

    def _told(self, error: UserError) -> None:
        """Something that failed and that nobody waited for."""
        frame = self._frame()
        if frame:
            frame.app.failed.emit(error)
        else:
            from ui.tell import tell

            tell(self._window, self._window.theme, error.message, error.hint)

    def begin(self) -> None:
        """The first till is there: from now on it is watched, and what was cut off is told, once."""
        if self._watchdog is not None:
            return
        from pos.bugs import note
        from pos.sessions import begin_session
        from ui import work
        from ui.watchdog import Watchdog

        self._faults.hear_qt()
        self._watchdog = Watchdog(self)
        # At a shutdown. Python looks at it with the next beat of the watchdog, or in the middle of what it
        # does, such as painting, where closing the windows would end it badly: so the closing waits.
        signal.signal(signal.SIGTERM, lambda *_told: QTimer.singleShot(0, QCoreApplication.quit))
        self._session, cut_off = begin_session()
        if self._session:
            self._session.catch_crashes()
        for trace in cut_off:
            note(f"the run before was cut off\n{trace}".rstrip())
        frame, ledger = self._frame(), self._ledger()
        if cut_off and frame and frame.sells and ledger and ledger.device:
            work.run(partial(_newest, ledger), done=self._tell_cut_off, failed=self._told)

    def _tell_cut_off(self, last: Found | None) -> None:
        frame = self._frame()
        if frame is None or not frame.sells:
            return
        banner = frame.desk.till.goods.banner
        if not banner.isHidden():  # such as what came of a damaged ledger: not all of it may be there
            return
        hint = _("Everything that was paid is stored.")
        if last:
            hint = _("Everything that was paid is stored, up to {number} at {time}.").format(
                number=last.number, time=clock_time(last.at)
            )
        banner.say("info", _("The program was cut off the last time."), hint)

    def _ledger(self) -> Ledger | None:
        frame = self._frame()
        if frame is None:
            return None
        try:
            return frame.app.ledger
        except UserError:
            return None

    def _face(self) -> dict[str, str]:
        """What the screen knows of itself."""
        import PySide6
        from PySide6.QtGui import QGuiApplication

        window = self._window
        screens = ", ".join(
            f"{one.size().width()}x{one.size().height()} x{one.devicePixelRatio():g}"
            for one in QGuiApplication.screens()
        )
        return {
            "Qt": PySide6.__version__,
            "platform": QGuiApplication.platformName(),
            "screens": screens,
            "window": f"{window.width()}x{window.height()}",
        }


def _saved(ledger: Ledger | None, face: Mapping[str, str]) -> Path:
    from pos.support import save_report

    return save_report(ledger, face)


def _newest(ledger: Ledger) -> Found | None:
    """The last sale of this laptop."""
    from pos.sales_search import find_papers

    own = ledger.own().code
    return next((one for one in find_papers(ledger) if one.kind == "sale" and one.device == own), None)

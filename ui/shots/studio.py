"""The program set up for being photographed: real screens over a sample ledger whose clock stands still."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QCoreApplication,
    QEvent,
    QIODevice,
    QMessageLogContext,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QImage, QImageWriter, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos.clock import stopped_at
from pos.ledger import Ledger, open_ledger
from pos.practice import practice_word
from ui import work
from ui.app import App
from ui.dress import dress
from ui.frame import Frame
from ui.garbage import collect
from ui.theme import Mode, load_theme
from ui.till.desk import Desk
from ui.window import Window

SIZE = (1366, 768)  # px, that of the pictures
AFTERNOON = (14, 7)  # what the clock shows


class Look(NamedTuple):
    """How a screen is looked at: colours, display size (1.0 is 100 %), size of the window in px."""

    mode: Mode = "light"
    scale: float = 1.0
    size: tuple[int, int] = SIZE


class Stage:
    """The whole program over one ledger, in its window. Nothing moves, so a picture needs no waiting."""

    def __init__(self, ledger: Ledger, look: Look) -> None:
        self.look = look
        self.theme = load_theme(look.mode, look.scale, calm=True)
        dress(self.theme)
        self.app = App.over(ledger, self.theme)
        self.frame = Frame(self.app)
        self.window = Window(self.theme)
        self.window.show_content(self.frame)
        self.show(self.window)
        self.desk.till.goods.grid.load_pictures()
        self.desk.prepare()
        device = self.app.device
        self.desk.till.prepared_sheet().set_qris(
            self.app.setting("qris"), with_amount=True, practice=practice_word(device), booth=device.name
        )
        self._also: list[Ledger] = []
        self.rest()

    def open_office(self, ledger: Ledger) -> None:
        """Go on with the office's program over a central ledger, in the same window."""
        self.go_on_with(App.over(ledger, self.theme), ledger)

    def go_on_with(self, app: App, ledger: Ledger) -> None:
        """Go on with another app, over a ledger that is closed in the end, in the same window."""
        self._also.append(ledger)
        self.app = app
        self.frame = Frame(self.app)
        self.window.show_content(self.frame)
        self.show(self.window)
        if self.frame.sells:
            self.desk.till.goods.grid.load_pictures()
            self.desk.prepare()
            self.rest()

    @property
    def desk(self) -> Desk:
        """The till."""
        return self.frame.desk

    def show(self, inside: QWidget) -> None:
        """Give the window of a widget the size that is wanted, and the keyboard."""
        window = inside.window()
        window.resize(*self.look.size)
        window.setUpdatesEnabled(False)  # it is painted once, when it is photographed
        window.show()
        if not window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating):
            window.activateWindow()
        self.rest()

    def rest(self) -> None:
        """Let the program do all that it has begun, in the background too."""
        QApplication.processEvents()
        work.finish()
        QApplication.processEvents()

    def press(self, *keys: str) -> None:
        """Press keys by their names (`Ctrl+B`), one after the other, where the keyboard is."""
        for name in keys:
            QTest.keySequence(self._keyboard, QKeySequence(name))
        self.rest()

    def type(self, text: str) -> None:
        """Type where the keyboard is."""
        QTest.keyClicks(self._keyboard, text)
        self.rest()

    def close(self) -> None:
        """Put all away, on this thread."""
        self.rest()
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        for ledger in self._also:
            ledger.close()
        collect()

    @property
    def _keyboard(self) -> QWidget:
        return QApplication.focusWidget() or self.frame


@contextmanager
def stage(path: Path, look: Look, at: tuple[int, int] = AFTERNOON) -> Iterator[Stage]:
    """The program over the ledger at `path`, at that hour and minute of its day. Raises as `open_ledger`."""
    with closing(open_ledger(path)) as ledger:
        hour, minute = at
        ledger.clock = stopped_at(ledger.clock.now().replace(hour=hour, minute=minute, second=0))
        set_up = Stage(ledger, look)
        try:
            yield set_up
        finally:
            set_up.close()


def application() -> QApplication:
    """The one application, made when there is none; it wants the platform `offscreen`."""
    gc.disable()  # as in the program (ui/garbage.py): a Stage collects when it is put away
    made = QApplication.instance() or QApplication(["lapak"])
    if not isinstance(made, QApplication):
        raise TypeError("there is an application without windows")
    qInstallMessageHandler(_hear_qt)
    made.setCursorFlashTime(0)  # the text cursor is always seen
    made.setDoubleClickInterval(0)  # nothing waits for the second half of a double click
    return made


def _hear_qt(_kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Pass on what Qt complains of, save what its platform without a screen says of every window."""
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(f"{text}\n")


def photograph(inside: QWidget) -> QImage:
    """The window of a widget as it is now."""
    window = inside.window()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)  # what now has another size
    window.setUpdatesEnabled(True)
    picture = window.grab()
    window.setUpdatesEnabled(False)
    return picture.toImage().convertToFormat(QImage.Format.Format_RGB32)


def as_png(image: QImage) -> bytes:
    """A picture as the bytes of a PNG file."""
    taken = QByteArray()
    buffer = QBuffer(taken)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"png"))
    writer.setCompression(30)  # of 100: half the time for a little more disk
    writer.write(image)
    return bytes(taken.data())

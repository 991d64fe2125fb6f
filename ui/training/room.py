"""Training around the screens of a till: its frame and strip, the scanner, the printer, the lesson."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPainter

from pos.training import PAPERS
from ui.app import App
from ui.fill import fill
from ui.frame import Frame
from ui.training.lesson import Lesson, Room
from ui.training.printer import PracticePrinter
from ui.training.scanner import PracticeScanner
from ui.training.strip import TrainingStrip

AROUND = 6  # px at 100 %: the frame around everything


class Training(QObject):
    """Lives as long as the screens that it stands around."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        app = frame.app
        strip = TrainingStrip(app)
        self.room = Room(frame, strip, PracticeScanner(frame), PracticePrinter(frame, _papers(app)))
        self.lesson = Lesson(self.room)
        frame.put_above(strip)
        frame.setContentsMargins(*[app.theme.px(AROUND)] * 4)
        strip.scanner.connect(self.room.scanner.toggle)
        strip.lesson.connect(self.lesson.begin)
        self.lesson.left.connect(lambda: app.training_wanted.emit(False))
        app.locked_changed.connect(self._follow_lock)
        frame.desk.currentChanged.connect(lambda _page: self._follow_page())
        frame.installEventFilter(self)

    def begin(self, *, guided: bool) -> None:
        """The scanner is there by now; who comes in is `guided`, another look needs no guide."""
        if scanner := self.room.frame.app.scanner:
            scanner.judged.connect(lambda _verdict: self.lesson.hear())
            scanner.scanned.connect(self.lesson.heard)
        if guided:
            self.lesson.begin()

    def eventFilter(self, _frame: QObject, event: QEvent) -> bool:
        """What is around the screens is yellow; in a window of another size everything stands elsewhere."""
        frame = self.room.frame
        if event.type() == QEvent.Type.Paint:
            fill(QPainter(frame), frame.rect(), frame.app.theme.color("training"))
        elif event.type() == QEvent.Type.Resize:
            self.room.scanner.place()
            self.room.printer.place()
        return False

    def _follow_lock(self) -> None:
        if self.room.frame.app.locked:
            self.room.scanner.hide()
            self.room.printer.hide()

    def _follow_page(self) -> None:
        """The next sale: the paper of the last one goes."""
        if self.room.frame.desk.sale is None:
            self.room.printer.hide()


def _papers(app: App) -> Path | None:
    """Where the practice printer's bytes lie."""
    path = app.ledger.path
    return path.with_name(PAPERS) if path else None

"""The guided first sale: eight steps with the booth's own goods, each waiting until it was really done."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, QPoint, QRect, QTimer, Signal
from PySide6.QtWidgets import QWidget

from pos.text import _
from ui.frame import Frame
from ui.training.coach import Coach
from ui.training.printer import PracticePrinter
from ui.training.scanner import PracticeScanner
from ui.training.strip import TrainingStrip

LOOK_MS = 150  # how often it looks whether a step was done: only while the guide is there


class Room(NamedTuple):
    """What the lesson is given in: the screens of training and what helps there."""

    frame: Frame
    strip: TrainingStrip
    scanner: PracticeScanner
    printer: PracticePrinter


class Begun(NamedTuple):
    """How it stood when a step began; `papers` are those that somebody asked for."""

    pieces: int
    scans: int
    papers: int


class Step(NamedTuple):
    """What to do, at what, and how it is seen that it was done. Without `at` nothing is pointed at; `free` is
    what the words are about beside it.
    """

    words: Callable[[], str]
    at: Callable[[Room], QWidget | tuple[QWidget, QRect] | None]
    done: Callable[[Room, Begun, Begun], bool]
    free: Callable[[Room], tuple[QWidget, ...]] = lambda _room: ()


class Lesson(QObject):
    """Goes from step to step. `ended` when the last was done, or the guide was sent away."""

    ended = Signal()
    left = Signal()  # back to the booth

    def __init__(self, room: Room) -> None:
        super().__init__(room.frame)
        self.room = room
        self.coach = Coach(room.frame, room.frame.app.theme)
        self.place = -1  # of STEPS; their count: it is over, and says so
        self._scans = self._before = 0
        self._begun = Begun(0, 0, 0)
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        bubble = self.coach.bubble
        bubble.skipped.connect(self.end)
        bubble.again.connect(self.begin)
        bubble.back.connect(self.left)

    def begin(self) -> None:
        """From the first step on."""
        self.room.frame.choose(0)
        self._go_to(0)
        self._timer.start()

    def end(self) -> None:
        """No more guide."""
        self._timer.stop()
        self.place = -1
        self.coach.go()
        self.ended.emit()

    def hear(self) -> None:
        """Something is scanned: what it does comes next."""
        self._before = self._now().pieces

    def heard(self) -> None:
        """Something was scanned; it counts when it is in the cart."""
        self._scans += self._now().pieces > self._before

    def look(self) -> None:
        """Whether the step was done by now; and where the thing is that it is about."""
        now = self._now()
        if self.place < len(STEPS) and STEPS[self.place].done(self.room, self._begun, now):
            self._go_to(self.place + 1)
            return
        self._point()

    def _go_to(self, place: int) -> None:
        self.place = place
        self._begun = self._now()
        bubble = self.coach.bubble
        if place < len(STEPS):
            count = _("Step {step} of {steps}").format(step=place + 1, steps=len(STEPS))
            bubble.say(count, STEPS[place].words(), ended=False)
        else:
            bubble.say(_("That was a whole sale."), _("You can sell now."), ended=True)
        self._point()

    def _point(self) -> None:
        """Where the thing is by now; nothing is said while somebody signs in or another page is in sight."""
        frame = self.room.frame
        if frame.app.locked or frame.shown != 0:
            self.coach.go()
            return
        at, free = None, QRect()
        if self.place < len(STEPS):
            at = STEPS[self.place].at(self.room)
            for one in STEPS[self.place].free(self.room):
                free = free.united(self._within(one, one.rect()))
        widget, part = at if isinstance(at, tuple) else (at, None)
        ring = QRect()
        if widget is not None and widget.isVisible():
            ring = self._within(widget, widget.rect() if part is None else part)
        self.coach.point(ring, frame.contentsRect(), free)
        self.coach.come()

    def _within(self, widget: QWidget, part: QRect) -> QRect:
        """A part of a widget in px of the frame."""
        return part.translated(widget.mapTo(self.room.frame, QPoint()))

    def _now(self) -> Begun:
        return Begun(self.room.frame.desk.basket.cart.qty, self._scans, self.room.printer.asked)


def _sold(room: Room) -> bool:
    """Somebody was quicker than the guide."""
    return room.frame.desk.sale is not None


def _first_tile(room: Room) -> tuple[QWidget, QRect]:
    grid = room.frame.desk.till.goods.grid
    return grid.viewport(), grid.visualRect(grid.goods.index(0))


def _scanning(room: Room) -> tuple[QWidget, QRect]:
    if room.scanner.isVisible():
        return room.scanner, room.scanner.card
    return room.strip.scan, room.strip.scan.rect()


def _stepper(room: Room) -> tuple[QWidget, QRect]:
    """Of the selected line, which is the one that came last."""
    lines = room.frame.desk.till.cart.list
    row = lines.visualRect(lines.lines.index(room.frame.desk.basket.selected))
    return lines.viewport(), lines.painter.stepper(row)


def _amount(room: Room) -> QWidget:
    till = room.frame.desk.till
    return till.sheet.cash.amounts if till.sheet and till.locked else till.cart.foot.pay


def _print_button(room: Room) -> QWidget | None:
    done = room.frame.desk.done
    return done.view.button("print") if done else None


def _change(room: Room) -> tuple[QWidget, ...]:
    done = room.frame.desk.done
    return done.view.change if done else ()


def _new_sale(room: Room) -> QWidget | None:
    done = room.frame.desk.done
    return done.view.button("new sale") if done else None


STEPS = (
    Step(
        lambda: _("Tap what the buyer wants: it goes into the cart."),
        _first_tile,
        lambda room, begun, now: now.pieces > begun.pieces or _sold(room),
    ),
    Step(
        lambda: _("Scan something else: open the practice scanner, and press a product."),
        _scanning,
        lambda room, begun, now: now.scans > begun.scans or _sold(room),
    ),
    Step(
        lambda: _("Two of it? Press + at its line in the cart."),
        _stepper,
        lambda room, begun, now: now.pieces > begun.pieces or _sold(room),
    ),
    Step(
        lambda: _("This is what the buyer pays. Say it aloud, then press Pay."),
        lambda room: room.frame.desk.till.cart.foot,
        lambda room, _begun, _now: room.frame.desk.till.locked or _sold(room),
    ),
    Step(
        lambda: _("The buyer hands over money: tap how much it is. The sale is stored at once."),
        _amount,
        lambda room, _begun, _now: _sold(room),
    ),
    Step(
        lambda: _("Hand back the change and the receipt. Press Print for one more receipt: it is a copy."),
        _print_button,
        lambda room, begun, now: now.papers > begun.papers or not _sold(room),
        _change,
    ),
    Step(
        lambda: _("This is how it comes out of the printer. Close the paper."),
        lambda room: (room.printer, room.printer.card),
        lambda room, _begun, _now: not room.printer.isVisible(),
        _change,
    ),
    Step(
        lambda: _("Start the next sale: press New sale, or just scan."),
        _new_sale,
        lambda room, _begun, _now: not _sold(room),
    ),
)

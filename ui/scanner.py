"""Hears a barcode scanner wherever the focus is, and keeps its keys from every widget.

Keys that may be a scanner's are held back before any widget sees them, until `scan_burst` knows what they
are: typing is then delivered to the widgets it was meant for, a scan is told by `scanned` and reaches none.
The other way, to let the first key through and take it back from the field later, would spare the 50 ms that
nobody sees. But a key cannot be taken back from a button it pressed, from a number pad or a PIN that acts at
once, from a search that answered it, or from the undo of a line edit. What was never delivered needs no undo.

Held keys arrive in order, presses and releases, as copies of the events, which find their shortcuts then.
Keys that write nothing (function keys, arrows, Ctrl with a letter, a lone Enter) are not held; what is held
is delivered before them, and before a click or tap.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QInputEvent, QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import delete, isValid

from ui.scan_burst import Burst, ScanSettings, Sort, Stroke, Verdict

LATE_MS = 10  # a timer later than this means that the program was busy, and keys may wait unread
_Key, _Mod, _Type = Qt.Key, Qt.KeyboardModifier, QEvent.Type
_CHORD = _Mod.ControlModifier | _Mod.AltModifier | _Mod.MetaModifier
_ENDS = {_Key.Key_Return.value, _Key.Key_Enter.value, _Key.Key_Tab.value}
_MODIFIERS = {
    key.value
    for key in (
        *(_Key.Key_Shift, _Key.Key_Control, _Key.Key_Alt, _Key.Key_AltGr, _Key.Key_Meta),
        *(_Key.Key_CapsLock, _Key.Key_NumLock, _Key.Key_ScrollLock),
    )
}
_POINTER = {_Type.MouseButtonPress, _Type.MouseButtonDblClick, _Type.TouchBegin, _Type.Wheel}


class Scanner(QObject):
    """A filter on all events of the application, from `install` to `remove`.

    `scanned` carries a code without prefix and suffix; whether it makes sense just now is for those to judge
    who connect. `refused` tells that something was scanned that can be no code (a Why of
    scan_burst: "too long", "control", "empty"). `judged` carries every Verdict, also on typing.
    """

    scanned = Signal(str)
    refused = Signal(str)
    judged = Signal(object)

    def __init__(self, app: QCoreApplication, settings: ScanSettings | None = None) -> None:
        super().__init__()
        self._app = app
        self._burst = Burst(settings or ScanSettings())
        self._held: list[tuple[QWidget, QKeyEvent]] = []
        self._down: set[int] = set()  # held keys that have not come up yet
        self._swallowed: set[int] = set()  # the same of keys that nobody got
        self._given: QKeyEvent | None = None  # the held key that is being delivered
        self._clock = QElapsedTimer()
        self._clock.start()
        self._ahead = 0  # ms of the events' time ahead of our clock
        self._lost = 0  # ms in which the program was too busy to read the time of keys
        self._last = 0  # when the latest key came
        self._watched = 0  # the same by our clock
        self._looked_again = False
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._time_over)

    @property
    def settings(self) -> ScanSettings:
        """How the scanner at hand types."""
        return self._burst.settings

    @settings.setter
    def settings(self, settings: ScanSettings) -> None:
        self._burst.settings = settings

    def install(self) -> None:
        """Begin to hear."""
        self._app.installEventFilter(self)

    def remove(self) -> None:
        """Hear nothing more; what is held is given out."""
        self._app.removeEventFilter(self)
        self._close(self._burst.interrupt())

    def eventFilter(self, receiver: QObject, event: QEvent) -> bool:
        """Hold, swallow or let through a key; everything else passes."""
        if not isinstance(event, QInputEvent):  # the cheapest test there is: this sees every event
            return False
        if not isinstance(event, QKeyEvent):
            if self._held and event.type() in _POINTER:
                self._close(self._burst.settle())
            return False
        if event is self._given or not isinstance(receiver, QWidget):  # windows pass keys on to their widgets
            return False
        kind = event.type()
        if kind == _Type.KeyPress:
            stop = self._press(receiver, event)
        elif kind == _Type.KeyRelease:
            stop = self._lift(receiver, event)
        else:
            stop = self._forestall(event)
        if stop:
            event.accept()  # or Qt would offer it to the parent
        return stop

    def _press(self, receiver: QWidget, event: QKeyEvent) -> bool:
        key = _key(event)
        if event.isAutoRepeat():
            return self._repeat(key)
        self._swallowed.discard(key)
        sort = _sort(event)
        if sort is None or (sort != "char" and not self._burst.alert):
            return False
        ms = self._when(event)
        if self._was_busy(ms):
            self._lost += ms - self._last
            ms = self._last
        answer = self._burst.press(Stroke(sort, event.text(), key, ms))
        before = self._held
        down = self._down
        if answer.verdict:
            self._held, self._down = [], set()
        if answer.fate == "hold":
            self._held.append((receiver, event.clone()))
            self._down.add(key)
        elif answer.fate == "drop":
            self._swallowed.add(key)
        self._last = ms
        self._watch()
        if answer.verdict:
            self._carry_out(answer.verdict, before, down)
        return answer.fate != "pass"

    def _lift(self, receiver: QWidget, event: QKeyEvent) -> bool:
        key = _key(event)
        if event.isAutoRepeat():
            return self._repeat(key)
        if key in self._down:
            self._down.discard(key)
            self._held.append((receiver, event.clone()))
            self._close(self._burst.lift(key, self._when(event)))
            return True
        if key in self._swallowed:
            self._swallowed.discard(key)
            return True
        return False

    def _repeat(self, key: int) -> bool:
        """A key is held down: no scanner does that. It goes where its first press went."""
        if key in self._swallowed:
            return True
        self._close(self._burst.fingers() if key in self._down else self._burst.settle())
        return key in self._down

    def _forestall(self, event: QKeyEvent) -> bool:
        """Before a key is pressed Qt looks for its shortcut, unless somebody wants the key itself: we do."""
        if self._given is not None and event.key() == self._given.key():
            return False
        sort = _sort(event)
        if sort is None or event.isAutoRepeat() or (sort != "char" and not self._burst.alert):
            return False
        stroke = Stroke(sort, event.text(), _key(event), self._when(event))
        if sort == "char" or self._burst.fate(stroke) != "pass":
            return True
        self._close(self._burst.interrupt())
        return False

    def _when(self, event: QKeyEvent) -> int:
        """The time of a key in ms. Events that were made by a program carry none: then it is now."""
        now = self._clock.elapsed()
        if event.timestamp():
            self._ahead = event.timestamp() - now
        return now + self._ahead - self._lost

    def _was_busy(self, ms: int) -> bool:
        """Whether the gap before this key tells only that the program was busy.

        Under Windows Qt stamps keys when it reads them, not when they are pressed (it calls
        QWindowSystemInterface without a time). If the program was busy for a moment, a scan seems to pause;
        but then the timer is overdue too. Where keys bring their own time, our clock says another gap.
        """
        waited = self._clock.elapsed() - self._watched
        overdue = self._timer.isActive() and waited > self._burst.patience_ms
        return overdue and abs(ms - self._last - waited) < LATE_MS // 2

    def _watch(self) -> None:
        """Wait for the next key, or for its absence."""
        self._watched = self._clock.elapsed()
        self._looked_again = False
        if self._burst.holding:
            self._timer.start(self._burst.patience_ms)
        else:
            self._timer.stop()

    def _time_over(self) -> None:
        late = self._clock.elapsed() - self._watched - self._burst.patience_ms
        if late > LATE_MS and not self._looked_again:
            self._looked_again = True
            self._timer.start(LATE_MS)
        else:
            self._close(self._burst.silence())

    def _close(self, verdict: Verdict | None) -> None:
        """The held keys end with a verdict, if there is one."""
        if verdict:
            held, down = self._held, self._down
            self._held, self._down = [], set()
            self._timer.stop()
            self._carry_out(verdict, held, down)

    def _carry_out(self, verdict: Verdict, held: list[tuple[QWidget, QKeyEvent]], down: set[int]) -> None:
        """Deliver typing or throw a scan away, then tell. `down` are those keys that will come up yet."""
        if verdict.kind == "typing":
            for receiver, event in held:
                self._deliver(receiver, event)
        else:
            self._swallowed |= down
        for _receiver, event in held:
            delete(event)  # a clone is nobody's
        self.judged.emit(verdict)
        if verdict.kind == "scan":
            self.scanned.emit(verdict.code)
        elif verdict.kind == "refused":
            self.refused.emit(verdict.why)

    def _deliver(self, receiver: QWidget, event: QKeyEvent) -> None:
        if not isValid(receiver):
            return
        before, self._given = self._given, event  # what it sets off may deliver others
        try:
            QCoreApplication.sendEvent(receiver, event)
        finally:
            self._given = before


def _key(event: QKeyEvent) -> int:
    """Which key it is: its place on the keyboard, since Shift may change its name before it comes up."""
    return event.nativeScanCode() or event.key()


def _sort(event: QKeyEvent) -> Sort | None:
    """What a key is to a scan; None for Shift and its like, which a scanner may press too."""
    key, text = event.key(), event.text()
    if key in _MODIFIERS:
        return None
    chord = event.modifiers() & _CHORD
    if not chord:
        if key in _ENDS:
            return "end"
        return "char" if len(text) == 1 and text.isprintable() else "other"
    return "control" if chord == _Mod.ControlModifier and len(text) == 1 and ord(text) < 32 else "other"

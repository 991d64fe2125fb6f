"""Typing somebody's PIN: whose it is, the dots, the pad, and what came of it. A wait is seen running down."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.model import Staff
from pos.pins import DIGITS
from pos.text import _
from ui.app import App
from ui.fields import FieldMessage
from ui.numpad import BACK
from ui.people.avatar import Avatar, plain_name
from ui.people.pin_pad import PinDots, PinPad
from ui.ring import Ring
from ui.widgets import label

FACE = 52  # px


class PinEntry(QWidget):
    """`complete` tells six digits; they stay until `start_anew`, and nothing is taken until then.

    It can have the keyboard, but leaves the keys to whoever lies around it: `press` them in.
    """

    complete = Signal(str)

    def __init__(self, app: App, face: int = FACE) -> None:
        """`face` is how large the person's disc is, in px at 100 %."""
        super().__init__()
        self.app = app
        theme = self.theme = app.theme
        self._pin = ""
        self._digits = DIGITS
        self._until = 0  # seconds of the clock from which a PIN may be tried again
        self._ring: Ring | None = None
        self.face = Avatar("", 0, face, theme)
        self._whose = label("", "title", theme)
        self._dots = PinDots(theme)
        self._hint = label("", "body", theme, color="text2")
        self._wrong = FieldMessage(theme)
        self._wrong.setMinimumHeight(theme.px(36))  # two lines, so that nothing moves
        pad = PinPad(theme)
        pad.pressed.connect(self.press)
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self.count_down)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        middle, px = Qt.AlignmentFlag.AlignHCenter, theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self.face, 0, middle)
        column.addWidget(self._whose, 0, middle)
        column.addSpacing(px(4))
        column.addWidget(self._dots, 0, middle)
        column.addWidget(self._hint, 0, middle)
        column.addSpacing(px(6))
        column.addWidget(pad, 1)
        column.addWidget(self._wrong)

    @property
    def pin(self) -> str:
        """The digits that are in."""
        return self._pin

    @property
    def says(self) -> str:
        """What is told about the last try."""
        return self._wrong.text

    def show_person(
        self, person: Staff, place: int, hint: str, *, wait_s: int = 0, digits: int = DIGITS
    ) -> None:
        """Ask for this person's PIN; `place` is theirs in the list of people. So many `digits` are all."""
        self._digits = digits
        self.face.show_person(person.name, place)
        first = plain_name(person.name).split()[0] if person.name.strip() else person.code
        self._whose.setText(_("PIN of {name}").format(name=first))
        self.setAccessibleName(self._whose.text())
        self._hint.setText(hint)
        self.start_anew()
        self.wait(wait_s)

    def press(self, key: str) -> None:
        """A digit, or BACK."""
        if self._until or len(self._pin) == self._digits:
            return
        self._pin = self._pin[:-1] if key == BACK else self._pin + key
        self._wrong.say("")
        self._dots.show_count(len(self._pin))
        if len(self._pin) == self._digits:
            self.complete.emit(self._pin)

    def say(self, text: str) -> None:
        """Why nothing came of it."""
        self._wrong.say(text)

    def start_anew(self) -> None:
        """No digits, nothing said."""
        self._pin = ""
        self._dots.show_count(0)
        self._wrong.say("")

    def refuse(self, left: int) -> None:
        """The PIN was wrong, and so many tries are left."""
        self.start_anew()
        self._dots.shake()
        self.say(_("This PIN does not fit. Try again, {count} tries are left.").format(count=left))

    def wait(self, seconds: int) -> None:
        """No PIN is taken for so long, and that is seen; 0: at once."""
        # By the time since the machine was started: a clock set back would make it wait for that long.
        self._until = self.app.clock.uptime_ms() // 1000 + seconds if seconds else 0
        self.start_anew()
        if seconds:
            self._tick.start()
            self.count_down()
        else:
            self._tick.stop()

    def count_down(self) -> None:
        """Say how long it still is."""
        left = self._until - self.app.clock.uptime_ms() // 1000
        if self._until and left > 0:
            self.say(_("Too many wrong PINs. Wait {count} seconds.").format(count=left))
        else:
            self.wait(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A ring around the dots, when the keyboard came by Tab."""
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self._ring = Ring(self._dots, self._dots.height() // 2, self.theme)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes too."""
        super().focusOutEvent(event)
        if self._ring:
            self._ring.drop()
            self._ring = None

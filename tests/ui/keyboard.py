"""A keyboard and a scanner on one cable: keys going down and coming up, each with its time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.ui.hands import focused
from ui.scan_burst import Sort, Stroke

ENTER, TAB, SHIFT, F9 = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Shift, Qt.Key.Key_F9
REST_MS = 400  # after which nothing that comes belongs to what was before
_TEXTS: dict[int, str] = {ENTER: "\r", TAB: "\t", SHIFT: "", F9: ""}


@dataclass(frozen=True, order=True)
class Move:
    """A key going down or coming up at `ms`."""

    ms: int
    down: bool
    key: int
    text: str
    modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier

    @property
    def stroke(self) -> Stroke:
        """What the burst assembler is told of it."""
        sort: Sort = "end" if self.key in (ENTER, TAB) else "char" if self.text else "other"
        return Stroke(sort, self.text, self.key, self.ms)


def fingers(text: str, gaps: Iterable[int], dwell_ms: int = 80) -> list[Move]:
    """A person types: each key stays down for a while, whether the next one is down by then or not.

    `gaps` are the ms before each key. The same key again takes a finger at least 90 ms and is let go between.
    """
    moves: list[Move] = []
    pressed: dict[str, int] = {}
    ms = 0
    for char, gap in zip(text, gaps, strict=True):
        ms += gap
        if char in pressed:
            ms = max(ms, pressed[char] + 90)
            moves.append(move(min(pressed[char] + dwell_ms, ms - 20), char, down=False))
        moves.append(move(ms, char, down=True))
        pressed[char] = ms
    moves += [move(pressed[char] + dwell_ms, char, down=False) for char in pressed]
    return sorted(moves, key=lambda one: one.ms)


def scanner(code: str, gaps: Iterable[int], end: Qt.Key | None = ENTER) -> list[Move]:
    """A scanner sends `code`, one key after the other, capitals with Shift, and `end`."""
    moves, ms = [], 0
    keys: list[str | Qt.Key] = [*code, *([end] if end else [])]
    for key, gap in zip(keys, gaps, strict=True):
        ms += gap
        shift = isinstance(key, str) and key.isupper()
        moves += [move(ms, SHIFT, down=True)] if shift else []
        moves += [move(ms, key, down=True), move(ms, key, down=False)]
        moves += [move(ms, SHIFT, down=False)] if shift else []
    return moves


def move(ms: int, key: str | Qt.Key, *, down: bool) -> Move:
    """One move of a key that is named by its character or by Qt."""
    if isinstance(key, Qt.Key):
        return Move(ms, down, key, _TEXTS[key])
    return Move(ms, down, ord(key.upper()), key)


def after(parts: Sequence[list[Move]], pauses: Iterable[int]) -> list[Move]:
    """One part after the other, each `pauses` ms after the last key of the one before went down."""
    moves: list[Move] = []
    ms = 0
    for part, pause in zip(parts, pauses, strict=True):
        start = ms + pause
        moves += [replace(one, ms=one.ms + start) for one in part]
        ms = max((one.ms + start for one in part if one.down), default=ms)
    return sorted(moves, key=lambda one: one.ms)


def play(moves: Iterable[Move], to: QObject | None = None, start_ms: int = 1000) -> None:
    """Send them to whoever has the focus at the time, or to `to`, without waiting."""
    for one in moves:
        kind = QEvent.Type.KeyPress if one.down else QEvent.Type.KeyRelease
        event = QKeyEvent(kind, one.key, one.modifiers, one.text)
        event.setTimestamp(start_ms + one.ms)
        QApplication.sendEvent(to or focused(), event)


@dataclass(frozen=True)
class Part:
    """Something done in one go: typing, or a scan. `rest_ms` is the least before something else is done.

    Fingers have left the keys by then, or the silence that ends a scan without a key is over.
    """

    moves: list[Move]
    rest_ms: int
    typed: str = ""
    code: str = ""


WORDS = st.text("abcnst 0123456789*+-.", min_size=1, max_size=12)
CODES = st.text("0123456789ABCXYZabcxyz-./", min_size=4, max_size=20)


@st.composite
def typing(draw: st.DrawFn) -> Part:
    """A person types at 30 to 300 ms per key, now and then two keys in one roll of the hand, 10 to 20 ms."""
    text = draw(WORDS)
    gaps = [0]
    for _char in text[1:]:
        rolled = gaps[-1] >= 60 and draw(st.integers(0, 4)) == 0
        least, most = (10, 20) if rolled else (60 if 0 < gaps[-1] < 30 else 30, 300)
        gaps.append(draw(st.integers(least, most)))
    return Part(fingers(text, gaps, draw(st.integers(60, 120))), 121, typed=text)


@st.composite
def scan(draw: st.DrawFn) -> Part:
    """A scanner sends a code at 1 to 30 ms per key, ended by Enter, Tab or nothing."""
    code, end = draw(CODES), draw(st.sampled_from([ENTER, TAB, None]))
    count = len(code) + (end is not None)
    gaps = draw(st.lists(st.integers(1, 30), min_size=count, max_size=count))
    return Part(scanner(code, [0, *gaps[1:]], end), 51 if end else 151, code=code)


@st.composite
def turns(draw: st.DrawFn) -> tuple[str, list[str], list[Move]]:
    """Typing and scans in turns: the whole text, the codes, the moves."""
    parts = draw(st.lists(st.one_of(typing(), scan()), max_size=6))
    rests = [0, *(part.rest_ms for part in parts)]
    pauses = [draw(st.integers(rest, REST_MS)) for rest in rests[: len(parts)]]
    codes = [part.code for part in parts if part.code]
    return "".join(part.typed for part in parts), codes, after([part.moves for part in parts], pauses)

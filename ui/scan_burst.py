"""What tells a barcode scanner's burst of keys from a person's typing. No Qt; keys carry their time.

A scanner is a keyboard that types fast. The rules, after WCPOS's scanner package (running average, silence,
stripping, a test panel over the same code) with limits of our own, because our codes are short:

- A run of keys is surely a scan when it has four characters and the average gap between them is below 35 ms.
  The average runs, (average + gap) / 2, so the latest gaps count most. The first key's gap counts as
  infinite, so a lone key never looks like a scan. Enter, Tab or 150 ms of silence end the scan; a hiccup of
  the scanner that is shorter does not break it in two.
- What is not surely a scan and gets no further key within 50 ms is typing.
- Fingers overlap: at 30 ms per key, where the fastest roll of a hand meets the slowest scanner, a person
  still holds the key before. A scanner lets go of a key before it presses the next. So a key that is let go
  clearly after the next one went down makes the run typing, however fast it is.
- The same code twice within 300 ms, from end to end, is one scan: the beam met the label twice. A cashier
  who holds two equal jars under it takes longer. Every further one within 300 ms of the last belongs to it.
- A typed character less than 35 ms before a scan becomes part of its code. It is not cut off: a scanner's own
  first character must never be lost, and a code too long is unknown while a code too short may be another's.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal, TypeAlias

from pos.kept_json import check_fields, parsed

MOST = 200  # characters: no code of ours is longer; receipts' QR codes have about 40
REPEAT_MS = 300
FINGER_MS = 10  # how far apart two keys go down, and how long both are down, when fingers press them
LONGEST_HOLD_MS = 50  # what is kept longer than this would be felt
JITTER_MS = 15  # how much later than the greatest average a scanner's single key may come
GAP_RANGE_MS = (15, 60)  # what may be suggested as the greatest average gap
TRIES = 3  # scans that a suggestion rests on

# What a key is to a scan: it writes, it may end one, it sends a control character (Ctrl with a letter), or
# it has no place in one (function keys, arrows, shortcuts).
Sort: TypeAlias = Literal["char", "end", "control", "other"]
# Of a key that just came: keep it for now, let it through to whom it was meant, or throw it away.
Fate: TypeAlias = Literal["hold", "pass", "drop"]
Kind: TypeAlias = Literal["typing", "scan", "repeat", "refused"]
# Of typing: too slow, too short, pressed by fingers. Of a scan: ended by a key, by silence, by another key
# that came between. Of what was refused: too long, with control characters, or nothing but prefix and suffix.
Why: TypeAlias = Literal[
    "slow", "short", "fingers", "key", "silence", "cut off", "too long", "control", "empty"
]


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """How the scanner at hand types: greatest average gap (ms), shortest code, silence at the end (ms).

    `prefix` and `suffix` are characters it adds to every code. With `quick_repeat` the same code once more
    within 300 ms counts as a second piece.
    """

    max_gap_ms: int = 35
    min_length: int = 4
    silence_ms: int = 150
    prefix: str = ""
    suffix: str = ""
    quick_repeat: bool = False

    @property
    def hold_ms(self) -> int:
        """How long the newest key of what may become a scan is kept while none follows; at most 50."""
        return min(self.max_gap_ms + JITTER_MS, LONGEST_HOLD_MS)

    def code(self, text: str) -> str:
        """The code in what was scanned: without prefix, suffix and blanks around it."""
        return text.removeprefix(self.prefix).removesuffix(self.suffix).strip()


@dataclass(frozen=True, slots=True)
class Stroke:
    """A key going down: its sort, what it writes, which key it is (any number), when (ms of any clock)."""

    sort: Sort
    text: str
    key: int
    ms: int


@dataclass(frozen=True, slots=True)
class Heard:
    """A key of a run as it was measured.

    `gap_ms` since the key before, None for the very first; `average_ms` is the running average of the run,
    None (infinite) for its first key.
    """

    text: str
    key: int
    ms: int
    gap_ms: int | None
    average_ms: float | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run of keys was, and why; `code` of `scan` and `repeat` only."""

    kind: Kind
    why: Why
    keys: tuple[Heard, ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What becomes of the key that came, and the verdict on those held before it, if it was reached."""

    fate: Fate
    verdict: Verdict | None = None


class Burst:
    """Keys in, verdicts out. Whoever uses it keeps the keys, and calls `silence` after `patience_ms` of it.

    Times only have to grow. `settings` may be changed at any moment.
    """

    def __init__(self, settings: ScanSettings) -> None:
        self.settings = settings
        self._run: list[Heard] = []
        self._count = 0  # characters of the run, also those beyond MOST, which are not kept
        self._last: int | None = None  # when the latest key came
        self._tail = False  # the latest key ended a scan
        self._code, self._code_ms = "", 0

    @property
    def holding(self) -> bool:
        """Some keys wait for a verdict."""
        return bool(self._run)

    @property
    def alert(self) -> bool:
        """Keys that write nothing concern a scan too: there may be one, or one has just been ended."""
        return self.holding or self._tail

    @property
    def certain(self) -> bool:
        """The held keys are surely a scan, and only its end is awaited."""
        return self._count >= self.settings.min_length

    @property
    def patience_ms(self) -> int:
        """How much silence settles what is held."""
        return self.settings.silence_ms if self.certain else self.settings.hold_ms

    def fate(self, stroke: Stroke) -> Fate:
        """What `press` would do with this key; changes nothing."""
        gap = self._gap(stroke.ms)
        certain = self.certain and gap <= self.patience_ms  # a run that is over may not have been told so
        if stroke.sort == "char":
            return "drop" if certain and self._count >= MOST else "hold"
        if stroke.sort == "other" or not (certain or self._tail):
            return "pass"
        quick = gap <= self.settings.hold_ms
        if certain and quick and not _ends(stroke):
            return "hold" if self._count < MOST else "drop"
        return "drop" if quick or (certain and stroke.sort == "end") else "pass"

    def press(self, stroke: Stroke) -> Answer:
        """A key went down."""
        fate = self.fate(stroke)
        over = self.holding and self._gap(stroke.ms) > self.patience_ms
        verdict = self.silence() if over else None
        if stroke.sort == "char" or (self.certain and fate != "pass" and not _ends(stroke)):
            verdict = self._take(stroke) or verdict
        elif fate == "drop":
            self._last = stroke.ms
            verdict = self._scan("key") if self.holding else verdict
            self._tail = True
        else:
            verdict = self.interrupt() or verdict
        return Answer(fate, verdict)

    def lift(self, key: int, ms: int) -> Verdict | None:
        """A key came up. When fingers gave themselves away by it, the run is typing."""
        pressed = [place for place, heard in enumerate(self._run) if heard.key == key]
        if not pressed or pressed[-1] + 1 == len(self._run):
            return None
        heard, after = self._run[pressed[-1] : pressed[-1] + 2]
        overlap = min(after.ms - heard.ms, ms - after.ms)
        return self.fingers() if overlap >= FINGER_MS else None

    def fingers(self) -> Verdict | None:
        """A finger was seen on a key that is held: the run is typing, unless some of it is already gone."""
        return self._typing("fingers") if self._count <= MOST else None

    def silence(self) -> Verdict | None:
        """No key came for `patience_ms`."""
        return self._scan("silence") if self.certain else self._typing("slow")

    def interrupt(self) -> Verdict | None:
        """A key that belongs to no scan comes: what is held ends before it."""
        self._tail = False
        return self._scan("cut off") if self.certain else self._typing("short")

    def settle(self) -> Verdict | None:
        """The person does something else: what is not surely a scan must be typed before that."""
        return None if self.certain else self._typing("short")

    def _gap(self, ms: int) -> int:
        return 0 if self._last is None else max(ms - self._last, 0)

    def _take(self, stroke: Stroke) -> Verdict | None:
        """Put a key behind the run, or at the head of a new one if it came too late for that one."""
        gap = None if self._last is None else self._gap(stroke.ms)
        average: float | None = None
        verdict = None
        if self._run and gap is not None:
            before = self._run[-1].average_ms
            average = gap if before is None else (before + gap) / 2
            if not self.certain and average >= self.settings.max_gap_ms:
                verdict, average = self._typing("slow"), None
        self._tail = False
        self._last = stroke.ms
        self._count += 1
        if self._count <= MOST:
            self._run.append(Heard(stroke.text, stroke.key, stroke.ms, gap, average))
        return verdict

    def _typing(self, why: Why) -> Verdict | None:
        return Verdict("typing", why, self._end()) if self._run else None

    def _scan(self, why: Why) -> Verdict:
        long = self._count > MOST
        keys = self._end()
        text = "".join(heard.text for heard in keys)
        code = self.settings.code(text)
        if long:
            return Verdict("refused", "too long", keys)
        if not text.isprintable():
            return Verdict("refused", "control", keys)
        if not code:
            return Verdict("refused", "empty", keys)
        now = keys[-1].ms if self._last is None else self._last
        again = code == self._code and now - self._code_ms < REPEAT_MS
        self._code, self._code_ms = code, now
        return Verdict("repeat" if again and not self.settings.quick_repeat else "scan", why, keys, code)

    def _end(self) -> tuple[Heard, ...]:
        keys = tuple(self._run)
        self._run.clear()
        self._count = 0
        return keys


def tries(trace: Sequence[Heard], settings: ScanSettings) -> list[Sequence[Heard]]:
    """The parts of a trace that a scanner may have typed, also one that is too slow for the settings."""
    pause = LONGEST_HOLD_MS
    heads = [place for place, heard in enumerate(trace) if heard.gap_ms is None or heard.gap_ms > pause]
    parts = [trace[head:end] for head, end in zip([0, *heads], [*heads, len(trace)], strict=True)]
    return [part for part in parts if len(part) >= settings.min_length]


def suggested_gap(trace: Sequence[Heard], settings: ScanSettings) -> int | None:
    """The greatest average gap (ms) that suits the scanner: 1.5 times the largest in its last three scans.

    Within 15 and 60 ms. None as long as there are fewer than three.
    """
    latest = tries(trace, settings)[-TRIES:]
    if len(latest) < TRIES:
        return None
    largest = max(heard.gap_ms or 0 for part in latest for heard in part[1:])
    least, most = GAP_RANGE_MS
    return min(max(math.ceil(largest * 1.5), least), most)


def _ends(stroke: Stroke) -> bool:
    """Enter or Tab, or what some scanners send for them: Ctrl+M, Ctrl+J, Ctrl+I."""
    return stroke.sort == "end" or (stroke.sort == "control" and stroke.text in "\r\n\t")


def scan_settings(text: str) -> ScanSettings:
    """The scanner's settings as they are kept; the usual ones where the text says what it cannot."""
    try:
        settings = ScanSettings(**parsed(text)) if text else ScanSettings()
        check_fields(settings)
        least, most = GAP_RANGE_MS
        if not least <= settings.max_gap_ms <= most or settings.min_length < 1 or settings.silence_ms < 0:
            raise ValueError(text)
    except (ValueError, TypeError):
        return ScanSettings()
    return settings


def scan_text(settings: ScanSettings) -> str:
    """The text that `scan_settings` reads."""
    return json.dumps(asdict(settings), sort_keys=True)

"""A long work in steps that a person can watch, hold and give up: one side does it, the other looks on.

The worker says where it is and rests between batches; the watcher asks, from any thread.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from pos.clock import Clock
from pos.errors import Refused
from pos.text import _

STEPS = ("read", "check", "merge", "match", "keep")
# Of the whole, in percent, where each begins; about what they take with a central file of a region.
_BEGIN = {"read": 0, "check": 10, "merge": 40, "match": 75, "keep": 85}
_EARLY_MS = 800  # before that no remaining time is told: it would be a guess


class GivenUp(Refused):
    """A person gave the work up, or the program ends."""


@dataclass(frozen=True, slots=True)
class View:
    """How far it is: the step, what is done of it, the percent of the whole, seconds left (None: unknown)."""

    step: str
    done: int
    total: int
    percent: int
    left_s: int | None
    paused: bool


class Course:
    """One run through STEPS. `changed` is called from the worker's thread whenever there is news."""

    def __init__(self, changed: Callable[[], object] = lambda: None, clock: Clock | None = None) -> None:
        self._changed = changed
        self._now_ms = (clock or Clock()).uptime_ms
        self._step, self._done, self._total = STEPS[0], 0, 0
        self._begun_ms = self._now_ms()
        self._held_ms = 0
        self._going = Event()
        self._going.set()
        self._given_up = Event()

    def begin(self, step: str, total: int = 0) -> None:
        """A step begins, with so much to do."""
        self.rest()
        self._step, self._done, self._total = step, 0, total
        self._changed()

    def advance(self, done: int, total: int) -> None:
        """So much of the step is done; then it rests. Raises GivenUp as `rest`."""
        self._done, self._total = done, total
        self._changed()
        self.rest()

    def rest(self) -> None:
        """Wait as long as it is held. Raises GivenUp when it was given up."""
        if not self._going.is_set() and not self._given_up.is_set():
            before = self._now_ms()
            self._changed()
            self._going.wait()
            self._held_ms += self._now_ms() - before
            self._changed()
        if self._given_up.is_set():
            raise GivenUp(
                _("The hand-over was stopped; nothing is lost."), _("The next one goes on from there.")
            )

    def wait(self, seconds: float) -> None:
        """Let somebody else go first. Raises GivenUp as `rest`."""
        self._given_up.wait(seconds)
        self.rest()

    def pause(self) -> None:
        """Hold it at the next rest."""
        self._going.clear()
        self._changed()

    def resume(self) -> None:
        """Go on."""
        self._going.set()
        self._changed()

    def give_up(self) -> None:
        """Stop it at the next rest, also when it is held."""
        self._given_up.set()
        self._going.set()

    def look(self) -> View:
        """How far it is now."""
        share = min(self._done / self._total, 1.0) if self._total > 0 else 0.0
        place = STEPS.index(self._step)
        begin = _BEGIN[self._step]
        end = _BEGIN[STEPS[place + 1]] if place + 1 < len(STEPS) else 100
        percent = begin + (end - begin) * share
        spent = self._now_ms() - self._begun_ms - self._held_ms
        left = None
        if percent >= 5 and spent >= _EARLY_MS:
            left = max(round(spent * (100 - percent) / percent / 1000), 1)
        return View(self._step, self._done, self._total, int(percent), left, not self._going.is_set())

"""P2 as it is lived: a day of selling with the whole program on the screen, and the plug pulled at random.

Each time the disk is found as a power cut leaves it (tests/faults/power.py), and the program starts over it.
What it then says is written down, for nothing of it may need explaining: no sale that the screen showed as
paid is lost, the till comes up with the cart that was being filled, but for the last taps, and says no more
than it must.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any

from tests.faults.bare import STAN, books
from tests.faults.nursery import Job
from tests.faults.parts import Figure, Scale
from tests.faults.power import KINDS, disk_of, lay_out
from tests.faults.shim import Disk, library, trace
from tests.faults.trial import Holdings, Trial, World, kept

_TOP = Path(__file__).parent.parent.parent
_LONGEST_S = 6.0  # from the first screen to the plug
_PATIENCE_S = 120.0


@dataclass
class _Day:
    """A laptop on its day, and what was seen on its screen: carts since the start, answers, and sentences.

    `unseen` is the newest sale that its ledger holds, when no screen has shown it: its number, and its goods.
    """

    trial: Trial
    chance: Random
    unseen: tuple[int, Mapping[str, int]] | None = None
    carts: list[Mapping[str, int]] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    said: Counter[str] = field(default_factory=Counter)

    def live(self, n: int) -> None:
        """From one start to the next pulled plug."""
        folder, before = self.trial.folder, self.trial.folder.with_name(f"{self.trial.folder.name}-tadi")
        aside = self.trial.folder.with_name(f"{self.trial.folder.name}-kata-hari")
        shutil.copytree(folder, before)
        Path(f"{aside}.trace").unlink(missing_ok=True)
        lines = self._served(Disk(traced=True).environment(folder, aside), n)
        self._read(lines)
        disk = disk_of(before, folder)
        for at, step in enumerate(trace(Path(f"{aside}.trace"))):
            disk.step(at, step)
        shutil.rmtree(before)
        lay_out(folder, folder, disk.cut(self.chance.choice(KINDS), self.chance))
        self.look()

    def _served(self, disk: Mapping[str, str], n: int) -> list[list[Any]]:
        """What the program said until the plug was pulled: some time after its first screen, or before."""
        folder = self.trial.folder
        home = {
            "LAPAK_HOME": str(folder / "rumah"),
            "QT_QPA_PLATFORM": "offscreen",
            "LD_PRELOAD": str(library()),
        }
        command = [sys.executable, "-m", "tests.faults.day_till", str(folder / STAN), f"{n}"]
        lines: list[list[Any]] = []
        with subprocess.Popen(
            command,
            cwd=_TOP,
            env={**os.environ, **disk, **home},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as till:
            ears = Thread(target=_hear, args=(till.stdout, lines))
            ears.start()
            early = self.chance.random() < 0.1  # while it comes up
            begun = time.monotonic()
            while not early and not lines and till.poll() is None and time.monotonic() - begun < _PATIENCE_S:
                time.sleep(0.01)
            time.sleep(self.chance.uniform(0.0, 1.5 if early else _LONGEST_S))
            ended = till.poll()
            till.kill()
            ears.join()
            wrong = till.stderr.read().decode() if till.stderr else ""
        if ended is not None or "Traceback" in wrong or not (early or lines):
            self.trial.broken.append(f"start {n} ended with {ended}: {wrong[-900:]}")
        return lines

    def _read(self, lines: Sequence[Sequence[Any]]) -> None:
        before, self.carts = self.carts, []
        for what, value in lines:
            match what:
                case "seen":
                    self._seen(before, value)
                    self.carts.append(value["cart"] or {})
                case "cart":
                    self.carts.append(value)
                case "sold":
                    self.answers.append(f"sold|{STAN}|{value[0]}|{value[1]}")
                    self.carts.append({})
        if not lines:
            self.carts = before

    def _seen(self, before: Sequence[Mapping[str, int]], seen: Mapping[str, Any]) -> None:
        """The first screen after a plug was pulled, with what stood in the cart before."""
        for text in (*seen["told"], *seen["texts"]):
            self.said[text] += 1
        if seen["cart"] is None:
            self.trial.broken.append(f"no till comes up: {seen['texts']}")
        elif not before or seen["cart"] == before[-1]:
            self.said["(the cart is as it was)"] += 1
        elif not seen["cart"] and self.unseen and self.unseen[1] == before[-1]:
            self.said["(the cart was paid, and the last receipt is told)"] += 1
            if not any(f"-{self.unseen[0]:06d} " in text for text in seen["texts"]):
                told = f"{before[-1]} was paid as {self.unseen[0]}, and nothing tells so: {seen['texts']}"
                self.trial.broken.append(told)
        elif seen["cart"] in before[-3:]:
            self.said["(the cart is as it was, but for the last tap or two)"] += 1
        else:
            self.said["(the cart is another)"] += 1
            told = f"the cart was {before[-3:]}, and is {seen['cart']}; unseen: {self.unseen}"
            self.trial.broken.append(f"{told}; said: {seen['texts']}")

    def look(self) -> None:
        """Every sale that was shown as paid is there once, and the books are whole."""
        now = Holdings(self.trial.folder)
        for problem in (*now.looked[2], *kept(self.answers, now)):
            if problem not in self.trial.broken:
                self.trial.broken.append(problem)
        found = books(self.trial.folder / STAN)
        newest = max(found.carts, key=lambda cart: found.carts[cart], default="")
        shown = {answer.split("|")[2] for answer in self.answers}
        self.unseen = None
        if newest and newest.partition(" ")[2] not in shown:
            self.unseen = found.carts[newest][0], found.goods[newest]


def day_of_plugs(world: World, chance: Random, scale: Scale, _names: Sequence[str]) -> Iterator[Figure]:
    """One laptop, one day, so many pulled plugs; then the program's own eyes."""
    figure = Figure("P2", "a day of pulled plugs", "the whole program")
    trial = world.trial("a day")
    day = _Day(trial, chance)
    for n in range(scale.plugs):
        known = len(day.answers)
        day.live(n)
        figure = figure.plus(len(day.answers) - known, ())
    end = world.nursery.one(Job("examine", trial.folder))
    if end.code:
        trial.broken.append(f"examined: {end.said.strip()[-900:]}")
    for text, times in day.said.most_common():
        sys.stderr.write(f"   {times:>3} times: {text}\n")
    yield figure.plus(0, trial.done(), times=0)


def _hear(pipe: Any, lines: list[list[Any]]) -> None:
    for line in pipe:
        lines += [json.loads(line)] if line.endswith(b"\n") else []

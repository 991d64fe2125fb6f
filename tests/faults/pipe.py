"""P1, as a script meets it: a whole `lapak sell LEDGER --stdin` on a pipe, killed while lines come."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Thread
from typing import IO, Any

from tests.faults.bare import STAN, books
from tests.faults.goods import request
from tests.faults.nursery import Job
from tests.faults.parts import Figure, Scale
from tests.faults.trial import Trial, World

_SERIES = 20  # kills of one ledger, which is then looked through with others
_TOP = Path(__file__).parent.parent.parent


@dataclass
class _Script:
    """Who feeds the till: what it asked for, and which sale (receipt, seq) each cart was said to be."""

    trial: Trial
    chance: Random
    fed: list[str] = field(default_factory=list)
    sales: dict[str, tuple[str, int]] = field(default_factory=dict)
    again: list[str] = field(default_factory=list)  # what the run before was asked for

    def run(self, kill_after: int | None, delay_s: float) -> int:
        """Feed the carts of the last run again, and new ones; kill after so many answers and a while, or
        never. Returns how many answers came.
        """
        new = [f"pipa-{len(self.fed) + n}" for n in range(self.chance.randint(1, 16))]
        asked = [*self.again, *new]
        self.fed += new
        command = [sys.executable, "-m", "pos", "sell", str(self.trial.folder / STAN), "--stdin", "--json"]
        home = os.environ | {"LAPAK_HOME": str(self.trial.folder / "rumah")}
        pipes: Any = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        with subprocess.Popen(command, cwd=_TOP, env=home, **pipes) as till:
            assert till.stdin
            assert till.stdout
            assert till.stderr
            feeder = Thread(target=_feed, args=(till.stdin, asked, self.chance.choice((0.0, 0.0, 0.002))))
            feeder.start()
            answers = _answers(till.stdout, kill_after)
            if kill_after is not None:
                time.sleep(delay_s)
                till.kill()
            answers += _answers(till.stdout, None)
            feeder.join()
            said = till.stderr.read().decode()
        if till.returncode not in ((0,) if kill_after is None else (0, -9)) or "Traceback" in said:
            self.trial.broken.append(f"ended with {till.returncode}: {said[-700:]}")
        for answer in answers:
            self._heard(answer)
        self.again = asked if kill_after is not None else []
        return len(answers)

    def _heard(self, answer: Any) -> None:
        if "error" in answer:
            self.trial.broken.append(f"refused: {answer}")
            return
        sale = (answer["number"], answer["seq"])
        if self.sales.setdefault(answer["cart"], sale) != sale:
            told = f"cart {answer['cart']} was {self.sales[answer['cart']]}, and is {sale} when asked again"
            self.trial.broken.append(told)

    def look(self, *, ended: bool) -> None:
        """Every answer is true, nothing else was sold, and the books are whole to their own program, too."""
        found = books(self.trial.folder / STAN)
        self.trial.broken += found.problems
        held = {key.partition(" ")[2]: sale for key, sale in found.carts.items()}
        for cart, (receipt, seq) in self.sales.items():
            if held.get(cart) != (int(receipt.rpartition("-")[2]), seq):
                self.trial.broken.append(f"cart {cart} was answered as {receipt}, #{seq}: {held.get(cart)}")
        mine = {cart for cart in held if cart.startswith("pipa-")}
        self.trial.broken = list(dict.fromkeys(self.trial.broken))
        if strange := mine - set(self.fed):
            self.trial.broken.append(f"sold, and asked for by nobody: {sorted(strange)}")
        if ended and (missing := set(self.fed) - mine):
            self.trial.broken.append(f"never sold: {sorted(missing)}")
        end = self.trial.world.nursery.one(Job("examine", self.trial.folder))
        if end.code:
            self.trial.broken.append(f"examined: {end.code} {end.said.strip()[-700:]}")


def piped(world: World, chance: Random, scale: Scale, _names: Sequence[str]) -> Iterator[Figure]:
    """Kill it while it starts, sells, answers and reads; then ask for the same carts, and for others."""
    figure = Figure("P1", "kill -9 of lapak sell", "a pipe that is fed")
    left = scale.ends
    while left:
        trial = world.trial("sell")
        script = _Script(trial, chance)
        for _n in range(min(left, _SERIES)):
            known = len(script.again)
            starting = chance.random() < 0.2  # before it can have sold anything
            answers = 0 if starting else chance.randint(1, known + 4)
            given = script.run(answers, chance.uniform(0.0, 0.8 if starting else 0.02))
            script.look(ended=False)
            figure = figure.plus(given, (), where="")
            left -= 1
        given = script.run(None, 0.0)
        script.look(ended=True)
        figure = figure.plus(given, trial.done(), where=f"with {left} kills left", times=0)
    yield figure


def _feed(pipe: IO[bytes], carts: Sequence[str], pause_s: float) -> None:
    """One line a cart, at once or one after the other; who reads may be gone meanwhile."""
    with suppress(BrokenPipeError):
        for cart in carts:
            pipe.write(json.dumps(request(cart)).encode() + b"\n")
            pipe.flush()
            time.sleep(pause_s)
    with suppress(BrokenPipeError):
        pipe.close()


def _answers(pipe: IO[bytes], most: int | None) -> list[Any]:
    """So many answers, or all that come; half a line is none."""
    found: list[Any] = []
    while most is None or len(found) < most:
        line = pipe.readline()
        if not line.endswith(b"\n"):
            break
        found.append(json.loads(line))
    return found

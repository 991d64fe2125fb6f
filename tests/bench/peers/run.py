"""The same work by Lapak and other tills, in turns: `python3 run.py bench peers [--sales N] [--peers A,B]`.

Each till is a process of its own; a peer's packages (tests/bench/peers/*.txt, the exact versions) go into
`.venv-peers`, never among ours. Told are CPU seconds, with those of PostgreSQL's server, for other programs
disturb them least; and how often ours goes into theirs in the same run.

- `start`: from the start of the program until the first sale could be rung up.
- `sell`: one sale of three lines, paid in cash, numbered, durable, the goods taken off the stock.
- `export`: every line sold as CSV, a line.
- `after kill -9`: killed in the middle of selling; until the next sale could be rung up. Sales whose number
  had been told before are looked for: `lost` says how many are gone.

What is not alike: nobody shows a screen, none is asked over a network. Tryton also writes the accounts,
reckons taxes and asks its rules of access; pretix moves no goods, it counts quotas down, and writes a log.
Ours chains the sale by its hash, keeps the sums of the day, and sells from a file only. Each keeps its own
settings of how durable a sale is; all wait for the disk.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from tests.pg import start_server

ROOT = Path(__file__).parents[3]
VENVS = ROOT / ".venv-peers"
ROUNDS = 10
KILLED_AFTER = 5  # sales told
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True, slots=True)
class Peer:
    """A till: the module that serves it, the list of its packages (none: ours), whether it needs a server."""

    name: str
    module: str
    packages: str = ""
    server: bool = False


PEERS = (
    Peer("Lapak, SQLite", "ours"),
    Peer("Tryton, SQLite", "tryton", "tryton.txt"),
    Peer("Tryton, PostgreSQL", "tryton", "tryton.txt", server=True),
    Peer("pretix, SQLite", "pretix", "pretix.txt"),
)


@dataclass
class Found:
    """What was measured of one till: CPU seconds, and sales that were told and are gone."""

    start: float = 0.0
    sale: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    line: float = 0.0
    restart: float = 0.0
    lost: int = 0


def python_of(peer: Peer) -> str:
    """The Python of a till, its packages installed first where they are not yet."""
    if not peer.packages:
        return sys.executable
    wanted = Path(__file__).with_name(peer.packages)
    folder = VENVS / wanted.stem
    python, stamp = folder / "bin/python", folder / "installed.txt"
    if not stamp.exists() or stamp.read_bytes() != wanted.read_bytes():
        print(f"installing {wanted.name} into {folder} ...", file=sys.stderr, flush=True)
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "-q", "-r", str(wanted)], check=True)
        stamp.write_bytes(wanted.read_bytes())
    return str(python)


class Program:
    """A till that runs; `server` is the process of the database, whose CPU counts too, or 0."""

    def __init__(self, peer: Peer, uri: str, folder: Path, server: int = 0) -> None:
        self.command = [python_of(peer), "-m", f"tests.bench.peers.{peer.module}"]
        self.place = [uri, str(folder)]
        self.server = server
        self.variables = {**os.environ, "PYTHONPATH": str(ROOT), "LAPAK_HOME": str(folder)}

    def make(self) -> None:
        """Its books."""
        subprocess.run(
            [*self.command, "make", *self.place], env=self.variables, check=True, stdout=subprocess.DEVNULL
        )

    def start(self) -> dict[str, Any]:
        """Start it; what it says when a sale could be rung up."""
        before = cpu_of(self.server)
        self.process = subprocess.Popen(
            [*self.command, "serve", *self.place],
            env=self.variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        told = self.hear()
        return {**told, "cpu": told["cpu"] + cpu_of(self.server) - before}

    def ask(self, **what: object) -> dict[str, Any]:
        """One step; what came of it, with the CPU seconds of till and server."""
        before = cpu_of(self.server)
        self.say(**what)
        told = self.hear()
        return {**told, "cpu": told["cpu"] + cpu_of(self.server) - before}

    def say(self, **what: object) -> None:
        """Ask for a step."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()

    def hear(self) -> dict[str, Any]:
        """The next line of its own; warnings of libraries go by."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line.startswith("{"):
                found: dict[str, Any] = json.loads(line)
                return found
        raise SystemExit(f"it ended: {' '.join(self.command)}")

    def end(self, *, kill: bool = False) -> None:
        """Let it go, or kill it."""
        if kill:
            self.process.kill()
        if self.process.stdin is not None:
            self.process.stdin.close()
        self.process.wait()
        if self.process.stdout is not None:
            self.process.stdout.close()


def cpu_of(server: int) -> float:
    """CPU seconds of a database server: its process, those it has now and those that ended."""
    if not server:
        return 0.0
    total = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            _head, _close, rest = path.read_text().rpartition(")")
        except OSError:  # it ended meanwhile
            continue
        values = rest.split()
        own = path.parent.name == str(server)
        if own or values[1] == str(server):
            total += sum(map(int, values[11:15] if own else values[11:13]))
    return total / TICKS


@contextmanager
def programs(chosen: list[Peer]) -> Iterator[list[tuple[Peer, Program]]]:
    """Every till that can be run here with its books made, and a database server where one is needed."""
    with ExitStack() as stack:
        found = []
        server = start_server() if any(peer.server for peer in chosen) else None
        if server is not None:
            stack.callback(server.cleanup)
        for peer in chosen:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
            uri, pid = "sqlite://", 0
            if peer.server and server is not None:
                uri, pid = server.get_uri(), server.get_pid() or 0
            print(f"making the books of {peer.name} ...", file=sys.stderr, flush=True)
            try:
                till = Program(peer, uri, folder, pid)
                till.make()
                till.start()
                till.ask(do="sell", n=1)
                till.end()
            except (subprocess.CalledProcessError, SystemExit, OSError) as error:
                print(f"left out: {peer.name}: {error}", file=sys.stderr, flush=True)
            else:
                found.append((peer, till))
        yield found


def measure(chosen: list[Peer], sales: int) -> tuple[list[Peer], list[Found]]:
    """All tills in turns: start, sell in rounds, export, kill, start again."""
    each = max(1, sales // ROUNDS)
    with programs(chosen) as found_here:
        tills = [till for _peer, till in found_here]
        founds = [Found() for _till in tills]
        for till, found in zip(tills, founds, strict=True):
            found.start = till.start()["cpu"]
            till.ask(do="sell", n=3)  # what is done once is done
        for number in range(ROUNDS):
            for till, found in zip(tills, founds, strict=True):
                told = till.ask(do="sell", n=each)
                found.sale.append(told["cpu"] / each)
                found.wall.append(told["wall"] / each)
            print(f"round {number + 1} of {ROUNDS}", file=sys.stderr, flush=True)
        for till, found in zip(tills, founds, strict=True):
            told = till.ask(do="export", path=f"{till.place[1]}/lines.csv")
            found.line = told["cpu"] / told["done"]
            assert told["done"] == 3 * (4 + each * ROUNDS), told
            known = till.ask(do="count")["done"]
            till.say(do="sell", n=100_000, tell=True)
            for _sale in range(KILLED_AFTER):
                till.hear()
            till.end(kill=True)
            again = till.start()
            found.restart, found.lost = again["cpu"], max(0, known + KILLED_AFTER - again["ready"])
            till.end()
    return [peer for peer, _till in found_here], founds


def table(chosen: list[Peer], founds: list[Found]) -> str:
    """The figures as Markdown: CPU milliseconds, and how many times ours."""
    lines = ["| CPU ms (times ours) | start | a sale | a line exported | after kill -9 | lost |"]
    lines.append("|---|--:|--:|--:|--:|--:|")
    ours = founds[0]
    for peer, found in zip(chosen, founds, strict=True):
        cells = [
            f"{1000 * mine:.4g} ({mine / first:.3g})"
            for mine, first in (
                (found.start, ours.start),
                (median(found.sale), median(ours.sale)),
                (found.line, ours.line),
                (found.restart, ours.restart),
            )
        ]
        lines.append(f"| {peer.name} | {' | '.join(cells)} | {found.lost} |")
    return "\n".join(lines)


def main(args: list[str]) -> int:
    """Measure and print; 1 when a sale that was told is gone from our own books."""
    parser = argparse.ArgumentParser(prog="bench peers")
    parser.add_argument("--sales", type=int, default=200, help="of each till")
    parser.add_argument("--peers", default="", help="a part of the names of peers, with commas; all without")
    wanted = parser.parse_args(args)
    parts = wanted.peers.lower().split(",")
    chosen = [PEERS[0], *(peer for peer in PEERS[1:] if any(part in peer.name.lower() for part in parts))]
    chosen, founds = measure(chosen, wanted.sales)
    print(table(chosen, founds))
    told = [
        {"name": peer.name, "start_s": found.start, "sale_s": found.sale, "sale_wall_s": found.wall}
        | {"line_s": found.line, "restart_s": found.restart, "lost": found.lost}
        for peer, found in zip(chosen, founds, strict=True)
    ]
    print(json.dumps(told))
    return 1 if founds[0].lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

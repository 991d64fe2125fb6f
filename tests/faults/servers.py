"""P5, with a server between them: syncing to a real PostgreSQL is killed, or the server hangs up.

Booths bring their documents with the owner's login or hand them in with the booths' own; the office takes in
what was handed in. Whatever was cut, what lies at the server is whole and true, and in the end it is the
union of what the booths hold.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from threading import Timer

import psycopg
from sqlalchemy import make_url

from pos.central import prepare_central
from pos.inbox import open_central
from pos.ledger import open_target
from pos.verify import verify
from tests.faults.bare import Books, Place, look_through
from tests.faults.booths import CODES
from tests.faults.nursery import End, Job
from tests.faults.parts import Figure, Scale
from tests.faults.trial import KILLED, Holdings, Trial, World, kept
from tests.faults.walks import Said, Tell, Walk, command
from tests.pg import empty_database, start_server

_ADDRESS = "stik/alamat"  # of the database, in the folder of a trial
_SERIES = 20  # cuts of one database, which is then looked through with others
_SERVER = "server"  # where answers are told of


def _brings(code: str, login: str, folder: Path, tell: Tell) -> Said:
    ledger = folder / f"rumah/{code}.lapak"
    said = command("sync", ledger, _url(folder, login))
    if said is None:
        tell.chain(_SERVER, ledger)
    return said


def _takes_in(folder: Path, _tell: Tell) -> Said:
    open_central(_url(folder, "lapak_office")).close()
    return None


def _url(folder: Path, login: str) -> str:
    url = make_url((folder / _ADDRESS).read_text())
    return url.set(username=login or url.username).render_as_string(hide_password=False)


SERVED = {
    walk.name: walk
    for walk in (
        *(Walk(f"{code} to server", Path.mkdir, partial(_brings, code, "")) for code in CODES),
        *(Walk(f"{code} hands in", Path.mkdir, partial(_brings, code, "lapak_booth")) for code in CODES),
        Walk("office takes in", Path.mkdir, _takes_in),
    )
}


@dataclass
class _Central:
    """A database that is cut off again and again, and the folder with the booths that bring it all."""

    trial: Trial
    url: str
    bare: psycopg.Connection
    ways: dict[str, float] = field(default_factory=dict)
    answers: list[str] = field(default_factory=list)

    def run(self, name: str, kill_ms: float = 0.0) -> End:
        """One walk, which may be killed."""
        end = self.trial.world.nursery.one(Job(name, self.trial.folder, None, self.trial.world.bug, kill_ms))
        self.answers += end.answers
        if end.code not in (0, 3, KILLED) or (end.code == 3 and not 0 < len(end.said.strip()) < 400):
            self.trial.broken.append(f"{name} ended with {end.code}: {end.said.strip()[-700:]}")
        return end

    def killed(self, name: str, part: float) -> bool:
        """The same, killed after this `part` of the time that it takes; whether it was."""
        return self.run(name, max(0.2, part * self.takes_ms(name))).code == KILLED

    def hung_up(self, name: str, part: float) -> bool:
        """The same, and after this `part` of its time the server ends its connection; whether it had one."""
        ended: list[bool] = []
        timer = Timer(part * self.takes_ms(name) / 1000, lambda: ended.append(self._hang_up()))
        timer.start()
        self.run(name)
        timer.join()
        return any(ended)

    def takes_ms(self, name: str) -> float:
        """How long the way takes when nobody is in it: on a busy machine the quickest of three tells it."""
        way = name.removeprefix(name[:3]) if name[:3] in CODES else name
        if way not in self.ways:
            taken = []
            for _n in range(3):
                begun = time.perf_counter()
                self.run(name)
                taken.append((time.perf_counter() - begun) * 1000)
            self.ways[way] = min(taken)
        return self.ways[way]

    def _hang_up(self) -> bool:
        others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
        query = f"SELECT pg_terminate_backend(pid) FROM ({others} AND pid <> pg_backend_pid()) o"
        return bool(self.bare.execute(query).fetchall())

    def look(self) -> Mapping[str, Mapping[Place, str]]:
        """What the ledgers hold, and what lies at the server; it is whole, and every answer is true."""
        now = Holdings(self.trial.folder)
        hashes, _carts, problems = now.looked
        found = Books()
        look_through(self.bare, found)
        handed = self.bare.execute("SELECT device, seq, hash FROM inbox").fetchall()
        there = found.hashes | {(device, seq): hashed for device, seq, hashed in handed}
        known = {place: hashed for held in hashes.values() for place, hashed in held.items()}
        if strange := [place for place, hashed in there.items() if known.get(place) != hashed]:
            problems = [*problems, f"the server has {strange[0]}, which no booth wrote so"]
        looked: Mapping[str, Mapping[Place, str]] = {**hashes, _SERVER: there}
        told = [f"at the server: {one}" for one in found.problems]
        for one in (*problems, *told, *kept(self.answers, _Found(now.folder, looked))):
            if one not in self.trial.broken:
                self.trial.broken.append(one)
        return {**looked, "journal": found.hashes, "inbox": {(d, s): hashed for d, s, hashed in handed}}

    def gather(self) -> None:
        """With nothing in the way all is brought, taken in, and the union of what the booths hold."""
        for name in (*(f"{code} to server" for code in CODES), "office takes in"):
            if (end := self.run(name)).code:
                self.trial.broken.append(f"{name} does not go on: {end.said.strip()[-700:]}")
        looked = self.look()
        union = {place: hashed for code in CODES for place, hashed in looked[f"rumah/{code}.lapak"].items()}
        if looked["journal"] != union or looked["inbox"]:
            short, left = len(union) - len(looked["journal"]), len(looked["inbox"])
            self.trial.broken.append(f"the server is not the union: {short} fewer, {left} left in the inbox")
        with closing(open_target(self.url)) as central:
            self.trial.broken += map(str, verify(central, rebuild=True).problems)


class _Found(Holdings):
    """What was looked up already, with the server as one more place."""

    def __init__(self, folder: Path, hashes: Mapping[str, Mapping[Place, str]]) -> None:
        super().__init__(folder)
        self.__dict__["looked"] = (hashes, {}, ())


def served(world: World, chance: Random, scale: Scale, _names: Sequence[str]) -> Iterator[Figure]:
    """Bring, hand in and take in, cut at a random moment: by turns this program is killed, or its server ends
    its connection. What was over before it could be cut does not count.
    """
    killed = Figure("P5", "kill -9 syncing to a server", "PostgreSQL")
    hung_up = Figure("P5", "the server hangs up", "PostgreSQL")
    with _server(world) as server:
        while min(killed.tried, hung_up.tried) < scale.ends:
            with _central(world, server) as central:
                for _n in range(min(_SERIES, scale.ends)):
                    known = len(central.answers)
                    cut = central.killed(_next_move(central, chance), chance.random())
                    killed = killed.plus(len(central.answers) - known, (), times=int(cut))
                    known = len(central.answers)
                    cut = central.hung_up(_next_move(central, chance), chance.random())
                    hung_up = hung_up.plus(len(central.answers) - known, (), times=int(cut))
                    central.look()
                central.gather()
                where = f"after {killed.tried} and {hung_up.tried}"
                killed = killed.plus(0, central.trial.done(), where=where, times=0)
    yield killed
    yield hung_up


def _next_move(central: _Central, chance: Random) -> str:
    """A booth sells some more, and then brings it or hands it in; or the office takes in what lies there."""
    code = chance.choice(CODES)
    central.run(f"{code} sells")
    return chance.choice((f"{code} to server", f"{code} to server", f"{code} hands in", "office takes in"))


@contextmanager
def _server(world: World) -> Iterator[str]:
    """The address of a server that runs: that of the tests, or one for as long as the block lasts."""
    if world.server:
        yield world.server
        return
    server = start_server()
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextmanager
def _central(world: World, server: str) -> Iterator[_Central]:
    """A new database with its logins, and booths that have brought nothing yet."""
    with empty_database(server) as url:
        prepare_central(url)
        trial = world.trial("office merges")
        (trial.folder / _ADDRESS).write_text(url)
        plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(plain, autocommit=True) as bare:
            yield _Central(trial, url, bare)

"""Booths, their clones, an office, sticks, a shared folder, files and a database, in any order, and bytes
that rot in between: in the end every way of collecting tells the same, and tells each sale once.

tests/sync/test_properties.py has the same without clones and damage, and asserts more of each step;
tests/sync/test_convergence.py has the clones with made ledgers. Here all of it meets.
"""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from pos.carry import carry, sync_target
from pos.catalog import post_products
from pos.clock import stopped_at
from pos.errors import Refused, UserError
from pos.forks import forks, split
from pos.identity import continue_as_new
from pos.ledger import Ledger, create_collector, open_ledger, open_target
from pos.merge import merge
from pos.money import Rupiah
from pos.radar import radar
from pos.refunds import void
from pos.reports import Period, run_report
from pos.shifts import open_shift
from pos.text import language, use_language
from tests.books import CATALOGUE, DAY, MOMENT, booth, documents, end_shift, next_shift, sell, shift_of
from tests.fuzz.targets import check_sentence
from tests.sync.test_forks import figures, sound, split_all
from tests.sync.test_postgres import emptied
from tests.sync.world import office, take

SKUS = [product.sku for product in CATALOGUE]
MOST_CLONES = 3
_NAME = re.compile(rb'name\\?":\\?"')
PRELUDE: dict[str, dict[str, object]] = {
    "sells": {"sku": "HAMPERS", "qty": 1, "back": False},
    "rots": {"what": "stick", "cut": False},
}
who = st.integers(0, 9)
places = st.sampled_from(("pusat", "lain", "server"))


class Region(RuleBasedStateMachine):
    """Everybody and everything that documents travel by. `url` is an empty database, or nothing."""

    url: ClassVar[str] = ""
    done: ClassVar[Counter[str]] = Counter()
    images: ClassVar[dict[str, bytes]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.place = Path(self.folder.name)
        self.patch = pytest.MonkeyPatch()
        self.patch.setenv("LAPAK_HOME", str(self.place / "home"))
        self.patch.setattr("pos.sync.BATCH", 3)
        self.spoke = language()
        self.stick, self.awan, self.pusat, self.lain = (
            self.place / one for one in ("stik.lapak", "awan", "pusat.lapak", "lain.lapak")
        )
        self.sold: Rupiah = 0
        self.brought = 0
        self.booths: list[Ledger] = []
        self.office: Ledger
        self.server: Ledger | None = None

    @initialize(
        prelude=st.permutations(("sells", "clones", "brings", "brings", "rots", "rots", "merges", "brings"))
    )
    def opens(self, prelude: list[str]) -> None:
        """Two booths, an office, an empty file and an empty database; each thing happens once at least."""
        use_language("en")
        if not self.images:
            for code in ("S01", "S02"):
                booth(self.place / f"{code}.lapak", code).close()
            office(self.place / "K01.lapak").close()
            for code in ("S01", "S02", "K01"):
                self.images[code] = (self.place / f"{code}.lapak").read_bytes()
        for code, image in self.images.items():
            (self.place / f"{code}.lapak").write_bytes(image)
        self.booths = [self.opened(self.place / f"{code}.lapak") for code in ("S01", "S02")]
        self.office = self.opened(self.place / "K01.lapak")
        create_collector(self.pusat)
        create_collector(self.lain)
        if self.url:
            self.server = open_target(self.url, stopped_at(MOMENT))
            emptied(self.url)
        for n, what in enumerate(prelude):
            getattr(self, what)(
                **({"where": "pusat"} if what == "merges" else {"n": n} | PRELUDE.get(what, {}))
            )

    def opened(self, path: Path) -> Ledger:
        """A ledger to go on with."""
        return open_ledger(path, stopped_at(MOMENT))

    def laptop(self, n: int) -> Ledger:
        """One of the booths' laptops, or the office's."""
        return [*self.booths, self.office][n % (len(self.booths) + 1)]

    @rule(n=who, sku=st.sampled_from(SKUS), qty=st.integers(1, 2), back=st.booleans())
    def sells(self, n: int, sku: str, qty: int, back: bool) -> None:
        """A booth sells something; some of it is taken back at once."""
        ledger = self.booths[n % len(self.booths)]
        sale = sell(ledger, {sku: qty})
        self.sold += sale.total
        if back:
            void(ledger, sale, shift_of(ledger), "rina", "salah")
            self.sold -= sale.total
        self.done["sell"] += 1

    @rule(sku=st.sampled_from(SKUS), price=st.integers(1, 999))
    def prices(self, sku: str, price: Rupiah) -> None:
        """The office changes a price."""
        product = next(product for product in CATALOGUE if product.sku == sku)
        post_products(self.office, [replace(product, price=price)])

    @precondition(lambda self: len(self.booths) < 2 + MOST_CLONES)
    @rule(n=who)
    def clones(self, n: int) -> None:
        """A laptop's disk is copied, and both sell on under one name."""
        ledger = self.booths[n % len(self.booths)]
        assert ledger.path
        copy = self.place / f"klon{len(self.booths)}.lapak"
        ledger.close()
        shutil.copyfile(ledger.path, copy)
        self.booths[n % len(self.booths)] = self.opened(Path(ledger.path))
        self.booths.append(self.opened(copy))
        self.done["clone"] += 1

    @rule(n=who)
    def brings(self, n: int) -> None:
        """A laptop hands over and takes home; a damaged thing on the way is told, and never taken."""
        ways = ("server", "stick", "folder") if self.url else ("stick", "folder")
        ledger, way = self.laptop(n), ways[self.brought % len(ways)]
        self.brought += 1
        try:
            if way == "stick":
                carry(ledger, self.stick)
            elif way == "folder":
                sync_target(ledger, str(self.awan))
            else:
                sync_target(ledger, self.url)
            self.done[way] += 1
        except UserError as error:
            check_sentence(error)
            self.done["told"] += 1
            if way == "stick":  # whose file is damaged beyond use begins a new one
                self.stick.unlink(missing_ok=True)

    @rule(where=places)
    def merges(self, where: str) -> None:
        """An office collects what lies about."""
        sources = [path for path in (self.stick, self.awan) if path.exists()]
        target = self.url if where == "server" and self.url else str(self.file_of(where))
        if sources:
            with suppress(UserError):
                merge(target, sources)
                self.done["merge"] += 1

    @rule(here=places, there=places)
    def hops(self, here: str, there: str) -> None:
        """What one central side knows the other is told."""
        if here != there:
            with self.central(here) as told, self.central(there) as hears:
                take(told, hears)
            self.done["hop"] += 1

    @rule(n=who, where=places)
    def shows(self, n: int, where: str) -> None:
        """A laptop comes to an office itself."""
        with self.central(where) as office:
            take(self.laptop(n), office)

    @rule(where=places)
    def splits(self, where: str) -> None:
        """An officer splits a second history off."""
        with self.central(where) as office:
            self.split_one(office)

    def file_of(self, where: str) -> Path:
        """One of the central files."""
        return self.lain if where == "lain" else self.pusat

    @contextmanager
    def central(self, where: str) -> Iterator[Ledger]:
        """A central side; the first file where there is no database."""
        if where == "server" and self.server:
            yield self.server
        else:
            with closing(self.opened(self.file_of(where))) as office:
                yield office

    @rule(n=who)
    def renews(self, n: int) -> None:
        """A laptop was restored, moved, or heard of its clone: it goes on under a new code."""
        ledger = self.booths[n % len(self.booths)]
        continue_as_new(ledger)
        open_shift(ledger, "rina", DAY, 0)
        self.done["renew"] += 1

    @rule(n=who)
    def closes(self, n: int) -> None:
        """A shift ends, and the next one begins."""
        ledger = self.booths[n % len(self.booths)]
        end_shift(ledger)
        next_shift(ledger, "rina", DAY)

    def split_one(self, ledger: Ledger) -> None:
        """The first that waits."""
        if waiting := forks(ledger):
            split(ledger, waiting[0])
            self.done["split"] += 1

    @rule(what=st.sampled_from(("stick", "segment")), n=st.integers(0, 999), cut=st.booleans())
    def rots(self, what: str, n: int, cut: bool) -> None:
        """A byte of what lies about changes, or its end is gone."""
        dice = Random(n)
        files = [self.stick] if what == "stick" else sorted(self.awan.rglob("*.jsonl"))
        path = dice.choice(files) if files else self.stick
        data = bytearray(path.read_bytes() if path.exists() else b"")
        if not data:  # cut down to nothing before
            return
        inside = (
            [found.end() for found in _NAME.finditer(data, 0, len(data) - 1)] if n % 2 else []
        )  # of a body
        place = dice.choice(inside) if inside else dice.randrange(len(data))
        data[place] ^= 1 << dice.randrange(8)
        path.write_bytes(data[:place] if cut else data)
        self.done["rot"] += 1

    @rule()
    def loses_the_stick(self) -> None:
        """It is gone."""
        self.stick.unlink(missing_ok=True)

    def teardown(self) -> None:
        """In the end everybody hears of everything."""
        try:
            if self.booths:
                self.ends()
        finally:
            for ledger in (
                *self.booths,
                *((self.office,) if self.booths else ()),
                *((self.server,) if self.server else ()),
            ):
                ledger.close()
            use_language(self.spoke)
            self.patch.undo()
            self.folder.cleanup()

    def ends(self) -> None:
        """All central sides agree, each sale is told once, and the books hold."""
        with closing(self.opened(self.pusat)) as pusat, closing(self.opened(self.lain)) as lain:
            central = [pusat, lain, *((self.server,) if self.server else ())]
            for ledger in (*self.booths, self.office):
                take(ledger, pusat)
            self.agree(central)
            for ledger in central:
                totals = run_report(ledger, "totals", Period()).totals
                assert totals["total"] == self.sold
                assert figures(ledger) == figures(pusat)
                assert [blip for blip in radar(ledger) if blip.lacks] == []
                for doc in chain.from_iterable(documents(ledger).values()):  # as anybody can check it
                    assert sha256(doc.body.encode()).hexdigest() == doc.hash, doc
                sound(ledger)

    def agree(self, central: list[Ledger]) -> None:
        """Tell each other, and split what is to be split, until nothing is new."""
        for _round in range(MOST_CLONES + 2):
            new = 0
            for ledger in central:
                split_all(ledger)
                for other in central:
                    if other is not ledger:
                        new += take(other, ledger).taken
            if not new and not any(forks(ledger) for ledger in central):
                return
        raise Refused("They do not come to an end.")

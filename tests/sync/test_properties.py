"""Laws that hold whatever happens in whatever order: hypothesis looks for the order that breaks them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from pos import journal
from pos.carry import carry, sync_target
from pos.catalog import post_products
from pos.clock import stopped_at
from pos.ledger import Ledger, create_collector, open_ledger, open_target
from pos.merge import merge
from pos.model import Document, Fields
from pos.payments import METHODS
from pos.verify import verify
from tests.books import CATALOGUE, MOMENT, booth, derived, documents, sell
from tests.sync.test_postgres import emptied
from tests.sync.world import altered, forged, office, opened, take

QUICK = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SKUS = [product.sku for product in CATALOGUE]
STAGES = ["S01", "S01-later", "S02", "S02-later", "K01", "K01-later"]


@contextmanager
def copied(path: Path) -> Iterator[Ledger]:
    """A ledger to go on with, gone at the end."""
    with TemporaryDirectory() as folder:
        shutil.copyfile(path, Path(folder) / path.name)
        with closing(open_ledger(Path(folder) / path.name, stopped_at(MOMENT))) as ledger:
            yield ledger


@pytest.fixture(scope="session")
def stages(kit: Path) -> Path:
    """The kit, each ledger once more a few documents later, and an empty central file."""
    for code in ("S01", "S02", "K01"):
        shutil.copyfile(kit / f"{code}.lapak", kit / f"{code}-later.lapak")
        with closing(open_ledger(kit / f"{code}-later.lapak", stopped_at(MOMENT))) as ledger:
            if code == "K01":
                post_products(ledger, [replace(CATALOGUE[2], price=31_000), replace(CATALOGUE[3], cost=9)])
            else:
                take(kit / "K01.lapak", ledger, for_booth=ledger.device)
                sell(ledger, {"NASTAR-500": 2, "HAMPERS": 1}, "qris")
    create_collector(kit / "empty.lapak")
    return kit


@pytest.fixture(scope="session")
def truth(stages: Path) -> tuple[dict[str, list[Document]], dict[str, Any]]:
    """What every central side must hold in the end: all documents, and their tables."""
    with copied(stages / "empty.lapak") as reference:
        for code in STAGES:
            take(stages / f"{code}.lapak", reference)
        return documents(reference), derived(reference)


HOPS = st.lists(st.tuples(st.sampled_from([*STAGES, 0, 1, 2]), st.sampled_from([0, 1, 2])), max_size=12)


@QUICK
@given(hops=HOPS, last=st.permutations(STAGES), batch=st.integers(1, 20))
def test_files_in_any_order_with_repeats_and_over_hops_give_the_same_books(
    stages: Path,
    truth: tuple[dict[str, list[Document]], dict[str, Any]],
    hops: list[tuple[str | int, int]],
    last: list[str],
    batch: int,
) -> None:
    empty = stages / "empty.lapak"
    with (
        pytest.MonkeyPatch.context() as patch,
        copied(empty) as one,
        copied(empty) as two,
        copied(empty) as three,
    ):
        patch.setattr("pos.sync.BATCH", batch)
        collectors = (one, two, three)
        for source, target in hops:
            from_ = collectors[source] if isinstance(source, int) else stages / f"{source}.lapak"
            assert take(from_, collectors[target]).refused == []
        for code in last:
            take(stages / f"{code}.lapak", one)
        assert (documents(one), derived(one)) == truth


@settings(QUICK, max_examples=15)
@given(
    order=st.lists(st.sampled_from(STAGES), max_size=6),
    last=st.permutations(STAGES),
    batch=st.integers(1, 20),
)
def test_a_server_ends_with_the_same_books(
    stages: Path,
    truth: tuple[dict[str, list[Document]], dict[str, Any]],
    postgres_url: str,
    order: list[str],
    last: list[str],
    batch: int,
) -> None:
    with pytest.MonkeyPatch.context() as patch, closing(open_target(postgres_url)) as server:
        patch.setattr("pos.sync.BATCH", batch)
        emptied(postgres_url)
        for code in [*order, *last]:
            assert take(stages / f"{code}.lapak", server).refused == []
        assert (documents(server), derived(server)) == truth


CARTS = st.tuples(
    st.dictionaries(st.sampled_from(SKUS), st.integers(1, 3), min_size=1, max_size=4),
    st.sampled_from(sorted(METHODS)),
    st.integers(0, 120),
)


@settings(QUICK, max_examples=30)
@given(carts=st.lists(CARTS, min_size=1, max_size=6), chunk=st.integers(1, 9))
def test_rebuilt_and_synced_tables_equal_live_ones(
    stages: Path, carts: list[tuple[dict[str, int], str, int]], chunk: int
) -> None:
    with copied(stages / "S01.lapak") as stan, copied(stages / "empty.lapak") as other:
        for items, method, discount in carts:
            sell(stan, items, method, discount=discount)
        live = derived(stan)
        take(stan, other)
        with stan.write() as conn:
            journal.rebuild(conn, chunk)
        assert derived(stan) == live
        assert derived(other) == live


def places(value: Any, at: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value inside a body."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, held in inner:
        yield (*at, step)
        yield from places(held, (*at, step))


VALUES = st.one_of(
    st.integers(-(2**63), 2**63 - 1),
    st.sampled_from([-1, 0, 1, 10**12 + 1, 2**63, True, False, None, 0.5]),
    st.sampled_from(["", "5", "x\x00", "\ud800", "2023-02-30", "2023-04-14T14:07:00+07:00"]),
    st.sampled_from([[], {}, ["a"], [1], {"sku": "PECI"}, [[]]]),
)


@settings(QUICK, max_examples=100)
@given(data=st.data())
def test_what_sync_takes_verify_approves(stages: Path, data: st.DataObject) -> None:
    """One value of one document is replaced by somebody who knows our hashes: refused, or harmless."""
    with opened(stages / "S01.lapak") as stan:
        ((device, chain),) = documents(stan).items()
    seq = data.draw(st.integers(1, len(chain)))
    way = data.draw(st.sampled_from(list(places(json.loads(chain[seq - 1].body)))))
    value = data.draw(VALUES)

    def change(fields: Fields) -> None:
        place: Any = fields
        for step in way[:-1]:
            place = place[step]
        place[way[-1]] = value

    with TemporaryDirectory() as folder, copied(stages / "empty.lapak") as target:
        source = forged(Path(folder) / "asing.lapak", altered(chain, seq, change), loose=True)
        copied_ = take(source, target)
        kept = documents(target).get(device, [])
        assert [fault.seq for fault in copied_.refused] == (
            [] if len(kept) == len(chain) else [len(kept) + 1]
        )
        assert len(kept) >= seq - 1
        assert verify(target, rebuild=True).ok


class Exhibition(RuleBasedStateMachine):
    """Two booths and an office that sell, price, carry, put segments into a folder, and lose things."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.place = Path(self.folder.name)
        self.patch = pytest.MonkeyPatch()
        self.patch.setenv("LAPAK_HOME", str(self.place / "home"))
        self.stick, self.awan, self.old = self.place / "stik.lapak", self.place / "awan", b""
        self.office: Ledger
        self.booths: list[Ledger]

    @initialize()
    def opens(self) -> None:
        """Two booths and an office open."""
        self.booths = [booth(self.place / f"{code}.lapak", code) for code in ("S01", "S02")]
        self.office = office(self.place / "K01.lapak")

    @property
    def ledgers(self) -> list[Ledger]:
        """Everybody."""
        return [*self.booths, self.office]

    @rule(who=st.integers(0, 1), sku=st.sampled_from(SKUS), qty=st.integers(1, 2))
    def sells(self, who: int, sku: str, qty: int) -> None:
        """A booth sells something."""
        sell(self.booths[who], {sku: qty})

    @rule(sku=st.sampled_from(SKUS), price=st.integers(1, 999))
    def prices(self, sku: str, price: int) -> None:
        """The office changes a price."""
        product = next(product for product in CATALOGUE if product.sku == sku)
        post_products(self.office, [replace(product, price=price)])

    @rule(who=st.integers(0, 2))
    def carries(self, who: int) -> None:
        """Somebody brings the stick up to date."""
        assert carry(self.ledgers[who], self.stick).refused == ()

    @rule(who=st.integers(0, 2))
    def shares(self, who: int) -> None:
        """Somebody syncs with the shared folder."""
        assert sync_target(self.ledgers[who], str(self.awan)).refused == ()

    @precondition(lambda self: self.stick.exists())
    @rule()
    def remembers(self) -> None:
        """Somebody copies the stick."""
        self.old = self.stick.read_bytes()

    @precondition(lambda self: self.old)
    @rule()
    def puts_back(self) -> None:
        """Somebody puts the old copy in place of the stick's file."""
        self.stick.write_bytes(self.old)

    @rule()
    def loses_the_stick(self) -> None:
        """The stick's file is gone."""
        self.stick.unlink(missing_ok=True)

    @precondition(lambda self: self.awan.exists())
    @rule(n=st.integers(0, 5))
    def loses_a_segment(self, n: int) -> None:
        """One file of the shared folder is gone."""
        files = sorted(self.awan.rglob("*.jsonl"))
        if n < len(files):
            files[n].unlink()

    @rule()
    def merges(self) -> None:
        """The office merges what lies about; gaps are told, nothing else is."""
        if self.stick.exists() or self.awan.exists():
            sources = [path for path in (self.awan, self.stick) if path.exists()]
            try_merge(self.place / "pusat.lapak", sources)

    def teardown(self) -> None:
        """In the end everybody syncs once more, and every way of collecting gives the same books."""
        try:
            if hasattr(self, "booths"):
                self.ends()
        finally:
            self.patch.undo()
            self.folder.cleanup()

    def ends(self) -> None:
        """The last sync of everybody, and what must then be true."""
        for ledger in self.ledgers:
            carry(ledger, self.stick)
            sync_target(ledger, str(self.awan))
        own = {ledger.own().code: documents(ledger)[ledger.own().code] for ledger in self.ledgers}
        for ledger in self.ledgers:
            assert verify(ledger, rebuild=True).ok
            ledger.close()
        try_merge(self.place / "pusat.lapak", [self.stick])
        merge(str(self.place / "lain.lapak"), [self.awan])
        with opened(self.place / "pusat.lapak") as one, opened(self.place / "lain.lapak") as two:
            assert documents(one) == own == documents(two)
            assert derived(one) == derived(two)
            assert verify(one).ok


def try_merge(target: Path, sources: list[Path]) -> None:
    """Merge; only gaps may be refused."""
    merged = merge(str(target), sources)
    assert merged.unread == []
    assert all("missing" in fault.why for fault in merged.refused)


Exhibition.TestCase.settings = settings(QUICK, max_examples=15, stateful_step_count=20)
TestExhibition = Exhibition.TestCase

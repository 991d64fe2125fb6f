"""Whatever is carried where, in whatever order, with clones and splits: all end with the same figures.

Files and a database together; hypothesis looks for the order that breaks it. The second part is a region in
small: offices, booths, sticks that are pulled.
"""

from __future__ import annotations

import multiprocessing
import random
import shutil
from collections.abc import Sequence
from contextlib import ExitStack, closing
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path
from time import sleep
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.carry import carry
from pos.catalog import post_products
from pos.clock import stopped_at
from pos.errors import UserError, WorldFailed
from pos.forks import forks, split
from pos.identity import continue_as_new
from pos.ledger import Ledger, create_collector, devices, open_ledger, open_target
from pos.merge import merge
from pos.model import Document
from pos.radar import radar
from pos.reports import Period, run_report
from pos.shifts import open_shift
from pos.staff import post_staff
from pos.text import language, use_language
from pos.verify import verify
from tests.books import CATALOGUE, DAY, MOMENT, STAFF, documents, new_ledger, sell
from tests.sync.conftest import Copy
from tests.sync.test_forks import figures, sound, split_all, truth
from tests.sync.test_postgres import emptied
from tests.sync.test_properties import QUICK, copied
from tests.sync.world import opened, take

Steps: TypeAlias = list[tuple[str | int, int]]

# S01 and its clone in two stages, a clone of the clone, another booth, an office.
STAGES = ["S01", "S01-later", "klon", "klon-later", "tiga", "S02", "K01"]
COLLECTORS = 3  # two files, one database


@pytest.fixture(scope="session")
def region(kit: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the closed ledgers of STAGES and an empty central file."""
    folder = tmp_path_factory.mktemp("wilayah")
    for code in ("S01", "S02", "K01"):
        shutil.copyfile(kit / f"{code}.lapak", folder / f"{code}.lapak")
    _went_on(folder, "S01", "S01-later", [{"PECI": 1}, {"NASTAR-500": 2}, {"KOPI-GRAM": 50}])
    _went_on(folder, "S01", "klon", [{"SEMPRONG": 1}])
    _went_on(folder, "klon", "klon-later", [{"HAMPERS": 1}, {"PECI": 3}])
    _went_on(folder, "klon", "tiga", [{"PUTRI-500": 1}])
    create_collector(folder / "empty.lapak")
    return folder


def _went_on(folder: Path, source: str, name: str, carts: Sequence[dict[str, int]]) -> None:
    shutil.copyfile(folder / f"{source}.lapak", folder / f"{name}.lapak")
    with closing(open_ledger(folder / f"{name}.lapak", stopped_at(MOMENT))) as ledger:
        for items in carts:
            sell(ledger, items)


@pytest.fixture(scope="session")
def right(region: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """The figures of everything that was sold, each once."""
    with ExitStack() as stack:
        one, klon, tiga, two = (
            stack.enter_context(copied(region / f"{name}.lapak"))
            for name in ("S01-later", "klon-later", "tiga", "S02")
        )
        before = language()
        use_language("en")  # as in the tests
        try:
            parts = ((one, 1), (klon, 12), (tiga, 13), (two, 1))
            return truth(tmp_path_factory.mktemp("benar"), *parts)
        finally:
            use_language(before)


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from([*STAGES, *range(COLLECTORS)]), st.integers(0, COLLECTORS - 1)),
        st.tuples(st.just("split"), st.integers(0, COLLECTORS - 1)),
    ),
    max_size=14,
)


@settings(QUICK, max_examples=10)
@given(steps=STEPS, last=st.permutations(STAGES), batch=st.integers(1, 20))
def test_all_files_come_to_the_same_figures(
    region: Path, right: dict[str, object], steps: Steps, last: list[str], batch: int
) -> None:
    with ExitStack() as stack:
        ledgers = [stack.enter_context(copied(region / "empty.lapak")) for _n in range(COLLECTORS)]
        _hold(region, ledgers, (steps, last, batch), right)


@settings(QUICK, max_examples=4)
@given(steps=STEPS, last=st.permutations(STAGES), batch=st.integers(1, 20))
def test_files_and_a_database_come_to_the_same_figures(
    region: Path, right: dict[str, object], postgres_url: str, steps: Steps, last: list[str], batch: int
) -> None:
    with ExitStack() as stack:
        ledgers = [stack.enter_context(copied(region / "empty.lapak")) for _n in range(COLLECTORS - 1)]
        ledgers.append(stack.enter_context(closing(open_target(postgres_url, stopped_at(MOMENT)))))
        emptied(postgres_url)
        _hold(region, ledgers, (steps, last, batch), right)


def _hold(
    region: Path, ledgers: Sequence[Ledger], way: tuple[Steps, list[str], int], right: dict[str, object]
) -> None:
    steps, last, batch = way
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pos.sync.BATCH", batch)
        _walk(region, ledgers, steps)
        _settle(region, ledgers, last)
    for ledger in ledgers:
        assert figures(ledger) == right
        assert [blip.device for blip in radar(ledger) if blip.lacks] == []
        assert _unforked(ledger) == _unforked(ledgers[0])
    sound(ledgers[0])


def _walk(region: Path, ledgers: Sequence[Ledger], steps: Sequence[tuple[str | int, int]]) -> None:
    for source, target in steps:
        if source == "split":
            if waiting := forks(ledgers[target]):
                split(ledgers[target], waiting[0])
        elif isinstance(source, int):
            if source != target:
                take(ledgers[source], ledgers[target])
        else:
            take(region / f"{source}.lapak", ledgers[target])


def _settle(region: Path, ledgers: Sequence[Ledger], last: Sequence[str]) -> None:
    """Everybody hears of everything, and splits what is to be split, until nothing is new."""
    for name in last:
        take(region / f"{name}.lapak", ledgers[0])
    split_all(ledgers[0])
    for _round in range(3):
        for target in ledgers:
            for source in ledgers:
                if source is not target:
                    take(source, target)
            split_all(target)
    for target in ledgers:
        for source in ledgers:
            if source is not target:
                assert take(source, target).taken == 0


def _unforked(ledger: Ledger) -> dict[str, list[Document]]:
    """The chains that have one history only."""
    with ledger.read() as conn:
        plain = {code for code, device in devices(conn).items() if device.booth in ("S02", "K01")}
    return {code: chain for code, chain in documents(ledger).items() if code in plain}


# A region in small.

OFFICES, BOOTHS, CLONES, ROUNDS, BUSY = 3, 200, 5, 2, 10


@pytest.fixture(scope="session")
def stalls(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the ledgers of BOOTHS booths, all made of one image, each a device of its own."""
    folder = tmp_path_factory.mktemp("stan")
    with closing(new_ledger(folder / "citra.lapak", "S00")) as image:
        post_products(image, CATALOGUE[3:4])
        post_staff(image, STAFF)
    for n in range(BOOTHS):
        path = Path(shutil.copyfile(folder / "citra.lapak", folder / f"stan{n:03}.lapak"))
        with closing(open_ledger(path, stopped_at(MOMENT))) as ledger:
            continue_as_new(ledger)
            open_shift(ledger, "rina", DAY, 0)
    return folder


def test_three_offices_and_two_hundred_booths_with_pulled_sticks(stalls: Path, tmp_path: Path) -> None:
    """Booths sell and carry to one of three sticks, which are pulled, lost and old; five booths are cloned.

    In the end each office has all that was sold, and agrees with the others to the rupiah.
    """
    dice, sold = random.Random(59), 0
    booths = sorted(stalls.glob("stan*.lapak"))
    sticks, offices = ([tmp_path / f"{name}{n}.lapak" for n in range(OFFICES)] for name in ("stik", "kantor"))
    for turn in range(ROUNDS):
        for path in dice.sample(booths, BUSY):
            with closing(open_ledger(path, stopped_at(MOMENT))) as ledger:
                sold += sell(ledger, {"PECI": dice.randint(1, 3)}).total
                _carry(ledger, dice.choice(sticks), pulled=dice.random() < 0.2)
        if turn == 0:
            booths += [Path(shutil.copyfile(booths[n], stalls / f"klon{n}.lapak")) for n in range(CLONES)]
        for office in offices:
            merge(str(office), [stick for stick in dice.sample(sticks, 2) if stick.exists()] or [booths[0]])
        dice.choice(sticks).unlink(missing_ok=True)  # lost; a new one begins empty
    for number, path in enumerate((*booths[:CLONES], *booths[-CLONES:])):  # now each clone goes its own way
        with closing(open_ledger(path, stopped_at(MOMENT))) as ledger:
            sold += sell(ledger, {"PECI": 1 + number % 3}).total
    merge(str(offices[0]), [stalls])
    for _round in range(2):
        for office in offices:
            merge(str(office), [other for other in offices if other != office])
            with closing(open_ledger(office)) as ledger:
                split_all(ledger)
    seen = [_figures_of(office) for office in offices]
    assert seen[0] == seen[1] == seen[2]
    assert seen[0]["total"] == sold


def _carry(ledger: Ledger, stick: Path, *, pulled: bool) -> None:
    if not pulled:
        carry(ledger, stick)
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pos.carry._replace", _gone)
        with pytest.raises(UserError):
            carry(ledger, stick)


def _gone(*_what: object) -> None:
    raise WorldFailed("the stick is gone")


def _figures_of(office: Path) -> dict[str, object]:
    with opened(office) as ledger:
        assert verify(ledger).ok
        table = run_report(ledger, "totals", Period())
        rows = run_report(ledger, "reconcile", Period()).rows
        assert [row[-1] for row in rows if row[-1]] == []
        with ledger.read() as conn:
            count = len(devices(conn))
        return {"total": table.totals["total"], "sales": table.totals["sales"], "devices": count}


def _merging(target: str, source: Path, barrier: Barrier, answers: Connection) -> None:
    """A program of its own that merges until it was let."""
    barrier.wait()
    for _attempt in range(400):
        try:
            new = merge(target, [source]).new
        except WorldFailed:  # the other one is at it
            sleep(0.05)
        else:
            answers.send(new)
            return
    answers.send(-1)


def test_two_programs_merge_into_one_file_at_once(copy: Copy, tmp_path: Path) -> None:
    one, two = copy("S01"), copy("S02")
    target = str(tmp_path / "pusat.lapak")
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(2)
    pipes = [context.Pipe(duplex=False) for _n in range(2)]
    programs = [
        context.Process(target=_merging, args=(target, ledger.path, barrier, sender))
        for ledger, (_receiver, sender) in zip((one, two), pipes, strict=True)
    ]
    for program in programs:
        program.start()
    answers = [receiver.recv() for receiver, _sender in pipes]
    for program in programs:
        program.join(60)
    assert answers == [12, 12]
    with opened(Path(target)) as central:
        assert documents(central) == documents(one) | documents(two)
        assert verify(central, rebuild=False).ok

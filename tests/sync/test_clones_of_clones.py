"""Several histories of one laptop, met, split off and handed on in any order: each sale counts once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pos import quarantine
from pos.carry import carry, sync_target
from pos.checkout import read_sale
from pos.clock import stopped_at
from pos.errors import BadDocument, WorldFailed
from pos.forks import forks, split
from pos.identity import continue_as_new
from pos.inbox import open_central
from pos.ledger import Ledger, open_ledger
from pos.merge import merge
from pos.model import By, Staff
from pos.offices import begin_office
from pos.parting import ForkedError
from pos.radar import radar
from pos.reports import Period, run_report
from pos.segments import FolderSource
from pos.settlements import settlements_of
from pos.settling import settle as settle_with
from pos.submit import submit
from pos.sync import Copied, copy_chains
from tests.books import MOMENT, documents, sell
from tests.sync.conftest import Copy
from tests.sync.test_central import inbox, logins  # noqa: F401 - a fixture
from tests.sync.test_forks import KANTOR, figures, only_fork, path_of, sound, split_all, truth, twins
from tests.sync.world import central, opened, take


@pytest.fixture
def lain(tmp_path: Path) -> Iterator[Ledger]:
    """Another office's central file, empty and open."""
    with closing(central(tmp_path / "lain.lapak")) as other:
        yield other


@pytest.fixture
def three(copy: Copy, tmp_path: Path) -> Iterator[tuple[Ledger, Ledger, Ledger]]:
    """A booth, its clone, and a clone of the clone that was made two sales later."""
    one, clone = copy("S01"), copy("S01")
    sell(one, {"PECI": 1})
    for _sale in range(2):
        sell(clone, {"SEMPRONG": 1})
    with closing(cloned(clone, tmp_path / "tiga.lapak")) as third:
        sell(clone, {"PECI": 2})
        for _sale in range(2):
            sell(third, {"HAMPERS": 1})
        yield one, clone, third


def cloned(ledger: Ledger, path: Path) -> Ledger:
    """A copy of an open ledger, to sell on with."""
    with closing(sqlite3.connect(path_of(ledger))) as raw, closing(sqlite3.connect(path)) as copy:
        raw.backup(copy)
    return open_ledger(path, stopped_at(MOMENT))


def exchange_all(*offices: Ledger) -> None:
    """They tell each other and split off until nothing is new."""
    for _round in range(4):
        for target in offices:
            split_all(target)
            for source in offices:
                if source is not target:
                    take(source, target)


def test_whoever_met_the_clone_of_the_clone_first_counts_the_same(
    three: tuple[Ledger, Ledger, Ledger], pusat: Ledger, lain: Ledger, tmp_path: Path
) -> None:
    """At one office it was split off twice, at the other it stands as the laptop's own history."""
    one, clone, third = three
    for ledger in (one, clone, third):
        take(ledger, pusat)
        split_all(pusat)
    for ledger in (third, one, clone):
        take(ledger, lain)
    exchange_all(pusat, lain)
    right = truth(tmp_path, (one, 1), (clone, 12), (third, 14))
    for office in (pusat, lain):
        assert figures(office) == right
        sound(office)


def test_two_offices_that_gave_other_letters_count_the_same(
    three: tuple[Ledger, Ledger, Ledger], copy: Copy, pusat: Ledger, lain: Ledger, tmp_path: Path
) -> None:
    """What parts from a split-off history is restated by each office from a history of another name."""
    one, clone, third = three
    fourth = copy("S01")
    sell(fourth, {"NASTAR-500": 1})
    for office, order in ((pusat, (one, clone, fourth)), (lain, (one, fourth, clone))):
        for ledger in (*order, third):
            take(ledger, office)
            split_all(office)
    exchange_all(pusat, lain)
    right = truth(tmp_path, (one, 1), (clone, 12), (third, 14), (fourth, 12))
    for office in (pusat, lain):
        assert figures(office) == right
        sound(office)


def test_a_paper_of_a_clone_of_a_clone_bears_the_code_that_was_printed(
    three: tuple[Ledger, Ledger, Ledger], pusat: Ledger
) -> None:
    sale = sell(three[2], {"PECI": 1})
    for ledger in three:
        take(ledger, pusat)
        split_all(pusat)
    assert sale.hash in [read_sale(chain[-1]).hash for chain in documents(pusat).values()]


def test_what_lies_aside_goes_on_when_another_office_has_split_it_off(
    copy: Copy, pusat: Ledger, lain: Ledger, tmp_path: Path
) -> None:
    """Here lies more of the second history than that office had; nobody has to bring it once more."""
    one, clone = copy("S01"), copy("S01")
    sell(one, {"PECI": 1})
    sell(clone, {"SEMPRONG": 1})
    for ledger in (one, clone):
        take(ledger, lain)
    split_all(lain)
    sell(clone, {"SEMPRONG": 2})
    for ledger in (one, clone):
        take(ledger, pusat)
    copied = take(lain, pusat)
    assert (copied.taken, copied.refused, forks(pusat)) == (3, [], ())
    assert figures(pusat) == truth(tmp_path, (one, 1), (clone, 12))
    with pusat.read() as conn:
        assert quarantine.aside(conn) == []
    sound(pusat)


def test_a_split_that_fails_at_the_third_history_leaves_all_as_it_was(
    three: tuple[Ledger, Ledger, Ledger], pusat: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, clone, third = three
    for ledger in (one, clone, third):
        take(ledger, pusat)
    fork = only_fork(pusat)
    with pusat.read() as conn:
        before = documents(pusat), quarantine.aside(conn)

    def full(*_what: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as world:
        world.setattr("pos.quarantine.keep_branch", full)
        with pytest.raises(WorldFailed):
            split(pusat, fork)
    with pusat.read() as conn:
        assert (documents(pusat), quarantine.aside(conn)) == before
    split_all(pusat)
    assert figures(pusat) == truth(tmp_path, (one, 1), (clone, 12), (third, 14))


def test_a_folder_with_less_of_the_first_than_of_the_second_tells_where_they_parted(
    copy: Copy, tmp_path: Path
) -> None:
    """The office has more of the first by another way."""
    one, clone, awan, kantor = copy("S01"), copy("S01"), tmp_path / "awan", tmp_path / "k.lapak"
    for ledger, sales in ((one, 2), (clone, 3)):
        for _sale in range(sales):
            sell(ledger, {"SEMPRONG": 1})
        sync_target(ledger, str(awan))
    for _sale in range(4):
        sell(one, {"PECI": 1})
    merge(str(kantor), [path_of(one)])
    merged = merge(str(kantor), [awan])
    assert [(bad.seq, merged.left, merged.aside) for bad in merged.refused] == [(13, 3, 3)]
    with closing(open_ledger(kantor)) as office:
        split_all(office)
    merged = merge(str(kantor), [awan])
    assert (merged.new, merged.refused, merged.left) == (0, [], 0)
    with opened(kantor) as office:
        assert figures(office) == truth(tmp_path, (one, 1), (clone, 12))


def test_an_office_hears_of_a_second_history_that_came_to_the_file_later(copy: Copy, stick: Path) -> None:
    one, clone = twins(copy)
    kantor = copy("K01")
    for ledger in (one, kantor, clone, kantor):
        carry(ledger, stick)
    assert only_fork(kantor).seq == 13


def test_nothing_is_missing_of_a_clone_that_went_on_under_its_own_code(copy: Copy, pusat: Ledger) -> None:
    one, clone = twins(copy)
    for _sale in range(5):
        sell(clone, {"PECI": 1})
    for ledger in (one, clone):
        take(ledger, pusat)
    continue_as_new(clone)
    take(clone, pusat)
    assert [blip for blip in radar(pusat) if blip.lacks] == []  # it lies aside
    split_all(pusat)
    assert [blip for blip in radar(pusat) if blip.lacks] == []


@pytest.mark.parametrize("box", [False, True])
def test_what_was_sold_before_the_laptop_went_on_under_a_new_code_comes_too(
    copy: Copy, tmp_path: Path, box: bool
) -> None:
    """It was restored or moved before it had handed over to this folder, or to this office's own file."""
    one, kantor = copy("S01"), copy("K01")
    sell(one, {"PECI": 1})
    continue_as_new(one)
    continue_as_new(one)
    where = path_of(kantor) if box else tmp_path / "awan"
    assert sync_target(one, str(where)).sent == 15
    assert sync_target(one, str(where)).sent == 0
    if box:
        open_central(str(where)).close()
    else:
        merged = merge(str(path_of(kantor)), [where])
        assert (merged.refused, merged.incomplete) == ([], ())
    assert run_report(kantor, "totals", Period()).rows == run_report(one, "totals", Period()).rows


def test_a_clone_of_a_clone_in_the_inbox_lies_in_nobodys_way(
    three: tuple[Ledger, Ledger, Ledger],
    logins: tuple[str, str],  # noqa: F811
    postgres_url: str,
    tmp_path: Path,
) -> None:
    """They are put aside as a second history of the clone; the first laptop brings its own meanwhile."""
    booth, office = logins
    one, clone, third = three
    for ledger in (one, clone):
        sync_target(ledger, booth)
        with closing(open_central(office)) as kantor:
            split_all(kantor)
    sync_target(third, booth)
    open_central(office).close()
    assert inbox(postgres_url) == 0
    for _sale in range(5):
        sell(one, {"PECI": 1})
    synced = sync_target(one, booth)
    assert (synced.sent, synced.refused) == (5, ())
    with closing(open_central(office)) as kantor:
        split_all(kantor)
    for ledger in (clone, third):
        sell(ledger, {"PECI": 1})
        sync_target(ledger, booth)
        with closing(open_central(office)) as kantor:
            assert forks(kantor) == ()
    with closing(open_central(office)) as kantor:
        assert figures(kantor) == truth(tmp_path, (one, 1), (clone, 12), (third, 14))
    assert inbox(postgres_url) == 0


def test_a_clone_that_goes_on_under_its_own_code_is_told_once(copy: Copy, stick: Path) -> None:
    one, clone = twins(copy)
    submit(one, str(stick))
    with pytest.raises(BadDocument):
        submit(clone, str(stick))
    continue_as_new(clone)
    for _time in range(2):
        done = submit(clone, str(stick))
        assert (done.refused, done.problems) == ((), ())
        with closing(open_ledger(stick)) as kantor:
            split_all(kantor)
            assert len(documents(kantor)) == 3


@pytest.mark.parametrize("way", ["stick", "folder"])
def test_what_goes_on_here_comes_also_where_it_is_the_second_history(
    copy: Copy, tmp_path: Path, stick: Path, pusat: Ledger, way: str
) -> None:
    """The office met the clone first; on the stick the other one stands, and the clone's newest is aside."""
    one, clone = twins(copy)
    take(clone, pusat)
    sell(clone, {"PECI": 1})
    for ledger in (one, clone):
        sync_target(ledger, str(stick if way == "stick" else tmp_path / "awan"))
    brought(stick if way == "stick" else tmp_path / "awan" / "in", pusat)
    split_all(pusat)
    assert figures(pusat) == truth(tmp_path, (one, 1), (clone, 12))
    assert brought(stick if way == "stick" else tmp_path / "awan" / "in", pusat).refused == []


@pytest.mark.parametrize("way", ["stick", "folder"])
def test_a_history_that_parted_twice_comes_whole(
    copy: Copy, tmp_path: Path, stick: Path, pusat: Ledger, way: str
) -> None:
    """On the way there it left another history than the one that the office has."""
    one, clone = copy("S01"), copy("S01")
    where = stick if way == "stick" else tmp_path / "awan"
    for ledger in (one, clone, clone):
        sell(ledger, {"SEMPRONG": 1})
    take(one, pusat)
    sync_target(clone, str(where))
    with closing(cloned(clone, tmp_path / "tiga.lapak")) as third:
        for ledger in (clone, third):
            sell(ledger, {"PECI": 2})
            sync_target(ledger, str(where))
        brought(stick if way == "stick" else where / "in", pusat)
        split_all(pusat)
        assert figures(pusat) == truth(tmp_path, (one, 1), (clone, 12), (third, 14))
        assert brought(stick if way == "stick" else where / "in", pusat).refused == []


def brought(where: Path, target: Ledger) -> Copied:
    """What a file or the `in/` of a folder brings."""
    return take(where, target) if where.is_file() else copy_chains(FolderSource(where), target)


def test_nothing_is_missing_of_a_history_that_goes_on_in_a_folder_beside_another(
    copy: Copy, tmp_path: Path, pusat: Ledger
) -> None:
    """Each of them put every sale down for itself."""
    one, clone, awan = copy("S01"), copy("S01"), tmp_path / "awan"
    for ledger in (one, clone, clone, clone):
        sell(ledger, {"PECI": 1})
        sync_target(ledger, str(awan))
    take(one, pusat)
    copied = brought(awan / "in", pusat)
    assert {type(bad) for bad in copied.refused} == {ForkedError}
    split_all(pusat)
    assert brought(awan / "in", pusat).refused == []
    assert figures(pusat) == truth(tmp_path, (one, 1), (clone, 12))
    assert [blip for blip in radar(pusat) if blip.lacks] == []


def test_an_old_stick_of_what_is_told_under_another_name_asks_nothing(
    three: tuple[Ledger, Ledger, Ledger], pusat: Ledger, lain: Ledger, copy: Copy, tmp_path: Path
) -> None:
    """One office has split the clone off as B, the other as C; what parts from B there parts from C here."""
    one, clone, third = three
    fourth, late = copy("S01"), [central(tmp_path / f"{name}.lapak") for name in ("atas", "bawah")]
    for office, order in ((pusat, (one, clone)), (lain, (one, fourth, clone))):
        sell(fourth, {"NASTAR-500": 1})
        for ledger in order:
            take(ledger, office)
            split_all(office)
    for upper, first in zip(late, (pusat, lain), strict=True):
        take(first, upper)
    for upper, then in zip(late, (lain, pusat), strict=True):
        take(third, then)
        split_all(then)
        take(then, upper)
    for upper in late:
        with closing(upper):
            assert forks(upper) == ()
            assert (take(third, upper).refused, forks(upper)) == ([], ())
            sound(upper)


def test_a_sheet_by_a_clone_under_its_new_code_leaves_the_one_figure(copy: Copy, pusat: Ledger) -> None:
    """It counted what it had sold under the code of both; at the office that is a laptop of its own."""
    one, clone = twins(copy)
    continue_as_new(clone)
    settle_with(clone, "LPP-PLG", "Yuliana", By(Staff("sari", "Sari", "petugas")))
    for ledger in (one, clone):
        take(ledger, pusat)
    split_all(pusat)
    assert run_report(pusat, "reconcile", Period()).totals == {"difference": 0}
    begin_office(pusat)
    settle_with(pusat, "LPP-PLG", "Yuliana", KANTOR)
    sold = run_report(pusat, "settlement", Period())
    column = [one.key for one in sold.columns].index("total")
    sheets = sum(sheet.money.turnover for sheet in settlements_of(pusat, "LPP-PLG"))
    assert sheets == next(row for row in sold.rows if row[0] == "LPP-PLG")[column]
    assert run_report(pusat, "reconcile", Period()).totals == {"difference": 0}
    sound(pusat)

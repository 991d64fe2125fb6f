"""An office's own file as a target: booths hand over beside it, whether its program is open or not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pos import journal, rows
from pos.carry import carried, changing, sync_target
from pos.catalog import post_products, products
from pos.clock import stopped_at
from pos.errors import Refused, WorldFailed
from pos.file_lock import InUse, locked
from pos.handed import handed, waiting
from pos.inbox import open_central, take_in
from pos.ledger import Ledger, open_ledger
from pos.letterbox import box_for, collect, lay_out, lying, put_up, take_down
from pos.merge import merge
from pos.offices import begin_office
from pos.paths import box_of, has_box
from pos.submit import submit
from pos.verify import verify
from tests.books import CATALOGUE, MOMENT, documents, sell
from tests.sync.conftest import Copy
from tests.sync.world import held, opened, take


@pytest.fixture
def own(copy: Copy, tmp_path: Path) -> Path:
    """The file that booths were told weeks ago; meanwhile somebody of the office put a paper into it."""
    path = tmp_path / "bersama" / "pusat.lapak"
    sync_target(copy("S02"), str(path))
    with closing(open_ledger(path, stopped_at(MOMENT))) as central:
        begin_office(central)
        post_products(central, CATALOGUE)
        post_products(central, [replace(CATALOGUE[0], price=70_000)])
    return path


@pytest.fixture
def office(own: Path) -> Iterator[Ledger]:
    """The same, open in the office's program."""
    put_up(own)
    with closing(open_central(str(own))) as central:
        central.clock = stopped_at(MOMENT)
        yield central


def price(ledger: Ledger) -> int:
    """What the first of the goods costs there."""
    return next(one.price for one in products(ledger) if one.sku == CATALOGUE[0].sku)


def test_what_is_handed_over_to_that_path_arrives(copy: Copy, own: Path, office: Ledger) -> None:
    stan = copy("S01")
    done = submit(stan, str(own))
    assert (done.sent, done.handed.target, done.refused) == (12, str(own), ())
    assert waiting(stan).documents == 0
    assert stan.own().code not in documents(office)  # it lies beside
    assert take_in(office).taken == 12
    assert documents(office)[stan.own().code] == documents(stan)[stan.own().code]
    assert verify(office, rebuild=True).ok


def test_and_the_offices_catalogue_comes_back(copy: Copy, own: Path, office: Ledger) -> None:
    stan = copy("S01")
    assert price(stan) != 70_000
    done = submit(stan, str(own))
    assert (price(stan), bool(done.news)) == (70_000, True)
    post_products(office, [replace(CATALOGUE[0], price=72_000)])
    assert lay_out(office) == 1
    assert sync_target(stan, str(own)).received == 1
    assert price(stan) == 72_000


def test_with_nobody_there_it_lies_and_the_next_that_opens_the_file_takes_it_in(
    copy: Copy, own: Path
) -> None:
    """No letter box yet: the file is one of before. Whoever hands over puts it up."""
    stan = copy("S01")
    assert not has_box(own)
    submit(stan, str(own))
    assert has_box(own)
    before = own.read_bytes()
    submit(stan, str(own))
    assert own.read_bytes() == before  # nobody but the office writes there
    with closing(open_central(str(own))) as central:
        assert documents(central)[stan.own().code] == documents(stan)[stan.own().code]


@pytest.mark.parametrize("dry_run", [False, True])
def test_merge_takes_in_what_lies_there_and_merges_in_place(copy: Copy, own: Path, dry_run: bool) -> None:
    stan, other = copy("S01"), copy("S02")
    submit(stan, str(own))
    sell(other, {"PECI": 1})
    before = held(own)
    done = merge(str(own), [Path(other.name)], dry_run=dry_run)
    assert (done.refused, done.new) == ([], 1 if dry_run else 13)
    expected = before if dry_run else before | {stan.own().code: 12, other.own().code: 13}
    assert held(own) == expected


def test_a_dry_run_puts_up_no_letter_box(copy: Copy, own: Path) -> None:
    merge(str(own), [Path(copy("S01").name)], dry_run=True)
    assert not has_box(own)


def test_merging_an_offices_file_elsewhere_brings_what_lies_beside_it(
    copy: Copy, own: Path, tmp_path: Path
) -> None:
    """As from a stick whose file some office had open."""
    stan = copy("S01")
    submit(stan, str(own))
    done = merge(str(tmp_path / "lain.lapak"), [own])
    assert (done.refused, held(tmp_path / "lain.lapak")[stan.own().code]) == ([], 12)


def test_what_was_carried_before_goes_on_in_the_box(copy: Copy, tmp_path: Path) -> None:
    stan, path = copy("S01"), tmp_path / "pusat.lapak"
    submit(stan, str(path))
    with closing(open_ledger(path)) as central:
        begin_office(central)
    sell(stan, {"PECI": 1})
    done = submit(stan, str(path), thorough=False)
    assert (done.handed.seq, handed(stan, str(path))) == (13, done.handed)
    with closing(open_central(str(path))) as central:
        assert documents(central)[stan.own().code] == documents(stan)[stan.own().code]


def test_an_office_that_only_collects_is_left_alone_while_it_is_open(copy: Copy, tmp_path: Path) -> None:
    """Then its file is carried again, as before."""
    stan, path = copy("S01"), tmp_path / "pusat.lapak"
    submit(copy("S02"), str(path))
    put_up(path)
    with closing(open_central(str(path))) as central:
        submit(stan, str(path))
        with pytest.raises(InUse), carried(path):
            pytest.fail("it was taken from under the office")
        assert collect(central).taken == 12
    take_down(path)
    assert has_box(path)  # something lies there
    shutil.rmtree(box_of(path))
    sell(stan, {"PECI": 1})
    submit(stan, str(path))
    assert not has_box(path)
    assert held(path)[stan.own().code] == 13


def test_an_empty_box_goes_with_the_office(copy: Copy, tmp_path: Path) -> None:
    path = tmp_path / "pusat.lapak"
    submit(copy("S01"), str(path))
    put_up(path)
    take_down(path)
    assert not has_box(path)
    assert box_for(path) is None


def test_an_office_that_opens_waits_for_who_carries(
    copy: Copy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.letterbox.PATIENCE_MS", 0)
    path = tmp_path / "pusat.lapak"
    submit(copy("S01"), str(path))
    with locked(path), pytest.raises(InUse):
        put_up(path)
    put_up(path)
    assert has_box(path)


def test_a_paper_put_down_while_a_booth_carries_is_not_lost(copy: Copy, tmp_path: Path) -> None:
    """By a program that opened and closed the file in between: what was there then is left."""
    path = tmp_path / "pusat.lapak"
    submit(copy("S01"), str(path))
    other = copy("S02")

    def meanwhile() -> None:
        with carried(path) as central:
            with closing(open_ledger(path, stopped_at(MOMENT))) as office:
                begin_office(office)
            take(other, central)

    with pytest.raises(InUse):
        meanwhile()
    with opened(path) as central:
        assert central.device is not None
    submit(other, str(path))
    with closing(open_central(str(path))) as central:
        assert len(documents(central)) == 3


@pytest.mark.usefixtures("office")
def test_splitting_and_noting_work_on_it_where_it_is(own: Path) -> None:
    with changing(str(own)) as central:
        assert central.path == own
    assert has_box(own)


def test_the_ledger_of_a_booth_is_refused_as_ever(copy: Copy) -> None:
    stan, other = copy("S01"), copy("S02")
    for hand_over in (sync_target, submit):
        with pytest.raises(Refused, match="ledger of booth S02"):
            hand_over(stan, other.name)
    assert not has_box(Path(other.name))


def test_a_torn_segment_is_refused_by_name_and_comes_again(copy: Copy, own: Path, office: Ledger) -> None:
    stan = copy("S01")
    submit(stan, str(own))
    (segment,) = (box_of(own) / "in" / stan.own().code).iterdir()
    segment.write_bytes(segment.read_bytes()[:-9])
    copied = take_in(office)
    assert [(bad.device, bad.seq) for bad in copied.refused] == [(stan.own().code, 1)]
    submit(stan, str(own))
    assert (take_in(office).refused, documents(office)[stan.own().code]) == (
        [],
        documents(stan)[stan.own().code],
    )


def test_two_histories_are_kept_aside_as_from_anywhere(copy: Copy, own: Path, office: Ledger) -> None:
    one, twin = copy("S01"), copy("S01")
    sell(one, {"PECI": 1})
    sell(twin, {"SEMPRONG": 1})
    for ledger in (one, twin):
        sync_target(ledger, str(own))
    copied = take_in(office)
    assert copied.aside == 1
    assert take_in(office).taken == 0


@pytest.mark.usefixtures("office")
def test_what_lies_there_is_told_apart_from_what_is_new(copy: Copy, own: Path) -> None:
    before = lying(own)
    assert lying(own) == before
    submit(copy("S01"), str(own))
    assert before < lying(own)


def test_another_office_hands_over_and_takes_everything(copy: Copy, own: Path, office: Ledger) -> None:
    kantor, stan = copy("K01"), copy("S01")
    submit(stan, str(own))
    take_in(office)
    sync_target(kantor, str(own))
    take_in(office)
    assert kantor.own().code in documents(office)
    assert sync_target(stan, str(own)).received == len(documents(kantor)[kantor.own().code])


def test_a_share_that_is_not_connected_is_no_hand_over(copy: Copy, own: Path) -> None:
    stan = copy("S01")
    submit(stan, str(own))
    own.parent.rename(own.parent.with_name("lepas"))
    with pytest.raises(WorldFailed):
        submit(stan, str(own), thorough=False)
    assert not own.parent.exists()


def stops_at(step: int, act: Callable[[], object]) -> bool:
    """Let another process do `act`, and end without a word before or behind one of the things it does to the
    disk; False when it came to its end before that.
    """
    child = os.fork()
    if child == 0:
        left = step

        def spend() -> None:
            nonlocal left
            left -= 1
            if left == 0:
                os._exit(137)

        def around(real: Callable[..., Any]) -> Callable[..., Any]:
            def stopping(*args: Any, **more: Any) -> Any:
                spend()
                answer = real(*args, **more)
                spend()
                return answer

            return stopping

        try:
            for owner, name in ((Path, "replace"), (Path, "write_bytes"), (Path, "mkdir"), (os, "fsync")):
                setattr(owner, name, around(getattr(owner, name)))
            journal.store = around(journal.store)
            rows.add_up = around(rows.add_up)
            act()
        except BaseException:  # noqa: BLE001 - the one who waits must hear of it
            os._exit(1)
        os._exit(0)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert code in (0, 137)
    return code == 137


def test_a_booth_stopped_between_any_two_steps_loses_nothing(copy: Copy, own: Path) -> None:
    stan = copy("S01")
    wanted = documents(stan)
    stan.close()
    step = 1
    while stops_at(step, lambda: hand_over(stan.name, own)):
        step += 1
        if has_box(own):
            take_in_by_hand(own)  # whatever lies there
            shutil.rmtree(box_of(own))
    assert step > 8
    hand_over(stan.name, own)
    take_in_by_hand(own)
    with opened(own) as central:
        assert documents(central).items() >= wanted.items()
        assert verify(central).ok


def test_an_office_stopped_between_any_two_steps_loses_nothing(copy: Copy, own: Path) -> None:
    before = own.read_bytes()
    stan = copy("S01")
    submit(stan, str(own))
    step = 1
    while stops_at(step, lambda: take_in_by_hand(own)):
        step += 1
        with closing(open_ledger(own)) as central:
            assert verify(central).ok
            whole = documents(central).get(stan.own().code) == documents(stan)[stan.own().code]
        if whole:  # from the beginning again, up to a later step
            own.write_bytes(before)
            shutil.rmtree(box_of(own) / "out", ignore_errors=True)
    assert step > 4
    take_in_by_hand(own)
    sync_target(stan, str(own))
    with opened(own) as central:
        assert documents(central)[stan.own().code] == documents(stan)[stan.own().code]
        assert price(stan) == price(central) == 70_000


def hand_over(stan: str, central: Path) -> None:
    """A booth's program."""
    with closing(open_ledger(Path(stan))) as ledger:
        submit(ledger, str(central))


def take_in_by_hand(central: Path) -> None:
    """The office's program is opened and closed."""
    open_central(str(central)).close()

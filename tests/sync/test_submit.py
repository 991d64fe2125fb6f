"""Handing over: read back before it counts, remembered per target, given up without a trace."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pos.carry import carry, sync_target
from pos.catalog import post_products
from pos.course import STEPS, Course, GivenUp, View
from pos.errors import BadDocument, Refused
from pos.handed import Figures, all_handed, handed, known_booths, waiting
from pos.ledger import set_setting, setting
from pos.model import Staff
from pos.news import News, news_text
from pos.refunds import void
from pos.staff import post_staff
from pos.submit import submit
from pos.text import use_language
from tests.books import CATALOGUE, derived, documents, sell, shift_of
from tests.sync.conftest import Copy
from tests.sync.world import altered, forged, held, opened, sample_booth, visible

TORN = ("", "{", "[]", '{"seq": 1}', "null", '{"target": 1, "at": "x", "figures": {}}')


def test_what_is_handed_over_is_there_and_remembered(copy: Copy, where: str) -> None:
    stan = copy("S01")
    own = stan.own().code
    done = submit(stan, where)
    assert (done.sent, done.handed.seq, done.refused, done.problems) == (12, 12, (), ())
    assert done.handed.figures == Figures(12, 7, 974_993)
    assert done.handed.hash == documents(stan)[own][-1].hash
    assert handed(stan, where) == done.handed
    assert [(one.device, one.booth, one.seq) for one in known_booths(stan, where)] == [(own, "S01", 12)]
    left = waiting(stan)
    assert (left.documents, left.money, left.kinds, left.last) == (0, 0, (), done.handed.at)


def test_only_what_is_new_goes_the_second_time(copy: Copy, where: str) -> None:
    stan = copy("S01")
    submit(stan, where)
    sale = sell(stan, {"PECI": 2})
    void(stan, sale, shift_of(stan), "sari", "salah tekan")
    left = waiting(stan)
    assert (left.documents, left.money, left.kinds) == (2, 0, (("sale", 1), ("void", 1)))
    for thorough in (False, True):
        done = submit(stan, where, thorough=thorough)
        assert done.handed.figures == Figures(14, 8, 974_993)
    assert (done.sent, waiting(stan).documents) == (0, 0)


def test_both_ways_give_the_rows_of_the_booth(copy: Copy, stick: Path) -> None:
    stan = copy("S01")
    submit(stan, str(stick))
    with opened(stick) as central:
        assert documents(central) == documents(stan)
        assert derived(central) == derived(stan)


def test_it_goes_through_five_steps_and_counts(copy: Copy, stick: Path) -> None:
    stan, seen = copy("S01"), list[View]()
    submit(copy("S02"), str(stick))
    course = Course(lambda: seen.append(course.look()))
    submit(stan, str(stick), course)
    assert list(dict.fromkeys(view.step for view in seen)) == list(STEPS)
    assert [view.percent for view in seen] == sorted(view.percent for view in seen)
    assert ("check", 12, 12) in {(view.step, view.done, view.total) for view in seen}
    assert ("merge", 12, 12) in {(view.step, view.done, view.total) for view in seen}
    assert seen[-1].percent == 100


def test_the_office_and_its_news_come_home(copy: Copy, where: str) -> None:
    stan, kantor = copy("S01"), copy("K01")
    post_products(kantor, [replace(CATALOGUE[3], sku="TAS", name="Tas Rajut")])
    post_staff(kantor, [Staff("yani", "Yani", "petugas")])
    sync_target(kantor, where)
    done = submit(stan, where)
    assert (done.received, done.news) == (5, News(goods=1, prices=1, people=1))
    assert news_text(done.news) == "Received: 1 new product, 1 new price, 1 person"
    use_language("id")
    assert news_text(done.news) == "Diterima: 1 barang baru, 1 harga baru, 1 petugas atau kasir"
    again = submit(stan, where)
    assert (again.received, again.news, news_text(again.news)) == (0, News(), "")


@pytest.mark.parametrize("step", STEPS)
def test_given_up_in_any_step_leaves_the_file_as_it_was(
    copy: Copy, stick: Path, home: Path, step: str
) -> None:
    stan = copy("S01")
    submit(stan, str(stick))
    before = stick.read_bytes()
    sell(stan, {"PECI": 1})

    def look() -> None:
        if course.look().step == step:
            course.give_up()

    course = Course(look)
    with pytest.raises(GivenUp):
        submit(stan, str(stick), course)
    assert stick.read_bytes() == before
    assert visible(stick.parent) == ["pusat.lapak"]
    assert list((home / "kerja").iterdir()) == []
    assert waiting(stan).documents == 1
    assert submit(stan, str(stick)).sent == 1


@pytest.mark.parametrize("kind", ["folder", "server"])
def test_given_up_elsewhere_whole_batches_stay_and_do_not_count(
    copy: Copy, stick: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr("pos.carry.WATCHED", 5)
    monkeypatch.setattr("pos.segments.BATCH", 5)
    target = str(request.getfixturevalue("postgres_url")) if kind == "server" else str(stick.parent / "HBP")
    stan = copy("S01")

    def look() -> None:
        if course.look().step == "merge" and course.look().done >= 5:
            course.give_up()

    course = Course(look)
    with pytest.raises(GivenUp):
        submit(stan, target, course)
    assert waiting(stan).documents == 12
    assert submit(stan, target).sent in (7, 2)
    assert waiting(stan).documents == 0


def test_selling_goes_on_while_it_hands_over(copy: Copy, stick: Path) -> None:
    stan = copy("S01")
    sold: list[str] = []

    def sell_once() -> None:
        if course.look().step in ("merge", "match", "keep"):
            sold.append(sell(stan, {"PECI": 1}).receipt)

    course = Course(sell_once)
    done = submit(stan, str(stick), course)
    assert len(sold) >= 3
    assert done.handed.figures.documents == done.handed.seq
    assert waiting(stan).documents == 12 + len(sold) - done.handed.seq
    submit(stan, str(stick))
    assert held(stick) == {stan.own().code: 12 + len(sold)}


def test_a_till_is_no_central_file(copy: Copy) -> None:
    stan, other = copy("S01"), copy("S02")
    with pytest.raises(Refused, match="not a central file"):
        submit(stan, str(other.path))
    assert all_handed(stan) == []


def test_sample_data_and_real_books_do_not_meet(copy: Copy, stick: Path, tmp_path: Path) -> None:
    sample = sample_booth(tmp_path / "contoh.lapak")
    submit(copy("S01"), str(stick))
    before = stick.read_bytes()
    with pytest.raises(BadDocument, match="never mixed"):
        submit(sample, str(stick))
    assert stick.read_bytes() == before
    sample.close()


def test_a_forged_chain_of_a_stranger_is_refused_and_told(copy: Copy, stick: Path) -> None:
    kantor, stan = copy("K01"), copy("S01")
    chain = documents(kantor)[kantor.own().code]
    carry(stan, stick)
    worse = forged(stick.with_name("palsu.lapak"), altered(chain, 2, lambda body: body.update(cards="x")))
    stan_two = copy("S02")
    done = submit(stan_two, str(worse))
    assert [bad.device for bad in done.refused] == [kantor.own().code]
    assert done.handed.seq == 12


def test_the_last_twenty_targets_are_remembered(copy: Copy, tmp_path: Path) -> None:
    stan = copy("S01")
    for number in range(22):
        submit(stan, str(tmp_path / f"folder{number}"))
    assert len(all_handed(stan)) == 20
    assert setting(stan, f"handed:{tmp_path / 'folder21'}")


@pytest.mark.parametrize(
    "kept", ["", "{", "[]", '{"seq": 1}', "null", '{"target": 1, "at": "x", "figures": {}}']
)
def test_a_memory_that_cannot_be_read_is_none(copy: Copy, stick: Path, kept: str) -> None:
    stan = copy("S01")
    set_setting(stan, f"handed:{stick}", kept)
    set_setting(stan, f"known:{stick}", kept)
    assert handed(stan, str(stick)) is None
    assert known_booths(stan, str(stick)) == ()
    assert waiting(stan).documents == 12

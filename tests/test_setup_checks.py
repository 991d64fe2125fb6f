"""What is said of the answers: each step's faults by field, and the goods that each source would bring."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pos.carry import sync_target
from pos.catalog import products
from pos.errors import Refused
from pos.exhibition import builtin_event
from pos.ledger import open_ledger
from pos.pins import hash_pin
from pos.sample import open_sample
from pos.setup import ARCHIVE, CENTRAL, FOLDER, LIST, STICK, Person, Setup
from pos.setup_checks import (
    Found,
    first_wrong,
    goods_found,
    look_at,
    new_pin,
    with_archive,
    with_event,
    with_name,
)
from tests.books import booth

RIGHT = Setup(step=3, institution="LPP-PLG", booth="S03", name="Stan 03", people=(Person("Sari", "petugas"),))


@pytest.mark.parametrize(
    ("answers", "field", "step"),
    [
        (replace(RIGHT, institution=""), "institution", 0),
        (replace(RIGHT, institution="XXX"), "institution", 0),
        (with_name(RIGHT, " "), "name", 0),
        (with_name(RIGHT, "٣"), "name", 0),
        (replace(RIGHT, end="2020-01-01"), "event", 0),
        (replace(RIGHT, event="/tiada.toml"), "event", 0),
        (replace(RIGHT, archive="/tiada.lapak"), "event", 0),
        (replace(RIGHT, central_kind=FOLDER), "central", 0),
        (replace(RIGHT, people=()), "people", 1),
        (replace(RIGHT, goods_kind=LIST), "goods", 2),
        (replace(RIGHT, goods_kind=LIST, goods="/tiada.csv"), "goods", 2),
        (replace(RIGHT, goods_kind=CENTRAL), "goods", 2),
    ],
)
def test_what_is_wrong_is_told_by_its_field_and_step(answers: Setup, field: str, step: int) -> None:
    found = first_wrong(answers)
    assert found is not None
    assert (set(found.errors), found.setup.step) == ({field}, step)
    assert look_at(replace(answers, step=step)).errors.keys() == {field}


def test_right_answers_have_no_faults() -> None:
    assert first_wrong(RIGHT) is None


def test_goods_are_counted_as_they_will_come(tmp_path: Path, home: Path) -> None:
    home.mkdir()
    with closing(booth(tmp_path / "lama.lapak")) as old:
        goods = products(old)
    found = Found(len(goods), len({one.institution for one in goods}))
    (tmp_path / "harga.csv").write_text("sku,name,price,institution\nA,Nastar,9000,LPP-PLG\n")
    assert goods_found(RIGHT) is None
    theirs = [one for one in goods if one.institution in {unit.code for unit in builtin_event().institutions}]
    assert len(theirs) < len(goods)  # who does not take part brings nothing
    archive = replace(RIGHT, goods_kind=ARCHIVE, goods=str(tmp_path / "lama.lapak"))
    assert goods_found(archive) == Found(len(theirs), len({one.institution for one in theirs}))
    assert goods_found(replace(RIGHT, goods_kind=ARCHIVE, archive=str(tmp_path / "lama.lapak"))) == found
    assert goods_found(replace(RIGHT, goods_kind=LIST, goods=str(tmp_path / "harga.csv"))) == Found(1, 1)
    assert not list((home / "kerja").iterdir())  # what was looked into is thrown away


@pytest.mark.parametrize(("kind", "name"), [(FOLDER, "bersama"), (STICK, "pusat.lapak")])
def test_looking_into_the_central_side_hands_nothing_over(
    tmp_path: Path, home: Path, kind: str, name: str
) -> None:
    home.mkdir()
    place = tmp_path / name
    with closing(booth(tmp_path / "lain.lapak", "S05")) as other:
        sync_target(other, str(place))
    before = sorted((path, path.stat().st_size) for path in tmp_path.rglob("*") if path.is_file())
    answers = replace(RIGHT, central_kind=kind, central=str(place), goods_kind=CENTRAL)
    assert goods_found(answers) == Found(0, 0)  # a booth takes the office's goods, not its neighbour's
    files = [path for path in tmp_path.rglob("*") if path.is_file() and home not in path.parents]
    assert sorted((path, path.stat().st_size) for path in files) == before


@pytest.mark.parametrize(("kind", "name"), [(FOLDER, "bersama"), (STICK, "pusat.lapak")])
def test_the_second_laptop_of_a_booth_is_told_of_the_goods_of_the_first(
    tmp_path: Path, home: Path, kind: str, name: str
) -> None:
    home.mkdir()
    place = str(tmp_path / name)
    with closing(booth(tmp_path / "pertama.lapak", "S03")) as first:
        sync_target(first, place)
        goods = products(first)
        assert first.device
        answers = replace(RIGHT, institution=first.device.institution, goods_kind=CENTRAL)
    found = goods_found(replace(answers, central_kind=kind, central=place))
    assert found == Found(len(goods), len({one.institution for one in goods}))


def test_a_code_that_the_central_side_knows_is_told_and_holds_nobody_up(tmp_path: Path) -> None:
    with closing(booth(tmp_path / "stan.lapak", "S03")) as other:
        sync_target(other, str(tmp_path / "pusat.lapak"))
        sync_target(other, str(tmp_path / "bersama"))
    for kind, place in ((STICK, "pusat.lapak"), (FOLDER, "bersama")):
        answers = replace(RIGHT, step=0, central_kind=kind, central=str(tmp_path / place))
        found = look_at(answers)
        assert (set(found.errors), set(found.notes)) == (set(), {"name"})
        assert "S03" in str(found.notes["name"])
        assert not look_at(replace(answers, booth="S04")).notes
    assert not look_at(replace(RIGHT, step=0)).notes


def test_an_archive_brings_its_people_once_and_goes_with_another_exhibition(tmp_path: Path) -> None:
    booth(tmp_path / "lama.lapak").close()
    chosen = with_archive(replace(RIGHT, people=()), tmp_path / "lama.lapak")
    with closing(open_ledger(tmp_path / "lama.lapak")) as old:
        assert chosen.people
        assert old.own().event.name
    assert (chosen.goods_kind, with_archive(RIGHT, tmp_path / "lama.lapak").people) == (ARCHIVE, RIGHT.people)
    built_in = with_event(chosen, None)
    assert (built_in.archive, built_in.goods_kind) == ("", RIGHT.goods_kind)


def test_a_sample_is_no_archive(tmp_path: Path) -> None:
    open_sample(tmp_path / "contoh.lapak").close()
    with pytest.raises(Refused, match="contoh"):
        with_archive(RIGHT, tmp_path / "contoh.lapak")


def test_a_pin_is_six_digits_and_nobody_elses() -> None:
    sari = Person("Sari", "petugas", hash_pin("135790"))
    for pin in ("135790", "12345", "", "١٢٣٤٥٦"):
        with pytest.raises(Refused):
            new_pin((sari,), pin)
    assert new_pin((sari,), "135791").startswith("scrypt$")

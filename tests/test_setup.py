"""The first start: answers are kept, each is checked, and the booth that comes of them sells."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pos.catalog import products
from pos.errors import Refused, UserError
from pos.exhibition import builtin_event
from pos.ledger import open_ledger
from pos.pins import hash_pin
from pos.setup import (
    FOLDER,
    LATER,
    STICK,
    Person,
    Setup,
    booth_code,
    check_central,
    check_people,
    event_wanted,
    finish,
    keep_setup,
    person_codes,
    pin_is_free,
    read_setup,
)
from pos.staff import sign_in, staff
from tests.books import booth, cart_of

PEOPLE = (Person("Rina Oktaviani", "kasir", hash_pin("135790")), Person("Sari Wulandari", "petugas"))
ANSWERS = Setup(
    step=2,
    institution="LPP-PLG",
    booth="S03",
    name="Stan 03",
    people=PEOPLE,
    settings=(("lock_minutes", "5"), ("unknown", "x"), ("theme", "dark")),
)


def test_what_was_typed_is_there_after_a_power_cut(tmp_path: Path) -> None:
    keep_setup(ANSWERS, tmp_path)
    assert read_setup(tmp_path) == ANSWERS
    assert b"135790" not in (tmp_path / "persiapan.json").read_bytes()


@pytest.mark.parametrize("found", [b"", b"{", b"[]", b'{"people": 3}', b'{"step": 99}', b"\xff\xfe"])
def test_what_cannot_be_read_begins_anew(tmp_path: Path, found: bytes) -> None:
    (tmp_path / "persiapan.json").write_bytes(found)
    assert read_setup(tmp_path) == Setup()


def test_a_booth_is_made_of_the_answers_and_is_ready_for_people(tmp_path: Path) -> None:
    keep_setup(ANSWERS, tmp_path)
    made = finish(ANSWERS, tmp_path)
    with closing(open_ledger(made.path)) as ledger:
        assert (ledger.own().booth, ledger.own().name, ledger.own().sample) == ("S03", "Stan 03", False)
        assert ledger.own().event == builtin_event()
        assert sign_in(ledger, "rina", "135790").who is not None
        assert [one.role for one in staff(ledger).values()] == ["kasir", "petugas"]
    assert (made.people, made.warning) == (2, None)
    assert read_setup(tmp_path) == Setup()


def test_goods_come_from_a_price_list_and_from_last_year_without_its_sales(tmp_path: Path) -> None:
    with closing(booth(tmp_path / "lama.lapak")) as old:
        goods = {product.sku for product in products(old)}
    (tmp_path / "katalog.csv").write_text("sku,name,price,institution\nBARU,Barang Baru,9000,LPP-PLG\n")
    answers = replace(
        ANSWERS,
        archive=str(tmp_path / "lama.lapak"),
        event_name="HBP ke-60",
        start="2024-03-11",
        end="2024-04-20",
        goods=str(tmp_path / "katalog.csv"),
    )
    made = finish(answers, tmp_path)
    with closing(open_ledger(made.path)) as ledger:
        assert {product.sku for product in products(ledger)} == goods | {"BARU"}
        assert (ledger.own().event.name, ledger.own().event.code) == ("HBP ke-60", "HBP-60-2024")
        with ledger.read() as conn:
            assert conn.exec_driver_sql("SELECT count(*) FROM sale").scalar_one() == 0
            assert conn.exec_driver_sql("SELECT count(*) FROM stock").scalar_one() == 0
        assert cart_of(ledger, {"PECI": 1}).total == 50_000
        assert staff(ledger)["rina"].pin  # today's person, not last year's of the same name


def test_goods_that_cannot_be_had_do_not_stop_the_booth(tmp_path: Path) -> None:
    made = finish(replace(ANSWERS, goods=str(tmp_path / "hilang.csv")), tmp_path)
    assert made.warning is not None
    assert made.path.exists()


def test_the_place_for_the_central_file_is_tried(tmp_path: Path) -> None:
    check_central(replace(ANSWERS, central_kind=LATER))
    check_central(replace(ANSWERS, central_kind=STICK, central=str(tmp_path / "pusat.lapak")))
    assert list(tmp_path.iterdir()) == []
    for place in ("", "bersama", str(tmp_path / "tidak-ada" / "pusat.lapak")):
        with pytest.raises(UserError):
            check_central(replace(ANSWERS, central_kind=FOLDER, central=place))


@pytest.mark.skipif(sys.platform == "win32", reason="a folder that nobody may write, as Linux has it")
def test_a_folder_that_cannot_be_written_is_told() -> None:
    with pytest.raises(UserError):
        check_central(replace(ANSWERS, central_kind=FOLDER, central="/proc"))  # not even by root


@pytest.mark.parametrize(
    "people",
    [
        (),
        (Person("Rina"),),
        (Person("Rina"), Person("", "petugas")),
        (Person("Rina"), Person(" rina ", "petugas")),
        tuple(Person(f"Orang {n}", "petugas") for n in range(31)),
    ],
)
def test_people_who_cannot_run_a_booth_are_told(people: tuple[Person, ...]) -> None:
    with pytest.raises(Refused):
        check_people(people)
    check_people(PEOPLE)


def test_everybody_gets_a_code_and_a_pin_of_their_own() -> None:
    same = (*PEOPLE, Person("Rina Susanti"), Person("王"))
    assert person_codes(same) == ("rina", "sari", "rina2", "orang")
    assert not pin_is_free(PEOPLE, "135790")
    assert pin_is_free(PEOPLE, "135791")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Stan 03", "S03"),
        ("Pojok Rindu", "POJOKR"),
        ("Booth 7", "B7"),
        ("٣", ""),
        ("", ""),
        ("12345", "S1234"),
    ],
)
def test_a_booths_name_suggests_its_code(name: str, code: str) -> None:
    assert booth_code(name) == code


@pytest.mark.parametrize(
    ("start", "end"), [("2024-13-01", ""), ("2024-04-02", "2024-04-01"), ("", "2044-01-01")]
)
def test_days_that_make_no_exhibition_are_refused(start: str, end: str) -> None:
    with pytest.raises(Refused):
        event_wanted(replace(ANSWERS, start=start, end=end))

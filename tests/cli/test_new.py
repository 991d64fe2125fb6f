"""`lapak new`: a ledger for one laptop, of this exhibition, of another one, or from last year's."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from pos.catalog import products
from pos.ledger import open_ledger
from pos.model import Sale
from pos.sample import open_sample
from pos.staff import staff
from tests.cli.running import Run, documents_of


def test_new_makes_a_ledger_and_never_a_second(lapak: Run, tmp_path: Path) -> None:
    asked = ["new", tmp_path / "a.lapak", "--booth", "S07", "--name", "Stan 07", "--institution", "LPP-PLG"]
    said = lapak(*asked, "--json")
    assert (said.code, set(said.json), said.json["booth"]) == (0, {"device", "booth"}, "S07")
    with closing(open_ledger(tmp_path / "a.lapak")) as ledger:
        assert ledger.own().code == said.json["device"]
    before = documents_of(tmp_path / "a.lapak")
    again = lapak(*asked)
    assert (again.code, again.out) == (2, "")
    assert "a.lapak" in again.sentence
    assert documents_of(tmp_path / "a.lapak") == before


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--booth", "stan tiga"),
        ("--institution", "LPP-PLB"),
        ("--event", "tiada.toml"),
        ("--event", "rusak.toml"),
    ],
)
def test_new_refuses_what_it_does_not_know(lapak: Run, tmp_path: Path, option: str, value: str) -> None:
    (tmp_path / "rusak.toml").write_text("[event]\ncode = 'X'")
    asked = {"--booth": "S07", "--name": "Stan", "--institution": "LPP-PLG"}
    asked[option] = str(tmp_path / value) if option == "--event" else value
    said = lapak("new", tmp_path / "a.lapak", *(word for pair in asked.items() for word in pair))
    assert said.code in {2, 3}
    assert said.sentence
    assert not (tmp_path / "a.lapak").exists()


def test_new_takes_an_event_of_its_own(lapak: Run, tmp_path: Path) -> None:
    event = tmp_path / "acara.toml"
    event.write_text(
        '[event]\ncode="X"\nname="Pameran"\nstart=2024-01-01\nend=2024-01-02\ntimezone="Asia/Jayapura"\n'
    )
    said = lapak(
        "new", tmp_path / "a.lapak", "--booth=A1", "--name=A", "--institution=LPP-PLG", "--event", event
    )
    assert said.code == 0
    with closing(open_ledger(tmp_path / "a.lapak")) as ledger:
        assert ledger.own().event.timezone == "Asia/Jayapura"


def test_new_from_last_year_takes_all_but_the_sales(
    lapak: Run, path: Path, sold: list[Sale], tmp_path: Path
) -> None:
    event = tmp_path / "acara.toml"
    event.write_text(
        '[event]\ncode="HBP-60"\nname="HBP 60"\nstart=2024-03-11\nend=2024-04-20\ntimezone="Asia/Jakarta"\n'
    )
    asked = ["--booth", "S04", "--name", "Stan 04", "--institution", "LPP-PLG", "--from", path]
    said = lapak("new", tmp_path / "baru.lapak", *asked, "--event", event, "--json")
    assert said.code == 0, said.sentence
    assert set(said.json) == {"device", "booth", "products", "people"}
    assert sold
    with closing(open_ledger(path)) as old, closing(open_ledger(tmp_path / "baru.lapak")) as new:
        left_out = {one for one in products(old) if one.institution == "LPK-MRE"}  # takes no part in HBP 60
        assert set(products(new)) == set(products(old)) - left_out
        assert all(one.sku in said.err for one in left_out)
        assert {one.name for one in staff(new).values()} == {one.name for one in staff(old).values()}
        assert (said.json["products"], said.json["people"]) == (len(products(new)), len(staff(old)))
        assert new.own().event.code == "HBP-60"
        with new.read() as conn:
            assert conn.exec_driver_sql("SELECT count(*) FROM sale").scalar_one() == 0
    lapak("new", tmp_path / "lagi.lapak", *asked)
    with closing(open_ledger(path)) as old, closing(open_ledger(tmp_path / "lagi.lapak")) as new:
        assert new.own().event == old.own().event


@pytest.mark.parametrize("made", ["sample", "text", "nothing"])
def test_new_from_what_is_no_archive_makes_nothing(lapak: Run, tmp_path: Path, made: str) -> None:
    if made == "sample":
        open_sample(tmp_path / "lama.lapak").close()
    elif made == "text":
        (tmp_path / "lama.lapak").write_text("bukan buku")
    asked = ["--booth", "S04", "--name", "A", "--institution", "LPP-PLG", "--from", tmp_path / "lama.lapak"]
    said = lapak("new", tmp_path / "baru.lapak", *asked)
    assert said.code in {2, 3}
    assert said.sentence
    assert not (tmp_path / "baru.lapak").exists()

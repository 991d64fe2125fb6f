"""Where documents are handed over, in words and as it may be kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.clock import stopped_at
from pos.errors import Refused
from pos.ledger import Ledger
from pos.targets import checked_target, kind_by_name, kind_of, look_at, name_of, stick_file
from pos.text import use_language
from pos.volumes import Volume
from tests.books import MOMENT


@pytest.mark.parametrize(
    ("where", "kind"),
    [
        ("/media/x/pusat.lapak", "file"),
        ("/srv/HBP 59", "folder"),
        ("postgresql+psycopg://stan@kanwil/lapak", "server"),
        ("E:\\pusat.lapak", "file"),
    ],
)
def test_kinds(where: str, kind: str) -> None:
    assert kind_of(where) == kind
    assert kind_by_name(where) == kind


def test_a_folder_with_a_dot_in_its_name_is_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "Pameran 2023.08"
    folder.mkdir()
    assert kind_of(str(folder)) == kind_by_name(str(folder)) == "folder"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "pusat.lapak",
        "HBP 59",
        "/a\n/b.lapak",
        "/" + "a" * 2_001,
        "http://kanwil/lapak",
        "postgresql://stan:rahasia@kanwil/lapak",
        "://",
    ],
)
def test_what_cannot_be_a_target_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_target(typed)
    assert "rahasia" not in str(refused.value)


def test_another_file_is_no_central_file(tmp_path: Path) -> None:
    (tmp_path / "foto.jpg").write_bytes(b"")
    with pytest.raises(Refused, match="bukan berkas pusat"):
        checked_target(str(tmp_path / "foto.jpg"))


def test_a_good_target_stays_as_it_was_written(tmp_path: Path) -> None:
    for where in (str(tmp_path), str(tmp_path / "a  b é.lapak"), "postgresql://stan@kanwil:5433/lapak"):
        assert checked_target(f" {where} ") == where


def test_names() -> None:
    use_language("id")
    assert name_of("/srv/HBP 59") == "Folder bersama “HBP 59”"
    assert name_of("/media/rina/KINGSTON/pusat.lapak") == "Berkas “pusat.lapak” di KINGSTON"
    assert name_of("postgresql+psycopg://stan@kanwil:5433/lapak") == "Basis data “lapak” di kanwil"


def test_a_place_is_looked_at(tmp_path: Path) -> None:
    gone = look_at(str(tmp_path / "lepas" / "pusat.lapak"))
    assert (gone.there, gone.size, gone.room) == (False, None, None)
    file = tmp_path / "pusat.lapak"
    new = look_at(str(file))
    assert (new.there, new.size) == (True, 0)
    file.write_bytes(bytes(1234))
    found = look_at(str(file))
    assert (found.there, found.size) == (True, 1234)
    assert (found.room or 0) > 0
    (tmp_path / "HBP" / "in" / "ABCD1234").mkdir(parents=True)
    (tmp_path / "HBP" / "in" / "ABCD1234" / "1-2-0123456789abcdef.jsonl").write_bytes(bytes(99))
    assert look_at(str(tmp_path / "HBP")).size == 99
    assert look_at("postgresql://kanwil/lapak").there


def test_the_file_on_a_stick_is_the_same_for_all_booths(till: Ledger, tmp_path: Path) -> None:
    till.clock = stopped_at(MOMENT)
    stick = Volume(tmp_path, "KINGSTON", 1, "vfat", writable=True)
    assert stick_file(stick, till.own()) == tmp_path / "pusat.lapak"

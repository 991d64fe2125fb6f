"""Event files: read over the built-in exhibition, refused with the field that is wrong.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pos.errors import Refused
from pos.exhibition import MAX_EVENT_BYTES, builtin_event, read_event

EVENT = """
[event]
code = "HBP-60"
name = "Hari Bhakti ke-60"
start = 2024-03-23
end = 2024-05-02
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "acara.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_built_in_exhibition_has_the_twenty_institutions() -> None:
    held = builtin_event()
    assert (held.code, held.start, held.end) == ("HBP-59", date(2023, 3, 23), date(2023, 5, 2))
    assert len(held.institutions) == 20
    assert "LPP-PLG" in {unit.code for unit in held.institutions}


def test_an_event_keeps_the_built_in_institutions(tmp_path: Path) -> None:
    held = read_event(written(tmp_path, EVENT))
    assert (held.code, held.timezone, held.office) == ("HBP-60", "Asia/Jakarta", "")
    assert held.institutions == builtin_event().institutions


def test_institutions_are_added_and_replaced(tmp_path: Path) -> None:
    added = '[[institution]]\ncode = "RUTAN-X"\nname = "Rutan X"\n'
    replaced = '[[institution]]\ncode = "LPP-PLG"\nname = " Lapas  P "\n'
    units = {unit.code: unit for unit in read_event(written(tmp_path, EVENT + added + replaced)).institutions}
    assert (units["RUTAN-X"].short, units["LPP-PLG"].name, len(units)) == ("Rutan X", "Lapas P", 21)


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("[event]", "[acara]", "event"),
        ('code = "HBP-60"', "", "code"),
        ('code = "HBP-60"', "code = 60", "code"),
        ('name = "Hari Bhakti ke-60"', 'name = " \\t "', "name"),
        ("start = 2024-03-23", "start = 2024-05-03", "event.start"),
        ("end = 2024-05-02", "end = 2034-05-02", "event.end"),
        ("end = 2024-05-02", "end = 2025-04-27", "400"),
        ("start = 2024-03-23", 'start = "2024-03-23"', "event.start"),
        ("start = 2024-03-23", "start = 2024-03-23T08:00:00", "event.start"),
        ("end = 2024-05-02", "", "event.end"),
        ("[event]", '[event]\ntimezone = "Mars/Olympus"', "Mars/Olympus"),
        ("end = 2024-05-02", "end = 2024-05-02\n[institution]\ncode = 1", "code"),
        ("[event]", "institution = 5\n[event]", "code"),
        ("[event]", "[event]\noffice = 0x" + "f" * 4_000, "office"),  # more digits than Python writes down
        ("[event]", "[event", "acara.toml"),
        ("[event]", "x = " + "9" * 5_000 + "\n[event]", "acara.toml"),
        ("[event]", "x = " + "[" * 50_000 + "\n[event]", "acara.toml"),
    ],
)
def test_a_wrong_event_is_refused_by_its_field_47(tmp_path: Path, old: str, new: str, named: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_event(written(tmp_path, EVENT.replace(old, new, 1)))
    assert "acara.toml" in refusal.value.message
    assert named in str(refusal.value)


@pytest.mark.parametrize(("end", "days"), [("2024-03-23", 1), ("2025-04-26", 400)])
def test_an_exhibition_has_one_day_to_four_hundred(tmp_path: Path, end: str, days: int) -> None:
    held = read_event(written(tmp_path, EVENT.replace("2024-05-02", end)))
    assert (held.end - held.start).days + 1 == days


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "acara.toml"
    path.write_bytes(b"\xff\xfe[event]\x00")
    with pytest.raises(Refused):
        read_event(path)


def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        read_event(written(tmp_path, "#" * (MAX_EVENT_BYTES + 1)))


@pytest.mark.parametrize("name", ["no-such.toml", "."])
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused):
        read_event(tmp_path / name)

"""What is set is kept; what a file says that cannot be is the default."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.settings import FILE, SETTINGS, known, read_machine, valid, write_machine


def test_without_a_file_everything_is_as_declared(tmp_path: Path) -> None:
    assert read_machine(tmp_path) == {one.key: one.default for one in SETTINGS.values() if not one.booth}


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_machine(read_machine(tmp_path) | {"theme": "dark", "scale": "125"}, tmp_path)
    assert (read_machine(tmp_path)["theme"], read_machine(tmp_path)["scale"]) == ("dark", "125")
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"theme": "pink", "scale": 125}', "\x00", '{"nonsense": "1"}']
)
def test_a_broken_file_is_no_obstacle(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    assert read_machine(tmp_path) == read_machine(tmp_path / "none")


def test_a_default_is_a_valid_value() -> None:
    assert all(valid(one.key, one.default) for one in SETTINGS.values())


def test_the_booth_and_the_machine_keep_their_own() -> None:
    assert not known({}, booth=True).keys() & known({}, booth=False).keys()

"""Bugs are written down without anything that a person typed, and the same bug has the same code."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from pos.bugs import LOG, LOG_BYTES, LOGS_KEPT, code_of, note, trace_of, write_down
from pos.errors import WorldFailed


def caught(work: object, *told: object) -> BaseException:
    with pytest.raises(Exception) as info:
        work(*told)  # type: ignore[operator]
    return info.value


def fail(value: str) -> None:
    raise KeyError(value)


def fail_later(value: str) -> None:
    del value
    raise KeyError("other")


def fail_because(value: str) -> None:
    try:
        fail(value)
    except KeyError as error:
        raise ValueError(f"nothing for {value}") from error


def test_no_value_gets_into_the_log(home: Path) -> None:
    for work in (fail, fail_because):
        write_down(caught(work, "Budi Santoso 0812-3456"))
    write_down(caught(Path.open, home / "Budi.csv"))
    write_down(caught(WorldFailed, "x", "y", "Budi"))
    text = (home / LOG).read_text("utf-8")
    assert "Budi" not in text
    assert "0812" not in text
    assert "tests/test_bugs.py fail:" in text
    assert "[2] No such file or directory" in text


def test_words_that_name_the_source_are_told() -> None:
    assert "no such table: paid" in trace_of(
        caught(sqlite3.connect(":memory:").execute, "SELECT * FROM paid")
    )
    assert "has no attribute 'x'" in trace_of(caught(getattr, None, "x"))


def test_the_first_cause_comes_first() -> None:
    lines = trace_of(caught(fail_because, "x")).splitlines()
    assert [line for line in lines if not line.startswith(" ")] == ["KeyError", "ValueError"]


def test_the_same_bug_has_the_same_code_whatever_it_met() -> None:
    codes = [code_of(caught(fail, value)) for value in ("a", "b")]
    assert codes[0] == codes[1]
    assert len({*codes, code_of(caught(fail_later, "a")), code_of(caught(fail_because, "a"))}) == 3
    assert len(codes[0]) == 6


def test_an_error_that_is_its_own_cause_comes_to_an_end() -> None:
    error = caught(fail, "x")
    error.__context__ = error
    assert trace_of(error)


def test_home_is_not_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/rumah/budi"))
    note("Qt: cannot read /rumah/budi/foto.png")
    assert "~/foto.png" in (home / LOG).read_text("utf-8")


def test_old_logs_make_room(home: Path) -> None:
    for number in range(10):
        note(f"{number}" + "x" * (LOG_BYTES - 1000))
    assert (home / LOG).read_text("utf-8").split(" ", 2)[2].startswith("9x")
    assert sum(path.stat().st_size for path in home.iterdir()) < (LOGS_KEPT + 2) * LOG_BYTES


def test_a_home_that_takes_nothing_is_no_second_bug(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LAPAK_HOME", str(tmp_path / "file"))
    assert write_down(caught(fail, "x")).kind == "KeyError"

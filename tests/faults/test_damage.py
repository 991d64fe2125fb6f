"""A ledger whose description of its tables was changed on the disk: told as damaged, and no traceback."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pos.catalog import products
from pos.errors import WorldFailed
from pos.ledger import open_ledger
from pos.text import language, use_language
from pos.verify import verify


@pytest.fixture
def path(booth_file: Path, tmp_path: Path) -> Path:
    return shutil.copyfile(booth_file, tmp_path / "stan.lapak")


def change(path: Path, before: bytes, after: bytes) -> None:
    data = path.read_bytes()
    assert data.count(before) >= 1
    path.write_bytes(data.replace(before, after, 1))


def test_a_description_that_is_no_text(path: Path) -> None:
    """SQLite puts the broken words into its own complaint, which then is no text either."""
    change(path, b"CREATE TABLE sale (", b"CREATE T\xf0BLE sale (")
    told = language()
    use_language("en")
    try:
        with pytest.raises(WorldFailed, match=r"stan\.lapak is damaged"):
            open_ledger(path)
    finally:
        use_language(told)


def test_a_column_of_another_name(path: Path) -> None:
    change(path, b"\tbarcode TEXT", b"\tbarcodf TEXT")
    with closing(open_ledger(path)) as ledger:
        assert not verify(ledger).ok
        with pytest.raises(WorldFailed, match="rusak"):
            products(ledger)


def test_pages_that_changed_places(path: Path) -> None:
    """The pages where documents and laptops begin: SQLite reads rows of the one as rows of the other."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
        roots = dict(raw.execute("SELECT name, rootpage FROM sqlite_schema").fetchall())
        (size,) = raw.execute("PRAGMA page_size").fetchone()
    data = bytearray(path.read_bytes())
    one, other = (slice((roots[name] - 1) * size, roots[name] * size) for name in ("document", "device"))
    data[one], data[other] = data[other], data[one]
    path.write_bytes(data)
    with pytest.raises(WorldFailed, match="rusak"):
        open_ledger(path)

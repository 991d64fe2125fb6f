"""One photo for a card: brought home under a name that is always the same of the same picture."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.errors import Refused
from pos.paths import photo_path
from pos.photos import MAX_BYTES, keep_photo
from tests.test_photos import JPEG, PNG


def test_the_same_photo_has_the_same_name(tmp_path: Path) -> None:
    (tmp_path / "a b.JPG").write_bytes(JPEG)
    (tmp_path / "c.png").write_bytes(JPEG)  # whatever it is called
    (tmp_path / "d.png").write_bytes(PNG)
    first, same, other = (keep_photo(tmp_path / name) for name in ("a b.JPG", "c.png", "d.png"))
    assert first == same != other
    assert first.endswith(".jpeg")
    assert photo_path(first).read_bytes() == JPEG


def test_what_is_no_photo(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_text("<svg/>")
    with pytest.raises(Refused, match="gambar"):
        keep_photo(tmp_path / "a.jpg")
    with pytest.raises(Refused, match="Tidak ada"):
        keep_photo(tmp_path / "b.jpg")
    with (tmp_path / "c.jpg").open("wb") as file:
        file.write(JPEG)
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(Refused, match="20 MB"):
        keep_photo(tmp_path / "c.jpg")

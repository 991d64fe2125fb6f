"""Photos come in with the price list; what is missing or no picture is a warning and holds nothing up.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pos.ledger import Ledger
from pos.paths import photo_path
from pos.photos import MAX_BYTES
from pos.pricelist import import_catalog
from tests.test_pricelist import GOOD, known, written

JPEG, PNG = b"\xff\xd8\xff\xe0 a photo", b"\x89PNG\r\n\x1a\n a photo"
WEBP = b"RIFF\x10\x00\x00\x00WEBPVP8 a photo"


def price_list(folder: Path, *images: str) -> Path:
    """A price list with one product for each image."""
    rows = [{**GOOD, "sku": f"P{n}", "image": image} for n, image in enumerate(images)]
    return written(folder / "harga.csv", rows)


@pytest.mark.parametrize(("name", "data"), [("a.jpg", JPEG), ("b.png", PNG), ("c.webp", WEBP), ("d", JPEG)])
def test_photos_beside_the_price_list_are_brought_home(
    till: Ledger, tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    assert import_catalog(till, price_list(tmp_path, name)).warnings == ()
    assert photo_path(name).read_bytes() == data
    assert known(till)["P0"].image == name


def test_illustrations_are_no_files(till: Ledger, tmp_path: Path, home: Path) -> None:
    assert import_catalog(till, price_list(tmp_path, "mug", "")).warnings == ()
    assert not (home / "photos").exists()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (None, "Tidak ada di samping daftar harga"),
        (b"", "Bukan gambar"),
        (b"<svg/>", "Bukan gambar"),
        (b"GIF89a......", "Bukan gambar"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", "Bukan gambar"),
        (JPEG + bytes(MAX_BYTES), "Bukan gambar"),
    ],
)
def test_what_is_missing_or_no_picture_is_a_warning_46(
    till: Ledger, tmp_path: Path, data: bytes | None, why: str
) -> None:
    if data is not None:
        (tmp_path / "a.jpg").write_bytes(data)
    result = import_catalog(till, price_list(tmp_path, "a.jpg"))
    assert result.added == 1
    (warning,) = result.warnings
    assert warning.startswith(why)
    assert "a.jpg" in warning
    assert not photo_path("a.jpg").exists()


def test_many_missing_photos_are_one_warning(till: Ledger, tmp_path: Path) -> None:
    (warning,) = import_catalog(till, price_list(tmp_path, *(f"{n}.jpg" for n in range(9)))).warnings
    assert "0.jpg, 1.jpg, 2.jpg, 3.jpg, 4.jpg dan 4 lagi" in warning


def test_a_photo_brought_before_need_not_lie_there_again(till: Ledger, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(JPEG)
    import_catalog(till, price_list(tmp_path, "a.jpg"))
    (tmp_path / "a.jpg").unlink()
    assert import_catalog(till, price_list(tmp_path, "a.jpg")).warnings == ()


def test_the_same_photo_is_left_alone_and_another_replaces_it(till: Ledger, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(JPEG)
    import_catalog(till, price_list(tmp_path, "a.jpg"))
    os.utime(photo_path("a.jpg"), (1, 1))
    import_catalog(till, price_list(tmp_path, "a.jpg"))
    assert photo_path("a.jpg").stat().st_mtime == 1
    (tmp_path / "a.jpg").write_bytes(PNG)
    import_catalog(till, price_list(tmp_path, "a.jpg"))
    assert photo_path("a.jpg").read_bytes() == PNG


def test_a_dry_run_brings_nothing_but_warns(till: Ledger, tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(JPEG)
    result = import_catalog(till, price_list(tmp_path, "a.jpg", "b.jpg"), dry_run=True)
    assert len(result.warnings) == 1
    assert not photo_path("a.jpg").exists()


def test_a_folder_that_cannot_be_written_is_a_warning(till: Ledger, tmp_path: Path, home: Path) -> None:
    home.mkdir()
    (home / "photos").write_text("a file where the folder should be")
    (tmp_path / "a.jpg").write_bytes(JPEG)
    result = import_catalog(till, price_list(tmp_path, "a.jpg"))
    assert result.added == 1
    assert result.warnings[0].startswith("Tidak tersalin: a.jpg")

"""Photos on the screen: decoded aside, upright, cut to fill, scaled once; bad ones never harm.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from pytestqt.qtbot import QtBot

from pos.paths import photo_path
from ui import work
from ui.photos import KEPT_BYTES, MAX_FILES, Photos, scaled
from ui.pictures import Kept

SIZE = QSize(160, 80)
RED, BLUE = QColor("#d02020"), QColor("#2020d0")


def halves(width: int, height: int) -> QImage:
    """Red on the left, blue on the right."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(RED)
    painter = QPainter(image)
    painter.fillRect(width // 2, 0, width, height, BLUE)
    painter.end()
    return image


def taken(name: str, image: QImage) -> Path:
    """A photo as the import leaves it."""
    path = photo_path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    assert image.save(str(path))
    return path


def is_red(color: QColor) -> bool:
    return color.red() > 160 and color.blue() < 90


def is_blue(color: QColor) -> bool:
    return color.blue() > 160 and color.red() < 90


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
@pytest.mark.parametrize("size", [(800, 600), (600, 800), (1600, 200), (40, 30)])
def test_a_photo_fills_its_size_from_the_middle(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    image = scaled(taken(name, halves(*size)), SIZE, tmp_path / "cache")
    assert image is not None
    assert image.size() == SIZE
    assert is_red(image.pixelColor(4, 40))
    assert is_blue(image.pixelColor(155, 40))


def test_a_photo_turned_by_its_camera_stands_upright_46(tmp_path: Path) -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    halves(800, 600).save(buffer, "JPG")  # type: ignore[call-overload]
    data = bytes(buffer.data().data())
    exif = b"Exif\0\0MM\0*" + struct.pack(
        ">IHHHIHHI", 8, 1, 0x0112, 3, 1, 6, 0, 0
    )  # turn right by 90 degrees
    path = photo_path("a.jpg")
    path.parent.mkdir(parents=True)
    path.write_bytes(data[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + data[2:])
    image = scaled(path, SIZE, tmp_path / "cache")
    assert image is not None
    assert is_red(image.pixelColor(80, 4))
    assert is_blue(image.pixelColor(80, 75))


def test_what_is_see_through_lies_on_white(tmp_path: Path) -> None:
    image = QImage(200, 100, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    made = scaled(taken("a.png", image), SIZE, tmp_path / "cache")
    assert made is not None
    assert made.pixelColor(80, 40) == QColor("white")


def _png_of(width: int, height: int) -> bytes:
    """A PNG whose head promises so many px, with next to nothing behind it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff",
        b"not a picture",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        b"GIF89a\x01\x00\x01\x00\x00\x00\x00;",
        _png_of(30_000, 30_000),
        _png_of(0, 10),
    ],
)
@pytest.mark.qt_log_ignore("JPEG|libpng", extend=True)
def test_what_is_no_good_picture_is_none_46(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(data)
    assert scaled(path, SIZE, tmp_path / "cache") is None
    assert not (tmp_path / "cache").exists()
    assert scaled(tmp_path / "missing.jpg", SIZE, tmp_path / "cache") is None


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp"])
@pytest.mark.qt_log_ignore("JPEG|libpng", extend=True)  # Qt's readers complain
def test_a_photo_that_breaks_off_never_harms_46(tmp_path: Path, name: str) -> None:
    path = taken(name, halves(800, 600))
    path.write_bytes(path.read_bytes()[:700])
    image = scaled(path, SIZE, tmp_path / "cache")
    assert image is None or image.size() == SIZE


def test_a_photo_is_scaled_once_until_it_is_another(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    path = taken("a.png", halves(800, 600))
    scaled(path, SIZE, cache)
    (kept,) = cache.iterdir()
    kept_at = kept.stat().st_mtime_ns
    scaled(path, SIZE, cache)
    assert [file.stat().st_mtime_ns for file in cache.iterdir()] == [kept_at]
    scaled(path, QSize(54, 54), cache)
    os.utime(path, (1, 1))
    scaled(path, SIZE, cache)
    assert len(list(cache.iterdir())) == 3


def test_a_broken_kept_file_is_made_again(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    path = taken("a.png", halves(800, 600))
    scaled(path, SIZE, cache)
    (kept,) = cache.iterdir()
    kept.write_bytes(b"")
    image = scaled(path, SIZE, cache)
    assert image is not None
    assert image.size() == SIZE
    assert kept.stat().st_size > 0


def test_a_disk_without_room_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    image = scaled(taken("a.png", halves(800, 600)), SIZE, tmp_path / "cache")
    assert image is not None


def test_the_older_half_of_too_many_kept_files_goes(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    for n in range(MAX_FILES):
        file = cache / f"{n}.jpg"
        file.touch()
        os.utime(file, (n, n))
    scaled(taken("a.png", halves(80, 60)), SIZE, cache)
    assert len(list(cache.iterdir())) == MAX_FILES // 2 + 1
    assert not (cache / "0.jpg").exists()


def test_a_photo_arrives_behind_the_first_look(qtbot: QtBot) -> None:
    taken("a.png", halves(800, 600))
    photos = Photos()
    with qtbot.waitSignal(photos.arrived) as arrived:
        assert photos.photo("a.png", SIZE, 1.25) is None
    assert arrived.args == ["a.png"]
    pixmap = photos.photo("a.png", SIZE, 1.25)
    assert pixmap is not None
    assert pixmap.size() == SIZE * 1.25
    assert pixmap.deviceIndependentSize().toSize() == SIZE


@pytest.mark.parametrize("name", ["", "mug"])
def test_illustrations_are_not_looked_for(home: Path, name: str) -> None:
    (home / "photos").mkdir(parents=True)
    halves(80, 60).save(str(home / "photos.png"))
    (home / "photos.png").rename(home / "photos" / (name or "lapak"))
    photos = Photos()
    photos.photo(name, SIZE, 1.0)
    work.finish()
    assert photos.photo(name, SIZE, 1.0) is None


def test_a_grey_photo_has_no_colour(qtbot: QtBot) -> None:
    taken("a.png", halves(800, 600))
    photos = Photos()
    with qtbot.waitSignal(photos.arrived):
        photos.photo("a.png", SIZE, 1.0, grey=True)
    pixmap = photos.photo("a.png", SIZE, 1.0, grey=True)
    assert pixmap is not None
    color = pixmap.toImage().pixelColor(4, 40)
    assert color.red() == color.green() == color.blue()


def test_a_bad_photo_is_looked_at_once_until_the_catalogue_is_another(qtbot: QtBot) -> None:
    photos = Photos()
    photos.photo("a.png", SIZE, 1.0)
    work.finish()
    taken("a.png", halves(800, 600))
    photos.photo("a.png", SIZE, 1.0)
    work.finish()
    assert photos.photo("a.png", SIZE, 1.0) is None
    photos.forget()
    with qtbot.waitSignal(photos.arrived):
        photos.photo("a.png", SIZE, 1.0)


def test_what_is_in_sight_comes_first(qtbot: QtBot) -> None:
    names = [f"{n}.png" for n in range(4)]
    for name in names:
        taken(name, halves(80, 60))
    photos = Photos()
    order: list[str] = []
    photos.arrived.connect(order.append)
    for name in names:
        photos.photo(name, SIZE, 1.0)
    qtbot.waitUntil(lambda: len(order) == 4)
    assert order == ["0.png", "3.png", "2.png", "1.png"]


@pytest.mark.usefixtures("qapp")
def test_pixmaps_are_kept_as_far_as_there_is_room() -> None:
    kept = Kept(3 * 4 * 100)
    for key in "abc":
        kept.keep(key, QPixmap(10, 10))
    assert kept.get("a") is not None
    kept.keep("d", QPixmap(10, 10))
    assert [key for key in "abcd" if kept.get(key) is not None] == ["a", "c", "d"]
    kept.keep("e", QPixmap(30, 10))
    assert [key for key in "abcde" if kept.get(key) is not None] == ["e"]
    kept.clear()
    assert kept.get("e") is None
    assert KEPT_BYTES >= 60 * 4 * 206 * 100  # a screen of photos and more


def test_a_photo_in_memory_is_not_read_from_the_disk(qtbot: QtBot) -> None:
    path = taken("a.png", halves(80, 60))
    photos = Photos()
    with qtbot.waitSignal(photos.arrived):
        photos.photo("a.png", SIZE, 1.0)
    path.unlink()
    assert photos.photo("a.png", SIZE, 1.0) is not None

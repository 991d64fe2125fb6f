"""Product photos: decoded in the background, scaled once per size, kept as small files and in memory.

They lie where pos.paths.photo_path says and come from cameras and phones, so nothing about them is believed:
neither their ending nor their size.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QCoreApplication, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader, QPainter, QPixmap

from pos.paths import home, photo_path, private_folder
from ui import work
from ui.pictures import Kept, greyed, is_illustration

MAX_PIXELS = 50_000_000  # a good phone's; decoded they take 200 MB for a moment (Qt itself stops at 256 MB)
KEPT_BYTES = 24_000_000  # of scaled photos in memory
MAX_WAITING = 64  # photos asked for; older wishes have scrolled out of sight
MAX_FILES = 4_000  # scaled photos on disk, of some 10 kB each
QUALITY = 92  # per cent, of JPEG


class Wish(NamedTuple):
    """One photo in one size: its file's name, width and height in px of the device."""

    name: str
    width: int
    height: int
    grey: bool = False


class Photos(QObject):
    """The photos of one screen. `arrived` tells the name of each one that can be shown from now on."""

    arrived = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kept = Kept(KEPT_BYTES)
        self._waiting: OrderedDict[Wish, float] = OrderedDict()
        self._failed: set[Wish] = set()
        self._busy = False
        if app := QCoreApplication.instance():
            app.aboutToQuit.connect(self._waiting.clear)  # nobody is going to look at them

    def photo(self, name: str, size: QSize, ratio: float, *, grey: bool = False) -> QPixmap | None:
        """The photo, cut to fill `size` in logical px on a screen of `ratio` px per logical one.

        None for the name of an illustration, while the photo is not there yet, and for good when its file is
        missing or no picture. Never waits.
        """
        if not name or is_illustration(name):
            return None
        wish = Wish(name, round(size.width() * ratio), round(size.height() * ratio), grey)
        found = self._kept.get(wish)
        if found is None and wish not in self._failed:
            self._waiting[wish] = ratio
            self._waiting.move_to_end(wish)  # what was asked for last is in sight
            if len(self._waiting) > MAX_WAITING:
                self._waiting.popitem(last=False)
            self._next()
        return found

    def forget(self) -> None:
        """Look at the files again: the catalogue is another one."""
        self._kept.clear()
        self._failed.clear()

    def _next(self) -> None:
        if self._busy or not self._waiting:
            return
        wish, ratio = self._waiting.popitem()
        self._busy = True
        work.run(partial(_load, wish, ratio), done=self._take, lane="pictures")

    def _take(self, answer: tuple[Wish, QImage | None]) -> None:
        wish, image = answer
        self._busy = False
        self._waiting.pop(wish, None)  # asked for again in the meantime
        if image is None:
            self._failed.add(wish)
        else:
            self._kept.keep(wish, QPixmap.fromImage(image))
            self.arrived.emit(wish.name)
        self._next()


def _load(wish: Wish, ratio: float) -> tuple[Wish, QImage | None]:
    image = scaled(photo_path(wish.name), QSize(wish.width, wish.height), home() / "cache" / "photos")
    if image is not None:
        image.setDevicePixelRatio(ratio)
    return wish, greyed(image) if image is not None and wish.grey else image


def scaled(source: Path, size: QSize, cache: Path) -> QImage | None:
    """The photo in the file `source`, cut to fill `size` px; None when it is missing or no good picture.

    What was scaled once is read from `cache` as long as the file is the same one.
    """
    import hashlib  # with the first photo: a till without any opens without it

    try:
        info = source.stat()
    except OSError:
        return None
    known = f"{source.name}|{info.st_mtime_ns}|{info.st_size}|{size.width()}x{size.height()}"
    kept = cache / f"{hashlib.sha256(known.encode()).hexdigest()[:32]}.jpg"
    image = QImage(str(kept)) if kept.exists() else QImage()
    if image.size() == size:
        return image
    made = _decoded(source, size)
    if made is not None:
        _keep(made, kept)
    return made


def _decoded(source: Path, size: QSize) -> QImage | None:
    """Decode no more than needed, upright, on white where it is see-through, the middle of it."""
    # Told, not guessed: Qt asks its readers in the order in which they were loaded, and one claims any file.
    reader = QImageReader(str(source), _format(source))
    reader.setAutoDetectImageFormat(False)
    reader.setAutoTransform(True)
    full = reader.size()
    if full.isEmpty():
        return None
    if full.width() * full.height() > MAX_PIXELS:
        return None
    turned = bool(reader.transformation() & QImageIOHandler.Transformation.TransformationRotate90)
    wanted = size.transposed() if turned else size
    reader.setScaledSize(full.scaled(wanted, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    if image.isNull():
        return None
    middle = QRect(0, 0, size.width(), size.height())
    middle.moveCenter(image.rect().center())
    filled = QImage(size, QImage.Format.Format_RGB32)
    filled.fill(Qt.GlobalColor.white)
    painter = QPainter(filled)
    painter.drawImage(filled.rect(), image, middle)
    painter.end()
    return filled


def _format(source: Path) -> QByteArray:
    from pos.photos import picture_format  # a till without photos opens without it

    try:
        with source.open("rb") as file:
            return QByteArray(picture_format(file.read(12)).encode() or b"none")
    except OSError:
        return QByteArray(b"none")


def _keep(image: QImage, path: Path) -> None:
    """Keep a scaled photo, whole or not at all. Without room on the disk it is scaled again next time."""
    draft = path.with_suffix(".new.jpg")
    with suppress(OSError):
        private_folder(path.parent)
        if image.save(str(draft), quality=QUALITY):
            draft.replace(path)
            _make_room(os.scandir(path.parent))


def _make_room(files: Iterable[os.DirEntry[str]]) -> None:
    """Delete the older half when there are too many, such as of photos that were replaced."""
    found = list(files)
    if len(found) > MAX_FILES:
        for file in sorted(found, key=lambda entry: entry.stat().st_mtime_ns)[: MAX_FILES // 2]:
            Path(file.path).unlink(missing_ok=True)

"""A photo as it goes into a report: upright, as large as paper shows, and nothing but the picture.

Cameras and phones write into a photo where and when it was taken, and with what; none of it is kept. Nothing
about a file is believed: neither its ending nor its size.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageReader, QImageWriter, QPainter

from pos.day_photos import MOST_BYTES
from pos.errors import Refused
from pos.faults import file_fault
from pos.photos import MAX_BYTES, picture_format
from pos.text import _
from ui.photos import MAX_PIXELS

LONGEST = 1600  # px: more a printer does not show on half the width of A4
QUALITIES = (85, 70, 45)  # per cent, of JPEG: the first that is small enough


def clean_photo(path: Path) -> bytes:
    """The picture in the file as a small JPEG. Raises Refused for what is none, is broken or too large,
    WorldFailed when the disk does not give it.
    """
    name = path.name[:60]
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Refused(
                _("{name} is larger than {most} MB.").format(name=name, most=MAX_BYTES // 1_000_000),
                _("Choose a smaller photo; nothing was changed."),
            )
        data = path.read_bytes()
    except OSError as error:
        raise file_fault(path.name, error) from error
    image = _decoded(data)
    if image is None:
        raise Refused(
            _("{name} is no photo that can be read.").format(name=name),
            _("Choose a JPEG, PNG or WebP picture; nothing was changed."),
        )
    return _jpeg(image)


def _decoded(data: bytes) -> QImage | None:
    """Upright and no larger than LONGEST; None for what is no good picture, or has too many pixels."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(picture_format(data[:12]).encode() or b"none"))
    reader.setAutoDetectImageFormat(False)  # see ui/photos.py
    reader.setAutoTransform(True)
    full = reader.size()
    if full.isEmpty() or full.width() * full.height() > MAX_PIXELS:
        return None
    if max(full.width(), full.height()) > LONGEST:
        reader.setScaledSize(full.scaled(LONGEST, LONGEST, Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    return None if image.isNull() else image


def _jpeg(image: QImage) -> bytes:
    """Painted anew on white, so that nothing of what the file told besides comes along."""
    plain = QImage(image.size(), QImage.Format.Format_RGB32)
    plain.fill(Qt.GlobalColor.white)
    painter = QPainter(plain)
    painter.drawImage(0, 0, image)
    painter.end()
    made = b""
    for quality in QUALITIES:
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QImageWriter(buffer, QByteArray(b"jpeg"))
        writer.setQuality(quality)
        writer.write(plain)
        made = bytes(buffer.data().data())
        if len(made) <= MOST_BYTES:
            break
    return made

"""Photos as phones make them."""

from __future__ import annotations

import struct

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage

MODEL = b"Kamera Rahasia"


def as_jpeg(image: QImage) -> bytes:
    """The bytes of its file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def from_phone(image: QImage) -> bytes:
    """With what a phone writes into it: its name, and that it was held upright (turn by 90 degrees)."""
    text = MODEL + b"\0"
    entries = struct.pack(">HHII", 0x0110, 2, len(text), 38) + struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0)
    exif = b"Exif\0\0MM\0*" + struct.pack(">IH", 8, 2) + entries + struct.pack(">I", 0) + text
    data = as_jpeg(image)
    comment = b"\xff\xfe" + struct.pack(">H", len(MODEL) + 2) + MODEL
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + comment + data[2:]

"""The camera of a phone, held to the screen."""

from __future__ import annotations

import zxingcpp
from PySide6.QtGui import QImage


def read_codes(image: QImage) -> list[str]:
    """What a phone reads off a picture."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    lines = memoryview(grey.constBits()).cast("B", (grey.height(), grey.bytesPerLine()))
    return [found.text for found in zxingcpp.read_barcodes(lines)]

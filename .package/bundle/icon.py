"""The emblem as a program's icon for Windows."""

from __future__ import annotations

import os
from pathlib import Path

from bundle.parts import TOP

SIZES = (16, 24, 32, 48, 64, 256)  # px


def write_icon(target: Path) -> None:
    """Paint the emblem in every size into an `.ico`."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtCore import QByteArray, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    drawing = QSvgRenderer(QByteArray((TOP / "resources/illustrations/lambang-lapak.svg").read_bytes()))
    painted = list[Image.Image]()
    for size in SIZES:
        image = QImage(size, size, QImage.Format.Format_RGBA8888)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        drawing.render(painter)
        painter.end()
        painted.append(Image.frombytes("RGBA", (size, size), bytes(image.constBits())))
    painted[-1].save(target, format="ICO", sizes=[(size, size) for size in SIZES], append_images=painted[:-1])

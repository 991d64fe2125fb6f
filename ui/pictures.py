"""Product illustrations, motifs and the emblem from resources/illustrations, painted once per size."""

from __future__ import annotations

import functools
from collections import OrderedDict
from collections.abc import Hashable

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from pos.paths import resource

FALLBACK = "barang-umum"


class Kept:
    """Pixmaps by key, the last used ones, as many as `most` bytes hold."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._pixmaps: OrderedDict[Hashable, QPixmap] = OrderedDict()
        self._bytes = 0

    def get(self, key: Hashable) -> QPixmap | None:
        """The pixmap of this key, if it is still there."""
        found = self._pixmaps.get(key)
        if found is not None:
            self._pixmaps.move_to_end(key)
        return found

    def keep(self, key: Hashable, pixmap: QPixmap) -> None:
        """Keep a pixmap; those not used for longest make room for it."""
        former = self._pixmaps.pop(key, None)
        self._bytes += _bytes(pixmap) - (_bytes(former) if former else 0)
        self._pixmaps[key] = pixmap
        while self._bytes > self._most and len(self._pixmaps) > 1:
            self._bytes -= _bytes(self._pixmaps.popitem(last=False)[1])

    def clear(self) -> None:
        """Let go of all."""
        self._pixmaps.clear()
        self._bytes = 0


def _bytes(pixmap: QPixmap) -> int:
    return pixmap.width() * pixmap.height() * 4


def is_illustration(name: str) -> bool:
    """Whether resources/illustrations has a picture of this name."""
    return name in _names()


def illustration(name: str, width: int, height: int, dpr: float, *, grey: bool = False) -> QPixmap:
    """The illustration, as large as it fits into `width` x `height` logical px, centred on nothing.

    An unknown name gives the general one. `grey` is for goods that are sold out.
    """
    return _pixmap(name, width, height, dpr, grey)


@functools.cache
def _names() -> frozenset[str]:
    return frozenset(path.stem for path in resource("illustrations").glob("*.svg"))


@functools.lru_cache(maxsize=512)
def _pixmap(name: str, width: int, height: int, dpr: float, grey: bool) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    known = name if name in _names() else FALLBACK
    renderer = QSvgRenderer(str(resource(f"illustrations/{known}.svg")))
    image = QImage(round(width * dpr), round(height * dpr), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(dpr)
    image.fill(Qt.GlobalColor.transparent)
    fitted = QSizeF(renderer.defaultSize()).scaled(QSizeF(width, height), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRectF(
        (width - fitted.width()) / 2, (height - fitted.height()) / 2, fitted.width(), fitted.height()
    )
    painter = QPainter(image)
    renderer.render(painter, target)
    painter.end()
    return QPixmap.fromImage(greyed(image) if grey else image)


def greyed(image: QImage) -> QImage:
    """Without colour and half faded; only what is there (the transparent stays transparent)."""
    plain = image.convertToFormat(QImage.Format.Format_ARGB32)
    grey = plain.convertToFormat(QImage.Format.Format_Grayscale8)
    grey.setAlphaChannel(plain.convertToFormat(QImage.Format.Format_Alpha8))
    faded = QImage(image.size(), QImage.Format.Format_ARGB32_Premultiplied)
    faded.setDevicePixelRatio(image.devicePixelRatio())
    faded.fill(Qt.GlobalColor.transparent)
    grey.setDevicePixelRatio(image.devicePixelRatio())
    painter = QPainter(faded)
    painter.setOpacity(0.45)
    painter.drawImage(0, 0, grey)
    painter.end()
    return faded

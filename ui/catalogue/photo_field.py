"""The picture of a product, and another one from a file, which is looked at before it is believed."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImageReader, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import Refused, UserError
from pos.photos import keep_photo, picture_format
from pos.text import _
from ui import work
from ui.app import App
from ui.catalogue.files import PICTURES, choose_file
from ui.photos import MAX_PIXELS, Photos
from ui.pictures import illustration
from ui.theme import Theme
from ui.widgets import Button

SIDE = 88  # px


class Picture(QWidget):
    """The picture itself, with round corners."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.image = ""
        self._photos = Photos(self)
        self._photos.arrived.connect(lambda _name: self.update())
        self.setFixedSize(theme.px(SIDE), theme.px(SIDE))
        self.setAccessibleName(_("Photo"))

    def show_image(self, image: str) -> None:
        """The picture of this name."""
        self.image = image
        self._photos.forget()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Photo or illustration."""
        theme, side = self.theme, self.width()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), theme.radius("tile"), theme.radius("tile"))
        painter.fillPath(shape, theme.illustration_background(self.image))
        ratio = self.devicePixelRatioF()
        photo = self._photos.photo(self.image, QSize(side, side), ratio)
        if photo is None:
            drawing = illustration(self.image, side, theme.px(72), ratio)
            painter.drawPixmap(QPointF(0, (side - theme.px(72)) / 2), drawing)
            return
        painter.setClipPath(shape)
        painter.drawPixmap(0, 0, photo)


class PhotoField(QWidget):
    """`changed` tells that another picture was chosen, `refused` why one was not taken."""

    changed = Signal()
    refused = Signal(UserError)

    def __init__(self, app: App) -> None:
        super().__init__()
        theme = app.theme
        self.picture = Picture(theme)
        self.button = Button(_("Choose a photo"), kind="secondary", theme=theme)
        self.button.clicked.connect(self._choose)
        words = QVBoxLayout()
        words.addWidget(self.button)
        words.addStretch(1)
        self.beside = words  # room for one thing more
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(12))
        row.addWidget(self.picture)
        row.addLayout(words, 1)

    @property
    def image(self) -> str:
        """The name of the picture that is shown."""
        return self.picture.image

    def take(self, path: Path) -> None:
        """Look at a file in the background, and take it when it is a picture."""
        work.run(lambda: taken(path), done=self._show, failed=self.refused.emit)

    def _choose(self) -> None:
        choose_file(self, _("Choose a photo"), PICTURES, self.take)

    def _show(self, name: str) -> None:
        self.picture.show_image(name)
        self.changed.emit()


def taken(path: Path) -> str:
    """Bring a photo home; the name that a card has for it. Raises Refused for what is no picture, is larger
    than a good phone makes, or cannot be decoded; WorldFailed when the disk does not give or take it.
    """
    if fault := _fault(path):
        raise Refused(fault, _("The former picture stays. Choose another one, or take it with fewer pixels."))
    return keep_photo(path)


def _fault(path: Path) -> str:
    try:
        with path.open("rb") as file:
            form = picture_format(file.read(12))
    except OSError:
        return ""  # keep_photo says it better
    if not form:
        return ""
    reader = QImageReader(str(path), QByteArray(form.encode()))
    reader.setAutoDetectImageFormat(False)
    full = reader.size()
    if full.isEmpty():
        return _("{name} is no whole picture.").format(name=path.name[:60])
    if full.width() * full.height() > MAX_PIXELS:
        told = _("{name} has {pixels} megapixels; at most {most} are taken.")
        pixels = full.width() * full.height() // 1_000_000
        return told.format(name=path.name[:60], pixels=pixels, most=MAX_PIXELS // 1_000_000)
    reader.setScaledSize(full.scaled(64, 64, Qt.AspectRatioMode.KeepAspectRatio))
    return "" if not reader.read().isNull() else _("{name} is no whole picture.").format(name=path.name[:60])

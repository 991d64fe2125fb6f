"""The photos that go with the report of a day: small pictures in a row, one more, and one less by a tap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.day_photos import MOST, day_photos, drop_day_photo, keep_day_photo
from pos.errors import UserError
from pos.ledger import Ledger
from pos.text import _
from ui import work
from ui.app import App
from ui.choose_file import choose_files
from ui.evening.cleaning import clean_photo
from ui.icons import icon_pixmap
from ui.plain_tip import plain_tip
from ui.pressable import Pressable
from ui.theme import Theme
from ui.widgets import Button

THUMB = 48  # px

_Found = tuple[tuple[Path, ...], tuple[QImage, ...], UserError | None]


class PhotoRow(QWidget):
    """`failed` tells a UserError about a photo that was not taken; the others are."""

    failed = Signal(UserError)

    def __init__(self, app: App, day: date) -> None:
        super().__init__()
        self.app, self.day = app, day
        theme = app.theme
        self.add = Button(_("Add photos"), kind="secondary", icon="plus", theme=theme)
        self.add.clicked.connect(self._choose)
        self.thumbs: list[_Thumb] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(6))
        self._row.addWidget(self.add)
        self._row.addStretch(1)
        self._do(lambda _ledger: None)

    def take(self, paths: Sequence[Path]) -> None:
        """These files go with the report from now on."""

        def bring(ledger: Ledger) -> UserError | None:
            fault: UserError | None = None
            for path in paths:
                try:
                    keep_day_photo(ledger, self.day, clean_photo(path))
                except UserError as error:
                    fault = fault or error
            return fault

        self._do(bring)

    def _choose(self) -> None:
        if paths := choose_files(self, _("Photos of the day"), _("Photos (*.jpg *.jpeg *.png *.webp)")):
            self.take(paths)

    def _drop(self, path: Path) -> None:
        def drop(_ledger: Ledger) -> UserError | None:
            try:
                drop_day_photo(path)
            except UserError as error:
                return error
            return None

        self._do(drop)

    def _do(self, act: Callable[[Ledger], UserError | None]) -> None:
        """Do it in the background and show what there is then."""
        ledger, day, size = self.app.ledger, self.day, self.app.theme.px(THUMB)

        def todo() -> _Found:
            fault = act(ledger)
            paths = day_photos(ledger, day)
            images = (QImage(str(path)) for path in paths)
            side = Qt.AspectRatioMode.KeepAspectRatioByExpanding
            return paths, tuple(one.scaled(QSize(2 * size, 2 * size), side) for one in images), fault

        work.run(todo, done=self._show, failed=self.failed.emit, lane="reports")

    def _show(self, found: _Found) -> None:
        paths, images, fault = found
        for thumb in self.thumbs:
            thumb.hide()
            thumb.deleteLater()
        self.thumbs = []
        for number, (path, image) in enumerate(zip(paths, images, strict=True), 1):
            thumb = _Thumb(image, number, self.app.theme)
            thumb.clicked.connect(partial(self._drop, path))
            self._row.insertWidget(number - 1, thumb)
            thumb.show()
            self.thumbs.append(thumb)
        self.add.setEnabled(len(paths) < MOST)
        if fault is not None:
            self.failed.emit(fault)


class _Thumb(Pressable):
    """One photo; a tap takes it away."""

    def __init__(self, image: QImage, number: int, theme: Theme) -> None:
        super().__init__("", "ghost", theme.radius("thumb"), theme)
        self._photo = QPixmap.fromImage(image)
        self.setAccessibleName(_("Take photo {number} out of the report").format(number=number))
        self.setToolTip(plain_tip(self.accessibleName()))
        self.setFixedSize(theme.px(THUMB), theme.px(THUMB))

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """The middle of the photo, and a cross in its corner."""
        photo, px = self._photo, self.theme.px
        side = min(photo.width(), photo.height())
        middle = QRect((photo.width() - side) // 2, (photo.height() - side) // 2, side, side)
        painter.drawPixmap(rect, photo, middle)
        corner = QRect(rect.right() - px(17), rect.top() + px(1), px(16), px(16))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("toastBg"))
        painter.drawEllipse(corner)
        cross = icon_pixmap("x", px(12), self.theme.color("toastText"), self.devicePixelRatioF())
        painter.drawPixmap(corner.x() + px(2), corner.y() + px(2), cross)

"""Parts of the sheet that merges: where files are dropped, and what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.money import plain
from pos.text import _
from ui.icons import icon_pixmap
from ui.plain_tip import plain_tip
from ui.theme import Theme
from ui.till.lettering import CENTER, LEFT, RIGHT, elided, weighted, write

if TYPE_CHECKING:
    from pos.merge import Taken

HIGH, LOW, ROW = 240, 64, 56  # px at 100 %
BAR = 12  # px at the right, where the scroll bar lies over the rows


class DropGround(QWidget):
    """A dashed field that says what may be dropped; lower once something is there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._over = False
        self.setFixedHeight(theme.px(HIGH))
        self.setAccessibleName(_("Drop files or folders here"))

    def set_over(self, *, over: bool) -> None:
        """Something is held over it."""
        self._over = over
        self.update()

    def set_low(self) -> None:
        """There is something to show below."""
        self.setFixedHeight(self.theme.px(LOW))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dashes, an icon, a sentence."""
        px, color = self.theme.px, self.theme.color
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(color("primarySoft" if self._over else "surfaceAlt"))
        pen = QPen(color("primary" if self._over else "borderInput"), px(3) / 2)
        pen.setDashPattern([4, 3])
        painter.setPen(pen)
        radius = self.theme.radius("tile")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        size, middle = px(28), QRectF(self.rect())
        words = self.accessibleName()
        if self.height() >= px(HIGH):
            picture = icon_pixmap("folder-sync", size, color("primary"), self.devicePixelRatioF())
            painter.drawPixmap((self.width() - size) // 2, self.height() // 2 - px(34), picture)
            middle = QRectF(0, self.height() / 2 + px(2), self.width(), px(36))
        write(painter, middle, words, self.theme.font("itemName"), color("text"), CENTER)


class SourceRow(QWidget):
    """One file or folder: its name, what it brought, and how it stands. `placed` names its folder too."""

    def __init__(self, taken: Taken, theme: Theme, *, placed: bool = False) -> None:
        super().__init__()
        path = taken.path
        self.title = path.name or str(path)
        if placed or path.is_dir():
            self.title = f"{path.parent.name}/{self.title}"
        self.theme, self._taken = theme, taken
        self._bold, self._small = theme.font("itemName"), theme.font("caption")
        self._icon, self._ink, self._told = _state(taken)
        self._counts = "" if taken.error else _counts(taken)
        self.setFixedHeight(theme.px(ROW))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{self.title}: {self._counts} {self._told}".strip())
        self.setToolTip(plain_tip(f"{taken.path}\n{self._told}"))

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(self.theme.px(400), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon, name over what is told of it, counts at the right."""
        px, color = self.theme.px, self.theme.color
        painter = QPainter(self)
        painter.fillRect(0, self.height() - 1, self.width(), 1, color("border"))
        size = px(20)
        picture = icon_pixmap(self._icon, size, color(self._ink), self.devicePixelRatioF())
        painter.drawPixmap(px(4), (self.height() - size) // 2, picture)
        counts = QFontMetrics(self._small).horizontalAdvance(self._counts) + px(12 + BAR)
        wide = self.width() - px(36) - counts
        box = QRectF(px(36), px(8), wide, px(20))
        title = QFontMetrics(self._bold).elidedText(self.title, Qt.TextElideMode.ElideMiddle, wide)
        write(painter, box, title, self._bold, color("text"), LEFT)
        box.translate(0, px(20))
        told = elided(self._told, QFontMetrics(self._small), wide)
        write(painter, box, told, weighted(self._small, 600), color(self._ink), LEFT)
        right = QRectF(0, 0, self.width() - px(4 + BAR), self.height())
        write(painter, right, self._counts, self._small, color("text2"), RIGHT)


def _counts(taken: Taken) -> str:
    said = _("{new} new · {known} known").format(new=plain(taken.new), known=plain(taken.known))
    if taken.left:
        said += " · " + _("{left} refused").format(left=plain(taken.left))
    return said


def _state(taken: Taken) -> tuple[str, str, str]:
    """Icon, colour and words of how it stands."""
    from pos.parting import ForkedError

    if taken.error:
        return "circle-alert", "danger", str(taken.error)
    if taken.refused:
        first = taken.refused[0]
        forked = isinstance(first, ForkedError)
        apart = _("Two histories; the second is kept apart") if forked else first.message
        return "triangle-alert", "warn", apart
    if taken.new:
        return "circle-check", "primary", _("Complete")
    return "circle-check", "text3", _("Everything was there already")

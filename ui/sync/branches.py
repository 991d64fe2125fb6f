"""The drawing of two histories: one line that parts, a ring for a document, what each branch comes to."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Theme
from ui.till.lettering import LEFT, elided, weighted, write

HEIGHT, RING, MOST = 92, 6, 3  # px, px of a ring's radius, rings of a branch
_TRUNK = 4  # rings before the histories part, the last of them filled


@dataclass(frozen=True, slots=True)
class Branch:
    """One of the two: `07 · 9 dokumen`, its money, and how many documents it has."""

    title: str
    money: str
    documents: int


class Branches(QWidget):
    """Two branches; nothing in it can be pressed, and screen readers hear the words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._branches: tuple[Branch, ...] = ()
        self._bold, self._small = weighted(theme.font("label"), 700), theme.font("label", 12.5)
        self.setFixedHeight(theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_branches(self, first: Branch, second: Branch) -> None:
        """Draw these."""
        self._branches = (first, second)
        self.setAccessibleName(". ".join(f"{one.title}, {one.money}" for one in self._branches))
        self.update()

    def sizeHint(self) -> QSize:
        """As the picture has it."""
        return QSize(self.theme.px(390), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lines, rings over them, words at the right."""
        if not self._branches:
            return
        px = self.theme.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = self._words_width()
        ends = self.width() - words - px(14)  # where the last ring stands
        middle, lift = self.height() / 2, px(22)
        parts = px(10) + (ends - px(10)) * 0.47
        turn = parts + (ends - parts) * 0.54
        trunk = [px(20) + (parts - px(20)) * n / (_TRUNK - 1) for n in range(_TRUNK)]
        pen = QPen(self.theme.color("onWarnSoft"), self.theme.px(5) / 2)
        painter.setPen(pen)
        painter.drawLine(QPointF(px(10), middle), QPointF(parts, middle))
        for branch, y in zip(self._branches, (middle - lift, middle + lift), strict=True):
            painter.setPen(pen)  # which writing changes
            self._line(painter, QPointF(parts, middle), QPointF(turn, y), ends)
            rings = min(max(branch.documents, 1), MOST if y < middle else MOST - 1)
            self._rings(painter, turn, ends, y, rings)
            box = QRectF(ends + px(14), y - px(17), words, px(17))
            for text, font in ((branch.title, self._bold), (branch.money, self._small)):
                write(painter, box, self._cut(text, words), font, self.theme.color("onWarnSoft"), LEFT)
                box.translate(0, px(17))
        painter.setPen(pen)
        for place, x in enumerate(trunk):
            self._ring(painter, QPointF(x, middle), filled=place == _TRUNK - 1)

    def _line(self, painter: QPainter, start: QPointF, turn: QPointF, end: float) -> None:
        path = QPainterPath(start)
        half = (turn.x() - start.x()) / 2
        path.cubicTo(QPointF(start.x() + half, start.y()), QPointF(turn.x() - half, turn.y()), turn)
        path.lineTo(end, turn.y())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)

    def _rings(self, painter: QPainter, start: float, end: float, y: float, count: int) -> None:
        steps = max(count - 1, 1)
        for n in range(count):
            self._ring(painter, QPointF(end if count == 1 else start + (end - start) * n / steps, y))

    def _ring(self, painter: QPainter, middle: QPointF, *, filled: bool = False) -> None:
        radius = self.theme.px(RING)
        painter.setBrush(self.theme.color("warn" if filled else "surface"))
        painter.drawEllipse(middle, radius, radius)

    def _words_width(self) -> int:
        bold, small = QFontMetrics(self._bold), QFontMetrics(self._small)
        titles = (bold.horizontalAdvance(one.title) for one in self._branches)
        wanted = max(*titles, *(small.horizontalAdvance(one.money) for one in self._branches))
        return min(wanted + 2, int(self.width() * 0.55))

    def _cut(self, text: str, width: int) -> str:
        return elided(text, QFontMetrics(self._bold), width)

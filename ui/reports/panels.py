"""What the panels below the figures share, and the one with the chart."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.reports.drawn import Marks, chart_marks, chart_said, chart_title
from pos.reports.overview import Overview
from pos.text import _
from ui.marks import paint_diamond
from ui.orders.small import Elided
from ui.pressable import Look, Pressable
from ui.reports.chart import Chart
from ui.theme import Theme
from ui.till.lettering import LEFT, weighted, write
from ui.widgets import Panel

AIR = 10  # px beside the words of a link, for hover and focus


class Link(Pressable):
    """Words that lead on; 48 px to the finger, as high as a line to the eye."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("", "ghost", theme.radius("control"), theme)
        self.look = Look("", "primarySoft", "primarySoft", "primary")
        self.margin = theme.px(10)
        self.setFont(weighted(theme.font("label"), 700))
        self.setFixedHeight(theme.size("touchMin"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def setText(self, text: str) -> None:
        """Other words."""
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as the words."""
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(max(words + 2 * self.theme.px(AIR), self.theme.size("touchMin")), self.height())

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()


class Unsold(Link):
    """How many institutions sold nothing, with the golden diamond."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.look = Look("goldSoft", "goldBorder", "goldBorder", "onGoldSoft")
        self.corner = theme.radius("pill")
        self.margin = theme.px(12)
        self.setFont(theme.font("caption"))

    def sizeHint(self) -> QSize:
        """With room for the diamond."""
        return super().sizeHint() + QSize(self.theme.px(20), 0)

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Diamond and words."""
        px = self.theme.px
        paint_diamond(painter, QPointF(px(15), rect.center().y() + 1), self.theme)
        box = QRectF(rect).adjusted(px(27), 0, 0, 0)
        write(painter, box, self.text(), self.font(), self.ink(), LEFT)


class Titled(Panel):
    """A panel with its title, something at the right of it, and room below in `body`."""

    def __init__(self, title: str, theme: Theme) -> None:
        super().__init__(theme)
        px = theme.px
        self.title = Elided("title", theme, size=16)
        self.title.setText(title)
        self.head = QHBoxLayout()
        self.head.setSpacing(px(12))
        self.head.addWidget(self.title, 1)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(px(16), 0, px(16), 0)
        self.body.setSpacing(0)
        around = QWidget()
        around.setLayout(self.head)
        self.head.setContentsMargins(px(16), 0, px(16), 0)
        around.setFixedHeight(theme.size("touchMin"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(10))
        column.setSpacing(0)
        column.addWidget(around)
        column.addLayout(self.body, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def lead_on(self, link: Link) -> None:
        """A link at the right: its words end where the figures below end, its air lies beyond them."""
        px = self.theme.px
        self.head.setContentsMargins(px(16), 0, px(16 - AIR), 0)
        self.head.addWidget(link)


class ChartPanel(Titled):
    """Hours or days, and what the colours mean. `opened` tells a Bar."""

    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(_("Per hour"), theme)
        self.chart = Chart(theme)
        self._legend = _Legend(theme)
        self.head.addWidget(self._legend)
        self.body.addWidget(self.chart, 1)
        self.chart.opened.connect(lambda place: self.opened.emit(self.chart.bars[place]))

    def show_view(self, view: Overview, marks: Marks) -> None:
        """Other bars, and what their colours are called."""
        title, said = chart_title(view), chart_said(view)
        self.title.setText(title)
        self.chart.show_bars(view.bars, title, said)
        self._legend.show_marks(chart_marks(view, marks))
        self._legend.setVisible(not said)


class _Legend(QWidget):
    """Squares and words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._marks: list[tuple[str, str]] = []
        self.setFont(weighted(theme.font("caption"), 600))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def show_marks(self, marks: list[tuple[str, str]]) -> None:
        """Other ones."""
        self._marks = marks
        self.setAccessibleName(", ".join(words for _color, words in marks))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One beside the other."""
        metrics, px = QFontMetrics(self.font()), self.theme.px
        words = sum(metrics.horizontalAdvance(one) + px(18) for _color, one in self._marks)
        return QSize(words + px(14) * max(len(self._marks) - 1, 0), self.theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """From left to right."""
        painter, px, x = QPainter(self), self.theme.px, 0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for color, words in self._marks:
            square = QRectF(x, self.height() / 2 - px(6), px(12), px(12))
            painter.setPen(self.theme.color("borderStrong") if color == "sunken" else Qt.PenStyle.NoPen)
            painter.setBrush(self.theme.color(color))
            painter.drawRoundedRect(square, px(3), px(3))
            box = QRectF(x + px(18), 0, self.width(), self.height())
            write(painter, box, words, self.font(), self.theme.color("text2"), LEFT)
            x += px(18) + QFontMetrics(self.font()).horizontalAdvance(words) + px(14)

"""How a table is painted: its cells, its titles, the sums below it, and what its view does with keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScroller,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from pos.model import Column
from pos.text import _
from ui.keys import action_of
from ui.reports.cells import NUMBERS, written
from ui.reports.table_rows import Index, Rows
from ui.theme import Theme
from ui.till.lettering import LEFT, RIGHT, elided, weighted, write

ROW, HEAD, PAD, TIGHT = 48, 48, 12, 8  # px


class Cells(QStyledItemDelegate):
    """One cell: its words, the ground of the row, the bar of the chosen one."""

    def __init__(self, view: View, theme: Theme) -> None:
        super().__init__(view)
        self.view, self.theme = view, theme
        self.font = theme.font("body")
        self.strong = weighted(self.font, 700)
        self.metrics = QFontMetrics(self.font)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Painted whole."""
        rect, px = QRect(option.rect), self.theme.px
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, self.theme.color("primarySoft"))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, self.theme.color("border"))
        if chosen and index.column() == 0:
            painter.fillRect(rect.x(), rect.y(), px(4), rect.height(), self.theme.color("primary"))
        if chosen and self.view.hasFocus() and index == self.view.currentIndex():
            painter.setPen(QPen(self.theme.color("focus"), px(2)))
            painter.drawRect(rect.adjusted(px(1), px(1), -px(2), -px(2)))
        model = index.model()
        column = model.columns[index.column()] if isinstance(model, Rows) else None
        number = column is not None and column.kind in NUMBERS
        pad = px(self.view.pad)
        box = QRectF(rect).adjusted(pad, 0, -pad, 0)
        words = elided(str(index.data() or ""), self.metrics, int(box.width()))
        ink = self.theme.color("text" if number or index.column() == 0 else "text2")
        font = self.strong if column is not None and column.kind == "money" else self.font
        write(painter, box, words, font, ink, RIGHT if number else LEFT)


class Titles(QHeaderView):
    """The titles of the columns, painted: words, and an arrow at what the rows are sorted by."""

    def __init__(self, theme: Theme, view: View) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self.theme, self.view = theme, view
        self.setFont(theme.font("caption"))
        self.setFixedHeight(theme.px(HEAD))
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setAccessibleName(_("Titles of the columns"))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """One title."""
        theme, px, model = self.theme, self.theme.px, self.model()
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, theme.color("border"))
        if not isinstance(model, Rows):
            return
        column = model.columns[section]
        arrow = (" ↓" if model.down else " ↑") if model.by == section else ""
        pad = px(self.view.pad)
        box = QRectF(rect).adjusted(pad, 0, -pad, 0)
        metrics = QFontMetrics(self.font())
        lines = [column.title + arrow]
        if metrics.horizontalAdvance(lines[0]) > box.width():
            lines = in_two(column.title, metrics)
            lines[-1] += arrow
        ink, high = theme.color("primary" if arrow else "text2"), px(16)
        top = box.center().y() - high * len(lines) / 2
        for place, line in enumerate(lines):
            words = elided(line, metrics, int(box.width()) + 1)
            row = QRectF(box.x(), top + place * high, box.width(), high)
            write(painter, row, words, self.font(), ink, RIGHT if column.kind in NUMBERS else LEFT)


class Sums(QWidget):
    """Below the rows: what the columns come to, each under its own. The card below paints its ground."""

    def __init__(self, view: View, theme: Theme) -> None:
        super().__init__()
        self.view, self.theme = view, theme
        self.sums: dict[str, Any] = {}
        self.setFixedHeight(theme.px(HEAD))
        view.horizontalScrollBar().valueChanged.connect(lambda _value: self.update())
        view.horizontalHeader().sectionResized.connect(lambda *_sizes: self.update())

    def show_sums(self, sums: dict[str, Any], columns: Sequence[Column]) -> None:
        """Other sums; without any it is not there."""
        self.sums = sums
        said = [f"{one.title} {written(sums[one.key], one.kind)}" for one in columns if one.key in sums]
        self.setAccessibleName(", ".join((_("Total"), *said)))
        self.setVisible(bool(sums))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """In the places of the columns."""
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        painter.fillRect(0, 0, self.width(), px(2), theme.color("borderStrong"))
        model, head = self.view.model(), self.view.horizontalHeader()
        if not isinstance(model, Rows):
            return
        font, named = weighted(theme.font("body"), 800), False
        left = self.view.viewport().x() + self.view.x()
        for place, column in enumerate(model.columns):
            box = QRectF(
                head.sectionViewportPosition(place) + left, 0, head.sectionSize(place), self.height()
            )
            inner = box.adjusted(px(self.view.pad), 0, -px(self.view.pad), 0)
            if column.key in self.sums:
                words = written(self.sums[column.key], column.kind)
                write(painter, inner, words, font, theme.color("text"), RIGHT)
            elif not named and column.kind == "text":
                named = True
                write(painter, inner, _("Total"), font, theme.color("text2"), LEFT)


def in_two(title: str, metrics: QFontMetrics) -> list[str]:
    """A title of several words in two lines, as even as can be."""
    words = title.split()
    if len(words) < 2:
        return [title]
    halves = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return list(min(halves, key=lambda pair: max(metrics.horizontalAdvance(half) for half in pair)))


class View(QTableView):
    """Rows to choose from; what keys it does not want go on."""

    pressed_key = Signal(QKeyEvent)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.pad = PAD  # px beside what stands in a cell; TIGHT where there is little room
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setCornerWidget(QWidget())  # nothing, where both bars would meet
        # The card shows through, whose corners are round.
        self.setStyleSheet("QTableView, QHeaderView { background: transparent; }")
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    def sizeHint(self) -> QSize:
        """A few rows; it takes what room there is."""
        return QSize(self.theme.px(320), self.theme.px(HEAD + 3 * ROW))

    def minimumSizeHint(self) -> QSize:
        """One row."""
        return QSize(self.theme.px(160), self.theme.px(HEAD + ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, everywhere; letters are for nobody here, and Esc goes on."""
        action = action_of(event, "table")
        if action == "open row":
            if self.currentIndex().isValid():
                self.activated.emit(self.currentIndex())
        elif action:
            self.pressed_key.emit(event)
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:
        """The keyboard always stands somewhere."""
        super().focusInEvent(event)
        model = self.model()
        if not self.currentIndex().isValid() and model is not None and model.rowCount():
            self.setCurrentIndex(model.index(0, 0))
        self.viewport().update()

    def event(self, event: QEvent) -> bool:
        """Where it is narrow, the frame of the focus goes with it."""
        if event.type() == QEvent.Type.FocusOut:
            self.viewport().update()
        return super().event(event)

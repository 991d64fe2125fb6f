"""A report as a table: sorted by a tap on a title, gone through with the arrows, however many rows it has.

Only the rows in sight are ever painted. Rows that a page does not hold yet are asked for when they come near.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QVBoxLayout

from pos.model import Column, Table
from pos.reports.shown import tsv
from ui.keys import action_of
from ui.reports.cells import NUMBERS, written
from ui.reports.table_parts import HEAD, PAD, ROW, TIGHT, Cells, Sums, Titles, View, in_two
from ui.reports.table_rows import Rows
from ui.theme import Theme
from ui.till.lettering import weighted
from ui.widgets import Panel

LOOKED_AT = 300  # rows whose widths are measured
NARROWEST, WIDEST, SHORTEST, NAMED = 56, 420, 84, 150  # px of a column, and of a text that is cut
BELOW = 6  # px below the last row: it ends where the round corners do
KEPT = ("number", "at", "time", "ntpn", "billing", "booth")  # texts that are never cut
PLACES = ("device", "seq")  # columns that say where a paper lies
NAMES = ("name", "what", "source", "product")  # columns that tell what a row is about


def part_of(table: Table, wanted: Sequence[str] = ()) -> Table:
    """The columns of a report that are shown: those `wanted`, or all but where its papers lie. Behind the
    cells of each row stands the whole of it.
    """
    keys = [column.key for column in table.columns]
    shown = [key for key in (wanted or keys) if key in keys and (wanted or key not in PLACES)]
    places = [keys.index(key) for key in shown]
    columns = tuple(table.columns[place] for place in places)
    rows = tuple((*(row[place] for place in places), row) for row in table.rows)
    return Table(table.name, table.title, columns, rows, table.totals, table.complete)


class TableView(Panel):
    """The table with its titles, and its sums below. `opened` tells the row that Enter or a tap chose twice,
    `chosen` the one that the keyboard has come to.
    """

    opened = Signal(object)
    chosen = Signal(object)
    more = Signal()
    copied = Signal(int)  # rows

    def __init__(self, name: str, theme: Theme, *, sortable: bool = True, spare: Sequence[str] = ()) -> None:
        """`spare` are columns that are left out where there is no room, the first of them first."""
        super().__init__(theme)
        self.name, self._sortable, self._spare = name, sortable, tuple(spare)
        self.model = Rows(self)
        self.model.wanted.connect(self.more)
        view = self.view = View(theme)
        view.setModel(self.model)
        view.setAccessibleName(name)
        titles = Titles(theme, view)
        view.setHorizontalHeader(titles)
        titles.sectionClicked.connect(self._sort)
        view.setItemDelegate(Cells(view, theme))
        view.selectionModel().currentRowChanged.connect(self._choose)
        view.activated.connect(lambda index: self.opened.emit(self.model.row_at(index.row())))
        view.pressed_key.connect(self._act)
        self.sums = Sums(view, theme)
        self.sums.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, theme.px(BELOW))
        column.setSpacing(0)
        column.addWidget(view, 1)
        column.addWidget(self.sums)
        self.setFocusProxy(view)

    def show_table(self, table: Table) -> None:
        """A report."""
        self.view.setAccessibleName(table.title)
        self.show_rows(table.columns, table.rows)
        self.sums.show_sums(dict(table.totals), table.columns)

    def show_rows(
        self, columns: tuple[Column, ...], rows: Sequence[tuple[Any, ...]], *, more: bool = False
    ) -> None:
        """Rows, and whether others follow; the place in them is kept where it is the same table."""
        before = self.view.currentIndex()
        place = (before.row(), max(before.column(), 0)) if columns == self.model.columns else (0, 0)
        self.model.show_rows(columns, rows, more=more)
        self._fit()
        if rows:
            index = self.model.index(min(max(place[0], 0), len(rows) - 1), place[1])
            self.view.setCurrentIndex(index)

    def add_rows(self, rows: Sequence[tuple[Any, ...]], *, more: bool) -> None:
        """What follows on those that are shown."""
        self.model.add_rows(rows, more=more)

    def as_shown(self, table: Table) -> Table:
        """The report as it stands here: columns, rows in their order, the sums below them."""
        model, width = self.model, len(self.model.columns)
        rows = tuple(model.row_at(place)[:width] for place in range(model.rowCount()))
        return replace(table, columns=model.columns, rows=rows, totals=self.sums.sums)

    def copy_all(self) -> None:
        """All of it to the clipboard, titles first, with tabs between the cells: it pastes into any sheet.

        Figures go without dots, so that the sheet can add them up.
        """
        shown = self.as_shown(Table("", self.name, (), ()))
        QGuiApplication.clipboard().setText(tsv(shown))
        self.copied.emit(self.model.rowCount())

    @property
    def current(self) -> tuple[Any, ...] | None:
        """The row that is chosen."""
        index = self.view.currentIndex()
        return self.model.row_at(index.row()) if index.isValid() else None

    def paintEvent(self, event: QPaintEvent) -> None:
        """The card; below the rows the ground of the sums, round as it is."""
        super().paintEvent(event)
        if self.sums.isVisible():
            inner, radius = QRectF(self.rect()).adjusted(1, 1, -1, -1), self._radius - 1
            path = QPainterPath()
            path.addRoundedRect(inner, radius, radius)
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipPath(path)
            painter.fillRect(inner.adjusted(0, self.sums.y() - 1, 0, 0), self.theme.color("surfaceAlt"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The widest text takes what is left."""
        super().resizeEvent(event)
        self._fit()

    def _act(self, event: QKeyEvent) -> None:
        action = action_of(event, "table")
        if action == "copy table" and self.model.rowCount():
            self.copy_all()
        elif action == "sort column" and self.view.currentIndex().isValid():
            self._sort(self.view.currentIndex().column())

    def _sort(self, column: int) -> None:
        """By this column: figures from the highest down first, texts from A."""
        if not self._sortable:
            return
        number = self.model.columns[column].kind in NUMBERS
        down = not self.model.down if self.model.by == column else number
        way = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        here = self.view.currentIndex()
        self.model.sort(column, way)
        self.view.setCurrentIndex(self.model.index(0, max(here.column(), 0)))
        self.view.horizontalHeader().viewport().update()

    def _choose(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self.model.row_at(now.row()))

    def _fit(self) -> None:
        """Columns move closer together before anything scrolls sideways."""
        needed = self._needed()
        for pad in (PAD, TIGHT):
            self.view.pad = pad
            if not needed or self._lay_columns(needed, pad):
                break

    def _needed(self) -> list[int]:
        """How wide is what stands in each column, px."""
        theme = self.theme
        body, strong = QFontMetrics(theme.font("body")), QFontMetrics(weighted(theme.font("body"), 800))
        title = QFontMetrics(theme.font("caption"))
        needed = []
        for place, column in enumerate(self.model.columns):
            lines = in_two(column.title, title)
            wide = max(title.horizontalAdvance(line) for line in (*lines[:-1], lines[-1] + " ↓"))
            metrics = strong if column.kind == "money" else body
            for row in self.model.rows[:LOOKED_AT]:
                wide = max(wide, metrics.horizontalAdvance(written(row[place], column.kind)))
            if column.key in self.sums.sums:
                wide = max(wide, strong.horizontalAdvance(written(self.sums.sums[column.key], column.kind)))
            needed.append(wide)
        return needed

    def _lay_columns(self, needed: Sequence[int], pad: int) -> bool:
        """Each column as wide as it needs; the last text column that may takes the rest. Whether all of them
        are in sight.
        """
        px, columns = self.theme.px, self.model.columns
        widths = [min(max(wide + 2 * px(pad) + 2, px(NARROWEST)), px(WIDEST)) for wide in needed]
        rows = len(self.model.rows) * px(ROW) + px(HEAD)
        bar = self.view.verticalScrollBar().sizeHint().width() if rows > self.view.height() else 0
        room = self.view.width() - bar - sum(widths)
        keys = [column.key for column in columns]
        left_out = set[int]()
        for key in self._spare:
            if room < 0 and key in keys:
                left_out.add(keys.index(key))
                room += widths[keys.index(key)]
        for place in range(len(columns)):
            self.view.setColumnHidden(place, place in left_out)
        texts = [n for n, one in enumerate(columns) if one.kind == "text" and one.key not in KEPT]
        texts = [n for n in texts if n not in left_out] or [len(columns) - 1]
        if room >= 0:
            names = [n for n in texts if columns[n].key in NAMES]
            widths[max(names or texts, key=lambda n: widths[n])] += room
        while room < 0:  # names are cut before anything scrolls sideways
            least = {n: px(NAMED if columns[n].key in NAMES else SHORTEST) for n in texts}
            widest = max(texts, key=lambda n: widths[n] - least[n])
            if widths[widest] <= least[widest]:
                break
            less = min(-room, widths[widest] - least[widest], px(8))
            widths[widest] -= less
            room += less
        for place, width in enumerate(widths):
            self.view.setColumnWidth(place, width)
        return room >= 0

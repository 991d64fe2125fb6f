"""The rows of a report for a view: in the order that is wanted, more of them when the end comes near."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from pos.model import Column
from pos.text import fold
from ui.plain_tip import plain_tip
from ui.reports.cells import NUMBERS, spoken, written
from ui.till.lettering import LEFT, RIGHT

Index: TypeAlias = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class Rows(QAbstractTableModel):
    """The rows of a report in the order that is wanted. `wanted` asks for more of them, where there are."""

    wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns: tuple[Column, ...] = ()
        self.rows: Sequence[tuple[Any, ...]] = ()
        self.more = False  # there are rows that are not here yet
        self.by: int | None = None
        self.down = False
        self._order: list[int] = []

    def show_rows(self, columns: tuple[Column, ...], rows: Sequence[tuple[Any, ...]], *, more: bool) -> None:
        """Other rows, in their own order."""
        self.beginResetModel()
        same = columns == self.columns
        self.columns, self.rows, self.more = columns, rows, more
        self._order = list(range(len(rows)))
        if not same:
            self.by = None
        elif self.by is not None:
            self._arrange()
        self.endResetModel()

    def add_rows(self, rows: Sequence[tuple[Any, ...]], *, more: bool) -> None:
        """Those that follow."""
        self.more = more
        if rows:
            first = len(self._order)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self.rows = [*self.rows, *rows]
            self._order += range(first, first + len(rows))
            self.endInsertRows()

    def row_at(self, place: int) -> tuple[Any, ...]:
        """The row that is shown there."""
        return self.rows[self._order[place]]

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Those that are here."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """As many as the report has."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell, and what is said of its row."""
        column, row = self.columns[index.column()], self.row_at(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            words = written(row[index.column()], column.kind)
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self.columns, row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.kind in NUMBERS else LEFT
        return None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The titles."""
        if way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return None

    def canFetchMore(self, parent: Index) -> bool:
        """Whether some are not here yet."""
        return self.more and not parent.isValid()

    def fetchMore(self, _parent: Index) -> None:
        """The end is near: ask for what follows; it comes later."""
        self.wanted.emit()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; what is not known goes last either way."""
        self.layoutAboutToBeChanged.emit()
        self.by, self.down = column, order == Qt.SortOrder.DescendingOrder
        self._arrange()
        self.layoutChanged.emit()

    def _arrange(self) -> None:
        if self.by is None:
            return
        by = self.by
        known = [n for n in range(len(self.rows)) if self.rows[n][by] is not None]
        text = self.columns[by].kind not in NUMBERS
        key: Callable[[int], Any] = lambda n: fold(str(self.rows[n][by])) if text else self.rows[n][by]  # noqa: E731
        known.sort(key=key, reverse=self.down)
        self._order = known + [n for n in range(len(self.rows)) if self.rows[n][by] is None]

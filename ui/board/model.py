"""The board as a model: institutions down, days across, so that every cell can be gone to and is read out."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from pos.reports.board import Board
from ui.board.words import cell_words, streak_words, told_cell, told_day
from ui.plain_tip import plain_tip

_NO_INDEX = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
_SPOKEN = frozenset({Role.AccessibleTextRole, Role.ToolTipRole})


class Days(QAbstractTableModel):
    """The cells of `board`; None before it is known."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.board: Board | None = None

    def show_board(self, board: Board) -> None:
        """Another state; where it has the same days and institutions the place in it is kept."""
        former = self.board
        same = former is not None and _shape(former) == _shape(board)
        if not same:
            self.beginResetModel()
        self.board = board
        if not same:
            self.endResetModel()
        elif board.lines and board.days:
            self.dataChanged.emit(self.index(0, 0), self.index(len(board.lines) - 1, len(board.days) - 1))

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Institutions."""
        return 0 if parent.isValid() or self.board is None else len(self.board.lines)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """Days."""
        return 0 if parent.isValid() or self.board is None else len(self.board.days)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """A cell's words; with the institution and the day where it is heard or pointed at."""
        board = self.board
        if board is None or not index.isValid():
            return None
        line = board.lines[index.row()]
        if role == Role.DisplayRole:
            return cell_words(board, line, index.column())
        if role in (Role.AccessibleTextRole, Role.ToolTipRole):
            told = told_cell(board, line, index.column())
            return plain_tip(told) if role == Role.ToolTipRole else told
        return None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        """A day, or an institution with its streak."""
        board = self.board
        if board is None or role not in _SPOKEN:  # painted by the heads themselves, which Qt asks often
            return None
        if way == Qt.Orientation.Horizontal:
            return told_day(board, section) if section < len(board.days) else None
        line = board.lines[section]
        return f"{line.unit.name}: {streak_words(line)}"


def _shape(board: Board) -> tuple[object, ...]:
    return board.days, tuple(line.unit.code for line in board.lines), board.place

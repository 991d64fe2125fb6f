"""The keys that were heard, one row each: what it wrote, the gap before, the running average, the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScroller,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from pos.text import _
from ui.marks import paint_keycap
from ui.scan_burst import Heard, Verdict
from ui.theme import Theme

MOST = 600  # rows kept: three of the longest codes
_WIDTHS = (72, 96, 128, 100)  # px of the columns in a narrow window; the last takes the rest
_Index = QModelIndex | QPersistentModelIndex
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
UNKNOWN = "–"


def verdict_name(verdict: Verdict) -> str:
    """What a run of keys was, in a word or two."""
    names = {
        "scan": _("Scanner"),
        "repeat": _("Scanner, once more"),
        "refused": _("No code"),
        "typing": _("Typing"),
    }
    return names[verdict.kind]


class KeyTrace(QTableView):
    """The latest keys, the newest at the bottom. `keys` are those shown."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._model = _Model()
        self.setModel(self._model)
        self.setItemDelegate(_CellPainter(theme, self))
        self.setAccessibleName(_("Trace of the keys"))
        self.setShowGrid(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(theme.px(34))
        columns.setFont(theme.font("label"))
        columns.setFixedHeight(theme.px(36))
        columns.setSectionsClickable(False)
        columns.setHighlightSections(False)
        columns.setStyleSheet("QHeaderView::section { background: transparent; }")
        columns.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        columns.setStretchLastSection(True)

    @property
    def keys(self) -> Sequence[Heard]:
        """The keys shown, oldest first."""
        return [heard for heard, _name in self._model.rows]

    def add(self, verdict: Verdict) -> None:
        """Show the keys of one more run, with what it was beside the last of them."""
        self._model.add(verdict)
        self.scrollToBottom()

    def clear(self) -> None:
        """Show none."""
        self._model.clear()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns share the width, but do not drift apart in a wide window."""
        super().resizeEvent(event)
        share = min(self.viewport().width() / sum(_WIDTHS), self._theme.px(125) / 100)
        for column, width in enumerate(_WIDTHS[:-1]):
            self.horizontalHeader().resizeSection(column, round(width * share))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or what they will be."""
        super().paintEvent(event)
        if not self._model.rows:
            painter = QPainter(self.viewport())
            painter.setFont(self._theme.font("body"))
            painter.setPen(self._theme.color("text3"))
            hint = _("Every key that is heard is shown here.")
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, hint)


class _Model(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[Heard, str]] = []

    def add(self, verdict: Verdict) -> None:
        names = [""] * (len(verdict.keys) - 1) + [verdict_name(verdict)]
        self.beginResetModel()
        self.rows = [*self.rows, *zip(verdict.keys, names, strict=True)][-MOST:]
        self.endResetModel()

    def clear(self) -> None:
        self.beginResetModel()
        self.rows = []
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in {1, 2} else _LEFT
        if role == Qt.ItemDataRole.DisplayRole:
            return (_("Key"), _("Gap (ms)"), _("Average (ms)"), _("Verdict"))[section]
        return None

    def data(self, index: _Index, role: int = 0) -> Any:
        heard, name = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (_shown(heard.text), _ms(heard.gap_ms), _ms(heard.average_ms), name)[index.column()]
        return None


class _CellPainter(QStyledItemDelegate):
    """A key as a key, figures at the right, a line below each run."""

    def __init__(self, theme: Theme, view: QTableView) -> None:
        super().__init__(view)
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, rect = self._theme, option.rect
        pad = theme.px(14)
        if index.sibling(index.row(), 3).data():
            painter.fillRect(rect.adjusted(0, rect.height() - 1, 0, 0), theme.color("border"))
        if index.column() == 0:
            left = QPointF(rect.left() + pad, rect.center().y() + 1)
            paint_keycap(painter, left, index.data(), theme, ("sunken", theme.color("text")))
            return
        figure = index.column() < 3
        painter.setFont(theme.font("body" if figure else "label"))
        painter.setPen(theme.color("text" if figure else "text2"))
        painter.drawText(rect.adjusted(pad, 0, -pad, 0), _RIGHT if figure else _LEFT, index.data())


def _shown(text: str) -> str:
    """A character that can be seen: a space by its sign, a control character by its picture."""
    return "␣" if text == " " else chr(0x2400 + ord(text)) if ord(text) < 32 else text


def _ms(value: float | None) -> str:
    return UNKNOWN if value is None else str(round(value))

"""The rows of a foreign sheet as they would be taken: what each column is above, what is wrong in red."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from pos.columns_guess import COUNT, Grid, Guess, Layout
from pos.goods_import import BAD, CHANGED, NEW, SAME, Preview
from pos.text import _
from ui.catalogue.pick_field import PickField
from ui.plain_tip import plain_tip
from ui.theme import Theme
from ui.till.goods_model import AnyIndex
from ui.till.lettering import LEFT, RIGHT, elided, write
from ui.widgets import Panel, label

CLEAR = (
    "QTableView, QTableView::corner, QAbstractScrollArea::corner { background: transparent; border: none }"
)
WIDE, STATE, ROW = 168, 108, 40  # px: of a column, of the first one, of a row's height
DOUBTFUL = 75  # per cent, below which a guess is to be looked at


def column_names() -> dict[str, str]:
    """What every column may be, in the language in use; "" is none of them."""
    return {
        "": _("Not used"),
        "name": _("Name"),
        "price": _("Selling price"),
        "sku": _("Code"),
        "institution": _("Institution"),
        "category": _("Category"),
        "unit": _("Unit"),
        COUNT: _("Pieces"),
        "barcode": _("Barcode"),
        "cost": _("Cost price"),
        "aliases": _("Other names"),
        "components": _("What is inside"),
        "image": _("Photo"),
        "active": _("For sale"),
        "story": _("Story"),
        "halal": _("Halal certificate"),
        "pirt": _("P-IRT number"),
        "workshop": _("Workshop code"),
    }


def state_names() -> dict[str, str]:
    """What becomes of a row."""
    return {NEW: _("new"), CHANGED: _("changed"), SAME: _("as before"), BAD: _("wrong")}


class PreviewRows(QAbstractTableModel):
    """The rows of a preview; the first column says what becomes of each."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.shown = Preview((), ())
        self.width = 0
        self._wrong: dict[tuple[int, int], str] = {}
        self._why: dict[int, str] = {}

    def show_preview(self, shown: Preview, layout: Layout, width: int) -> None:
        """Show these rows."""
        places = {one.column: one.place for one in layout.guesses if one.column}
        self.beginResetModel()
        self.shown, self.width = shown, width
        self._wrong = {
            (bad.row, places[bad.column]): bad.why for bad in shown.rejected if bad.column in places
        }
        self._why = {bad.row: bad.why for bad in reversed(shown.rejected)}
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """All of them."""
        return 0 if parent.isValid() else len(self.shown.rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Those of the sheet, and the one before them."""
        return 0 if parent.isValid() else self.width + 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, colours, and why a cell is wrong."""
        row = self.shown.rows[index.row()]
        place = index.column() - 1
        wrong = self._wrong.get((row.row, place), "") if place >= 0 else self._why.get(row.row, "")
        text = row.cells[place] if 0 <= place < len(row.cells) else ""
        if place < 0:
            text = f"{row.row} · {state_names()[row.state]}"
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{text or '–'}, {wrong}" if wrong else text or "–"
        if role == Qt.ItemDataRole.BackgroundRole and (wrong if place >= 0 else row.state == BAD):
            return self.theme.color("dangerSoft")
        if role == Qt.ItemDataRole.ForegroundRole:
            dull = row.state == SAME
            return self.theme.color("onDangerSoft" if wrong else "text3" if dull else "text")
        return plain_tip(wrong) if wrong and role == Qt.ItemDataRole.ToolTipRole else None


class CellPainter(QStyledItemDelegate):
    """A cell of a table: its ground, the hairline below, its text with room beside it."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """What the model says; the marked row is green."""
        box, px, theme = QRectF(option.rect), self.theme.px, self.theme
        marked = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = index.data(Qt.ItemDataRole.BackgroundRole) or (
            theme.color("primarySoft") if marked else None
        )
        if ground is not None:
            painter.fillRect(box, ground)
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("border"))
        inside = box.adjusted(px(8), 0, -px(8), -1)
        text = elided(str(index.data()), option.fontMetrics, int(inside.width()))
        right = index.data(Qt.ItemDataRole.TextAlignmentRole) is not None
        ink = index.data(Qt.ItemDataRole.ForegroundRole) or theme.color("text")
        write(painter, inside, text, option.font, ink, RIGHT if right else LEFT)


class PreviewTable(Panel):
    """`corrected` tells the place of a column and what a person says it is."""

    corrected = Signal(int, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.rows = PreviewRows(theme, self)
        self.picks: list[PickField] = []
        self._heads = QScrollArea()
        self._heads.setWidgetResizable(True)
        self._heads.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._heads.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._heads.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._heads.viewport().setAutoFillBackground(False)
        self._heads.setFixedHeight(theme.px(98))
        self.view = QTableView()
        self.view.setModel(self.rows)
        self.view.setAccessibleName(_("Rows of the sheet"))
        self.view.horizontalHeader().hide()
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setFont(theme.font("body"))
        self.view.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.view.setTabKeyNavigation(False)
        self.view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.view.setItemDelegate(CellPainter(theme, self))
        self.view.setStyleSheet(CLEAR)
        lower, upper = self.view.horizontalScrollBar(), self._heads.horizontalScrollBar()
        lower.valueChanged.connect(upper.setValue)
        upper.valueChanged.connect(lower.setValue)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(8))
        column.setSpacing(0)
        column.addWidget(self._heads)
        column.addWidget(self.view, 1)

    def show_layout(self, grid: Grid, layout: Layout) -> None:
        """What each column is, with why and how surely."""
        theme, px = self.theme, self.theme.px
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        first = label(_("Row"), "caption", theme, color="text2")
        first.setIndent(px(8))
        first.setFixedWidth(px(STATE))
        row.addWidget(first)
        names, self.picks = column_names(), []
        for guess in layout.guesses:
            row.addWidget(self._head(guess, names))
        row.addStretch(1)
        self._heads.setWidget(inside)
        inside.setAutoFillBackground(False)  # which setWidget has set
        inside.show()
        self.rows.show_preview(Preview((), ()), layout, grid.width)
        self.view.setColumnWidth(0, px(STATE))
        for place in range(grid.width):
            self.view.setColumnWidth(place + 1, px(WIDE))

    def show_preview(self, shown: Preview, layout: Layout, width: int) -> None:
        """The rows as they would be taken."""
        self.rows.show_preview(shown, layout, width)

    def _head(self, guess: Guess, names: Mapping[str, str]) -> QWidget:
        theme, px = self.theme, self.theme.px
        heading = guess.heading or _("Column {number}").format(number=guess.place + 1)
        pick = PickField(_("Column “{heading}” is").format(heading=heading), theme)
        pick.set_choices(names)
        pick.set_value(guess.column)
        pick.setToolTip(plain_tip(guess.why))
        pick.setFont(theme.font("label"))
        pick.picked.connect(lambda column, place=guess.place: self.corrected.emit(place, column))
        self.picks.append(pick)
        title = label(heading, "caption", theme, color="text2")
        doubtful = bool(guess.column) and guess.sure < DOUBTFUL
        told = _("{sure} % · please check") if doubtful else _("{sure} %") if guess.column else ""
        sure = label(told.format(sure=guess.sure), "caption", theme, color="warn" if doubtful else "text3")
        sure.setToolTip(plain_tip(guess.why))
        box = QWidget()
        box.setFixedWidth(px(WIDE))
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(2))
        column.addWidget(title)
        column.addWidget(pick)
        column.addWidget(sure)
        return box

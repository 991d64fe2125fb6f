"""Which goods get labels, and how many of each: a table to type into, with buttons for the finger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QSizePolicy,
    QSpinBox,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from pos.model import Product
from pos.text import _
from ui.catalogue.preview_table import CLEAR, CellPainter
from ui.plain_tip import plain_tip
from ui.theme import Theme
from ui.till.goods_model import AnyIndex
from ui.till.lettering import elided
from ui.widgets import IconButton, Panel, label

MOST, ROW = 1_000, 48  # labels of one product; px


class Counts(QAbstractTableModel):
    """Goods with how many labels each gets; the second column can be changed. `changed` tells that it was."""

    changed = Signal()

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.goods: Sequence[Product] = ()
        self.counts: dict[str, int] = {}

    def show_goods(self, goods: Sequence[Product], counts: Mapping[str, int]) -> None:
        """Show these, with these counts."""
        self.beginResetModel()
        self.goods, self.counts = goods, {sku: min(max(n, 0), MOST) for sku, n in counts.items()}
        self.endResetModel()
        self.changed.emit()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """One a product."""
        return 0 if parent.isValid() else len(self.goods)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Name and count."""
        return 0 if parent.isValid() else 2

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name, or the count as a number that can be typed over."""
        product = self.goods[index.row()]
        count = self.counts.get(product.sku, 0)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return product.name if index.column() == 0 else count
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self.theme.color("text" if count else "text3")
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("{name}: {count} labels").format(name=product.name, count=count)
        return None

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Counts can be edited."""
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemIsEditable if index.column() else plain

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Another count; nothing else is taken."""
        if role != Qt.ItemDataRole.EditRole or not isinstance(value, int) or not 0 <= value <= MOST:
            return False
        self.counts[self.goods[index.row()].sku] = value
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), 1))
        self.changed.emit()
        return True


class _Cell(CellPainter):
    """Paints as other tables; typing into a count opens a field for a number."""

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: AnyIndex) -> QWidget:
        """From 0 to MOST."""
        field = QSpinBox(parent)
        field.setRange(0, MOST)
        field.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        field.setAccessibleName(_("Labels"))
        return field


class CountTable(Panel):
    """The table and its two buttons. `changed` tells that the counts are others."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.rows = Counts(theme, self)
        self.view = QTableView()
        self.view.setModel(self.rows)
        self.view.setAccessibleName(_("How many labels of which goods"))
        self.view.horizontalHeader().hide()
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.view.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.view.setColumnWidth(1, theme.px(88))
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.setFont(theme.font("body"))
        self.view.setTabKeyNavigation(False)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setItemDelegate(_Cell(theme, self))
        self.view.setStyleSheet(CLEAR)
        self.less = IconButton("minus", _("One label fewer"), kind="secondary", theme=theme)
        self.more = IconButton("plus", _("One label more"), kind="secondary", theme=theme)
        self.less.clicked.connect(lambda: self._add(-1))
        self.more.clicked.connect(lambda: self._add(1))
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.px(8), theme.px(4), theme.px(4), 0)
        self._told = label("", "label", theme, color="text2")
        self._told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        foot.addWidget(self._told, 1)
        foot.setSpacing(theme.px(8))
        foot.addWidget(self.less)
        foot.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(6), theme.px(6), theme.px(6), theme.px(6))
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addLayout(foot)
        self.rows.changed.connect(self.changed)
        self.view.selectionModel().currentChanged.connect(self._tell)

    @property
    def counts(self) -> dict[str, int]:
        """How many of each SKU, those without any left out, in the order of the goods."""
        found = self.rows.counts
        return {one.sku: found[one.sku] for one in self.rows.goods if found.get(one.sku)}

    def show_goods(self, goods: Sequence[Product], counts: Mapping[str, int]) -> None:
        """Show these, the first one marked."""
        self.rows.show_goods(goods, counts)
        if goods:
            self.view.setCurrentIndex(self.rows.index(0, 1))

    def _add(self, by: int) -> None:
        index = self.view.currentIndex().siblingAtColumn(1)
        if index.isValid():
            self.rows.setData(index, int(index.data(Qt.ItemDataRole.EditRole)) + by)

    def _tell(self, index: QModelIndex) -> None:
        name = self.rows.goods[index.row()].name if index.isValid() else ""
        self._told.setText(elided(name, self._told.fontMetrics(), self._told.width()))
        self._told.setToolTip(plain_tip(name))

"""The table of goods in the middle of the stock screen: heads, rows, and a place below them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from pos.model import Product
from ui.photos import Photos
from ui.scroll import Scroll
from ui.stock.parts import NameButton, Stepper, Thumb
from ui.theme import Theme
from ui.widgets import Panel, label

SIDE, GAP = 16, 12  # px


class Head(NamedTuple):
    """A column: its title, its width in px at 100 %, how its title stands; `spare`: gone when narrow."""

    title: str
    width: int
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignRight
    spare: bool = False


class Row(QWidget):
    """One product: picture, name, cells under the heads. `wanted` is its stock card."""

    wanted = Signal(str)  # its SKU
    chosen = Signal(str)

    def __init__(
        self, product: Product, cells: Sequence[QWidget], heads: Sequence[Head], photos: Photos, theme: Theme
    ) -> None:
        super().__init__()
        self.theme = theme
        self.sku = product.sku
        self.cells = list(cells)
        self._marked = False
        px = theme.px
        self.setFixedHeight(px(59))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(SIDE), 0, px(SIDE), 0)
        row.setSpacing(px(GAP))
        self.name = NameButton(product.name, product.sku, theme)
        self.name.clicked.connect(lambda: self.wanted.emit(self.sku))
        named = QHBoxLayout()
        named.setSpacing(px(4))
        named.addWidget(Thumb(product, photos, theme))
        named.addWidget(self.name, 1)
        row.addLayout(named, 1)
        for cell, head in zip(cells, heads, strict=True):
            if isinstance(cell, Stepper):
                around = (px(head.width) - cell.width()) // 2
                row.addSpacing(around)
                row.addWidget(cell)
                row.addSpacing(px(head.width) - cell.width() - around)
                cell.focused.connect(lambda: self.chosen.emit(self.sku))
                continue
            cell.setFixedWidth(px(head.width))
            if isinstance(cell, QLabel):
                cell.setAlignment(head.align | Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(cell)

    def mark(self, *, on: bool) -> None:
        """Show that it is the one being filled in."""
        self._marked = on
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A tap anywhere in the row brings the keyboard into its number."""
        for cell in self.cells:
            if isinstance(cell, Stepper):
                cell.setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Its ground and the hairline below."""
        painter = QPainter(self)
        if self._marked:
            painter.fillRect(self.rect(), self.theme.color("primarySoft"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self.theme.color("border"))


class GoodsTable(Panel):
    """Rows by SKU below their heads; `foot` holds what stands below the last row."""

    card_wanted = Signal(str)

    def __init__(self, heads: Sequence[Head], first: str, theme: Theme) -> None:
        super().__init__(theme)
        self.heads = list(heads)
        self.rows: dict[str, Row] = {}
        self.photos = Photos(self)
        px = theme.px
        self._titles: list[QLabel] = []
        top = QHBoxLayout()
        top.setContentsMargins(px(SIDE), px(8), px(SIDE), px(8))
        top.setSpacing(px(GAP))
        top.addWidget(label(first, "caption", theme, color="text2"), 1)
        for head in self.heads:
            title = label(head.title, "caption", theme, color="text2")
            title.setAlignment(head.align)
            title.setFixedWidth(px(head.width))
            top.addWidget(title)
            self._titles.append(title)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(1, 0, 1, 0)
        self._column.setSpacing(0)
        self.foot = QVBoxLayout()
        self.foot.setContentsMargins(px(SIDE), px(8), px(SIDE), px(8))
        self._column.addLayout(self.foot)
        self._column.addStretch(1)
        self._scroll = Scroll(inside)
        self._at_end, self._marked = False, ""
        self._narrow = False
        self._scroll.verticalScrollBar().rangeChanged.connect(self._follow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, px(4))
        column.setSpacing(0)
        column.addLayout(top)
        line = QWidget()
        line.setFixedHeight(1)
        line.setAutoFillBackground(True)
        palette = line.palette()
        palette.setColor(line.backgroundRole(), theme.color("border"))
        line.setPalette(palette)
        column.addWidget(line)
        column.addWidget(self._scroll, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def add(self, product: Product, cells: Sequence[QWidget]) -> Row:
        """A row at the end."""
        row = Row(product, cells, self.heads, self.photos, self.theme)
        row.wanted.connect(self.card_wanted)
        row.chosen.connect(self.mark)
        self._column.insertWidget(len(self.rows), row)
        self.rows[product.sku] = row
        self._fold_row(row)
        row.show()  # at once, or it could not have the keyboard yet
        return row

    def remove(self, sku: str) -> None:
        """Take a row away."""
        row = self.rows.pop(sku)
        row.hide()
        row.deleteLater()

    def clear(self) -> None:
        """Take all rows away."""
        for sku in list(self.rows):
            self.remove(sku)

    def mark(self, sku: str) -> None:
        """Mark the row that is being filled in, and bring it into sight."""
        for key, row in self.rows.items():
            row.mark(on=key == sku)
        self._at_end, self._marked = False, sku
        if sku in self.rows:
            self._scroll.ensureWidgetVisible(self.rows[sku], 0, 0)

    def show_end(self) -> None:
        """Bring what stands below the rows into sight, also when a new row has its place only later."""
        self._at_end = True
        self._follow()

    def _follow(self) -> None:
        """Rows find their places only after they were marked."""
        if self._at_end:
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.maximum())
        elif self._marked in self.rows:
            self._scroll.ensureWidgetVisible(self.rows[self._marked], 0, 0)

    def fold(self, *, narrow: bool) -> None:
        """Leave the spare columns out, or show them again."""
        self._narrow = narrow
        for head, title in zip(self.heads, self._titles, strict=True):
            title.setVisible(not (narrow and head.spare))
        for row in self.rows.values():
            self._fold_row(row)

    def _fold_row(self, row: Row) -> None:
        for head, cell in zip(self.heads, row.cells, strict=True):
            cell.setVisible(not (self._narrow and head.spare))

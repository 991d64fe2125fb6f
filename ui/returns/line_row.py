"""One line of a sale, or one component of a bundle: what is left of it, and how much comes back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.returns import Item, Left
from pos.text import _
from pos.weight import GRAM
from ui.returns.stepper import Stepper
from ui.theme import Theme
from ui.widgets import hline, label

INSET = 28  # px by which a component stands in
GRAMS = 50  # goods by weight come back in such steps


class LineRow(QWidget):
    """`changed` asks whether these pieces may come back; `show_qty` shows what holds."""

    changed = Signal(object)  # the Items it wants to be

    def __init__(self, left: Left, maker: str, price: str, theme: Theme) -> None:
        super().__init__()
        self.left = left
        step = GRAMS if left.unit == GRAM else 1
        self.good = Stepper(_("{name}, can be sold again").format(name=left.name), theme, step=step)
        self.bad = Stepper(_("{name}, damaged").format(name=left.name), theme, step=step)
        self.good.changed.connect(lambda qty: self.changed.emit(self._items(qty, self.bad.value)))
        self.bad.changed.connect(lambda qty: self.changed.emit(self._items(self.good.value, qty)))
        px = theme.px
        words = QVBoxLayout()
        words.setSpacing(0)
        name = label(left.name, "itemName", theme, wrap=True)
        words.addWidget(name)
        about = " · ".join(word for word in (maker, price, self._bought()) if word)
        words.addWidget(label(about, "label", theme, color="text2", wrap=True))
        row = QHBoxLayout()
        row.setContentsMargins(px(16 + (INSET if left.part >= 0 else 0)), px(8), px(16), px(8))
        row.setSpacing(px(12))
        row.addLayout(words, 1)
        if left.left:
            row.addWidget(self.good)
            row.addWidget(self.bad)
        else:
            gone = label(_("All of it came back"), "label", theme, color="text2", right=True)
            gone.setFixedWidth(px(136 * 2 + 12))
            row.addWidget(gone)
            self.good.setParent(self)
            self.bad.setParent(self)
            self.good.hide()
            self.bad.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(hline(theme))

    @property
    def items(self) -> tuple[Item, ...]:
        """What comes back of it."""
        return self._items(self.good.value, self.bad.value)

    def show_qty(self, good: int, bad: int) -> None:
        """Show how many come back."""
        more = good + bad < self.left.left
        self.good.set(good, more=more)
        self.bad.set(bad, more=more)

    def _items(self, good: int, bad: int) -> tuple[Item, ...]:
        left = self.left
        good, bad = min(good, left.left), min(bad, left.left)
        wanted = ((good, False), (bad, True))
        return tuple(Item(left.line, qty, left.part, damaged) for qty, damaged in wanted if qty)

    def _bought(self) -> str:
        left = self.left
        if left.left == left.sold:
            return _("bought {count}").format(count=left.sold)
        return _("bought {count}, left {left}").format(count=left.sold, left=left.left)

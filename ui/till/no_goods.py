"""What stands in the grid while no goods do: why, and where the first ones come from."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.text import _
from ui.theme import Theme
from ui.till.product_grid import ProductGrid
from ui.widgets import Button, label

TOP, HEIGHT = 64, 96  # px


class NoGoods(QWidget):
    """Lies over the empty grid. `delivery_wanted`: goods shall be received."""

    delivery_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._sold = label(
            _("All goods shown here have sold today."), "body", theme, color="text2", wrap=True
        )
        self._sold.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._sold.setParent(self)
        self._none: QWidget | None = None  # made when it is needed: a booth has goods on all days but one
        self.hide()

    def tell(self, grid: ProductGrid, *, bare: bool) -> None:
        """Be there while the grid is in sight and empty; `bare`: the booth has no goods at all."""
        empty = not grid.isHidden() and not grid.goods.items
        if empty and bare and self._none is None:
            self._none = self._make_none()
            self._lay()
        self._sold.setVisible(not bare)
        if self._none:
            self._none.setVisible(bare)
        self.setVisible(empty)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Everything in its place."""
        self._lay()

    def _lay(self) -> None:
        self._sold.setGeometry(0, self.theme.px(TOP), self.width(), self.theme.px(HEIGHT))
        if self._none:
            self._none.setGeometry(self.rect())

    def _make_none(self) -> QWidget:
        from ui.reports.locked import Nothing

        words = _("Receive them from an institution; new products are made there, too.")
        none = Nothing("package-open", _("There are no goods yet"), words, self.theme)
        receive = Button(_("Receive goods"), icon="package-check", theme=self.theme)
        receive.clicked.connect(self.delivery_wanted)
        none.add(receive)
        none.setParent(self)
        return none

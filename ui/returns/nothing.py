"""Nothing is chosen yet: what to do, in one sentence under the motif."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.text import _
from ui.theme import Theme
from ui.till.cart_empty import paint_motif_box
from ui.widgets import label

BOX = 96  # px: DESIGN.md chapter 11


class Nothing(QWidget):
    """The empty state of the page."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        middle, px = Qt.AlignmentFlag.AlignHCenter, theme.px
        title = label(_("No receipt chosen"), "title", theme)
        title.setFont(theme.font("title", 17))
        words = label(
            _("Scan the buyer's receipt, or choose one on the left."), "body", theme, color="text2", wrap=True
        )
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setFixedWidth(px(340))
        words.setMinimumHeight(words.heightForWidth(px(340)))
        column = QVBoxLayout(self)
        column.setSpacing(px(6))
        column.addStretch(1)
        column.addWidget(_Motif(theme), 0, middle)
        column.addSpacing(px(8))
        column.addWidget(title, 0, middle)
        column.addWidget(words, 0, middle)
        column.addStretch(1)


class _Motif(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(theme.px(BOX), theme.px(BOX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The box and its icon."""
        box = QRectF(self.rect())
        paint_motif_box(QPainter(self), box, "undo-2", self._theme, self.devicePixelRatioF())

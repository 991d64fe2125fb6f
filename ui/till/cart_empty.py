"""What stands where the lines of the cart will: the motif, how to begin, and carts that wait."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.text import _
from ui.icons import icon_pixmap
from ui.keys import keycap
from ui.pictures import illustration
from ui.theme import Theme
from ui.widgets import Button, label

MOTIF = 48  # px: a multiple of 24 keeps the weave sharp (DESIGN.md chapter 13)


class EmptyCart(QWidget):
    """An empty cart. `resume` asks for the carts put aside."""

    resume = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._title = label(_("The cart is still empty"), "title", theme)
        self._title.setFont(theme.font("title", 17))
        words = label(_("Scan a barcode or tap an item to begin."), "body", theme, color="text2", wrap=True)
        self._resume = Button("", kind="secondary", keycap=keycap("held"), theme=theme)
        self._resume.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._resume.clicked.connect(self.resume)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.px(24), 0, theme.px(24), 0)
        column.setSpacing(theme.px(4))
        column.addStretch(1)
        column.addSpacing(theme.px(96 + 16))
        for text in (self._title, words):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(text)
        column.addSpacing(theme.px(8))
        column.addWidget(self._resume, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.show_held(0)

    def show_held(self, count: int) -> None:
        """How many carts are put aside."""
        self._resume.setText(_("Go on with a cart put aside ({count})").format(count=count))
        self._resume.setVisible(count > 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The motif box stands above the title, where there is room for it."""
        px, side = self.theme.px, self.theme.px(96)
        box = QRectF((self.width() - side) / 2, self._title.y() - px(16) - side, side, side)
        if box.top() < 0:
            return
        paint_motif_box(QPainter(self), box, "shopping-basket", self.theme, self.devicePixelRatioF())


def paint_motif_box(painter: QPainter, box: QRectF, icon: str, theme: Theme, ratio: float) -> None:
    """The woven box with an icon that stands where there is nothing yet; `ratio`: device pixels per px."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(box, theme.radius("hero"), theme.radius("hero"))
    painter.setClipPath(shape)
    painter.fillPath(shape, theme.color("goldSoft"))
    painter.setOpacity(0.5)
    motif = illustration("motif-lepus", MOTIF, MOTIF, ratio)
    begin = -box.width() / 2 % MOTIF  # a corner of four motifs in the middle
    painter.drawTiledPixmap(box, motif, QPointF(begin, begin))
    painter.setOpacity(1)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("surface"))
    painter.drawEllipse(box.center(), theme.px(28), theme.px(28))
    size = theme.px(28)
    painter.drawPixmap(
        box.center() - QPointF(size / 2, size / 2), icon_pixmap(icon, size, theme.color("primary"), ratio)
    )

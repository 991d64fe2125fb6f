"""The ways to pay, one below the other: or in a row, where the window is narrow."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QWidget

from pos.payments import METHODS
from pos.text import _
from ui.keys import KEYS, keycap
from ui.pay.buttons import MethodButton
from ui.pay.words import icon_of
from ui.theme import Theme
from ui.widgets import hline, label

SPLIT = "split"  # beside the codes of METHODS
_UNBOUND = 16777215  # QWIDGETSIZE_MAX


class Methods(QWidget):
    """`chosen` carries the code of a way to pay, or SPLIT."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._group = QButtonGroup(self)
        self._buttons: dict[str, MethodButton] = {}
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._row.setSpacing(theme.px(6))
        self._line = hline(theme)
        for method, way in METHODS.items():
            self._add(method, way.name, icon_of(method))
        self._row.addSpacing(theme.px(5))
        self._row.addLayout(_inset(self._line, theme.px(4)))
        self._row.addSpacing(theme.px(5))
        self._add(SPLIT, _("Split payment"), "split")
        self._row.addStretch(1)
        self._hint = label("", "caption", theme, color="text3", wrap=True)
        self._row.addLayout(_inset(self._hint, theme.px(6)))

    def choose(self, method: str) -> None:
        """Mark the way to pay whose page is shown."""
        self._buttons[method].setChecked(True)
        tapped = _(
            "Tap an amount: the payment is done at once. A wrong tap can be cancelled on the next screen."
        )
        self._hint.setText(tapped if method == "cash" else "")

    def set_compact(self, compact: bool) -> None:
        """In a row instead of a column."""
        theme, px = self._theme, self._theme.px
        self._hint.setVisible(not compact)
        self._line.setVisible(not compact)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(across if compact else down)
        self._row.setContentsMargins(px(12), px(6 if compact else 14), px(12), px(6 if compact else 18))
        if compact:
            self.setMaximumWidth(_UNBOUND)
            self.setMinimumWidth(0)
            self.setFixedHeight(theme.size("touchMin") + 2 * px(6))
        else:
            self.setFixedWidth(px(188))
            self.setMinimumHeight(0)
            self.setMaximumHeight(_UNBOUND)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A shade darker than the page, with a hairline towards it; round where the sheet is."""
        theme, area = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        radius = theme.radius("sheet")
        beside = self._row.direction() == QBoxLayout.Direction.TopToBottom
        if beside:  # its lower left corner is the sheet's
            shape.addRoundedRect(area.adjusted(0, -radius, radius, 0), radius, radius)
        else:
            shape.addRect(area)
        painter.setClipRect(area)
        painter.fillPath(shape, theme.color("surfaceAlt"))
        painter.setPen(QPen(theme.color("border"), 1))
        edge = area.adjusted(0, 0, -0.5, -0.5)
        painter.drawLine(edge.topRight() if beside else edge.bottomLeft(), edge.bottomRight())

    def _add(self, method: str, name: str, icon: str) -> None:
        key = keycap(method) if any(one.action == method for one in KEYS) else ""
        button = MethodButton(name, icon, key, self._theme)
        button.clicked.connect(lambda _checked=False: self.chosen.emit(method))
        self._buttons[method] = button
        self._group.addButton(button)
        self._row.addWidget(button)


def _inset(widget: QWidget, sides: int) -> QHBoxLayout:
    """So many px free on both sides."""
    row = QHBoxLayout()
    row.setContentsMargins(sides, 0, sides, 0)
    row.addWidget(widget)
    return row

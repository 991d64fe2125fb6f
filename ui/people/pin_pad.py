"""The pad for a PIN: 1-2-3 on top as on a telephone, and the dots that say how many digits are in."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPointF, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos.pins import DIGITS
from pos.text import _
from ui.numpad import BACK, PadKey
from ui.pressable import Look
from ui.theme import Theme

_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "", "0", BACK)
SHAKE_MS = 240


class PinDots(QWidget):
    """One dot a digit; they shake once when the PIN is wrong, unless nothing shall move."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._count = 0
        self._shift = 0.0
        self.setFixedSize(theme.px(DIGITS * 34 + 20), theme.px(22))
        self._shake = QVariantAnimation(self, duration=SHAKE_MS)
        self._shake.setEasingCurve(QEasingCurve.Type.OutCubic)
        for at, shift in ((0.0, 0), (0.2, -8), (0.5, 7), (0.75, -4), (1.0, 0)):
            self._shake.setKeyValueAt(at, float(theme.px(shift)))
        self._shake.valueChanged.connect(self._move)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        """How many digits are in."""
        self._count = count
        self.setAccessibleName(_("{count} of {all} digits").format(count=count, all=DIGITS))
        self.update()

    def shake(self) -> None:
        """The PIN was wrong."""
        if not self.theme.calm:
            self._shake.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Filled dots, then empty ones."""
        px, theme = self.theme.px, self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(self.width() / 2 + self._shift, self.height() / 2)
        for place in range(DIGITS):
            centre = middle + QPointF((place - (DIGITS - 1) / 2) * px(34), 0)
            full = place < self._count
            painter.setPen(QPen(theme.color("primary" if full else "borderInput"), px(2)))
            painter.setBrush(theme.color("primary") if full else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, px(8), px(8))

    def _move(self, shift: object) -> None:
        self._shift = float(shift) if isinstance(shift, float) else 0.0
        self.update()


class PinPad(QWidget):
    """Eleven large keys. They never take the focus. `pressed` tells a digit or BACK."""

    pressed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(10))
        for place, key in enumerate(_KEYS):
            if key:
                button = _Key(key, theme)
                button.clicked.connect(lambda _checked=False, key=key: self.pressed.emit(key))
                grid.addWidget(button, place // 3, place % 3)


class _Key(PadKey):
    """White on the ground of the page, and a little lower."""

    def __init__(self, key: str, theme: Theme) -> None:
        super().__init__(key, theme)
        self.look = Look("surface", "surfaceAlt", "sunken", "text", "border", "borderStrong")
        self.corner = theme.radius("tile")
        self.setFont(theme.font("title", 28))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """76 px high; `minimumSizeHint` where room is short."""
        return QSize(self.theme.px(107), self.theme.size("pinKey"))

    def minimumSizeHint(self) -> QSize:
        """Still large enough for a thumb."""
        return QSize(self.theme.size("touchMin"), self.theme.size("touchMin"))

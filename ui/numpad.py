"""The number pad for amounts: 7-8-9 on top, three zeros at once, one step back."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from pos.text import _
from ui.icons import icon_pixmap
from ui.pressable import Pressable
from ui.theme import Theme

BACK = "back"
_KEYS = ("7", "8", "9", "4", "5", "6", "1", "2", "3", "0", "000", BACK)


class NumPad(QWidget):
    """Twelve large keys. They never take the focus, so that the field they fill keeps it."""

    pressed = Signal(str)  # the digits of the key, or BACK

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.px(8))
        for place, key in enumerate(_KEYS):
            button = PadKey(key, theme)
            button.clicked.connect(lambda _checked=False, key=key: self.pressed.emit(key))
            grid.addWidget(button, place // 3, place % 3)

    def set_compact(self, compact: bool, key: int = 48) -> None:
        """Close together for a small window, with keys of at most `key` px at 100 %."""
        gap, high = (6, self._theme.px(key)) if compact else (8, self._theme.size("numpadKey"))
        self._grid.setSpacing(self._theme.px(gap))
        self.setMaximumHeight(4 * high + 3 * self._theme.px(gap))


class PadKey(Pressable):
    """One key of a pad: digits, or one step back (BACK)."""

    def __init__(self, key: str, theme: Theme) -> None:
        super().__init__(key, "key", theme.radius("control"), theme)
        self._back = key == BACK
        if self._back:
            self.setText("")
            self.setAccessibleName(_("Delete the last digit"))
        self.setAutoRepeat(self._back)
        self.setFont(theme.font("title", 26))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        """84 px high; `minimumSizeHint` where room is short."""
        return QSize(self.theme.px(78), self.theme.size("numpadKey"))

    def minimumSizeHint(self) -> QSize:
        """Still large enough for a thumb."""
        return QSize(self.theme.size("touchMin"), self.theme.size("touchMin"))

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """The digits, or the icon of one step back."""
        if not self._back:
            super().paint_content(painter, rect)
            return
        size = self.theme.size("icon.nav")
        pixmap = icon_pixmap("delete", size, self.ink(), self.devicePixelRatioF())
        painter.drawPixmap(rect.center() - QRect(0, 0, size, size).center(), pixmap)

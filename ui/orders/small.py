"""Small widgets of the orders: a line that ends with an ellipsis, chips that go on in the next row,
filters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.plain_tip import plain_tip
from ui.theme import Theme
from ui.till.filters import CategoryBar, Choice
from ui.widgets import Chip, set_color


class Elided(QLabel):
    """One line of plain text; what has no room is left out and can be read in the tool tip.

    With `middle` that is in the middle, for a path, whose end says most.
    """

    def __init__(
        self, role: str, theme: Theme, *, color: str = "text", size: float | None = None, middle: bool = False
    ) -> None:
        super().__init__()
        self._cut = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(role, size))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_color(self, theme.color(color))

    def setText(self, text: str) -> None:
        """Another text."""
        super().setText(text)
        self.setToolTip(plain_tip(text))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As much as there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        words = painter.fontMetrics().elidedText(self.text(), self._cut, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, words)


class Choices(QWidget):
    """Chips of which one is on; `take` is called with the code of the one that was pressed."""

    def __init__(self, names: Mapping[str, str], theme: Theme, take: Callable[[str], None]) -> None:
        super().__init__()
        self._gap = theme.px(6)
        self._chips: dict[str, Chip] = {}
        for code, name in names.items():
            chip = _Close(name, theme)
            chip.setParent(self)
            chip.clicked.connect(lambda _on=False, code=code: take(code))
            self._chips[code] = chip
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._arrange(theme.px(500))

    def choose(self, code: str) -> None:
        """Mark one; an unknown one marks none."""
        for known, chip in self._chips.items():
            chip.setChecked(known == code)

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(0, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many in a row as there is room for."""
        if event.size().width() != event.oldSize().width():
            self._arrange(event.size().width())

    def _arrange(self, width: int) -> None:
        x = y = 0
        high = 0
        for chip in self._chips.values():
            hint = chip.sizeHint()
            high = hint.height()
            if x and x + hint.width() > width:
                x, y = 0, y + high + self._gap
            chip.setGeometry(x, y, hint.width(), high)
            x += hint.width() + self._gap
        self.setFixedHeight(y + high)


class _Close(Chip):
    """With less around the word: five stand side by side."""

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__(text, theme=theme)
        self._pad = theme.px(10)


class Filters(CategoryBar):
    """As the till's categories; 40 px are painted, 48 can be touched (DESIGN.md chapter 5)."""

    def _chip(self, choice: Choice) -> Chip:
        chip = super()._chip(choice)
        chip.margin = self.theme.px(4)
        return chip

"""What settings are set with: a switch, and a row of choices."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from ui.pressable import Look, Pressable
from ui.theme import Theme
from ui.widgets import Chip


class Switch(Pressable):
    """On or off, by place of the knob and by colour. `name` is what it switches."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__("", "ghost", theme.radius("pill"), theme)
        self.look = Look("", "", "", "text")
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFixedSize(QSize(theme.px(64), theme.px(48)))

    def sizeHint(self) -> QSize:
        """Fixed."""
        return self.minimumSize()

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """The track and the knob; a line in the knob of one that is on."""
        theme, px = self.theme, self.theme.px
        on, live = self.isChecked(), self.isEnabled()
        track = QRectF(0, 0, px(52), px(30))
        track.moveCenter(QRectF(rect).center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("primary" if on and live else "sunken" if not live else "borderInput"))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        reach = track.width() / 2 - track.height() / 2
        middle = track.center() + QPointF(reach if on else -reach, 0)
        painter.setBrush(theme.color("surface"))
        painter.drawEllipse(middle, px(12), px(12))
        if on:
            painter.setBrush(theme.color("primary" if live else "textDisabled"))
            painter.drawRoundedRect(QRectF(middle.x() - px(1), middle.y() - px(5), px(2), px(10)), 1, 1)


class Choices(QWidget):
    """One of several values as chips in a row. `chosen` tells the value."""

    chosen = Signal(str)

    def __init__(self, names: Mapping[str, str], theme: Theme) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._chips: dict[str, Chip] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for value, name in names.items():
            chip = Chip(name, theme=theme)
            chip.clicked.connect(lambda _checked=False, value=value: self.chosen.emit(value))
            self._group.addButton(chip)
            self._chips[value] = chip
            row.addWidget(chip)

    def show_value(self, value: str) -> None:
        """Mark the one that holds."""
        if value in self._chips:
            self._chips[value].setChecked(True)

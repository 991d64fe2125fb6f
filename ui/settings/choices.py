"""One of several values, as a row of chips."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from ui.theme import Theme
from ui.widgets import Chip


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

"""The business day that is opened: the clock's, unless somebody says that the clock is wrong."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.model import Event
from pos.text import _, long_date
from ui.theme import Theme
from ui.widgets import FitLabel, IconButton, label


class DayChoice(QWidget):
    """A day between two buttons, and which day of the exhibition it is."""

    changed = Signal()

    def __init__(self, day: date, event: Event, theme: Theme) -> None:
        super().__init__()
        self._event = event
        self.day = day
        self._name = FitLabel("title", theme)
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._which = label("", "label", theme, color="text2")
        self._which.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._which)
        for icon, name, by in (("minus", _("The day before"), -1), ("plus", _("The day after"), 1)):
            button = IconButton(icon, name, kind="secondary", theme=theme)
            button.clicked.connect(lambda _checked=False, by=by: self.show_day(self.day + timedelta(days=by)))
            row.addWidget(button)
            if by < 0:
                row.addLayout(words, 1)
        self.show_day(day)

    def show_day(self, day: date) -> None:
        """Another day."""
        self.day = day
        self._name.setText(long_date(day))
        start, end = self._event.start, self._event.end
        inside = _("Day {number} of {days}").format(
            number=(day - start).days + 1, days=(end - start).days + 1
        )
        self._which.setText(inside if start <= day <= end else _("Outside the exhibition"))
        self.setAccessibleName(f"{_('Business day')} {long_date(day)}")
        self.changed.emit()

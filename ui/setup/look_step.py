"""Step 4: the paper of receipts, the buyer's screen, and how everything looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.settings import OFF, ON, SETTINGS
from pos.text import _
from ui.settings.choices import Choices
from ui.setup.answers import Answers
from ui.switch import Switch
from ui.theme import Theme
from ui.widgets import Panel, hline, label

if TYPE_CHECKING:
    from pos.setup_checks import Findings

ASKED = ("roll", "customer", "scale", "theme")  # settings, in the order of the rows


class LookStep(QWidget):
    """A row a setting, as the page of settings has them; they hold when the till opens."""

    def __init__(self, answers: Answers, theme: Theme) -> None:
        super().__init__()
        self.answers, self.theme = answers, theme
        self._choices: dict[str, Choices] = {}
        self._switches: dict[str, Switch] = {}
        card = Panel(theme)
        px = theme.px
        rows = QVBoxLayout(card)
        rows.setContentsMargins(px(20), px(12), px(20), px(12))
        rows.setSpacing(px(8))
        for number, key in enumerate(ASKED):
            if number:
                rows.addWidget(hline(theme))
            rows.addLayout(self._row(key))
        later = _("A receipt printer is connected in the settings, at any time: sales do not wait for it.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(card)
        column.addWidget(label(later, "body", theme, color="text2", wrap=True))
        column.addStretch(1)
        self.fill()

    def take_focus(self) -> None:
        """Nothing needs to be typed."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self) -> None:
        """Nothing can be missing."""

    def fill(self) -> None:
        """What was answered so far."""
        values = dict(self.answers.setup.settings)
        for key, choices in self._choices.items():
            choices.show_value(values.get(key, SETTINGS[key].default))
        for key, switch in self._switches.items():
            switch.setChecked(values.get(key, SETTINGS[key].default) == ON)

    def show_findings(self, _findings: Findings) -> None:
        """Nothing can be wrong."""

    def _row(self, key: str) -> QHBoxLayout:
        setting, theme = SETTINGS[key], self.theme
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(setting.title(), "button", theme, wrap=True))
        if hint := setting.hint():
            words.addWidget(label(hint, "body", theme, color="text2", wrap=True))
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addLayout(words, 1)
        row.addWidget(self._control(key))
        return row

    def _control(self, key: str) -> QWidget:
        setting = SETTINGS[key]
        if setting.is_switch:
            switch = self._switches[key] = Switch("", self.theme)
            switch.setAccessibleName(setting.title())
            switch.toggled.connect(lambda on: self._keep(key, ON if on else OFF))
            return switch
        choices = self._choices[key] = Choices(setting.names(), self.theme)
        choices.chosen.connect(lambda value: self._keep(key, value))
        return choices

    def _keep(self, key: str, value: str) -> None:
        pairs = {**dict(self.answers.setup.settings), key: value}
        self.answers.change(settings=tuple(pairs.items()))

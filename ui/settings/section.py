"""One card of settings: a title, and rows with words on the left and a control on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from pos.rights import may
from pos.settings import OFF, ON, SETTINGS
from ui.app import App
from ui.settings.choices import Choices
from ui.switch import Switch
from ui.widgets import Panel, hline, label


class Section(Panel):
    """Rows are added one below the other; in a narrow window a control stands under its words."""

    def __init__(self, title: str, app: App) -> None:
        super().__init__(app.theme)
        self.app = app
        self.title = title
        self._rows: list[QBoxLayout] = []
        self._guarded: list[QWidget] = []
        px = app.theme.px
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(20), px(16), px(20), px(12))
        self._column.setSpacing(px(8))
        self._column.addWidget(label(title, "title", app.theme))

    def add(self, name: str, hint: str, control: QWidget) -> None:
        """A row: what it is, what it does, and what sets it."""
        theme = self.app.theme
        words = QVBoxLayout()
        words.setSpacing(0)
        heading = label(name, "button", theme, wrap=True)
        words.addWidget(heading)
        if hint:
            words.addWidget(label(hint, "body", theme, color="text2", wrap=True))
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(theme.px(12))
        row.addLayout(words, 1)
        row.addWidget(control, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._rows.append(row)
        self._column.addWidget(hline(theme))
        self._column.addLayout(row)

    def add_wide(self, widget: QWidget) -> None:
        """A row of its own, over the whole width."""
        self._column.addWidget(hline(self.app.theme))
        self._column.addWidget(widget)

    def add_setting(self, key: str) -> Switch | Choices:
        """The row of a setting as pos/settings.py declares it: a switch, or a chip for each value."""
        setting = SETTINGS[key]
        if setting.is_switch:
            control: Switch | Choices = self.add_switch(key, setting.title(), setting.hint())
        else:
            control = self.add_choices(key, setting.title(), setting.names(), setting.hint())
        if setting.officers:
            self.officers_only(control)
        return control

    def add_switch(self, key: str, name: str, hint: str = "") -> Switch:
        """The switch of a setting, in words of one's own."""
        switch = Switch("", self.app.theme)
        switch.setAccessibleName(name)
        switch.setChecked(self.app.switched_on(key))
        switch.toggled.connect(lambda on: self.app.set(key, ON if on else OFF))
        self.add(name, hint, switch)
        return switch

    def add_choices(self, key: str, name: str, values: dict[str, str], hint: str = "") -> Choices:
        """The choices of a setting, in words of one's own: what each value is called."""
        choices = Choices(values, self.app.theme)
        choices.show_value(self.app.setting(key))
        choices.chosen.connect(lambda value: self.app.set(key, value))
        self.add(name, hint, choices)
        return choices

    def add_group(self, group: str) -> Section:
        """A row for each setting of a group, in the order in which they are declared."""
        for setting in SETTINGS.values():
            if setting.group == group:
                self.add_setting(setting.key)
        return self

    def officers_only(self, control: QWidget) -> None:
        """Everybody sees it; who is no officer cannot change it."""
        if not self._guarded:
            self.app.staff_changed.connect(self._allow)
            self.app.shift_changed.connect(self._allow)
        self._guarded.append(control)
        self._allow()

    def _allow(self) -> None:
        for control in self._guarded:
            control.setEnabled(may(self.app.cashier, "settings"))

    def fold(self, *, narrow: bool) -> None:
        """Controls beside their words, or below them."""
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        for row in self._rows:
            row.setDirection(down if narrow else across)

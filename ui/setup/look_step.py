"""Step 4: the receipt printer and its paper, the buyer's screen, and how everything looks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.printers import KINDS, Printer, printer_text, typed_printer
from pos.settings import OFF, ON, SETTINGS
from pos.text import _
from ui.issue import COLUMNS
from ui.settings.choices import Choices
from ui.settings.printer_address import Address, kinds
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
        self._asked = False
        card = Panel(theme)
        px = theme.px
        rows = QVBoxLayout(card)
        rows.setContentsMargins(px(20), px(12), px(20), px(12))
        rows.setSpacing(px(8))
        self._kinds = Choices(kinds(), theme)
        self._kinds.chosen.connect(self._take_kind)
        self._address = Address(theme, self._take_address)
        later = _("It can be connected later, too: sales do not wait for it.")
        printer = self._words(_("Receipt printer"), later)
        printer.setSpacing(px(4))
        printer.addWidget(self._kinds, 0, Qt.AlignmentFlag.AlignLeft)  # as wide as the row
        rows.addLayout(printer)
        rows.addWidget(self._address)
        answers.looked.connect(self.show_findings)
        for key in ASKED:
            rows.addWidget(hline(theme))
            setting = SETTINGS[key]
            rows.addLayout(self._line(setting.title(), setting.hint(), self._control(key)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self.fill()

    def take_focus(self) -> None:
        """Nothing needs to be typed."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self) -> None:
        """From now on a missing address is told too."""
        self._asked = True

    def fill(self) -> None:
        """What was answered so far."""
        values = dict(self.answers.setup.settings)
        for key, choices in self._choices.items():
            choices.show_value(values.get(key, SETTINGS[key].default))
        for key, switch in self._switches.items():
            switch.setChecked(values.get(key, SETTINGS[key].default) == ON)
        printer = self._printer()
        self._kinds.show_value(printer.kind)
        self._address.show_for(printer)

    def show_findings(self, findings: Findings) -> None:
        """What is wrong with the address of the printer."""
        error = findings.errors.get("printer")
        told = error is not None and (self._asked or bool(self._printer().address))
        self._address.say(str(error) if told else "")

    def _printer(self) -> Printer:
        return typed_printer(dict(self.answers.setup.settings).get("printer", ""))

    def _take_kind(self, kind: str) -> None:
        if kind == self._printer().kind:
            return
        self._asked = False
        printer = replace(self._printer(), kind=KINDS[KINDS.index(kind)], address="")
        self._keep("printer", printer_text(printer))
        self._address.show_for(printer)
        self._address.take_focus()

    def _take_address(self, address: str) -> None:
        self._keep("printer", printer_text(replace(self._printer(), address=address)))

    def _words(self, title: str, hint: str) -> QVBoxLayout:
        theme = self.theme
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(title, "button", theme, wrap=True))
        if hint:
            words.addWidget(label(hint, "body", theme, color="text2", wrap=True))
        return words

    def _line(self, title: str, hint: str, control: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(self.theme.px(12))
        row.addLayout(self._words(title, hint), 1)
        row.addWidget(control)
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
        if key == "roll":  # what a row of the paper holds
            pairs["printer"] = printer_text(replace(self._printer(), columns=COLUMNS[value]))
        self.answers.change(settings=tuple(pairs.items()))

"""Cash in and out beside sales: which way, how much, what for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from pos.drawer import BANK, IN, MAX_REASON, OUT, Move
from pos.text import _
from ui.cover import Cover
from ui.fields import FieldMessage, MoneyField, TextField
from ui.flow import Flow
from ui.theme import Theme
from ui.widgets import Button, Chip, label

OPENED = "opened"  # the drawer, without a sale: a note, no money
WIDTH = 520  # px at 100 %


class CashSheet(Cover):
    """Asks for one movement of cash. `wanted` tells it, `opened` why the drawer was opened without a sale."""

    wanted = Signal(object)
    opened = Signal(str)

    help = "cash"

    def __init__(self, over: QWidget, theme: Theme) -> None:
        super().__init__(over, theme)
        self._kinds = QButtonGroup(self)
        self._chips = {kind: Chip(name, theme=theme) for kind, name in _names().items()}
        self.amount = MoneyField(_("Amount"), theme)
        self.reason = TextField(_("What for"), theme, most=MAX_REASON)
        self._asked = label(_("Amount"), "label", theme, color="text2")
        self.message = FieldMessage(theme)
        self._keep = Button(_("Keep"), keycap="Enter", theme=theme)
        self._cancel = Button(_("Cancel"), kind="secondary", keycap="Esc", theme=theme)
        self._keep.clicked.connect(self.keep)
        self._cancel.clicked.connect(self.uncover)
        self.amount.edit.returnPressed.connect(self.reason.edit.setFocus)
        self.reason.edit.returnPressed.connect(self.keep)
        self._kinds.buttonToggled.connect(lambda _button, _on: self._show_kind())
        self.setAccessibleName(_("Cash in and out"))
        self._lay_out()

    @property
    def kind(self) -> str:
        """Which way it goes."""
        return next((kind for kind, chip in self._chips.items() if chip.isChecked()), IN)

    def open(self) -> None:
        """Ask anew."""
        self._chips[IN].setChecked(True)
        self.amount.set_amount(None)
        self.reason.edit.clear()
        self.say("")
        self.cover()
        self.amount.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Tell what was typed."""
        if self.kind == OPENED:
            self.opened.emit(self.reason.edit.text())
        else:
            self.wanted.emit(Move(self.kind, self.amount.amount or 0, self.reason.edit.text()))

    def say(self, text: str) -> None:
        """What is in the way."""
        self.message.say(text)

    def leave(self) -> None:
        """Go, to be asked again."""
        self.uncover()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In the middle, as high as it needs."""
        super().resizeEvent(event)
        width = min(self._theme.px(WIDTH), self.width() - self._theme.px(32))
        self.lay_in_middle(width)

    def _show_kind(self) -> None:
        money = self.kind != OPENED
        self.amount.setEnabled(money)
        self._asked.setEnabled(money)
        self.say("")

    def _lay_out(self) -> None:
        theme, px = self._theme, self._theme.px
        ways = Flow(px(8))
        for chip in self._chips.values():
            self._kinds.addButton(chip)
            ways.add(chip)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self._cancel, 1)
        row.addWidget(self._keep, 1)
        column = QVBoxLayout(self.paper)
        margin = px(24)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(px(8))
        column.addWidget(label(_("Cash in and out"), "title", theme))
        column.addWidget(ways)
        column.addWidget(self._asked)
        column.addWidget(self.amount)
        column.addWidget(label(_("What for"), "label", theme, color="text2"))
        column.addWidget(self.reason)
        column.addWidget(self.message)
        column.addLayout(row)


def _names() -> dict[str, str]:
    return {
        IN: _("Cash in"),
        OUT: _("Cash out"),
        BANK: _("To the treasurer"),
        OPENED: _("Drawer opened without a sale"),
    }

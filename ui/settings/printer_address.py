"""How the receipt printer is connected, and its address: typed, or one of those that the system knows."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.printers import Kind, Printer
from pos.text import _
from ui import work
from ui.fields import FieldMessage, TextField
from ui.theme import Theme
from ui.widgets import Button, label

_MOST = 200  # characters of an address
_MOST_OFFERED = 12  # printers of the system, one below the other


def kinds() -> dict[str, str]:
    """How a printer can be connected to this machine, in words."""
    system = {"windows": "Windows"} if sys.platform == "win32" else {"lp": _("System queue")}
    return {
        "none": _("None"),
        **system,
        "tcp": _("Network"),
        "serial": _("Serial, Bluetooth"),
        "file": _("File"),
    }


class Address(QWidget):
    """Where the printer is: typed, or chosen from the printers that the system knows."""

    def __init__(self, theme: Theme, take: Callable[[str], object]) -> None:
        """`take` is called with an address when it was typed or chosen."""
        super().__init__()
        self.theme = theme
        self._take = take
        self._kind: Kind = "none"
        px = theme.px
        self._name = label("", "button", theme)
        self.field = TextField(_("Address of the printer"), theme, most=_MOST)
        self.field.edit.editingFinished.connect(lambda: take(self.field.edit.text()))
        self._message = FieldMessage(theme)
        self._list = QVBoxLayout()
        self._list.setSpacing(px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(4), 0, px(4))
        column.setSpacing(px(6))
        column.addWidget(self._name)
        column.addWidget(self.field)
        column.addLayout(self._list)
        column.addWidget(self._message)

    def show_for(self, printer: Printer) -> None:
        """Ask for the address of such a printer."""
        self._kind = printer.kind
        names = {
            "windows": _("Name of the printer in Windows"),
            "lp": _("Name of the printer in the system"),
            "tcp": _("Address in the network"),
            "serial": _("Serial port"),
            "file": _("File or device"),
        }
        hints = {"tcp": "192.168.1.50", "serial": "COM5:9600", "file": "/dev/usb/lp0"}
        self.setVisible(printer.kind != "none")
        self._name.setText(names.get(printer.kind, ""))
        self.field.edit.setText(printer.address)
        self.field.edit.setPlaceholderText(hints.get(printer.kind, ""))
        self.say("")
        self._offer(())
        if printer.kind in ("windows", "lp"):
            from pos.printers.ways import system_printers

            work.run(system_printers, done=self._offer, lane="printer")

    def take_focus(self) -> None:
        """Ready to type."""
        if self.isVisible():
            self.field.edit.setFocus()

    def say(self, text: str) -> None:
        """What is wrong with the address."""
        self.field.set_error(bool(text))
        self._message.say(text)

    def _offer(self, names: tuple[str, ...]) -> None:
        """The printers of the system, each a press away."""
        while item := self._list.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for name in names[:_MOST_OFFERED]:
            button = Button(name, kind="secondary", icon="printer", theme=self.theme)
            button.clicked.connect(lambda _checked=False, name=name: self._choose(name))
            self._list.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _choose(self, name: str) -> None:
        self.field.edit.setText(name)
        self._take(name)

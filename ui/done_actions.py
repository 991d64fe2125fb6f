"""What can be done with the papers of a sale: a row of buttons of one width, each with its key."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos.text import _
from ui.keys import keycap
from ui.theme import Theme
from ui.widgets import Button

GAP = 10  # px at 100 %, between two buttons


class PaperActions(QWidget):
    """Asks by its signals and does nothing. What there is not for a sale is hidden or cannot be pressed."""

    reprint = Signal()
    packing = Signal()
    save_pdf = Signal()
    copy_text = Signal()
    kuitansi = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._buttons = {
            "print": self._action(_("Print again"), "printer", "print", self.reprint),
            "packing": self._action(_("Packing slip"), "package", "packing", self.packing),
            "pdf": self._action(_("Save PDF"), "file-down", "pdf", self.save_pdf),
            "copy": self._action(_("Copy text"), "copy", "copy", self.copy_text),
            "kuitansi": self._action(_("Formal receipt"), "file-text", "kuitansi", self.kuitansi),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(GAP))
        for button in self._buttons.values():
            row.addWidget(button, 1)
        self._buttons["packing"].hide()

    def offer(self, printing: str, *, sale: bool, hampers: bool) -> None:
        """What the first button is called, whether it is about a sale, and whether there is what to pack."""
        self._buttons["print"].setText(printing)
        self._buttons["packing"].setVisible(hampers)
        self._buttons["kuitansi"].setEnabled(sale)

    def button(self, action: str) -> QWidget:
        """The button of an action. Raises KeyError."""
        return self._buttons[action]

    def fit(self, inside: int) -> None:
        """Key hints on all buttons or on none, for `inside` px: some with and some without look like a
        fault.
        """
        theme = self._theme
        shown = [button for button in self._buttons.values() if button.isVisibleTo(self)]
        room = (inside - (len(shown) - 1) * theme.px(GAP)) // max(1, len(shown))
        for action, button in self._buttons.items():
            button.keycap = keycap(action)
        if any(button.sizeHint().width() - theme.px(16) > room for button in shown):
            for button in self._buttons.values():
                button.keycap = ""

    def press(self, action: str) -> None:
        """As its key does; a hidden button could be clicked too."""
        button = self._buttons[action]
        if button.isVisibleTo(self):
            button.click()

    def _action(self, text: str, icon: str, action: str, do: SignalInstance | Callable[[], None]) -> Button:
        button = Button(text, kind="secondary", icon=icon, keycap=keycap(action), theme=self._theme)
        button.setFixedHeight(self._theme.px(60))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves Enter to the next sale
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # all of one width
        button.clicked.connect(do)
        return button

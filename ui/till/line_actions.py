"""The buttons of the selected line: discount, note, remove."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.text import _
from ui.keys import keycap
from ui.pressable import Look
from ui.theme import Theme
from ui.till.small_button import SmallButton

_PLAIN = Look("surface", "surfaceAlt", "sunken", "text", "borderStrong", "borderInput")
_REMOVE = Look("surface", "dangerSoft", "dangerSoft", "danger", "dangerBorder", "danger")


class LineActions(QWidget):
    """Stands in the selected line and scrolls along with it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.discount = SmallButton(_("Discount"), "percent", keycap("discount"), _PLAIN, theme)
        self.note = SmallButton(_("Note"), "sticky-note", keycap("note"), _PLAIN, theme)
        self.remove = SmallButton(_("Remove"), "trash-2", keycap("remove"), _REMOVE, theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(6))
        for button in (self.discount, self.note, self.remove):
            row.addWidget(button, button.sizeHint().width())

"""The buttons of the selected line: discount, note, remove; of a bundle to be filled, its content above."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.cart import CartLine
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
        self.content = SmallButton(_("Change the content"), "package-open", keycap("content"), _PLAIN, theme)
        self.discount = SmallButton(_("Discount"), "percent", keycap("discount"), _PLAIN, theme)
        self.note = SmallButton(_("Note"), "sticky-note", keycap("note"), _PLAIN, theme)
        self.remove = SmallButton(_("Remove"), "trash-2", keycap("remove"), _REMOVE, theme)
        row = QHBoxLayout()
        row.setSpacing(theme.px(6))
        for button in (self.discount, self.note, self.remove):
            row.addWidget(button, button.sizeHint().width())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.content)
        column.addLayout(row)
        self.content.hide()

    def show_for(self, line: CartLine) -> None:
        """The buttons of this line: a bundle's note is what its card says."""
        self.content.setVisible(bool(line.product.choose))
        words = _("Greeting card") if line.product.components else _("Note")
        if words != self.note.text():
            self.note.setText(words)

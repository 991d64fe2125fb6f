"""A button of the cart: smaller than others to look at, and still 48 px high to the finger."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy

from ui.pressable import Look
from ui.theme import Theme
from ui.widgets import Button

PAINTED = 44  # px of height


class SmallButton(Button):
    """Icon, word, key hint, close together; the hint gives way in narrow windows."""

    def __init__(self, text: str, icon: str, keycap: str, look: Look, theme: Theme) -> None:
        super().__init__(text, icon=icon, keycap=keycap, theme=theme)
        self.look = look
        self.margin = (theme.size("touchMin") - theme.px(PAINTED)) // 2
        self._pad, self._gap, self._icon_size = theme.px(8), theme.px(6), theme.px(17)
        self.setFont(theme.font("button", 13))
        self.setFixedHeight(theme.size("touchMin"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a tap leaves the keyboard with the search field

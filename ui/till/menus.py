"""Small menus that fingers can hit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QMenu, QWidget

from ui.theme import Theme

TARGET = 48  # px: DESIGN.md chapter 3


def touch_menu(parent: QWidget, theme: Theme) -> QMenu:
    """An empty menu with entries of the height of a finger; it is gone when it closes."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setFont(theme.font("body"))
    around = (theme.px(TARGET) - QFontMetrics(menu.font()).height() + 1) // 2
    menu.setStyleSheet(f"QMenu::item {{ padding: {around}px {theme.px(16)}px }}")
    return menu

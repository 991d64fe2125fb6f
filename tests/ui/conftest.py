"""The program's own look for every widget under test."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from ui.theme import Theme, load_fonts, load_theme


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    """The light theme at 100 %, in use by the whole application."""
    theme = load_theme("light")
    load_fonts()
    qapp.setStyle("Fusion")
    qapp.setFont(theme.font("body"))
    qapp.setPalette(theme.palette())
    qapp.setStyleSheet(theme.qss())
    return theme

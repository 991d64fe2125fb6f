"""The program's own look for every widget under test."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ui.garbage import collect
from ui.theme import Theme, load_fonts, load_theme


@pytest.fixture(autouse=True)
def on_the_main_thread() -> Iterator[None]:
    """As in the program: nothing is collected on a background thread (ui/garbage.py)."""
    gc.disable()
    yield
    collect()


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

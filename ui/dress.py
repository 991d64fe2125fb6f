"""Which look is set, and putting it on the whole application."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from pos.settings import ON
from ui.theme import Theme, load_fonts, load_theme


def dress(theme: Theme) -> None:
    """Fonts and colours of the whole application."""
    load_fonts()
    QApplication.setFont(theme.font("body"))
    QApplication.setPalette(theme.palette())
    # Of two quick touches at different places Qt makes a double click at the second, which scrolling lists
    # then lose (seen in 6.11.3): every other tap of a fast hand. Without double clicks all are presses.
    QApplication.setDoubleClickInterval(0)
    QApplication.setApplicationName("lapak")
    QApplication.setApplicationDisplayName("Lapak")


def theme_of(machine: Mapping[str, str]) -> Theme:
    """The look that is set; `system` is what the desktop says."""
    mode = machine["theme"]
    if mode == "system":
        from PySide6.QtCore import Qt  # its enumerations take longer to load than the window to be painted

        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        mode = "dark" if dark else "light"
    return load_theme(
        "dark" if mode == "dark" else "sun" if mode == "sun" else "light",
        int(machine["scale"]) / 100,
        hints=machine["keys"] == ON,
        calm=machine["calm"] == ON,
    )

"""Files that a person chooses, with the chooser that their system has; and opening what was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

PICTURES = "*.jpg *.jpeg *.png *.webp"
TABLES = "*.xlsx *.csv *.txt"


def choose_file(over: QWidget, title: str, kinds: str, then: Callable[[Path], object]) -> QFileDialog:
    """Ask for a file; returns at once. `then` gets its path; given up, it is never called."""
    chooser = QFileDialog(over.window(), title)
    chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
    chooser.setNameFilter(f"{title} ({kinds})")
    chooser.fileSelected.connect(lambda name: then(Path(name)))
    chooser.open()
    return chooser


def open_file(path: Path) -> None:
    """Show it with the program that the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

"""What the system was asked to open, in place of the system."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot


class Opened(QObject):
    """The names of files."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        """Note the name of a file."""
        self.names.append(Path(url.toLocalFile()).name)

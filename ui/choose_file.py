"""The one way to choose a file or a folder: the desktop's own dialog, at the folder that was chosen last."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QFileDialog, QWidget

from pos.paths import home

_LAST = "last_folder"


def choose_file(parent: QWidget, title: str, kinds: str) -> Path | None:
    """A file of one of `kinds` (`Price lists (*.csv *.xlsx)`); None when none was chosen."""
    name, _kind = QFileDialog.getOpenFileName(parent, title, _last(), kinds)
    return _chosen(name)


def choose_files(parent: QWidget, title: str, kinds: str) -> list[Path]:
    """Several files of one of `kinds`; none when none was chosen."""
    names, _kind = QFileDialog.getOpenFileNames(parent, title, _last(), kinds)
    return [path for name in names if (path := _chosen(name))]


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """A folder; None when none was chosen."""
    return _chosen(QFileDialog.getExistingDirectory(parent, title, _last()))


def _chosen(name: str) -> Path | None:
    if not name:
        return None
    path = Path(name)
    _kept().setValue(_LAST, str(path if path.is_dir() else path.parent))
    return path


def _last() -> str:
    """Where it begins; a stick that is not there any more is forgotten."""
    folder = str(_kept().value(_LAST, "") or "")
    return folder if folder and Path(folder).is_dir() else str(Path.home())


def _kept() -> QSettings:
    return QSettings(str(home() / "dialog.ini"), QSettings.Format.IniFormat)

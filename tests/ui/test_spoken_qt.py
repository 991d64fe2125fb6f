"""Qt's own words: spoken by whoever needs them, and silent again afterwards."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QObject
from shiboken6 import delete

from pos.text import use_language
from ui.spoken_qt import speak_qt


@pytest.mark.usefixtures("qtbot")
def test_qt_speaks_the_language_while_its_owner_lives() -> None:
    """A file is chosen in the assistant too, where there is no till yet."""
    owner = QObject()
    speak_qt(owner)
    assert QCoreApplication.translate("QFileDialog", "Look in:") == "Cari di:"
    delete(owner)
    assert QCoreApplication.translate("QFileDialog", "Look in:") == "Look in:"


@pytest.mark.usefixtures("qtbot")
def test_in_english_it_says_what_it_always_says() -> None:
    owner = QObject()
    speak_qt(owner)
    use_language("en")
    try:
        assert QCoreApplication.translate("QFileDialog", "Look in:") == "Look in:"
    finally:
        use_language("id")
        delete(owner)

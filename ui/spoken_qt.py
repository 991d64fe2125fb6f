"""Qt's own words (menus of text fields, file dialogs) in the program's language, through our catalogue."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QTranslator

from pos.text import _


class QtWords(QTranslator):
    """Asks our catalogue for what Qt says. What is not in `qt_words` stays as Qt has it."""

    def isEmpty(self) -> bool:
        """It has words; an empty translator would be left out by Qt."""
        return False

    def translate(self, _context: str, source: str, _disambiguation: str | None = None, _n: int = -1) -> str:
        """Qt's text in the language in use; what we do not know stays, for an empty text would be shown."""
        return qt_words().get(source.replace("&", ""), source)


def speak_qt(owner: QObject) -> None:
    """Qt speaks the program's language as long as `owner` lives."""
    words = QtWords(owner)
    QCoreApplication.installTranslator(words)
    owner.destroyed.connect(lambda: QCoreApplication.removeTranslator(words))


def qt_words() -> dict[str, str]:
    """Every text of Qt's that a person can meet here, without its mark for the key."""
    return {
        "Undo": _("Undo"),
        "Redo": _("Redo"),
        "Cut": _("Cut"),
        "Copy": _("Copy"),
        "Paste": _("Paste"),
        "Delete": _("Delete"),
        "Select All": _("Select all"),
        "OK": _("OK"),
        "Cancel": _("Cancel"),
        "Close": _("Close"),
        "Save": _("Save"),
        "Open": _("Open"),
        "Yes": _("Yes"),
        "No": _("No"),
        "Apply": _("Apply"),
        "Help": _("Help"),
        "Discard": _("Discard"),
        "Look in:": _("Look in:"),
        "File name:": _("File name:"),
        "Files of type:": _("Files of type:"),
        "Directory:": _("Folder:"),
        "Directories": _("Folders"),
        "Back": _("Back"),
        "Forward": _("Forward"),
        "Parent Directory": _("Folder above"),
        "Create New Folder": _("New folder"),
        "List View": _("List"),
        "Detail View": _("Details"),
        "Name": _("Name"),
        "Size": _("Size"),
        "Type": _("Type"),
        "Date Modified": _("Date changed"),
        "Choose": _("Choose"),
    }

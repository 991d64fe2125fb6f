"""Copies: on the page of settings, in the status bar, and where a ledger is made of one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from pos.backup import back_up
from pos.backup_notes import LAPTOP, STICK, Notes, Place
from pos.copies import STICK_FOLDER, copies
from pos.errors import WorldFailed
from pos.restore import lost
from pos.text import _
from ui.passphrase_sheet import PassphraseSheet
from ui.refusal import Refusal
from ui.restoring.page import RestorePage
from ui.shots.studio import Stage

STICK_NAME = "KASIR-S03"


def settings(stage: Stage) -> QWidget:
    """All is well, and a trial was made this noon."""
    return _settings(stage, _notes(stage))


def passphrase(stage: Stage) -> QWidget:
    """A new one is asked for."""
    frame = _settings(stage, _notes(stage))
    PassphraseSheet(stage.window, stage.theme, _("A passphrase for the copies"), new=True).open()
    return frame.window()


def late(stage: Stage) -> QWidget:
    """The stick is out since noon: one line in the status bar, and why on the page."""
    gone = _("The stick “{name}” is not plugged in.").format(name=STICK_NAME)
    notes = _notes(stage)
    at = stage.app.clock.now().replace(hour=12, minute=40).isoformat()
    return _settings(stage, notes.with_place(STICK, Place(at, 241, "", gone)))


def trouble(stage: Stage) -> QWidget:
    """The disk is very slow."""
    stage.app.backups.trouble = WorldFailed(
        _("The disk of this laptop has become very slow."),
        _("It may be failing. Make a copy on a stick now, and let an officer know."),
    )
    return _settings(stage, _notes(stage))


def gone(stage: Stage) -> QWidget:
    """The ledger that was sold with is not there."""
    page = Refusal(lost(Path("s03-k7m2q9xa.lapak")), stage.theme, lost=True)
    stage.window.show_content(page)
    stage.show(page)
    return stage.window


def restoring(stage: Stage) -> QWidget:
    """The newest copy is offered, with what it holds."""
    return _page(stage, Path("s03-k7m2q9xa.lapak"))


def moving(stage: Stage) -> QWidget:
    """The same on another laptop."""
    return _page(stage, None)


def _page(stage: Stage, place: Path | None) -> QWidget:
    source = Path(stage.app.ledger.name)
    folder = source.with_suffix("") / STICK_NAME / STICK_FOLDER
    back_up(source, folder, clock=stage.app.clock)
    page = RestorePage(stage.theme, place, search=lambda: copies(folder), clock=stage.app.clock)
    page.setParent(stage.frame, page.windowFlags())
    stage.show(page)
    return page


def _settings(stage: Stage, notes: Notes) -> QWidget:
    app = stage.app
    app.machine["backup_stick"] = STICK_NAME
    app.backups.notes = notes
    app.backups.changed.emit()
    stage.frame.show_backups()
    stage.rest()
    QTimer.singleShot(0, stage.frame.show_backups)  # its cards have their heights now
    stage.rest()
    return stage.frame


def _notes(stage: Stage) -> Notes:
    at = stage.app.clock.now().isoformat()
    place = Place(at, 263, "cadangan-S03-K7M2Q9XA-20230414-140700-263.lapak")
    return Notes({LAPTOP: place, STICK: place}, tested=at)

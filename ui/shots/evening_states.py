"""States of the evening's report and of the reminder that are photographed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from ui.evening.reminder import Reminder
from ui.evening.sheet import EveningSheet
from ui.shots.office_states import reports
from ui.shots.studio import Stage, photograph


def copied(stage: Stage) -> QWidget:
    """One tap, and the text is on the clipboard."""
    reports(stage)
    stage.press("Ctrl+M")
    return stage.frame


def seen(stage: Stage) -> QWidget:
    """How it will look in the chat."""
    copied(stage)
    page = stage.frame.screens.currentWidget()
    page.evening.open_again()  # type: ignore[union-attr]
    stage.rest()
    return stage.frame


def changed(stage: Stage) -> QWidget:
    """The template beside it."""
    seen(stage)
    _sheet(stage).change.click()
    stage.rest()
    return stage.frame


def refused(stage: Stage) -> QWidget:
    """A field that nobody knows."""
    changed(stage)
    _sheet(stage).editor.textCursor().insertText("{omset} ")
    stage.rest()
    return stage.frame


def with_photos(stage: Stage) -> QWidget:
    """Two photos go with it; a third file is none."""
    seen(stage)
    sheet = _sheet(stage)
    ledger = stage.app.ledger.path
    if ledger is None:
        raise RuntimeError("a stage stands over a file")
    photos = [ledger.with_name(f"foto-{n}.png") for n in range(2)]
    for number, path in enumerate(photos):
        photograph(stage.frame).copy(200 * number, 0, 1100, 700).save(str(path))
    note = ledger.with_name("catatan.txt")
    note.write_text("")
    sheet.photos.take([*photos, note])
    stage.rest()
    return stage.frame


def printed(stage: Stage) -> QWidget:
    """The pages, before they are printed."""
    seen(stage)
    stage.press("Ctrl+P")
    return stage.frame


def reminded(stage: Stage) -> QWidget:
    """It is one of the hours."""
    reminder = Reminder(stage.app, stage.frame)
    reminder.serve(stage.desk)
    reminder.show_now()
    stage.rest()
    return stage.frame


def _sheet(stage: Stage) -> EveningSheet:
    (sheet,) = (one for one in stage.frame.findChildren(EveningSheet) if one.isVisible())
    return sheet


STATES = (
    ("07p-harian-disalin", copied, False),
    ("07q-harian", seen, True),
    ("07u-harian-pratinjau", printed, False),
    ("07r-harian-ubah", changed, True),
    ("07s-harian-isian", refused, False),
    ("07t-harian-foto", with_photos, True),
)

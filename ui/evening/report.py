"""The evening's report for a page that has a button for it: copied at once, then seen, changed, printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from pos.errors import UserError
from pos.evening import Evening, read_evening
from pos.evening_text import KEY, default_template, evening_text
from pos.text import _, short_date
from ui import work
from ui.app import App
from ui.evening.sheet import EveningSheet


@dataclass(frozen=True, slots=True)
class OfDay:
    """Which day, of which booth and institution; empty for all."""

    day: date
    booth: str = ""
    institution: str = ""


class EveningReport(QObject):
    """Serves the page `over`. `copied` tells what was copied in words; `failed` a UserError."""

    copied = Signal(str)
    failed = Signal(UserError)

    def __init__(self, app: App, over: QWidget) -> None:
        super().__init__(over)
        self.app, self.over = app, over
        self.wanted: OfDay | None = None
        self.sheet: EveningSheet | None = None

    def copy(self, wanted: OfDay) -> None:
        """Read the day in the background and put its text on the clipboard."""
        self._read(wanted, self._copy)

    def open(self, wanted: OfDay) -> None:
        """Show the text before it is copied."""
        self._read(wanted, self._show)

    def open_again(self) -> None:
        """Show what was copied last."""
        if self.wanted is not None:
            self.open(self.wanted)

    def template(self) -> str:
        """The text that is set, or the built-in one."""
        return self.app.setting(KEY) or default_template(office=self.app.office)

    def _read(self, wanted: OfDay, done: Callable[[Evening], object]) -> None:
        self.wanted = wanted
        ledger = self.app.ledger
        work.run(
            partial(read_evening, ledger, wanted.day, booth=wanted.booth, institution=wanted.institution),
            done=done,
            failed=self._fail,
            lane="reports",
        )

    def _copy(self, told: Evening) -> None:
        try:
            text = evening_text(told, self.template())
        except UserError as error:  # a template that a newer program kept
            self._fail(error)
            return
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(_("The report of {day} is copied.").format(day=short_date(told.day)))

    def _show(self, told: Evening) -> None:
        sheet = EveningSheet(self.app, self.over, told, self.template())
        sheet.copied.connect(self.copied)
        self.sheet = sheet
        sheet.open(sheet.copy_button)

    def _fail(self, error: UserError) -> None:
        self.failed.emit(error)

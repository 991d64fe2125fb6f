"""Out of a page of reports: looked at before it is printed, saved as it stands there, or the whole books."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pos.errors import UserError
from pos.text import _
from ui import work
from ui.app import App
from ui.issue import open_file
from ui.preview import Preview, Printout
from ui.reports.saving import file_name, in_folder
from ui.tell import Banner

if TYPE_CHECKING:
    from pos.receipts.sheet import Sheet
    from pos.receipts.table_sheets import Way
    from pos.reports import Period
    from pos.reports.shown import Shown


WHOLE = {  # what all of the books is saved as: the name of its file, and how that ends
    "xlsx": ("buku-kerja", "xlsx"),
    "csv": ("baris-nota", "csv"),
    "pdf": ("rekapitulasi", "pdf"),
    "minutes": ("berita-acara", "pdf"),
    "zip": ("arsip", "zip"),
}


class ReportFiles(QObject):
    """What the buttons of the page `over` do; what comes of it is told by its banner, while there is one."""

    def __init__(self, app: App, over: QWidget, banner: Banner) -> None:
        super().__init__(over)
        self.app, self._over, self._banner = app, over, banner

    def save(self, ending: str, shown: Shown) -> None:
        """As xlsx, csv or pdf, exactly as it is shown."""
        ledger = self.app.ledger

        def write() -> Path:
            from pos.exports.shown import write_shown

            path = in_folder(f"{shown.name}.{ending}")
            write_shown(ledger, shown, path)
            return path

        self.write(write)

    def save_whole(self, what: str, period: Period) -> None:
        """All of a period: the workbook (xlsx), all receipts' lines (csv), the recapitulation (pdf) or the
        minutes; or the sealed archive (zip), which is of everything, whatever the period.
        """
        ledger = self.app.ledger

        def write() -> Path:
            from pos.exports import export
            from pos.reports import Period

            name, ending = WHOLE[what]
            days = Period() if ending == "zip" else period
            path, table = in_folder(f"{file_name(name, days)}.{ending}"), what if what == "minutes" else ""
            return export(ledger, path, table=table, period=days).file

        self.write(write)

    def write(self, make: Callable[[], Path]) -> None:
        """Make a file in the background, and tell where it lies."""
        self.begin()
        work.run(make, done=self.saved, failed=self.failed, lane="reports")

    def preview(self, shown: Shown) -> None:
        """Look at the pages before they are printed."""
        self.look_at(Printout(shown.title, shown.name, partial(_draw, shown), turns=True))

    def look_at(self, what: Printout) -> None:
        """Any pages, before they are printed."""
        Preview(self.app, self._over, what, self.saved).open()

    def saved(self, path: Path) -> None:
        """Say where a file lies."""
        told = _("Saved as {name}").format(name=path.name)
        self._banner.say("ok", told, str(path.parent), _("Open"), lambda: open_file(path))

    def failed(self, error: UserError) -> None:
        """Say what went wrong."""
        self._banner.say("danger", error.message, error.hint)

    def begin(self) -> None:
        """Say that a file is on its way."""
        self._banner.say("info", _("The file is being written…"), _("You can go on working."))


def _draw(shown: Shown, way: Way) -> tuple[Sheet, ...]:
    from pos.receipts.table_sheets import shown_sheets  # ReportLab is imported where it is first used

    return shown_sheets(shown, way)

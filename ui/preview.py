"""Pages before they are printed: at any size, upright or across; from here to a printer or into a PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.errors import UserError
from pos.receipts.sheet import Sheet
from pos.text import _
from ui import work
from ui.app import App
from ui.catalogue.wide_sheet import WideSheet
from ui.fields import FieldMessage
from ui.issue import issue_pages, save_pages
from ui.keys import keycap, meant
from ui.list_sheet import Entry
from ui.page_view import PageView
from ui.reports.choosing import Choice, choose
from ui.reports.picker import Picker
from ui.reports.saving import in_folder
from ui.widgets import Button, Chip, IconButton, OnwardButton, label

if TYPE_CHECKING:
    from pos.receipts.table_sheets import Way

PRINTER = "page_printer"  # in pos/settings.py


@dataclass(frozen=True, slots=True)
class Printout:
    """What is printed: its title, its file's name without an ending, and how it is drawn.

    `turns`: it can be drawn upright and across.
    """

    title: str
    name: str
    draw: Callable[[Way], tuple[Sheet, ...]]
    turns: bool = False


class Preview(WideSheet):
    """Drawn in the background; `done` hears where the file lies that was printed or saved."""

    def __init__(self, app: App, over: QWidget, what: Printout, done: Callable[[Path], object]) -> None:
        super().__init__(over, app.theme, _("Print preview"))
        self.app, self._what, self._done = app, what, done
        self.pages: tuple[Sheet, ...] = ()
        self.here = 0
        self._printers: tuple[str, ...] = ()
        theme = app.theme
        self.view = PageView(theme)
        self.before = IconButton("arrow-left", _("Page before"), theme=theme)
        self.after = OnwardButton(_("Next page"), theme=theme)
        self.said = label("", "label", theme, color="text2")
        self.smaller = IconButton("minus", _("Smaller"), theme=theme)
        self.larger = IconButton("plus", _("Larger"), theme=theme)
        self.fits = {False: Chip(_("Page width"), theme=theme), True: Chip(_("Whole page"), theme=theme)}
        self.ways: dict[Way, Chip] = {
            "upright": Chip(_("Upright"), theme=theme),
            "across": Chip(_("Across"), theme=theme),
        }
        self.printer = Picker("printer", _("Printer"), theme)
        self.save = Button(_("Save PDF"), kind="secondary", icon="file-down", theme=theme)
        for button, action, place in (
            (self.before, "other page", 0),
            (self.after, "other page", 1),
            (self.smaller, "page size", 0),
            (self.larger, "page size", 1),
            (self.save, "save pages", 0),
        ):
            button.setToolTip(f"{button.toolTip() or button.text()} ({keycap(action, place)})")
            button.setAccessibleDescription(keycap(action, place))
        self.print = Button(_("Print"), icon="printer", keycap=keycap("print report"), theme=theme)
        self.fault = FieldMessage(theme)
        self.fault.hide()
        self._lay_out()
        self._connect()
        self._allow(on=False)

    def open(self, first: QWidget | None = None) -> None:
        """Come up, and draw the pages in the background."""
        super().open(first or self.view)
        self._draw("")
        work.run(_system_printers, done=self.show_printers, lane="printer")

    def main(self) -> None:
        """Print; pressed twice it is printed once."""
        if self.print.isEnabled():
            self._begin()
            issue_pages(self.app, self.pages, self._path(), self._finish, self._tell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pages and sizes; Ctrl+P prints, Ctrl+S saves. All else is reached by Tab."""
        sizes: tuple[Callable[[], object], ...] = (
            lambda: self.view.zoom(-1),
            lambda: self.view.zoom(1),
            lambda: self.view.fit(whole=not self.view.whole),
        )
        action, which = meant(event, "preview", "reports") or ("", 0)
        if action == "print report":
            self.main()
        elif action == "save pages":
            self._save()
        elif action == "other page":
            self._scroll((-1, 1)[which])
        elif action == "page size":
            sizes[which]()
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def turn(self, by: int) -> None:
        """To another page."""
        self.here = min(max(self.here + by, 0), len(self.pages) - 1)
        self.view.show_sheet(self.pages[self.here])
        words = _("Page {number} of {pages}").format(number=self.here + 1, pages=len(self.pages))
        self.said.setText(words)
        self.before.setEnabled(self.here > 0)
        self.after.setEnabled(self.here + 1 < len(self.pages))

    def _lay_out(self) -> None:
        theme, px = self.app.theme, self.app.theme.px
        several = [self.smaller, *self.fits.values(), self.larger]
        if self._what.turns:
            several += self.ways.values()
        for chip in (*self.fits.values(), *self.ways.values()):
            chip.margin = px(4)
            chip.narrow()
            chip.setFixedHeight(theme.size("touchMin"))
        for one in several:
            self.head.insertWidget(self.head.count() - 1, one)
        self.head.setSpacing(px(6))
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        parts: tuple[QWidget, ...] = (self.before, self.said, self.after, self.printer, self.save, self.print)
        for part in parts:
            foot.addWidget(part)
        foot.insertStretch(3, 1)
        self.printer.hide()
        self.content.addWidget(self.view, 1)
        self.content.addWidget(self.fault)
        self.content.addLayout(foot)

    def _connect(self) -> None:
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after.clicked.connect(lambda: self.turn(1))
        self.smaller.clicked.connect(lambda: self.view.zoom(-1))
        self.larger.clicked.connect(lambda: self.view.zoom(1))
        for whole, chip in self.fits.items():
            chip.clicked.connect(partial(self.view.fit, whole=whole))
        for way, chip in self.ways.items():
            chip.clicked.connect(partial(self._draw, way))
        self.view.sized.connect(self._show_fit)
        self.printer.clicked.connect(self._pick)
        self.save.clicked.connect(self._save)
        self.print.clicked.connect(self.main)

    def _draw(self, way: Way) -> None:
        """One lane draws, so what was asked for last is shown last."""
        draw = self._what.draw
        work.run(lambda: draw(way), done=self._show, failed=self._tell, lane="reports")

    def _show(self, pages: tuple[Sheet, ...]) -> None:
        self.fault.hide()
        self.pages = pages
        self.here = min(self.here, len(pages) - 1)
        across = pages[0].width > pages[0].height
        self.ways["across"].setChecked(across)
        self.ways["upright"].setChecked(not across)
        self._allow(on=True)
        self.turn(0)

    def _allow(self, *, on: bool) -> None:
        """What can be done once there are pages."""
        several = (self.smaller, self.larger, *self.fits.values(), *self.ways.values(), self.save, self.print)
        for one in several:
            one.setEnabled(on)
        for arrow in (self.before, self.after):
            arrow.setVisible(len(self.pages) > 1)

    def _show_fit(self) -> None:
        for whole, chip in self.fits.items():
            chip.setChecked(self.view.follows and whole == self.view.whole)

    def _scroll(self, by: int) -> None:
        """On, first on this page, then to the next one."""
        if self.pages and not self.view.turn_page(by):
            self.turn(by)

    def show_printers(self, found: tuple[str, ...]) -> None:
        """Those of the system; without any its own program prints the PDF."""
        self._printers = found
        self.printer.setVisible(bool(found))
        if self.app.setting(PRINTER) not in found:
            self.app.set(PRINTER, "")
        self.printer.show_choice(self.app.setting(PRINTER) or _as_pdf())

    def _pick(self) -> None:
        if self._printers:
            entries = [Entry("", _as_pdf()), *(Entry(name, name) for name in self._printers)]
            choice = Choice(_("Which printer?"), entries)
            choose(self, self.app.theme, choice, self.app.setting(PRINTER), self._take_printer)

    def _take_printer(self, name: str) -> None:
        self.app.set(PRINTER, name)
        self.printer.show_choice(name or _as_pdf())

    def _path(self) -> Path:
        return in_folder(f"{self._what.name}.pdf")

    def _save(self) -> None:
        if self.save.isEnabled():
            self._begin()
            pages = self.pages
            work.run(
                lambda: save_pages(pages, self._path()), done=self._finish, failed=self._tell, lane="reports"
            )

    def _begin(self) -> None:
        self.fault.hide()
        self._allow(on=False)

    def _finish(self, path: Path) -> None:
        self.leave()
        self._done(path)

    def _tell(self, error: UserError) -> None:
        self._allow(on=bool(self.pages))
        self.fault.say(str(error))
        self.fault.show()


def _as_pdf() -> str:
    return _("As PDF, with the system's program")


def _system_printers() -> tuple[str, ...]:
    from pos.printers.ways import system_printers

    return system_printers()

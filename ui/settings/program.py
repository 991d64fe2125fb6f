"""The program itself on the page of settings: its version, an update and the way back, licences."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from pos import __version__
from pos.errors import UserError
from pos.installed import Installed, installed
from pos.paths import home
from pos.text import _
from ui import work
from ui.app import App
from ui.busy_button import BusyButton
from ui.choose_file import choose_file
from ui.settings.backups import Row
from ui.settings.section import Section
from ui.widgets import Button, label


def program_section(app: App) -> Section:
    """The card of the page of settings."""
    card = Section(_("About Lapak"), app)
    Program(app, card)
    theme = app.theme
    card.add(_("Where the data lie"), "", label(str(home()), "body", theme, right=True))
    show = Button(_("Show the licences"), kind="secondary", icon="file-text", theme=theme)
    show.clicked.connect(lambda: show_licences(app, show))
    licences = _("Apache License 2.0. Qt for Python is used under the LGPL; NOTICE names the rest.")
    card.add(_("Licence"), licences, show)
    return card


def show_licences(app: App, over: QWidget) -> None:
    """The licences of everything that is inside, over the whole window."""
    from ui.settings.licences import LicenceSheet

    LicenceSheet(over.window(), app.theme).open()


class Program(QWidget):
    """Fills the card and keeps it true; it is the card's child and shows nothing of its own."""

    def __init__(self, app: App, card: Section) -> None:
        super().__init__(card)
        self.hide()
        self.app = app
        theme = app.theme
        self._update = BusyButton(_("Update from a file"), kind="secondary", theme=theme)
        self._back = Button("", kind="ghost", theme=theme)
        self._row = Row(_("Version"), app, self._back, self._update)
        card.add_wide(self._row)
        for guarded in (self._update, self._back):
            card.officers_only(guarded)
        self._update.clicked.connect(self._ask_file)
        self._back.clicked.connect(self._go_back)
        self.refresh()

    def refresh(self, wrong: str = "") -> None:
        """Say which version runs, which one comes with the next start, and where it goes from here."""
        place = installed()
        self._row.say(_told(place), wrong)
        back = place.way_back if place else ""
        self._back.setText(_("Back to {version}").format(version=back))
        self._back.setVisible(bool(back))
        self._update.setVisible(place is not None)

    def _ask_file(self) -> None:
        kinds = _("Packages of Lapak (*.zip *.tar.xz)")
        file = choose_file(self, _("Update from a file"), kinds)
        if file is None:
            return
        path = self.app.ledger.path

        def make() -> object:
            from pos.aside import Aside
            from pos.updating import update

            return Aside().run(update, file, (path,) if path else ())

        self._run(make, _("Updating…"))

    def _go_back(self) -> None:
        def make() -> object:
            from pos.updating import go_back

            return go_back()

        self._run(make, _("Checking…"))

    def _run(self, make: Callable[[], object], doing: str) -> None:
        """In the background; meanwhile nothing else can be asked for, a second step back least of all."""
        self.refresh()  # what was wrong the last time is over
        self._update.set_busy(doing)
        self._back.setEnabled(False)
        work.run(make, done=self._made, failed=self._failed, lane="backup")

    def _made(self, _done: object) -> None:
        self._settle()

    def _failed(self, error: UserError) -> None:
        self._settle(str(error))

    def _settle(self, wrong: str = "") -> None:
        self._update.set_busy("")
        self._back.setEnabled(self._update.isEnabled())
        self.refresh(wrong)


def _told(place: Installed | None) -> str:
    if place is None:
        return _("{version}. It is updated the way it was installed.").format(version=__version__)
    if place.current == __version__:
        return __version__
    return _("{version} runs. Close Lapak and open it again: then it is {next}. The books stay.").format(
        version=__version__, next=place.current
    )

"""Choosing where to hand over: sticks that are there, a file, a folder, the address of a database."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pos.errors import Refused, UserError
from pos.text import _
from ui import work
from ui.app import App
from ui.choose_file import choose_file, choose_folder
from ui.list_sheet import Entry, ListSheet
from ui.sync.words import size_words

if TYPE_CHECKING:
    from pos.volumes import Volume

_FILE, _NEW, _FOLDER, _SERVER = "?file", "?new", "?folder", "?server"  # no path begins so


class Choosing(QObject):
    """Asks over a widget. `then` of each question hears where to; `failed` why that is not possible."""

    def __init__(self, app: App, over: QWidget, failed: Callable[[UserError], object]) -> None:
        super().__init__(over)
        self.app, self.over, self._failed = app, over, failed

    def ask_target(self, then: Callable[[str], object]) -> None:
        """Ask for the central file of this booth."""
        work.run(_sticks, done=lambda found: self._offer(found, then), failed=self._failed)

    def ask_stick(self, then: Callable[[str], object]) -> None:
        """The one stick that is there, or which of several."""
        work.run(_sticks, done=lambda found: self._take(found, then), failed=self._failed)

    def _take(self, found: tuple[Volume, ...], then: Callable[[str], object]) -> None:
        usable = [one for one in found if one.writable]
        if not found:
            self._failed(
                Refused(
                    _("No USB stick was found."),
                    _("Put one in and press once more; or choose its folder as the central file."),
                )
            )
        elif not usable:
            self._failed(
                Refused(
                    _("The stick {name} is write-protected.").format(name=found[0].name),
                    _("Move the small switch on it, or use another stick."),
                )
            )
        elif len(usable) == 1:
            then(self._file_on(usable[0]))
        else:
            entries = [self._entry(one) for one in usable]
            self._open(_("Which stick?"), entries, then)

    def _offer(self, found: tuple[Volume, ...], then: Callable[[str], object]) -> None:
        entries = [self._entry(one) for one in found if one.writable]
        entries += [
            Entry(_FOLDER, _("Shared folder"), _("One file per booth: best for a network"), "folder-sync"),
            Entry(_NEW, _("New central file in a folder"), _("One file that all booths share"), "file-down"),
            Entry(_FILE, _("A central file that is there"), _("Ends with .lapak"), "folder-open"),
            Entry(_SERVER, _("Database of the office"), _("The office tells its address"), "landmark"),
        ]
        self._open(_("Where are documents handed over?"), entries, lambda value: self._chosen(value, then))

    def _chosen(self, value: str, then: Callable[[str], object]) -> None:
        from pos.targets import CENTRAL_FILE, SAMPLE_FILE

        where: Path | None
        if value == _SERVER:
            self._ask_address(then)
            return
        if value == _FILE:
            where = choose_file(self.over, _("Central file"), _("Central files (*.lapak)"))
        elif value in (_NEW, _FOLDER):
            where = choose_folder(self.over, _("Where booths hand over their documents"))
            if where and value == _NEW:
                where /= SAMPLE_FILE if self.app.device.sample else CENTRAL_FILE
        else:
            where = Path(value)
        if where:
            self._check(str(where), then)

    def _ask_address(self, then: Callable[[str], object]) -> None:
        from ui.sync.address_sheet import AddressSheet

        sheet = AddressSheet(self.over.window(), self.app.theme)

        def keep(address: str) -> None:
            from pos.targets import checked_target

            try:
                where = checked_target(address)
            except UserError as error:
                sheet.say(str(error))
                return
            sheet.leave()
            then(where)

        sheet.wanted.connect(keep)
        sheet.open()

    def _check(self, where: str, then: Callable[[str], object]) -> None:
        from pos.targets import checked_target

        try:
            checked = checked_target(where)
        except UserError as error:
            self._failed(error)
        else:
            then(checked)

    def _open(self, title: str, entries: list[Entry], then: Callable[[str], object]) -> None:
        sheet = ListSheet(self.over.window(), self.app.theme, title, entries, self.app.syncing.target)
        sheet.chosen.connect(then)
        sheet.open()

    def _entry(self, stick: Volume) -> Entry:
        name = _("USB stick “{name}”").format(name=stick.name)
        return Entry(self._file_on(stick), name, _("{room} free").format(room=size_words(stick.free)), "usb")

    def _file_on(self, stick: Volume) -> str:
        from pos.targets import stick_file

        return str(stick_file(stick, self.app.device))


def _sticks() -> tuple[Volume, ...]:
    from pos.volumes import sticks

    return sticks()

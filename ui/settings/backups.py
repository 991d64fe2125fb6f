"""Copies on the page of settings: where they lie, how new they are, and whether they can be relied on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.backup_notes import LAPTOP, STICK, Place
from pos.errors import UserError, WrongPassphrase
from pos.money import plain, rupiah
from pos.rights import may
from pos.text import _, ngettext
from ui import work
from ui.app import App
from ui.busy_button import BusyButton
from ui.choose_file import choose_folder
from ui.fields import FieldMessage
from ui.list_sheet import Entry, ListSheet
from ui.passphrase_sheet import PassphraseSheet
from ui.settings.section import Section
from ui.sync.words import when
from ui.widgets import Button, label

if TYPE_CHECKING:  # nobody looks at it in the first moment
    from pos.restore import Tried
    from pos.volumes import Volume


def backup_section(app: App) -> Section:
    """The card of the page of settings."""
    card = Section(_("Copies"), app)
    Copies(app, card)
    return card


class Row(QWidget):
    """What it is, how it is now, and what is done about it."""

    def __init__(self, name: str, app: App, *buttons: QWidget) -> None:
        super().__init__()
        theme = app.theme
        self._said = label("", "body", theme, color="text2", wrap=True)
        self._wrong = FieldMessage(theme)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(name, "button", theme, wrap=True))
        words.addWidget(self._said)
        words.addWidget(self._wrong)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        row.addLayout(words, 1)
        for button in buttons:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def say(self, said: str, wrong: str = "") -> None:
        """How it is, and what is wrong with it."""
        self._said.setText(said)
        self._said.setVisible(bool(said))
        self._wrong.say(wrong)
        self._wrong.setVisible(bool(wrong))


class Copies(QWidget):
    """Fills the card and keeps it true; it is the card's child and shows nothing of its own."""

    def __init__(self, app: App, card: Section) -> None:
        super().__init__(card)
        self.hide()
        self.app, self._card = app, card
        theme = app.theme
        self._make = BusyButton(_("Copy now"), theme=theme)
        self._trial = BusyButton(_("Try a copy"), kind="secondary", theme=theme)
        pick_stick = Button(_("Choose a stick"), kind="secondary", icon="usb", theme=theme)
        pick_folder = Button(_("Choose a folder"), kind="secondary", icon="folder-open", theme=theme)
        self._seal = Button(_("Set a passphrase"), kind="secondary", icon="lock", theme=theme)
        self._open = Button(_("Without"), kind="ghost", theme=theme)
        self._laptop = Row(_("On this laptop"), app, self._make)
        self._stick = Row(_("On the stick that stays in the laptop"), app, pick_stick)
        self._folder = Row(_("Folder of the copies"), app, pick_folder)
        self._lock = Row(_("Passphrase"), app, self._open, self._seal)
        self._tried = Row(_("Can they be relied on?"), app, self._trial)
        for row in (self._laptop, self._stick):
            card.add_wide(row)
        card.add_group("backup")
        for row in (self._folder, self._lock, self._tried):
            card.add_wide(row)
        for guarded in (pick_stick, pick_folder, self._seal, self._open):
            card.officers_only(guarded)
        self._make.clicked.connect(self._run)
        self._trial.clicked.connect(lambda: self._try(""))
        pick_stick.clicked.connect(self._look_for_sticks)
        pick_folder.clicked.connect(self._ask_folder)
        self._seal.clicked.connect(self._ask_passphrase)
        self._open.clicked.connect(lambda: self.app.set("backup_lock", ""))
        app.backups.changed.connect(self.refresh)
        app.backups.tried.connect(self._show_trial)
        app.backups.refused.connect(self._show_refusal)
        app.setting_changed.connect(self._follow)
        self._answer = ("", "")  # of the last trial: what it found, what was wrong
        self.refresh()

    def refresh(self) -> None:
        """Say how it is now."""
        backups = self.app.backups
        notes, wanted = backups.notes, backups.wanted
        trouble = str(backups.trouble) if backups.trouble else ""
        laptop = notes.at(LAPTOP)
        self._laptop.say(self._told(laptop), trouble or laptop.error)
        stick = notes.at(STICK)
        if wanted.stick:
            self._stick.say(f"“{wanted.stick}” · {self._told(stick)}", stick.error)
        else:
            self._stick.say(_("None yet. When the laptop breaks, only what is on a stick is left."))
        self._folder.say(str(wanted.laptop))
        sealed = bool(wanted.lock)
        self._lock.say(
            _("New copies open only with the passphrase.")
            if sealed
            else _("Copies open without one: whoever finds the stick can read it.")
        )
        self._open.setVisible(sealed)
        self._seal.setText(_("Another passphrase") if sealed else _("Set a passphrase"))
        said, wrong = self._answer
        self._tried.say(said or self._told_trial(), wrong)
        self._make.set_busy(_("Copying…") if backups.doing == "copy" else "")
        self._trial.set_busy(_("Trying…") if backups.doing == "trial" else "")

    def _follow(self, key: str) -> None:
        if key.startswith("backup_"):
            self.refresh()

    def _told(self, place: Place) -> str:
        if not place.at:
            return _("No copy yet.")
        at, now = datetime.fromisoformat(place.at), self.app.clock.now()
        count = ngettext("{count} document", "{count} documents", place.documents)
        parts = (when(at, now), count.format(count=plain(place.documents)), _("verified"))
        return " · ".join(parts)

    def _told_trial(self) -> str:
        notes = self.app.backups.notes
        if not notes.tested:
            return _("Restores the newest copy for trial, and checks every figure.")
        at = when(datetime.fromisoformat(notes.tested), self.app.clock.now())
        right, wrong = _("Tried {time}: everything is right."), _("Tried {time}: it was not whole.")
        return (right if notes.sound else wrong).format(time=at)

    def _run(self) -> None:
        self.app.backups.run(by_hand=True)

    def _try(self, passphrase: str) -> None:
        self._answer = ("", "")
        self.app.backups.try_newest(passphrase)

    def _show_trial(self, tried: Tried) -> None:
        content = tried.content
        figures = _("{count} documents, {sales} sales, {total}: everything is right.").format(
            count=plain(content.documents), sales=plain(content.sales), total=rupiah(content.total)
        )
        bad = _("The newest copy is not right: make another one, and try again.")
        self._answer = (figures, "") if tried.ok else ("", bad)
        self.refresh()

    def _show_refusal(self, error: UserError) -> None:
        if isinstance(error, WrongPassphrase):
            sheet = PassphraseSheet(self.window(), self.app.theme, error.message)
            sheet.given.connect(self._try)
            sheet.open()
            return
        if not self.app.backups.trouble:
            self._answer = ("", str(error))
        self.refresh()

    def _look_for_sticks(self) -> None:
        from pos.volumes import sticks

        work.run(sticks, done=self._choose_stick)  # a stick that dies lets whoever looks wait

    def _choose_stick(self, there: tuple[Volume, ...]) -> None:
        now = self.app.setting("backup_stick")
        free = _("{size} MB free")
        entries = [
            Entry(one.name, one.name, free.format(size=plain(one.free // 1024**2)), "usb")
            for one in there
            if one.writable
        ]
        none = _("No stick is in. Put one in, then choose again.")
        entries.append(Entry("", _("No stick"), "" if entries else none, "x"))
        sheet = ListSheet(self.window(), self.app.theme, _("Choose a stick"), entries, now)
        sheet.chosen.connect(self._set_stick)
        sheet.open()

    def _set_stick(self, name: str) -> None:
        self.app.set("backup_stick", name)
        if name:
            self._run()

    def _ask_folder(self) -> None:
        folder = choose_folder(self, _("Folder of the copies"))
        if folder and folder != self.app.backups.wanted.laptop:
            self.app.set("backup_folder", str(folder))
            self._run()

    def _ask_passphrase(self) -> None:
        sheet = PassphraseSheet(self.window(), self.app.theme, _("A passphrase for the copies"), new=True)
        sheet.given.connect(self._set_passphrase)
        sheet.open()

    def _set_passphrase(self, words: str) -> None:
        from pos.sealing import new_lock

        if may(self.app.cashier, "settings"):
            work.run(lambda: new_lock(words).text, done=lambda text: self.app.set("backup_lock", text))


def home_of(path: Path) -> str:
    """What the place of a copy is called: its stick, or its folder."""
    from pos.copies import STICK_FOLDER
    from pos.paths import folder_name

    return folder_name(path.parent.parent if path.parent.name == STICK_FOLDER else path.parent)

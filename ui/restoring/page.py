"""A ledger from a copy, in the place of the till: the newest good one is offered, with what it holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.clock import Clock
from pos.copies import SEALED, Copy, copy_at, own_folder
from pos.errors import Damaged, UserError
from pos.money import plain, rupiah
from pos.text import _, ngettext
from ui import work
from ui.busy_button import BusyButton
from ui.choose_file import choose_file
from ui.fields import FieldMessage, TextField
from ui.keys import action_of, asks_help
from ui.list_sheet import Entry, ListSheet
from ui.setup.parts import PickField
from ui.sync.words import when
from ui.theme import Theme
from ui.widgets import Button, Panel, label

if TYPE_CHECKING:
    from pos.restore import Content, Restored

WIDTH = 640  # px at 100 %
MOST = 200  # characters of a passphrase


class RestorePage(QWidget):
    """`made` tells the path of the ledger, `left` that nothing was done.

    With `place` that is where a ledger is missing; without it a booth moves here from another laptop.
    """

    made = Signal(object)
    left = Signal()

    def __init__(
        self,
        theme: Theme,
        place: Path | None = None,
        search: Callable[[], tuple[Copy, ...]] | None = None,
        clock: Clock | None = None,
    ) -> None:
        """`search` finds the copies, without it those at hand; it runs in the background."""
        super().__init__()
        self.theme, self._place = theme, place
        self._find = search or _at_hand
        self._copies: tuple[Copy, ...] = ()
        self._path: Path | None = None
        self._content: Content | None = None
        self._chosen = False  # by somebody, so no other one is offered in its place
        self._bad: list[Path] = []
        self._busy = False
        self._clock = clock or Clock()
        self._field = PickField(_("Copy"), "file-text", theme)
        self._file = Button(_("Another file…"), kind="secondary", icon="folder-open", theme=theme)
        self._words = TextField(_("Passphrase"), theme, most=MOST)
        self._words.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._words.edit.setPlaceholderText(_("Passphrase of this copy"))
        self._facts = label("", "bodyLarge", theme, wrap=True)
        self._more = label("", "body", theme, color="text2", wrap=True)
        self.message = FieldMessage(theme)
        self._back = Button(_("Back"), kind="ghost", icon="arrow-left", theme=theme)
        self._go = BusyButton(_("Restore and sell on"), theme=theme)
        self._lay_out()
        self._field.clicked.connect(self._choose)
        self._file.clicked.connect(self._choose_file)
        self._words.edit.returnPressed.connect(self._look)
        self._back.clicked.connect(self._leave)
        self._go.clicked.connect(self.restore)
        self._show("")
        QTimer.singleShot(0, self, self._search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter restores, Esc leaves, F1 helps."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.restore()
        elif action_of(event, "anywhere") == "back":
            self._leave()
        elif asks_help(event):
            from ui.manual.sheet import open_manual

            open_manual(self, self.theme, "moving")
        else:
            event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground."""
        QPainter(self).fillRect(self.rect(), self.theme.color("bg"))

    def restore(self) -> None:
        """Make the ledger of what is chosen, once it was looked into."""
        path, words = self._path, self._words.edit.text()
        if self._busy or path is None:
            return
        if self._content is None:
            self._look()
            return
        place = self._place

        def make() -> Restored:
            from pos.restore import place_for, restore

            return restore(path, place or place_for(path), words)

        self._work(_("Restoring…"), make, self._restored)

    def _restored(self, restored: Restored) -> None:
        self._rest()
        self.made.emit(restored.path)

    def _search(self) -> None:
        self._work(_("Looking for copies…"), self._find, self._found)

    def _found(self, copies: tuple[Copy, ...]) -> None:
        self._rest()
        self._copies = copies
        if copies:
            self._take(copies[0].path)
        else:
            self._show(_("No copy was found. Put the stick in and come here again, or choose a file."))

    def _take(self, path: Path) -> None:
        """This one, from now on."""
        self._path, self._content = path, None
        self._words.edit.clear()
        self._show("")
        self._look()

    def _look(self) -> None:
        path, words = self._path, self._words.edit.text()
        if path is None or self._busy or (path.suffix == SEALED and not words):
            self._words.edit.setFocus(Qt.FocusReason.OtherFocusReason)
            return

        def content() -> Content:
            from pos.restore import look_into

            return look_into(path, words)

        self._work(_("Checking…"), content, self._seen)

    def _seen(self, content: Content) -> None:
        self._rest()
        self._content = content
        self.message.say("")
        self._show("")
        self._go.setFocus(Qt.FocusReason.OtherFocusReason)

    def _failed(self, error: UserError) -> None:
        """A damaged one makes way for the next, unless somebody chose it."""
        self._rest()
        self._words.set_error(bool(self._words.edit.text()))
        if isinstance(error, Damaged) and self._path and not self._chosen:
            self._bad.append(self._path)
            rest = [one.path for one in self._copies if one.path not in self._bad]
            if rest:
                self._take(rest[0])
                return
        self.message.say(str(error))

    def _work(self, doing: str, work_of: Callable[[], object], done: Callable[..., object]) -> None:
        self._busy = True
        self._go.set_busy(doing)
        work.run(work_of, done=done, failed=self._failed)

    def _rest(self) -> None:
        self._busy = False
        self._go.set_busy("")

    def _leave(self) -> None:
        if not self._busy:
            self.left.emit()

    def _choose(self) -> None:
        now = self._clock.now()
        entries = [
            Entry(str(one.path), self._name(one, now), self._where(one), "usb" if _away(one) else "")
            for one in self._copies
        ]
        if entries and not self._busy:
            sheet = ListSheet(self.window(), self.theme, _("Copies"), entries, str(self._path))
            sheet.chosen.connect(self._picked)
            sheet.open()

    def _picked(self, name: str) -> None:
        self._chosen = True
        self.message.say("")
        self._take(Path(name))

    def _choose_file(self) -> None:
        kinds = _("Copies and ledgers (*.lapak *.sandi)")
        if not self._busy and (path := choose_file(self, _("Another file…"), kinds)):
            self._picked(str(path))

    def _name(self, copy: Copy, now: datetime) -> str:
        at = when(copy.at.replace(tzinfo=now.tzinfo), now)
        count = ngettext("{count} document", "{count} documents", copy.documents)
        return f"{copy.booth} · {at} · {count.format(count=plain(copy.documents))}"

    def _where(self, copy: Copy) -> str:
        from ui.settings.backups import home_of

        sealed = f" · {_('with a passphrase')}" if copy.sealed else ""
        place = _("on the stick “{name}”").format(name=home_of(copy.path)) if _away(copy) else ""
        return (place or str(copy.path.parent)) + sealed

    def _show(self, instead: str) -> None:
        path, content = self._path, self._content
        named = copy_at(path) if path else None
        value = self._name(named, self._clock.now()) if named else path.name if path else _("No copy yet.")
        self._field.show_value(value)
        self._words.setVisible(path is not None and path.suffix == SEALED)
        self._facts.setText(instead)
        self._more.setText("")
        if content:
            sold = ngettext("{count} sale", "{count} sales", content.sales)
            parts = (content.name, sold.format(count=plain(content.sales)), rupiah(content.total))
            self._facts.setText(" · ".join(part for part in parts if part))
            last = when(datetime.fromisoformat(content.last), self._clock.now()) if content.last else ""
            told = _("Until {time}. It was read from end to end and is whole.")
            self._more.setText(told.format(time=last))
        if self._bad:
            newer = ngettext(
                "A newer copy was damaged.", "{count} newer copies were damaged.", len(self._bad)
            )
            self._more.setText(" ".join((self._more.text(), newer.format(count=len(self._bad)))).strip())
        self._go.setEnabled(path is not None)

    def _lay_out(self) -> None:
        theme, px = self.theme, self.theme.px
        moving = self._place is None
        title = _("Go on with a booth on this laptop") if moving else _("Restore the books of the booth")
        why = (
            _("The stick that stayed in the other laptop has its books. Put it in here.")
            if moving
            else _("What lies in their place now is kept beside them.")
        )
        after = _(
            "From then on this laptop counts apart, under a new number: nothing is counted twice, and what "
            "the other one sold later comes together at the office."
        )
        card = Panel(theme)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(px(24), px(20), px(24), px(20))
        inside.setSpacing(px(12))
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(self._field, 1)
        row.addWidget(self._file)
        self._file.setFixedHeight(self._field.height())
        inside.addLayout(row)
        for part in (self._words, self._facts, self._more):
            inside.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        foot.addWidget(self._back)
        foot.addStretch(1)
        foot.addWidget(self._go)
        column = QVBoxLayout()
        column.setSpacing(px(10))
        column.addStretch(1)
        column.addWidget(label(title, "heading", theme, wrap=True))
        column.addWidget(label(why, "bodyLarge", theme, color="text2", wrap=True))
        column.addSpacing(px(6))
        column.addWidget(card)
        column.addWidget(self.message)
        column.addWidget(label(after, "body", theme, color="text2", wrap=True))
        column.addSpacing(px(6))
        column.addLayout(foot)
        column.addStretch(2)
        middle = QWidget()
        middle.setLayout(column)
        middle.setMaximumWidth(px(WIDTH))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(px(24), px(16), px(24), px(16))
        whole.addStretch(1)
        whole.addWidget(middle, 100)
        whole.addStretch(1)


def _at_hand() -> tuple[Copy, ...]:
    from pos.restore import found_copies

    return found_copies()


def _away(copy: Copy) -> bool:
    """Whether it lies on a stick rather than on this machine."""
    from pos.copies import STICK_FOLDER

    return copy.path.parent.name == STICK_FOLDER and copy.path.parent != own_folder()

"""The panels on the right: what waits, and how it is with the central file."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from pos.handed import Handed, kinds_text
from pos.money import plain, rupiah
from pos.targets import Place, kind_by_name, name_of
from pos.text import _, ngettext
from ui.icons import icon_pixmap
from ui.orders.small import Elided
from ui.sync.parts import Figure
from ui.sync.syncing import State
from ui.sync.words import size_words, when
from ui.theme import Theme
from ui.widgets import Button, IconButton, Panel, Tag, label, set_color

FEW = 1_000  # documents whose number stands large
ICONS = {"file": "usb", "folder": "folder-sync", "server": "landmark"}


class WaitingPanel(Panel):
    """How many documents wait, of which kinds, since when, and the money in them."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, fill="goldSoft", border="goldBorder")
        px = theme.px
        self._number = label("", "amountLarge", theme, color="onGoldSoft")
        self._title = label("", "title", theme, color="onGoldSoft")
        self._title.setFont(theme.font("title", 16))
        self._more = label("", "label", theme, color="onGoldSoft", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._more)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(16), px(8), px(16), px(8))
        row.setSpacing(px(14))
        row.addWidget(self._number)
        row.addLayout(words, 1)

    def show_waiting(self, state: State, now: datetime, *, with_money: bool) -> None:
        """What the ledger says now; without money for whom the reports are not."""
        found = state.waiting
        some = found.documents > 0
        self._fill, self._border = ("goldSoft", "goldBorder") if some else ("primarySoft", "primarySoft")
        for words in (self._number, self._title, self._more):
            set_color(words, self.theme.color("onGoldSoft" if some else "onPrimarySoft"))
        self._number.setText(plain(found.documents))
        few = found.documents < FEW
        self._number.setFont(self.theme.font("amountLarge" if few else "amount", None if few else 28))
        if some:
            title = ngettext("document waiting", "documents waiting", found.documents)
            since = _("since {time}").format(time=when(found.since, now))
            money = f" · {rupiah(found.money)}" if found.money and with_money else ""
            more = f"{kinds_text(found)} {since}{money}"
        else:
            title = _("Everything is handed over")
            more = _("last {time}").format(time=when(found.last, now)) if found.last else ""
        self._title.setText(title)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self.setAccessibleName(f"{plain(found.documents)} {title} {more}".strip())
        self.update()


class TargetPanel(Panel):
    """The central file: what it is, whether it can be reached, what was read back there and when."""

    change_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        px = theme.px
        self._tag = Tag("", theme=theme)
        self._icon = QLabel()
        self._name = Elided("button", theme)
        self._how = label("", "label", theme, color="text2", wrap=True)
        self.change = IconButton("pencil", _("Choose another central file"), theme=theme)
        self.choose = Button(_("Choose the central file"), theme=theme)
        self.change.clicked.connect(self.change_wanted)
        self.choose.clicked.connect(self.change_wanted)
        self.checked, self.when = Figure(_("Documents checked"), theme), Figure(_("Checked"), theme)
        self.backup, self.difference = Figure(_("Other copy"), theme), Figure(_("Difference"), theme)
        title = label(_("Central file"), "title", theme)
        title.setFont(theme.font("title", 16))
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self._tag)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._how)
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(words, 1)
        row.addWidget(self.change)
        grid = QGridLayout()
        grid.setSpacing(px(8))
        for place, tile in enumerate((self.checked, self.when, self.backup, self.difference)):
            grid.addWidget(tile, place // 2, place % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(16), px(14))
        column.setSpacing(px(6))
        column.addLayout(head)
        column.addLayout(row)
        column.addWidget(self.choose)
        column.addLayout(grid)

    def show_state(self, target: str, state: State, now: datetime) -> None:
        """What the ledger remembers of it."""
        here = state.here
        chosen = target or (here.target if here else "")
        icon = ICONS[kind_by_name(chosen)] if chosen else "folder-sync"
        color = self.theme.color("text")
        self._icon.setPixmap(icon_pixmap(icon, self.theme.px(20), color, self.devicePixelRatioF()))
        self._name.setText(name_of(chosen) if chosen else _("Not chosen yet"))
        self._name.setToolTip(chosen)
        self.choose.setVisible(not target)
        self.change.setVisible(bool(target))
        if not chosen:
            self._how.setText(_("A USB stick, a shared folder, or the office's database."))
        self._show_record(here, now)
        other = state.other
        told = name_of(other.target) if other else _("Nothing was handed over anywhere else.")
        self.backup.show_value(when(other.at, now) if other else "–", told)

    def show_place(self, place: Place) -> None:
        """Whether it can be reached just now, how large it is, how much room there is."""
        parts = [_("connected") if place.there else _("not there now")]
        if place.there and place.box:
            parts.append(_("the office takes it in by itself"))
        elif place.there and place.size:
            parts.append(size_words(place.size))
        if place.there and place.room is not None:
            parts.append(_("{room} free").format(room=size_words(place.room)))
        self._how.setText(" · ".join(parts))
        set_color(self._how, self.theme.color("text2" if place.there else "warn"))

    def show_trouble(self) -> None:
        """The last try failed."""
        self._tag.set(_("Not reached"), "warn", icon="triangle-alert")
        self._tag.show()

    def _show_record(self, here: Handed | None, now: datetime) -> None:
        if here:
            self._tag.set(_("Chain unbroken"), "ok", icon="shield-check")
            self.checked.show_value(plain(here.checked))
            self.when.show_value(when(here.at, now))
            self.difference.show_value(rupiah(0))
        else:
            for tile in (self.checked, self.when, self.difference):
                tile.show_value("–")
        self._tag.setVisible(here is not None)

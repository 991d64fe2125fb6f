"""The office's screen "Sync": files of booths are merged; whose documents are there, and what is missing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from pos.errors import UserError
from pos.money import plain
from pos.text import _, ngettext
from ui import work
from ui.app import App
from ui.keys import action_of, keycap
from ui.orders.small import Elided
from ui.page import Page
from ui.sync.booth_list import BoothList, BoothRow
from ui.sync.fork_panel import ForkPanel
from ui.sync.merge_sheet import MergeSheet
from ui.sync.parts import Figure
from ui.sync.words import ago, when
from ui.tell import Banner
from ui.widgets import Button, Panel, TagKind, label

if TYPE_CHECKING:
    from pos.forks import SplitOff
    from pos.ledger import Ledger
    from pos.merge import Merged
    from pos.opening import Opening
    from pos.radar import Blip

LATE_H = 24  # hours after which a booth's silence is told


class MergingPage(Page):
    """The radar at the left; how complete the books are and laptops with two histories at the right."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        theme = app.theme
        self.banner = Banner(theme)
        self.booths = BoothList(theme)
        self.documents = Figure(_("Documents"), theme)
        self.receipts = Figure(_("Receipts"), theme)
        self.incomplete = Figure(_("Booths incomplete"), theme)
        self.newest = Figure(_("There up to"), theme)
        self.place = Elided("label", theme, color="text2", middle=True)
        self.fork = ForkPanel(app)
        app.taking.looked.connect(self._tell_taking)
        app.failed.connect(self._fail)
        self.fork.split_done.connect(self._renew)
        self.fork.refreshed.connect(lambda _count: self._show())
        self.fork.cleared.connect(self._go_on)
        self._seen = _Seen((), {}, 0)
        self.go = Button(_("Merge files"), icon="folder-open", keycap=keycap("sync now"), theme=theme)
        self.go.clicked.connect(lambda: self.merge([]))
        self.go.setEnabled(not app.ledger.read_only)
        self.setAcceptDrops(not app.ledger.read_only)
        self._lay_out()

    def refresh(self) -> None:
        """Ask for the radar in the background, and for laptops with two histories."""
        ledger = self.app.ledger
        work.run(lambda: _read(ledger), done=self._take, failed=self._fail)
        self.fork.look_at("")
        self._tell_taking()

    def begin(self) -> None:
        """It has come into sight: what booths handed in is looked for at once."""
        super().begin()
        self.app.taking.look()

    def take_focus(self) -> None:
        """What is done here is done by one button."""
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)

    def merge(self, paths: list[Path]) -> None:
        """Open the sheet, with these files and folders on it."""
        sheet = MergeSheet(self.window(), self.app.theme, self.app.ledger)
        sheet.merged.connect(self._renew)
        sheet.open()
        sheet.add(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files of this machine may be dropped anywhere on the page."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """They are tried at once; nothing is changed before a yes."""
        event.acceptProposedAction()
        self.merge([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The one key of this place; everything else goes on to the frame."""
        if action_of(event, "sync") == "sync now" and self.go.isEnabled():
            self.merge([])
        else:
            event.ignore()

    def _renew(self, done: Merged | SplitOff) -> None:
        """Documents have come in, perhaps with booths, people and institutions: every page hears of it."""
        from pos.today import office_opening

        ledger = self.app.ledger

        def renew(opening: Opening) -> None:
            self.app.renew(opening)
            self.app.posted.emit(done)

        work.run(lambda: office_opening(ledger), done=renew, failed=self._fail)

    def _fail(self, error: UserError) -> None:
        if self.isVisible():
            self.banner.say("danger", error.message, error.hint)

    def _go_on(self) -> None:
        """Where the keyboard is, once the panel that had it is gone."""
        if self.isVisible():
            self.take_focus()

    def _tell_taking(self) -> None:
        """Where booths hand over, what came in by itself, and what could not."""
        taking, ledger = self.app.taking, self.app.ledger
        if ledger.read_only:
            self.place.setText(_("This file is only read: nothing comes in."))
            return
        where = str(ledger.path or ledger.name)
        last = when(taking.last, self.app.clock.now())
        said = _("What booths hand over comes in by itself: {target}").format(target=where)
        came = _("Came in last: {time}.").format(time=last)
        self.place.setText(f"{came} {said}" if taking.last else said)
        if taking.trouble:
            self._fail(taking.trouble)
        elif taking.refused and self.isVisible():
            self.banner.say("warn", taking.refused[0].message, _("What was before it has come in."))

    def _take(self, seen: _Seen) -> None:
        self._seen = seen
        self._show()

    def _show(self) -> None:
        found, hosts, receipts = self._seen
        now = self.app.clock.now()
        lacking = [blip for blip in found if blip.lacks]
        booths = [blip for blip in found if blip.role != "office"]  # its own papers say nothing of a booth
        moments = [moment for blip in booths if (moment := _moment(blip, now))]
        self.booths.show_rows(
            [self._row(blip, hosts.get(blip.device, ""), now) for blip in found],
            _("No booth has brought anything yet. Drop its file here, or press Merge files."),
            others=len(found) - len(booths),
        )
        self.documents.show_value(plain(sum(blip.documents for blip in found)))
        self.receipts.show_value(plain(receipts))
        self.incomplete.show_value(plain(len(lacking)), ", ".join(blip.booth for blip in lacking[:20]))
        self.newest.show_value(when(max(moments, default=None), now))

    def _row(self, blip: Blip, host: str, now: datetime) -> BoothRow:
        unit = self.app.opening.institutions.get(host)
        count = ngettext("{count} document", "{count} documents", blip.documents)
        until = _moment(blip, now)
        said = count.format(count=plain(blip.documents)), self._state(blip, until, now), when(until, now)
        if blip.role == "office":
            return BoothRow(blip.booth, blip.name, *said)
        booth, name = blip.name or blip.booth or blip.device, unit.name if unit else ""
        return BoothRow(booth, name, *said, short=blip.booth)

    def _state(self, blip: Blip, until: datetime | None, now: datetime) -> tuple[str, TagKind, str]:
        if blip.device in {fork.device for fork in self.fork.forks}:
            return _("Two histories"), "danger", "git-fork"
        if blip.lacks:
            words = ngettext("{count} missing", "{count} missing", blip.lacks)
            return words.format(count=plain(blip.lacks)), "danger", "circle-alert"
        if until is None or (now - until).total_seconds() > LATE_H * 3600:
            return (ago(until, now) if until else "–"), "warn", "clock-alert"
        return _("Current"), "ok", "check"

    def _lay_out(self) -> None:
        theme, px = self.app.theme, self.app.theme.px
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(_("Sync"), "heading", theme))
        about = _("Files of booths come together here, in any order, also twice.")
        words.addWidget(label(about, "label", theme, color="text2", wrap=True))
        words.addWidget(self.place)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self.go)
        left = QVBoxLayout()
        left.setSpacing(px(12))
        left.addLayout(head)
        left.addWidget(self.banner)
        left.addWidget(self.booths, 1)
        card = Panel(theme)
        tiles = QGridLayout(card)
        tiles.setContentsMargins(px(16), px(14), px(16), px(14))
        tiles.setSpacing(px(8))
        for place, tile in enumerate((self.documents, self.receipts, self.incomplete, self.newest)):
            tiles.addWidget(tile, place // 2, place % 2)
        right = QVBoxLayout()
        right.setSpacing(px(12))
        right.addWidget(card)
        right.addWidget(self.fork, 100)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(18), px(12), px(18), px(12))
        row.setSpacing(px(14))
        row.addLayout(left, 62)
        row.addLayout(right, 38)


class _Seen(NamedTuple):
    """The radar, whose booth each laptop stands at, and how many receipts there are."""

    blips: tuple[Blip, ...]
    hosts: dict[str, str]
    receipts: int


def _read(ledger: Ledger) -> _Seen:
    """On the background thread."""
    from pos.ledger import devices
    from pos.radar import radar_on
    from pos.reports import Period, run_report

    receipts = run_report(ledger, "totals", Period()).totals["sales"]
    with ledger.read() as conn:
        return _Seen(radar_on(conn), {code: one.institution for code, one in devices(conn).items()}, receipts)


def _moment(blip: Blip, now: datetime) -> datetime | None:
    """When the last document that is here was made, in this place's time; None without any."""
    try:
        return datetime.fromisoformat(blip.until).astimezone(now.tzinfo)
    except ValueError:
        return None

"""The screen "Sync": what waits, the central file, how a hand-over goes, and whose documents are there."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.handed import Known
from pos.model import series_of
from pos.money import plain
from pos.news import news_text
from pos.papers import hand_over_wanted
from pos.rights import may
from pos.targets import Place, kind_by_name, look_at, name_of
from pos.text import _, ngettext
from ui import work
from ui.app import App
from ui.issue import issue
from ui.keys import keycap, meant
from ui.page import Page
from ui.sync.booth_list import BoothList, BoothRow
from ui.sync.choosing import Choosing
from ui.sync.fork_panel import ForkPanel
from ui.sync.run_panel import RunPanel
from ui.sync.syncing import LATE, State
from ui.sync.target_panel import TargetPanel, WaitingPanel
from ui.sync.words import ago, shortened, when
from ui.tell import Toast
from ui.widgets import Button, TagKind, label

if TYPE_CHECKING:
    from pos.submit import Submitted

SIDE, LEAST = 424, 300  # px of the panels at the right, at 100 %: as designed, and in a small window
MARGIN, GAP = 18, 14


class SyncPage(Page):
    """Shows what `app.syncing` knows and does, and asks it.

    `side` is a column below the panels at the right: a panel that tells of something out of the usual, such
    as two histories of one booth, is added there and hides itself when there is nothing to tell.
    """

    def __init__(self, app: App) -> None:
        super().__init__(app)
        theme = app.theme
        self._last: Submitted | None = None
        self._place: Place | None = None
        self._printing = False  # the slip of the hand-over that runs comes out by itself
        self.choosing = Choosing(app, self, self._refuse)
        self.to_stick = Button(
            _("To USB"), kind="secondary", icon="usb", keycap=keycap("to stick"), theme=theme
        )
        self.now = Button(_("Sync now"), icon="refresh-cw", keycap=keycap("sync now"), theme=theme)
        self.run_panel = RunPanel(theme)
        self.booths = BoothList(theme)
        self.waiting = WaitingPanel(theme)
        self.target = TargetPanel(theme)
        self.side = QVBoxLayout()
        self.fork = ForkPanel(app)
        self.side.addWidget(self.fork)
        self.fork.refreshed.connect(lambda _count: self._follow())
        self.fork.cleared.connect(self._go_on)
        self.toast = Toast(theme)
        self.toast.setParent(self)
        self.toast.hide()
        self._connect()
        self._lay_out()

    def refresh(self) -> None:
        """Look whether the central file can be reached; what waits `app.syncing` asks by itself."""
        self._look()

    def take_focus(self) -> None:
        """What is done here is done by one button."""
        self.now.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """It has come into sight: the stick may have been put in or taken out since."""
        self._stale = True
        self.app.syncing.read()
        super().begin()
        self._show()

    def hand_over(self) -> None:
        """To the central file; without one it is chosen first."""
        if self.app.syncing.course is not None:
            self.app.syncing.watch()
        elif self.app.syncing.target:
            self._run(self.app.syncing.target)
        else:
            self.choose_target()

    def hand_to_stick(self) -> None:
        """To the stick that is there; its slip is printed, for somebody carries it away."""
        if self.app.syncing.course is not None:
            self.app.syncing.watch()
            self.toast.say(_("One is being handed over just now."), "info")
        else:
            self.choosing.ask_stick(lambda where: self._run(where, printing=True))

    def choose_target(self) -> None:
        """Ask for the central file."""
        self.choosing.ask_target(self._take_target)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of this place; everything else goes on to the frame."""
        action = (meant(event, "sync", "anywhere") or ("", 0))[0]
        if action == "sync now":
            self.hand_over()
        elif action == "to stick":
            self.hand_to_stick()
        elif action == "back":
            self.app.screen_wanted.emit(0)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panels at the right give way in a small window; the toast lies over the foot."""
        super().resizeEvent(event)
        px = self.app.theme.px
        self._right.setFixedWidth(max(px(LEAST), min(px(SIDE), self.width() * 34 // 100)))
        width = min(px(640), self.width() - px(40))
        height = self.toast.height()
        self.toast.setGeometry((self.width() - width) // 2, self.height() - height, width, height)

    def _connect(self) -> None:
        syncing = self.app.syncing
        self.now.clicked.connect(self.hand_over)
        self.to_stick.clicked.connect(self.hand_to_stick)
        self.target.change_wanted.connect(self.choose_target)
        self.run_panel.held.connect(self._hold)
        self.run_panel.stopped.connect(self._stop)
        self.run_panel.slip_wanted.connect(self._print)
        self.run_panel.again.connect(self._again)
        syncing.changed.connect(self._follow)
        self.app.staff_changed.connect(self._show)
        syncing.ended.connect(self._done)
        syncing.refused.connect(self._refuse)
        self.app.failed.connect(self._tell)

    def _follow(self) -> None:
        """Something else waits, or one goes on; out of sight it is shown when it comes into sight again."""
        if self.isVisible():
            self._show()

    def _run(self, where: str, *, printing: bool = False) -> None:
        self._printing = printing
        self._last = None
        self.app.syncing.run(where)

    def _go_on(self) -> None:
        """Where the keyboard is, once the panel that had it is gone."""
        if self.isVisible():
            self.take_focus()

    def _again(self) -> None:
        if self.app.syncing.where:
            self._run(self.app.syncing.where, printing=self._printing)
        else:
            self.hand_over()

    def _take_target(self, where: str) -> None:
        self.app.set("target", where)
        self._look()
        self._run(where)

    def _hold(self) -> None:
        course = self.app.syncing.course
        if course:
            (course.resume if course.look().paused else course.pause)()

    def _stop(self) -> None:
        if self.app.syncing.course:
            self.app.syncing.course.give_up()

    def _done(self, done: Submitted) -> None:
        by_hand = self.app.syncing.by_hand
        if self.isVisible():
            self._look()
            if done.news:
                self.toast.say(news_text(done.news), "refresh-cw")
        if not by_hand:
            return
        self._last = done
        self.run_panel.show_done(done)
        if self._printing and self.app.printing.ready:
            self._print()

    def _refuse(self, error: UserError) -> None:
        self._look()
        self.run_panel.show_failed(error)

    def _print(self) -> None:
        if self._last:
            issue(self.app, hand_over_wanted(self.app.ledger, self._last.handed), self._tell)

    def _tell(self, error: UserError) -> None:
        if self.isVisible():
            self.toast.say(str(error), "circle-alert")

    def _look(self) -> None:
        """Whether the target can be reached: a share may take long to say so."""
        where = self._shown_target
        if where:
            work.run(lambda: look_at(where), done=self._show_place, failed=self._tell, lane="sync")

    def _show_place(self, place: Place) -> None:
        if place.where == self._shown_target:
            self._place = place
            # A folder shows no second histories, and into an office's own file nobody else looks.
            looks = place.there and not place.box and kind_by_name(place.where) != "folder"
            self.fork.look_at(place.where if looks else None)
            self._show()

    @property
    def _shown_target(self) -> str:
        syncing = self.app.syncing
        here = syncing.state.here if syncing.state else None
        return syncing.target or (here.target if here else "")

    def _show(self) -> None:
        """What is known now."""
        syncing = self.app.syncing
        state, view, now = syncing.state, syncing.view, self.app.clock.now()
        runs = view is not None and syncing.by_hand
        if view is not None and runs:
            title = _("Handing over to {target}").format(target=shortened(name_of(syncing.where)))
            self.run_panel.show_running(view, title)
        if state is None:
            return
        self.waiting.show_waiting(state, now, with_money=may(self.app.cashier, "reports"))
        self.target.show_state(syncing.target, state, now)
        if self._place and self._place.where == self._shown_target:
            self.target.show_place(self._place)
        if syncing.trouble is not None and syncing.where == self._shown_target:
            self.target.show_trouble()
        laptops = Counter((one.booth, one.institution) for one in state.booths)
        rows = [
            self._row(one, state, now, shared=laptops[one.booth, one.institution] > 1)
            for one in sorted(state.booths, key=_order)
        ]
        nothing = _("Nothing was handed over yet. Afterwards the booths of the central file stand here.")
        self.booths.show_rows(rows, nothing)

    def _row(self, one: Known, state: State, now: datetime, *, shared: bool) -> BoothRow:
        """Where a booth has several laptops, each by what its receipts' numbers begin with."""
        app = self.app
        own = one.device == app.device.code
        unit = app.opening.institutions.get(one.institution)
        name = unit.name if unit else one.name
        count = ngettext("{count} document", "{count} documents", one.seq).format(count=plain(one.seq))
        try:
            at = datetime.fromisoformat(one.at).astimezone(now.tzinfo)
        except ValueError:
            at = None
        until = when(at, now)
        if own and app.syncing.view is not None:
            until = _("now")
        tag = self._state_of(one, state, at, now)
        if one.role == "office":
            mark = _("this booth") if own else ""
            return BoothRow(one.booth, one.name, count, tag, until, own, mark=mark)
        name = f"{series_of(one.booth, one.device)} · {name}" if shared else name
        mark = _("this laptop") if shared else _("this booth")
        return BoothRow(one.name or one.booth, name, count, tag, until, own, one.booth, mark if own else "")

    def _state_of(
        self, one: Known, state: State, at: datetime | None, now: datetime
    ) -> tuple[str, TagKind, str]:
        own = one.device == self.app.device.code
        refused = {bad.device for bad in self._last.refused} if self._last else set()
        if one.device in refused | {fork.device for fork in self.fork.forks}:
            return _("Two histories"), "danger", "git-fork"
        if self._last and any(bad.device == one.device for bad in self._last.problems):
            return _("Altered"), "danger", "circle-alert"
        if own and self.app.syncing.view is not None:
            return _("Merging"), "gold", "loader-circle"
        if own and state.waiting.documents:
            words = _("{count} waiting").format(count=plain(state.waiting.documents))
            return words, "gold", "clock"
        if own or one.role == "office":
            return _("In step"), "ok", "check"
        if at is None or now - at > LATE:
            return (ago(at, now) if at else "–"), "warn", "clock-alert"
        return _("Current"), "ok", "check"

    def _lay_out(self) -> None:
        theme, px = self.app.theme, self.app.theme.px
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(_("Sync"), "heading", theme))
        safe = _("Sales stay safe at this booth, also without a network.")
        words.addWidget(label(safe, "label", theme, color="text2", wrap=True))
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addLayout(words, 1)
        head.addWidget(self.to_stick)
        head.addWidget(self.now)
        left = QVBoxLayout()
        left.setSpacing(px(12))
        left.addLayout(head)
        left.addWidget(self.run_panel)
        left.addWidget(self.booths, 1)
        self._right = QWidget()
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(px(12))
        right.addWidget(self.waiting)
        right.addWidget(self.target)
        right.addLayout(self.side, 100)
        right.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(MARGIN), px(12), px(MARGIN), px(12))
        row.setSpacing(px(GAP))
        row.addLayout(left, 1)
        row.addWidget(self._right)


def _order(one: Known) -> tuple[bool, str, str]:
    """Booths by their codes, offices last."""
    return one.role == "office", one.booth, one.device

"""The panel that tells of a laptop with two histories, and splits the second off: picture 08, right."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.model import By
from pos.money import plain, rupiah
from pos.text import _, clock_time, ngettext, short_date
from ui import work
from ui.app import App
from ui.busy_button import BusyButton
from ui.icons import icon_pixmap
from ui.question import Question
from ui.scroll import Scroll
from ui.sync.branches import Branch, Branches
from ui.till.lettering import weighted
from ui.widgets import Button, Panel, label

if TYPE_CHECKING:
    from pos.forks import Fork, Side, SplitOff
    from pos.ledger import Ledger
    from pos.model import Approval, Table

T = TypeVar("T")

MOST_LETTERS, MOST_SHOWN = 14, 24  # of a name on a button, and in a sentence
NARROW = 360  # px below which the buttons stand one below the other


class ForkPanel(Panel):
    """Hides itself while there is nothing to tell. `split_done` tells a SplitOff, `refreshed` how many wait,
    `cleared` that the last of them was split off: the keyboard is the page's again.

    It looks at the open ledger, or at the central side named by `look_at`.
    """

    split_done = Signal(object)
    refreshed = Signal(int)
    cleared = Signal()

    def __init__(self, app: App) -> None:
        super().__init__(app.theme, fill="warnSoft", border="warnBorder")
        self.app = app
        self.target: str | None = ""
        self.forks: tuple[Fork, ...] = ()
        self._split_off = False  # one was, and what there is now has not been shown yet
        theme, px = app.theme, app.theme.px
        self._mark = QLabel()
        size = px(24)
        self._mark.setPixmap(
            icon_pixmap("triangle-alert", size, theme.color("onWarnSoft"), self.devicePixelRatioF())
        )
        self._mark.setFixedSize(size, size)
        self._title = label("", "title", theme, color="onWarnSoft", wrap=True)
        self._title.setFont(weighted(theme.font("title", 16), 700))
        self._about = label("", "label", theme, color="onWarnSoft", wrap=True)
        self._about.setFont(weighted(theme.font("label"), 500))
        self.branches = Branches(theme)
        self._steps = [label("", "label", theme, color="onWarnSoft", wrap=True) for _step in range(2)]
        self._more = label("", "label", theme, color="onWarnSoft", wrap=True)
        self.look_button = Button(_("See differences"), kind="secondary", theme=theme)
        self.look_button.clicked.connect(self._look)
        self.split_button = BusyButton("", theme=theme)
        self.split_button.clicked.connect(self._ask)
        self._column()
        self.hide()

    def look_at(self, target: str | None) -> None:
        """The central file or database to look at from now on; empty: the open ledger, None: nothing."""
        self.target = target
        self.refresh()

    def refresh(self) -> None:
        """Ask again, in the background, and show what there is."""
        from pos.forks import forks

        if self.target is None:
            self.show_forks(())
        else:
            self._run(lambda: self._on(forks, changing=False), self.show_forks, self._none)

    def show_forks(self, forks: tuple[Fork, ...]) -> None:
        """Tell of the first of these; without any it is gone."""
        self.forks = forks
        self.setVisible(bool(forks))
        if forks:
            self._tell(forks[0])
        self.refreshed.emit(len(forks))
        if self._split_off:
            self._split_off = False
            if forks:
                self.split_button.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self.cleared.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow panel the buttons stand one below the other."""
        super().resizeEvent(event)
        narrow = self.width() < self.app.theme.px(NARROW)
        direction = QBoxLayout.Direction.BottomToTop if narrow else QBoxLayout.Direction.LeftToRight
        self._buttons.setDirection(direction)

    def _column(self) -> None:
        px = self.app.theme.px
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(self._title)
        words.addWidget(self._about)
        head.addLayout(words, 1)
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(px(8))
        self._buttons.addWidget(self.look_button, 9)
        self._buttons.addWidget(self.split_button, 11)
        inside = QWidget()
        told = QVBoxLayout(inside)
        told.setContentsMargins(px(16), px(14), px(16), 0)
        told.setSpacing(px(7))
        told.addLayout(head)
        told.addWidget(self.branches)
        for number, step in enumerate(self._steps, 1):
            told.addLayout(self._numbered(number, step))
        told.addWidget(self._more)
        told.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, px(14))
        column.setSpacing(px(8))
        column.addWidget(Scroll(inside), 1)  # in a low window the buttons stay in sight
        self._buttons.setContentsMargins(px(15), 0, px(15), 0)
        column.addLayout(self._buttons)

    def _numbered(self, number: int, step: QLabel) -> QHBoxLayout:
        theme = self.app.theme
        count = label(f"{number}.", "label", theme, color="onWarnSoft")
        count.setFont(weighted(theme.font("label"), 800))
        count.setFixedWidth(theme.px(21))
        step.setFont(weighted(theme.font("label"), 500))
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(count, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(step, 1)
        return row

    def _tell(self, fork: Fork) -> None:
        name = fork.name if len(fork.name) <= MOST_SHOWN else fork.booth
        title = _("{name} has two different histories").format(name=fork.name)
        about = _(
            "Since {time} two laptops use the name {name}, or an old backup was restored. "
            "No sale is lost: both are kept apart."
        ).format(time=_moment(fork.since), name=name)
        self._title.setText(title)
        self._about.setText(about)
        first, second = _short(fork)
        self.branches.show_branches(_branch(first, fork.ours), _branch(second, fork.theirs))
        only = _("See to it that only one laptop uses the name {name}.")
        self._steps[0].setText(only.format(name=name))
        self._steps[1].setText(_split_words(fork))
        rest = len(self.forks) - 1
        more = ngettext("{count} more waits behind it.", "{count} more wait behind it.", rest)
        self._more.setText(more.format(count=rest))
        self._more.setVisible(rest > 0)
        called = fork.second if len(fork.second) <= MOST_LETTERS else second
        self.split_button.setText(_("Split off as {name}").format(name=called))
        self.setAccessibleName(f"{title}. {about}")

    def _look(self) -> None:
        from pos.forks import differences

        if self.forks:
            fork = self.forks[0]
            self._run(
                lambda: self._on(lambda ledger: differences(ledger, fork), changing=False),
                self._show_differences,
                self.app.failed.emit,
            )

    def _show_differences(self, table: Table) -> None:
        from ui.sync.differences import DifferencesSheet

        DifferencesSheet(self.window(), self.app.theme, table, self.forks[0]).open()

    def _ask(self) -> None:
        """Splitting is asked about (DESIGN.md chapter 1), and an officer's to do where there are officers."""
        from ui.office.acting import ask_here
        from ui.people.approval import Wanted

        if not self.forks:
            return
        fork = self.forks[0]
        if not self.app.office and not any(one.role != "kasir" for one in self.app.staff.values()):
            self._question(fork, None)
            return
        sentence = _("Split the second history of {name} off as {second}").format(
            name=fork.name, second=fork.second
        )
        wanted = Wanted("split_off", fork.device, sentence)
        ask_here(self.app, self.window(), wanted, lambda given: self._question(fork, given))

    def _question(self, fork: Fork, given: Approval | None) -> None:
        title = _("Split off {name}?").format(name=fork.second)
        count = ngettext("{count} document becomes", "{count} documents become", fork.theirs.documents)
        text = _("{count} a booth of its own, {second}, worth {money}. Nothing is deleted or changed.")
        text = text.format(
            count=count.format(count=plain(fork.theirs.documents)),
            second=fork.second,
            money=rupiah(fork.theirs.total),
        )
        answers = (_("Yes, split it off"), _("Not yet"))
        question = Question(self.window(), self.app.theme, (title, text), answers)
        question.accepted.connect(lambda: self._split(fork, By(self.app.cashier, approval=given)))
        question.open()

    def _split(self, fork: Fork, by: By) -> None:
        from pos.forks import split

        self.split_button.set_busy(_("Splitting off…"))
        self._run(
            lambda: self._on(lambda ledger: split(ledger, fork, by), changing=True), self._done, self._failed
        )

    def _done(self, done: SplitOff) -> None:
        self.split_button.set_busy("")
        self._split_off = True
        self.split_done.emit(done)
        self.refresh()

    def _failed(self, error: UserError) -> None:
        self.split_button.set_busy("")
        self.app.failed.emit(error)
        self.refresh()

    def _none(self, _error: UserError) -> None:
        """The central side cannot be reached: there is nothing to be told of it here."""
        self.show_forks(())

    def _run(
        self, fn: Callable[[], T], done: Callable[[T], object], failed: Callable[[UserError], object]
    ) -> None:
        """A stick may take long to answer: the books do not wait for it."""
        work.run(fn, done=done, failed=failed, lane="sync" if self.target else "books")

    def _on(self, verb: Callable[[Ledger], T], *, changing: bool) -> T:
        """Call `verb` with the ledger that is looked at; on the background thread."""
        from pos import carry

        opened: AbstractContextManager[Ledger] = nullcontext(self.app.ledger)
        if self.target:
            opened = (carry.changing if changing else carry.looking)(self.target)
        with opened as ledger:
            return verb(ledger)


def _branch(name: str, side: Side) -> Branch:
    count = ngettext("{count} document", "{count} documents", side.documents)
    return Branch(f"{name} · {count.format(count=plain(side.documents))}", rupiah(side.total), side.documents)


def _short(fork: Fork) -> tuple[str, str]:
    """`07` and `07-B` of Stan 07; the booth's code where the name has no number."""
    last = fork.name.split(" ")[-1]
    if len(last) <= MOST_LETTERS and any(letter.isdigit() for letter in last):
        return last, fork.second.split(" ")[-1]
    return fork.booth, f"{fork.booth}-{fork.letter}"


def _split_words(fork: Fork) -> str:
    if not fork.both:
        return _("Split the second history off. What is in both is counted once.")
    both = ngettext(
        "Split the second history off. {count} sale is in both and is counted once.",
        "Split the second history off. {count} sales are in both and are counted once.",
        fork.both,
    )
    return both.format(count=plain(fork.both))


def _moment(text: str) -> str:
    """`12 Apr 16.20`."""
    moment = datetime.fromisoformat(text)
    day = short_date(moment.date()).split(", ")[-1].rsplit(" ", 1)[0]
    return f"{day} {clock_time(moment)}"

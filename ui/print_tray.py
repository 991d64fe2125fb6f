"""The print queue: what waits, what failed and why, what came out; each can be printed again or given up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from pos.text import _, clock_time, short_date
from ui import work
from ui.app import App
from ui.cover import Cover
from ui.scroll import Scroll
from ui.theme import Theme
from ui.widgets import Button, IconButton, Tag, TagKind, hline, label

if TYPE_CHECKING:  # the queue is asked for when the ledger is open
    from pos.printing import Job

WIDTH, HEIGHT = 720, 560  # px at 100 %


class PrintTray(Cover):
    """A sheet over the window; it follows the printer while it is open, and then it is gone."""

    help = "printer"

    def __init__(self, app: App, over: QWidget) -> None:
        super().__init__(over, app.theme)
        self.app = app
        self.setAccessibleName(_("Print queue"))
        theme, px = app.theme, app.theme.px
        self._close = IconButton("x", _("Close"), theme=theme)
        self._close.clicked.connect(self.leave)
        self._retry = Button(_("Try all again"), kind="secondary", icon="refresh-cw", theme=theme)
        self._retry.clicked.connect(self._retry_all)
        head = QHBoxLayout()
        head.addWidget(label(_("Print queue"), "heading", theme), 1)
        head.addWidget(self._retry)
        head.addWidget(self._close)
        self._scroll = Scroll(over=False)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # arrows scroll it
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(px(20), px(12), px(12), px(16))
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(self._scroll, 1)
        app.printing.changed.connect(self._read)

    def open(self) -> None:
        """Come up with what is in the queue."""
        self.show_jobs(())
        self._read()
        self.cover()
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_jobs(self, found: Sequence[Job]) -> None:
        """Show these, the newest above."""
        theme, px = self.app.theme, self.app.theme.px
        self._retry.setVisible(any(job.state == "failed" for job in found) and self.app.printing.ready)
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(6))
        if not found:
            words = _("Nothing was printed yet.") if self.app.printing.ready else _("No printer is chosen.")
            column.addWidget(label(words, "body", theme, color="text2", wrap=True))
        for job in found:
            column.addWidget(hline(theme))
            column.addWidget(_Row(job, self.app))
        column.addStretch(1)
        held, place = self._held(), self._scroll.verticalScrollBar().value()
        self._scroll.hold(rows)
        self._scroll.verticalScrollBar().setValue(place)
        if held is not None:
            self._hold(held)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In the middle of the window, as large as it may be."""
        super().resizeEvent(event)
        px = self._theme.px
        width = min(px(WIDTH), self.width() - px(32))
        height = min(px(HEIGHT), self.height() - px(32))
        self.lay_in_middle(width, height)

    def _held(self) -> str | None:
        """The id of the job whose button has the keyboard; None when something else has it."""
        row = QApplication.focusWidget()
        while row is not None and not isinstance(row, _Row):
            row = row.parentWidget()
        return row.job if row is not None and self.isAncestorOf(row) else None

    def _hold(self, job: str) -> None:
        """Give the keyboard to what can be done with the job now, or to the way out."""
        rows = (row for row in self._scroll.findChildren(_Row) if row.job == job)
        verbs = [verb for row in rows for verb in row.findChildren(Button)]
        (verbs[0] if verbs else self._close).setFocus(Qt.FocusReason.OtherFocusReason)

    def _retry_all(self) -> None:
        self.app.printing.retry()

    def _read(self) -> None:
        ledger = self.app.ledger

        def read() -> list[Job]:
            from pos.printing import jobs

            return jobs(ledger)

        work.run(read, done=self.show_jobs, failed=self.app.failed.emit)


class _Row(QWidget):
    """One paper: its number and kind, when, which copy, how it stands, and what can be done."""

    def __init__(self, job: Job, app: App) -> None:
        super().__init__()
        from pos.papers import paper_name  # the till is on the screen before the ledger's modules

        theme, px = app.theme, app.theme.px
        self.job = job.id
        self.setAccessibleName(f"{job.what.number} {_state(job)[0]}")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(f"{job.what.number} · {paper_name(job.what.paper)}", "button", theme))
        which = _("COPY no. {number}").format(number=job.copy) if job.copy else _("Original")
        when = f"{short_date(job.at.date())} {clock_time(job.at)} · {which}"
        words.addWidget(label(when, "body", theme, color="text2"))
        if job.error:
            words.addWidget(label(job.error, "body", theme, color="warn", wrap=True))
        text, kind = _state(job)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(2), 0, px(2))
        row.setSpacing(px(8))
        row.addLayout(words, 1)
        row.addWidget(Tag(text, kind, theme=theme))
        for name, icon, do in _verbs(job, app):
            row.addWidget(_verb(f"{name} {job.what.number}", name, icon, do, theme))


def _verb(name: str, text: str, icon: str, do: Callable[[], object], theme: Theme) -> Button:
    button = Button(text, kind="secondary", icon=icon, theme=theme)
    button.setAccessibleName(name)
    # When the list is made anew this button goes: not while it is still being pressed.
    button.clicked.connect(lambda: QTimer.singleShot(0, do))
    return button


def _verbs(job: Job, app: App) -> list[tuple[str, str, Callable[[], object]]]:
    printing = app.printing
    drop = (_("Drop"), "trash-2", lambda: printing.drop(job.id))
    if job.state == "failed":
        return [(_("Try again"), "refresh-cw", lambda: printing.retry(job.id)), drop]
    if job.state == "waiting":
        return [drop]
    if job.state == "printed" and printing.ready:
        return [(_("Print again"), "printer", lambda: printing.print_paper(job.what))]
    return []


def _state(job: Job) -> tuple[str, TagKind]:
    states: dict[str, tuple[str, TagKind]] = {
        "waiting": (_("Waiting"), "neutral"),
        "printing": (_("Printing…"), "neutral"),
        "printed": (_("Printed"), "ok"),
        "failed": (_("Not yet printed"), "warn"),
    }
    return states[job.state]

"""The panel of the hand-over: how far it is; afterwards that it was read back, or why it was not done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.course import View
from pos.errors import UserError
from pos.money import plain, rupiah
from pos.text import _
from ui.sync.parts import ProgressBar, Roundel, StepsRow
from ui.sync.words import done_words, progress_words
from ui.theme import Theme
from ui.widgets import Button, Panel, label

if TYPE_CHECKING:
    from pos.submit import Submitted


class RunPanel(Panel):
    """One frame for all three. `held` and `stopped` ask of the running one, `slip_wanted` for its paper."""

    held = Signal()
    stopped = Signal()
    slip_wanted = Signal()
    again = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, border="primary")
        px = theme.px
        self._mark = Roundel(theme)
        self._title = label("", "title", theme, wrap=True)
        self._title.setFont(theme.font("title", 16))
        self._more = label("", "label", theme, color="text2", wrap=True)
        self._percent = label("", "amount", theme)
        self._percent.setFont(theme.font("amount", 28))
        self.hold = Button("", kind="secondary", theme=theme)
        self.stop = Button(_("Stop"), kind="secondary", theme=theme)
        self.slip = Button(_("Print proof"), kind="secondary", icon="printer", theme=theme)
        self.retry = Button(_("Try again"), kind="secondary", theme=theme)
        for button, told in (
            (self.hold, self.held),
            (self.stop, self.stopped),
            (self.slip, self.slip_wanted),
            (self.retry, self.again),
        ):
            button.clicked.connect(told)
        self._bar, self._steps = ProgressBar(theme), StepsRow(theme)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._more)
        top = QHBoxLayout()
        top.setSpacing(px(12))
        top.addWidget(self._mark)
        top.addLayout(words, 1)
        top.addWidget(self._percent)
        for button in (self.hold, self.stop, self.slip, self.retry):
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(18), px(12), px(18), px(12))
        column.setSpacing(px(9))
        column.addLayout(top)
        column.addWidget(self._bar)
        column.addWidget(self._steps)
        self.hide()

    def show_running(self, view: View, title: str) -> None:
        """How far it is; `title` says what is done."""
        self._look("primary", ("refresh-cw", "primarySoft", "primary"), title, progress_words(view))
        self._only(self._percent, self.hold, self.stop, self._bar, self._steps)
        self._percent.setText(f"{view.percent}%")
        self._bar.show_percent(view.percent)
        self._steps.show_step(view.step)
        self.hold.setText(_("Go on") if view.paused else _("Pause"))

    def show_done(self, done: Submitted) -> None:
        """It is there, was read back and is the same."""
        found = done.handed.figures
        told = _("Read back: {documents} documents, {sales} sales, {total}; the sums agree.")
        told = told.format(
            documents=plain(found.documents), sales=plain(found.sales), total=rupiah(found.total)
        )
        self._look("primary", ("check", "primary", "onPrimary"), done_words(done), told)
        self._only(self.slip)
        bad = (*done.problems, *done.refused)
        if bad:
            self._look(
                "warnBorder",
                ("triangle-alert", "warnSoft", "warn"),
                _("Handed over, but something there is not in order"),
                bad[0].message,
            )

    def show_failed(self, error: UserError) -> None:
        """It was not done, and why."""
        self._look("dangerBorder", ("circle-alert", "dangerSoft", "danger"), error.message, error.hint)
        self._only(self.retry)

    def _look(self, border: str, mark: tuple[str, str, str], title: str, more: str) -> None:
        self._border = border
        self._mark.show_as(*mark)
        self._title.setText(title)
        self._more.setText(more)
        self._more.setVisible(bool(more))
        self.setAccessibleName(f"{title} {more}".strip())
        self.show()
        self.update()

    def _only(self, *shown: QWidget) -> None:
        """Of what not every state has, these."""
        parts = (self._percent, self.hold, self.stop, self.slip, self.retry, self._bar, self._steps)
        for part in parts:
            part.setVisible(part in shown)

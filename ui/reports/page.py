"""The page of reports (picture 07): four figures, the hours, how buyers paid, what sold; any report as rows.

Everything is read in the background, and what is on the screen stays until the new figures are there.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.model import Table
from pos.money import plain
from pos.reports import Period
from pos.reports.below import below
from pos.reports.completeness import complete_lines
from pos.reports.overview import Overview, Scope
from pos.reports.shown import Shown
from pos.rights import may
from pos.text import _, ngettext
from ui import work
from ui.app import App
from ui.keys import meant
from ui.page import Page
from ui.reports.asked import TODAY, Asked, best_preset, period_of
from ui.reports.drill import Behind, behind_row
from ui.reports.evening import EveningOfPage
from ui.reports.face import RIGHT, Face
from ui.reports.faces import FIGURES, NOTHING, TABLE, Faces
from ui.reports.files import ReportFiles
from ui.reports.head import Head
from ui.reports.leaving import figures_shown, report_shown
from ui.reports.locked import Locked, Nothing
from ui.reports.picking import Picking
from ui.reports.reading import Answer, read
from ui.reports.receipts_behind import ReceiptsBehind
from ui.reports.table import TableView, part_of
from ui.tell import Banner
from ui.theme import Theme
from ui.widgets import label


class ReportsPage(Page):
    """One question (`asked`), and the answer as figures or as a table."""

    def __init__(self, app: App) -> None:
        super().__init__(app)
        theme, px = app.theme, app.theme.px
        self.asked = Asked()
        self.scope: Scope | None = None
        self.view: Overview | None = None
        self.table: Table | None = None
        self.below: dict[str, Table] = {}  # behind the panels that are scrolled to
        self._turn = 0  # how often was asked: only the latest answer counts
        self._opened_by = ""  # for whom an officer has opened the page
        self.head = Head(theme, office=app.office)
        self.banner = Banner(theme)
        self.face = Face(theme)
        self.rows = TableView(_("Report"), theme)
        self.said = label("", "label", theme, color="text2", wrap=True)
        self.locked = Locked(app)
        self.locked.hide()  # beside the page it would make a small window wider
        self.evening = EveningOfPage(app, self, self.banner)
        self.pick = Picking(self, theme)
        self.files = ReportFiles(app, self, self.banner)
        self._holds = Table("", "", (), ())
        hint = _("Bring the files of the booths here; then their figures stand here.")
        nothing = Nothing("store", _("No booth has been brought yet"), hint, theme)
        self.behind = ReceiptsBehind(app, self)
        self._faces = Faces((self.face, self.rows, nothing, self.behind), px(RIGHT))
        self._work = QWidget()
        _stack(self._work, (self.head, self.banner, self._faces, self.said), theme)
        around = QHBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._work)
        around.addWidget(self.locked)
        self._connect()
        self._show_head()

    @property
    def today(self) -> date:
        """The business day at a booth; at the office the clock's."""
        return self.app.today

    @property
    def period(self) -> Period | None:
        """The days, the booth and the institution that are meant."""
        return period_of(self.asked, self.scope, self.today) if self.scope else None

    def refresh(self) -> None:
        """Ask anew; what is shown stays until the answer is there."""
        allowed = self.allowed
        self._work.setVisible(allowed)
        self.locked.setVisible(not allowed)
        if not allowed:
            return
        if self._faces.is_behind:
            self.behind.refresh()
        self._turn += 1
        app, asked, today, turn = self.app, self.asked, self.today, self._turn
        now = app.clock.now()
        work.run(
            lambda: read(app.ledger, asked, today, now, turn),
            done=self._show,
            failed=partial(self._failed, turn),
            lane="reports",
        )

    @property
    def allowed(self) -> bool:
        """Whether who is here may see it: the figures tell what should be in the drawer."""
        who = self.app.cashier
        return self.app.office or may(who, "reports") or (bool(who.code) and who.code == self._opened_by)

    def shown(self) -> tuple[Table, ...]:
        """The tables on the screen in their order, as they are filtered and sorted there: those behind the
        panels, or the one report. Nothing before the first answer, and where nothing may be seen.
        """
        if not self.allowed:
            return ()
        if self._faces.is_behind:
            return (self.behind.table(),)
        if self.asked.report:
            return (self.rows.as_shown(self.table),) if self.table else ()
        return (*self.view.tables, *self.below.values()) if self.view else ()

    def take_focus(self) -> None:
        """On the range that is chosen."""
        if not self.allowed:
            self.locked.take_focus()
        elif self._faces.is_behind:
            self.behind.take_focus()
        elif self.asked.report:
            self.rows.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            chosen = next((one for one in self.head.chips.values() if one.isChecked()), None)
            (chosen or self.head.report).setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self, asked: Asked) -> None:
        """Another question."""
        self._faces.go_back()
        self.asked = asked
        self.banner.dismiss()
        self._show_head()
        self.refresh()

    def show_report(self, name: str) -> None:
        """A report as a table; the empty name: the page of figures."""
        self.ask(replace(self.asked, report=name))
        self.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Print, other days, another report; Esc goes back from a table to the figures."""
        found = meant(event, "reports", "receipts", "anywhere")
        action, which = found or ("", 0)
        if not self.allowed:
            super().keyPressEvent(event)
        elif action == "range":
            self._press_range(which)
        elif action == "report":
            self.pick.pick_report(self.asked)
        elif action == "print report":
            self._print()
        elif action == "copy evening":
            self.evening.copy_of(self.period)
        elif action == "of booth":
            self.pick.pick_booth(self.asked, self.scope)
        elif action == "of institution":
            self.pick.pick_unit(self.asked, self.scope)
        elif action == "back" and self.banner.isVisible():
            self.banner.dismiss()
        elif action == "back" and self._faces.go_back():
            pass
        elif action == "back" and self.asked.report:
            self.show_report("")
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        head = self.head
        head.preset.connect(lambda preset: self.ask(replace(self.asked, preset=preset)))
        head.days_wanted.connect(self._pick_days)
        head.booth_wanted.connect(lambda: self.pick.pick_booth(self.asked, self.scope))
        head.unit_wanted.connect(lambda: self.pick.pick_unit(self.asked, self.scope))
        head.report_wanted.connect(lambda: self.pick.pick_report(self.asked))
        self.pick.asked.connect(self.ask)
        self.pick.report.connect(self.show_report)
        head.export.connect(self._save)
        head.whole_wanted.connect(self._save_whole)
        head.printing.connect(self._print)
        head.copying.connect(self._copy)
        head.evening.connect(lambda: self.evening.copy_of(self.period))
        self.rows.opened.connect(self._drill)
        for rows in (self.rows, self.behind.rows):
            rows.copied.connect(self._told_copied)
        self.face.report_wanted.connect(self.show_report)
        self.face.opened.connect(self._go_behind)
        self.behind.left.connect(self._faces.go_back)
        self.behind.failed.connect(self.files.failed)
        self.locked.opened.connect(self._opened)

    def _show(self, answer: Answer) -> None:
        scope, found = answer.scope, answer.found
        self.scope = scope
        if answer.turn != self._turn:
            return  # something else is wanted by now
        if isinstance(found, Table):
            self.table = found
        self._show_head()
        self.head.allow(saving=bool(scope.booths))
        if not scope.booths:
            self._faces.show_face(NOTHING)
        elif isinstance(found, Table):
            self.rows.show_table(part_of(found))
            self._faces.show_face(TABLE)
        else:
            self.view, self.below = found, {}
            self.face.show_view(found, self._preset)
            self._faces.show_face(FIGURES)
            self._read_below(answer.turn, found.period)
        self._say_complete(found if isinstance(found, Table) else answer.holds)

    def _read_below(self, turn: int, period: Period) -> None:
        """What is scrolled to comes behind what is seen at once."""
        ledger = self.app.ledger
        work.run(
            lambda: (turn, below(ledger, period)),
            done=self._show_below,
            failed=partial(self._failed, turn),
            lane="reports",
        )

    def _show_below(self, answer: tuple[int, dict[str, Table]]) -> None:
        turn, found = answer
        if turn == self._turn:
            self.below = found
            self.face.show_below(found)

    def _say_complete(self, found: Table) -> None:
        """Up to when the figures are complete, and which booths are furthest behind; at a booth it is now."""
        self._holds = found
        self.said.setText(" ".join(complete_lines(found)))
        self.said.setVisible(self.app.office and bool(found.complete))

    def _show_head(self) -> None:
        title = _("Reports") if not self.asked.report else self._title()
        self.head.show_asked(self.asked, self.scope, self.today, title)

    def _title(self) -> str:
        found = self.table
        return found.title if found and found.name == self.asked.report else _("Reports")

    @property
    def _preset(self) -> str:
        return self.asked.preset or (best_preset(self.scope, self.today) if self.scope else TODAY)

    def _failed(self, turn: int, error: UserError) -> None:
        """The report cannot be told of this: say why, and how to ask."""
        if turn != self._turn:
            return  # something else is wanted by now
        self.banner.say("warn", error.message, error.hint)
        if self.asked.report:
            self.rows.show_rows((), ())
            self.rows.sums.show_sums({}, ())
            self.table = None
            self.head.allow(saving=False)
            self._faces.show_face(TABLE)

    def _press_range(self, which: int) -> None:
        if which < len(self.head.chips):
            list(self.head.chips.values())[which].click()

    def _pick_days(self) -> None:
        self._show_head()  # the chip that was pressed is not chosen yet
        if self.period is not None:
            self.pick.pick_days(self.asked, self.period)

    def _to_leave(self) -> Shown | None:
        """What is on the screen, as it leaves it; None while there is nothing."""
        period, tables = self.period, self.shown()
        if period is None or not tables:
            return None
        whom: tuple[str, ...] = (self.head.booth.text(), self.head.unit.text())
        complete = self._holds.complete
        if self._faces.is_behind and self.behind.rows.model.more:
            whom = (*whom, _("the first {count} rows").format(count=plain(len(tables[0].rows))))
        behind = self.behind.behind if self._faces.is_behind else None
        if self.asked.report or behind:
            what = behind.what if behind else ""
            return report_shown(self.app, tables[0], period, whom, complete, about_what=what)
        return figures_shown(self.app, (self.face.drawn(), tables), period, whom, complete)

    def _drill(self, row: tuple[Any, ...]) -> None:
        """The receipts behind a row of the table."""
        if self.table is None or self.period is None:
            return
        behind = behind_row(self.table, row[-1], self.period)
        if behind is not None:
            self._go_behind(behind)

    def _go_behind(self, behind: Behind) -> None:
        """The receipts, and back with Esc; a paper that is no receipt comes up over the page."""
        if behind.sought is None:
            self.behind.show_paper("", 0, behind.paper)
            return
        self.banner.dismiss()
        self.behind.show_behind(behind)
        self._faces.go_behind()
        self.behind.take_focus()

    def _copy(self) -> None:
        """The table in sight."""
        (self.behind.rows if self._faces.is_behind else self.rows).copy_all()

    def _told_copied(self, rows: int) -> None:
        told = ngettext("{count} row is copied.", "{count} rows are copied.", rows)
        self.banner.say("ok", told.format(count=plain(rows)), _("Paste it into a spreadsheet."))

    def _save(self, ending: str) -> None:
        if shown := self._to_leave():
            self.files.save(ending, shown)

    def _save_whole(self, ending: str) -> None:
        if self.period is not None:
            self.files.save_whole(ending, self.period)

    def _print(self) -> None:
        """On A4: what is seen before is what comes out."""
        if shown := self._to_leave():
            self.files.preview(shown)

    def _opened(self) -> None:
        """An officer has opened the page for who is here, until somebody else is."""
        self._opened_by = self.app.cashier.code
        self.refresh()
        self.take_focus()


def _stack(inside: QWidget, parts: tuple[QWidget, ...], theme: Theme) -> None:
    """One below the other; the faces take what room there is, also that of their scroll bar at the right."""
    px = theme.px
    column = QVBoxLayout(inside)
    column.setContentsMargins(px(18), px(12), px(18 - RIGHT), px(12))
    column.setSpacing(px(10))
    for part in parts:
        wide = isinstance(part, Faces)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0 if wide else px(RIGHT), 0)
        row.addWidget(part)
        column.addLayout(row, 1 if wide else 0)

"""What somebody should explain, with the paper behind each row."""

from __future__ import annotations

from collections import Counter
from typing import Any

from PySide6.QtWidgets import QButtonGroup

from pos.model import Table
from pos.text import _
from ui.app import App
from ui.flow import Flow
from ui.keys import keycap
from ui.office.report_page import ReportPage
from ui.reports.locked import Nothing
from ui.reports.table import part_of
from ui.widgets import Button, Chip


class ExceptionsPage(ReportPage):
    """One chip for each kind, the rows, and the way to the paper of the chosen one."""

    name = "exceptions"

    def __init__(self, app: App) -> None:
        super().__init__(app, _("To be looked at"))
        theme, px = app.theme, app.theme.px
        self._kind = ""
        self._chips: list[Chip] = []
        self._group = QButtonGroup(self)
        self._flow = Flow(px(6), px(2))
        self.top.addWidget(self._flow)
        self.look = Button(_("Show the paper"), icon="file-text", keycap=keycap("open row"), theme=theme)
        self.look.clicked.connect(self._look)
        self.foot.addStretch(1)
        self.foot.addWidget(self.look)
        self.rows.chosen.connect(self._offer_paper)
        self.look.setEnabled(False)
        self.nothing = Nothing(
            "shield-check",
            _("Nothing needs to be looked at"),
            _("What is unusual will stand here, with its paper."),
            theme,
        )
        self.middle.addWidget(self.nothing, 1)
        self.nothing.hide()

    def show_table(self, table: Table) -> None:
        """Rows of the kind that is chosen, and how many of each there are."""
        kinds = Counter(row[0] for row in table.rows)
        if self._kind not in kinds:
            self._kind = ""
        self._offer({"": len(table.rows), **kinds})
        rows = tuple(row for row in table.rows if self._kind in ("", row[0]))
        self.rows.show_table(part_of(Table(table.name, table.title, table.columns, rows)))
        self.rows.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    def chosen(self) -> tuple[str, ...]:
        """The kind that is chosen."""
        return (self._kind,)

    def open_row(self, row: tuple[Any, ...]) -> None:
        """Its paper: a receipt where the receipts are, any other as a sheet."""
        self.open_document(row)

    def _offer_paper(self, row: tuple[Any, ...]) -> None:
        self.look.setEnabled(bool(self.field(row, "number") or self.field(row, "seq")))

    def _look(self) -> None:
        if self.rows.current is not None:
            self.open_row(self.rows.current)

    def _offer(self, kinds: dict[str, int]) -> None:
        names = [chip.property("kind") for chip in self._chips]
        if names == list(kinds):
            for chip, number in zip(self._chips, kinds.values(), strict=True):
                chip.set_count(number)
            return
        for chip in self._chips:
            self._group.removeButton(chip)
        self._flow.clear()
        self._chips = []
        for kind, number in kinds.items():
            chip = Chip(kind or _("All"), number, theme=self.app.theme)
            chip.margin = self.app.theme.px(4)
            chip.setProperty("kind", kind)
            chip.setChecked(kind == self._kind)
            chip.clicked.connect(lambda _on=False, kind=kind: self._choose(kind))
            self._group.addButton(chip)
            self._flow.add(chip)
            chip.show()
            self._chips.append(chip)

    def _choose(self, kind: str) -> None:
        self._kind = kind
        if self.table:
            self.show_table(self.table)

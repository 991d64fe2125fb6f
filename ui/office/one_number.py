"""Satu angka: receipts, payments, lines and sums must come to the same; if not, what does not is named."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pos.model import Table
from pos.money import plain, rupiah
from pos.text import _
from ui.app import App
from ui.office.report_page import ReportPage
from ui.widgets import FitLabel, Panel, Tag, label


class OneNumberPage(ReportPage):
    """The one figure, whether everything agrees, and what it was counted from."""

    name = "reconcile"

    def __init__(self, app: App) -> None:
        super().__init__(app, _("One figure"))
        theme, px = app.theme, app.theme.px
        self.figure = FitLabel("amountLarge", theme)
        self.verdict = Tag("", theme=theme, large=True)
        self.words = label("", "body", theme, color="text2", wrap=True)
        card = Panel(theme)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(label(_("Turnover, counted in every way there is"), "label", theme, color="text2"))
        left.addWidget(self.figure)
        right = QVBoxLayout()
        right.setSpacing(px(6))
        right.addStretch(1)
        right.addWidget(self.verdict)
        right.addWidget(self.words)
        right.addStretch(1)
        row = QHBoxLayout(card)
        row.setContentsMargins(px(20), px(12), px(20), px(12))
        row.setSpacing(px(24))
        row.addLayout(left, 1)
        row.addLayout(right, 1)
        card.setFixedHeight(px(112))
        self.top.addWidget(card)

    def show_table(self, table: Table) -> None:
        """The figure of the first source, and whether the others have it too."""
        super().show_table(table)
        keys = [column.key for column in table.columns]
        if "total" in keys and table.rows:
            self.figure.setText(rupiah(table.rows[0][keys.index("total")]))
        off = [row for row in table.rows if row[keys.index("difference")]] if "difference" in keys else []
        if not off:
            self.verdict.set(_("Everything agrees"), "ok", icon="shield-check")
            words = _("{count} ways of counting come to the same, to the rupiah.")
            self.words.setText(words.format(count=plain(len(table.rows))))
            return
        self.verdict.set(_("It does not agree"), "danger", icon="triangle-alert")
        first = off[0]
        said = _("{source} is {amount} away from the receipts.")
        amount = rupiah(abs(first[keys.index("difference")]))
        self.words.setText(said.format(source=first[0], amount=amount))

"""The page of figures: four at the top, below them the hours, how buyers paid, the goods, who made them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.model import Table
from pos.reports.compared import Against
from pos.reports.drawn import Drawn, Marks
from pos.reports.overview import Bar, Best, Overview, Unit, Way
from pos.text import _, weekday_name
from ui.reports.asked import DAYS, days_of, preset_name
from ui.reports.below import BelowPanels
from ui.reports.drill import Behind, behind_part, behind_row
from ui.reports.figures import BeforeButton, Figure, show_figures
from ui.reports.lists import BestPanel, UnitsPanel, WaysPanel
from ui.reports.panels import ChartPanel
from ui.scroll import Scroll
from ui.theme import Theme

SHARES = (365, 271, 311, 271)  # of the width, of the four figures
RIGHT = 14  # px beside the panels, in which the scroll bar lies
HIGHEST = 760  # px of what is seen at once; in a larger window the next panels are seen, too
SIDE = (270, 422)  # px of what stands at the right: at least, at most


class _FirstView(QWidget):
    """What is seen at once: it fills the window, but is never lower than what is in it."""

    def __init__(self) -> None:
        super().__init__()
        self._window = 0

    def fill(self, height: int) -> None:
        """At least this high (px)."""
        self._window = height
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """As high as the window, or as what is in it: an explicit minimum would take the place of both."""
        return super().minimumSizeHint().expandedTo(QSize(0, self._window))


class Face(Scroll):
    """Figures, chart and what sold fill the window; further panels are scrolled to. `opened` tells what
    stands Behind a part of them, `report_wanted` which report is wanted whole.
    """

    opened = Signal(Behind)
    report_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        px = theme.px
        self.figures = (
            Figure(_("Income"), theme, large=True),
            Figure(_("Transactions"), theme),
            Figure(_("Average purchase"), theme),
            Figure(_("Pieces sold"), theme),
        )
        self.against: Against | None = None  # what was chosen to stand beside the figures
        self._view: Overview | None = None
        self._marks = Marks("", "", "")
        self.before = BeforeButton(theme)
        self.before.chosen.connect(self._choose)
        self.figures[0].hold(self.before)
        self.chart, self.ways = ChartPanel(theme), WaysPanel(theme)
        self.best, self.units = BestPanel(theme), UnitsPanel(theme)
        figures = QHBoxLayout()
        figures.setSpacing(px(12))
        for card, share in zip(self.figures, SHARES, strict=True):
            figures.addWidget(card, share)
        grid = QGridLayout()
        grid.setSpacing(px(12))
        grid.addWidget(self.chart, 0, 0)
        grid.addWidget(self.ways, 0, 1)
        grid.addWidget(self.best, 1, 0)
        grid.addWidget(self.units, 1, 1)
        grid.setRowStretch(0, 280)
        grid.setRowStretch(1, 250)
        self.below = BelowPanels(theme)
        self._top = _FirstView()
        top = QVBoxLayout(self._top)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(px(12))
        top.addLayout(figures)
        top.addLayout(grid, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(RIGHT), 0)
        column.setSpacing(px(12))
        column.addWidget(self._top)
        column.addWidget(self.below)
        column.addStretch(1)
        self.hold(inside)
        for panel in (self.chart, self.ways, self.best, self.units):
            panel.opened.connect(self._open_part)
        self.below.opened.connect(self._open_row)
        self.best.all_wanted.connect(lambda: self.report_wanted.emit("products"))
        self.units.all_wanted.connect(lambda: self.report_wanted.emit("institutions"))
        self.below.all_wanted.connect(self.report_wanted)

    def show_view(self, view: Overview, preset: str) -> None:
        """The figures of a period; `preset` is how it was chosen."""
        self._view = view
        self._compare()
        first = view.bars[0] if view.bars else None
        now = _("Today") if first is None or first.last == first.day else _("This week")
        if first is not None and first.hour is not None:
            now = _("This hour")
        name = preset_name(preset) if preset != DAYS else days_of(view.period)
        self._marks = Marks(name, now, _beside(view))
        self.chart.show_view(view, self._marks)
        self.ways.show_view(view)
        self.best.show_view(view)
        self.units.show_view(view)

    def drawn(self) -> Drawn | None:
        """What is seen at once, for paper; None before the first figures."""
        if self._view is None:
            return None
        return Drawn(self._view, tuple(card.written for card in self.figures), self._marks)

    def show_below(self, tables: Mapping[str, Table]) -> None:
        """The panels that are scrolled to; they come a moment later."""
        self.below.show_tables(tables)

    def _open_part(self, part: Bar | Way | Best | Unit) -> None:
        if self._view is not None:
            self.opened.emit(behind_part(part, self._view.period))

    def _open_row(self, table: Table, row: tuple[Any, ...]) -> None:
        behind = behind_row(table, row, self._view.period) if self._view else None
        if behind is not None:
            self.opened.emit(behind)

    def _choose(self, against: Against) -> None:
        self.against = against
        self._compare()

    def _compare(self) -> None:
        """Beside what was chosen; before that, and where it is not there, the first that can be compared."""
        if self._view is None:
            return
        found = self._view.comparisons
        best = next((one for one in found if one.why is None), found[0])
        one = next((one for one in found if one.against is self.against and one.why is None), best)
        show_figures(self.figures, self._view, one)
        self.before.show_all(found, one)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is beside gets narrower first; what is seen at once fills the window."""
        super().resizeEvent(event)
        least, most = (self.theme.px(one) for one in SIDE)
        side = max(least, min(most, (self.width() - self.theme.px(12 + RIGHT)) * 34 // 100))
        for panel in (self.ways, self.units):
            panel.setFixedWidth(side)
        self.below.set_side(side)
        self._top.fill(min(self.viewport().height(), self.theme.px(HIGHEST)))


def _beside(view: Overview) -> str:
    """What the grey bars are."""
    if view.compared is not None:
        return _("Last {weekday}").format(weekday=weekday_name(view.compared))
    return _("The week before") if len(view.bars) <= 7 else _("The weeks before")

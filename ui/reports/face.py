"""The page of figures: four at the top, below them the hours, how buyers paid, the goods, who made them."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.reports.compared import Against
from pos.reports.overview import Overview
from pos.text import _, weekday_name
from ui.reports.asked import DAYS, days_of, preset_name
from ui.reports.figures import BeforeButton, Figure, show_figures
from ui.reports.lists import BestPanel, UnitsPanel, WaysPanel
from ui.reports.panels import ChartPanel
from ui.scroll import Scroll
from ui.theme import Theme

SHARES = (365, 271, 311, 271)  # of the width, of the four figures
SIDE = (270, 422)  # px of what stands at the right: at least, at most


class Face(Scroll):
    """All of it in sight where there is room, otherwise it scrolls."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(over=False)
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
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addLayout(figures)
        column.addLayout(grid, 1)
        self.hold(inside)

    def show_view(self, view: Overview, preset: str) -> None:
        """The figures of a period; `preset` is how it was chosen."""
        self._view = view
        self._compare()
        now = _("This hour") if view.bars and view.bars[0].hour is not None else _("Today")
        name = preset_name(preset) if preset != DAYS else days_of(view.period)
        self.chart.show_view(view, (name, now, _beside(view)))
        self.ways.show_view(view)
        self.best.show_view(view)
        self.units.show_view(view)

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
        """What is beside gets narrower first."""
        super().resizeEvent(event)
        least, most = (self.theme.px(one) for one in SIDE)
        side = max(least, min(most, (self.width() - self.theme.px(12)) * 34 // 100))
        for panel in (self.ways, self.units):
            panel.setFixedWidth(side)


def _beside(view: Overview) -> str:
    """What the grey bars are."""
    if view.compared is not None:
        return _("Last {weekday}").format(weekday=weekday_name(view.compared))
    return _("The week before") if len(view.bars) <= 7 else _("The weeks before")

"""The institutions at the office: what they brought and what they are owed."""

from __future__ import annotations

from pos.text import _
from ui.app import App
from ui.office.report_page import ReportPage


class UnitsPage(ReportPage):
    """The settlement with every institution."""

    name = "settlement"

    def __init__(self, app: App) -> None:
        super().__init__(app, _("Institutions"))

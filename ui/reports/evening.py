"""The daily report out of the page of reports: of the one day that is shown, told on the page's banner."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pos.reports import Period
from pos.text import _
from ui.app import App
from ui.evening.report import EveningReport, OfDay
from ui.tell import Banner


class EveningOfPage(EveningReport):
    """Serves the page `over`, whose `banner` tells what was copied."""

    def __init__(self, app: App, over: QWidget, banner: Banner) -> None:
        super().__init__(app, over)
        self._banner = banner
        self.copied.connect(self._tell)
        self.failed.connect(lambda error: banner.say("danger", error.message, error.hint))

    def copy_of(self, period: Period | None) -> None:
        """Of a period of one day; of a longer one it says how to get there."""
        if period is None or period.start is None:
            return
        if period.start != period.end:
            told = _("The daily report is about one day.")
            self._banner.say("info", told, _("Choose today, yesterday or a date."))
            return
        self.copy(OfDay(period.start, period.booth, period.institution))

    def _tell(self, told: str) -> None:
        self._banner.say("ok", told, _("Paste it into WhatsApp."), _("See and change"), self.open_again)

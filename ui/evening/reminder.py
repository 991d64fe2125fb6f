"""The gentle reminder by day: at set hours the till names whose goods have not sold yet, and blocks nothing.

It never comes while somebody pays: then it waits. Asked for in experience.md 3 (1).
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from ui.app import App

if TYPE_CHECKING:  # the till is on the screen before it is reminded of anything
    from ui.till.desk import Desk

KEY = "remind"  # in pos/settings.py
LOOK_MS = 20_000  # how often the clock is looked at: it may be set, and the laptop may sleep
LATEST_MIN = 50  # minutes for which a reminder waits until nobody pays


class Reminder(QObject):
    """Lives beside the screens; `serve` tells it which till there is."""

    def __init__(self, app: App, parent: QObject) -> None:
        super().__init__(parent)
        self.app = app
        self.desk: Desk | None = None
        self._seen: datetime | None = None  # when the clock was looked at last
        self._due: datetime | None = None  # since when a reminder waits
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """From now on; hours that have passed before are not caught up on."""
        self._seen = self.app.clock.now()
        self._timer.start()

    def serve(self, desk: Desk) -> None:
        """This is the till from now on."""
        self.desk = desk
        desk.sold.connect(self._forget)

    def finish(self) -> None:
        """No more."""
        self._timer.stop()

    def look(self) -> None:
        """Whether an hour has come since the clock was looked at last, and whether it can be told now."""
        now, before = self.app.clock.now(), self._seen
        self._seen = now
        if before is not None and any(before < hour <= now for hour in self._hours(now)):
            self._due = now
        if self._due is None:
            return
        if not 0 <= (now - self._due).total_seconds() <= LATEST_MIN * 60:
            self._due = None
        elif self._is_quiet():
            self._due = None
            self.show_now()

    def show_now(self) -> None:
        """Name those that have not sold; nothing when all have, or are shown already."""
        desk = self.desk
        if desk is None or not desk.shelf.unsold or desk.till.goods.unsold.isChecked():
            return
        from ui.evening.reminder_bar import ReminderBar

        goods = desk.till.goods
        goods.below.put(ReminderBar(goods, desk.shelf, self.app.theme))

    def _forget(self, _sale: object) -> None:
        """Something was sold: what the line says may not be true any more."""
        if self.desk is not None:
            self.desk.till.goods.below.clear()

    def _hours(self, now: datetime) -> list[datetime]:
        hours = [int(hour) for hour in self.app.setting(KEY).split()]
        return [now.replace(hour=hour, minute=0, second=0, microsecond=0) for hour in hours if hour]

    def _is_quiet(self) -> bool:
        """The goods are in sight of a person, and no cart is being paid."""
        desk, app = self.desk, self.app
        if desk is None or app.shift is None or app.locked or desk.sale is not None:
            return False
        return desk.till.isVisible() and not desk.till.locked and not desk.basket.parts

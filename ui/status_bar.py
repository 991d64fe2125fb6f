"""The status bar: whose booth, who is at the till, since when; the printer; what waits; day and time."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QTimer
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from pos.practice import is_training, practice_word
from pos.text import _, clock_time, short_date
from ui.app import App
from ui.backup_mark import BackupMark
from ui.fill import fill
from ui.icons import icon_pixmap
from ui.plain_tip import plain_tip
from ui.printer_mark import PrinterMark
from ui.sync.waiting_mark import WaitingMark
from ui.theme import Theme
from ui.till.lettering import elided, weighted, write
from ui.widgets import Tag, label, vline


class StatusBar(QWidget):
    """One line at the bottom of the window."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        theme = app.theme
        self.theme = theme
        self.setFixedHeight(theme.size("statusBar"))
        self._cashier = self._words("", 500)
        self._shift = self._words("", 500)
        self._date = self._words("", 700)
        self._time = self._words("", 800, size=15)
        booth = self._words(app.device.name, 700)
        maker = _Elided(self._office() if app.office else app.institution.name, theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        row.setSpacing(theme.px(7))
        row.addWidget(self._icon("landmark" if app.office else "store"))
        row.addWidget(booth)
        row.addWidget(maker, 100)  # all the room there is, up to the whole name
        of_shift = () if app.office else (("clock", self._shift),)
        for icon, words in (("user-round", self._cashier), *of_shift):
            for part in (self._rule(), self._icon(icon), words):
                row.addWidget(part)
        row.addStretch(1)
        if not app.office:
            row.addWidget(BackupMark(app, self))
            row.addWidget(PrinterMark(app, self))
            if not is_training(app.device):
                row.addWidget(WaitingMark(app, self))
        elif app.ledger.read_only:
            row.addWidget(self._mark(_("READ ONLY"), _("This file cannot be written; it is only looked at.")))
            row.addWidget(self._rule())
        if app.device.sample:
            practise = _("Sample data to practise with; it never mixes with real books.")
            row.addWidget(self._mark(practice_word(app.device), practise))
            row.addWidget(self._rule())
        row.addWidget(self._date)
        row.addWidget(self._time)
        for changed in (app.shift_changed, app.staff_changed):
            changed.connect(self.refresh)
        self._minute = QTimer(self, singleShot=True)
        self._minute.timeout.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show who is at the till and what time it is, and again when the minute changes."""
        app = self.app
        now = app.clock.now()
        self._date.setText(short_date(now.date()))
        self._time.setText(clock_time(now))
        nobody = _("Nobody signed in") if app.office else _("No cashier yet")
        self._cashier.setText(app.cashier.name or nobody)
        since = _("Shift {number} since {time}")
        shift = app.shift
        self._shift.setText(
            since.format(number=app.shift_number, time=clock_time(shift.at)) if shift else _("No shift yet")
        )
        self._minute.start((60 - now.second) * 1000)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground and a hairline above."""
        painter = QPainter(self)
        fill(painter, self.rect(), self.theme.color("surface"))
        fill(painter, QRect(0, 0, self.width(), 1), self.theme.color("border"))

    def _words(self, text: str, weight: int, size: int = 13) -> QLabel:
        color = "text" if weight > 500 else "text2"
        words = label(text, "body", self.theme, color=color)
        words.setFont(weighted(self.theme.font("body", size), weight))
        return words

    def _icon(self, name: str) -> QLabel:
        icon = QLabel()
        size = self.theme.size("icon.small")
        icon.setPixmap(icon_pixmap(name, size, self.theme.color("text2"), self.devicePixelRatioF()))
        return icon

    def _rule(self) -> QWidget:
        rule = QWidget()
        inner = QHBoxLayout(rule)
        inner.setContentsMargins(self.theme.px(4), self.theme.px(8), self.theme.px(4), self.theme.px(7))
        inner.addWidget(vline(self.theme))
        return rule

    def _office(self) -> str:
        """Whose exhibition the books of an office are about."""
        device = self.app.device
        names = dict.fromkeys((device.event.office, device.event.name))  # told once, also where it is one
        return " · ".join(part for part in names if part and part != device.name)

    def _mark(self, word: str, why: str) -> Tag:
        mark = Tag(word, "gold", theme=self.theme)
        mark.setToolTip(plain_tip(why))
        return mark


class _Elided(QWidget):
    """A name that gives way, with an ellipsis, when the window is narrow."""

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__()
        self._text = text
        self._color = theme.color("text2")
        self.setFont(weighted(theme.font("body", 13), 500))
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(text))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMaximumWidth(QFontMetrics(self.font()).horizontalAdvance(text) + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As much of it as there is room for."""
        painter = QPainter(self)
        text = elided(self._text, QFontMetrics(self.font()), self.width())
        write(painter, QRectF(self.rect()), text, self.font(), self._color)

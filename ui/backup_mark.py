"""Copies in the status bar: there only when they have not worked for long, or the disk makes trouble.

Pressed it opens the settings; it is never the only way there (DESIGN.md chapter 5).
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.text import _, clock_time, short_date
from ui.app import App
from ui.icons import icon_pixmap
from ui.plain_tip import plain_tip
from ui.pressable import LOOKS, Pressable
from ui.theme import Theme
from ui.till.lettering import weighted

LOOK_MS = 60_000  # what is late becomes so by itself


class BackupMark(Pressable):
    """An icon and one line."""

    def __init__(self, app: App, bar: QWidget) -> None:
        theme: Theme = app.theme
        super().__init__("", "ghost", theme.radius("key"), theme, bar)
        self.app = app
        self._forms: tuple[str, ...] = ("",)  # the same in ever fewer words
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFont(weighted(theme.font("body", 13), 500))
        self.setFixedHeight(theme.size("statusBar"))
        self.clicked.connect(app.backup_wanted)
        app.backups.changed.connect(self.refresh)
        self._minute = QTimer(self, interval=LOOK_MS)
        self._minute.timeout.connect(self.refresh)
        self._minute.start()
        self.refresh()

    def sizeHint(self) -> QSize:
        """As wide as icon and words."""
        return QSize(self._width(self._forms[0]), self.height())

    def minimumSizeHint(self) -> QSize:
        """The shortest words; never cut."""
        return QSize(self._width(self._forms[-1]), self.height())

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Icon and words, and the hairline behind them, as the other parts of the bar."""
        px, size = self.theme.px, self.theme.size("icon.small")
        picture = icon_pixmap("triangle-alert", size, self.ink(), self.devicePixelRatioF())
        painter.drawPixmap(rect.left() + px(10), rect.center().y() + 1 - size // 2, picture)
        words = rect.adjusted(px(10 + 7) + size, 0, 0, 0)
        fitting = (one for one in self._forms if self._width(one) <= rect.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, next(fitting, self._forms[-1]))
        line = QRect(rect.right(), rect.top() + px(8), 1, rect.height() - px(15))
        painter.fillRect(line, self.theme.color("border"))

    def refresh(self) -> None:
        """Show how it is now."""
        backups = self.app.backups
        trouble, late = backups.trouble, backups.late
        forms: tuple[str, ...] = ("",)
        if trouble:
            forms = (_("Disk in trouble"), _("Disk"))
        elif late:
            today = late.date() == self.app.clock.now().date()
            since = clock_time(late) if today else short_date(late.date())
            forms = (_("No copies since {time}").format(time=since), _("No copies"), since)
        why = [str(trouble)] if trouble else [place.error for place in backups.notes.places.values()]
        self.look = LOOKS["ghost"]._replace(ink="danger" if trouble else "warn")
        self._forms, said = forms, forms[0]
        self.setText(said)
        self.setAccessibleName(said)
        self.setToolTip(plain_tip("\n".join(filter(None, why))))
        self.setVisible(bool(said))
        self.updateGeometry()
        self.update()

    def _width(self, words: str) -> int:
        px = self.theme.px
        return px(16 + 7) + QFontMetrics(self.font()).horizontalAdvance(words) + px(10 + 12)

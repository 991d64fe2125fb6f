"""What is not handed over yet, in the status bar: how much, since when, how much money."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.rights import may
from pos.text import _
from ui.app import App
from ui.plain_tip import plain_tip
from ui.pressable import LOOKS, Pressable
from ui.sync.syncing import SCREEN
from ui.sync.words import waiting_short
from ui.till.lettering import weighted

DOT = 8  # px


class WaitingMark(Pressable):
    """A dot and words: golden something waits, green nothing, orange for hours, red the last try failed.

    It is never the only way to the page: the menu has another (DESIGN.md chapter 5).
    """

    def __init__(self, app: App, bar: QWidget) -> None:
        super().__init__("", "ghost", app.theme.radius("key"), app.theme, bar)
        self.app = app
        self.dot = "goldStrong"  # a colour by its name
        self._said: tuple[str, ...] = ("",)  # the same in ever fewer words
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.look = LOOKS["ghost"]._replace(ink="text2")
        self.setFont(weighted(app.theme.font("body", 13), 500))
        self.setFixedHeight(app.theme.size("statusBar"))
        self.clicked.connect(lambda: app.screen_wanted.emit(SCREEN))
        app.syncing.changed.connect(self._refresh)
        app.staff_changed.connect(self._refresh)
        self._refresh()

    def sizeHint(self) -> QSize:
        """As wide as dot and words."""
        return QSize(self._width(self._said[0]), self.height())

    def minimumSizeHint(self) -> QSize:
        """The shortest words; never cut."""
        return QSize(self._width(self._said[-1]), self.height())

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Dot and words, and the hairline behind them, as the other parts of the bar."""
        px = self.theme.px
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color(self.dot))
        painter.drawEllipse(QPointF(px(10) + px(DOT) / 2, rect.height() / 2), px(DOT) / 2, px(DOT) / 2)
        painter.restore()
        words = rect.adjusted(px(10 + DOT + 7), 0, 0, 0)
        fitting = (one for one in self._said if self._width(one) <= rect.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, next(fitting, self._said[-1]))
        line = QRect(rect.right(), rect.top() + px(8), 1, rect.height() - px(15))
        painter.fillRect(line, self.theme.color("border"))

    def _width(self, words: str) -> int:
        px = self.theme.px
        return px(DOT + 7) + QFontMetrics(self.font()).horizontalAdvance(words) + px(10 + 12)

    def _refresh(self) -> None:
        syncing = self.app.syncing
        state, view = syncing.state, syncing.view
        money = may(self.app.cashier, "reports")
        forms = waiting_short(state.waiting, self.app.clock.now(), with_money=money) if state else ()
        if view is not None and syncing.by_hand:
            forms = (_("Handing over… {percent}%").format(percent=view.percent), f"{view.percent}%")
        self._said, said = forms or ("",), forms[0] if forms else ""
        waits = state is not None and state.waiting.documents > 0
        self.dot = "goldStrong" if waits else "primary"
        if waits and syncing.is_late:
            self.dot = "warn"
        if waits and syncing.trouble is not None:
            self.dot = "danger"
        self.setText(said)
        self.setAccessibleName(f"{said}. {_('Sync')}" if said else _("Sync"))
        self.setToolTip(
            plain_tip(str(syncing.trouble) if syncing.trouble else _("What is not handed over yet"))
        )
        self.setVisible(bool(said))
        self.updateGeometry()
        self.update()

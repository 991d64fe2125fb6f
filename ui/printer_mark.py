"""The printer in the status bar: ready, or how many papers have not come out. Pressed it opens the queue.

It is never the only way there: the page of settings has another (DESIGN.md chapter 5).
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QWidget

from pos.text import _, ngettext
from ui.app import App
from ui.icons import icon_pixmap
from ui.pressable import LOOKS, Pressable
from ui.theme import Theme
from ui.till.lettering import weighted


class PrinterMark(Pressable):
    """Not there without a printer, as long as nothing waits for one."""

    def __init__(self, app: App, bar: QWidget) -> None:
        theme: Theme = app.theme
        super().__init__("", "ghost", theme.radius("key"), theme, bar)
        self.app = app
        self.setFont(weighted(theme.font("body", 13), 500))
        self.setFixedHeight(theme.size("statusBar"))
        self.clicked.connect(self._open)
        app.printing.changed.connect(self._refresh)
        self._refresh()

    def sizeHint(self) -> QSize:
        """As wide as icon and words."""
        px = self.theme.px
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(px(16 + 7) + words + px(10 + 12), self.height())

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Icon and words, and the hairline behind them, as the other parts of the bar."""
        px, size = self.theme.px, self.theme.size("icon.small")
        picture = icon_pixmap("printer", size, self.ink(), self.devicePixelRatioF())
        painter.drawPixmap(rect.left() + px(10), rect.center().y() + 1 - size // 2, picture)
        words = rect.adjusted(px(10 + 7) + size, 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.text())
        line = QRect(rect.right(), rect.top() + px(8), 1, rect.height() - px(15))
        painter.fillRect(line, self.theme.color("border"))

    def _refresh(self) -> None:
        printing = self.app.printing
        count = printing.unprinted
        if count:
            said = ngettext("{count} not printed", "{count} not printed", count).format(count=count)
        else:
            said = _("Printer ready")
        self.look = LOOKS["ghost"]._replace(ink="warn" if count else "text2")
        self.setText(said)
        self.setAccessibleName(said)
        self.setToolTip(_("Print queue"))
        self.setVisible(printing.ready or bool(count))
        self.updateGeometry()
        self.update()

    def _open(self) -> None:
        from ui.print_tray import PrintTray

        PrintTray(self.app, self.window()).open()

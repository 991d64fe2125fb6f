"""Step 3: the shift is closed. Nothing is asked any more; the papers are here, and the next shift."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.closing import Closing
from pos.money import rupiah
from pos.receipts.blocks import Slip
from pos.text import _, clock_time, ngettext, short_date
from ui.flow import Flow
from ui.icons import icon_pixmap
from ui.keys import keycap
from ui.slip_view import SlipView
from ui.theme import Theme
from ui.widgets import Button, Panel, label


class EndStep(QWidget):
    """Shows a closing that is stored, or that there is none yet. It asks for things by its signals."""

    next_shift = Signal()
    reprint = Signal()
    save_sheet = Signal()
    evening = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._disc = _Disc(theme)
        self._title = label("", "heading", theme)
        self._words = label("", "bodyLarge", theme, color="text2", wrap=True)
        self._held = label("", "body", theme, color="text2", wrap=True)
        self._next = Button(_("Open the next shift"), keycap=keycap("main action"), large=True, theme=theme)
        self._print = Button(
            _("Print again"), kind="secondary", icon="printer", keycap=keycap("print"), theme=theme
        )
        self._save = Button(
            _("Save as A4"), kind="secondary", icon="file-down", keycap=keycap("pdf"), theme=theme
        )
        self._evening = Button(_("Daily report"), kind="secondary", icon="message-circle", theme=theme)
        self._evening.setAccessibleName(_("Copy the daily report for WhatsApp"))
        self.paper = SlipView(theme)
        self._side = QWidget()
        self._next.clicked.connect(self.next_shift)
        self._print.clicked.connect(self.reprint)
        self._save.clicked.connect(self.save_sheet)
        self._evening.clicked.connect(self.evening)
        self._lay_out()

    def show_closing(self, closing: Closing | None, paper: Slip | None) -> None:
        """Show that a shift is closed; None: this laptop closed none yet."""
        self._print.setVisible(closing is not None)
        self._save.setVisible(closing is not None)
        self._evening.setVisible(closing is not None)
        self._side.setVisible(closing is not None)
        if closing is None or paper is None:
            self._title.setText(_("No shift is open"))
            self._words.setText(_("Open one to sell; it is closed here in the evening."))
            self._held.setText("")
            return
        self._title.setText(_("Shift closed"))
        words = {"number": closing.paper, "day": short_date(closing.day), "time": clock_time(closing.at)}
        told = _("{number} · {day}, closed at {time}").format(**words)
        self._words.setText(f"{told}\n{_difference(closing)}")
        count = closing.report["held"]
        held = ngettext(
            "{count} cart stays put aside for the next shift.",
            "{count} carts stay put aside for the next shift.",
            count,
        )
        self._held.setText(held.format(count=count) if count else "")
        self.paper.show_paper(paper)

    def take_focus(self) -> None:
        """Enter goes on."""
        self._next.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The paper takes what the words leave."""
        super().resizeEvent(event)
        px = self._theme.px
        self._side.setFixedWidth(px(396) if self.width() >= px(1080) else px(340))

    def _lay_out(self) -> None:
        theme, px = self._theme, self._theme.px
        card = Panel(theme)
        more = Flow(px(8))
        more.add(self._print)
        more.add(self._save)
        more.add(self._evening)
        column = QVBoxLayout(card)
        column.setContentsMargins(px(32), px(24), px(32), px(24))
        column.setSpacing(px(10))
        column.addStretch(1)
        for part in (self._disc, self._title, self._words, self._held):
            column.addWidget(part)
        column.addSpacing(px(12))
        self._next.setMaximumWidth(px(480))
        column.addWidget(self._next)
        column.addWidget(more)
        column.addStretch(2)
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(px(2))
        side.addWidget(label(_("Z report"), "label", theme, color="text2"))
        side.addWidget(self.paper, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(14))
        row.addWidget(card, 1)
        row.addWidget(self._side)


class _Disc(QWidget):
    """A lock on soft green: done, and quiet."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedSize(theme.px(64), theme.px(64))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The disc and its icon."""
        theme, size = self._theme, self._theme.px(30)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("primarySoft"))
        painter.drawEllipse(self.rect())
        icon = icon_pixmap("lock-keyhole", size, theme.color("onPrimarySoft"), self.devicePixelRatioF())
        painter.drawPixmap((self.width() - size) // 2, (self.height() - size) // 2, icon)


def _difference(closing: Closing) -> str:
    if closing.uncounted:
        return _("The money was not counted.")
    counted = rupiah(closing.counted or 0)
    if not closing.difference:
        return _("{amount} counted, as it should be.").format(amount=counted)
    told = _("{amount} counted, {difference} over.") if closing.difference > 0 else ""
    told = told or _("{amount} counted, {difference} short.")
    return told.format(amount=counted, difference=rupiah(abs(closing.difference)))

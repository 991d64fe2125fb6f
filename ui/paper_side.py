"""The right side of the done screen: the paper of the sale, on the roll's width or as a kuitansi."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from pos.receipts.blocks import Slip
from pos.receipts.qr_text import QrReceipt
from pos.receipts.sheet import Sheet
from pos.text import _
from ui.pressable import Pressable
from ui.qr_view import QrView
from ui.slip_view import SlipView
from ui.theme import Theme
from ui.widgets import FitLabel

ROLLS = ("80", "58")  # mm
SHEET = "a5"
CODE = "qr"
_NAMES = {"80": "80 mm", "58": "58 mm", SHEET: "A5", CODE: "QR"}


class PaperSide(QWidget):
    """One paper and the choice between three, and the receipt as a code without any; it asks for another by
    `chosen` and waits until it is shown.
    """

    chosen = Signal(str)  # one of ROLLS, SHEET or CODE

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._view = SlipView(theme)
        self._code = QrView(theme)
        self.code_seen = self._code.seen
        self._title = FitLabel("title", theme)
        self._tabs = {paper: _Tab(name, theme) for paper, name in _NAMES.items()}
        self.paper = ROLLS[0]
        self.roll = ROLLS[0]  # the width that was chosen last
        self._other = False  # something else than the paper of the pressed tab is shown
        group = QButtonGroup(self)
        head = QHBoxLayout()
        head.setSpacing(theme.px(8))
        head.addWidget(self._title, 1)
        for tab in self._tabs.values():
            group.addButton(tab)
            head.addWidget(tab)
        self._tabs[self.paper].setChecked(True)
        self._title.setText(_("Receipt"))
        group.buttonToggled.connect(self._take)
        group.buttonClicked.connect(self._return)
        px = theme.px
        head.setContentsMargins(px(12), 0, px(16), 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(10), px(4), 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._view, 1)
        column.addWidget(self._code, 1)
        self._code.hide()

    def choose(self, paper: str) -> None:
        """Press one of the tabs."""
        self._tabs[paper].setChecked(True)

    def show_paper(self, paper: Slip | Sheet | QrReceipt) -> None:
        """Show what was asked for."""
        if isinstance(paper, QrReceipt):
            self._code.show_receipt(paper)
        else:
            self._view.show_paper(paper)
        self._view.setVisible(not isinstance(paper, QrReceipt))
        self._code.setVisible(isinstance(paper, QrReceipt))

    def show_other(self, paper: Slip, title: str) -> None:
        """Show a paper that has no tab; the tab that is pressed leads back from it."""
        self._other = True
        self._title.setText(title)
        self.show_paper(paper)

    def start(self, paper: Slip, *, sheets: bool = True) -> None:
        """Show the slip of another sale on the roll; without `sheets` there is nothing else of it."""
        for tab in (SHEET, CODE):
            self._tabs[tab].setVisible(sheets)
        self._other = False
        self._name_paper()
        self.blockSignals(True)  # the slip is here already
        self.choose(self.roll)
        self.blockSignals(False)
        self.show_paper(paper)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Sunken, with a hairline towards the change."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("sunken"))
        painter.fillRect(0, 0, 1, self.height(), self._theme.color("border"))

    def _take(self, tab: QAbstractButton, on: bool) -> None:
        if not on:
            return
        self._other = False
        self.paper = next(paper for paper, known in self._tabs.items() if known is tab)
        self.roll = self.paper if self.paper in ROLLS else self.roll
        self._name_paper()
        self.chosen.emit(self.paper)

    def _return(self) -> None:
        """The tab was pressed that is pressed already."""
        if self._other:
            self._other = False
            self._name_paper()
            self.chosen.emit(self.paper)

    def _name_paper(self) -> None:
        self._title.setText(_("Formal receipt") if self.paper == SHEET else _("Receipt"))


class _Tab(Pressable):
    """One of a few choices: 36 px are painted, 48 can be touched."""

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__(text, "secondary", theme.radius("control"), theme)
        self.setCheckable(True)
        self.setFont(theme.font("button", 13))
        self.setFixedHeight(theme.size("touchMin"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves Enter to the next sale

    def sizeHint(self) -> QSize:
        """As wide as the word."""
        width = QFontMetrics(self.font()).horizontalAdvance(self.text()) + self.theme.px(30)
        return QSize(max(width, self.theme.size("touchMin")), self.height())

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The chosen one is filled."""
        on, hot = self.isChecked(), self.underMouse()
        fill = "primary" if on else "surfaceAlt" if hot else "surface"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self.theme.color(fill))
        painter.setPen(QPen(self.theme.color("primary" if on else "border"), 1))
        shape = QRectF(self.rect()).adjusted(0.5, self.theme.px(6) + 0.5, -0.5, -self.theme.px(6) - 0.5)
        painter.drawRoundedRect(shape, self.corner, self.corner)
        painter.setPen(self.theme.color("onPrimary" if on else "text2"))
        painter.setFont(self.font())
        self.paint_content(painter, self.rect())

"""The receipt without paper on the screen: a code to photograph, and below it what the phone will show."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QWidget

from pos.receipts.qr_text import QrReceipt
from pos.text import _
from ui.qr import paint_qr
from ui.theme import Theme, load_theme
from ui.till.lettering import weighted

WRAP = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignHCenter) | int(Qt.AlignmentFlag.AlignTop)
WORDS = 120  # px at 100 % below the code


class QrView(QWidget):
    """As large as whole px allow. It is paper: white with dark ink in every mode.

    `seen` tells which receipt is in sight, and None when it is not any more.
    """

    seen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: QrReceipt | None = None
        self.setAccessibleName(_("Receipt as a QR code"))

    def show_receipt(self, shown: QrReceipt) -> None:
        """Another one."""
        self._shown = shown
        self.setAccessibleDescription(shown.text)
        self.update()
        if self.isVisible():
            self.seen.emit(shown)

    def showEvent(self, event: QShowEvent) -> None:
        """It comes into sight."""
        super().showEvent(event)
        self.seen.emit(self._shown)

    def hideEvent(self, event: QHideEvent) -> None:
        """Another paper, another page, or the next sale."""
        super().hideEvent(event)
        self.seen.emit(None)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Card, code, words."""
        if self._shown is None:
            return
        theme, px, paper = self._theme, self._theme.px, load_theme("light", self._theme.scale)
        side = min(self.width() - px(8), self.height() - px(WORDS + 20))
        card = QRect(0, px(8), side, side)
        card.moveLeft((self.width() - side) // 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(paper.color("surface"))
        painter.setPen(QPen(paper.color("border"), 1))
        painter.drawRoundedRect(QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5), px(10), px(10))
        paint_qr(painter, card, self._shown.text)
        words = QRect(px(12), card.bottom() + px(10), self.width() - px(24), px(WORDS))
        painter.setPen(theme.color("text"))
        painter.setFont(weighted(theme.font("bodyLarge"), 700))
        said = _("The buyer points the phone's camera here: the receipt is in the code, no network needed.")
        if self._shown.summed:
            said += " " + _("Too many lines for a code: only their sum is in it.")
        painter.drawText(words, WRAP, said)

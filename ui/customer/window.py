"""The buyer's window: one painted surface that never takes the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos.model import Device
from pos.practice import practice_word
from pos.text import _
from ui.customer.card_faces import paint_thanks, paint_welcome
from ui.customer.faces import Face, Paying, Receipt, Shopping, Thanks, Welcome
from ui.customer.receipt_face import paint_receipt
from ui.customer.shopping_face import paint_shopping
from ui.customer.words import spoken
from ui.theme import Mode, Theme, load_theme

DESIGNED = (1366, 768)  # px


class CustomerWindow(QWidget):
    """Shows one face at a time, as large as the window allows; the till's display size plays no part."""

    def __init__(self, mode: Mode, device: Device) -> None:
        super().__init__()
        self.face: Face = Welcome()
        self._mode = mode
        self._device = device
        self.setWindowFlags(
            Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, on=False)  # the till's window ends the program
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWindowTitle(_("Buyer's screen"))
        self.setAccessibleName(_("Buyer's screen"))
        self.show_face(self.face)

    @property
    def theme(self) -> Theme:
        """The look at the scale of this window."""
        wide, high = DESIGNED
        fits = min(self.width() / wide, self.height() / high)
        return load_theme(self._mode, max(200, int(1000 * fits)) / 1000)

    def show_face(self, face: Face) -> None:
        """Show another face."""
        self.face = face
        self.setAccessibleDescription(spoken(face, self._device))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """All of the face."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area, theme, device = self.rect(), self.theme, self._device
        match self.face:
            case Shopping() | Paying():
                paint_shopping(painter, area, theme, self.face, device)
            case Thanks():
                paint_thanks(painter, area, theme, self.face, practice_word(device))
            case Receipt():
                paint_receipt(painter, area, theme, self.face, practice_word(device))
            case Welcome():
                paint_welcome(painter, area, theme, device)

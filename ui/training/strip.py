"""The strip over the goods in training: that it is training, what helps there, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos.text import _
from ui.app import App
from ui.fill import fill
from ui.icons import icon_pixmap
from ui.pressable import Look
from ui.widgets import Button, label


class TrainingStrip(QWidget):
    """As high as its buttons. It stands above the screens and covers nothing."""

    scanner = Signal()
    lesson = Signal()

    def __init__(self, app: App) -> None:
        super().__init__()
        self.theme = theme = app.theme
        px = theme.px
        word = label(_("TRAINING"), "label", theme, color="onTraining")
        word.setFont(theme.font("button", 15))
        words = label(_("Nothing here counts."), "label", theme, color="onTraining")
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.scan = self._button(_("Practice scanner"), "scan-barcode")
        self.guide = self._button(_("Guide"), "circle-question-mark")
        self.back = self._button(_("Back to the booth"), "arrow-left")
        self.scan.clicked.connect(self.scanner)
        self.guide.clicked.connect(self.lesson)
        self.back.clicked.connect(lambda: app.training_wanted.emit(False))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(42), 0, px(4), 0)
        row.setSpacing(px(4))
        row.addWidget(word)
        row.addSpacing(px(8))
        row.addWidget(words, 1)
        for button in (self.scan, self.guide, self.back):
            row.addWidget(button)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One with the frame around the window."""
        theme, size = self.theme, self.theme.size("icon.small")
        painter = QPainter(self)
        fill(painter, self.rect(), theme.color("training"))
        sign = icon_pixmap("info", size, theme.color("onTraining"), self.devicePixelRatioF())
        painter.drawPixmap(theme.px(16), (self.height() - size) // 2, sign)

    def _button(self, text: str, icon: str) -> Button:
        button = Button(text, kind="ghost", icon=icon, theme=self.theme)
        button.look = Look("", "trainingHover", "trainingHover", "onTraining")
        button.margin = self.theme.px(6)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a tap leaves the keyboard with the search field
        return button

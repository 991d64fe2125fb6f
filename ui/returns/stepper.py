"""How many: less, the number, more. 44 px are painted, 48 can be touched."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.text import _
from ui.theme import Theme
from ui.till.lettering import CENTER, weighted, write
from ui.widgets import IconButton

WIDTH, PAINTED = 136, 44  # px


class Stepper(QWidget):
    """A number from 0. `changed` asks for another one; it shows what `set` says. + and - do it too."""

    changed = Signal(int)

    def __init__(self, name: str, theme: Theme, *, step: int = 1) -> None:
        """`step` is how much a press adds; of goods by weight more than one."""
        super().__init__()
        self.theme = theme
        self.value = 0
        self._name, self._step = name, step
        self._font = weighted(theme.font("bodyLarge"), 800)
        self._less = IconButton("minus", _("One less: {name}").format(name=name), theme=theme)
        self._more = IconButton("plus", _("One more: {name}").format(name=name), theme=theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for button, by in ((self._less, -step), (self._more, step)):
            button.setFixedSize(theme.size("touchMin"), theme.size("touchMin"))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, by=by: self.changed.emit(max(0, self.value + by)))
        row.addWidget(self._less)
        row.addStretch(1)
        row.addWidget(self._more)
        self.setFixedSize(theme.px(WIDTH), theme.size("touchMin"))
        self.set(0, more=True)

    def set(self, value: int, *, more: bool) -> None:
        """Show this number; `more` says whether it may still grow."""
        self.value = value
        self._less.setEnabled(value > 0)
        self._more.setEnabled(more)
        self.setAccessibleName(": ".join((self._name, str(value))))
        self.update()

    def stops(self) -> tuple[QWidget, QWidget]:
        """Where Tab stops, in order."""
        return self._less, self._more

    def focus_more(self) -> None:
        """The keyboard on its plus."""
        self._more.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """+ and - as on the cart's lines."""
        if event.text() == "+" and self._more.isEnabled():
            self.changed.emit(self.value + self._step)
        elif event.text() == "-" and self._less.isEnabled():
            self.changed.emit(max(0, self.value - self._step))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame around all three, and the number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inset = (self.height() - self.theme.px(PAINTED)) / 2 + 0.5
        shape = QRectF(self.rect()).adjusted(0.5, inset, -0.5, -inset)
        painter.setBrush(self.theme.color("surface"))
        painter.setPen(QPen(self.theme.color("borderStrong"), 1))
        radius = self.theme.radius("control")
        painter.drawRoundedRect(shape, radius, radius)
        ink = self.theme.color("text" if self.value else "text3")
        write(painter, QRectF(self.rect()), str(self.value), self._font, ink, CENTER)

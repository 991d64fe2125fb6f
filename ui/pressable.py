"""What all buttons share: their shape in each state, the focus ring, Enter."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.ring import Ring
from ui.theme import Theme

Kind: TypeAlias = Literal["primary", "secondary", "soft", "key", "danger", "danger-ghost", "ghost"]

_BY_KEYBOARD = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
}


class Look(NamedTuple):
    """The colour names of one kind of button. An empty border is none, an empty fill is see-through."""

    fill: str
    hover: str
    pressed: str
    ink: str
    border: str = ""
    hover_border: str = ""
    key_fill: str = "sunken"
    key_ink: str = "text3"
    line: int = 1  # px of the border


LOOKS: dict[str, Look] = {
    "primary": Look(
        "primary", "primaryHover", "primaryPressed", "onPrimary", key_fill="kbdOnPrimary", key_ink="onPrimary"
    ),
    "secondary": Look("surface", "surfaceAlt", "sunken", "text", "borderStrong", "borderInput"),
    "soft": Look("primarySoft", "primarySoftHover", "primarySoftHover", "onPrimarySoft", key_fill="surface"),
    "key": Look("keyBg", "border", "borderStrong", "text"),
    "danger": Look("danger", "dangerHover", "dangerPressed", "onDanger"),
    "danger-ghost": Look("", "dangerSoft", "dangerSoft", "danger"),
    "ghost": Look("", "sunken", "sunken", "text2"),
}


class Pressable(QAbstractButton):
    """A button that paints itself: the filled shape and the focus ring. Subclasses paint the content."""

    def __init__(
        self, text: str, kind: Kind, radius: int, theme: Theme, parent: QWidget | None = None
    ) -> None:
        """One that shows itself before it is laid out needs its `parent`, or it is a window of its own."""
        super().__init__(parent)
        self.theme = theme
        self.look = LOOKS[kind]
        self.corner = radius
        self.margin = 0  # px above and below what is painted that can be touched too
        self.always_ring = False
        self._ring: Ring | None = None
        self.setText(text)
        self.setAccessibleName(text)
        self.setFont(theme.font("button"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def ink(self) -> QColor:
        """The colour of text and icon in the present state."""
        return self.theme.color(self.look.ink if self.isEnabled() else "textDisabled")

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Text, icon, hints; the pen is set to `ink()` and the font to the button's."""
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Shape, then content."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_body(painter)
        painter.setPen(self.ink())
        painter.setFont(self.font())
        self.paint_content(painter, self.rect())

    def _paint_body(self, painter: QPainter) -> None:
        look, hot = self.look, self.underMouse() and self.isEnabled()
        fill = look.pressed if self.isDown() else look.hover if hot else look.fill
        border = (look.hover_border if hot else "") or look.border
        if not self.isEnabled():
            fill, border = ("sunken" if look.fill else ""), ""
        painter.setBrush(self.theme.color(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.color(border), look.line) if border else Qt.PenStyle.NoPen)
        inset = look.line / 2 if border else 0.0
        above = inset + self.margin
        shape = QRectF(self.rect()).adjusted(inset, above, -inset, -above)
        radius = min(self.corner, shape.height() / 2)
        painter.drawRoundedRect(shape, radius, radius)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses on every platform, once; a held key does nothing more."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring if the keyboard brought the focus."""
        super().focusInEvent(event)
        if not self._ring and (self.always_ring or event.reason() in _BY_KEYBOARD):
            self._ring = Ring(self, min(self.corner, self.height() // 2), self.theme)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes too."""
        super().focusOutEvent(event)
        if self._ring:
            self._ring.drop()
            self._ring = None

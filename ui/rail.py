"""The menu on the left: one button per screen, and who is at the till."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from pos.text import _
from ui.fill import fill
from ui.icons import icon_pixmap
from ui.people.avatar import Avatar
from ui.pictures import illustration
from ui.plain_tip import plain_tip
from ui.pressable import Look, Pressable
from ui.theme import Theme
from ui.till.lettering import CENTER, write

BY_KEYBOARD = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
EMBLEM = 38  # px
TOP = 67  # px from the window's edge to the first button; the emblem stands above it


class RailButton(Pressable):
    """A screen's icon over its name. Without a screen behind it it is disabled and says so."""

    def __init__(self, text: str, icon: str, theme: Theme, *, enabled: bool) -> None:
        super().__init__(text, "ghost", theme.radius("tile"), theme)
        self.icon_name = icon
        self._framed = False
        self._badge = 0
        self.look = Look("", "railHover", "railActive", "onRail")
        self.setFont(theme.font("caption"))
        self.setFixedWidth(64)
        self.setMinimumHeight(theme.px(48))
        self.setMaximumHeight(theme.size("railItem"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)  # low windows squeeze it
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setEnabled(enabled)
        if not enabled:
            self.setToolTip(_("Not available in this version"))

    def set_badge(self, count: int) -> None:
        """How much is to be done there; 0 shows none."""
        self._badge = count
        self.setAccessibleDescription(str(count) if count else "")
        self.update()

    def sizeHint(self) -> QSize:
        """As the design has it."""
        return QSize(64, self.maximumHeight())

    def minimumSizeHint(self) -> QSize:
        """What a thumb needs."""
        return self.minimumSize()

    def ink(self) -> QColor:
        """Bright when active, faint without a screen."""
        color = self.theme.color("onRailActive" if self.isChecked() else "onRail")
        if not self.isEnabled():
            color.setAlphaF(0.5)
        return color

    def nextCheckState(self) -> None:
        """A press asks for the screen; which one is active is the window's to say."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A golden frame inside instead of the usual ring, which could not be seen on the menu's green."""
        QAbstractButton.focusInEvent(self, event)
        self._framed = event.reason() in BY_KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame goes too."""
        QAbstractButton.focusOutEvent(self, event)
        self._framed = False
        self.update()

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """The active ground, the icon, the name, the frame of the keyboard."""
        if self.isChecked():
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(rect), self.corner, self.corner)
            painter.fillPath(shape, self.theme.color("railActive"))
        px, size = self.theme.px, self.theme.size("icon.nav")
        icon = icon_pixmap(self.icon_name, size, self.ink(), self.devicePixelRatioF())
        top = (rect.height() - px(44 if self.text() else 24)) / 2  # of icon and name together
        painter.drawPixmap(QPointF((rect.width() - size) / 2, top), icon)
        if self._badge:
            self._paint_badge(painter, QPointF((rect.width() + size) / 2, top))
        if self._framed:
            painter.setPen(QPen(self.theme.color("railAccent"), px(3)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -2, -2), self.corner, self.corner)
        words = QRectF(0, top + px(26), rect.width(), px(18))
        write(painter, words, self.text(), self.font(), self.ink(), CENTER)

    def _paint_badge(self, painter: QPainter, corner: QPointF) -> None:
        """A golden number over the icon's upper right corner."""
        px, words = self.theme.px, str(min(self._badge, 99))
        width = max(px(18), self.fontMetrics().horizontalAdvance(words) + px(10))
        disc = QRectF(corner.x() - px(8), corner.y() - px(5), width, px(18))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("railAccent"))
        painter.drawRoundedRect(disc, px(9), px(9))
        write(painter, disc, words, self.theme.font("keycap"), self.theme.color("onGold"), CENTER)


class Rail(QWidget):
    """Emblem, buttons, and the cashier's initials. Its width is the same at every display size."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setFixedWidth(theme.size("rail"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(6, TOP, 6, 10)
        self._column.setSpacing(2)
        self.help = _HelpButton(theme)
        self.avatar = _AvatarButton(theme)
        self._column.addStretch(1)
        self._column.addWidget(self.help, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignHCenter)

    def add(self, button: RailButton) -> None:
        """One more button below the others."""
        self._column.insertWidget(self._column.count() - 3, button)

    def show_cashier(self, name: str) -> None:
        """Who is at the till."""
        self.avatar.show_person(name)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground, the emblem, and a golden mark at the active button."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill(painter, self.rect(), self.theme.color("rail"))
        emblem = illustration("lambang-lapak-gelap", EMBLEM, EMBLEM, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - EMBLEM) // 2, 15, emblem)
        for button in self.findChildren(RailButton):
            if button.isChecked():
                mark = QRectF(-4, button.y() + (button.height() - 36) / 2, 8, 36)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self.theme.color("railAccent"))
                painter.drawRoundedRect(mark, 4, 4)


class _HelpButton(RailButton):
    """Only a question mark: help, the map of keys, and the way to the settings."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("", "circle-question-mark", theme, enabled=True)
        self.setCheckable(False)
        self.setFixedSize(64, theme.px(48))
        self.setAccessibleName(_("Help and map of keys"))
        self.setToolTip(f"{_('Help and map of keys')} (F1)")


class _AvatarButton(QAbstractButton):
    """The initials of the cashier; a press asks who is selling now."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._face = Avatar("", 0, 44, theme)
        self._framed = False
        self.setFixedSize(max(theme.size("avatar"), theme.px(48)), max(theme.size("avatar"), theme.px(48)))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._face.setParent(self)
        self._face.move((self.width() - self._face.width()) // 2, (self.height() - self._face.height()) // 2)

    def show_person(self, name: str) -> None:
        """Who is at the till; always in gold here."""
        self._face.show_person(name, 0)
        self.setToolTip(plain_tip(name))
        self.setAccessibleName(_("Cashier {name}").format(name=name))
        self.setVisible(bool(name))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A golden frame, as on the buttons above."""
        super().focusInEvent(event)
        self._framed = event.reason() in BY_KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame goes too."""
        super().focusOutEvent(event)
        self._framed = False
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame of the keyboard; the disc paints itself."""
        if self._framed:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.theme.color("onRailActive"), 2))
            painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))

"""One person in the list of those who may sign in."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy

from pos.model import Staff
from ui.icons import icon_pixmap
from ui.keys import keycap
from ui.marks import keycap_size, paint_keycap
from ui.people.avatar import disc_colors, initials
from ui.people.roles import role_name
from ui.pressable import Look, Pressable
from ui.theme import Theme
from ui.till.lettering import CENTER, LEFT, elided, weighted, write

DISC = 50  # px


class PersonButton(Pressable):
    """Disc, name, role, and the key; a tick when chosen."""

    def __init__(self, person: Staff, place: int, theme: Theme) -> None:
        super().__init__(person.name or person.code, "secondary", theme.radius("card"), theme)
        self.person = person
        self._place = place
        self._key = keycap("person", place) if place < 9 else ""
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the page takes all keys
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{person.name}, {role_name(person.role)}")
        self.setAccessibleDescription(self._key)

    def sizeHint(self) -> QSize:
        """76 px high."""
        return QSize(self.theme.px(360), self.theme.px(76))

    def minimumSizeHint(self) -> QSize:
        """As narrow as the window makes it."""
        return QSize(self.theme.px(200), self.theme.px(76))

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """From left to right."""
        theme, px, ratio = self.theme, self.theme.px, self.devicePixelRatioF()
        side = px(DISC)
        disc = QRectF(px(19), (rect.height() - side) / 2, side, side)
        ground, ink = disc_colors(self._place)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawEllipse(disc)
        letters = weighted(theme.font("bodyLarge", DISC * 0.35), 800)
        write(painter, disc, initials(self.person.name), letters, ink, CENTER)
        left = disc.right() + px(16)
        name, role = weighted(theme.font("bodyLarge", 17), 700), theme.font("body")
        room = int(rect.width() - left - px(76))
        upper = QRectF(left, rect.height() / 2 - px(23), room, px(26))
        shown = elided(self.person.name, QFontMetrics(name), room)
        write(painter, upper, shown, name, theme.color("text"), LEFT)
        lower = QRectF(left, upper.bottom(), room, px(20))
        write(painter, lower, role_name(self.person.role), role, theme.color("text2"), LEFT)
        if self.isChecked():
            size = px(24)
            tick = icon_pixmap("circle-check", size, theme.color("primary"), ratio)
            painter.drawPixmap(QPointF(rect.width() - px(20) - size, (rect.height() - size) / 2), tick)
        elif self._key:
            place = QPointF(rect.width() - px(19) - keycap_size(self._key, theme).width(), rect.height() / 2)
            paint_keycap(painter, place, self._key, theme, ("sunken", theme.color("text3")))

    def _paint_body(self, painter: QPainter) -> None:
        chosen = Look("primarySoft", "primarySoft", "primarySoftHover", "text", "primary", "primary", line=2)
        plain = Look("surface", "surfaceAlt", "sunken", "text", "border", "borderStrong")
        self.look = chosen if self.isChecked() else plain
        painter.setPen(QPen(Qt.PenStyle.NoPen))
        super()._paint_body(painter)

"""What the steps are made of: fields that open a list, cards to choose by, captions."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.fields import FieldMessage
from ui.icons import icon_pixmap
from ui.plain_tip import plain_tip
from ui.pressable import Look, Pressable
from ui.theme import Theme
from ui.till.lettering import LEFT, elided, weighted, write
from ui.widgets import fitted, label

FIELD = 56  # px: DESIGN.md chapter 5, fields of the first start
CARD = 80


class PickField(Pressable):
    """Looks like a field and opens something to choose from: icon, what is chosen, what is added to it.

    Where it has a layout, what is in that keeps its place. Of a `path` the middle goes where room is short.
    """

    def __init__(
        self, name: str, icon: str, theme: Theme, *, opens: str = "chevron-down", path: bool = False
    ) -> None:
        super().__init__("", "secondary", theme.radius("control"), theme)
        self._name, self._icon, self._opens = name, icon, opens
        self._more, self._bold, self._path = "", True, path
        self.look = Look("surface", "surfaceAlt", "sunken", "text", "borderInput", "borderInput")
        self.setFixedHeight(theme.px(FIELD))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.px(120))
        self.show_value("")

    def show_value(self, value: str, more: str = "", *, bold: bool = True) -> None:
        """What is chosen; `more` stands behind it, paler."""
        self.setText(value)
        self._more, self._bold = more, bold
        self.setAccessibleName(f"{self._name}: {value} {more}".strip())
        self.setToolTip(plain_tip(value))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as it is made."""
        return QSize(self.theme.px(240), self.theme.px(FIELD))

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """From left to right."""
        theme, px, size = self.theme, self.theme.px, self.theme.size("icon.normal")
        left, right = rect.left() + px(15), rect.right() - px(14)
        middle = rect.center().y() + 1 - size // 2
        if self._icon:
            picture = icon_pixmap(self._icon, size, self.ink(), self.devicePixelRatioF())
            painter.drawPixmap(left, middle, picture)
            left += px(30)
        if self._opens:
            picture = icon_pixmap(self._opens, size, self.ink(), self.devicePixelRatioF())
            painter.drawPixmap(right - size, middle, picture)
            right -= size + px(8)
        if inside := self.layout():
            right -= inside.sizeHint().width()
        font = weighted(theme.font("bodyLarge", 15), 700 if self._bold else 500)
        metrics = QFontMetrics(font)
        pale = theme.font("bodyLarge", 15)
        more = QFontMetrics(pale).horizontalAdvance(self._more) + px(10) if self._more else 0
        room = right - left - more
        cut = Qt.TextElideMode.ElideMiddle
        text = (
            metrics.elidedText(self.text(), cut, room) if self._path else elided(self.text(), metrics, room)
        )
        write(painter, QRectF(left, 0, right - left, rect.height()), text, font, self.ink(), LEFT)
        if self._more:
            left += metrics.horizontalAdvance(text) + px(10)
            box = QRectF(left, 0, right - left, rect.height())
            write(painter, box, self._more, pale, theme.color("text2"), LEFT)


class ChoiceCard(Pressable):
    """One of several ways: icon, name, what it means; a ring at the right tells the chosen one."""

    def __init__(self, icon: str, name: str, hint: str, theme: Theme) -> None:
        super().__init__(name, "secondary", theme.radius("tile"), theme)
        self._icon, self._hint = icon, hint
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(f"{name}. {hint}")
        self.setToolTip(plain_tip(hint))
        self.setFixedHeight(theme.px(CARD))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(theme.px(150))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space chooses, as of every radio button; Enter is the step's, which goes on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As wide as it is made."""
        return QSize(self.theme.px(240), self.theme.px(CARD))

    def _paint_body(self, painter: QPainter) -> None:
        chosen = Look("primarySoft", "primarySoftHover", "primarySoftHover", "text", "primary", line=2)
        plain = Look("surface", "surfaceAlt", "sunken", "text", "border", "borderStrong")
        self.look = chosen if self.isChecked() else plain
        super()._paint_body(painter)

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Icon and name, the hint below, the ring."""
        theme, px, ratio = self.theme, self.theme.px, self.devicePixelRatioF()
        size, chosen = theme.size("icon.nav"), self.isChecked()
        ink = theme.color("primary" if chosen else "text")
        painter.drawPixmap(px(18), px(28) - size // 2, icon_pixmap(self._icon, size, ink, ratio))
        right = rect.width() - px(16)
        name = weighted(theme.font("bodyLarge"), 700)
        box = QRectF(px(52), px(16), right - px(28) - px(52), px(24))
        write(painter, box, elided(self.text(), QFontMetrics(name), int(box.width())), name, self.ink(), LEFT)
        hint = theme.font("label")
        below = QRectF(px(18), px(45), right - px(18), px(20))
        small = fitted(hint, self._hint, int(below.width()))
        write(painter, below, self._hint, small, theme.color("text2"), LEFT)
        centre = QPointF(right - px(10), px(28))
        radius = px(7.3 if chosen else 9)
        painter.setPen(QPen(theme.color("primary" if chosen else "borderInput"), px(5.5 if chosen else 2)))
        painter.setBrush(theme.color("surface"))
        painter.drawEllipse(centre, radius, radius)


class Captioned(QWidget):
    """A field below its name, and below both what is wrong, or a hint."""

    def __init__(self, name: str, field: QWidget, theme: Theme, *, hint: str = "") -> None:
        super().__init__()
        self.field = field
        self._hint = label(hint, "label", theme, color="text3", wrap=True)
        self._wrong = FieldMessage(theme)
        self._wrong.hide()
        self._hint.setVisible(bool(hint))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(6))
        column.addWidget(label(name, "label", theme, color="text2"))
        column.addWidget(field)
        column.addWidget(self._hint)
        column.addWidget(self._wrong)
        column.addStretch(1)

    @property
    def wrong(self) -> str:
        """What it says is wrong."""
        return self._wrong.text

    def say(self, wrong: str, hint: str = "", *, advice: bool = False) -> None:
        """What is wrong, or only to be thought of; else the hint."""
        self._wrong.say(wrong, advice=advice)
        self._wrong.setVisible(bool(wrong))
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint) and not wrong)


def side_by_side(theme: Theme, *parts: QWidget, gap: int = 12) -> QHBoxLayout:
    """Widgets of equal width in a row, `gap` px apart."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.px(gap))
    for part in parts:
        row.addWidget(part, 1)
    return row


def stacked(theme: Theme, widget: QWidget, *parts: QWidget | QLayout, gap: int = 14) -> QBoxLayout:
    """Lay `parts` out in `widget`, one below the other."""
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.px(gap))
    for part in parts:
        if isinstance(part, QLayout):
            column.addLayout(part)
        else:
            column.addWidget(part)
    column.addStretch(1)
    return column

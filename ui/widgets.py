"""The few widgets that every screen is made of: buttons, chips, tags, key hints, labels, panels, lines."""

from __future__ import annotations

from typing import Literal, TypeAlias

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui.icons import icon_pixmap
from ui.marks import keycap_size, paint_diamond, paint_keycap
from ui.plain_tip import plain_tip
from ui.pressable import LOOKS, Kind, Look, Pressable
from ui.theme import Theme

TagKind: TypeAlias = Literal["neutral", "ok", "gold", "warn", "danger", "info"]

TAG_COLORS: dict[str, tuple[str, str]] = {
    "neutral": ("sunken", "text2"),
    "ok": ("primarySoft", "onPrimarySoft"),
    "gold": ("goldSoft", "onGoldSoft"),
    "warn": ("warnSoft", "onWarnSoft"),
    "danger": ("dangerSoft", "onDangerSoft"),
    "info": ("infoSoft", "onInfoSoft"),
}


class Button(Pressable):
    """A verb, with an icon before it and the key that does the same behind it.

    The key hint gives way when there is no room for it; the label never does. `large` is for paying (68 px).
    """

    def __init__(
        self,
        text: str,
        *,
        kind: Kind = "primary",
        icon: str = "",
        keycap: str = "",
        large: bool = False,
        theme: Theme,
    ) -> None:
        super().__init__(text, kind, theme.radius("tile" if large else "control"), theme)
        self.icon_name = icon
        self.keycap = keycap
        self._pad = theme.px(16)
        self._gap = theme.px(8)
        self._icon_size = theme.size("icon.nav" if large else "icon.normal")
        self.setFont(theme.font("buttonLarge" if large else "button"))
        self.setFixedHeight(theme.size("buttonPay" if large else "button"))
        if keycap:
            self.setAccessibleDescription(keycap)

    def sizeHint(self) -> QSize:
        """As wide as everything in it."""
        return QSize(self._width(keycap=True) + 2 * self._pad, self.height())

    def minimumSizeHint(self) -> QSize:
        """Without the key hint."""
        return QSize(self._width(keycap=False) + self._pad, self.height())

    def setText(self, text: str) -> None:
        """Change the label and what screen readers say."""
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Icon, text and key hint as one group in the middle."""
        room = rect.width() - self._pad
        with_key = bool(self.keycap) and self._width(keycap=True) <= room
        x = rect.x() + max((rect.width() - self._width(keycap=with_key)) // 2, self._pad // 2)
        if self.icon_name:
            size = self._icon_size
            pixmap = icon_pixmap(self.icon_name, size, self.ink(), self.devicePixelRatioF())
            painter.drawPixmap(x, rect.center().y() + 1 - size // 2, pixmap)
            x += size + self._gap
        painter.setFont(fitted(self.font(), self.text(), rect.right() - self._pad // 2 - x))
        painter.drawText(rect.adjusted(x, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, self.text())
        if with_key:
            x += painter.fontMetrics().horizontalAdvance(self.text()) + self._gap
            fill, ink = (self.look.key_fill, self.look.key_ink) if self.isEnabled() else ("", "textDisabled")
            place = QPointF(x, rect.center().y() + 1)
            paint_keycap(painter, place, self.keycap, self.theme, (fill, self.theme.color(ink)))

    def _width(self, *, keycap: bool) -> int:
        width = QFontMetrics(self.font()).horizontalAdvance(self.text())
        if self.icon_name:
            width += self._icon_size + (self._gap if self.text() else 0)
        if keycap and self.keycap:
            width += self._gap + keycap_size(self.keycap, self.theme).width()
        return width


class IconButton(Pressable):
    """A square with only an icon; `name` is what screen readers and the tool tip say."""

    def __init__(self, icon: str, name: str, *, kind: Kind = "ghost", size: int = 48, theme: Theme) -> None:
        super().__init__("", kind, theme.radius("control"), theme)
        self.icon_name = icon
        self._icon_size = theme.size("icon.normal")
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
        self.setFixedSize(theme.px(size), theme.px(size))

    def sizeHint(self) -> QSize:
        """Square."""
        return self.minimumSize()

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """The icon in the middle."""
        pixmap = icon_pixmap(self.icon_name, self._icon_size, self.ink(), self.devicePixelRatioF())
        corner = rect.center() - QRect(0, 0, self._icon_size, self._icon_size).center()
        painter.drawPixmap(corner, pixmap)


class OnwardButton(IconButton):
    """The arrow to the right: that to the left, turned."""

    def __init__(self, name: str, *, theme: Theme) -> None:
        super().__init__("arrow-left", name, theme=theme)

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Turned around the middle."""
        painter.translate(rect.width(), 0)
        painter.scale(-1, 1)
        super().paint_content(painter, rect)


class Chip(Pressable):
    """A filter: a word and how many it holds. Checked it is green; `gold` is for what has not sold today."""

    def __init__(
        self,
        text: str,
        count: int | None = None,
        *,
        checkable: bool = True,
        gold: bool = False,
        theme: Theme,
    ) -> None:
        super().__init__(text, "secondary", theme.radius("pill"), theme)
        self._count = count
        self._gold = gold
        self._pad = theme.px(15)
        self._small = theme.font("caption")
        self.setCheckable(checkable)
        self.setFixedHeight(theme.size("chip"))
        self.set_count(count)

    def set_count(self, count: int | None) -> None:
        """Another number behind the word; None for none."""
        self._count = count
        self.setAccessibleName(self.text() if count is None else f"{self.text()}, {count}")
        self.updateGeometry()
        self.update()

    def narrow(self) -> None:
        """Less around the word, where many stand in one row."""
        self._pad = self.theme.px(12)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as its content, and never too narrow for a finger."""
        return QSize(max(self._content_width(), self.theme.size("touchMin")), self.height())

    def _content_width(self) -> int:
        width = QFontMetrics(self.font()).horizontalAdvance(self.text()) + 2 * self._pad
        if self._count is not None:
            width += QFontMetrics(self._small).horizontalAdvance(str(self._count)) + self.theme.px(8)
        if self._gold:
            width += self.theme.px(20)
        return width

    def minimumSizeHint(self) -> QSize:
        """Never cut."""
        return self.sizeHint()

    def ink(self) -> QColor:
        """By state: checked (also when nobody may change it), gold, plain."""
        if self.isChecked():
            return self.theme.color("onPrimary" if self.isEnabled() else "text")
        return self.theme.color("onGoldSoft") if self._gold else super().ink()

    def _paint_body(self, painter: QPainter) -> None:
        if self.isChecked():
            self.look = LOOKS["primary"]
        elif self._gold:
            self.look = Look("goldSoft", "goldSoft", "goldSoft", "onGoldSoft", "goldBorder")
        else:
            self.look = Look("surface", "sunken", "sunken", "text2", "border", "borderStrong")
        super()._paint_body(painter)

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Diamond if gold, word, number."""
        x = rect.x() + self._pad + max(0, (rect.width() - self._content_width()) // 2)  # of a short word
        if self._gold:
            paint_diamond(painter, QPointF(x + self.theme.px(5), rect.center().y() + 1), self.theme)
            painter.setPen(self.ink())
            x += self.theme.px(20)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(x, rect.y(), rect.width(), rect.height()), middle, self.text())
        if self._count is not None:
            x += painter.fontMetrics().horizontalAdvance(self.text()) + self.theme.px(8)
            painter.setFont(self._small)
            painter.drawText(QRect(x, rect.y(), rect.width(), rect.height()), middle, str(self._count))


class Tag(QWidget):
    """A state in a word, often with an icon; 24 px high (`large`: 28), no button."""

    def __init__(
        self, text: str, kind: TagKind = "neutral", *, icon: str = "", large: bool = False, theme: Theme
    ) -> None:
        super().__init__()
        self.theme = theme
        self._text = ""
        self._kind: TagKind = kind
        self._icon = ""
        self._height = theme.px(28 if large else 24)
        self._pad = theme.px(12 if large else 9)
        self.setFont(theme.font("label" if large else "caption"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(text, kind, icon=icon)

    def set(self, text: str, kind: TagKind, *, icon: str = "") -> None:
        """Show another state."""
        self._text, self._kind, self._icon = text, kind, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its content."""
        width = QFontMetrics(self.font()).horizontalAdvance(self._text) + 2 * self._pad
        return QSize(width + (self.theme.px(20) if self._icon else 0), self._height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Pill, icon, word."""
        fill, ink = (self.theme.color(name) for name in TAG_COLORS[self._kind])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(self.rect(), self.height() / 2, self.height() / 2)
        x = self._pad
        if self._icon:
            size = self.theme.px(14)
            pixmap = icon_pixmap(self._icon, size, ink, self.devicePixelRatioF())
            painter.drawPixmap(x, (self.height() - size) // 2, pixmap)
            x += self.theme.px(20)
        painter.setPen(ink)
        painter.setFont(self.font())
        painter.drawText(QRect(x, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, self._text)


class Keycap(QWidget):
    """A key hint on its own, as in the search field."""

    def __init__(self, text: str, theme: Theme) -> None:
        super().__init__()
        self._text = text
        self._theme = theme
        self.setFixedSize(keycap_size(text, theme))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the hint."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = ("sunken", self._theme.color("text3"))
        paint_keycap(painter, QPointF(0, self.height() / 2), self._text, self._theme, colors)


class Panel(QWidget):
    """A flat card: a fill, a hairline and round corners, by token names. An empty border is none."""

    def __init__(
        self, theme: Theme, *, fill: str = "surface", border: str = "border", radius: str = "card"
    ) -> None:
        super().__init__()
        self.theme = theme
        self._fill = fill
        self._border = border
        self._radius = theme.radius(radius)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self.theme.color(self._fill))
        painter.setPen(QPen(self.theme.color(self._border), 1) if self._border else QPen(Qt.PenStyle.NoPen))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._radius, self._radius
        )


def label(
    text: str, role: str, theme: Theme, *, color: str = "text", wrap: bool = False, right: bool = False
) -> QLabel:
    """Plain text (never markup, whatever a name contains) in a font role and a colour name."""
    result = QLabel()
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setText(text)
    result.setFont(theme.font(role))
    result.setWordWrap(wrap)
    set_color(result, theme.color(color))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    result.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
    return result


class FitLabel(QLabel):
    """One line of plain text that shrinks rather than be cut; for amounts that may be long.

    Amounts have nothing above their capitals: the line is lower than the font by some of that.
    """

    def __init__(self, role: str, theme: Theme, *, color: str = "text", size: float | None = None) -> None:
        super().__init__()
        self._theme = theme
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_role(role, size)
        set_color(self, theme.color(color))

    def set_role(self, role: str, size: float | None = None) -> None:
        """Another font, and a line that fits it."""
        self.setFont(self._theme.font(role, size))
        self.setFixedHeight(QFontMetrics(self.font()).height() - self._saved())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The text in the largest size that fits, on the alignment's side."""
        painter = QPainter(self)
        painter.setFont(fitted(self.font(), self.text(), self.width()))
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.line(), self.alignment(), self.text())

    def line(self) -> QRect:
        """Where the font's whole line stands, which begins above the widget."""
        return self.rect().adjusted(0, -self._saved(), 0, 0)

    def _saved(self) -> int:
        return self.font().pixelSize() // 10


def fitted(font: QFont, text: str, width: int) -> QFont:
    """`font`, or a smaller one in which `text` takes at most `width` px."""
    needed = QFontMetrics(font).horizontalAdvance(text)
    if needed <= width or width <= 0:
        return font
    smaller = QFont(font)
    smaller.setPixelSize(max(font.pixelSize() * width // needed, 1))
    return smaller


def set_color(widget: QWidget, color: QColor) -> None:
    """The text colour of a label."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.WindowText, color)
    widget.setPalette(palette)


def hline(theme: Theme) -> QFrame:
    """A hairline across."""
    line = QFrame()
    line.setFixedHeight(1)
    line.setAutoFillBackground(True)
    palette = line.palette()
    palette.setColor(QPalette.ColorRole.Window, theme.color("border"))
    line.setPalette(palette)
    return line


def vline(theme: Theme) -> QFrame:
    """A hairline downwards."""
    line = hline(theme)
    line.setMinimumHeight(0)
    line.setMaximumHeight(16777215)  # QWIDGETSIZE_MAX
    line.setFixedWidth(1)
    return line

"""Small parts of the stock screen: tabs, steppers, thumbnails, labelled fields, the institution's button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegularExpressionValidator,
)
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from pos.model import Product
from pos.text import _
from ui.fields import FieldFrame
from ui.icons import icon_pixmap
from ui.photos import Photos
from ui.pictures import illustration
from ui.plain_tip import plain_tip
from ui.pressable import Look, Pressable
from ui.theme import Theme
from ui.till.lettering import LEFT, elided, write
from ui.widgets import label

_TAB = Look("", "border", "borderStrong", "text2")
_CHOSEN = Look("surface", "surface", "surface", "primary", "border")
_STEP = Look("", "surfaceAlt", "sunken", "text2")
_PLAIN = Look("", "sunken", "sunken", "text")


class Tabs(QWidget):
    """A row of tabs of which one is chosen; `chosen` tells its place."""

    chosen = Signal(int)

    def __init__(self, names: Sequence[str], theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        px = theme.px
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(4), px(2), px(4), px(2))
        row.setSpacing(px(2))
        for place, name in enumerate(names):
            tab = _Tab(name, theme)
            self._group.addButton(tab, place)
            row.addWidget(tab)
        self._group.idClicked.connect(self.chosen)
        self.setFixedHeight(px(52))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_chosen(self, place: int) -> None:
        """Mark a tab."""
        self._group.button(place).setChecked(True)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The trough."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("sunken"))
        radius = self.theme.radius("tile")
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)


class _Tab(Pressable):
    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__(name, "ghost", theme.radius("thumb"), theme)
        self.setCheckable(True)
        self.margin = theme.px(2)
        self.setFixedHeight(theme.size("touchMin"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(width + self.theme.px(30), self.height())

    def minimumSizeHint(self) -> QSize:
        width = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(width + self.theme.px(12), self.height())

    def _paint_body(self, painter: QPainter) -> None:
        self.look = _CHOSEN if self.isChecked() else _TAB
        super()._paint_body(painter)


class Stepper(QWidget):
    """A whole number with a button on either side; it may be empty. `changed` fires for changes by a person.

    Painted 44 px high, 48 to the finger. Enter tells `entered`; what Up and Down change is the number too.
    """

    changed = Signal()
    entered = Signal()
    focused = Signal()

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        px = theme.px
        self.setFixedSize(px(146), theme.size("touchMin"))
        self.edit = QLineEdit()
        self.edit.setProperty("bare", True)
        self.edit.setFont(theme.font("title"))
        self.edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.edit.setAccessibleName(name)
        self.edit.setValidator(QRegularExpressionValidator(r"[0-9]{0,7}", self.edit))
        self.edit.setMinimumWidth(px(20))
        self.edit.installEventFilter(self)
        self.edit.textEdited.connect(lambda _text: self.changed.emit())
        self.edit.returnPressed.connect(self.entered)
        self.setFocusProxy(self.edit)
        self.less = _StepButton("minus", _("One less: {name}").format(name=name), theme)
        self.more = _StepButton("plus", _("One more: {name}").format(name=name), theme)
        self.less.clicked.connect(lambda: self.step(-1))
        self.more.clicked.connect(lambda: self.step(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.less)
        row.addWidget(self.edit, 1)
        row.addWidget(self.more)

    @property
    def value(self) -> int | None:
        """What is in it; None while it is empty."""
        return int(self.edit.text()) if self.edit.text() else None

    def show_value(self, value: int | None) -> None:
        """Show a number, None for nothing; typing goes on where it was."""
        text = "" if value is None else str(value)
        if text != self.edit.text():
            self.edit.setText(text)

    def step(self, by: int) -> None:
        """One more or less, never below 0."""
        self.show_value(max((self.value or 0) + by, 0))
        self.changed.emit()

    def eventFilter(self, _edit: QObject, event: QEvent) -> bool:
        """The frame shows the focus; Up and Down count."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            if event.type() == QEvent.Type.FocusIn:
                self.edit.selectAll()
                self.focused.emit()
            self.update()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            by = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
            if by:
                self.step(by)
                return True
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The box with its two lines."""
        px, focus = self.theme.px, self.edit.hasFocus()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self.theme.color("surface"))
        width = px(2) if focus else 1
        painter.setPen(QPen(self.theme.color("primary" if focus else "borderStrong"), width))
        inset = width / 2
        box = QRectF(self.rect()).adjusted(inset, px(2) + inset, -inset, -px(2) - inset)
        radius = self.theme.radius("control")
        painter.drawRoundedRect(box, radius, radius)
        painter.setPen(QPen(self.theme.color("border"), 1))
        for x in (self.edit.x(), self.edit.x() + self.edit.width()):
            painter.drawLine(QPoint(x, int(box.top()) + 2), QPoint(x, int(box.bottom()) - 2))


class _StepButton(Pressable):
    def __init__(self, icon: str, name: str, theme: Theme) -> None:
        super().__init__("", "ghost", theme.radius("control"), theme)
        self.look = _STEP
        self.margin = theme.px(4)
        self._icon = icon
        self.setAccessibleName(name)
        self.setAutoRepeat(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the number beside it has Up and Down
        self.setFixedSize(theme.size("touchMin"), theme.size("touchMin"))

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        size = self.theme.px(18)
        picture = icon_pixmap(self._icon, size, self.ink(), self.devicePixelRatioF())
        painter.drawPixmap((rect.width() - size) // 2, (rect.height() - size) // 2, picture)


class Thumb(QWidget):
    """The picture of a product, 42 px."""

    def __init__(self, product: Product, photos: Photos, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._product = product
        self._photos = photos
        self.setFixedSize(theme.px(42), theme.px(42))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        photos.arrived.connect(self._arrived)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Photo, or illustration on its ground."""
        image, ratio, side = self._product.image, self.devicePixelRatioF(), self.width()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        radius = self.theme.radius("thumb")
        path.addRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setClipPath(path)
        photo = self._photos.photo(image, QSize(side, side), ratio)
        if photo:
            painter.drawPixmap(0, 0, photo)
            return
        painter.fillRect(self.rect(), self.theme.illustration_background(image))
        inner = side - 2 * self.theme.px(4)
        painter.drawPixmap(self.theme.px(4), self.theme.px(4), illustration(image, inner, inner, ratio))

    def _arrived(self, name: str) -> None:
        if name == self._product.image:
            self.update()


class NameButton(Pressable):
    """Name of a product and a line below it; pressed, it opens its stock card."""

    def __init__(self, name: str, below: str, theme: Theme) -> None:
        super().__init__(name, "ghost", theme.radius("thumb"), theme)
        self.look = _PLAIN
        self.below = below
        self._small = theme.font("caption")
        self.setFont(theme.font("itemName"))
        self.setAccessibleName(_("Stock card of {name}").format(name=name))
        self.setToolTip(plain_tip(name))
        self.setFixedHeight(theme.size("touchMin"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_below(self, below: str) -> None:
        """Another line below the name."""
        self.below = below
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the row makes it."""
        return QSize(self.theme.px(120), self.height())

    def minimumSizeHint(self) -> QSize:
        """Names are cut, figures are not."""
        return QSize(self.theme.px(70), self.height())

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Two lines, or one in the middle."""
        px, theme = self.theme.px, self.theme
        room = rect.width() - px(10)
        box = QRectF(px(6), 0 if not self.below else px(4), room, rect.height() if not self.below else px(21))
        write(
            painter,
            box,
            elided(self.text(), QFontMetrics(self.font()), room),
            self.font(),
            theme.color("text"),
            LEFT,
        )
        if self.below:
            small = elided(self.below, QFontMetrics(self._small), room)
            write(
                painter, QRectF(px(6), px(25), room, px(17)), small, self._small, theme.color("text3"), LEFT
            )


class WideButton(Pressable):
    """A field-like button: icon, words, and an arrow down; or without the arrow a row of a list."""

    def __init__(self, icon: str, theme: Theme, *, arrow: bool = True) -> None:
        super().__init__("", "secondary", theme.radius("control"), theme)
        self.look = Look("surface", "surfaceAlt", "sunken", "text", "borderInput" if arrow else "border")
        self._icon, self._arrow, self._more = icon, arrow, ""
        self.setFont(theme.font("bodyLarge", 15))
        self.setFixedHeight(theme.size("button"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_words(self, words: str, more: str = "", name: str = "") -> None:
        """Other words; `more` stands at the right, `name` is what is read before them."""
        self.setText(words)
        self._more = more
        self.setAccessibleName(" ".join(part for part in (name, words, more) if part))
        self.setToolTip(plain_tip(words))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the place."""
        return QSize(self.theme.px(160), self.height())

    def minimumSizeHint(self) -> QSize:
        """Names are cut."""
        return QSize(self.theme.px(110), self.height())

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """From left to right."""
        px, ratio, x = self.theme.px, self.devicePixelRatioF(), self.theme.px(14)
        if self._icon:
            painter.drawPixmap(
                x, (rect.height() - px(20)) // 2, icon_pixmap(self._icon, px(20), self.ink(), ratio)
            )
            x += px(30)
        right = rect.width() - px(14)
        if self._arrow:
            right -= px(20)
            painter.drawPixmap(
                right, (rect.height() - px(18)) // 2, icon_pixmap("chevron-down", px(18), self.ink(), ratio)
            )
            right -= px(8)
        if self._more:
            small = self.theme.font("label")
            width = QFontMetrics(small).horizontalAdvance(self._more)
            box = QRectF(right - width, 0, width, rect.height())
            write(painter, box, self._more, small, self.theme.color("text3"), LEFT)
            right -= width + px(10)
        bold = self.theme.font("itemName", 15)
        words = elided(self.text(), QFontMetrics(bold), right - x)
        write(painter, QRectF(x, 0, right - x, rect.height()), words, bold, self.ink(), LEFT)


class LineField(FieldFrame):
    """One line of text in a field as high as a button."""

    def __init__(self, name: str, theme: Theme, *, most: int) -> None:
        super().__init__(name, theme)
        self.edit.setFont(theme.font("bodyLarge", 15))
        self.edit.setMaxLength(most)


def labelled(name: str, control: QWidget, theme: Theme) -> QVBoxLayout:
    """A control with its label above it."""
    column = QVBoxLayout()
    column.setSpacing(theme.px(5))
    column.addWidget(label(name, "label", theme, color="text2"))
    column.addWidget(control)
    return column

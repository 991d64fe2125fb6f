"""A pill that says what is chosen and opens a list of what else there is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QScroller,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from pos.text import _, fold
from ui.cover import Cover
from ui.icons import icon_pixmap
from ui.list_sheet import Entry
from ui.plain_tip import plain_tip
from ui.pressable import Look, Pressable
from ui.stock.parts import LineField
from ui.theme import Theme
from ui.till.lettering import LEFT, elided, weighted, write
from ui.widgets import IconButton, label

WIDTH, ROW, MOST_WIDE = 560, 56, 210  # px
_NO_INDEX = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class Picker(Pressable):
    """Icon, words, an arrow down; `large` is a heading. Painted 40 px high, 48 to the finger."""

    def __init__(self, icon: str, name: str, theme: Theme, *, large: bool = False) -> None:
        super().__init__("", "ghost" if large else "secondary", theme.radius("pill"), theme)
        self._icon, self._name, self._large = icon, name, large
        self.icon_only = False
        self.margin = theme.px(4)
        plain = Look("surface", "surfaceAlt", "sunken", "text2", "borderStrong", "borderInput")
        self.look = Look("", "sunken", "sunken", "text") if large else plain
        if large:
            self.corner = theme.radius("control")
        self.setFont(theme.font("heading") if large else weighted(theme.font("body"), 600))
        self.setFixedHeight(theme.size("touchMin"))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def show_choice(self, words: str, *, icon_only: bool = False) -> None:
        """What is chosen; with `icon_only` only read out: nothing narrows it down."""
        self.icon_only = icon_only
        self.setText(words)
        self.setToolTip(plain_tip(words))
        self.setAccessibleName(f"{self._name}: {words}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as what is in it, up to a point: names are cut."""
        px = self.theme.px
        words = 0 if self.icon_only else QFontMetrics(self.font()).horizontalAdvance(self.text()) + px(8)
        if self._large:
            return QSize(words + px(24), self.height())
        return QSize(min(words + px(18 + 18 + 24 + 6), px(MOST_WIDE)), self.height())

    def minimumSizeHint(self) -> QSize:
        """All of it."""
        return self.sizeHint()

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """From left to right."""
        px, ratio = self.theme.px, self.devicePixelRatioF()
        x, middle = px(2 if self._large else 12), rect.height() // 2
        if self._icon:
            painter.drawPixmap(x, middle - px(9), icon_pixmap(self._icon, px(18), self.ink(), ratio))
            x += px(18 + 6)
        right = rect.width() - px(22 if self._large else 12 + 18)
        painter.drawPixmap(right, middle - px(9), icon_pixmap("chevron-down", px(18), self.ink(), ratio))
        if not self.icon_only:
            words = elided(self.text(), QFontMetrics(self.font()), right - x)
            write(painter, QRectF(x, 0, right - x, rect.height()), words, self.font(), self.ink(), LEFT)


class _Entries(QAbstractListModel):
    """What can be chosen, narrowed down by words."""

    def __init__(self, entries: Sequence[Entry], now: str, parent: QObject) -> None:
        super().__init__(parent)
        self.all, self.now = entries, now
        self.shown = list(entries)
        self._folded = [fold(f"{one.name} {one.more} {one.value}") for one in entries]

    def narrow(self, text: str) -> None:
        """Only those with every word."""
        words = fold(text).split()
        self.beginResetModel()
        pairs = zip(self.all, self._folded, strict=True)
        self.shown = [one for one, everything in pairs if all(word in everything for word in words)]
        self.endResetModel()

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """Those that are shown."""
        return 0 if parent.isValid() else len(self.shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The name, and all of it read out."""
        one = self.shown[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            chosen = _("chosen") if one.value == self.now else ""
            return ", ".join(part for part in (one.name, one.more, chosen) if part)
        return None


class _Row(QStyledItemDelegate):
    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """As high as a finger wants it."""
        return QSize(self.theme.px(120), self.theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Name, what is added to it, a tick at what holds now."""
        model, theme, px = index.model(), self.theme, self.theme.px
        if not isinstance(model, _Entries):
            return
        one, rect = model.shown[index.row()], QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("primarySoft"))
            painter.drawRoundedRect(rect.adjusted(px(2), px(1), -px(2), -px(1)), px(12), px(12))
        left, right = rect.x() + px(14), rect.right() - px(14)
        if one.value == model.now:
            right -= px(20)
            tick = icon_pixmap("check", px(18), theme.color("primary"), painter.device().devicePixelRatioF())
            painter.drawPixmap(int(right), int(rect.center().y() - px(9)), tick)
            right -= px(8)
        font, small = weighted(theme.font("body", 15), 700), theme.font("label")
        room = right - left
        top = rect.y() + (px(7) if one.more else 0)
        box = QRectF(left, top, room, px(22) if one.more else rect.height())
        middle = Qt.TextElideMode.ElideMiddle  # names that begin alike are told apart by their ends
        name = QFontMetrics(font).elidedText(one.name, middle, int(room))
        write(painter, box, name, font, theme.color("text"), LEFT)
        if one.more:
            below = QRectF(left, rect.y() + px(29), room, px(20))
            more = elided(one.more, QFontMetrics(small), int(room))
            write(painter, below, more, small, theme.color("text2"), LEFT)
        painter.restore()


class PickSheet(Cover):
    """A list to choose from, with a field that narrows it down: it may have a thousand rows."""

    chosen = Signal(str)
    light = True

    def __init__(self, over: QWidget, theme: Theme, title: str, entries: Sequence[Entry], now: str) -> None:
        super().__init__(over, theme)
        px = theme.px
        self.setAccessibleName(title)
        self.entries = _Entries(entries, now, self)
        self.search = LineField(_("Search in this list"), theme, most=60)
        self.search.edit.setPlaceholderText(_("Type part of the name"))
        self.search.edit.textChanged.connect(self._narrow)
        self.search.edit.installEventFilter(self)
        self.list = QListView()
        self.list.setAccessibleName(title)
        self.list.setModel(self.entries)
        self.list.setItemDelegate(_Row(theme, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field has the arrows
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.clicked.connect(lambda index: self._choose(index.row()))
        QScroller.grabGesture(self.list.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._none = label(_("Nothing is called so."), "body", theme, color="text2")
        self._none.setContentsMargins(px(14), px(8), px(14), px(8))
        self._none.hide()
        close = IconButton("x", _("Close"), theme=theme)
        close.clicked.connect(self.leave)
        head = QHBoxLayout()
        head.addWidget(label(title, "title", theme), 1)
        head.addWidget(close)
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(px(16), px(10), px(12), px(12))
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(self.search)
        column.addWidget(self._none)
        column.addWidget(self.list, 1)

    def open(self) -> None:
        """Come up, with what holds now in sight."""
        self.cover()
        self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        values = [one.value for one in self.entries.shown]
        self._go(values.index(self.entries.now) if self.entries.now in values else 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows go through the list while the field is typed into, Enter takes the row."""
        if (
            watched is self.search.edit
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
            here = self.list.currentIndex().row()
            if event.key() in steps:
                self._go(here + steps[Qt.Key(event.key())])
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(here)
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In the middle, as high as the list or the window."""
        super().resizeEvent(event)
        px = self._theme.px
        width = min(px(WIDTH), self.width() - px(32))
        wanted = px(150) + len(self.entries.all) * px(ROW)
        height = min(wanted, self.height() - px(48))
        self.lay_in_middle(width, height)

    def _narrow(self, text: str) -> None:
        self.entries.narrow(text)
        self._none.setVisible(not self.entries.shown)
        self._go(0)

    def _go(self, place: int) -> None:
        if self.entries.shown:
            index = self.entries.index(min(max(place, 0), len(self.entries.shown) - 1), 0)
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def _choose(self, place: int) -> None:
        if 0 <= place < len(self.entries.shown):
            value = self.entries.shown[place].value
            self.leave()
            self.chosen.emit(value)

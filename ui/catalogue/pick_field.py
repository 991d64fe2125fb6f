"""A field to choose from a list, by finger, mouse or typing; a free one takes what is not in the list too."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem

from ui.icons import icon_pixmap
from ui.ring import Ring
from ui.theme import Theme
from ui.till.goods_model import AnyIndex
from ui.till.lettering import LEFT, elided, write

SHOWN, FEWEST = 8, 4  # entries in sight; fewer than those are not shown below, but above
AROUND = 8  # px of the list's own frame


class PickField(QComboBox):
    """`picked` tells the key that a person chose, or in a free field what stands there now."""

    picked = Signal(str)

    def __init__(self, name: str, theme: Theme, icon: str = "", *, free: bool = False) -> None:
        """With `free` anything may be typed."""
        super().__init__()
        self.theme = theme
        self._icon = icon
        self._free = free
        self._error = False
        self._due = ""  # to be chosen as soon as it is there: choices are read in the background
        self._halo: Ring | None = None
        self.setAccessibleName(name)
        self.setFont(theme.font("bodyLarge", 15))
        self.setFixedHeight(theme.px(48))
        self.setMaxVisibleItems(SHOWN)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setStyleSheet("QComboBox { combobox-popup: 0 }")  # a list below, not a menu over the screen
        self.view().setItemDelegate(_Tall(theme, self))
        self.view().setStyleSheet(f"QAbstractItemView::item {{ padding: 0 {theme.px(14)}px }}")
        self.setEditable(free)
        edit = self.lineEdit()
        if edit is not None:
            edit.setProperty("bare", True)
            edit.setAccessibleName(name)
            edit.setFont(self.font())
            self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            self.editTextChanged.connect(self.picked)
        self.activated.connect(lambda _place: self.picked.emit(self.value))

    @property
    def value(self) -> str:
        """The key of what is chosen, or what was typed."""
        return self.currentText() if self._free else str(self.currentData() or "")

    def set_choices(self, names: Mapping[str, str]) -> None:
        """What may be chosen: words by key. What was chosen stays, as far as it is there."""
        before = self.value or self._due
        self.blockSignals(True)
        self.clear()
        for key, name in names.items():
            self.addItem(name, key)
        self.blockSignals(False)
        self.set_value(before)

    def set_value(self, value: str) -> None:
        """Show this one; tells nobody."""
        self.blockSignals(True)
        if self._free:
            self.setCurrentIndex(self.findText(value))
            self.setEditText(value)
        else:
            self.setCurrentIndex(max(self.findData(value), -1))
            self._due = "" if self.currentIndex() >= 0 else value
        self.blockSignals(False)
        self.update()

    def set_error(self, error: bool) -> None:
        """Mark what is in it as wrong, or as right again."""
        self._error = error
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the layout makes it."""
        return QSize(self.theme.px(180), self.height())

    def minimumSizeHint(self) -> QSize:
        """Room for a word."""
        return QSize(self.theme.px(96), self.height())

    def showPopup(self) -> None:
        """Below the field, with as many entries as have room there: above it lies what is being filled in."""
        bottom = self.mapToGlobal(QPoint(0, self.height())).y()
        room = self.screen().availableGeometry().bottom() - bottom - self.theme.px(AROUND)
        fit = room // self.theme.size("touchMin")
        self.setMaxVisibleItems(min(fit, SHOWN) if fit >= FEWEST else SHOWN)
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The form scrolls; nothing is chosen by it."""
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A halo, as other fields have."""
        super().focusInEvent(event)
        if not self._halo:
            self._halo = Ring(self, self.theme.radius("control"), self.theme, gap=0, color="primarySoft")

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The halo goes."""
        super().focusOutEvent(event)
        if self._halo:
            self._halo.drop()
            self._halo = None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is typed stands between the edge and the arrow."""
        super().resizeEvent(event)
        edit, px = self.lineEdit(), self.theme.px
        if edit is not None:
            edit.setGeometry(px(14), px(3), self.width() - px(14 + 44), self.height() - px(6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame of a field, the icon, the words, the arrow."""
        px, theme = self.theme.px, self.theme
        strong = self._error or self.hasFocus() or self.view().isVisible()
        color = "danger" if self._error else "primary" if strong else "borderInput"
        width = px(2) if strong else 1
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.color("surface" if self.isEnabled() else "sunken"))
        painter.setPen(QPen(theme.color(color), width))
        radius, half = theme.radius("control"), width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius)
        size, left = px(20), px(14)
        ink = theme.color("text" if self.isEnabled() else "textDisabled")
        ratio = self.devicePixelRatioF()
        if self._icon:
            painter.drawPixmap(left, (self.height() - size) // 2, icon_pixmap(self._icon, size, ink, ratio))
            left += size + px(10)
        arrow = icon_pixmap("chevron-down", size, theme.color("text2"), ratio)
        painter.drawPixmap(self.width() - px(14) - size, (self.height() - size) // 2, arrow)
        if self.isEditable():
            return
        room = self.width() - left - px(14 + 8) - size
        words = elided(self.currentText(), QFontMetrics(self.font()), room)
        write(painter, QRectF(left, 0, room, self.height()), words, self.font(), ink, LEFT)


class _Tall(QStyledItemDelegate):
    """Entries of the height of a finger."""

    def __init__(self, theme: Theme, parent: PickField) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """48 px."""
        return QSize(super().sizeHint(option, index).width(), self._theme.size("touchMin"))

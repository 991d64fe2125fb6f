"""One page of paper as it will be: as wide as the view, whole, or at any size in between, to scroll over."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QScroller, QWidget

from pos.receipts.sheet import Sheet
from pos.text import _
from ui.keys import is_bound
from ui.shadow import paint_shadow
from ui.sheet_pen import paint_sheet
from ui.theme import Theme

STEP = 1.25  # from one size to the next
LEAST, MOST = 1.2, 14.0  # px for each mm at 100 %
WIDEST = 5.6  # px for each mm at 100 % where it is only as wide as the view: text of 8.6 pt is 17 px
EDGE = 14  # px around the page


class PageView(QScrollArea):
    """`whole` says whether the whole page is to be seen; `sized` that it is now larger or smaller."""

    sized = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.whole = False
        self._scale = 0.0  # px for each mm; 0: it follows the view
        self.page = _Page(theme)
        self.setWidget(self.page)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setCornerWidget(QWidget())  # nothing, where both bars would meet
        self.setAccessibleName(_("Page before printing"))
        self.viewport().setAutoFillBackground(False)
        self.page.setAutoFillBackground(False)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)

    @property
    def scale(self) -> float:
        """Px of the screen for each mm."""
        return self._scale or self._fitting()

    @property
    def follows(self) -> bool:
        """Whether its size follows the window."""
        return not self._scale

    def show_sheet(self, sheet: Sheet) -> None:
        """Another page, from its top."""
        self.page.sheet = sheet
        self.setAccessibleDescription(sheet.text)
        self._fit()
        self.verticalScrollBar().setValue(0)

    def fit(self, *, whole: bool) -> None:
        """The whole page, or as wide as the view; from now on it follows the window."""
        self.whole, self._scale = whole, 0.0
        self._fit()

    def zoom(self, by: int) -> None:
        """Larger or smaller by so many steps; what was in the middle stays there."""
        before, bars = self.scale, (self.horizontalScrollBar(), self.verticalScrollBar())
        middles = [bar.value() + bar.pageStep() / 2 for bar in bars]
        px = self.theme.scale
        self._scale = min(max(before * STEP**by, LEAST * px), MOST * px)
        self._fit()
        for bar, middle in zip(bars, middles, strict=True):
            bar.setValue(round(middle * self._scale / before - bar.pageStep() / 2))

    def turn_page(self, by: int) -> bool:
        """Scroll by nearly as much as is in sight; False where it ends already."""
        bar = self.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + by * (bar.pageStep() - self.theme.px(40)))
        return bar.value() != before

    def resizeEvent(self, event: QResizeEvent) -> None:
        """It follows the window."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows scroll; what means something to whoever shows the page is theirs."""
        if is_bound(event, "preview"):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl larger and smaller."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Sunken ground."""
        QPainter(self.viewport()).fillRect(self.viewport().rect(), self.theme.color("sunken"))

    def _fitting(self) -> float:
        sheet, around = self.page.sheet, 2 * self.theme.px(EDGE)
        if sheet is None:
            return 1.0
        room = self.maximumViewportSize()
        wide = max(room.width() - around, 1) / sheet.width
        high = max(room.height() - around, 1) / sheet.height
        if self.whole or wide * sheet.height <= room.height() - around:
            return min(wide, high)
        bar = self.verticalScrollBar().sizeHint().width()
        wide = max(room.width() - around - bar, 1) / sheet.width
        return min(wide, WIDEST * self.theme.scale)

    def _fit(self) -> None:
        if self.page.sheet is not None:
            self.page.show_scale(self.scale)
            self.sized.emit()


class _Page(QWidget):
    """The page with its shadow, painted once for each size."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.sheet: Sheet | None = None
        self._painted: tuple[Sheet, float, float, QPixmap] | None = None
        self._scale = 1.0

    def show_scale(self, scale: float) -> None:
        """So large."""
        self._scale = scale
        if self.sheet is not None:
            around = 2 * self.theme.px(EDGE)
            self.resize(round(self.sheet.width * scale) + around, round(self.sheet.height * scale) + around)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Shadow and page."""
        if self.sheet is None:
            return
        edge = self.theme.px(EDGE)
        place = QRect(QPoint(edge, edge), self.rect().bottomRight() - QPoint(edge, edge))
        painter = QPainter(self)
        paint_shadow(painter, place, 2, self.theme, "pop")
        painter.drawPixmap(place.topLeft(), self._pixmap())

    def _pixmap(self) -> QPixmap:
        sheet, scale, ratio = self.sheet, self._scale, self.devicePixelRatioF()
        if sheet is None:
            return QPixmap()
        kept = self._painted
        if kept is None or kept[0] is not sheet or kept[1:3] != (scale, ratio):
            edge = 2 * self.theme.px(EDGE)
            pixmap = QPixmap((self.size() - QSize(edge, edge)) * ratio)
            pixmap.setDevicePixelRatio(ratio)
            pixmap.fill(Qt.GlobalColor.white)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.scale(scale, scale)
            paint_sheet(painter, sheet)
            painter.end()
            kept = self._painted = (sheet, scale, ratio, pixmap)
        return kept[3]

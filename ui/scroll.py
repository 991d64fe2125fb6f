"""What scrolls: a column of widgets, and a scroll bar that takes no room from what it scrolls."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QScrollBar, QScroller, QSizePolicy, QWidget


def give_viewport(view: QAbstractScrollArea) -> None:
    """A viewport like Qt's own, which the till's lists have in its place from the start.

    Of a widget that Qt made, PySide asks what kind it is, and for that makes the classes of all kinds there
    are: a twelfth of the time until goods are on the screen.
    """
    viewport = QWidget()
    viewport.setObjectName("qt_scrollarea_viewport")
    viewport.setBackgroundRole(QPalette.ColorRole.Base)
    viewport.setAutoFillBackground(True)
    view.setViewport(viewport)


class OverlayBar(QScrollBar):
    """Lies over the right edge of `view` instead of its own bar; gone when there is nothing to scroll."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._view = view
        own = view.verticalScrollBar()  # not kept: PySide may lose its hold on what is Qt's own
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        own.rangeChanged.connect(self._follow)
        own.valueChanged.connect(self.setValue)
        self.valueChanged.connect(self._move)
        view.installEventFilter(self)
        self.hide()

    def eventFilter(self, view: QObject, event: QEvent) -> bool:
        """As high as the view."""
        if event.type() == QEvent.Type.Resize and isinstance(view, QAbstractScrollArea):
            width = self.sizeHint().width()
            self.setGeometry(view.width() - width, 0, width, view.height())
        return False

    def _follow(self, least: int, most: int) -> None:
        own = self._view.verticalScrollBar()
        self.setPageStep(own.pageStep())
        self.setSingleStep(own.singleStep())
        self.setRange(least, most)
        self.setVisible(most > least)
        self.raise_()

    def _move(self, value: int) -> None:
        self._view.verticalScrollBar().setValue(value)


class Scroll(QScrollArea):
    """A widget that scrolls up and down, by finger too, on the ground that it lies on.

    It takes no focus: what is inside does, and whoever moves the focus there brings it into sight. The bar
    lies `over` the right edge, or else takes its own room beside it.
    """

    def __init__(self, inside: QWidget | None = None, *, over: bool = True) -> None:
        """`inside` may come later, by `hold`."""
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self._bar = OverlayBar(self) if over else None
        if inside is not None:
            self.hold(inside)

    def hold(self, inside: QWidget) -> None:
        """Scroll this instead of what was there, which is deleted."""
        self.setWidget(inside)
        inside.setAutoFillBackground(False)  # which being scrolled has switched on


class FittedScroll(Scroll):
    """As high as what is inside, so that more may follow below; where there is no room for it, it scrolls."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__(inside)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """All of it."""
        inside = self.widget()
        return inside.sizeHint() if inside else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Nothing of it, or a low one would be made higher than it is."""
        return QSize(super().minimumSizeHint().width(), 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is inside has become higher or lower."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

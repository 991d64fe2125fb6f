"""A sheet of paper over a widget: the scrim, the shadow, how it comes up, and the keyboard kept within."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QEvent, QObject, QPoint, QPropertyAnimation, QRect, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from ui.keys import action_of, asks_help
from ui.shadow import paint_shadow
from ui.theme import Theme, tokens

RISE = 16  # px


class Cover(QWidget):
    """Covers its parent, however large that becomes, with a scrim; `paper` lies on it where `lay` puts it."""

    light = False  # nothing is lost by leaving it: a press beside the paper does
    help = ""  # the page of the manual (pos/manual.py) about it, where that is not the one of what lies below

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parent = parent
        self._before: QWidget | None = None  # who had the keyboard
        self._ground: QPixmap | None = None  # what lies below, while the paper moves over it
        self.paper = _Paper(theme, self)
        motion = tokens()["motion"]
        self._rise = QPropertyAnimation(self.paper, b"pos", self)
        self._rise.setDuration(motion["sheet"])
        self._rise.setEasingCurve(QEasingCurve.Type[motion["easing"]])
        self._rise.valueChanged.connect(self._show_shadow)
        self._rise.finished.connect(self._settled)
        parent.installEventFilter(self)
        self.hide()

    def cover(self) -> None:
        """Come up over the parent; what the paper holds can be pressed all the while."""
        self._before = QApplication.focusWidget()
        if not self._theme.calm:
            self._keep_ground()
        self.setGeometry(self._parent.rect())
        self.raise_()
        self.show()
        if not self._theme.calm:
            end = self.paper.pos()
            self._rise.setStartValue(end + QPoint(0, self._theme.px(RISE)))
            self._rise.setEndValue(end)
            self._rise.start()

    def uncover(self) -> None:
        """Go away, and give the keyboard back."""
        self._rise.stop()
        self._settled()
        self.hide()
        if self._before:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
            self._before = None

    def leave(self) -> None:
        """Go for good, without having done anything; what comes up again only goes."""
        self.uncover()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves; but for F1 no other key reaches what lies below."""
        if action_of(event, "anywhere") == "back":
            self.leave()
        event.setAccepted(not asks_help(event))

    def lay_in_middle(self, width: int, height: int | None = None) -> None:
        """Lay the paper in the middle, as high as what it holds needs if no height is given; both in px."""
        layout = self.paper.layout()
        if height is None and layout:
            layout.activate()
            fits = layout.hasHeightForWidth()
            wanted = layout.totalHeightForWidth(width) if fits else layout.totalSizeHint().height()
            height = min(wanted, self.height() - self._theme.px(16))
        high = height or 0
        self.lay(QRect((self.width() - width) // 2, max((self.height() - high) // 2, 0), width, high))

    def lay(self, place: QRect) -> None:
        """Where the paper lies, in px."""
        self._rise.stop()
        if self._ground and self._ground.deviceIndependentSize().toSize() != self.size():
            self._settled()
        self.paper.setGeometry(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as the parent."""
        if watched is self._parent and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._parent.rect())
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays within."""
        stops = self._tab_stops()
        if not stops:  # Qt asks while it hides the sheet
            return False
        here = self.focusWidget()
        place = stops.index(here) if here in stops else -1
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        stops[(place + (1 if forward else -1)) % len(stops)].setFocus(reason)
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Scrim and the paper's shadow."""
        painter = QPainter(self)
        if self._ground:
            painter.drawPixmap(0, 0, self._ground)
        else:
            painter.fillRect(self.rect(), self._theme.color("scrim"))
        paint_shadow(painter, self.paper.geometry(), self._theme.radius("sheet"), self._theme, "sheet")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """What lies below cannot be touched; beside a `light` paper a press leaves."""
        if self.light and not self.paper.geometry().contains(event.position().toPoint()):
            self.leave()
        event.accept()

    def _keep_ground(self) -> None:
        """Paint what lies below once for the whole way up: the goods' tiles cost more than all else."""
        self._ground = self._parent.grab()
        painter = QPainter(self._ground)
        painter.fillRect(self._parent.rect(), self._theme.color("scrim"))
        painter.end()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def _settled(self) -> None:
        self._ground = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, on=False)

    def _show_shadow(self) -> None:
        self.update()

    def _tab_stops(self) -> list[QWidget]:
        stops = []
        widget = self.nextInFocusChain()
        while widget is not None and widget is not self:
            tabs = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if tabs and widget.isEnabled() and widget.isVisible() and self.isAncestorOf(widget):
                stops.append(widget)
            widget = widget.nextInFocusChain()
        return stops


def asking(window: QWidget) -> bool:
    """Whether something lies over the whole window: a question, or the print queue."""
    covers = window.findChildren(Cover)
    return any(cover.isVisible() and cover.parentWidget() is window for cover in covers)


class _Paper(QWidget):
    """Surface, hairline, round corners."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The paper."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self._theme.color("surface"))
        painter.setPen(QPen(self._theme.color("border"), 1))
        radius = self._theme.radius("sheet")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

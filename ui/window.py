"""The window: an outline at once, so that something is seen while the rest loads; then the real thing."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Signal
from PySide6.QtGui import QGuiApplication, QIcon, QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.fill import brush, fill
from ui.theme import Theme

DESIGNED = QSize(1366, 768)
SMALLEST = QSize(1024, 560)
TITLE_BAR = 40  # px, more than any desktop's
EMBLEM = 64  # px, as large as any system shows it


class Window(QWidget):
    """Shows an outline of the till until `show_content` puts the real thing in its place.

    `painted` fires when the outline is on the screen, and again when what took its place is.
    """

    painted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._seen = False
        self._content: QWidget | None = None
        self.setMinimumSize(SMALLEST)
        available = QGuiApplication.primaryScreen().availableSize()
        self.resize(DESIGNED.boundedTo(available))
        # Now, not with the first content: a window that is restyled paints what comes into it twice.
        self.setStyleSheet(theme.qss())
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)

    def show_at_best(self) -> None:
        """Show it as designed; where that and a title bar have no room, as large as the desktop lets."""
        room = QGuiApplication.primaryScreen().availableSize() - QSize(0, TITLE_BAR)
        if DESIGNED.boundedTo(room) == DESIGNED:
            self.show()
        else:
            self.showMaximized()

    def wear_emblem(self) -> None:
        """The emblem in title bar and task bar, where Windows would show Python's; not before first paint."""
        from ui.pictures import illustration

        self.setWindowIcon(QIcon(illustration("lambang-lapak", EMBLEM, EMBLEM, 1)))

    @property
    def outlined(self) -> bool:
        """Nothing was put into it yet."""
        return self._content is None

    def show_content(self, content: QWidget) -> None:
        """Put `content` in the place of the outline or of what was there.

        The window wears the style sheet, for sheets lie over the whole of it, outside of its content.
        """
        former, self._content = self._content, content
        self._seen = False
        wanted = content.focusWidget()
        if self.styleSheet() != (sheet := self.theme.qss()):
            self.setStyleSheet(sheet)
        self._room.addWidget(content)
        content.show()  # at once, not when Qt next looks: nothing of what was there may be seen in between
        if wanted is not None:
            wanted.setFocus()  # lost when the content came in here: the menu's first button would have it
        if former is not None:
            former.hide()
            former.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F11 fills the screen; F1 from a sheet that lies over all is its content's to answer."""
        from PySide6.QtCore import Qt  # its enumerations take longer to load than the window to be painted

        if event.key() == Qt.Key.Key_F1 and self._content is not None:
            self._content.keyPressEvent(event)
        elif event.key() != Qt.Key.Key_F11:
            super().keyPressEvent(event)
        elif self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The grounds of menu, goods, cart and status bar, and where the search field will be."""
        painter = QPainter(self)
        theme = self.theme
        fill(painter, self.rect(), theme.color("bg"))
        if self._content is None:
            rail, cart, bar = theme.size("rail"), theme.size("cart.at1366"), theme.size("statusBar")
            fill(painter, QRect(0, 0, rail, self.height()), theme.color("rail"))
            fill(painter, QRect(self.width() - cart, 0, cart, self.height()), theme.color("surface"))
            fill(painter, QRect(rail, self.height() - bar, self.width() - rail, bar), theme.color("surface"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = self.width() - rail - cart - theme.px(32)
            field = QPainterPath()
            box = QRectF(rail + theme.px(16), theme.px(14), width, theme.px(48))
            field.addRoundedRect(box, theme.radius("control"), theme.radius("control"))
            painter.fillPath(field, brush(theme.color("surface")))
        if not self._seen:
            self._seen = True
            self.painted.emit()

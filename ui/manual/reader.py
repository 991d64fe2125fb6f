"""One page of the manual, to scroll and to follow its links."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPen, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QFrame, QScroller, QTextBrowser

from pos.manual import HelpPage, picture_path
from ui.keys import is_bound
from ui.manual.html import as_html
from ui.theme import Theme

MOST = 700  # px at 100 %: longer lines are hard to follow
DIM = 26  # of 255 black over pictures in the dark


class Reader(QTextBrowser):
    """`followed` tells the page that a link leads to."""

    followed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.page: HelpPage | None = None
        self._room = 0  # px that the text is wide
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDefaultFont(theme.font("bodyLarge", 15))
        self.document().setDocumentMargin(theme.px(4))
        self.viewport().setAutoFillBackground(False)
        QScroller.grabGesture(self.viewport(), QScroller.ScrollerGestureType.TouchGesture)
        self.anchorClicked.connect(lambda url: self.followed.emit(url.toString()))

    def show_page(self, page: HelpPage) -> None:
        """This page, from its top."""
        self.page = page
        self.setAccessibleName(page.title)
        self._room = 0
        self._fit()
        self.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and pages scroll; keys of the manual go to whoever shows it."""
        if is_bound(event, "help", "anywhere"):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines end where they can still be followed."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        bar = self.verticalScrollBar().sizeHint().width()
        whole = self.width() - bar - 2 * self.theme.px(4)
        room = min(whole, self.theme.px(MOST))
        if self.page is None or room == self._room or room < 100:
            return
        self._room = room
        self.setViewportMargins(0, 0, max(0, self.width() - bar - room - 2 * self.theme.px(4)), 0)
        document = self.document()
        sizes: dict[str, QSize] = {}
        for block in self.page.blocks:
            if block.picture:
                image = self._picture(block.picture, room)
                sizes[block.picture] = image.deviceIndependentSize().toSize()
                document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(block.picture), image)
        self.setHtml(as_html(self.page, self.theme, lambda name: sizes[name]))

    def _picture(self, name: str, room: int) -> QImage:
        """A picture no wider than `room` px, with an edge; in the dark a little darker."""
        image, ratio = QImage(str(picture_path(name))), self.devicePixelRatioF()
        if image.isNull():
            image = QImage(16, 16, QImage.Format.Format_RGB32)
            image.fill(self.theme.color("sunken"))
        width = min(round(image.width() * self.theme.scale), room)
        image = image.convertToFormat(QImage.Format.Format_RGB32).scaledToWidth(
            round(width * ratio), Qt.TransformationMode.SmoothTransformation
        )
        painter = QPainter(image)
        if self.theme.mode == "dark":
            painter.fillRect(image.rect(), QColor(0, 0, 0, DIM))
        painter.setPen(QPen(self.theme.color("borderStrong"), 2 * ratio))
        painter.drawRect(image.rect())
        painter.end()
        image.setDevicePixelRatio(ratio)
        return image

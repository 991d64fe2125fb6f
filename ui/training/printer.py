"""The practice printer: what was sent to it, read as a receipt printer reads it, and shown as paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.printing import Job
from pos.receipts.escpos import CUT, FEED_DOTS, FEED_LINES, RASTER, START
from pos.text import _
from ui.frame import Frame
from ui.scroll import Scroll
from ui.training.card import AROUND, Card

LINE_DOTS = 24  # from row to row of a printer's own letters
WIDTH = 330  # px at 100 %
HIGH = 520  # px at 100 %, less in a low window


def papers_in(data: bytes) -> list[QImage]:
    """The papers that come out for `data`, black dots on white, as wide as their widest picture.

    It knows what pos/receipts/raster.py sends and no more. Raises ValueError for anything else.
    """
    papers: list[list[QImage | int]] = []
    for part in _parts(data):
        if part is None:
            papers.append([])
        elif papers:
            papers[-1].append(part)
        else:
            raise ValueError("a paper begins with ESC @")
    return [_joined(parts) for parts in papers if any(isinstance(part, QImage) for part in parts)]


def _parts(data: bytes) -> Iterator[QImage | int | None]:
    """Pictures, dots that are fed, and None where a new paper begins."""
    at = 0
    while at < len(data):
        if data.startswith(START, at):
            at += len(START)
            yield None
        elif data.startswith(RASTER, at):
            at += len(RASTER)
            across, rows = (int.from_bytes(data[at + n : at + n + 2], "little") for n in (0, 2))
            at += 4
            bits = data[at : at + across * rows]
            if len(bits) < across * rows:
                raise ValueError("a picture is cut off")
            at += len(bits)
            picture = QImage(bits, across * 8, rows, across, QImage.Format.Format_Mono)
            picture.setColorTable([0xFFFFFFFF, 0xFF000000])
            yield picture.convertToFormat(QImage.Format.Format_Grayscale8)
        elif data.startswith(FEED_DOTS, at) or data.startswith(FEED_LINES, at):
            count = data[at + 2]
            yield count if data.startswith(FEED_DOTS, at) else count * LINE_DOTS
            at += 3
        elif data.startswith(CUT, at):
            at += len(CUT)
        else:
            raise ValueError(f"byte {at}: {data[at : at + 4]!r}")


def _joined(parts: list[QImage | int]) -> QImage:
    pictures = [part for part in parts if isinstance(part, QImage)]
    heights = [part.height() if isinstance(part, QImage) else part for part in parts]
    paper = QImage(max(one.width() for one in pictures), sum(heights), QImage.Format.Format_Grayscale8)
    paper.fill(QColor(Qt.GlobalColor.white))
    painter, top = QPainter(paper), 0
    for part, high in zip(parts, heights, strict=True):
        if isinstance(part, QImage):
            painter.drawImage(0, top, part)
        top += high
    painter.end()
    return paper


class PracticePrinter(Card):
    """Lies over the lower right of the screens when a paper has come out; the printer writes into `file`."""

    def __init__(self, frame: Frame, file: Path | None) -> None:
        super().__init__(frame, frame.app.theme, "sunken")
        self._frame = frame
        self._file = file
        self.asked = 0  # papers that came out because somebody asked for them
        px = self.theme.px
        self._paper = _Roll()
        self._paper.setAccessibleName(_("Paper of the practice printer"))
        self._scroll = Scroll(self._paper, over=False)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16 + AROUND), px(4 + AROUND), px(12 + AROUND), px(14 + AROUND))
        column.setSpacing(px(6))
        column.addLayout(self.head(_("Practice printer")))
        column.addWidget(self._scroll, 1)
        frame.app.printing.ended.connect(self._take)

    def place(self) -> None:
        """At the lower right."""
        px, inner = self.theme.px, self._frame.contentsRect()
        bottom = inner.bottom() + 1 - self.theme.size("statusBar")
        high = min(px(HIGH), bottom - inner.top() - px(60)) + 2 * px(AROUND)
        width = px(WIDTH) + 2 * px(AROUND)
        self.setGeometry(inner.right() + 1 - width, bottom - high, width, high)

    def _take(self, job: Job) -> None:
        """A paper came out: take it from the printer, and show the newest."""
        if job.state != "printed" or self._file is None:
            return
        try:
            papers = papers_in(self._file.read_bytes())
            self._file.write_bytes(b"")
        except (OSError, ValueError):
            return  # another printer is set: that one has the paper
        if papers:
            self.asked += bool(job.copy or not self._frame.app.switched_on("print_receipt"))
            self._paper.show_paper(papers[-1])
            self.place()
            self.show()
            self.raise_()


class _Roll(QWidget):
    """The paper, as wide as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()

    def show_paper(self, image: QImage) -> None:
        """Another one."""
        self._image = image
        self._fit()
        self.update()

    def resizeEvent(self, _event: object) -> None:
        """As high as it becomes."""
        self._fit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The dots."""
        if not self._image.isNull():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.fillRect(self.rect(), Qt.GlobalColor.white)
            painter.drawImage(QRect(0, 0, self.width(), self.minimumHeight()), self._image)

    def _fit(self) -> None:
        if self._image.width() and self.width():
            self.setMinimumHeight(self._image.height() * self.width() // self._image.width())

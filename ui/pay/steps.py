"""What to do one after the other: numbers in discs, with a tick where it is done."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos.money import Rupiah, rupiah
from ui.icons import icon_pixmap
from ui.theme import Theme
from ui.widgets import label


class Steps(QWidget):
    """A column of steps, each a title and a detail in which `{amount}` stands for the money waited for."""

    def __init__(self, steps: tuple[tuple[str, str], ...], theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._texts = [detail for _title, detail in steps]
        self._details: list[QLabel] = []
        self._marks: list[_Mark] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for number, (title, detail) in enumerate(steps, 1):
            self._column.addLayout(self._step(number, title, detail))

    def set_amount(self, amount: Rupiah) -> None:
        """The money that is waited for, in Rupiah."""
        for shown, text in zip(self._details, self._texts, strict=True):
            shown.setText(text.format(amount=f"<b>{rupiah(amount)}</b>"))

    def set_done(self, done: int) -> None:
        """So many of the steps are done; the next one is where we are."""
        for place, mark in enumerate(self._marks):
            mark.show_state(done=place < done, now=place == done)

    def set_compact(self, compact: bool) -> None:
        """Only the detail that money hangs on."""
        self._column.setSpacing(self._theme.px(8 if compact else 16))
        for place, detail in enumerate(self._details):
            detail.setVisible(place == 1 or not compact)

    def _step(self, number: int, title: str, detail: str) -> QHBoxLayout:
        theme = self._theme
        texts = QVBoxLayout()
        texts.setSpacing(theme.px(2))
        heading = label(title, "button", theme, wrap=True)
        heading.setFont(theme.font("button", 15))
        small = label(detail, "body", theme, color="text2", wrap=True)
        small.setFont(theme.font("body", 13))
        small.setTextFormat(Qt.TextFormat.RichText)  # our own words only
        texts.addWidget(heading)
        texts.addWidget(small)
        texts.addStretch(1)
        mark = _Mark(number, theme)
        self._details.append(small)
        self._marks.append(mark)
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
        return row


class _Mark(QWidget):
    """A disc with a number: grey ahead of us, gold where we are; green with a tick behind us."""

    def __init__(self, number: int, theme: Theme) -> None:
        super().__init__()
        self._number = number
        self._theme = theme
        self._done = self._now = False
        self.setFont(theme.font("caption", 13))
        self.setFixedSize(QSize(theme.px(28), theme.px(28)))

    def show_state(self, *, done: bool, now: bool) -> None:
        """Behind us, or where we are, or neither."""
        self._done, self._now = done, now
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Disc and number, or tick."""
        color = self._theme.color
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(color("primary" if self._done else "goldSoft" if self._now else "sunken"))
        painter.setPen(QPen(color("goldBorder"), 1) if self._now else QPen(Qt.PenStyle.NoPen))
        painter.drawEllipse(self.rect().adjusted(0, 0, -1, -1))
        if self._done:
            size = self._theme.size("icon.small")
            tick = icon_pixmap("check", size, color("onPrimary"), self.devicePixelRatioF())
            painter.drawPixmap((self.width() - size) // 2, (self.height() - size) // 2, tick)
            return
        painter.setPen(color("onGoldSoft" if self._now else "text2"))
        painter.setFont(self.font())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))

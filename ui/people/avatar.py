"""A person as a disc with initials."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Theme, tokens
from ui.till.lettering import CENTER, weighted, write

TITLES = frozenset("h hj kh dr drs dra drg ir prof".split())  # before a name; those behind it follow a comma


def plain_name(name: str) -> str:
    """`Ratna Sari` of `Hj. Ratna Sari, S.H.`: what somebody is called, titles left out; never empty."""
    words = name.partition(",")[0].split()
    while words and words[0].lower().rstrip(".") in TITLES:
        del words[0]
    return " ".join(words) or name


def initials(name: str) -> str:
    """At most two letters: of the first and the last word; `HN` of `Hj. Nurbaiti, S.H.` (picture 11)."""
    words = name.partition(",")[0].split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def disc_colors(place: int) -> tuple[QColor, QColor]:
    """Ground and ink of the person at `place` in the list of people; the first is gold."""
    pairs = tokens()["avatar"]
    ground, ink = pairs[place % len(pairs)]
    return QColor(ground), QColor(ink)


class Avatar(QWidget):
    """The disc, `size` px across at 100 %."""

    def __init__(self, name: str, place: int, size: int, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._font = weighted(theme.font("bodyLarge", size * 0.37), 800)
        self.setFixedSize(QSize(theme.px(size), theme.px(size)))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.show_person(name, place)

    def show_person(self, name: str, place: int) -> None:
        """Another person."""
        self._initials, self._colors = initials(name), disc_colors(place)
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Disc and letters."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colors[0])
        painter.drawEllipse(self.rect())
        write(painter, QRectF(self.rect()), self._initials, self._font, self._colors[1], CENTER)

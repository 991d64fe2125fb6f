"""The foot of a tab: figures at the left, the main action at the right."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.text import _
from ui.keys import keycap
from ui.theme import Theme
from ui.widgets import Button, FitLabel, label


class Foot(QWidget):
    """`main` is the main action; `others` stand before it."""

    def __init__(self, theme: Theme, verb: str, icon: str, *others: Button) -> None:
        super().__init__()
        px = theme.px
        self._counts = label("", "label", theme, color="text2", wrap=True)
        self._total = FitLabel("heading", theme)
        self.main = Button(verb, icon=icon, keycap=keycap("stock main"), large=True, theme=theme)
        self.main.setFixedHeight(px(60))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._counts)
        words.addWidget(self._total)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addLayout(words, 1)
        for other in others:
            other.setFixedHeight(px(60))
            row.addWidget(other)
        row.addWidget(self.main)

    def say(self, counts: str, total: str = "") -> None:
        """Other figures."""
        self._counts.setText(counts)
        self._total.setText(total)
        self._total.setVisible(bool(total))


def counted(kinds: int, pieces: str) -> str:
    """`5 kinds · 112 pieces`."""
    return _("{kinds} kinds · {pieces} pieces").format(kinds=kinds, pieces=pieces)

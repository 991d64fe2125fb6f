"""What narrows the grid: a row of categories, and the gold button for makers who have not sold today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.text import _
from ui.icons import icon_pixmap
from ui.marks import paint_diamond
from ui.pressable import Look, Pressable
from ui.theme import Theme
from ui.till.lettering import weighted
from ui.till.menus import touch_menu
from ui.widgets import Chip

GOLD = Look("goldSoft", "goldSoft", "goldSoft", "onGoldSoft", "goldBorder", "gold")
GOLD_ON = Look("gold", "gold", "gold", "onGold", "goldStrong", "goldStrong")


class Choice(NamedTuple):
    """One chip of the bar: what it stands for, its words, how many goods it holds."""

    key: str
    words: str
    goods: int


class CategoryBar(QWidget):
    """A row of choices of which one is taken; what has no room waits behind three dots.

    `chosen` tells the key of the one that was taken, empty for all goods.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.current = ""
        self._choices: Sequence[Choice] = ()
        self._chips: list[Chip] = []
        self._hidden: Sequence[Choice] = ()
        self._more = _More(theme)
        self._more.setParent(self)
        self._more.clicked.connect(self._open_menu)
        self.setFixedHeight(theme.size("chip"))

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Show these in this order; the present one stays taken as long as it is among them."""
        if choices == self._choices:
            return
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._choices = choices
        self._chips = [self._chip(choice) for choice in choices]
        self.choose(self.current if self.current in self._keys() else "")

    def choose(self, key: str) -> None:
        """Take a choice."""
        changed, self.current = key != self.current, key
        for chip, own in zip(self._chips, self._keys(), strict=True):
            chip.setChecked(own == key)
        self._arrange()
        if changed:
            self.chosen.emit(key)

    def choose_next(self, by: int) -> None:
        """The neighbour of the present choice."""
        at = self._keys().index(self.current) + by
        self.choose(self._keys()[max(0, min(at, len(self._choices) - 1))])

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """As many as there is room for."""
        self._arrange()

    def _keys(self) -> list[str]:
        return [choice.key for choice in self._choices]

    def _chip(self, choice: Choice) -> Chip:
        chip = Chip(choice.words, choice.goods, theme=self.theme)
        chip.setParent(self)
        chip.setFont(weighted(chip.font(), 600))
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a tap leaves the keyboard with the search field
        chip.clicked.connect(lambda: self.choose(choice.key))
        return chip

    def _arrange(self) -> None:
        gap = self.theme.px(8)
        widths = [chip.sizeHint().width() for chip in self._chips]
        room = self.width()
        shown = len(widths)
        if sum(widths) + gap * (len(widths) - 1) > room:
            room -= self._more.sizeHint().width() + gap
            while shown > 1 and sum(widths[:shown]) + gap * (shown - 1) > room:
                shown -= 1
        x = 0
        for i, (chip, width) in enumerate(zip(self._chips, widths, strict=True)):
            chip.setVisible(i < shown)
            chip.setGeometry(x, 0, width, self.height())
            x += width + gap if i < shown else 0
        self._hidden = self._choices[shown:]
        self._more.stand_for(next((one.words for one in self._hidden if one.key == self.current), ""))
        self._more.setVisible(bool(self._hidden))
        self._more.setGeometry(x, 0, min(self._more.sizeHint().width(), self.width() - x), self.height())

    def _open_menu(self) -> None:
        menu = touch_menu(self, self.theme)
        for choice in self._hidden:
            menu.addAction(f"{choice.words}  {choice.goods}").triggered.connect(
                lambda _checked=False, key=choice.key: self.choose(key)
            )
        self._arrange()  # opening is not choosing
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))


class _More(Chip):
    """Three dots, or the choice behind them that was taken."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("", theme=theme)
        self._dots = theme.size("icon.small")

    def stand_for(self, words: str) -> None:
        """Show the words of the choice that is taken; none: dots."""
        self.setText(words)
        self.setChecked(bool(words))
        self.setAccessibleName(_("More categories"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its content."""
        hint = super().sizeHint()
        return hint if self.text() else QSize(self.theme.size("touchMin"), hint.height())

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """The words, or the dots in the middle."""
        if self.text():
            super().paint_content(painter, rect)
            return
        dots = icon_pixmap("ellipsis", self._dots, self.theme.color("text"), self.devicePixelRatioF())
        corner = rect.center() - QRect(0, 0, self._dots, self._dots).center()
        painter.drawPixmap(corner, dots)


class UnsoldButton(Pressable):
    """Gold: shows only the goods of institutions that have sold nothing today, and how many those are."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("", "secondary", theme.radius("control"), theme)
        self.look = GOLD
        self.setCheckable(True)
        self.setFixedHeight(theme.size("search"))
        self._strong = weighted(theme.font("button"), 800)
        self.setFont(weighted(theme.font("button"), 600))
        self._count = ""
        self.toggled.connect(lambda on: setattr(self, "look", GOLD_ON if on else GOLD))

    def set_count(self, count: int, *, of: int) -> None:
        """How many institutions wait; with none, that all have sold if there are goods: `of` products."""
        self._count = _("{count} UPT").format(count=count) if count else ""
        self.setText(_("Not sold today") if count or not of else _("All UPT have sold today"))
        self.setAccessibleName(f"{self.text()} {self._count}".strip())
        self.setEnabled(count > 0)
        if not count:
            self.setChecked(False)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its content."""
        words = QFontMetrics(self.font()).horizontalAdvance(self.text())
        count = QFontMetrics(self._strong).horizontalAdvance(self._count)
        px = self.theme.px
        return QSize(px(32) + words + (px(7) + count if self._count else 0) + px(14), self.height())

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Diamond, words, number."""
        px, middle = self.theme.px, Qt.AlignmentFlag.AlignVCenter
        if self._count:
            paint_diamond(painter, QPointF(rect.x() + px(20), rect.center().y() + 1), self.theme)
        painter.setPen(self.ink())
        x = rect.x() + px(32)
        painter.drawText(QRect(x, rect.y(), rect.width(), rect.height()), middle, self.text())
        x += painter.fontMetrics().horizontalAdvance(self.text()) + px(7)
        painter.setFont(self._strong)
        painter.drawText(QRect(x, rect.y(), rect.width(), rect.height()), middle, self._count)

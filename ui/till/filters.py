"""What narrows the grid: a row of categories, and the gold button for makers who have not sold today."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from pos.text import _
from ui.marks import paint_diamond
from ui.pressable import Look, Pressable
from ui.theme import Theme
from ui.till.lettering import weighted
from ui.widgets import Chip

GOLD = Look("goldSoft", "goldSoft", "goldSoft", "onGoldSoft", "goldBorder", "gold")
GOLD_ON = Look("gold", "gold", "gold", "onGold", "goldStrong", "goldStrong")


class CategoryBar(QWidget):
    """All, then each category with its count; what has no room waits behind "…". `chosen` tells the category,
    empty for all.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.current = ""
        self._names: list[str] = []
        self._counts: Mapping[str, int] = {}
        self._chips: list[Chip] = []
        self._more = Chip("…", theme=theme)
        self._more.setParent(self)
        self._more.clicked.connect(self._open_menu)
        self.setFixedHeight(theme.size("chip"))

    def show_categories(self, counts: Mapping[str, int], total: int) -> None:
        """Show these categories in this order; `total` goods are there in all."""
        for chip in self._chips:
            chip.hide()
            chip.deleteLater()
        self._names = ["", *counts]
        self._counts = {"": total, **counts}
        self._chips = [self._chip(name) for name in self._names]
        self.choose(self.current if self.current in self._counts else "")

    def choose(self, name: str) -> None:
        """Select a category."""
        changed, self.current = name != self.current, name
        for chip, own in zip(self._chips, self._names, strict=True):
            chip.setChecked(own == name)
        self._arrange()
        if changed:
            self.chosen.emit(name)

    def choose_next(self, by: int) -> None:
        """The neighbour of the present category."""
        at = self._names.index(self.current) + by
        self.choose(self._names[max(0, min(at, len(self._names) - 1))])

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """As many as there is room for."""
        self._arrange()

    def _chip(self, name: str) -> Chip:
        chip = Chip(name or _("All"), self._counts[name], theme=self.theme)
        chip.setParent(self)
        chip.setFont(weighted(chip.font(), 600))
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a tap leaves the keyboard with the search field
        chip.clicked.connect(lambda: self.choose(name))
        return chip

    def _arrange(self) -> None:
        gap = self.theme.px(8)
        widths = [chip.sizeHint().width() for chip in self._chips]
        room = self.width()
        shown = len(widths)
        if sum(widths) + gap * (len(widths) - 1) > room:
            room -= self._more_width() + gap
            while shown > 1 and sum(widths[:shown]) + gap * (shown - 1) > room:
                shown -= 1
        x = 0
        for i, (chip, width) in enumerate(zip(self._chips, widths, strict=True)):
            chip.setVisible(i < shown)
            chip.setGeometry(x, 0, width, self.height())
            x += width + gap if i < shown else 0
        hidden = self._names[shown:]
        self._more.setVisible(bool(hidden))
        self._more.setText(self.current if self.current in hidden else "…")
        self._more.setAccessibleName(_("More categories"))
        self._more.setChecked(self.current in hidden)
        self._more.setGeometry(x, 0, self._more_width(), self.height())
        self._more.setProperty("hidden", hidden)

    def _more_width(self) -> int:
        return self._more.sizeHint().width()

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setFont(self.theme.font("body"))
        for name in self._more.property("hidden"):
            menu.addAction(f"{name}  {self._counts[name]}").triggered.connect(
                lambda _checked=False, name=name: self.choose(name)
            )
        self._arrange()  # opening is not choosing
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))


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

    def set_count(self, count: int) -> None:
        """How many institutions wait; with none, that all have sold."""
        self._count = _("{count} UPT").format(count=count) if count else ""
        self.setText(_("Not sold today") if count else _("All UPT have sold today"))
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

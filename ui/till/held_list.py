"""The carts put aside, in the place of the lines: a tap goes on with one."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from pos.draft import WAITING, Draft
from pos.money import rupiah
from pos.text import _, clock_time, short_date
from ui.keys import keycap
from ui.pressable import Look, Pressable
from ui.scroll import Scroll
from ui.theme import Theme
from ui.till.cart_line import ROOM, counted
from ui.till.lettering import CENTER, LEFT, RIGHT, elided, weighted, write
from ui.till.measures import SIDE
from ui.till.small_button import SmallButton
from ui.widgets import IconButton, label

HEIGHT = 72  # px of a row
_ROW = Look("", "surfaceAlt", "sunken", "text")
_QUIET = Look("", "sunken", "sunken", "text2")


class HeldList(QWidget):
    """`recalled`, `renamed`, `given_up` tell the id of a cart; `closed`: the lines are wanted again."""

    recalled = Signal(str)
    renamed = Signal(str)
    given_up = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        px = theme.px
        self._rows: list[HeldRow] = []
        self._nothing = label(_("No cart is put aside."), "body", theme, color="text2")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setSpacing(0)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        self._scroll = Scroll(self._inside)
        back = SmallButton(_("Back to the cart"), "arrow-left", keycap("back"), _QUIET, theme)
        back.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.setContentsMargins(px(SIDE), 0, px(6), px(4))
        title = label(_("Carts put aside"), "title", theme)
        title.setFont(theme.font("title", 16))
        head.addWidget(title, 1)
        head.addWidget(back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._nothing)
        column.addWidget(self._scroll, 1)

    def show_drafts(self, drafts: tuple[Draft, ...], today: date) -> None:
        """Show these carts; of an earlier day with their date."""
        focused = next((i for i, row in enumerate(self._rows) if row.hasFocus()), None)
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = [HeldRow(draft, today, self.theme) for draft in drafts]
        for place, row in enumerate(self._rows):
            self._column.insertWidget(place, row)
            row.show()  # at once, or it could not have the keyboard yet
            self._connect(row, row.draft.cart.id)
        self._nothing.setVisible(not drafts)
        if focused is not None:
            self.focus_row(focused)

    def focus_row(self, place: int) -> None:
        """Hand the keyboard to a row, the nearest one that is there."""
        if self._rows:
            row = self._rows[max(0, min(place, len(self._rows) - 1))]
            row.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._scroll.ensureWidgetVisible(row)

    def _connect(self, row: HeldRow, cart: str) -> None:
        row.clicked.connect(lambda: self.recalled.emit(cart))
        row.rename.clicked.connect(lambda: self.renamed.emit(cart))
        row.give_up.clicked.connect(lambda: self.given_up.emit(cart))
        row.moved.connect(lambda by: self.focus_row(self._rows.index(row) + by))


class HeldRow(Pressable):
    """One cart: what it is called, how much it is, since when; `rename` and `give_up` are its buttons.

    `moved` asks for the row that far away.
    """

    moved = Signal(int)

    def __init__(self, draft: Draft, today: date, theme: Theme) -> None:
        super().__init__("", "ghost", 0, theme)
        self.draft = draft
        self.look = _ROW
        self._name = draft.name or draft.cart.lines[0].product.name
        when = clock_time(draft.at)
        if draft.at.date() != today:
            when = f"{short_date(draft.at.date())} {when}"
        self._facts = f"{counted(draft.cart.qty)} · {when}"
        self._waiting = draft.state == WAITING
        words = [
            self._name,
            self._facts,
            rupiah(draft.cart.total),
            *([_("waiting for QRIS")] if self._waiting else []),
        ]
        self.setAccessibleName(", ".join(words))
        self._sum = weighted(theme.font("bodyLarge"), 800)
        self._small = weighted(theme.font("label"), 500)
        self.setFont(theme.font("itemName", 15))
        self.setFixedHeight(theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.rename = IconButton("pencil", _("Rename {name}").format(name=self._name), theme=theme)
        self.give_up = IconButton("trash-2", _("Remove {name}").format(name=self._name), theme=theme)
        self._framed = False
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.px(ROOM), 0)
        row.setSpacing(0)
        row.addStretch(1)
        for button in (self.rename, self.give_up):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)

    def sizeHint(self) -> QSize:
        """As wide as the list makes it."""
        return QSize(0, self.height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A frame inside instead of the usual ring, for which there is no room around a row."""
        QAbstractButton.focusInEvent(self, event)
        self._framed = True
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The frame goes too."""
        QAbstractButton.focusOutEvent(self, event)
        self._framed = False
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move from row to row, Del gives this one up; the scroll area would take them."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() == Qt.Key.Key_Delete:
            self.give_up.click()
        else:
            super().keyPressEvent(event)

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Name and sum; below them the facts and whether money is still to come."""
        px, theme = self.theme.px, self.theme
        painter.fillRect(QRect(0, rect.bottom(), rect.width(), 1), theme.color("border"))
        if self._framed:
            self._paint_frame(painter, rect)
        left, right = px(SIDE), self.rename.x() - px(4)
        upper = QRectF(left, px(14), right - left, px(22))
        total = rupiah(self.draft.cart.total)
        write(painter, upper, total, self._sum, theme.color("text"), RIGHT)
        room = upper.width() - QFontMetrics(self._sum).horizontalAdvance(total) - px(12)
        name = elided(self._name, QFontMetrics(self.font()), int(room))
        write(painter, upper, name, self.font(), theme.color("text"), LEFT)
        lower = upper.translated(0, px(24))
        write(painter, lower, self._facts, self._small, theme.color("text3"), LEFT)
        if self._waiting:
            words, font = _("waiting for QRIS"), theme.font("caption")
            width = QFontMetrics(font).horizontalAdvance(words) + px(16)
            pill = QRectF(right - width, lower.top(), width, px(22))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("goldSoft"))
            painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
            write(painter, pill, words, font, theme.color("onGoldSoft"), CENTER)

    def _paint_frame(self, painter: QPainter, rect: QRect) -> None:
        inset = self.theme.px(4)
        frame = QRectF(rect).adjusted(inset, inset, -inset, -inset)
        painter.save()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.theme.color("focus"), self.theme.px(3)))
        painter.drawRoundedRect(frame, self.theme.radius("thumb"), self.theme.radius("thumb"))
        painter.restore()

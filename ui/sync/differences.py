"""Two histories side by side, a document of each a row: what is known at the left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.forks import Fork
from pos.model import Table
from pos.money import rupiah
from pos.text import _, clock_time, short_date
from ui.cover import Cover
from ui.scroll import Scroll
from ui.theme import Theme
from ui.till.lettering import LEFT, RIGHT, elided, weighted, write
from ui.widgets import Button, IconButton, hline, label

WIDTH, ROW = 860, 52  # px at 100 %


@dataclass(frozen=True, slots=True)
class Cell:
    """One side of a row: what it is, when and under which code, its money; all empty where there is none."""

    title: str = ""
    more: str = ""
    money: str = ""

    def with_note(self, words: str) -> Cell:
        """The same, with something said of it first."""
        return replace(self, more=f"{words} · {self.more}" if words else self.more)


class SidesList(QWidget):
    """Rows with two sides, painted; `rows` may be many."""

    def __init__(self, theme: Theme, rows: Sequence[tuple[str, Cell, Cell]]) -> None:
        super().__init__()
        self.theme, self.rows = theme, rows
        self._bold, self._small = weighted(theme.font("body"), 700), theme.font("caption")
        self.setFixedHeight(max(theme.px(ROW) * len(rows), theme.px(ROW)))
        said = (f"{row[0]}: " + "; ".join(f"{one.title} {one.money}" for one in row[1:]) for row in rows)
        self.setAccessibleName("\n".join(said))

    def sizeHint(self) -> QSize:
        """All rows."""
        return QSize(self.theme.px(WIDTH), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Only the rows in sight."""
        painter, px, high = QPainter(self), self.theme.px, self.theme.px(ROW)
        first, last = event.rect().top() // high, event.rect().bottom() // high
        side = (self.width() - px(72)) // 2
        for place in range(max(first, 0), min(last + 1, len(self.rows))):
            seq, ours, theirs = self.rows[place]
            top = place * high
            if place % 2:
                painter.fillRect(0, top, self.width(), high, self.theme.color("surfaceAlt"))
            box = QRectF(px(12), top, px(52), high)
            write(painter, box, seq, self._small, self.theme.color("text3"), LEFT)
            self._cell(painter, QRectF(px(64), top, side - px(32), high), ours)
            self._cell(painter, QRectF(px(64) + side, top, side - px(12), high), theirs)

    def _cell(self, painter: QPainter, box: QRectF, cell: Cell) -> None:
        theme, px = self.theme, self.theme.px
        if not cell.title:
            write(painter, box, "–", self._bold, theme.color("text3"), LEFT)
            return
        money = QFontMetrics(self._bold).horizontalAdvance(cell.money) + px(8)
        above = QRectF(box.left(), box.top() + px(7), box.width(), px(20))
        below = QRectF(box.left(), box.top() + px(27), box.width(), px(17))
        title = elided(cell.title, QFontMetrics(self._bold), int(box.width()) - money)
        write(painter, above, title, self._bold, theme.color("text"), LEFT)
        write(painter, above, cell.money, self._bold, theme.color("text"), RIGHT)
        more = elided(cell.more, QFontMetrics(self._small), int(box.width()))
        write(painter, below, more, self._small, theme.color("text2"), LEFT)


class DifferencesSheet(Cover):
    """Both histories of a fork, over the whole window."""

    help = "merge"

    def __init__(self, window: QWidget, theme: Theme, table: Table, fork: Fork) -> None:
        super().__init__(window, theme)
        px = theme.px
        self.setAccessibleName(table.title)
        close = IconButton("x", _("Close"), theme=theme)
        close.clicked.connect(self.leave)
        head = QHBoxLayout()
        head.addWidget(label(table.title, "title", theme), 1)
        head.addWidget(close)
        names = QHBoxLayout()
        names.setContentsMargins(px(64), 0, 0, 0)
        names.setSpacing(0)
        for name, of in ((fork.name, _("stands")), (fork.second, _("is kept aside"))):
            names.addWidget(label(f"{name} · {of}", "label", theme, color="text2"), 1)
        rows = [(f"#{row[0]}", _cell(row[1:6]), _cell(row[6:11])) for row in table.rows]
        self.list = SidesList(theme, rows)
        done = Button(_("Close"), kind="secondary", theme=theme)
        done.clicked.connect(self.leave)
        column = QVBoxLayout(self.paper)
        column.setContentsMargins(px(20), px(10), px(20), px(16))
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addLayout(names)
        column.addWidget(hline(theme))
        column.addWidget(Scroll(self.list), 1)
        column.addWidget(done, 0, Qt.AlignmentFlag.AlignRight)
        self._close = done

    def open(self) -> None:
        """Come up."""
        self.cover()
        self._close.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In the middle, as high as the rows or the window."""
        super().resizeEvent(event)
        px = self._theme.px
        width = min(px(WIDTH), self.width() - px(32))
        height = min(px(190) + self.list.height(), self.height() - px(48))
        self.lay_in_middle(width, height)


def kind_name(kind: str) -> str:
    """What a kind of document is called in the language in use; an unknown one stands for itself."""
    return {
        "device": _("Set-up of the laptop"),
        "catalog": _("Price list"),
        "staff": _("People"),
        "quota": _("Limit of orders"),
        "closed_day": _("Closed day"),
        "shift_open": _("Shift opened"),
        "shift_close": _("Shift closed"),
        "cash": _("Cash in or out"),
        "remittance": _("Payment to an institution"),
        "stock": _("Stock paper"),
        "sale": _("Sale"),
        "refund": _("Return"),
        "order": _("Order"),
        "order_step": _("Step of an order"),
        "deposit": _("Deposit"),
        "erase": _("Personal data erased"),
    }.get(kind, kind)


def _cell(columns: Sequence[object]) -> Cell:
    kind, number, at, total, code = columns
    return side(str(kind), str(number), str(at), total if isinstance(total, int) else None, str(code))


def side(kind: str, number: str, at: str, total: int | None, code: str) -> Cell:
    """One document as a side of a row."""
    if not kind:
        return Cell()
    title = f"{kind_name(kind)} {number}".strip()
    return Cell(title, f"{_moment(at)} · {code}", "" if total is None else rupiah(total))


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text[:25]
    return f"{short_date(moment.date())} {clock_time(moment)}"

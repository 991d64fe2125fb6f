"""The panels that are scrolled to: categories, cashiers, what came back, stock, orders; each a few rows."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.model import Table
from pos.money import plain, rupiah
from pos.reports.drawn import parts_of, stock_part
from pos.reports.scope import Row
from pos.text import _, ngettext, short_date
from ui.reports.cells import written
from ui.reports.choosable import Choosable, middle_cut, paint_chosen
from ui.reports.panels import Link, Titled
from ui.theme import Theme
from ui.till.lettering import LEFT, RIGHT, weighted, write
from ui.widgets import label

ROWS, ROW, BAR = 6, 48, 96  # rows of a panel; px

Cells = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it is about, words below it, words and an amount at the right; `part` of the longest bar
    in hundredths, None without bars; `row` is that of the report.
    """

    name: str
    more: str
    said: str
    amount: str
    part: int | None
    row: Row


class Lines(Choosable):
    """Rows painted from left to right; the bar goes first where there is no room, then what is said."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.lines: Sequence[Line] = ()
        self._name, self._small = weighted(theme.font("body"), 600), weighted(theme.font("caption"), 500)
        self._money = weighted(theme.font("body"), 700)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Other ones."""
        self.lines, self.chosen = lines, None
        self.setFixedHeight(len(lines) * self.theme.px(ROW))
        self.setAccessibleName("; ".join(self.told(place) for place in range(len(lines))))
        self.update()

    def count(self) -> int:
        """The rows."""
        return len(self.lines)

    def place(self, number: int) -> QRectF:
        """As high as a finger wants it."""
        high = self.theme.px(ROW)
        return QRectF(0, number * high, self.width(), high)

    def told(self, number: int) -> str:
        """All of it, also what is cut."""
        one = self.lines[number]
        return ", ".join(part for part in (one.name, one.more, one.said, one.amount) if part)

    def minimumSizeHint(self) -> QSize:
        """Names are cut before that."""
        return QSize(self.theme.px(180), self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The rows in sight."""
        painter, px = QPainter(self), self.theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        money, small = QFontMetrics(self._money), QFontMetrics(self._small)
        widest = max((money.horizontalAdvance(one.amount) for one in self.lines), default=0)
        said = max((small.horizontalAdvance(one.said) for one in self.lines), default=0)
        room = self.width() - widest - px(160)
        said = said if room > said + px(16) else 0
        name = QFontMetrics(self._name)
        needed = [name.horizontalAdvance(one.name) for one in self.lines]
        needed += [small.horizontalAdvance(one.more) for one in self.lines]
        free = self.width() - widest - px(16) - (said + px(16) if said else 0)
        bars = free - px(BAR + 16) > max(needed, default=0)
        bars = bars and any(one.part is not None for one in self.lines)
        for place, one in enumerate(self.lines):
            box = self.place(place)
            paint_chosen(painter, self, place)
            if place:
                painter.fillRect(QRectF(0, box.top(), box.width(), 1), self.theme.color("border"))
            write(painter, box, one.amount, self._money, self.theme.color("text"), RIGHT)
            right = self.width() - widest - px(16)
            if bars:
                right -= px(BAR)
                self._paint_bar(painter, QRectF(right, box.center().y() - px(5), px(BAR), px(10)), one)
                right -= px(16)
            if said:
                where = QRectF(right - said, box.top(), said, box.height())
                write(painter, where, one.said, self._small, self.theme.color("text2"), RIGHT)
                right -= said + px(16)
            self._paint_name(painter, box.adjusted(0, 0, right - box.width(), 0), one)

    def _paint_name(self, painter: QPainter, box: QRectF, one: Line) -> None:
        px, room = self.theme.px, int(box.width())
        name = middle_cut(one.name, QFontMetrics(self._name), room)
        if not one.more:
            write(painter, box, name, self._name, self.theme.color("text"), LEFT)
            return
        top = box.center().y() - px(19)
        write(painter, QRectF(0, top, room, px(20)), name, self._name, self.theme.color("text"), LEFT)
        more = middle_cut(one.more, QFontMetrics(self._small), room)
        below = QRectF(0, top + px(20), room, px(18))
        write(painter, below, more, self._small, self.theme.color("text2"), LEFT)

    def _paint_bar(self, painter: QPainter, trough: QRectF, one: Line) -> None:
        px, half = self.theme.px, trough.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("sunken"))
        painter.drawRoundedRect(trough, half, half)
        if one.part:
            share = max(trough.width() * min(one.part, 100) / 100, px(6))
            painter.setBrush(self.theme.color("primary"))
            painter.drawRoundedRect(QRectF(trough.x(), trough.y(), share, trough.height()), half, half)


class TablePanel(Titled):
    """The first rows of a report. `opened` tells one of them, `all_wanted` asks for all."""

    opened = Signal(object)
    all_wanted = Signal()

    def __init__(self, title: str, nothing: str, theme: Theme) -> None:
        super().__init__(title, theme)
        self.lines = Lines(theme)
        self.lines.opened.connect(lambda place: self.opened.emit(self.lines.lines[place].row))
        self.link = Link(theme)
        self.link.clicked.connect(self.all_wanted)
        self.lead_on(self.link)
        self._nothing = label(nothing, "body", theme, color="text2", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setMinimumHeight(theme.px(ROW))
        self.body.addWidget(self._nothing, 1)
        self.body.addWidget(self.lines)
        self.body.addStretch(0)

    def show_lines(self, lines: Sequence[Line], of: int) -> None:
        """The first of so many."""
        self._nothing.setVisible(not lines)
        self.lines.setVisible(bool(lines))
        self.lines.show_lines(lines)
        self.link.setText(_("See all {count}").format(count=plain(of)))
        self.link.setVisible(of > 0)


class BelowPanels(QWidget):
    """All of them. `opened` tells a report's table and a row of it, `all_wanted` the report's name."""

    opened = Signal(object, object)
    all_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._tables: dict[str, Table] = {}
        nothing = _("Nothing was sold in these days.")
        self.panels = {
            "categories": TablePanel(_("Categories"), nothing, theme),
            "cashiers": TablePanel(_("Cashiers"), nothing, theme),
            "returns": TablePanel(
                _("Returns and cancelled"), _("Nothing came back and nothing was cancelled."), theme
            ),
            "stock": TablePanel(_("Stock left"), _("No goods were received yet."), theme),
            "orders": TablePanel(_("Orders"), _("Nothing was ordered in these days."), theme),
        }
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.px(12))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._grid)
        for name, panel in self.panels.items():
            panel.all_wanted.connect(lambda name=name: self.all_wanted.emit(name))
            panel.opened.connect(lambda row, name=name: self.opened.emit(self._tables[name], row))
            panel.hide()

    def show_tables(self, tables: Mapping[str, Table]) -> None:
        """Other ones; a panel whose report cannot be told is not there, and the others close up."""
        if list(tables) != list(self._tables):
            self._arrange([name for name in self.panels if name in tables])
        self._tables = dict(tables)
        for name, table in self._tables.items():
            self.panels[name].show_lines(LINES[name](table), len(table.rows))

    def _arrange(self, here: list[str]) -> None:
        """Two side by side; the last one alone has the whole width."""
        for panel in self.panels.values():
            self._grid.removeWidget(panel)
            panel.hide()
        for place, name in enumerate(here):
            whole = place == len(here) - 1 and place % 2 == 0
            self._grid.addWidget(self.panels[name], place // 2, place % 2, 1, 2 if whole else 1)
            self.panels[name].show()  # now that it is in here: before, it would be a window

    def set_side(self, width: int) -> None:
        """How wide what stands at the right is, px."""
        for name in ("cashiers", "stock"):
            self.panels[name].setFixedWidth(width)


def _first(table: Table, rows: Sequence[Row] | None = None) -> list[tuple[Cells, Row]]:
    """The rows a panel has room for, with their cells by column: these, or the first of the report."""
    keys = [column.key for column in table.columns]
    return [(dict(zip(keys, row, strict=True)), row) for row in (table.rows if rows is None else rows)[:ROWS]]


def _cells(table: Table, *keys: str) -> Callable[[Row], Any]:
    """What finds these columns in a row: a report may have many thousand rows."""
    places = [column.key for column in table.columns]
    return itemgetter(*(places.index(key) for key in keys))


def _pieces(count: int) -> str:
    return ngettext("{count} piece", "{count} pieces", count).format(count=plain(count))


def _categories(table: Table) -> list[Line]:
    found = _first(table)
    parts = parts_of([cells["total"] for cells, _row in found])
    return [
        Line(
            cells["category"],
            "",
            f"{_kinds(cells['products'])} · {_pieces(cells['qty'])}",
            rupiah(cells["total"]),
            part,
            row,
        )
        for (cells, row), part in zip(found, parts, strict=True)
    ]


def _kinds(count: int) -> str:
    return ngettext("{count} product", "{count} products", count).format(count=plain(count))


def _cashiers(table: Table) -> list[Line]:
    found = _first(table)
    parts = parts_of([cells["total"] for cells, _row in found])
    return [
        Line(
            cells["name"],
            _("{booth} · {receipts} · {amount} each").format(
                booth=cells["booth"],
                receipts=ngettext("{count} receipt", "{count} receipts", cells["sales"]).format(
                    count=plain(cells["sales"])
                ),
                amount=written(cells["average"], "money"),
            ),
            "",
            rupiah(cells["total"]),
            part,
            row,
        )
        for (cells, row), part in zip(found, parts, strict=True)
    ]


def _returns(table: Table) -> list[Line]:
    """The newest first."""
    newest = heapq.nlargest(ROWS, table.rows, key=_cells(table, "day", "time"))
    return [
        Line(
            f"{cells['kind']} · {cells['reason']}" if cells["reason"] else cells["kind"],
            _("{number} of receipt {receipt}").format(
                number=cells["number"], receipt=written(cells["receipt"] or None, "text")
            ),
            f"{_day(cells['day'])} {cells['time'][:5].replace(':', '.')} · {_pieces(cells['qty'])}",
            rupiah(-cells["total"]),
            None,
            row,
        )
        for cells, row in _first(table, newest)
    ]


def _stock(table: Table) -> list[Line]:
    """What is least first; its bar is what is left of what was received."""
    least = heapq.nsmallest(ROWS, table.rows, key=_cells(table, "left", "name"))
    return [
        Line(
            cells["name"],
            cells["institution"],
            "",
            _("{count} left").format(count=plain(cells["left"])),
            stock_part(cells["left"], cells["received"]),
            row,
        )
        for cells, row in _first(table, least)
    ]


def _orders(table: Table) -> list[Line]:
    """Those on which something is still to be paid first, the earliest due of them first."""
    cells_of = _cells(table, "rest", "due", "order")

    def urgent(row: Row) -> tuple[bool, str, str]:
        rest, due, order = cells_of(row)
        return not rest, due or "9", order

    first = heapq.nsmallest(ROWS, table.rows, key=urgent)
    return [
        Line(
            f"{cells['order']} · {cells['state']}",
            _("due {day}").format(day=_day(cells["due"])) if cells["due"] else _("no day was told"),
            _("{pieces} · {amount} left to pay").format(
                pieces=_pieces(cells["qty"]), amount=rupiah(cells["rest"])
            ),
            rupiah(cells["total"]),
            None,
            row,
        )
        for cells, row in _first(table, first)
    ]


def _day(day: str) -> str:
    return short_date(date.fromisoformat(day))


LINES: Mapping[str, Callable[[Table], list[Line]]] = MappingProxyType(
    {
        "categories": _categories,
        "cashiers": _cashiers,
        "returns": _returns,
        "stock": _stock,
        "orders": _orders,
    }
)

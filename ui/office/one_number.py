"""Satu angka: sales, payments, shifts, sheets, institutions must come to the same; if not, what does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.model import Table
from pos.money import Rupiah, rupiah
from pos.text import _
from ui.app import App
from ui.icons import icon_pixmap
from ui.keys import keycap
from ui.office.report_page import ReportPage
from ui.reports.cells import UNKNOWN
from ui.theme import Theme
from ui.till.lettering import LEFT, weighted, write
from ui.widgets import Button, FitLabel, Panel, Tag, fitted, label

WAYS = ("sales", "payments", "shifts", "sheets", "institutions")


class OneNumberPage(ReportPage):
    """The one figure, the ways in which it was counted, and each booth below."""

    name = "reconcile"

    def __init__(self, app: App) -> None:
        super().__init__(app, _("One figure"))
        theme, px = app.theme, app.theme.px
        self.figure = FitLabel("amountLarge", theme)
        self.verdict = Tag("", theme=theme, large=True)
        self.words = label("", "body", theme, color="text2", wrap=True)
        self.ways = _Ways(theme)
        card = Panel(theme)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(label(_("Turnover, counted in every way there is"), "label", theme, color="text2"))
        left.addWidget(self.figure)
        right.setSpacing(px(6))
        right.addStretch(1)
        right.addWidget(self.verdict)
        right.addWidget(self.words)
        right.addStretch(1)
        first = QHBoxLayout()
        first.setSpacing(px(24))
        first.addLayout(left, 1)
        first.addLayout(right, 1)
        column = QVBoxLayout(card)
        column.setContentsMargins(px(20), px(12), px(20), px(14))
        column.setSpacing(px(10))
        column.addLayout(first)
        column.addWidget(self.ways)
        self.top.addWidget(card)
        self.look = Button(
            _("Show what does not fit"), icon="file-text", keycap=keycap("open row"), theme=theme
        )
        self.look.clicked.connect(self._look)
        self.foot.addStretch(1)
        self.foot.addWidget(self.look)
        self.look.hide()
        self.rows.chosen.connect(self._offer)

    def show_table(self, table: Table) -> None:
        """The figure of the region, whether every way has it, and the booths."""
        super().show_table(table)
        keys = [column.key for column in table.columns]
        whole = dict(zip(keys, table.rows[0], strict=True)) if table.rows else {}
        titles = {column.key: column.title for column in table.columns}
        sales = whole.get("sales")
        self.figure.setText(rupiah(sales or 0))
        self.ways.show_ways([(titles[way], whole.get(way)) for way in WAYS if way in titles], sales or 0)
        if not whole.get("difference"):
            self.verdict.set(_("Everything agrees"), "ok", icon="shield-check")
            self.words.setText(_("Five ways of counting come to the same, to the rupiah."))
        else:
            self.verdict.set(_("It does not agree"), "danger", icon="triangle-alert")
            said = _("{amount} apart; the first that does not fit: {document}.")
            first = whole.get("first") or UNKNOWN
            self.words.setText(said.format(amount=rupiah(whole["difference"]), document=first))
        self._offer(self.rows.current)

    def open_row(self, row: tuple[Any, ...]) -> None:
        """The document that breaks it."""
        self.open_document(row)

    def _offer(self, row: tuple[Any, ...] | None) -> None:
        self.look.setVisible(bool(row and self.field(row, "first")))

    def _look(self) -> None:
        if self.rows.current:
            self.open_row(self.rows.current)


class _Ways(QWidget):
    """Each way of counting with its amount, and a tick where it is the one figure."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._ways: Sequence[tuple[str, Rupiah | None]] = ()
        self._right: Rupiah = 0
        self.setFixedHeight(theme.px(58))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """All in one row."""
        return QSize(self.theme.px(700), self.theme.px(58))

    def show_ways(self, ways: Sequence[tuple[str, Rupiah | None]], right: Rupiah) -> None:
        """Other amounts; `right` is what each should be."""
        self._ways, self._right = ways, right
        said = (f"{name} {UNKNOWN if amount is None else rupiah(amount)}" for name, amount in ways)
        self.setAccessibleName(", ".join(said))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One beside the other."""
        painter, theme, px = QPainter(self), self.theme, self.theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = (self.width() - px(8) * (len(self._ways) - 1)) / max(len(self._ways), 1)
        for place, (name, amount) in enumerate(self._ways):
            box = QRectF(place * (wide + px(8)), 0, wide, self.height())
            good = amount is None or amount == self._right
            painter.setPen(theme.color("border" if good else "dangerBorder"))
            painter.setBrush(theme.color("surfaceAlt" if good else "dangerSoft"))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), px(12), px(12))
            icon, color = ("check", "primary") if good else ("triangle-alert", "danger")
            tick = icon_pixmap(icon if amount is not None else "minus", px(16), theme.color(color), 1.0)
            painter.drawPixmap(int(box.x() + px(12)), int(box.center().y() - px(8)), tick)
            room = int(wide - px(36 + 10))
            small, strong = theme.font("caption"), weighted(theme.font("body", 15), 800)
            title = QRectF(box.x() + px(36), px(9), room, px(18))
            write(painter, title, name, fitted(small, name, room), theme.color("text2"), LEFT)
            words = UNKNOWN if amount is None else rupiah(amount)
            below = QRectF(box.x() + px(36), px(28), room, px(22))
            write(painter, below, words, fitted(strong, words, room), theme.color("text"), LEFT)

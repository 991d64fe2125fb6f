"""One receipt: what was on it, what came back of it so far, and what comes back now, for how much money."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import Refused, UserError
from pos.model import Refund, Sale
from pos.money import Rupiah, rupiah
from pos.payments import MAX_REFERENCE, method_name
from pos.returns import WAYS_BACK, Item, Left, came_back, returnable, worth
from pos.text import _, clock_time, short_date
from ui.app import App
from ui.fields import TextField
from ui.keys import keycap
from ui.returns.line_row import LineRow
from ui.scroll import Scroll
from ui.widgets import Button, Chip, FitLabel, Panel, Tag, hline, label

COLUMN = 136  # px, that of a stepper


class Detail(Panel):
    """`give_back` was pressed, `paper` of what is shown is wanted, or its `sale` (a number)."""

    give_back = Signal()
    paper = Signal()
    sale = Signal(str)

    def __init__(self, app: App) -> None:
        super().__init__(app.theme)
        self.app = app
        self.shown: Sale | Refund | None = None
        self.total: Rupiah = 0
        self.rows: list[LineRow] = []
        self._texts: list[QWidget] = []
        theme, px = app.theme, app.theme.px
        self._number = label("", "title", theme)
        self._state = Tag("", theme=theme)
        self._about = label("", "body", theme, color="text2", wrap=True)
        self._former = label("", "label", theme, color="text2", wrap=True)
        self._open = Button(
            _("Show the paper"), kind="secondary", icon="file-text", keycap=keycap("paper"), theme=theme
        )
        self._open.clicked.connect(self.paper)
        self._all = Button(_("Everything"), kind="secondary", theme=theme)
        self._all.clicked.connect(self.take_all)
        self._amount = FitLabel("amount", theme)
        self._why = label("", "label", theme, color="text2")
        self._give = Button(_("Give money back"), icon="undo-2", keycap=keycap("take back"), theme=theme)
        self._give.clicked.connect(self.give_back)
        self._ways = {code: Chip(method_name(code), theme=theme) for code in WAYS_BACK}
        self.reference = TextField(_("Reference of the money sent back"), theme, most=MAX_REFERENCE)
        self.reference.setFixedHeight(theme.size("touchMin"))
        self.reference.edit.setPlaceholderText(_("Reference, if there is one"))
        self._foot = self._make_foot()
        self._heads = self._make_heads()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(14), 0, px(12))
        column.setSpacing(px(6))
        column.addLayout(self._make_head())
        column.addWidget(hline(theme))
        column.addWidget(self._heads)
        column.addWidget(self._list(), 1)
        column.addWidget(hline(theme))
        column.addWidget(self._foot)
        self.show_paper(None)

    @property
    def items(self) -> tuple[Item, ...]:
        """What comes back."""
        return tuple(item for row in self.rows for item in row.items)

    @property
    def method(self) -> str:
        """The way the money goes back."""
        return next((code for code, chip in self._ways.items() if chip.isChecked()), "cash")

    def show_paper(self, paper: Sale | Refund | None) -> None:
        """Show another one, nothing of it chosen."""
        self.shown = paper
        self.setVisible(paper is not None)
        for row in (*self.rows, *self._texts):
            row.hide()
            row.deleteLater()
        self.rows, self._texts = [], []
        self._ways["cash"].setChecked(True)
        self.reference.edit.clear()
        if isinstance(paper, Sale):
            self._show_sale(paper)
        elif paper:
            self._show_refund(paper)
        self._show_total()

    def take_all(self) -> None:
        """Everything that is left comes back and can be sold again; of a bundle its rest in components."""
        if not isinstance(self.shown, Sale):
            return
        for row in self.rows:
            row.show_qty(0, 0)
        for row in self.rows:
            left = row.left
            if left.left and self._allowed(row, (Item(left.line, left.left, left.part),)):
                row.show_qty(left.left, 0)
        self._show_total()

    def focus_first(self) -> None:
        """The keyboard on the first line that can come back."""
        first = next((row for row in self.rows if row.left.left), None)
        if first:
            first.good.focus_more()

    def _show_sale(self, sale: Sale) -> None:
        lefts = returnable(self.app.ledger, sale)
        paid = " + ".join(f"{method_name(part.method)} {rupiah(part.amount)}" for part in sale.payments)
        former = came_back(self.app.ledger, sale)
        cancelled = next((one for one in former if one.void), None)
        self._number.setText(sale.receipt)
        self._state_of(sale, former)
        self._about.setText(self._where(sale, paid))
        self._former.setText(
            "\n".join(
                _("{number}: {amount} back on {date}").format(
                    number=one.receipt, amount=rupiah(one.total), date=short_date(one.day)
                )
                for one in former
            )
        )
        self._former.setVisible(bool(former))
        self._open.setText(_("Show the paper"))
        for left in lefts:
            if left.part < 0 or left.sold:
                self._add(left, sale)
        self._order_stops()
        returning = cancelled is None and any(left.left for left in lefts)
        self._heads.setVisible(returning)
        self._foot.setVisible(returning)

    def _order_stops(self) -> None:
        """Tab goes through the lines before it comes to the money: they were made after it."""
        before: QWidget = self._open
        for row in self.rows:
            for stop in (*row.good.stops(), *row.bad.stops()):
                self.setTabOrder(before, stop)
                before = stop
        self.setTabOrder(before, self._ways[WAYS_BACK[0]])

    def _show_refund(self, refund: Refund) -> None:
        paid = " + ".join(f"{method_name(part.method)} {rupiah(part.amount)}" for part in refund.payments)
        self._number.setText(refund.receipt)
        self._state.set(_("Cancellation") if refund.void else _("Return"), "warn")
        self._state.show()
        about = [self._where(refund, paid), _("Of receipt {number}").format(number=refund.receipt_of)]
        if refund.reason:
            about.append(_("Reason: {reason}").format(reason=refund.reason))
        if refund.by:
            by = self.app.staff.get(refund.by)
            about.append(_("Allowed by {name}").format(name=by.name if by else refund.by))
        self._about.setText("\n".join(about))
        self._former.hide()
        for line, back in zip(refund.lines, refund.backs, strict=True):
            condition = _("damaged") if back.damaged else _("can be sold again")
            words = f"{line.qty} × {line.name} · {condition} · {rupiah(line.total)}"
            self._plain(words)
        self._heads.hide()
        self._foot.hide()

    def _state_of(self, sale: Sale, former: Sequence[Refund]) -> None:
        back = sum(one.total for one in former)
        self._state.setVisible(bool(former))
        if any(one.void for one in former):
            self._state.set(_("Cancelled"), "danger", icon="rotate-ccw")
        elif former:
            whole = back == sale.total
            self._state.set(_("Returned") if whole else _("Partly returned"), "warn", icon="undo-2")

    def _where(self, paper: Sale | Refund, paid: str) -> str:
        person = self.app.staff.get(paper.cashier)
        when = f"{short_date(paper.day)} {clock_time(paper.at)}"
        return " · ".join((when, person.name if person else paper.cashier, paid))

    def _add(self, left: Left, sale: Sale) -> None:
        unit = self.app.opening.institutions.get(left.institution)
        line = sale.lines[left.line]
        price = rupiah(line.total if left.part < 0 else line.parts[left.part].amount)
        row = LineRow(left, unit.short if unit else left.institution, price, self.app.theme)
        row.changed.connect(lambda items, row=row: self._take(row, items))
        self._column.insertWidget(self._column.count() - 1, row)
        row.show()
        self.rows.append(row)

    def _plain(self, words: str) -> None:
        row = label(words, "body", self.app.theme, wrap=True)
        px = self.app.theme.px
        row.setContentsMargins(px(16), px(10), px(16), px(10))
        self._column.insertWidget(self._column.count() - 1, row)
        row.show()
        self._texts.append(row)

    def _take(self, row: LineRow, items: tuple[Item, ...]) -> None:
        """These pieces of a row come back, if they may beside what else does."""
        if not self._allowed(row, items):
            return
        good = sum(item.qty for item in items if not item.damaged)
        row.show_qty(good, sum(item.qty for item in items if item.damaged))
        self._show_total()

    def _allowed(self, row: LineRow, items: tuple[Item, ...]) -> bool:
        others = [item for other in self.rows if other is not row for item in other.items]
        if not isinstance(self.shown, Sale):
            return False
        try:
            worth(self.app.ledger, self.shown, (*others, *items))
        except Refused:
            return False  # a bundle and its components are the same pieces
        except UserError as error:
            self.app.failed.emit(error)
            return False
        return True

    def _show_total(self) -> None:
        items = self.items
        sale = self.shown if isinstance(self.shown, Sale) else None
        self.total = worth(self.app.ledger, sale, items) if sale and items else 0
        self._amount.setText(rupiah(self.total))
        ready = bool(items) and self.app.shift is not None
        self._give.setEnabled(ready)
        self.reference.setVisible(self.method != "cash")
        why = "" if ready else _("Choose what comes back.") if self.app.shift else _("Open the till first.")
        self._why.setText(why)

    def _make_head(self) -> QHBoxLayout:
        px = self.app.theme.px
        first = QHBoxLayout()
        first.setSpacing(px(10))
        first.addWidget(self._number)
        first.addWidget(self._state)
        first.addStretch(1)
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addLayout(first)
        words.addWidget(self._about)
        words.addWidget(self._former)
        row = QHBoxLayout()
        row.setContentsMargins(px(16), 0, px(16), 0)
        row.setSpacing(px(12))
        row.addLayout(words, 1)
        row.addWidget(self._open, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _make_heads(self) -> QWidget:
        theme, px = self.app.theme, self.app.theme.px
        heads = QWidget()
        row = QHBoxLayout(heads)
        row.setContentsMargins(px(16), 0, px(16), 0)
        row.setSpacing(px(12))
        row.addWidget(label(_("What comes back"), "label", theme, color="text2"), 1)
        for words in (_("Can be sold again"), _("Damaged")):
            head = label(words, "label", theme, color="text2")
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            head.setFixedWidth(px(COLUMN))
            row.addWidget(head)
        return heads

    def _make_foot(self) -> QWidget:
        theme, px = self.app.theme, self.app.theme.px
        ways = QHBoxLayout()
        ways.setSpacing(px(8))
        ways.addWidget(label(_("Money back by"), "label", theme, color="text2"))
        group = QButtonGroup(self)
        for chip in self._ways.values():
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.clicked.connect(self._show_total)
            group.addButton(chip)
            ways.addWidget(chip)
        ways.addWidget(self.reference, 1)
        ways.addStretch(0)
        ways.addWidget(self._all)
        sums = QVBoxLayout()
        sums.setSpacing(0)
        sums.addWidget(label(_("Money back"), "label", theme, color="text2"))
        sums.addWidget(self._amount)
        last = QHBoxLayout()
        last.setSpacing(px(12))
        last.addLayout(sums, 1)
        last.addWidget(self._why)
        self._give.setFixedHeight(px(60))
        last.addWidget(self._give)
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(px(16), px(4), px(16), 0)
        column.setSpacing(px(8))
        column.addLayout(ways)
        column.addLayout(last)
        return foot

    def _list(self) -> QWidget:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        return Scroll(inside)

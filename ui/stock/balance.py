"""Saldo UPT: every institution's goods and money, and what the officer should look at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pos.balances import Ageing, Balance, ageing, balances, low_stock, to_check
from pos.ledger import Ledger
from pos.model import Institution, Product
from pos.money import plain
from pos.remittances import Account, accounts
from pos.text import _, ngettext, short_date
from ui.plain_tip import plain_tip
from ui.pressable import Look, Pressable
from ui.stock.desk import StockDesk
from ui.stock.parts import WideButton
from ui.stock.sheet import BAR, StockSheet, scrolled
from ui.theme import Theme
from ui.till.lettering import LEFT, RIGHT, elided, weighted, write
from ui.widgets import Panel, fitted, label

HEIGHT = 48  # px of a row
MOST_WANTED = (2, 5)  # of the six figures: left, still to pay
_WIDTHS = (56, 56, 56, 100, 100, 104)  # px: received, sold, left, share, paid, due


def _titles() -> tuple[str, ...]:
    return (
        _("Received in"),
        _("By sale"),
        _("Left"),
        _("Institution's share"),
        _("Paid out"),
        _("Still to pay"),
    )


class Everything:
    """What the tab shows, read in one view of the ledger."""

    def __init__(self, ledger: Ledger, low: int) -> None:
        booth = ledger.own().booth
        with ledger.read() as conn:
            self.goods = balances(conn, booth)
            self.money = dict(accounts(conn, booth))
            self.old = ageing(conn, booth, ledger.clock.now().date())
        self.low = low_stock(self.goods, low)
        self.wrong = to_check(self.goods)


class BalanceTab(QWidget):
    """One row an institution; above them what is to be done. `picked` tells the code that was tapped."""

    picked = Signal(str)

    def __init__(self, desk: StockDesk) -> None:
        super().__init__()
        self.desk = desk
        self.theme = theme = desk.app.theme
        px = theme.px
        self.tasks = QVBoxLayout()
        self.tasks.setSpacing(px(6))
        card = Panel(theme)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(px(6), px(4), px(2), px(6))
        inner.setSpacing(0)
        inner.addWidget(_UnitHeads(theme))
        inner.addWidget(scrolled(self._rows, theme), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addLayout(self.tasks)
        column.addWidget(card, 1)

    def refresh(self) -> None:
        """Read all of it anew."""
        found = self.desk.tried(Everything, int(self.desk.app.setting("low_stock")))
        if found is None:
            return
        self._show_tasks(found)
        while self._rows.count():
            item = self._rows.takeAt(0)
            if item and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()
        for unit in self.desk.units():
            row = self._row(unit, found)
            self._rows.addWidget(row)
            row.show()
        self._rows.addStretch(1)

    def take_focus(self) -> None:
        """Nothing is typed here."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self, product: Product) -> bool:
        """Something was scanned: its stock card."""
        self.desk.opened.emit(product.sku)
        return True

    def accept(self) -> None:
        """There is no main action."""

    def _row(self, unit: Institution, found: Everything) -> UnitRow:
        mine = [one for one in found.goods if one.institution == unit.code]
        account = found.money.get(unit.code, Account())
        figures = (
            sum(one.received for one in mine),
            sum(one.net for one in mine),
            sum(one.on_hand for one in mine),
            account.share,
            account.paid,
            account.due,
        )
        shown = tuple(plain(figure) if figure else "–" for figure in figures)
        row = UnitRow(unit, shown, self.theme)
        row.mark(on=unit.code == self.desk.institution)
        row.clicked.connect(lambda: self.desk.choose(unit.code))
        return row

    def _show_tasks(self, found: Everything) -> None:
        while self.tasks.count():
            item = self.tasks.takeAt(0)
            if item and (widget := item.widget()):
                widget.hide()
                widget.deleteLater()
        wrong, low, old = len(found.wrong), len(found.low), len(found.old)
        offers = (
            (
                wrong,
                "triangle-alert",
                ngettext("Check the stock: {count} kind", "Check the stock: {count} kinds", wrong),
                found.wrong,
            ),
            (
                old,
                "calendar-clock",
                ngettext("Expires soon: {count} batch", "Expires soon: {count} batches", old),
                found.old,
            ),
            (
                low,
                "trending-down",
                ngettext("Nearly sold out: {count} kind", "Nearly sold out: {count} kinds", low),
                found.low,
            ),
        )
        for count, icon, words, rows in offers:
            if not count:
                continue
            task = WideButton(icon, self.theme, arrow=False)
            if rows is not found.low:
                task.look = Look("warnSoft", "warnBorder", "warnBorder", "onWarnSoft", "warnBorder")
            title = words.format(count=count)
            task.show_words(title)
            task.clicked.connect(lambda _checked=False, title=title, rows=rows: self._list(title, rows))
            self.tasks.addWidget(task)
            task.show()

    def _list(self, title: str, rows: Sequence[Balance | Ageing]) -> None:
        sheet = ListSheet(self.desk.over, self.theme, title, rows)
        sheet.picked.connect(self.desk.opened)
        sheet.open()


class UnitRow(Pressable):
    """An institution and its six figures; where it is narrow, only what is left and still to pay."""

    def __init__(self, unit: Institution, figures: tuple[str, ...], theme: Theme) -> None:
        super().__init__(unit.name, "ghost", theme.radius("thumb"), theme)
        self._figures = figures
        self.look = Look("", "surfaceAlt", "sunken", "text")
        told = ", ".join(f"{title} {figure}" for title, figure in zip(_titles(), figures, strict=True))
        self.setAccessibleName(f"{unit.name}: {told}")
        self.setToolTip(plain_tip(unit.name))
        self.setFixedHeight(theme.px(HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def mark(self, *, on: bool) -> None:
        """Whether it is the one that the panel shows."""
        self.look = Look("primarySoft" if on else "", "surfaceAlt", "sunken", "text")

    def sizeHint(self) -> QSize:
        """As wide as the list."""
        return QSize(self.theme.px(300), self.height())

    def minimumSizeHint(self) -> QSize:
        """Names are cut, and figures left out."""
        return QSize(self.theme.px(200), self.height())

    def paint_content(self, painter: QPainter, rect: QRect) -> None:
        """Name at the left, figures at the right."""
        body = self.theme.font("body")
        fonts = (self.theme.font("button"), body, weighted(body, 800))
        _paint(painter, rect, (self.text(), *self._figures), fonts, self.theme)


class _UnitHeads(QWidget):
    """What the columns are called."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setFixedHeight(theme.px(32))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Over those below, which a scroll bar makes narrower."""
        font = self.theme.font("caption")
        rect = self.rect().adjusted(0, 0, -self.theme.px(BAR), 0)
        texts = (_("Institution"), *_titles())
        _paint(QPainter(self), rect, texts, (font, font, font), self.theme, "text2")


def _paint(
    painter: QPainter,
    rect: QRect,
    texts: tuple[str, ...],
    fonts: tuple[QFont, QFont, QFont],
    theme: Theme,
    ink: str = "text",
) -> None:
    """A name and six figures; `fonts` are those of the name, of figures, and of those that matter most."""
    px, color = theme.px, theme.color(ink)
    name, *figures = texts
    end = rect.width() - px(10)
    for place in reversed([n for n in range(6) if rect.width() >= px(700) or n in MOST_WANTED]):
        width = px(_WIDTHS[place])
        font = fitted(fonts[2 if place in MOST_WANTED else 1], figures[place], width)
        write(painter, QRectF(end - width, 0, width, rect.height()), figures[place], font, color, RIGHT)
        end -= width + px(6)
    shown = elided(name, QFontMetrics(fonts[0]), end - px(10))
    write(painter, QRectF(px(10), 0, end - px(10), rect.height()), shown, fonts[0], color, LEFT)


class ListSheet(StockSheet):
    """Goods to look at; `picked` tells the SKU of one."""

    picked = Signal(str)

    def __init__(self, over: QWidget, theme: Theme, title: str, rows: Sequence[Balance | Ageing]) -> None:
        super().__init__(over, theme, title, width=560, long=True)
        hints = _("More was sold than the books know of. Count it, or enter the delivery that is missing.")
        if any(isinstance(one, Ageing) for one in rows):
            hints = _("An estimate: what expires first is taken to be sold first.")
        elif all(isinstance(one, Balance) and one.on_hand >= 0 for one in rows):
            hints = ""
        if hints:
            self.content.addWidget(label(hints, "body", theme, color="text2", wrap=True))
        column = QVBoxLayout()
        column.setSpacing(theme.px(6))
        for one in rows:
            row = WideButton("", theme, arrow=False)
            if isinstance(one, Ageing):
                facts = f"{short_date(one.expires)} · {one.batch} · {plain(one.left)}".replace(
                    " ·  · ", " · "
                )
            else:
                facts = plain(one.on_hand)
            row.show_words(one.name, facts)
            row.clicked.connect(lambda _checked=False, sku=one.sku: self.picked.emit(sku))
            column.addWidget(row)
        column.addStretch(1)
        self.content.addWidget(scrolled(column, theme), 1)

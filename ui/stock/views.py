"""Sheets of the stock screen to read in: a product's stock card, and the papers of an institution."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.model import Product
from pos.money import plain, rupiah
from pos.remittances import Remittance
from pos.stock_cards import Move, move_name
from pos.stock_slips import StockSlip, kind_name
from pos.text import _, clock_time, short_date
from ui.stock.sheet import BAR, StockSheet, scrolled
from ui.theme import Theme
from ui.till.lettering import LEFT, RIGHT, weighted, write
from ui.widgets import Button, IconButton, hline, label

LINE = 44  # px of a movement
MOST = 300  # movements shown, the newest


class CardSheet(StockSheet):
    """Every movement of a product, the newest first; `write_off` asks for the sheet to write some off."""

    write_off = Signal(str)

    def __init__(self, over: QWidget, theme: Theme, product: Product, moves: Sequence[Move]) -> None:
        super().__init__(over, theme, product.name, width=600, long=True)
        left = moves[-1].left if moves else 0
        words = _("{sku} · {count} left by the books").format(sku=product.sku, count=plain(left))
        self.content.addWidget(label(words, "body", theme, color="text2"))
        self.moves = _Moves(moves[-MOST:][::-1], theme)
        rows = QVBoxLayout()
        rows.addWidget(self.moves)
        rows.addStretch(1)
        self.content.addWidget(_Heads(theme))
        self.content.addWidget(scrolled(rows, theme), 1)
        if not product.components:
            off = Button(_("Damaged, sample or gift"), kind="secondary", icon="package-minus", theme=theme)
            off.clicked.connect(lambda: self.write_off.emit(product.sku))
            self.off = off
            self.content.addWidget(off)


def _ends(width: int, theme: Theme) -> tuple[int, int, int]:
    """Where the figures of a card end: in, out, left."""
    return width - theme.px(130), width - theme.px(68), width - theme.px(6)


class _Heads(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setFixedHeight(theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The titles of the columns, over those below."""
        painter, font, ink = QPainter(self), self.theme.font("caption"), self.theme.color("text2")
        ends = _ends(self.width() - self.theme.px(BAR), self.theme)
        for end, title in zip(ends, (_("Came in (goods)"), _("Went out"), _("Left")), strict=True):
            write(painter, QRectF(end - 80, 0, 80, self.height()), title, font, ink, RIGHT)
        write(painter, QRectF(0, 0, 200, self.height()), _("Movement"), font, ink, LEFT)


class _Moves(QWidget):
    """Painted rows: two lines of words, three figures."""

    def __init__(self, moves: Sequence[Move], theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self._moves = moves
        self.setMinimumHeight(theme.px(LINE) * max(len(moves), 1))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("\n".join(_told(move) for move in moves) or _("Nothing has moved yet."))

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(self.theme.px(300), self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Those in sight."""
        px, theme = self.theme.px, self.theme
        painter, step = QPainter(self), px(LINE)
        body, small = theme.font("button"), theme.font("caption")
        bold = weighted(theme.font("body"), 800)
        if not self._moves:
            write(
                painter,
                QRectF(self.rect()),
                _("Nothing has moved yet."),
                theme.font("body"),
                theme.color("text3"),
            )
        first, last = event.rect().top() // step, event.rect().bottom() // step
        for number in range(first, min(last + 1, len(self._moves))):
            move, top = self._moves[number], number * step
            write(
                painter, QRectF(0, top + px(3), 300, px(20)), move_name(move.kind), body, theme.color("text")
            )
            when = f"{move.paper} · {_moment(move)}"
            write(painter, QRectF(0, top + px(22), 300, px(17)), when, small, theme.color("text3"))
            figures = (
                plain(move.came) if move.came else "–",
                plain(move.went) if move.went else "–",
                plain(move.left),
            )
            for end, figure in zip(_ends(self.width(), theme), figures, strict=True):
                low = figure is figures[-1] and move.left < 0
                ink = "danger" if low else "text" if figure is figures[-1] else "text2"
                font = bold if figure is figures[-1] else theme.font("body")
                write(painter, QRectF(end - 90, top, 90, step), figure, font, theme.color(ink), RIGHT)
            painter.fillRect(0, top + step - 1, self.width(), 1, theme.color("border"))


def _moment(move: Move) -> str:
    return f"{short_date(date.fromisoformat(move.day))} {clock_time(move.at)}"


def _told(move: Move) -> str:
    return f"{_moment(move)}, {move_name(move.kind)} {move.paper}: {move.qty:+d}, {move.left}"


class PapersSheet(StockSheet):
    """The papers of an institution, the newest first. `open_paper` asks for one, `open_slip` for its slip of
    the roll, `correct` for the counter-slip of a delivery.
    """

    open_paper = Signal(object)
    open_slip = Signal(object)
    correct = Signal(object)

    def __init__(
        self, over: QWidget, theme: Theme, unit: str, papers: Sequence[StockSlip | Remittance], mine: str
    ) -> None:
        """`mine` is the device whose deliveries can be corrected here."""
        super().__init__(
            over, theme, _("Papers of {institution}").format(institution=unit), width=600, long=True
        )
        corrected = {one.corrects for one in papers if isinstance(one, StockSlip) and one.corrects}
        rows = QVBoxLayout()
        rows.setSpacing(theme.px(4))
        for paper in sorted(papers, key=lambda one: (one.at, one.seq), reverse=True):
            fixable = (
                isinstance(paper, StockSlip)
                and paper.kind == "received"
                and not paper.corrects
                and paper.device == mine
                and (paper.device, paper.seq) not in corrected
                and bool(paper.number)
            )
            rows.addLayout(self._row(paper, fixable=fixable))
            rows.addWidget(hline(theme))
        if not papers:
            rows.addWidget(label(_("No papers yet."), "body", theme, color="text3"))
        rows.addStretch(1)
        self.content.addWidget(scrolled(rows, theme), 1)

    def _row(self, paper: StockSlip | Remittance, *, fixable: bool) -> QHBoxLayout:
        theme = self.theme
        if isinstance(paper, StockSlip):
            kind = (
                _("Correction of {number}").format(number=paper.corrected)
                if paper.corrects
                else kind_name(paper.kind)
            )
            facts = _("{count} pieces").format(count=plain(paper.pieces))
        else:
            kind, facts = _("Paid out"), rupiah(paper.amount)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(f"{kind} · {facts}", "button", theme))
        when = f"{paper.receipt} · {short_date(paper.day)} {clock_time(paper.at)}"
        words.addWidget(label(when, "caption", theme, color="text3"))
        row = QHBoxLayout()
        row.setSpacing(theme.px(4))
        row.addLayout(words, 1)
        buttons = []
        if fixable:
            buttons.append(
                (
                    IconButton("undo-2", _("Correct {number}").format(number=paper.receipt), theme=theme),
                    self.correct,
                )
            )
        if isinstance(paper, StockSlip) and paper.number:
            buttons.append(
                (
                    IconButton("file-text", _("Slip {number}").format(number=paper.receipt), theme=theme),
                    self.open_slip,
                )
            )
        if paper.number:
            buttons.append(
                (
                    IconButton("printer", _("Print {number}").format(number=paper.receipt), theme=theme),
                    self.open_paper,
                )
            )
        for button, signal in buttons:
            button.clicked.connect(lambda _checked=False, signal=signal: signal.emit(paper))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

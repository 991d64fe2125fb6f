"""One receipt at the office: what it is, what came back of it, its place in its chain, and its paper."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.model import Refund, Sale
from pos.money import plain, rupiah
from pos.papers import Paper, PaperRef, draw, papers_of
from pos.paths import home, private_folder
from pos.receipt_pages import Traced
from pos.receipts.blocks import Slip
from pos.text import _, clock_time, short_date
from ui import work
from ui.app import App
from ui.issue import open_file
from ui.keys import keycap
from ui.orders.small import Elided
from ui.reports.locked import Nothing
from ui.returns.paper_row import state_name
from ui.slip_view import SlipView
from ui.widgets import Button, Chip, FitLabel, Tag, hline, label

COPY = 1  # what an office shows and prints is never the original


class ReceiptSide(QWidget):
    """`told`: a sentence and its hint; `failed`: why not."""

    told = Signal(str, str)
    failed = Signal(UserError)

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        self.shown: Traced | None = None
        self._paper: Sale | Refund | None = None
        theme, px = app.theme, app.theme.px
        self._number = FitLabel("title", theme)
        self._state = Tag("", theme=theme)
        self._about = label("", "label", theme, color="text2", wrap=True)
        self._total = FitLabel("amount", theme, size=26)
        self._chain = Tag("", theme=theme)
        self._place = label("", "label", theme, color="text2", wrap=True)
        self._hash = Elided("caption", theme, color="text3")
        self._view = SlipView(theme)
        self._chips: list[Chip] = []
        self._group = QButtonGroup(self)
        self._papers = QHBoxLayout()
        self._papers.setSpacing(px(6))
        self.print = Button(
            _("Print a copy"),
            kind="secondary",
            icon="printer",
            keycap=keycap("print receipt"),
            theme=theme,
        )
        self.print.clicked.connect(self.print_paper)
        self._empty = Nothing(
            "sticky-note", _("No receipt chosen"), _("Scan one, or choose one on the left."), theme
        )
        self._empty.words.setFixedWidth(px(300))
        self._inside = QWidget()
        self._lay_out()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(12), px(16), px(10))
        column.addWidget(self._inside)
        column.addWidget(self._empty)
        self.show_receipt(None)

    def show_receipt(self, traced: Traced | None) -> None:
        """Another one, or none."""
        self.shown = traced
        self._inside.setVisible(traced is not None)
        self._empty.setVisible(traced is None)
        if traced is None:
            return
        sale, refunds = traced.sale, traced.refunds
        cancelled = any(one.void for one in refunds)
        state = "cancelled" if cancelled else "returned" if refunds else ""
        self._number.setText(sale.receipt)
        self._state.set(state_name(state), "danger" if cancelled else "warn")
        self._state.setVisible(bool(state))
        self._total.setText(rupiah(sale.total))
        self._about.setText(self._words(traced))
        self._show_chain(traced)
        self._offer_papers((sale, *refunds))
        self._show_paper(sale)

    def print_paper(self) -> None:
        """As a PDF that the system shows; the booth counts copies, an office marks each as one."""
        paper = self._paper
        if paper is None:
            return
        ledger, wanted = self.app.ledger, papers_of(paper)[0]

        def write() -> Path:
            from pos.receipts.pdf import write_pdf

            path = home() / "struk" / f"{wanted.number}-salinan.pdf"
            private_folder(path.parent)
            write_pdf(draw(ledger, wanted, copy=COPY), path)
            return path

        work.run(write, done=open_file, failed=self.failed.emit, lane="reports")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Sunken, with a hairline towards the list."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.app.theme.color("sunken"))
        painter.fillRect(0, 0, 1, self.height(), self.app.theme.color("border"))

    def _words(self, traced: Traced) -> str:
        sale = traced.sale
        person = self.app.staff.get(sale.cashier)
        booth = traced.device.name if traced.device else sale.booth
        when = f"{short_date(sale.day)} {clock_time(sale.at)}"
        words = " · ".join((booth, when, person.name if person else sale.cashier))
        back = [
            _("{number}: {amount} back on {date}").format(
                number=one.receipt, amount=rupiah(one.total), date=short_date(one.day)
            )
            for one in traced.refunds
        ]
        return "\n".join((words, *back))

    def _show_chain(self, traced: Traced) -> None:
        sale, (seq, _hash, _at) = traced.sale, traced.head
        if traced.whole:
            self._chain.set(_("Chain unbroken"), "ok", icon="shield-check")
        else:
            self._chain.set(_("Changed since it was sold"), "danger", icon="triangle-alert")
        code = f"{sale.code[:4]} {sale.code[4:]}"
        place = _("Check code {code} · document {seq} of {last} of device {device}")
        self._place.setText(place.format(code=code, seq=plain(sale.seq), last=plain(seq), device=sale.device))
        self._hash.setText(_("after {before} · {hash}").format(before=traced.prev[:12], hash=sale.hash))

    def _offer_papers(self, papers: tuple[Sale | Refund, ...]) -> None:
        for chip in self._chips:
            self._group.removeButton(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []
        for place, paper in enumerate(papers if len(papers) > 1 else ()):
            name = _("Receipt") if isinstance(paper, Sale) else paper.receipt.partition("-")[2]
            chip = Chip(name, theme=self.app.theme)
            chip.margin = self.app.theme.px(6)
            chip.setAccessibleName(paper.receipt)
            chip.setChecked(place == 0)
            chip.clicked.connect(lambda _on=False, paper=paper: self._show_paper(paper))
            self._group.addButton(chip)
            self._papers.insertWidget(place, chip)
            chip.show()
            self._chips.append(chip)

    def _show_paper(self, paper: Sale | Refund) -> None:
        self._paper = paper
        ledger, wanted = self.app.ledger, papers_of(paper)[0]
        work.run(
            lambda: (wanted, draw(ledger, wanted, copy=COPY)),
            done=self._show_drawn,
            failed=self.failed.emit,
            lane="reports",
        )

    def _show_drawn(self, answer: tuple[PaperRef, Paper]) -> None:
        wanted, drawn = answer
        paper = self._paper
        if paper is not None and papers_of(paper)[0] == wanted and isinstance(drawn, Slip):
            self._view.show_paper(drawn)

    def _lay_out(self) -> None:
        theme, px = self.app.theme, self.app.theme.px
        first = QHBoxLayout()
        first.setSpacing(px(8))
        first.addWidget(self._number, 1)
        first.addWidget(self._state)
        chain = QHBoxLayout()
        chain.setSpacing(px(8))
        chain.addWidget(self._chain)
        chain.addStretch(1)
        self._papers.addStretch(1)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(first)
        column.addWidget(self._total)
        column.addWidget(self._about)
        column.addSpacing(px(4))
        column.addWidget(hline(theme))
        column.addSpacing(px(2))
        column.addLayout(chain)
        column.addWidget(self._place)
        column.addWidget(self._hash)
        column.addLayout(self._papers)
        column.addWidget(self._view, 1)
        column.addWidget(self.print)
        self._view.setAlignment(Qt.AlignmentFlag.AlignHCenter)

"""The paper of an order or of a deposit before it goes to the printer, and what came of taking the money."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.money import Rupiah, rupiah
from pos.papers import papers_of
from pos.preorder import Deposit, Order
from pos.receipts.blocks import Slip
from pos.receipts.order_slips import deposit_slip, order_slip
from pos.receipts.text import slip_text
from pos.text import _
from ui.app import App
from ui.issue import COLUMNS, issue, save
from ui.keys import keycap
from ui.orders.sheet import Sheet
from ui.slip_view import SlipView
from ui.widgets import Button, Chip, FitLabel, label


class PaperSheet(Sheet):
    """One paper, on either roll; printed it is counted, and every copy says so."""

    def __init__(self, app: App, parent: QWidget, paper: Order | Deposit) -> None:
        title = _("Order note") if isinstance(paper, Order) else _("Deposit receipt")
        super().__init__(parent, app.theme, title, (880, 690))
        self.app, self._of = app, paper
        self._roll = "80"
        self._view = SlipView(app.theme)
        self._left = QVBoxLayout()
        self._said = label("", "body", app.theme, color="text2", wrap=True)
        self._print = Button(
            _("Print"), icon="printer", keycap=keycap("order note"), large=True, theme=app.theme
        )
        self._lay_out()

    def open(self, focus: QWidget | None = None) -> None:
        """Come up; the paper is drawn once there is room for it."""
        super().open(focus or self._print)
        self._show()

    def say_done(self, amount: Rupiah, change: Rupiah) -> None:
        """What has just come in, and what goes back to the buyer."""
        theme = self.theme
        self._left.insertWidget(0, label(_("Deposit received"), "title", theme, color="primary"))
        first = FitLabel("amountLarge", theme)
        first.setText(rupiah(amount))
        self._left.insertWidget(1, first)
        if change:
            self._left.insertWidget(2, label(_("Change"), "title", theme, color="text2"))
            back = FitLabel("amountLarge", theme, color="primary", size=64)
            back.setText(rupiah(change))
            self._left.insertWidget(3, back)

    def print_paper(self) -> None:
        """To the printer, or opened where the system prints; counted."""
        issue(self.app, papers_of(self._of)[0], self._tell, columns=COLUMNS[self._roll])

    def _save(self) -> None:
        """A file is a print like any other."""
        save(self.app, papers_of(self._of)[0], self._tell_saved, self._tell, columns=COLUMNS[self._roll])

    def _slip(self) -> Slip:
        columns, ledger = COLUMNS[self._roll], self.app.ledger
        if isinstance(self._of, Order):
            return order_slip(ledger, self._of, columns=columns)
        return deposit_slip(ledger, self._of, columns=columns)

    def _show(self) -> None:
        try:
            self._view.show_paper(self._slip())
        except UserError as error:
            self._tell(error)

    def _choose(self, roll: str) -> None:
        self._roll = roll
        self._show()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(slip_text(self._slip()))
        self._said.setText(_("Copied as text"))

    def _tell(self, error: UserError) -> None:
        self._said.setText(str(error))

    def _tell_saved(self, path: Path) -> None:
        self._said.setText(_("Saved as {name}").format(name=path.name))

    def _lay_out(self) -> None:
        theme, px = self.theme, self.theme.px
        rolls = QHBoxLayout()
        for roll in COLUMNS:
            chip = Chip(f"{roll} mm", theme=theme)
            chip.setAutoExclusive(True)
            chip.setChecked(roll == self._roll)
            chip.clicked.connect(self._chosen(roll))
            rolls.addWidget(chip)
        rolls.addStretch(1)
        save = Button(_("Save PDF"), kind="secondary", icon="file-down", theme=theme)
        copy = Button(_("Copy text"), kind="secondary", icon="copy", theme=theme)
        save.clicked.connect(self._save)
        copy.clicked.connect(self._copy)
        self._print.clicked.connect(self.print_paper)
        self._left.setSpacing(px(8))
        self._left.addWidget(label(_("Paper"), "label", theme, color="text2"))
        self._left.addLayout(rolls)
        self._left.addStretch(1)
        self._left.addWidget(self._said)
        self._left.addWidget(save)
        self._left.addWidget(copy)
        self._left.addWidget(self._print)
        side = QWidget()
        side.setLayout(self._left)
        side.setFixedWidth(px(320))
        self._left.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setSpacing(px(16))
        row.addWidget(side, 0)
        row.addWidget(self._view, 1)
        self.body.addLayout(row, 1)
        self._view.setAlignment(Qt.AlignmentFlag.AlignHCenter)

    def _chosen(self, roll: str) -> Callable[[], None]:
        return lambda: self._choose(roll)

"""Price labels: which and how many, on which paper, from which place of the sheet on; seen before printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.ledger import Ledger
from pos.model import Institution, Product
from pos.paths import home
from pos.receipts.blocks import Slip
from pos.receipts.labels import MOST_SHIFT, Placing, label_roll, label_sheets, labels_of
from pos.receipts.sheet import Sheet
from pos.text import _, ngettext
from ui import work
from ui.app import App
from ui.busy_button import BusyButton
from ui.catalogue.files import open_file
from ui.catalogue.goods import Goods, goods_of
from ui.catalogue.label_counts import CountTable
from ui.catalogue.start_grid import StartGrid
from ui.catalogue.wide_sheet import WideSheet
from ui.keys import keycap
from ui.settings.choices import Choices
from ui.slip_view import SlipView
from ui.tell import Banner
from ui.widgets import IconButton, Panel, label

FOLDER = "label"  # below home()
A4, ROLL = "a4", "roll"
GIVEN, STOCK, NONE = "given", "stock", "none"
STEP = 0.5  # mm
WAIT_MS = 120  # after the last change, before the paper is drawn anew

Made = Slip | tuple[Sheet, ...]


def open_labels(app: App, over: QWidget, counts: Mapping[str, int]) -> LabelsSheet:
    """Show the sheet for labels over a page; `counts` are pieces by SKU that just came, none: nothing did."""
    sheet = LabelsSheet(app, over, counts)
    sheet.open()
    return sheet


class LabelsSheet(WideSheet):
    """Counts at the left, the paper in the middle, how it lies at the right."""

    def __init__(self, app: App, over: QWidget, counts: Mapping[str, int]) -> None:
        theme = app.theme
        super().__init__(over, theme, _("Labels"))
        self.app = app
        self.given = dict(counts)
        self.goods = Goods()
        self.right = self.down = 0.0
        sources = {GIVEN: _("Just received")} if counts else {}
        self.source = Choices({**sources, STOCK: _("Stock left"), NONE: _("Typed")}, theme)
        self.source.chosen.connect(self._fill)
        self.table = CountTable(theme)
        self.paper_kind = A4
        self.kind = Choices({A4: "A4", ROLL: _("Roll")}, theme)
        self.kind.show_value(A4)
        self.kind.chosen.connect(self._choose_kind)
        self.grid = StartGrid(theme)
        self.grid.chosen.connect(self._begin_at)
        self.shifts = {
            "right": label("", "bodyLarge", theme),
            "down": label("", "bodyLarge", theme),
        }
        self.view = SlipView(theme)
        self.banner = Banner(theme)
        self.save = BusyButton("", theme=theme)
        self.save.keycap = keycap("save product")
        self.save.clicked.connect(self.main)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.draw)
        self.table.changed.connect(self._changed)
        self._lay_out()
        ledger = app.ledger
        work.run(lambda: goods_of(ledger), done=self._show_goods, failed=self._fail)

    @property
    def placing(self) -> Placing:
        """How the labels lie."""
        return Placing(self.right, self.down, self.grid.start)

    def open(self, first: QWidget | None = None) -> None:
        """Come up with the keyboard on the counts."""
        super().open(first or self.table.view)

    def main(self) -> None:
        """Write the PDF and show it with the system's own program, which prints it."""
        counts = self.table.counts
        if not counts:
            return
        self.save.set_busy(_("Writing…"))
        ledger, kind, placing = self.app.ledger, self.paper_kind, self.placing
        work.run(lambda: _written(ledger, counts, kind, placing), done=self._saved, failed=self._fail)

    def shift(self, way: str, by: float) -> None:
        """Move the labels by mm to the `right` or `down`."""
        value = max(-MOST_SHIFT, min(MOST_SHIFT, getattr(self, way) + by))
        setattr(self, way, value)
        self._changed()

    def _show_goods(self, goods: Goods) -> None:
        self.goods = goods
        first = GIVEN if self.given else STOCK
        self.source.show_value(first)
        self._fill(first)

    def _fill(self, source: str) -> None:
        items = [item for item in self.goods.items if item.product.active]
        counts = {item.product.sku: max(item.left or 0, 0) for item in items}
        if source == GIVEN:
            items = [item for item in self.goods.items if item.product.sku in self.given]
            counts = self.given
        elif source == NONE:
            counts = {}
        self.table.show_goods([item.product for item in items], counts)

    def _choose_kind(self, kind: str) -> None:
        self.paper_kind = kind
        self._lying.setVisible(kind == A4)
        self._changed()

    def _begin_at(self, place: int) -> None:
        self.grid.show_start(place, self.grid.count)
        self._changed()

    def _changed(self) -> None:
        """Count, and draw when no more changes come."""
        count = sum(self.table.counts.values())
        self.grid.show_start(self.grid.start, count)
        for way, shown in self.shifts.items():
            amount = getattr(self, way)
            told = f"{amount:+.1f}".replace(".", ",") if amount else "0"
            shown.setText(_("{amount} mm").format(amount=told))
            shown.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words = ngettext("Print {count} label", "Print {count} labels", count)
        self.save.setText(words.format(count=count))
        self.save.setEnabled(bool(count))
        self._timer.start()

    def draw(self) -> None:
        """Show the first page as it is now."""
        self._timer.stop()
        counts, goods, kind, placing = self.table.counts, self.goods, self.paper_kind, self.placing
        if counts:
            work.run(lambda: _seen(goods, counts, kind, placing), done=self._show, failed=self._fail)
        else:
            self.view.show_paper(Slip("", 32, ()))

    def _show(self, paper: Slip | Sheet) -> None:
        self.banner.dismiss()
        self.view.show_paper(paper)

    def _saved(self, path: Path) -> None:
        self.save.set_busy("")
        told = _("{name} is written.").format(name=path.name)
        hint = _("Print it at 100 %, not fitted to the page.")
        self.banner.say("ok", told, hint, _("Open"), lambda: open_file(path))
        open_file(path)

    def _fail(self, error: UserError) -> None:
        self.save.set_busy("")
        self.banner.say("danger", error.message, error.hint)

    def _lay_out(self) -> None:
        px = self.theme.px
        left = QVBoxLayout()
        left.setSpacing(px(8))
        left.addWidget(self.source)
        left.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(px(16))
        row.addLayout(left, 5)
        ground = Panel(self.theme, fill="sunken", border="")
        inside = QVBoxLayout(ground)
        inside.setContentsMargins(px(8), px(4), px(4), 0)
        inside.addWidget(self.view)
        row.addWidget(ground, 6)
        row.addLayout(self._right(), 0)
        self.content.addWidget(self.banner)
        self.content.addLayout(row, 1)

    def _right(self) -> QVBoxLayout:
        theme, px = self.theme, self.theme.px
        self._lying = QWidget()
        lying = QVBoxLayout(self._lying)
        lying.setContentsMargins(0, 0, 0, 0)
        lying.setSpacing(px(6))
        lying.addWidget(label(_("First label on the sheet"), "label", theme, color="text2"))
        lying.addWidget(self.grid)
        for way, name, less, more in (
            ("right", _("Move sideways"), _("Further left"), _("Further right")),
            ("down", _("Move up or down"), _("Further up"), _("Further down")),
        ):
            lying.addWidget(label(name, "label", theme, color="text2"))
            lying.addLayout(self._stepper(way, less, more))
        column = QVBoxLayout()
        column.setSpacing(px(10))
        column.addWidget(self.kind)
        column.addWidget(self._lying)
        column.addStretch(1)
        column.addWidget(self.save)
        return column

    def _stepper(self, way: str, less: str, more: str) -> QHBoxLayout:
        row = QHBoxLayout()
        for icon, name, by in (("minus", less, -STEP), ("plus", more, STEP)):
            button = IconButton(icon, name, kind="secondary", theme=self.theme)
            button.clicked.connect(lambda _checked=False, by=by: self.shift(way, by))
            row.addWidget(button)
            if by < 0:
                row.addWidget(self.shifts[way], 1)
        return row


def _seen(goods: Goods, counts: Mapping[str, int], kind: str, placing: Placing) -> Slip | Sheet:
    """The first page, with the lines between labels that the printed one has not."""
    few: dict[str, int] = {}
    for sku, count in counts.items():  # no more than one page is looked at
        few[sku] = min(count, 24)
        if sum(few.values()) >= 24:
            break
    made = _made(goods.by_sku, goods.units, few, kind, replace(placing, guides=True))
    return made if isinstance(made, Slip) else made[0]


def _made(
    goods: Mapping[str, Product],
    units: Mapping[str, Institution],
    counts: Mapping[str, int],
    kind: str,
    placing: Placing,
) -> Made:
    labels = labels_of(goods, units, counts)
    return label_roll(labels) if kind == ROLL else label_sheets(labels, placing)


def _written(ledger: Ledger, counts: Mapping[str, int], kind: str, placing: Placing) -> Path:
    from pos.receipts.pdf import write_pdf  # ReportLab is imported where it is first used

    goods = goods_of(ledger)
    path = home() / FOLDER / f"label-{ledger.clock.now():%Y%m%d-%H%M%S}.pdf"
    write_pdf(_made(goods.by_sku, goods.units, counts, kind, placing), path)
    return path

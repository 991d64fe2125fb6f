"""Price tags and shelf cards: which, how many, on which paper, from which place on; seen before printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import UserError
from pos.ledger import Ledger
from pos.paths import home
from pos.printers import Printer
from pos.receipts.blocks import Slip
from pos.receipts.label_text import Telling, labels_of, telling_of
from pos.receipts.labels import FORMS, MOST_SHIFT, Kind, Placing, label_roll, label_sheets
from pos.receipts.sheet import Sheet
from pos.text import _, ngettext
from ui import work
from ui.app import App
from ui.busy_button import BusyButton
from ui.catalogue.files import open_file
from ui.catalogue.goods import Goods, goods_of
from ui.catalogue.label_counts import CountTable
from ui.catalogue.start_grid import StartGrid
from ui.catalogue.story_sheet import StorySheet
from ui.catalogue.wide_sheet import WideSheet
from ui.issue import COLUMNS
from ui.keys import keycap
from ui.preview import PRINTER
from ui.settings.choices import Choices
from ui.slip_view import SlipView
from ui.tell import Banner
from ui.widgets import Button, IconButton, Panel, label

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

    help = "labels"

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
        self.telling = Telling()
        self.kind: Kind = "tag"
        self.kinds = Choices({"tag": _("Price tag"), "card": _("Shelf card")}, theme)
        self.kinds.show_value(self.kind)
        self.kinds.chosen.connect(self._choose_kind)
        self.paper_kind = A4
        self.papers = Choices({A4: "A4", ROLL: _("Roll")}, theme)
        self.papers.show_value(A4)
        self.papers.chosen.connect(self._choose_paper)
        self.stories = Button(_("Stories"), kind="ghost", icon="landmark", theme=theme)
        self.stories.setAccessibleName(_("Stories of the institutions"))
        self.stories.clicked.connect(self._tell_stories)
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
        self._read(self._show_goods)

    @property
    def placing(self) -> Placing:
        """How the labels lie."""
        return Placing(self.right, self.down, self.grid.start)

    def open(self, first: QWidget | None = None) -> None:
        """Come up with the keyboard on the counts."""
        super().open(first or self.table.view)

    def main(self) -> None:
        """Print: a roll on the receipt printer, sheets on that for pages; else the system shows the PDF."""
        if not self.table.counts:
            return
        self.save.set_busy(_("Writing…"))
        ledger, wanted = self.app.ledger, self._wanted(self.table.counts)
        printer = self.app.printing.printer
        if self.paper_kind == ROLL and self.app.printing.ready:
            done = partial(self._sent, sum(wanted.counts.values()))
            work.run(lambda: _send(ledger, wanted, printer), done=done, failed=self._fail, lane="printer")
        else:
            pages = "" if wanted.columns else self.app.setting(PRINTER)
            done = partial(self._saved, printed=bool(pages))
            work.run(lambda: _written(ledger, wanted, pages), done=done, failed=self._fail)

    def shift(self, way: str, by: float) -> None:
        """Move the labels by mm to the `right` or `down`."""
        value = max(-MOST_SHIFT, min(MOST_SHIFT, getattr(self, way) + by))
        setattr(self, way, value)
        self._changed()

    def _read(self, done: Callable[[tuple[Goods, Telling]], object]) -> None:
        ledger = self.app.ledger
        work.run(lambda: (goods_of(ledger), telling_of(ledger)), done=done, failed=self._fail)

    def _show_goods(self, found: tuple[Goods, Telling]) -> None:
        self.goods, self.telling = found
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
        self.kind = "card" if kind == "card" else "tag"
        self.grid.show_kind(self.kind)
        self._changed()

    def _choose_paper(self, paper: str) -> None:
        self.paper_kind = paper
        self._lying.setVisible(paper == A4)
        self._changed()

    def _wanted(self, counts: Mapping[str, int]) -> _Wanted:
        columns = self.app.printing.printer.columns if self.app.printing.ready else COLUMNS["58"]
        return _Wanted(counts, self.kind, columns if self.paper_kind == ROLL else 0, self.placing)

    def _tell_stories(self) -> None:
        sheet = StorySheet(self.app, self, self.goods.units, self.telling.stories)
        sheet.kept.connect(lambda: self._read(self._tell_again))
        sheet.open()

    def _tell_again(self, found: tuple[Goods, Telling]) -> None:
        self.goods, self.telling = found
        self.draw()

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
        goods, telling, wanted = self.goods, self.telling, self._wanted(self.table.counts)
        if wanted.counts:
            work.run(lambda: _seen(goods, telling, wanted), done=self._show, failed=self._fail)
        else:
            self.view.show_paper(Slip("", 32, ()))

    def _show(self, paper: Slip | Sheet) -> None:
        self.banner.dismiss()
        self.view.show_paper(paper)

    def _saved(self, path: Path, *, printed: bool) -> None:
        self.save.set_busy("")
        told = _("{name} is written.").format(name=path.name)
        hint = (
            _("It is on its way to the printer.")
            if printed
            else _("Print it at 100 %, not fitted to the page.")
        )
        self.banner.say("ok", told, hint, _("Open"), lambda: open_file(path))
        if not printed:
            open_file(path)

    def _sent(self, count: int, _nothing: object) -> None:
        self.save.set_busy("")
        words = ngettext("{count} label is printed.", "{count} labels are printed.", count)
        self.banner.say("ok", words.format(count=count), _("Cut the strip along the lines."))

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
        self.head.insertWidget(self.head.count() - 1, self.stories)
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
        column.addWidget(self.kinds)
        column.addWidget(self.papers)
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


class _Wanted(NamedTuple):
    """How many of which goods, as what; on a roll of so many `columns`, 0: on A4, where they lie so."""

    counts: Mapping[str, int]
    kind: Kind
    columns: int
    placing: Placing


def _seen(goods: Goods, telling: Telling, wanted: _Wanted) -> Slip | Sheet:
    """The first page, with the lines between labels that the printed one has not."""
    few: dict[str, int] = {}
    most = FORMS[wanted.kind].per_sheet
    for sku, count in wanted.counts.items():  # no more than one page is looked at
        few[sku] = min(count, most)
        if sum(few.values()) >= most:
            break
    placing = replace(wanted.placing, guides=True)
    made = _made(goods, telling, wanted._replace(counts=few, placing=placing))
    return made if isinstance(made, Slip) else made[0]


def _made(goods: Goods, telling: Telling, wanted: _Wanted) -> Made:
    labels = labels_of(goods.by_sku, goods.units, wanted.counts, telling)
    if wanted.columns:
        return label_roll(labels, wanted.columns, wanted.kind)
    return label_sheets(labels, wanted.placing, wanted.kind)


def _written(ledger: Ledger, wanted: _Wanted, printer: str) -> Path:
    """As a PDF, which `printer` prints where there is one."""
    from pos.printers.ways import print_pages
    from pos.receipts.pdf import write_pdf  # ReportLab is imported where it is first used

    path = home() / FOLDER / f"label-{ledger.clock.now():%Y%m%d-%H%M%S}.pdf"
    write_pdf(_made(goods_of(ledger), telling_of(ledger), wanted), path)
    if printer:
        print_pages(printer, path)
    return path


def _send(ledger: Ledger, wanted: _Wanted, printer: Printer) -> None:
    from pos.printers import slip_bytes
    from pos.printers.ways import send

    made = _made(goods_of(ledger), telling_of(ledger), wanted)
    if isinstance(made, Slip):
        send(printer, slip_bytes(printer, made))

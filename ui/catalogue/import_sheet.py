"""Bringing goods in from an institution's own sheet: choose or paste, look, correct, take, give back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.catalog import institutions
from pos.columns_guess import Grid, Layout, guess, maker_of, pasted_grid, read_grid
from pos.errors import Refused, UserError
from pos.goods_import import BAD, CHANGED, NEW, SAME, Preview, preview, take_goods
from pos.goods_sheet import Filled, fill_sheet
from pos.ledger import Ledger
from pos.model import Approval, By
from pos.opening import Opening
from pos.paths import home, safe_name
from pos.pricelist import Imported
from pos.text import _, ngettext
from pos.today import opening_of
from ui import work
from ui.app import App
from ui.busy_button import BusyButton
from ui.catalogue.files import TABLES, choose_file, open_file
from ui.catalogue.pick_field import PickField
from ui.catalogue.preview_table import PreviewTable, column_names
from ui.catalogue.wide_sheet import WideSheet
from ui.keys import keycap
from ui.people.approval import Wanted, ask
from ui.tell import Banner
from ui.tell import ask as ask_first
from ui.widgets import Button, Tag, label

FOLDER = "lembar"  # below home(): sheets that were given back
WRONG_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Read:
    """A sheet that was read: as it is, what its columns are, and whose goods its title says they are."""

    grid: Grid
    layout: Layout
    maker: str


class ImportSheet(WideSheet):
    """`taken` tells in words what was brought in, `counted` the pieces by SKU that the sheet said came."""

    taken = Signal(str)
    counted = Signal(object)

    def __init__(self, app: App, over: QWidget) -> None:
        theme = app.theme
        super().__init__(over, theme, _("Bring in a list"))
        self.app = app
        self.grid: Grid | None = None
        self.layout_: Layout | None = None
        self.shown: Preview | None = None
        self.choose = Button(_("Choose a file"), icon="folder-open", theme=theme)
        self.choose.clicked.connect(self._choose)
        self.paste = Button(
            _("Paste from Excel"), kind="secondary", icon="copy", keycap="Ctrl+V", theme=theme
        )
        self.paste.clicked.connect(self._paste)
        self.unit = PickField(_("Whose goods, where the sheet does not say"), theme, "landmark")
        self.unit.picked.connect(lambda _code: self._look())
        self.banner = Banner(theme)
        self.table = PreviewTable(theme)
        self.table.corrected.connect(self._correct)
        self.empty = label(_hint(), "body", theme, color="text2", wrap=True)
        self.tags = [Tag("", kind, theme=theme) for kind in ("ok", "gold", "neutral", "danger")]
        self.notes = label("", "label", theme, color="text2", wrap=True)
        self.take = BusyButton(_("Take the goods"), theme=theme)
        self.take.keycap = keycap("save product")
        self.take.clicked.connect(self.main)
        self.back = BusyButton(_("Give back with results"), kind="secondary", theme=theme)
        self.back.clicked.connect(self._give_back)
        app.failed.connect(self._fail)
        self._lay_out()
        self._show_state()
        units = app.opening.institutions
        self.unit.set_choices({code: unit.name for code, unit in units.items()})
        self.unit.set_value(app.device.institution)

    def open(self, first: QWidget | None = None) -> None:
        """Come up with the keyboard on the file."""
        super().open(first or self.choose)

    def take_file(self, path: Path) -> None:
        """Read a file and show what it is taken for."""
        self.banner.dismiss()
        ledger = self.app.ledger
        work.run(lambda: _read(ledger, path), done=self._show_read, failed=self._fail)

    def take_text(self, text: str) -> None:
        """Read what was copied from a spreadsheet; pasted again it stands below what is there."""
        self.banner.dismiss()
        ledger, before = self.app.ledger, self.grid
        work.run(lambda: _pasted(ledger, text, before), done=self._show_read, failed=self._fail)

    def main(self) -> None:
        """Take the good rows, after what must be asked."""
        shown = self.shown
        if shown is None or not shown.goods:
            return
        if shown.free:
            names = ", ".join(product.name for product in shown.free[:3])
            words = (
                _("Give it away for nothing?"),
                _("{name} costs Rp0: whoever takes it pays nothing.").format(name=names),
            )
            question = ask_first(self, self.theme, words, (_("Yes, it is a gift"), _("Back")))
            question.accepted.connect(lambda: self._ask(shown, free=True))
        else:
            self._ask(shown, free=False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V pastes wherever the keyboard is."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _ask(self, shown: Preview, *, free: bool) -> None:
        name = self._name()
        told = _("{count} goods of {name} are taken into the catalogue.").format(
            count=shown.count(NEW) + shown.count(CHANGED), name=name
        )
        if not shown.action:
            self._store(shown, None, free=free)  # nothing changes: nobody need allow it
            return
        wanted = Wanted(shown.action, name, told)
        ask(self.app, self, wanted, lambda approval: self._store(shown, approval, free=free))

    def _store(self, shown: Preview, approval: Approval | None, *, free: bool) -> None:
        self.take.set_busy(_("Taking…"))
        ledger, by, name = self.app.ledger, By(self.app.cashier, approval=approval), self._name()

        def take() -> tuple[Imported, Opening]:
            return take_goods(ledger, shown, by, name, free=free), opening_of(ledger)

        work.run(take, done=self._stored, failed=self._fail)

    def _stored(self, answer: tuple[Imported, Opening]) -> None:
        done, opening = answer
        counts = dict(self.shown.counts) if self.shown else {}
        self.take.set_busy("")
        self.app.renew(opening)
        words = _("{added} new, {changed} changed, {unchanged} as before").format(
            added=done.added, changed=done.changed, unchanged=done.unchanged
        )
        self.leave()
        self.taken.emit(words)
        if counts:
            self.counted.emit(counts)

    def _choose(self) -> None:
        choose_file(self, _("Choose a file"), TABLES, self._begin_file)

    def _begin_file(self, path: Path) -> None:
        self.take_file(path)

    def _paste(self) -> None:
        text = QGuiApplication.clipboard().text()
        if text.strip():
            self.take_text(text)
        else:
            self._fail(Refused(_("There is nothing to paste."), _("Copy the cells in Excel first.")))

    def _show_read(self, read: Read) -> None:
        if not read.grid.rows:
            self._fail(Refused(_("There is nothing in it."), _("Choose another file.")))
            return
        self.grid, self.layout_ = read.grid, read.layout
        if read.maker:
            self.unit.set_value(read.maker)
        self.table.show_layout(read.grid, read.layout)
        self._look()

    def _correct(self, place: int, column: str) -> None:
        if self.layout_ and self.grid:
            self.layout_ = self.layout_.corrected(place, column)
            self.table.show_layout(self.grid, self.layout_)
            self.table.picks[place].setFocus()
            self._look()

    def _look(self) -> None:
        grid, layout, unit, ledger = self.grid, self.layout_, self.unit.value, self.app.ledger
        if grid is None or layout is None:
            return
        self.banner.dismiss()
        show = partial(self._show, layout)
        work.run(lambda: preview(ledger, grid, layout, unit), done=show, failed=self._cannot)

    def _show(self, layout: Layout, shown: Preview) -> None:
        if layout is self.layout_ and self.grid:
            self.shown = shown
            self.table.show_preview(shown, layout, self.grid.width)
            self._show_state()

    def _cannot(self, error: UserError) -> None:
        self.shown = None
        self._show_state()
        self.banner.say("warn", error.message, error.hint)

    def _show_state(self) -> None:
        shown = self.shown
        read = self.grid is not None
        self.empty.setVisible(not read)
        self.table.setVisible(read)
        self.back.setEnabled(read)
        counted = (_("{count} new"), _("{count} changed"), _("{count} as before"), _("{count} wrong"))
        kinds = (("ok", NEW), ("gold", CHANGED), ("neutral", SAME), ("danger", BAD))
        for tag, text, (kind, state) in zip(self.tags, counted, kinds, strict=True):
            count = shown.count(state) if shown else 0
            tag.set(text.format(count=count), kind)  # type: ignore[arg-type]
            tag.setVisible(bool(shown) and bool(count or state != BAD))
        count = len(shown.goods) if shown else 0
        self.take.setText(
            ngettext("Take {count} product", "Take {count} products", count).format(count=count)
        )
        self.take.setEnabled(bool(count))
        self.notes.setText(_notes(shown) if shown else "")
        self.notes.setVisible(bool(self.notes.text()))

    def _give_back(self) -> None:
        grid, layout, unit, ledger = self.grid, self.layout_, self.unit.value, self.app.ledger
        if grid is None or layout is None:
            return
        self.back.set_busy(_("Writing…"))
        path = home() / FOLDER / f"{Path(safe_name(grid.name)).stem}-hasil.xlsx"
        work.run(lambda: _filled(ledger, grid, layout, path, unit), done=self._given_back, failed=self._fail)

    def _given_back(self, answer: tuple[Filled, Path]) -> None:
        filled, path = answer
        self.back.set_busy("")
        count = filled.rows
        told = ngettext("{count} row filled in: {name}", "{count} rows filled in: {name}", count)
        hint = ""
        if filled.unknown:
            numbers = ", ".join(map(str, filled.unknown[:8]))
            hint = _("Not in the catalogue: rows {rows}.").format(rows=numbers)
        words = told.format(count=count, name=path.name)
        self.banner.say("ok", words, hint, _("Open"), lambda: open_file(path))

    def _fail(self, error: UserError) -> None:
        self.take.set_busy("")
        self.back.set_busy("")
        self.banner.say("danger", error.message, error.hint)

    def _name(self) -> str:
        return self.grid.name if self.grid else ""

    def _lay_out(self) -> None:
        px = self.theme.px
        top = QHBoxLayout()
        top.setSpacing(px(10))
        top.addWidget(self.choose)
        top.addWidget(self.paste)
        top.addWidget(label(_("Whose goods"), "label", self.theme, color="text2"))
        top.addWidget(self.unit, 1)
        foot = QHBoxLayout()
        foot.setSpacing(px(8))
        for tag in self.tags:
            foot.addWidget(tag)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.take)
        self.content.addLayout(top)
        self.content.addWidget(self.banner)
        self.content.addWidget(self.empty, 1)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.notes)
        self.content.addLayout(foot)


def _hint() -> str:
    return "\n".join(
        (
            _("Any list will do: the institution's own Excel sheet or a CSV file, as it is."),
            _("Titles, totals and other columns are no harm. You see everything before it is taken."),
        )
    )


def _notes(shown: Preview) -> str:
    """What is wrong first, then what was passed over."""
    names = column_names()
    wrong = [
        _("Row {row}, {column}: {why}").format(
            row=bad.row, column=names.get(bad.column, bad.column), why=bad.why
        )
        for bad in shown.rejected[:WRONG_SHOWN]
    ]
    if (more := len(shown.rejected) - len(wrong)) > 0:
        wrong.append(_("and {count} more").format(count=more))
    return "\n".join((*wrong, *shown.notes[: WRONG_SHOWN + 2 - len(wrong)]))


def _read(ledger: Ledger, path: Path) -> Read:
    return _guessed(ledger, read_grid(path))


def _pasted(ledger: Ledger, text: str, before: Grid | None) -> Read:
    return _guessed(ledger, pasted_grid(text, before))


def _guessed(ledger: Ledger, grid: Grid) -> Read:
    layout = guess(grid)
    return Read(grid, layout, maker_of(grid, layout, institutions(ledger).values()))


def _filled(ledger: Ledger, grid: Grid, layout: Layout, path: Path, unit: str) -> tuple[Filled, Path]:
    return fill_sheet(ledger, grid, layout, path, unit), path

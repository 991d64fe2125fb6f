"""Receipts of many days in one PDF, for the officer who files them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.errors import Refused, UserError
from pos.money import plain
from pos.paths import home
from pos.text import _, ngettext
from ui import work
from ui.app import App
from ui.busy_button import BusyButton
from ui.fields import FieldMessage, TextField
from ui.settings.choices import Choices
from ui.settings.section import Section
from ui.widgets import Button, label

FOLDER = "struk"  # in home(), as the till's own
_DAY = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*")


def batch_section(app: App) -> Section:
    """The card of the page of settings."""
    card = Section(_("Receipts for the files"), app)
    card.add_wide(BatchForm(app))
    return card


def parsed_day(text: str) -> date:
    """`14/4/2023` or `2023-04-14` as a day. Raises Refused."""
    try:
        if found := _DAY.fullmatch(text):
            day, month, year = map(int, found.groups())
            return date(year, month, day)
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise Refused(_("'{text}' is not a day such as 14/04/2023.").format(text=text[:20])) from error


class BatchForm(QWidget):
    """From which day to which, on what paper; the file is made in the background and can be opened."""

    def __init__(self, app: App) -> None:
        super().__init__()
        self.app = app
        theme, px = app.theme, app.theme.px
        self._paper = "80"
        self._file: Path | None = None
        today = app.clock.now().date()
        self._days = [self._day(_("From day"), today), self._day(_("To day"), today)]
        papers = Choices({"80": "80 mm", "58": "58 mm", "a5": _("A5 kuitansi")}, theme)
        papers.show_value(self._paper)
        papers.chosen.connect(self._choose)
        self._make = BusyButton(_("Make PDF"), theme=theme)
        self._make.clicked.connect(self._run)
        self._open = Button(_("Open"), kind="secondary", icon="folder-open", theme=theme)
        self._open.clicked.connect(self._show)
        self._open.hide()
        self._message = FieldMessage(theme)
        self._said = label("", "body", theme, color="text2", wrap=True)
        days = QHBoxLayout()
        days.setSpacing(px(12))
        for field in self._days:
            column = QVBoxLayout()
            column.addWidget(label(field.edit.accessibleName(), "label", theme, color="text2"))
            column.addWidget(field)
            days.addLayout(column, 1)
        row = QHBoxLayout()
        row.setSpacing(px(8))
        row.addWidget(papers)
        row.addStretch(1)
        row.addWidget(self._open)
        row.addWidget(self._make)
        hint = _("Slips stand side by side on A4. Each counts as a print, so one printed before is a copy.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, px(4), 0, px(4))
        column.setSpacing(px(8))
        column.addWidget(label(hint, "body", theme, color="text2", wrap=True))
        column.addLayout(days)
        column.addLayout(row)
        column.addWidget(self._message)
        column.addWidget(self._said)

    def _day(self, name: str, day: date) -> TextField:
        field = TextField(name, self.app.theme, most=10)
        field.edit.setText(f"{day:%d/%m/%Y}")
        field.edit.returnPressed.connect(self._run)
        return field

    def _choose(self, paper: str) -> None:
        self._paper = paper

    def _run(self) -> None:
        self._tell("", "")
        self._open.hide()
        days: list[date] = []
        for field in self._days:
            try:
                days.append(parsed_day(field.edit.text()))
            except Refused as refusal:
                field.set_error(True)
                self._tell(str(refusal), "")
                return
            field.set_error(False)
        start, end = days
        ledger, paper, by = self.app.ledger, self._paper, self.app.printing.by
        path = home() / FOLDER / f"{start:%Y-%m-%d}_{end:%Y-%m-%d}-{paper}.pdf"
        self._make.set_busy(_("Making…"))

        def make() -> tuple[Path, int]:
            from pos.receipts.batch import count_batch, sales_of_days, write_batch

            sales = sales_of_days(ledger, start, end)
            done = write_batch(ledger, sales, path, paper)
            count_batch(ledger, sales, paper, by)
            return done.file, done.receipts

        work.run(make, done=self._made, failed=self._failed)

    def _made(self, answer: tuple[Path, int]) -> None:
        self._file, count = answer
        self._make.set_busy("")
        said = ngettext("{count} receipt in {file}.", "{count} receipts in {file}.", count)
        self._tell("", said.format(count=plain(count), file=self._file))
        self._open.show()

    def _failed(self, error: UserError) -> None:
        self._make.set_busy("")
        self._tell(str(error), "")

    def _tell(self, wrong: str, said: str) -> None:
        self._message.say(wrong)
        self._said.setText(said)

    def _show(self) -> None:
        if self._file:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._file)))

"""Out of the board: a PDF for the wall, a picture for a chat group, the daily matrix as a workbook or CSV."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QWidget

from pos.clock import ZONES
from pos.errors import UserError
from pos.faults import told as told_fault
from pos.fresh import draft_of
from pos.paths import home
from pos.receipts.sheet import Sheet
from pos.reports import Period
from pos.reports.board import Board, Mark
from pos.text import _, clock_time, short_date
from ui import work
from ui.app import App
from ui.board.card import ALWAYS, SELDOM
from ui.board.paint import mark_name
from ui.board.preview import PreviewSheet
from ui.board.words import subtitle
from ui.issue import open_file
from ui.reports.saving import FOLDER, Report, save_report, saved_words
from ui.sheet_pen import paint_sheet
from ui.tell import Banner

DOTS = 7  # px of a picture for each mm: 2,079 x 1,470, which chats show without cutting


class BoardFiles:
    """What the menu of the board does."""

    def __init__(self, app: App, over: QWidget, banner: Banner) -> None:
        self.app, self._over, self._banner = app, over, banner

    def take(self, ending: str, board: Board) -> None:
        """One of pdf (looked at first), png, xlsx, csv."""
        if ending in ("xlsx", "csv") and board.hidden:
            return
        if ending in ("xlsx", "csv"):
            self._banner.say("info", _("The file is being written…"), _("You can go on working."))
            save_report(self.app, ending, Report("daily-board", Period()), self._saved, self._failed)
            return
        done = self._preview if ending == "pdf" else self._write_pictures
        made, sample, event = self._made(), self.app.device.sample, self.app.device.event.name
        work.run(
            lambda: _drawn(board, event, made, sample=sample), done=done, failed=self._failed, lane="reports"
        )

    def _made(self) -> str:
        """Who made it, and when."""
        now, who = self.app.clock.now(), self.app.cashier.name
        zone = next((one.tzname(None) for one in ZONES.values() if one == now.tzinfo), "")
        words = _("Written {day} {time} {zone}").format(
            day=short_date(now.date()), time=clock_time(now), zone=zone
        )
        return f"{words.strip()}, {who}" if who else words.strip()

    def _preview(self, pages: tuple[Sheet, ...]) -> None:
        PreviewSheet(self._over, self.app.theme, pages, partial(self._write_pdf, pages)).open()

    def _write_pdf(self, pages: tuple[Sheet, ...]) -> None:
        path = self._path("pdf")

        def write() -> Path:
            from pos.receipts.pdf import write_pdf

            path.parent.mkdir(parents=True, exist_ok=True)
            write_pdf(pages, path)
            return path

        work.run(write, done=self._opened, failed=self._failed, lane="reports")

    def _write_pictures(self, pages: tuple[Sheet, ...]) -> None:
        """One picture a page: painted here, for letters are Qt's, and written behind."""
        paths = [self._path("png", number if len(pages) > 1 else 0) for number in range(1, len(pages) + 1)]
        images = [_picture(page) for page in pages]

        def write() -> Path:
            paths[0].parent.mkdir(parents=True, exist_ok=True)
            for path, image in zip(paths, images, strict=True):
                with told_fault(str(path)), draft_of(path) as draft:
                    if not image.save(str(draft), "PNG"):  # type: ignore[call-overload]
                        raise OSError(f"{path.name} cannot be written")
            return paths[0]

        work.run(write, done=self._saved, failed=self._failed, lane="reports")

    def _path(self, ending: str, number: int = 0) -> Path:
        day = self.app.today.isoformat()
        page = f"-{number}" if number else ""
        return home() / FOLDER / f"papan-{day}{page}.{ending}"

    def _opened(self, path: Path) -> None:
        self._saved(path)
        open_file(path)

    def _saved(self, path: Path) -> None:
        words, where = saved_words(path)
        self._banner.say("ok", words, where, _("Open"), lambda: open_file(path))

    def _failed(self, error: UserError) -> None:
        self._banner.say("danger", error.message, error.hint)


def _drawn(board: Board, event: str, made: str, *, sample: bool) -> tuple[Sheet, ...]:
    from pos.receipts.board_sheets import Told, board_sheets  # measures with ReportLab

    seldom = (mark for mark in SELDOM if any(mark in line.marks for line in board.lines))
    signs = (*ALWAYS, *seldom)
    day = short_date(board.today)
    words = {mark: mark_name(mark) for mark in signs}
    words[Mark.TOP] = _("1 million and more")  # the letters of papers have no sign for it
    told = Told(event, f"{subtitle(board)} · {day}", made, tuple(words.items()))
    return board_sheets(board, told, sample=sample)


def _picture(page: Sheet) -> QImage:
    size = QSize(round(page.width * DOTS), round(page.height * DOTS))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(DOTS, DOTS)
    paint_sheet(painter, page)
    painter.end()
    return image

"""Out of the board: paper for the wall, a picture for a chat group, the board as a workbook or CSV."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter

from pos.faults import told as told_fault
from pos.fresh import draft_of
from pos.practice import practice_word
from pos.receipts.sheet import Sheet
from pos.reports.board import Board, Mark
from pos.reports.shown import Head
from pos.text import _, short_date
from ui import work
from ui.board.card import ALWAYS, SELDOM
from ui.board.paint import mark_name
from ui.board.words import subtitle
from ui.preview import Printout
from ui.reports.about import about
from ui.reports.files import ReportFiles
from ui.reports.saving import in_folder
from ui.sheet_pen import paint_sheet

if TYPE_CHECKING:
    from pos.receipts.table_sheets import Way

DOTS = 7  # px of a picture for each mm: 2,079 x 1,470, which chats show without cutting


class BoardFiles(ReportFiles):
    """What the menu of the board does."""

    def take(self, ending: str, board: Board) -> None:
        """One of pdf (looked at first), png, xlsx, csv."""
        if ending in ("xlsx", "csv") and board.hidden:
            return
        if ending == "pdf":
            name = self._path("pdf").stem
            self.look_at(Printout(_("One day, one product"), name, partial(self._draw, board)))
            return
        if ending == "png":
            self.begin()
            work.run(
                lambda: self._draw(board, ""),
                done=partial(self._write_pictures, board),
                failed=self.failed,
                lane="reports",
            )
        else:
            self._write_table(board, self._path(ending))

    def _head(self, board: Board) -> Head:
        number = _("day {number} of {days}").format(number=board.number, days=board.of)
        chosen = (short_date(board.today), number if board.number else "")
        return about(self.app, chosen, board.complete, board.today)

    def _draw(self, board: Board, _way: Way) -> tuple[Sheet, ...]:
        """On the background thread."""
        return _drawn(board, self._head(board), practice_word(self.app.device))

    def _write_table(self, board: Board, path: Path) -> None:
        ledger, head, signs = self.app.ledger, self._head(board), _signs(board)

        def write() -> Path:
            from pos.exports.board_book import write_board

            write_board(ledger, board, head, signs, path)
            return path

        self.write(write)

    def _write_pictures(self, board: Board, pages: tuple[Sheet, ...]) -> None:
        """One picture a page: painted here, for letters are Qt's, and written behind. The one with today is
        told: it is what is sent on.
        """
        paths = [self._path("png", number if len(pages) > 1 else 0) for number in range(1, len(pages) + 1)]
        images = [_picture(page) for page in pages]

        def write() -> Path:
            from pos.receipts.board_sheets import page_of_today

            paths[0].parent.mkdir(parents=True, exist_ok=True)
            for path, image in zip(paths, images, strict=True):
                with told_fault(str(path)), draft_of(path) as draft:
                    if not image.save(str(draft), "PNG"):  # type: ignore[call-overload]
                        raise OSError(f"{path.name} cannot be written")
            return paths[page_of_today(board)]

        work.run(write, done=self.saved, failed=self.failed, lane="reports")

    def _path(self, ending: str, number: int = 0) -> Path:
        day = self.app.today.isoformat()
        page = f"-{number}" if number else ""
        return in_folder(f"papan-{day}{page}.{ending}")


def _drawn(board: Board, head: Head, practice: str) -> tuple[Sheet, ...]:
    from pos.receipts.board_sheets import Told, board_sheets  # measures with ReportLab

    words = dict(_signs(board))
    words[Mark.TOP] = _("1 million and more")  # the letters of papers have no sign for it
    told = Told(
        head.event,
        f"{subtitle(board)} · {short_date(board.today)}",
        head.made,
        " ".join(head.complete),
        tuple(words.items()),
    )
    return board_sheets(board, told, practice)


def _signs(board: Board) -> tuple[tuple[Mark, str], ...]:
    """The legend, as below the board."""
    seldom = (mark for mark in SELDOM if any(mark in line.marks for line in board.lines))
    return tuple((mark, mark_name(mark)) for mark in (*ALWAYS, *seldom))


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

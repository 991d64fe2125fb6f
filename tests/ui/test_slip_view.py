"""The receipt on the screen is the receipt: its codes can be read off it, and all of it can be reached."""

from __future__ import annotations

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageOps
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from pos.ledger import Ledger
from pos.receipts.blocks import Slip
from pos.receipts.kuitansi import kuitansi
from pos.receipts.pdf import pdf_bytes
from pos.receipts.sheet import Shape, Sheet
from pos.receipts.slip import sale_slip
from pos.receipts.svg import polygons
from pos.receipts.text import slip_text
from tests import books
from tests.ui.hands import colors, show
from tests.ui.phone import read_codes
from ui.sheet_pen import paint_sheet
from ui.slip_view import SlipView
from ui.theme import Theme, load_theme


@pytest.fixture
def ledger(till: Ledger) -> Ledger:
    return till


def paper(view: SlipView) -> QImage:
    """All of the paper, also what is scrolled out of sight."""
    sheet = view.widget()
    assert sheet is not None
    return sheet.grab().toImage()


@pytest.mark.parametrize("columns", [48, 32])
def test_its_codes_can_be_read_off_the_screen(
    theme: Theme, qtbot: QtBot, ledger: Ledger, columns: int
) -> None:
    sale = books.sell(ledger, {"NASTAR-500": 2, "HAMPERS": 1})
    view = SlipView(load_theme(theme.mode, 3))
    view.resize(1300, 900)
    show(qtbot, view)
    view.show_paper(sale_slip(ledger, sale, columns=columns))
    assert set(read_codes(paper(view))) == {sale.receipt, f"{sale.receipt} {sale.code}"}


def test_a_long_receipt_can_be_scrolled_and_the_next_one_starts_at_its_top(
    theme: Theme, qtbot: QtBot, ledger: Ledger
) -> None:
    view = SlipView(theme)
    view.resize(420, 500)
    show(qtbot, view)
    slip = sale_slip(ledger, books.sell(ledger, {"NASTAR-500": 1, "PECI": 1}))
    view.show_paper(slip)
    bar = view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    view.show_paper(slip)
    assert bar.value() == 0
    assert view.horizontalScrollBar().maximum() == 0


def test_the_paper_is_white_and_the_print_black_in_the_dark_too(qtbot: QtBot, ledger: Ledger) -> None:
    view = SlipView(load_theme("dark"))
    view.resize(420, 500)
    show(qtbot, view)
    view.show_paper(sale_slip(ledger, books.sell(ledger, {"NASTAR-500": 1})))
    assert {"#ffffff", "#000000"} <= colors(paper(view))


def test_screen_readers_get_the_receipt_as_text(theme: Theme, ledger: Ledger) -> None:
    view = SlipView(theme)
    slip = sale_slip(ledger, books.sell(ledger, {"NASTAR-500": 1}))
    view.show_paper(slip)
    assert view.accessibleDescription() == slip_text(slip)


def test_an_empty_slip_is_blank_paper(theme: Theme, qtbot: QtBot) -> None:
    view = SlipView(theme)
    view.resize(420, 500)
    show(qtbot, view)
    view.show_paper(Slip("S03K7-000001", 48, ()))
    assert "#000000" not in colors(paper(view))


@pytest.mark.usefixtures("theme")
def test_a_kuitansi_is_painted_as_it_is_printed(ledger: Ledger) -> None:
    """Both pens draw the same sheet: laid over each other, they differ only at the edges of letters."""
    sheet = kuitansi(ledger, books.sell(ledger, {"NASTAR-500": 2}), copy=2)
    page = pypdfium2.PdfDocument(pdf_bytes((sheet,)))[0]
    printed = ImageOps.grayscale(page.render(scale=4 / (72 / 25.4)).to_pil())  # 4 px to the mm
    image = QImage(840, 592, QImage.Format.Format_Grayscale8)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(4, 4)
    paint_sheet(painter, sheet)
    painter.end()
    shown = Image.frombytes("L", (840, 592), bytes(image.constBits()))
    apart = ImageChops.difference(shown, printed.resize((840, 592))).filter(ImageFilter.BoxBlur(3))
    assert sum(apart.histogram()[80:]) == 0
    assert sum(ImageChops.invert(shown).histogram()[128:]) > 5_000


def test_a_sheet_is_shown_whole_and_read_out(theme: Theme, qtbot: QtBot, ledger: Ledger) -> None:
    view = SlipView(theme)
    view.resize(420, 500)
    show(qtbot, view)
    sheet = kuitansi(ledger, books.sell(ledger, {"NASTAR-500": 1}))
    view.show_paper(sheet)
    assert view.verticalScrollBar().maximum() == 0
    assert "Enam puluh lima ribu rupiah" in view.accessibleDescription()
    assert {"#ffffff", "#000000"} <= colors(paper(view))


def test_a_paper_that_goes_on_below_fades_until_its_end(theme: Theme, qtbot: QtBot, ledger: Ledger) -> None:
    view = SlipView(theme)
    view.resize(420, 500)
    show(qtbot, view)
    view.show_paper(sale_slip(ledger, books.sell(ledger, {"NASTAR-500": 1, "PECI": 1})))
    bar = view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    margin = QPoint(22, 482)  # paper without print
    assert view.grab().toImage().pixelColor(margin) != Qt.GlobalColor.white
    bar.setValue(bar.maximum())
    assert view.grab().toImage().pixelColor(margin) == Qt.GlobalColor.white


@pytest.mark.usefixtures("theme")
def test_nothing_is_painted_beyond_the_paper() -> None:
    """A pattern that is cut by the edge of the paper ends there on the screen too."""
    outlines = polygons("motif-pucuk")
    across = tuple(Shape(x, 2, 4 / 24, outlines, "gold") for x in (2, 18))
    sheet = Sheet("", 20, 10, across)
    image = QImage(300, 100, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(10, 10)
    paint_sheet(painter, sheet)
    painter.end()
    assert len(colors(image.copy(0, 0, 200, 100))) > 1
    assert len(colors(image.copy(201, 0, 99, 100))) == 1

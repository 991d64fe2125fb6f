"""The practice printer reads the bytes that a real one is sent, and nothing else."""

from __future__ import annotations

from contextlib import closing

import pytest
from PIL import Image
from PySide6.QtGui import QImage

from pos.printers import Printer, slip_bytes
from pos.receipts.escpos import CUT, START
from pos.receipts.raster import picture
from pos.receipts.slip import sale_slip
from tests.books import booth, sell
from ui.training.printer import papers_in


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Image.Image]:
    """What is sent for a receipt, and how it is meant to look."""
    with closing(booth(tmp_path_factory.mktemp("buku") / "s03.lapak")) as ledger:
        slip = sale_slip(ledger, sell(ledger, {"PECI": 2}), columns=32)
    return slip_bytes(Printer("file", "x", 32, raster=True), slip), picture(slip)


def rows(image: QImage) -> list[bytes]:
    return [bytes(image.pixelColor(x, y).red() for x in range(image.width())) for y in range(image.height())]


def test_the_paper_is_dot_for_dot_what_was_sent(sent: tuple[bytes, Image.Image]) -> None:
    data, meant = sent
    (paper,) = papers_in(data)
    assert paper.width() == meant.width
    shown = meant.convert("L").point(lambda dot: 255 - dot)
    got = rows(paper)
    wanted = [shown.crop((0, y, shown.width, y + 1)).tobytes() for y in range(shown.height)]
    assert got[: len(wanted)] == wanted
    assert set(b"".join(got[len(wanted) :])) == {255}  # fed to where it is torn off


def test_two_papers_are_two(sent: tuple[bytes, Image.Image]) -> None:
    data, _meant = sent
    assert len(papers_in(data + data)) == 2
    assert papers_in(b"") == []
    assert papers_in(START + CUT) == []


@pytest.mark.parametrize("wrong", [b"no printer", START + b"text\n", b"\x1bJ\x10"])
def test_what_no_picture_printer_is_sent_is_refused(wrong: bytes) -> None:
    with pytest.raises(ValueError, match=r"byte|paper"):
        papers_in(wrong)


def test_a_picture_that_is_cut_off_is_refused(sent: tuple[bytes, Image.Image]) -> None:
    data, _meant = sent
    with pytest.raises(ValueError, match="cut off"):
        papers_in(data[:200])

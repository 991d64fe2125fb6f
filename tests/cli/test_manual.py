"""`lapak help`: the contents, a page, the card and the booklet, and what it refuses."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from pypdfium2 import PdfDocument

from pos.manual import help_page, names
from tests.cli.running import Run


def test_the_contents_name_every_page(lapak: Run) -> None:
    said = lapak("help", "--json")
    assert said.json == {"pages": {name: help_page(name).title for name in names()}}
    assert all(name in lapak("help").out for name in names())


def test_a_page_can_be_read_in_the_terminal_in_both_languages(lapak: Run) -> None:
    assert "3. Uangnya pas: ketuk Uang pas (F10). Selesai.\n" in lapak("help", "sell").out
    said = lapak("help", "sell", "--lang", "en").out
    assert said.startswith("Serve a buyer\n")
    assert "![" not in said


def test_card_and_booklet(lapak: Run, tmp_path: Path) -> None:
    card, book = tmp_path / "kartu.pdf", tmp_path / "buku.pdf"
    said = lapak("help", "--card", card, "--booklet", book, "--json")
    assert said.json == {"files": [str(card), str(book)]}
    for file, pages in ((card, 2), (book, 20)):
        with closing(PdfDocument(file)) as pdf:
            assert len(pdf) == pages


def test_what_there_is_not(lapak: Run, tmp_path: Path) -> None:
    for asked in (["nowhere"], ["../en/sell"], ["--card", tmp_path / "kartu.txt"]):
        said = lapak("help", *asked)
        assert (said.code, said.out) == (2, "")
        assert said.sentence
    assert not list(tmp_path.iterdir())

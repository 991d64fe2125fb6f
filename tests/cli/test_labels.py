"""`lapak labels`: a PDF of price labels, by stock or by name."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from pypdfium2 import PdfDocument

from tests.cli.running import Run, documents_of


def words(file: Path) -> list[str]:
    with closing(PdfDocument(file)) as pdf:
        return [page.get_textpage().get_text_bounded() for page in pdf]


def test_labels_of_named_goods_from_a_place_on(lapak: Run, path: Path, tmp_path: Path) -> None:
    file, before = tmp_path / "label.pdf", documents_of(path)
    said = lapak("labels", path, "-o", file, "--sku", "PECI, SEMPRONG", "--start", "24", "--json")
    assert said.json == {"file": str(file), "labels": 2, "sheets": 2}
    first, second = words(file)
    assert "Peci Bordir" in first
    assert "Rp30.000" in second
    assert documents_of(path) == before


def test_labels_of_all_that_is_left(lapak: Run, path: Path, tmp_path: Path) -> None:
    said = lapak("labels", path, "-o", tmp_path / "label.pdf", "--json")
    assert (said.code, said.json["labels"] > 100) == (0, True)


def test_what_no_label_can_be_made_of(lapak: Run, path: Path, tmp_path: Path) -> None:
    for asked in (["-o", "label.txt"], ["-o", "a.pdf", "--sku", "TIADA"], ["-o", "a.pdf", "--start", "25"]):
        said = lapak("labels", path, *(tmp_path / one if "." in one else one for one in asked))
        assert (said.code, said.out) == (2, "")
        assert said.sentence
    assert not list(tmp_path.glob("*.txt"))

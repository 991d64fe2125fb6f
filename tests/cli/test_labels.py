"""`lapak labels`: a PDF of price labels, by stock or by name."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

from pypdfium2 import PdfDocument

from pos.clock import stopped_at
from pos.consignment import receive
from pos.deliveries import Entry, Head
from pos.label_goods import tell_story
from pos.ledger import open_ledger
from pos.model import By
from tests.books import MOMENT, STAFF, shift_of
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


def test_shelf_cards_bear_the_story_and_the_batch(lapak: Run, path: Path, tmp_path: Path) -> None:
    with closing(open_ledger(path, stopped_at(MOMENT))) as ledger:
        by = By(STAFF[1], shift_of(ledger))
        tell_story(ledger, "LPP-PLG", "Dari dapur kami.", by)
        head = Head("LPP-PLG", "Yuliana, S.H.")
        receive(ledger, head, [Entry("NASTAR-500", 5, "B-07", date(2023, 5, 20))], by, 85)
    file = tmp_path / "kartu.pdf"
    said = lapak("labels", path, "-o", file, "--sku", "NASTAR-500,PECI", "--cards", "--start", "8", "--json")
    assert said.json == {"file": str(file), "labels": 2, "sheets": 2}
    first, second = words(file)
    for told in ("Dari dapur kami.", "Baik digunakan sebelum 20/05/2023", "Kode produksi B-07"):
        assert told in first
        assert told not in second
    assert lapak("labels", path, "-o", file, "--cards", "--start", "9").code == 2


def test_a_roll_is_one_page_as_wide_as_it_is(lapak: Run, path: Path, tmp_path: Path) -> None:
    for paper, wide in (("58", 58), ("80", 80)):
        file = tmp_path / f"{paper}.pdf"
        said = lapak("labels", path, "-o", file, "--sku", "PECI,SEMPRONG", "--paper", paper, "--json")
        assert said.json == {"file": str(file), "labels": 2, "sheets": 1}
        with closing(PdfDocument(file)) as pdf:
            assert len(pdf) == 1
            assert round(pdf[0].get_width() * 25.4 / 72) == wide
    said = lapak("labels", path, "-o", tmp_path / "a.pdf", "--paper", "58")  # of all that is left
    assert (said.code, said.out) == (2, "")
    assert "100 label" in said.sentence
    assert not (tmp_path / "a.pdf").exists()

"""What labels tell: kept in the catalogue, so it travels with the goods; and the batch that came last."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pos.catalog import post_products, products
from pos.chains import reading
from pos.consignment import receive
from pos.deliveries import Entry, Head
from pos.errors import Refused
from pos.label_facts import MAX_STORY, UNTOLD, Facts, facts_of, facts_text, is_workshop
from pos.label_goods import Batch, latest_batches, stories, tell_story
from pos.ledger import Ledger, open_ledger
from pos.model import By, Product
from pos.pricelist import COLUMNS, export_catalog, import_catalog
from pos.sheets import BadRows
from pos.sync import copy_chains
from tests.books import STAFF, documents, new_collector, shift_of

FACTS = Facts("Dibordir dengan tangan.", "ID16110000123456789", "2061671010123-28", "BK-02")


def officer(ledger: Ledger) -> By:
    return By(STAFF[1], shift_of(ledger))


def peci(ledger: Ledger) -> Product:
    return next(one for one in products(ledger, inactive=True) if one.sku == "PECI")


def test_stories_and_facts_travel_with_the_catalogue(till: Ledger, tmp_path: Path) -> None:
    post_products(till, [replace(peci(till), facts=FACTS)])
    assert tell_story(till, "LPP-PLG", "  Dari dapur\nkami. ", officer(till))
    assert not tell_story(till, "LPP-PLG", "Dari dapur kami.", officer(till))  # it is so already
    with closing(open_ledger(new_collector(tmp_path / "pusat.lapak"))) as centre:
        with reading(till) as source:
            assert copy_chains(source, centre).refused == []
        assert stories(centre) == {"LPP-PLG": "Dari dapur kami."}
        assert peci(centre).facts == FACTS
    tell_story(till, "LPP-PLG", "", officer(till))
    assert stories(till) == {}


def test_a_card_without_facts_is_as_it_always_was(till: Ledger) -> None:
    """Older programs read it; and what was said before is not written again."""
    before = len(documents(till)[till.own().code])
    assert post_products(till, products(till)) == (0, 0)
    post_products(till, [replace(peci(till), price=51_000)])
    last = documents(till)[till.own().code][-1]
    assert len(documents(till)[till.own().code]) == before + 1
    assert '"facts"' not in last.body


@pytest.mark.parametrize(("unit", "story"), [("LPP-PLG", "k" * (MAX_STORY + 1)), ("TIADA", "Halo.")])
def test_stories_that_cannot_be_kept_are_refused(till: Ledger, unit: str, story: str) -> None:
    with pytest.raises(Refused):
        tell_story(till, unit, story, officer(till))
    assert stories(till) == {}


def test_the_batch_on_labels_is_the_one_that_came_last(till: Ledger) -> None:
    head, by = Head("LPP-PLG", "Yuliana, S.H."), officer(till)
    assert latest_batches(till) == {}
    for entries in (
        [Entry("NASTAR-500", 9, "B-06", date(2023, 5, 30))],
        [Entry("NASTAR-500", 5, "B-07", date(2023, 5, 20)), Entry("SEMPRONG", 3, "S-1")],
        [Entry("NASTAR-500", 5)],  # of which nothing is known
    ):
        receive(till, head, entries, by, 85)
    assert latest_batches(till) == {"NASTAR-500": Batch("B-07", date(2023, 5, 20)), "SEMPRONG": Batch("S-1")}


def test_the_price_list_has_them_and_gives_them_back(till: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    head = "Kode;Nama;Harga;UPT;Cerita;No. Halal;P-IRT;Kelompok Kerja\n"
    told = f"{FACTS.story};{FACTS.halal};{FACTS.pirt};bk-02"
    path.write_text(f"{head}PECI;Peci;50000;LP1-PLG;{told}\n", "utf-8")
    found = import_catalog(till, path)
    assert (found.changed, found.warnings) == (1, ())
    assert peci(till).facts == FACTS
    export_catalog(till, tmp_path / "b.csv")
    lines = (tmp_path / "b.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].split(";")[-4:] == list(COLUMNS)[-4:] == ["story", "halal", "pirt", "workshop"]
    assert import_catalog(till, tmp_path / "b.csv").changed == 0
    path.write_text("sku;nama;harga;upt\nPECI;Peci;50000;LP1-PLG\n", "utf-8")
    assert import_catalog(till, path).changed == 0  # a list without the columns leaves them
    path.write_text("sku;nama;harga;upt;cerita\nPECI;Peci;50000;LP1-PLG;\n", "utf-8")
    import_catalog(till, path)
    assert peci(till).facts == replace(FACTS, story="")


@pytest.mark.parametrize("name", ["Siti Aminah", "SITI", "Bp. Anwar", "-", "BK-", "B" * 21, "BK 02"])
def test_a_workshop_is_a_code_and_nobodys_name(till: Ledger, tmp_path: Path, name: str) -> None:
    assert not is_workshop(name.upper())
    path = tmp_path / "a.csv"
    path.write_text(f"sku;nama;harga;upt;bengkel\nPECI;Peci;50000;LP1-PLG;{name}\n", "utf-8")
    with pytest.raises(BadRows, match="tidak memuat nama"):
        import_catalog(till, path)
    assert peci(till).facts == UNTOLD


def test_nothing_told_is_nothing_kept() -> None:
    assert facts_text(UNTOLD) == ""
    assert facts_of("") == UNTOLD
    assert facts_of(facts_text(FACTS)) == FACTS
    assert all(is_workshop(code) for code in ("BK-02", "7", "TB/1", "RTN.3-A"))

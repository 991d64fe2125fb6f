"""Goods from sheets as institutions send them: the preview, what is wrong in it, taking it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from pos.approvals import granted
from pos.catalog import institutions, products
from pos.columns_guess import guess, maker_of, pasted_grid, read_grid
from pos.errors import Refused
from pos.goods_import import BAD, CHANGED, NEW, SAME, Preview, code_of, preview, take_goods
from pos.journal import rebuild
from pos.ledger import Ledger, create_collector, open_ledger
from pos.model import By, Product, Staff
from tests import sheets
from tests.books import STAFF, bring, derived, documents

RINA, SARI = STAFF


def shown(ledger: Ledger, text: str, institution: str = "LPP-PLG") -> Preview:
    grid = pasted_grid(text)
    return preview(ledger, grid, guess(grid), institution)


def known(ledger: Ledger) -> dict[str, Product]:
    return {product.sku: product for product in products(ledger, inactive=True)}


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (sheets.titled, "a.xlsx"),
        (sheets.two_headers, "b.xlsx"),
        (sheets.english, "c.csv"),
        (sheets.sectioned, "d.csv"),
    ],
)
def test_five_sheets_give_the_same_goods(
    till: Ledger, tmp_path: Path, make: Callable[[Path], Path], name: str
) -> None:
    before = documents(till)
    grid = read_grid(make(tmp_path / name))
    layout = guess(grid)
    found = preview(till, grid, layout, maker_of(grid, layout, institutions(till).values()))
    assert documents(till) == before
    assert found.rejected == ()
    facts = {(one.name, one.price, one.institution) for one in found.goods}
    assert facts == {
        ("Nastar 500 g", 65_000, "LPP-PLG"),
        ("Peci Bordir", 55_000, "LP1-PLG"),
        ("Kue Maksuba", 150_000, "LPP-PLG"),
    }
    assert sorted(found.counts.values()) == [5, 10, 24]
    done = take_goods(till, found, By(SARI), name)
    assert (done.added, done.added + done.changed + done.unchanged) == (1, 3)
    assert known(till)["PECI"].price == 55_000
    again = preview(till, grid, layout, "LPP-PLG")
    assert (again.count(SAME), len(again.rows)) == (3, 3)
    assert take_goods(till, again, By(RINA), name).added == 0  # nothing changes, so nobody is asked


def test_the_fifth_has_no_header_and_a_maker_is_chosen(till: Ledger, tmp_path: Path) -> None:
    grid = read_grid(sheets.bare(tmp_path / "e.xlsx"))
    with pytest.raises(Refused, match="UPT"):
        preview(till, grid, guess(grid))
    found = preview(till, grid, guess(grid), "LPP-PLG")
    assert [row.state for row in found.rows] == [SAME, NEW, NEW]
    assert found.rows[1].product is not None
    assert found.rows[1].product.sku == "PECI-BORDIR"  # PECI is another institution's


def test_every_wrong_cell_is_named(till: Ledger) -> None:
    found = shown(
        till, "Nama\tHarga\tJml\tBarcode\nMug\tmurah\t3\t\n\t5000\t\t\nTas\t-5\tdua\t1E+12\nGelas\t4000\t\t\n"
    )
    assert [(bad.row, bad.column) for bad in found.rejected] == [
        (2, "price"),
        (3, "sku"),
        (4, "count"),
        (4, "price"),
    ]
    assert [row.state for row in found.rows] == [BAD, BAD, BAD, NEW]
    assert [product.name for product in found.goods] == ["Gelas"]


def test_the_same_thing_twice_is_named(till: Ledger) -> None:
    found = shown(till, "Nama\tHarga\nMug\t5000\nMug\t6000\n")
    assert [(bad.row, bad.column) for bad in found.rejected] == [(3, "sku")]


def test_codes_are_made_from_names(till: Ledger) -> None:
    assert code_of("Nastar 500 g") == "NASTAR-500-G"
    assert code_of("Nastar 500 g", "LP1-PLG") == "NASTAR-500-G-LP1-PLG"
    assert code_of("Crème brûlée") == "CREME-BRULEE"
    long = code_of("kue " * 75)
    assert long == code_of("kue " * 75) != code_of("kue " * 74)
    assert len(long) <= 40
    assert code_of("🍪🍪") == code_of("🍪🍪") != code_of("🧁")
    found = shown(till, "Nama\tHarga\tUPT\nSapu\t5000\tLPP-PLG\nSapu\t6000\tLP1-PLG\n")
    assert [product.sku for product in found.goods] == ["SAPU", "SAPU-LP1-PLG"]
    take_goods(till, found, By(SARI), "x")
    other_way = shown(till, "Nama\tHarga\tUPT\nSapu\t6000\tLP1-PLG\nSapu\t5000\tLPP-PLG\n")
    assert [product.sku for product in other_way.goods] == ["SAPU-LP1-PLG", "SAPU"]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("<b>Kue</b> & =1+1", "<b>Kue</b> & =1+1"),
        ("Kue \u202eedrol\u202c", "Kue edrol"),
        ("Kue 🍪 lapis", "Kue 🍪 lapis"),
    ],
)
def test_odd_names(till: Ledger, name: str, kept: str) -> None:
    found = shown(till, f"Nama\tHarga\n{name}\t5000\n")
    assert [product.name for product in found.goods] == [kept]
    take_goods(till, found, By(SARI), "x")
    assert kept in {product.name for product in products(till)}


def test_a_name_of_300_characters_is_refused(till: Ledger) -> None:
    found = shown(till, f"Nama\tHarga\n{'kue ' * 75}\t5000\n")
    assert [(bad.row, bad.column) for bad in found.rejected] == [(2, "name")]
    assert "200" in found.rejected[0].why


def test_for_nothing_is_asked_about(till: Ledger) -> None:
    found = shown(till, "Nama\tHarga\nBrosur\t0\n")
    assert [product.name for product in found.free] == ["Brosur"]
    with pytest.raises(Refused, match="Rp0"):
        take_goods(till, found, By(SARI), "x")
    assert take_goods(till, found, By(SARI), "x", free=True).added == 1


def test_without_the_right_it_takes_an_approval_once(till: Ledger) -> None:
    found = shown(till, "Nama\tHarga\nMug\t5000\nNastar 500 g\t70000\n")
    before = documents(till)
    with pytest.raises(Refused):
        take_goods(till, found, By(RINA), "x.xlsx")
    with pytest.raises(Refused):  # a known price changes
        take_goods(till, found, By(RINA, approval=granted(till, "sari", "catalog", "x.xlsx")), "x.xlsx")
    assert documents(till) == before
    allowed = granted(till, "sari", "price", "x.xlsx")
    done = take_goods(till, found, By(RINA, approval=allowed), "x.xlsx")
    assert (done.added, done.changed) == (1, 1)
    more = shown(till, "Nama\tHarga\nNastar 500 g\t75000\n")
    with pytest.raises(Refused):
        take_goods(till, more, By(RINA, approval=allowed), "x.xlsx")


def test_what_is_missing_is_told(till: Ledger) -> None:
    grid = pasted_grid("Kode\tNama\nA\tMug\n")
    with pytest.raises(Refused, match="harga"):
        preview(till, grid, guess(grid), "LPP-PLG")


def test_rebuilt_and_synced_rows_are_the_same(till: Ledger, tmp_path: Path) -> None:
    allowed = By(RINA, approval=granted(till, "sari", "price", "x"))
    take_goods(till, shown(till, "Nama\tHarga\nMug\t5000\nNastar 500 g\t70000\n"), allowed, "x")
    live = derived(till)
    assert len(live["approval"]) == 1
    with till.write() as conn:
        rebuild(conn)
    assert derived(till) == live
    create_collector(tmp_path / "pusat.lapak")
    with closing(open_ledger(tmp_path / "pusat.lapak")) as central:
        for chain in documents(till).values():
            bring(central, chain)
        assert derived(central) == live


def test_four_hundred_rows_are_one_document(till: Ledger) -> None:
    lines = "\n".join(f"Ukiran {n}\t{n * 1000}" for n in range(1, 401))
    before = len(documents(till)[till.own().code])
    assert take_goods(till, shown(till, f"Nama\tHarga\n{lines}\n"), By(SARI), "x").added == 400
    assert len(documents(till)[till.own().code]) == before + 1
    assert changed_price(till) == 1


def changed_price(ledger: Ledger) -> int:
    found = shown(ledger, "Nama\tHarga\nUkiran 3\t9000\n")
    assert found.rows[0].state == CHANGED
    return take_goods(ledger, found, By(Staff("sari", "", "petugas")), "x").changed

"""The price list: what people write becomes the catalogue and comes back the same; what is wrong is named.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.catalog import post_products, products
from pos.errors import BadCell, Refused
from pos.exhibition import builtin_event
from pos.ledger import Ledger, create, new_device
from pos.model import Component, Product
from pos.paths import resource
from pos.pricelist import COLUMNS, Imported, export_catalog, import_catalog
from pos.sheets import BadRows, cell_text
from tests.books import documents, new_ledger

GOOD = {"sku": "MUG", "name": "Mug Sablon", "price": "35000", "institution": "LPP-PLG"}


def written(path: Path, rows: Iterable[Mapping[str, str]], columns: Iterable[str] = COLUMNS) -> Path:
    """A price list with some cells of each row; nothing needs quoting."""
    columns = list(columns)
    lines = [";".join(columns), *(";".join(row.get(column, "") for column in columns) for row in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def rejected(ledger: Ledger, path: Path) -> list[tuple[int, str]]:
    """Row and column of everything that is wrong; the ledger is as it was."""
    before = documents(ledger)
    with pytest.raises(BadRows) as refused:
        import_catalog(ledger, path)
    assert documents(ledger) == before
    return [(bad.row, bad.column) for bad in refused.value.rejected]


def known(ledger: Ledger) -> dict[str, Product]:
    return {product.sku: product for product in products(ledger, inactive=True)}


def test_new_changed_and_equal_products_are_counted(till: Ledger, tmp_path: Path) -> None:
    nastar = {"sku": "NASTAR-500", "name": "Nastar 500 g", "institution": "LPP-PLG"}
    path = written(tmp_path / "a.csv", [{**nastar, "price": "65000"}, GOOD], GOOD)
    assert import_catalog(till, path) == Imported(1, 0, 1)
    path = written(tmp_path / "a.csv", [{**nastar, "price": "Rp70.000"}, GOOD], GOOD)
    assert import_catalog(till, path) == Imported(0, 1, 1)
    assert known(till)["NASTAR-500"].price == 70_000


def test_the_sample_catalogue_is_taken_whole(tmp_path: Path) -> None:
    ledger = create(tmp_path / "a.lapak", new_device("S03", "Stan 03", "LPP-PLG", builtin_event()))
    assert import_catalog(ledger, resource("exhibition/catalog.csv")) == Imported(65, 0, 0)
    ledger.close()


def test_every_column_arrives(till: Ledger, tmp_path: Path) -> None:
    row = {
        **GOOD,
        "category": " Suvenir ",
        "unit": "pcs",
        "barcode": "2059 0200 00017",
        "cost": "21.000",
        "aliases": "cangkir|gelas | ",
        "components": "PECI:2|semprong:1",
        "image": "mug",
        "active": "tidak",
    }
    import_catalog(till, written(tmp_path / "a.csv", [row]))
    assert replace(known(till)["MUG"], components=(), position=0) == Product(
        sku="MUG",
        name="Mug Sablon",
        price=35_000,
        institution="LPP-PLG",
        category="Suvenir",
        unit="pcs",
        barcode="2059020000017",
        cost=21_000,
        aliases=("cangkir", "gelas"),
        image="mug",
        active=False,
    )
    assert [(part.sku, part.qty) for part in known(till)["MUG"].components] == [("PECI", 2), ("SEMPRONG", 1)]


def test_a_column_that_is_missing_leaves_products_as_they_are(till: Ledger, tmp_path: Path) -> None:
    before = known(till)["NASTAR-500"]
    row = {"sku": "NASTAR-500", "name": before.name, "price": "70000", "institution": "LPP-PLG"}
    import_catalog(till, written(tmp_path / "a.csv", [row], GOOD))
    assert known(till)["NASTAR-500"] == replace(before, price=70_000)


@pytest.mark.parametrize(
    "name", ["LPP-PLG", "lpp-plg", "LPP Palembang", "lapas perempuan kelas iia palembang"]
)
def test_an_institution_goes_by_code_or_name(till: Ledger, tmp_path: Path, name: str) -> None:
    import_catalog(till, written(tmp_path / "a.csv", [{**GOOD, "institution": name}]))
    assert known(till)["MUG"].institution == "LPP-PLG"


def test_an_unknown_institution_is_told_the_close_ones(till: Ledger, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", [{**GOOD, "institution": "LPP-PLB"}])
    with pytest.raises(BadRows, match="LPP-PLG"):
        import_catalog(till, path)


def test_the_order_of_rows_is_the_order_of_the_tiles(till: Ledger, tmp_path: Path) -> None:
    export_catalog(till, tmp_path / "a.csv")
    head, *rows = (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()
    (tmp_path / "b.csv").write_text("\n".join([head, *reversed(rows)]))
    import_catalog(till, tmp_path / "b.csv")
    assert [product.sku for product in products(till)] == [row.split(";")[0] for row in reversed(rows)]


def test_products_in_one_place_are_put_in_the_order_of_the_file(till: Ledger, tmp_path: Path) -> None:
    post_products(till, [replace(product, position=3) for product in products(till)])
    skus = ["SEMPRONG", "PECI", "PUTRI-500", "HAMPERS"]
    rows = [{"sku": sku, "name": sku, "price": "1", "institution": "LPP-PLG"} for sku in skus]
    import_catalog(till, written(tmp_path / "a.csv", rows, GOOD))
    assert [product.sku for product in products(till) if product.sku in skus] == skus


def test_a_second_list_stands_behind_the_first(till: Ledger, tmp_path: Path) -> None:
    before = [product.sku for product in products(till)]
    import_catalog(till, written(tmp_path / "a.csv", [{**GOOD, "sku": "B"}, {**GOOD, "sku": "A"}]))
    assert [product.sku for product in products(till)] == [*before, "B", "A"]


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_an_export_changes_nothing_when_it_is_imported(till: Ledger, tmp_path: Path, ending: str) -> None:
    import_catalog(till, written(tmp_path / "a.csv", [{**GOOD, "barcode": "0012345", "active": "0"}]))
    before = documents(till)
    assert export_catalog(till, tmp_path / f"b{ending}") == 7
    assert import_catalog(till, tmp_path / f"b{ending}") == Imported(0, 0, 7)
    assert documents(till) == before


texts = st.text(st.characters(codec="utf-8"), max_size=60).map(cell_text).map(lambda text: text[:40].strip())
words = texts.map(lambda text: cell_text(text.replace("|", "").replace(":", ""))).filter(bool)
wares = st.builds(
    Product,
    sku=words,
    name=texts.filter(bool),
    price=st.integers(0, 1_000_000_000),
    institution=st.sampled_from(["LPP-PLG", "LP1-PLG"]),
    category=texts,
    unit=texts.map(lambda text: text or "buah"),
    cost=st.none() | st.integers(0, 1_000_000),
    aliases=st.lists(words, unique=True, max_size=3).map(tuple),
    active=st.booleans(),
)


@given(
    st.lists(wares, unique_by=lambda product: product.sku.casefold(), max_size=6),
    st.sampled_from([".csv", ".xlsx"]),
)
def test_any_catalogue_comes_back_unchanged_41(
    tmp_path_factory: pytest.TempPathFactory, goods: list[Product], ending: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    ledger = new_ledger(folder / "a.lapak")
    post_products(ledger, [replace(product, position=n) for n, product in enumerate(goods)])
    export_catalog(ledger, folder / f"a{ending}")
    assert import_catalog(ledger, folder / f"a{ending}").unchanged == len(goods)
    ledger.close()


def test_four_thousand_products_are_one_import(till: Ledger, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", ({**GOOD, "sku": f"SKU-{n}"} for n in range(4_000)))
    assert import_catalog(till, path) == Imported(4_000, 0, 0)
    assert import_catalog(till, path) == Imported(0, 0, 4_000)


WRONG = {
    "price": (
        "12,5",
        "1.5",
        "-1",
        "1e6",
        "Rp",
        "",
        "=1+1",
        "30,000",
        "1 000",
        "1.000.000.001",
        "1.000.000.000.000",
    ),
    "cost": ("12,5", "9" * 5_000, "٣٠٠٠٠"),
    "sku": ("", "x" * 300, "A|B", "A:1", "\u202e"),
    "name": ("", " \u200b ", "x" * 300),
    "barcode": ("1" * 4_000, "1234é", "2,05902E+12", "20590200000172059020000017"),
    "components": (
        *("PECI", "PECI:0", "PECI:-1", "PECI:1,5", "PECI:1|peci:2", ":1", "TIADA:1"),
        *("0 dari PECI|SEMPRONG", "25 dari PECI|SEMPRONG", "99999999 of PECI", "3 dari PECI|peci"),
        *("3 dari TIADA|PECI", "3 dari PECI|", "3 dari ", "3 dari HAMPERS|PECI", "3 dari PECI:1|SEMPRONG:2"),
        *("3 dari B|PECI", "-3 dari PECI|SEMPRONG", "tiga dari PECI|SEMPRONG"),
    ),
    "image": ("../../etc/passwd", "C:\\x", "a/b", ".rahasia"),
    "active": ("mungkin",),
    "institution": ("",),
}


@pytest.mark.parametrize(
    ("column", "cell"), [(column, cell) for column, cells in WRONG.items() for cell in cells]
)
def test_a_wrong_cell_is_named_and_nothing_changes_41_42_44(
    till: Ledger, tmp_path: Path, column: str, cell: str
) -> None:
    assert rejected(till, written(tmp_path / "a.csv", [GOOD, {**GOOD, "sku": "B", column: cell}])) == [
        (3, column)
    ]


@pytest.mark.parametrize(
    "name",
    ["<b>Nastar</b>", "&lt;script&gt;", "'; DROP TABLE sale; --", "Kue 🍪", "=1+1", "a\u202eb", "Qur’an"],
)
def test_a_strange_name_is_only_a_name_41(till: Ledger, tmp_path: Path, name: str) -> None:
    (tmp_path / "a.csv").write_text(f'sku,name,price,institution\nX,"{name}",1,LPP-PLG\n', "utf-8")
    import_catalog(till, tmp_path / "a.csv")
    assert known(till)["X"].name == name.replace("\u202e", "")


def test_a_sku_that_comes_twice_names_both_rows_41(till: Ledger, tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", [GOOD, {**GOOD, "sku": "B"}, {**GOOD, "sku": "mug"}])
    with pytest.raises(BadRows, match=r"a\.csv:4:sku: .*2"):
        import_catalog(till, path)


def test_a_known_sku_in_other_letters_is_refused_41(till: Ledger, tmp_path: Path) -> None:
    assert rejected(till, written(tmp_path / "a.csv", [{**GOOD, "sku": "nastar-500"}])) == [(2, "sku")]


def test_a_bundle_holds_neither_itself_nor_bundles_43(till: Ledger, tmp_path: Path) -> None:
    bundles = [
        {**GOOD, "sku": "DIRI", "components": "DIRI:1"},
        {**GOOD, "sku": "BESAR", "components": "HAMPERS:1"},
        {**GOOD, "sku": "A", "components": "B:1"},
        {**GOOD, "sku": "B", "components": "A:1"},
    ]
    path = written(tmp_path / "a.csv", bundles)
    assert rejected(till, path) == [(row, "components") for row in (2, 3, 4, 5)]


def test_what_a_known_bundle_holds_cannot_become_a_bundle_43(till: Ledger, tmp_path: Path) -> None:
    row = {**GOOD, "sku": "PECI", "components": "SEMPRONG:1"}
    assert rejected(till, written(tmp_path / "a.csv", [row])) == [(2, "components")]


def test_components_may_stand_below_their_bundle(till: Ledger, tmp_path: Path) -> None:
    rows = [{**GOOD, "sku": "PAKET", "components": "mug:2"}, GOOD]
    import_catalog(till, written(tmp_path / "a.csv", rows))
    assert known(till)["PAKET"].components == (Component("MUG", 2, "LPP-PLG", 35_000, "Mug Sablon"),)


def test_one_barcode_stands_for_one_product_44(till: Ledger, tmp_path: Path) -> None:
    rows = [{**GOOD, "barcode": "123"}, {**GOOD, "sku": "B", "barcode": "12 3"}]
    assert rejected(till, written(tmp_path / "a.csv", rows)) == [(3, "barcode")]
    import_catalog(till, written(tmp_path / "a.csv", rows[:1]))
    assert rejected(till, written(tmp_path / "b.csv", rows[1:])) == [(2, "barcode")]


def test_two_products_may_exchange_their_barcodes(till: Ledger, tmp_path: Path) -> None:
    rows = [{**GOOD, "barcode": "1"}, {**GOOD, "sku": "B", "barcode": "2"}]
    import_catalog(till, written(tmp_path / "a.csv", rows))
    rows = [{**GOOD, "barcode": "2"}, {**GOOD, "sku": "B", "barcode": "1"}]
    assert import_catalog(till, written(tmp_path / "a.csv", rows)) == Imported(0, 2, 0)


def test_bad_rows_are_left_out_when_asked(till: Ledger, tmp_path: Path) -> None:
    rows = [GOOD, {**GOOD, "sku": "B", "price": "12,5"}, {**GOOD, "sku": "C", "components": "B:1"}]
    done = import_catalog(till, written(tmp_path / "a.csv", rows), skip_bad=True)
    assert (done.added, [(bad.row, bad.column) for bad in done.rejected]) == (
        1,
        [(3, "price"), (4, "components")],
    )
    assert "B" not in known(till)


def test_a_dry_run_tells_the_same_and_changes_nothing(till: Ledger, tmp_path: Path) -> None:
    path, before = written(tmp_path / "a.csv", [GOOD, {**GOOD, "sku": "PECI"}], GOOD), documents(till)
    tried = import_catalog(till, path, dry_run=True)
    assert documents(till) == before
    assert import_catalog(till, path) == tried == Imported(1, 1, 0)


def test_every_reason_names_file_row_and_column(till: Ledger, tmp_path: Path) -> None:
    path = written(tmp_path / "harga.csv", [{**GOOD, "sku": f"S{n}", "price": "12,5"} for n in range(30)])
    with pytest.raises(BadRows) as refused:
        import_catalog(till, path)
    assert refused.value.message.startswith("harga.csv:2:price: '12,5' ")
    assert len(refused.value.message.splitlines()) == 21


def test_a_column_that_is_missing_from_the_header_is_named(till: Ledger, tmp_path: Path) -> None:
    with pytest.raises(BadCell) as refused:
        import_catalog(till, written(tmp_path / "a.csv", [GOOD], ["sku", "name", "institution"]))
    assert (refused.value.row, refused.value.column) == (1, "price")


@pytest.mark.parametrize("name", ["a.pdf", "a.lapak", "a"])
def test_only_tables_are_written(till: Ledger, tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match=name):
        export_catalog(till, tmp_path / name)
    assert not (tmp_path / name).exists()


def test_exported_names_are_no_formulas_and_excel_opens_them(till: Ledger, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("sku,name,price,institution\nX,=cmd|' /C calc',1,LPP-PLG\n")
    import_catalog(till, tmp_path / "a.csv")
    export_catalog(till, tmp_path / "b.csv")
    content = (tmp_path / "b.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfsku;name;category;unit;price;")
    assert b"\r\nX;'=cmd|' /C calc';;buah;1;" in content

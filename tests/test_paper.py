"""Sales on paper: entered once and to the rupiah, as if rung up; what is wrong is named and nothing enters.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from pos import journal
from pos.cart import MAX_LINES, Cart, CartLine, sold_lines
from pos.catalog import products
from pos.chains import reading
from pos.checkout import find_sale, sale_fields
from pos.errors import BadCell, Refused
from pos.exhibition import builtin_event
from pos.ledger import Ledger, create, create_collector, new_device, open_ledger
from pos.paper import COLUMNS, Entered, import_sales
from pos.paths import resource
from pos.payments import settle
from pos.pricelist import import_catalog
from pos.sheets import BadRows
from pos.slips import SALES_AT_ONCE
from pos.stock import on_hand
from pos.sync import copy_chains
from pos.tables import SALE
from pos.verify import verify
from tests.books import booth, busy_day, derived, documents, sell
from tests.hampers import with_choice

AT = "2023-04-14T14:07"
LINE = ["P-1", AT, "rina", "SEMPRONG", "2", "30000", "0", "cash"]


def written(path: Path, rows: Iterable[Iterable[object]]) -> Path:
    lines = [",".join(COLUMNS), *(",".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def but(**cells: object) -> list[str]:
    """LINE with other cells."""
    return [str(cells.get(column, cell)) for column, cell in zip(COLUMNS, LINE, strict=True)]


def rejected(ledger: Ledger, path: Path, *, skip_bad: bool = False) -> list[tuple[int, str]]:
    """Row and column of everything that is wrong; the ledger is as it was."""
    before = documents(ledger)
    with pytest.raises(BadRows) as refused:
        import_sales(ledger, path, skip_bad=skip_bad)
    assert documents(ledger) == before
    return [(bad.row, bad.column) for bad in refused.value.rejected]


def bodies(ledger: Ledger) -> list[dict[str, object]]:
    (chain,) = documents(ledger).values()
    return [json.loads(doc.body) for doc in chain if doc.kind == "sale"]


def test_the_sample_day_adds_up_and_comes_only_once(tmp_path: Path) -> None:
    ledger = create(tmp_path / "a.lapak", new_device("S03", "Stan 03", "LPP-PLG", builtin_event()))
    import_catalog(ledger, resource("exhibition/catalog.csv"))
    day = resource("exhibition/day.csv")
    assert import_sales(ledger, day) == Entered(120, 209, 441, 16_846_500)
    before = documents(ledger)
    assert import_sales(ledger, day) == Entered(0, 0, 0, 0, known=120)
    assert documents(ledger) == before
    assert verify(ledger, rebuild=True).ok
    ledger.close()


def test_a_sale_on_paper_is_a_sale_like_any_other(till: Ledger, tmp_path: Path) -> None:
    sell(till, {"PECI": 1})
    rows = [
        but(at="2023-04-01T09:30", discount=500),
        but(at="2023-04-01T09:30", sku="HAMPERS", price="160000"),
    ]
    assert import_sales(till, written(tmp_path / "a.csv", rows)) == Entered(1, 2, 4, 379_500)
    sale = find_sale(till, f"{till.own().prefix}-000002")
    assert (sale.at.isoformat(), sale.day.isoformat()) == ("2023-04-01T09:30:00+07:00", "2023-04-01")
    assert (sale.cashier, sale.cart, sale.shift, sale.total) == ("rina", "paper:P-1", None, 379_500)
    assert [(line.name, line.qty, line.price, line.discount) for line in sale.lines] == [
        ("Semprong", 2, 30_000, 500),
        ("Hampers Lebaran", 2, 160_000, 0),
    ]
    assert bodies(till)[1]["paper"] == "P-1"
    assert on_hand(till)["SEMPRONG"] == 100 - 2 - 2 * 2


def test_the_till_numbers_on_behind_the_paper(till: Ledger, tmp_path: Path) -> None:
    import_sales(till, written(tmp_path / "a.csv", [but(receipt=n) for n in range(3)]))
    assert sell(till, {"PECI": 1}).number == 4


def test_paper_is_numbered_in_the_order_of_time(till: Ledger, tmp_path: Path) -> None:
    """However the lists of several days follow each other; of one minute, as they stand on paper."""
    times = {"P-3": "2023-04-16T09:00", "P-2": "2023-04-15T10:00", "P-1": "2023-04-15T10:00"}
    rows = [but(receipt=receipt, at=at) for receipt, at in times.items()]
    import_sales(till, written(tmp_path / "paper.csv", rows))
    with till.read() as conn:
        found = conn.execute(select(SALE.c.cart).order_by(SALE.c.number)).scalars().all()
    assert found == ["paper:P-2", "paper:P-1", "paper:P-3"]


def test_lines_of_a_receipt_need_not_be_together(till: Ledger, tmp_path: Path) -> None:
    rows = [but(receipt=n % 3, sku=sku) for n in range(3) for sku in ("PECI", "SEMPRONG")]
    scattered = [*rows[::2], *rows[1::2]]
    assert import_sales(till, written(tmp_path / "a.csv", scattered)).sales == 3
    assert import_sales(till, written(tmp_path / "b.csv", rows)).known == 3


papers = st.lists(
    st.tuples(
        st.sampled_from("abcd"),
        st.sampled_from(["SEMPRONG", "PECI", "HAMPERS", "KOPI-GRAM"]),
        st.integers(1, 30),
        st.integers(0, 300_000),
        st.integers(0, 100),
    ),
    max_size=12,
)


@given(papers)
def test_any_paper_gives_its_own_sums_and_the_same_when_rebuilt(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str, int, int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    ledger = booth(folder / "a.lapak")
    rows = [
        but(receipt=name, sku=sku, qty=qty, price=price, discount=qty * price * off // 100)
        for name, sku, qty, price, off in lines
    ]
    total = sum(qty * price - qty * price * off // 100 for _name, _sku, qty, price, off in lines)
    done = import_sales(ledger, written(folder / "a.csv", rows))
    units = sum(line[2] for line in lines)
    assert done == Entered(len({line[0] for line in lines}), len(lines), units, total)
    before = derived(ledger)
    with ledger.write() as conn:
        journal.rebuild(conn)
    assert derived(ledger) == before
    ledger.close()


@given(papers.filter(bool))
def test_the_body_is_the_one_that_the_till_would_make(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str, int, int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("same")
    ledger = booth(folder / "a.lapak")
    goods = {product.sku: product for product in products(ledger)}
    carts: dict[str, tuple[CartLine, ...]] = {}
    rows = []
    for name, sku, qty, price, off in lines:
        discount = qty * price * off // 100
        line = CartLine(replace(goods[sku], price=price), qty, discount)
        carts[name] = (*carts.get(name, ()), line)
        rows.append(but(receipt=name, sku=sku, qty=qty, price=price, discount=discount))
    import_sales(ledger, written(folder / "a.csv", rows))
    for number, (body, (name, sold)) in enumerate(zip(bodies(ledger), carts.items(), strict=True), 1):
        cart = Cart(f"paper:{name}", sold)
        till = sale_fields("S03", number, cart.id, sold_lines(cart), [settle("cash", cart.total)])
        assert {key: body[key] for key in till} == till
    ledger.close()


def test_a_time_with_a_zone_is_shown_in_the_exhibitions(till: Ledger, tmp_path: Path) -> None:
    times = ["2023-04-14T09:00+09:00", "2023-04-13T23:30:15Z", "2023-04-14", "2023-04-14 08:05:59.9"]
    import_sales(till, written(tmp_path / "a.csv", [but(receipt=n, at=at) for n, at in enumerate(times)]))
    shown = ["2023-04-14T07:00:00", "2023-04-14T06:30:15", "2023-04-14T00:00:00", "2023-04-14T08:05:59"]
    found = {body["paper"]: body["at"] for body in bodies(till)}
    assert found == {str(n): f"{moment}+07:00" for n, moment in enumerate(shown)}


@pytest.mark.parametrize(
    ("written_as", "meant"),
    [("RINA", "rina"), ("Bu Ani", "Bu Ani"), ("<b>", "<b>")],
    ids=["known", "unknown", "strange"],
)
def test_a_cashier_is_a_known_code_or_the_name_on_paper(
    till: Ledger, tmp_path: Path, written_as: str, meant: str
) -> None:
    import_sales(till, written(tmp_path / "a.csv", [but(cashier=written_as)]))
    assert bodies(till)[0]["cashier"] == meant


def test_words_and_letters_may_be_as_people_write_them(till: Ledger, tmp_path: Path) -> None:
    head = "NOTA;Waktu;Kasir;Kode Barang;Jumlah;Harga;Cara Bayar"
    (tmp_path / "a.csv").write_text(f"{head}\n P-1 ;{AT};rina;semprong; 2 ;Rp 30.000;Tunai\n", "utf-8-sig")
    assert import_sales(till, tmp_path / "a.csv").total == 60_000
    assert import_sales(till, written(tmp_path / "b.csv", [LINE])).known == 1


def test_what_was_given_away_costs_nothing(till: Ledger, tmp_path: Path) -> None:
    assert import_sales(till, written(tmp_path / "a.csv", [but(price=0)])) == Entered(1, 1, 2, 0)


WRONG = {
    "sku": ("TIADA", "", "'; DROP TABLE sale"),
    "qty": ("0", "-1", "1.5", "1,5", "2.0", "1e3", "", "dua", "٢", "1000001", "9" * 5_000, "=1+1"),
    "price": ("12.5", "12,5", "-1", "1e6", "Rp", "", "1.000.000.001", "1000000000000"),
    "discount": ("60001", "-1", "x", "1.5"),
    "at": ("2023-03-22T23:59", "2023-05-03", "1970-01-01", "2999-01-01", "0001-01-01T00:00+14:00", "45030"),
    "method": ("gopay", "", "QRIS2"),
    "cashier": ("", "x" * 300),
}


@pytest.mark.parametrize(
    ("column", "cell"), [(column, cell) for column, cells in WRONG.items() for cell in cells]
)
def test_a_wrong_cell_is_named_and_nothing_enters_34_42(
    till: Ledger, tmp_path: Path, column: str, cell: str
) -> None:
    if "," in cell:
        cell = f'"{cell}"'
    path = written(tmp_path / "a.csv", [but(receipt="P-0"), but(**{column: cell})])
    assert rejected(till, path) == [(3, column)]


def test_a_hamper_that_the_buyer_filled_is_entered_at_the_till(till: Ledger, tmp_path: Path) -> None:
    with_choice(till)
    path = written(tmp_path / "a.csv", [but(receipt="P-0"), but(sku="pilih-3")])
    assert rejected(till, path) == [(3, "sku")]
    with pytest.raises(BadRows, match="tidak mencatat isi yang dipilih untuk 'PILIH-3'"):
        import_sales(till, path)
    assert import_sales(till, path, skip_bad=True).sales == 1


@pytest.mark.parametrize("column", ["at", "cashier", "method"])
def test_lines_of_one_receipt_agree(till: Ledger, tmp_path: Path, column: str) -> None:
    other = {"at": "2023-04-14T14:08", "cashier": "sari", "method": "card"}[column]
    path = written(tmp_path / "a.csv", [LINE, but(receipt="P-2"), but(**{column: other})])
    assert rejected(till, path) == [(4, column)]


def test_qris_above_its_limit_is_refused(till: Ledger, tmp_path: Path) -> None:
    rows = [
        but(method="qris", qty=1, price=10_000_000),
        but(receipt="P-2", method="qris", qty=1, price=10_000_001),
    ]
    assert rejected(till, written(tmp_path / "a.csv", rows)) == [(3, "method")]


def test_a_receipt_of_a_thousand_lines_or_a_trillion_is_refused_31(till: Ledger, tmp_path: Path) -> None:
    assert rejected(till, written(tmp_path / "a.csv", [LINE] * (MAX_LINES + 1))) == [
        (MAX_LINES + 2, "receipt")
    ]
    rows = [but(qty=1_000_000, price=1_000_000_000)]
    assert rejected(till, written(tmp_path / "b.csv", rows)) == [(2, "method")]


def test_an_entered_receipt_with_other_content_is_refused_by_name(till: Ledger, tmp_path: Path) -> None:
    import_sales(till, written(tmp_path / "a.csv", [LINE]))
    for cells in ({"qty": 3}, {"cashier": "sari"}, {"method": "card"}, {"at": "2023-04-14T14:08"}):
        path = written(tmp_path / "b.csv", [but(receipt="P-2"), but(**cells)])
        assert rejected(till, path) == [(3, "receipt")]
    with pytest.raises(BadRows, match="P-1"):
        import_sales(till, path)


def test_a_changed_catalogue_does_not_make_it_another_sale(till: Ledger, tmp_path: Path) -> None:
    import_sales(till, written(tmp_path / "a.csv", [LINE]))
    (tmp_path / "b.csv").write_text("sku,name,price,institution\nSEMPRONG,Kue Gapit,1,LP1-PLG\n")
    import_catalog(till, tmp_path / "b.csv")
    assert import_sales(till, tmp_path / "a.csv") == Entered(0, 0, 0, 0, known=1)


def test_bad_receipts_are_left_out_whole_when_asked(till: Ledger, tmp_path: Path) -> None:
    rows = [LINE, but(receipt="P-2"), but(qty="1.5"), but(sku="PECI")]
    done = import_sales(till, written(tmp_path / "a.csv", rows), skip_bad=True)
    assert (done.sales, [(bad.row, bad.column) for bad in done.rejected]) == (1, [(4, "qty")])
    assert [body["paper"] for body in bodies(till)] == ["P-2"]


def test_a_row_of_an_unknown_receipt_is_never_left_out(till: Ledger, tmp_path: Path) -> None:
    rows = [LINE, but(receipt=""), [*LINE, "lebih"]]
    path = written(tmp_path / "a.csv", rows)
    assert rejected(till, path, skip_bad=True) == [(3, "receipt"), (4, "")]


def test_quotes_without_end_enter_nothing_37(till: Ledger, tmp_path: Path) -> None:
    path, before = written(tmp_path / "a.csv", [LINE, but(cashier='"rina'), *[LINE] * 999]), documents(till)
    with pytest.raises(BadCell) as refused:
        import_sales(till, path, skip_bad=True)
    assert refused.value.row == 3
    assert documents(till) == before


def test_a_ledger_that_only_collects_takes_no_paper(tmp_path: Path) -> None:
    create_collector(tmp_path / "pusat.lapak")
    central = open_ledger(tmp_path / "pusat.lapak")
    with pytest.raises(Refused, match="pusat"):
        import_sales(central, written(tmp_path / "a.csv", [LINE]))
    central.close()


def test_progress_ends_with_all_sales(till: Ledger, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    path = written(tmp_path / "a.csv", [but(receipt=n) for n in range(SALES_AT_ONCE + 500)])
    import_sales(till, path, progress=lambda done, total: told.append((done, total)))
    assert told == [(SALES_AT_ONCE, SALES_AT_ONCE + 500), (SALES_AT_ONCE + 500, SALES_AT_ONCE + 500)]


def test_a_new_laptop_of_the_same_booth_knows_what_the_old_one_entered(till: Ledger, tmp_path: Path) -> None:
    busy_day(till)
    path = written(tmp_path / "a.csv", [LINE])
    import_sales(till, path)
    successor = booth(tmp_path / "baru.lapak")
    with reading(till) as source:
        copy_chains(source, successor)
    assert import_sales(successor, path) == Entered(0, 0, 0, 0, known=1)
    neighbour = booth(tmp_path / "s04.lapak", "S04")
    with reading(till) as source:
        copy_chains(source, neighbour)
    assert import_sales(neighbour, path).sales == 1
    successor.close()
    neighbour.close()

"""What somebody should explain is listed, and nothing else; who allowed what too.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pos import journal
from pos.activity import REMOVED_LINES, note
from pos.approvals import granted
from pos.body import decoded
from pos.carts import note_removals
from pos.catalog import products
from pos.checkout import checkout
from pos.clock import new_id, stopped_at
from pos.doctor import examine
from pos.draft import removal
from pos.drawer import note_opened
from pos.errors import Refused
from pos.ledger import Ledger, open_target
from pos.local_tables import ACTIVITY, REMOVAL
from pos.model import By, Fields, Sale
from pos.payments import settle
from pos.product_cards import save_product
from pos.refunds import void
from pos.reports import Period, run_report
from pos.returns import Item, Wanted, take_back
from pos.sales_search import find_papers
from pos.shifts import open_shift
from tests.books import (
    DAY,
    MOMENT,
    STAFF,
    booth,
    bring,
    cart_of,
    derived,
    documents,
    end_shift,
    sell,
    shift_of,
)
from tests.ordering import handed_over, ordered
from tests.sync.world import altered

ALWAYS = Period()
MADE = ("prev", "device", "seq", "kind", "v", "at", "up")  # of a body, by the journal


def listed(ledger: Ledger, period: Period = ALWAYS) -> list[dict[str, Any]]:
    table = run_report(ledger, "exceptions", period)
    keys = [column.key for column in table.columns]
    return [dict(zip(keys, row, strict=True)) for row in table.rows]


def back(ledger: Ledger, sale: Sale, qty: int) -> None:
    wanted = Wanted(new_id(), (Item(0, qty),), reason="rusak")
    take_back(ledger, sale, wanted, shift_of(ledger), "sari")


def test_a_usual_day_has_none(till: Ledger) -> None:
    sale = sell(till, {"PECI": 2})
    back(till, sale, 1)
    void(till, sell(till, {"PECI": 1}), shift_of(till), "rina")  # a slip of the finger
    assert listed(till) == []


def test_a_late_void_with_who_allowed_it(till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    till.clock = stopped_at(MOMENT + timedelta(minutes=5))
    approval = granted(till, "sari", "void", sale.receipt, "tercatat dua kali")
    refund = void(till, sale, shift_of(till), "rina", approval=approval)
    (row,) = listed(till)
    assert (row["kind"], row["booth"], row["number"]) == ("Transaksi dibatalkan", "S03", refund.receipt)
    assert (row["day"], row["time"]) == (DAY.isoformat(), "14.12")
    assert (row["cashier"], row["by"]) == ("Rina Oktaviani", "Sari Wulandari")
    assert row["what"] == "Rp50.000, 5 menit setelah terjual. tercatat dua kali"
    assert listed(till, Period(start=DAY + timedelta(days=1))) == []
    (given,) = run_report(till, "approvals", Period()).rows
    assert given == (
        "S03",
        DAY.isoformat(),
        "14.12",
        "Sari Wulandari",
        "Membatalkan transaksi",
        sale.receipt,
        "tercatat dua kali",
    )
    assert run_report(till, "approvals", Period(end=DAY - timedelta(days=1))).rows == ()


@pytest.mark.parametrize("name", ["exceptions", "approvals"])
def test_of_one_institution_it_cannot_be_told(till: Ledger, name: str) -> None:
    with pytest.raises(Refused):
        run_report(till, name, Period(institution="LPP-PLG"))


def test_two_laptops_that_took_back_the_same_pieces(till: Ledger, tmp_path: Path, collector: Ledger) -> None:
    sale = sell(till, {"PECI": 2})
    with closing(booth(tmp_path / "kedua.lapak", "S04")) as second:
        for chain in documents(till).values():
            bring(second, chain)
        back(second, sale, 2)
        back(till, sale, 1)
        assert listed(till) == listed(second) == []
        for ledger in (till, second):
            bring(collector, documents(ledger)[ledger.own().code])
    assert derived(collector)["unfounded"] == []  # each laptop's chain bears out what it did itself
    rows = listed(collector)
    assert sorted((row["kind"], row["booth"]) for row in rows) == [
        ("Retur melebihi penjualan", "S03"),
        ("Retur melebihi penjualan", "S04"),
    ]
    assert all(sale.receipt in row["what"] for row in rows)
    assert len(listed(collector, Period(booth="S04"))) == 1


def test_an_order_that_two_tills_of_a_booth_handed_over(
    till: Ledger, tmp_path: Path, collector: Ledger
) -> None:
    order = ordered(till)
    with closing(booth(tmp_path / "kedua.lapak", till.own().booth)) as second:
        for chain in documents(till).values():
            bring(second, chain)
        first = handed_over(till, order)
        again = handed_over(second, order)
        assert listed(till) == listed(second) == []
        bring(till, documents(second)[second.own().code])
        with pytest.raises(Refused):
            handed_over(till, order)
        for ledger in (till, second):
            bring(collector, documents(ledger)[ledger.own().code])
        for ledger in (till, collector):
            (row,) = listed(ledger)
            assert row["kind"] == "Pesanan diserahkan dua kali"
            assert row["number"] in {first.receipt, again.receipt}
            assert {first.receipt, again.receipt} - {row["number"]} == {row["what"].split()[-2]}
        void(second, again, shift_of(second), "rina")
        bring(collector, documents(second)[second.own().code][-1:])
    assert listed(collector) == []  # the goods came back


@pytest.mark.parametrize("how", ["of no sale", "above what is left"])
def test_what_a_hostile_file_says_came_back_is_taken_and_told_of_35(
    till: Ledger, collector: Ledger, how: str
) -> None:
    """Documents lean on no other, so that they may come in any order: it is the books that tell."""
    sale = sell(till, {"PECI": 2})
    back(till, sale, 1)
    chain = documents(till)[till.own().code]

    def lie(fields: Fields) -> None:
        if how == "of no sale":
            fields["of"]["seq"] = 2
            return
        fields["lines"][0] |= {"qty": 7, "total": 7 * fields["lines"][0]["price"]}
        fields["total"] = fields["payments"][0]["amount"] = fields["lines"][0]["total"]

    bring(collector, altered(chain, len(chain), lie))
    told = {"of no sale": "tanpa transaksi asal", "above what is left": "melebihi penjualan"}[how]
    assert [told in row["kind"] for row in listed(collector)] == [True]
    wrong = [finding.name for finding in examine(collector) if not finding.ok]
    assert wrong == ([] if how == "of no sale" else ["refunds"])


LIES: dict[str, Fields] = {
    "of no sale": {"of": {"seq": 2}},
    "of a sale behind it": {"of": {"seq": 9}},
    "more pieces": {"qty": 3, "price": 10_000},  # for less money than there is left
    "more money": {"price": 90_000},
}


@pytest.mark.parametrize("lie", LIES)
def test_what_a_chain_does_not_bear_out_is_seen_when_it_comes_in(
    till: Ledger, collector: Ledger, postgres_url: str, lie: str
) -> None:
    """In whichever pieces it comes, for the first of these papers is as true as its sale."""
    sale = sell(till, {"PECI": 2, "SEMPRONG": 1})
    back(till, sale, 1)
    back(till, sale, 1)
    sell(till, {"PECI": 3})
    chain = documents(till)[till.own().code]
    assert chain[-1].seq == 9

    def forge(fields: Fields) -> None:
        line = fields["lines"][0]
        fields["of"] |= LIES[lie].get("of", {})
        line |= {name: LIES[lie][name] for name in ("qty", "price") if name in LIES[lie]}
        line["total"] = fields["total"] = fields["payments"][0]["amount"] = line["qty"] * line["price"]

    forged = altered(chain, 8, forge)
    bring(collector, forged)
    rows = derived(collector)
    assert rows["unfounded"] == [(till.own().code, 8)]
    assert [(row["number"][-7:], row["seq"]) for row in listed(collector)] == (
        [("-R00002", 8)]
        if lie == "of no sale"
        else []
        if lie == "of a sale behind it"
        else [("-R00001", 7), ("-R00002", 8)]
    )  # of the sale behind it there was enough
    with closing(open_target(postgres_url)) as central:
        for doc in forged:
            bring(central, [doc])
        assert derived(central) == rows
    with collector.write() as conn:
        journal.rebuild(conn, chunk=7)
    assert derived(collector) == rows


def test_postgres_tells_the_same(till: Ledger, postgres_url: str) -> None:
    sale = sell(till, {"PECI": 1, "HAMPERS": 1})
    back(till, sale, 1)
    back(till, replace(sale, seq=sale.seq - 1), 1)
    till.clock = stopped_at(MOMENT - timedelta(days=1))
    late = sell(till, {"PECI": 1})
    till.clock = stopped_at(MOMENT)
    approval = granted(till, "sari", "void", late.receipt, "salah")
    void(till, late, shift_of(till), "rina", approval=approval)
    with closing(open_target(postgres_url, stopped_at(MOMENT))) as central:
        for chain in documents(till).values():
            bring(central, chain)
        assert len(listed(central)) == 3
        assert listed(central) == listed(till)
        assert run_report(central, "approvals", ALWAYS) == run_report(till, "approvals", ALWAYS)
        assert find_papers(central, "peci") == find_papers(till, "peci")


def test_a_sale_dated_before_the_one_before_it(till: Ledger) -> None:
    sell(till, {"PECI": 1})
    till.clock = stopped_at(MOMENT - timedelta(seconds=40))
    sell(till, {"PECI": 1})
    assert listed(till) == []
    till.clock = stopped_at(MOMENT - timedelta(days=1))
    sale = sell(till, {"PECI": 1})
    (row,) = listed(till)
    assert (row["kind"], row["number"]) == ("Jam dimundurkan", sale.receipt)


def test_a_return_of_a_sale_that_was_never_made(till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    back(till, replace(sale, seq=sale.seq - 1), 1)
    assert [row["kind"] for row in listed(till)] == ["Retur tanpa transaksi asal"]


def test_what_only_this_laptop_knows(till: Ledger, collector: Ledger) -> None:
    shift, at = shift_of(till).seq, MOMENT.isoformat()
    what: dict[str, Any]
    with till.write() as conn:
        for n in range(3):
            what = {"kind": "reprint", "detail": "S03XX-000001"}
            conn.execute(ACTIVITY.insert().values(id=f"a{n}", at=at, cashier="rina", shift=shift, **what))
        for n in range(11):
            what = {"cart": "c", "sku": "PECI", "name": "Peci", "qty": 1, "amount": 50_000, "undone": 0}
            conn.execute(REMOVAL.insert().values(id=f"r{n}", at=at, cashier="rina", shift=shift, **what))
        what = {"kind": "clock", "detail": "-120"}
        conn.execute(ACTIVITY.insert().values(id="c", at=at, cashier="rina", shift=shift, **what))
    assert [row["kind"] for row in listed(till)] == [
        "Jam dimundurkan",
        "Banyak baris dihapus",
        "Sering dicetak ulang",
    ]
    for chain in documents(till).values():
        bring(collector, chain)
    assert listed(collector) == []


def kinds(ledger: Ledger, period: Period = ALWAYS) -> list[str]:
    return [row["kind"] for row in listed(ledger, period)]


def test_what_the_till_noted_comes_with_its_closing(till: Ledger, collector: Ledger) -> None:
    shift = shift_of(till)
    cart = cart_of(till, {"PECI": 1})
    gone = [removal(cart, cart.lines[0]) for _n in range(REMOVED_LINES)]
    note_removals(till, gone, "rina", shift)
    sale = checkout(till, cart, [settle("cash", cart.total)], shift, "rina")
    for _n in range(3):
        note(till, "reprint", sale.receipt, "rina", shift)
    note_opened(till, shift, "rina", "tukar uang")
    note(till, "clock", "maju 3 jam", "rina", shift)
    assert sorted(kinds(till)) == ["Jam dimundurkan", "Laci dibuka tanpa penjualan", "Sering dicetak ulang"]
    closed = end_shift(till)
    for chain in documents(till).values():
        bring(collector, chain)
    assert listed(till) == listed(collector)
    rows = {row["kind"]: row for row in listed(collector)}
    assert set(rows) == {
        *("Jam dimundurkan", "Laci dibuka tanpa penjualan"),
        *("Sering dicetak ulang", "Banyak baris dihapus"),
    }
    assert (rows["Sering dicetak ulang"]["number"], rows["Sering dicetak ulang"]["what"]) == (
        sale.receipt,
        "3 salinan",
    )
    removed = rows["Banyak baris dihapus"]
    assert (removed["number"], removed["device"], removed["seq"]) == (sale.receipt, sale.device, sale.seq)
    assert removed["what"] == "5 baris, Rp250.000; lalu dibayar"
    opened = rows["Laci dibuka tanpa penjualan"]
    assert (opened["what"], opened["number"], opened["seq"]) == ("tukar uang", closed.paper, closed.seq)


def test_an_older_closing_tells_its_numbers(till: Ledger) -> None:
    note_opened(till, shift_of(till), "rina", "tukar uang")
    end_shift(till)
    chain = documents(till)[till.own().code]
    body = decoded(chain[-1].body)
    body["report"]["removals"] = {"count": 11, "amount": 5}
    kept = {key: body[key] for key in body if key not in ("noted", *MADE)} | {"number": 2}
    with till.write() as conn:
        till.post(conn, "shift_close", kept)
    assert {(row["kind"], row["what"]) for row in listed(till)} == {
        ("Laci dibuka tanpa penjualan", "tukar uang"),
        ("Laci dibuka tanpa penjualan", "1 kali dalam satu sif"),
        ("Banyak baris dihapus", "11 baris dalam satu sif"),
    }


def test_a_drawer_that_is_short_three_days_running(till: Ledger) -> None:
    for n, short in enumerate((1_000, 500, 0, 1_000, 1_000, 1_000, 500)):
        if n:
            till.clock = stopped_at(MOMENT + timedelta(days=n))
            open_shift(till, "rina", DAY + timedelta(days=n), 200_000)
        sell(till, {"PECI": 1})
        end_shift(till, 250_000 - short)
    (row,) = (row for row in listed(till) if row["kind"].startswith("Kas kurang"))
    assert (row["day"], row["what"]) == ("2023-04-20", "4 hari berturut-turut, seluruhnya −Rp3.500")
    until = Period(end=DAY + timedelta(days=4))
    assert not any(kind.startswith("Kas kurang") for kind in kinds(till, until))


def test_prices_discounts_and_hours(till: Ledger) -> None:
    officer = By(STAFF[1], shift_of(till))
    peci = next(one for one in products(till) if one.sku == "PECI")
    save_product(till, replace(peci, name="Peci Hitam"), officer)
    assert listed(till) == []
    save_product(till, replace(peci, name="Peci Hitam", price=45_000), officer)
    sell(till, {"SEMPRONG": 1}, discount=7_400)  # just below a quarter
    large = sell(till, {"SEMPRONG": 1}, discount=7_500)
    till.clock = stopped_at(MOMENT.replace(hour=22))
    late = sell(till, {"PECI": 1})
    rows = {row["kind"]: row for row in listed(till)}
    assert len(rows) == len(listed(till)) == 3
    price = rows["Harga diubah di stan"]
    assert (price["number"], price["what"]) == ("PECI", "Peci Hitam: Rp50.000 → Rp45.000")
    assert price["cashier"] == "Sari Wulandari"
    assert (rows["Diskon besar"]["number"], rows["Diskon besar"]["seq"]) == (large.receipt, large.seq)
    hours = rows["Penjualan di luar jam"]
    assert (hours["number"], hours["what"]) == (late.receipt, "1 penjualan, Rp45.000, mulai pukul 22.00")


def test_clocks_of_closed_and_open_shifts(till: Ledger, collector: Ledger) -> None:
    sell(till, {"PECI": 1})
    till.clock = stopped_at(MOMENT - timedelta(minutes=10))
    first = sell(till, {"PECI": 1})
    end_shift(till)
    open_shift(till, "rina", DAY)
    till.clock = stopped_at(MOMENT - timedelta(minutes=20))
    second = sell(till, {"PECI": 1})
    chain = documents(till)[till.own().code]
    for cut in range(0, len(chain), 3):
        bring(collector, chain[cut : cut + 3])
    said = "10 menit sebelum transaksi di depannya"
    found = [(row["number"], row["what"]) for row in listed(collector)]
    assert found == [(second.receipt, said), (first.receipt, said)]
    assert listed(till) == listed(collector)

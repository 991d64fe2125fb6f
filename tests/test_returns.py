"""Returns: never more than is left, to the rupiah what was paid, whole or part, good or damaged, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from pos import journal
from pos.approvals import granted
from pos.checkout import checkout
from pos.clock import Clock, new_id, stopped_at
from pos.errors import Refused
from pos.ledger import Ledger, open_ledger
from pos.model import Refund, Sale
from pos.money import COIN
from pos.payments import settle
from pos.refunds import find_refund, void
from pos.reports import Period, run_report
from pos.returns import WAYS_BACK, Item, Wanted, returnable, sale_to_return, take_back, worth
from pos.stock import on_hand
from pos.verify import verify
from tests.books import DAY, MOMENT, bring, cart_of, derived, documents, next_shift, sell, shift_of


def back(
    ledger: Ledger, sale: Sale, items: Sequence[Item], method: str = "cash", reference: str = ""
) -> Refund:
    """Sari, who may, takes it back."""
    wanted = Wanted(new_id(), tuple(items), method, "rusak di jalan", reference)
    return take_back(ledger, sale, wanted, shift_of(ledger), "sari")


def left(ledger: Ledger, sale: Sale) -> dict[tuple[int, int], tuple[int, int]]:
    """Pieces and Rupiah that may come back, by line and component."""
    return {(row.line, row.part): (row.left, row.money) for row in returnable(ledger, sale)}


@pytest.fixture
def shared(till: Ledger) -> Sale:
    """Three nastar and two hampers with discounts that divide badly."""
    cart = cart_of(till, {"NASTAR-500": 3, "HAMPERS": 2}, discount=7).with_percent_off(7)
    return checkout(till, cart, [settle("cash", cart.total)], shift_of(till), "rina")


def test_a_part_comes_back_with_its_share_and_its_condition(till: Ledger) -> None:
    sale, stock = sell(till, {"NASTAR-500": 3, "PECI": 1}, discount=5_000), on_hand(till)
    refund = back(till, sale, [Item(0, 1), Item(0, 1, damaged=True)])
    assert (refund.total, refund.void, refund.number) == (126_700, False, 1)  # of 190.000, to the coin
    assert [one.damaged for one in refund.backs] == [False, True]
    assert refund.payments[0].method == "cash"
    assert on_hand(till)["NASTAR-500"] == stock["NASTAR-500"] + 1  # the damaged one is gone
    assert left(till, sale) == {(0, -1): (1, 190_000 - refund.total), (1, -1): (1, 50_000)}
    assert find_refund(till, refund.receipt) == refund


@pytest.mark.parametrize("seed", range(6))
def test_in_whatever_steps_all_of_it_comes_to_what_was_paid(till: Ledger, shared: Sale, seed: int) -> None:
    chance, total = Random(seed), 0
    while any(count for count, _money in left(till, shared).values()):
        line, part = chance.choice([at for at, (count, _m) in left(till, shared).items() if count])
        count, _money = left(till, shared)[line, part]
        item = Item(line, chance.randint(1, count), part, damaged=chance.random() < 0.3)
        expected = worth(till, shared, [item])
        refund = back(till, shared, [item])
        assert refund.total == expected
        total += refund.total
    assert total == shared.total
    assert run_report(till, "reconcile", Period()).totals == {"difference": 0}
    assert run_report(till, "institutions", Period()).totals["total"] == 0
    kept: Counter[str] = Counter()
    for row in derived(till)["day_item"]:
        kept[row[2]] += row[-3]
    for row in derived(till)["day_share"]:
        kept[row[2]] += row[-1]
    assert not any(kept.values())
    assert verify(till, rebuild=True).ok


def test_a_bundle_comes_back_whole_or_one_component_by_its_stored_share(till: Ledger) -> None:
    sale, stock = sell(till, {"HAMPERS": 2}), on_hand(till)
    parts = sale.lines[0].parts
    peci = next(place for place, part in enumerate(parts) if part.sku == "PECI")
    one = back(till, sale, [Item(0, 1, peci)])
    assert one.total == parts[peci].amount // 2
    assert (one.lines[0].sku, one.lines[0].institution, one.lines[0].name) == (
        "PECI",
        "LP1-PLG",
        "Peci Bordir",
    )
    assert on_hand(till)["PECI"] == stock["PECI"] + 1
    assert left(till, sale)[0, -1][0] == 1  # one bundle is whole still
    whole = back(till, sale, [Item(0, 1)])
    assert sum(part.amount for part in whole.lines[0].parts) == whole.total
    assert left(till, sale)[0, -1] == (0, 0)
    rest = [Item(0, row.left, row.part) for row in returnable(till, sale) if row.part >= 0 and row.left]
    assert one.total + whole.total + back(till, sale, rest).total == sale.total
    assert on_hand(till) == {
        sku: qty + {"NASTAR-500": 2, "SEMPRONG": 4, "PECI": 2}.get(sku, 0) for sku, qty in stock.items()
    }


def test_what_comes_back_one_by_one_can_be_paid_out(till: Ledger) -> None:
    """A third of Rp100.000 is no money: the drawer would be wrong with every return."""
    sale = sell(till, {"NASTAR-500": 3}, discount=95_000)
    assert [back(till, sale, [Item(0, 1)]).total for _piece in range(3)] == [33_300, 33_400, 33_300]


def test_the_parts_of_a_hamper_are_worth_whole_coins(till: Ledger) -> None:
    sale = sell(till, {"HAMPERS": 1, "PECI": 1}, discount=10_000)
    assert not any(part.amount % COIN for line in sale.lines for part in line.parts)


def test_two_small_returns_are_never_more_than_was_sold(till: Ledger) -> None:
    sale = sell(till, {"PECI": 2, "SEMPRONG": 1})
    back(till, sale, [Item(0, 1)])
    for items in ([Item(0, 2)], [Item(0, 1), Item(0, 1, damaged=True)], [Item(0, 0)], [Item(0, -1)]):
        with pytest.raises(Refused, match="Peci"):
            back(till, sale, items)
    for nowhere in (Item(7, 1), Item(0, 1, 3), Item(-1, 1)):
        with pytest.raises(Refused):
            back(till, sale, [nowhere])
    assert len(derived(till)["refund"]) == 1


def test_fifty_presses_are_one_return(till: Ledger) -> None:
    sale = sell(till, {"PECI": 5})
    wanted = Wanted("retur-1", (Item(0, 1),), reason="rusak")
    made = {take_back(till, sale, wanted, shift_of(till), "sari").seq for _press in range(50)}
    assert len(made) == 1
    assert left(till, sale)[0, -1][0] == 4


def test_only_who_may_or_with_an_approval_of_this_receipt(till: Ledger) -> None:
    sale, other = sell(till, {"PECI": 2}), sell(till, {"PECI": 1})
    shift, wanted = shift_of(till), Wanted(new_id(), (Item(0, 1),))
    with pytest.raises(Refused, match="petugas"):
        take_back(till, sale, replace(wanted, reason="rusak"), shift, "rina")
    approval = granted(till, "sari", "refund", other.receipt, "rusak")
    with pytest.raises(Refused, match="hal lain"):
        take_back(till, sale, wanted, shift, "rina", approval)
    approval = granted(till, "sari", "refund", sale.receipt, "rusak")
    refund = take_back(till, sale, wanted, shift, "rina", approval)
    assert (refund.cashier, refund.by, refund.reason) == ("rina", "sari", "rusak")
    with pytest.raises(Refused, match="sudah dipakai"):
        take_back(till, sale, replace(wanted, id=new_id()), shift, "rina", approval)


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (Wanted("a", ()), "Belum ada"),
        (Wanted("a", (Item(0, 1),), "card", "rusak"), "tidak dapat dikembalikan"),
        (Wanted("a", (Item(0, 1),), "hutang", "rusak"), "tidak dapat dikembalikan"),
        (Wanted("a", (Item(0, 1),), reason=" \u202e "), "alasan"),
        (Wanted("", (Item(0, 1),), reason="rusak"), "nama"),
    ],
    ids=["nothing", "card", "debt", "no reason", "no name"],
)
def test_what_is_no_return_is_refused_in_a_sentence(till: Ledger, wanted: Wanted, why: str) -> None:
    sale, before = sell(till, {"PECI": 1}), len(documents(till)[till.own().code])
    with pytest.raises(Refused, match=why):
        take_back(till, sale, wanted, shift_of(till), "sari")
    assert len(documents(till)[till.own().code]) == before


def test_nothing_is_left_of_a_sale_that_was_cancelled_and_none_is_cancelled_after_a_return(
    till: Ledger,
) -> None:
    sale, kept = sell(till, {"PECI": 1}), sell(till, {"PECI": 2})
    void(till, sale, shift_of(till), "rina")
    assert left(till, sale) == {(0, -1): (0, 0)}
    with pytest.raises(Refused, match="dibatalkan"):
        back(till, sale, [Item(0, 1)])
    back(till, kept, [Item(0, 1)])
    with pytest.raises(Refused, match="sudah pernah"):
        void(till, kept, shift_of(till), "rina")


def test_a_return_is_not_returned_and_an_unknown_number_says_what_to_do(till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    refund = back(till, sale, [Item(0, 1)])
    with pytest.raises(Refused, match="retur") as refused:
        sale_to_return(till, refund.receipt)
    assert sale.receipt in refused.value.hint
    for number in ("S99XX-000001", "", "<b>", "S03", "9" * 500):
        with pytest.raises(Refused) as refused:
            sale_to_return(till, number)
        assert "sinkron" in refused.value.hint.lower()
    assert sale_to_return(till, f" {sale.receipt.lower()} ") == sale


@pytest.mark.parametrize("method", WAYS_BACK)
def test_money_goes_back_by_any_way_with_its_reference(till: Ledger, method: str) -> None:
    refund = back(till, sell(till, {"PECI": 1}), [Item(0, 1)], method=method, reference="  7719\n<b> ")
    assert [(part.method, part.amount, part.reference) for part in refund.payments] == [
        (method, 50_000, "7719 <b>")
    ]


def test_a_late_return_in_another_shift_leaves_the_sale_as_it_was(till: Ledger) -> None:
    sale, before = sell(till, {"PECI": 2}), derived(till)
    till.clock = stopped_at(MOMENT + timedelta(days=3))
    shift = next_shift(till, "sari", DAY + timedelta(days=3))
    refund = take_back(till, sale, Wanted(new_id(), (Item(0, 2),), reason="rusak"), shift, "sari")
    assert (refund.day, refund.shift) == (DAY + timedelta(days=3), shift.seq)
    now = derived(till)
    assert now["sale"] == before["sale"]
    assert [row for row in now["day_item"] if row[0] == DAY.isoformat()] == before["day_item"]


def test_the_clock_set_back_changes_neither_amounts_nor_order(till: Ledger) -> None:
    sale = sell(till, {"PECI": 2}, discount=1)
    first = back(till, sale, [Item(0, 1)])
    till.clock = stopped_at(MOMENT - timedelta(days=1))
    second = back(till, sale, [Item(0, 1)])
    assert (first.total + second.total, second.number) == (sale.total, 2)


def test_two_laptops_with_one_sale_and_the_centre_has_the_same_rows(
    till: Ledger, tmp_path: Path, collector: Ledger
) -> None:
    sale = sell(till, {"PECI": 2})
    back(till, sale, [Item(0, 1, damaged=True)])
    (chain,) = documents(till).values()
    bring(collector, chain)
    assert derived(collector) == derived(till)
    assert left(collector, sale) == left(till, sale)
    with closing(open_ledger(tmp_path / "pusat.lapak")) as centre, centre.write() as conn:
        live = derived(centre)
        journal.rebuild(conn, chunk=2)
    with closing(open_ledger(tmp_path / "pusat.lapak")) as centre:
        assert derived(centre) == live


def ticking(seconds: float, up_s: float) -> Clock:
    """A clock that shows so long after MOMENT, on a machine that has run so much longer."""
    return replace(stopped_at(MOMENT + timedelta(seconds=seconds)), monotonic=lambda: up_s)


@pytest.mark.parametrize(
    ("seconds", "up_s", "alone"),
    [(0, 0, True), (8, 8, True), (9, 8.5, False), (4, 60, False), (-3600, 3, False), (3600, 3, False)],
    ids=str,
)
def test_a_slip_of_the_finger_is_undone_within_eight_seconds(
    till: Ledger, seconds: float, up_s: float, alone: bool
) -> None:
    sale = sell(till, {"PECI": 1})
    till.clock = ticking(seconds, up_s)
    if alone:
        assert void(till, sale, shift_of(till), "rina").void
        return
    with pytest.raises(Refused, match="petugas"):
        void(till, sale, shift_of(till), "rina", "salah")
    with pytest.raises(Refused, match="alasan"):
        void(till, sale, shift_of(till), "sari")
    assert void(till, sale, shift_of(till), "sari", "salah").reason == "salah"


def test_another_cashier_never_undoes_it_alone(till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    with pytest.raises(Refused, match="petugas"):
        void(till, sale, shift_of(till), "tamu", "salah")

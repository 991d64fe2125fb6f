"""What comes back: a void is a numbered paper that takes its sale off every sum."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos import journal
from pos.body import decoded
from pos.checkout import checkout, find_sale
from pos.errors import BadDocument, Refused
from pos.ledger import Ledger
from pos.model import Fields
from pos.payments import settle
from pos.refunds import find_refund, read_refund, refunds_of, void
from pos.reports import Period, run_report
from pos.stock import on_hand
from pos.verify import verify
from tests.books import DAY, booth, busy_day, cart_of, derived, documents, next_shift, sell, shift_of


def test_a_void_takes_its_sale_off_every_sum(till: Ledger) -> None:
    busy_day(till)
    before, stock = derived(till), on_hand(till)
    sale = sell(till, {"HAMPERS": 2, "PECI": 1}, "qris", discount=3)
    refund = void(till, sale, shift_of(till), "rina", "salah tekan")
    assert (refund.total, refund.void, refund.receipt_of) == (sale.total, True, sale.receipt)
    assert refund.receipt == f"{till.own().prefix}-R00001"
    assert on_hand(till) == stock
    now = derived(till)
    assert sum(row[-3] for row in now["day_item"]) == sum(row[-3] for row in before["day_item"])
    assert run_report(till, "reconcile", Period()).totals == {"difference": 0}
    assert find_sale(till, sale.receipt) == sale


def test_a_void_pressed_twice_is_one(till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    first = void(till, sale, shift_of(till), "rina")
    assert void(till, sale, shift_of(till), "sari") == first
    with till.read() as conn:
        assert refunds_of(conn, sale) == [first]
    assert len(documents(till)[till.own().code]) == first.seq


def test_refunds_have_a_series_of_their_own(till: Ledger) -> None:
    numbers = [void(till, sell(till, {"PECI": 1}), shift_of(till), "rina").number for _time in range(3)]
    assert numbers == [1, 2, 3]
    assert sell(till, {"PECI": 1}).number == 4


def test_only_a_sale_of_this_shift_is_voided(till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    later = next_shift(till, "sari", DAY)
    with pytest.raises(Refused, match=sale.receipt):
        void(till, sale, later, "sari")


def test_a_refund_reads_as_it_was_written_and_is_derived_again(till: Ledger) -> None:
    refund = void(till, sell(till, {"HAMPERS": 1}), shift_of(till), "rina")
    assert read_refund(documents(till)[till.own().code][-1]) == refund
    assert verify(till, rebuild=True).ok


@pytest.mark.parametrize(
    "change",
    [{"total": 1}, {"void": 1}, {"number": 0}, {"of": {"device": "X", "seq": 0}}, {"payments": []}],
    ids=str,
)
def test_a_refund_that_does_not_add_up_is_refused(tmp_path: Path, change: Fields) -> None:
    till = booth(tmp_path / "stan.lapak")
    sale = sell(till, {"PECI": 1})
    void(till, sale, shift_of(till), "rina")
    doc = documents(till)[till.own().code][-1]
    with till.read() as conn:
        head = journal.head(conn, doc.device)
    fields = decoded(doc.body) | change
    with till.write() as conn, pytest.raises(BadDocument):
        journal.post(conn, doc.device, "refund", journal.Stamp(doc.at, 0), fields)
    with till.read() as conn:
        assert journal.head(conn, doc.device) == head
    till.close()


def test_a_discount_on_the_whole_is_shared_and_comes_back_whole(till: Ledger) -> None:
    cart = cart_of(till, {"NASTAR-500": 1, "SEMPRONG": 1, "HAMPERS": 1}).with_percent_off(7)
    cart = cart.with_percent(0, 10).with_note(1, "pita hijau").for_buyer("staff")
    sale = checkout(till, cart, [settle("cash", cart.total)], shift_of(till), "rina")
    assert sum(line.total for line in sale.lines) == cart.total
    assert (sale.whole, sale.percent, sale.lines[0].percent, sale.buyer) == (cart.whole, 7, 10, "staff")
    assert sum(part.amount for part in sale.lines[2].parts) == sale.lines[2].total
    assert find_sale(till, sale.receipt).lines[1].note == "pita hijau"
    assert "pita hijau" not in documents(till)[till.own().code][-1].body
    assert void(till, sale, shift_of(till), "rina").total == sale.total
    assert verify(till, rebuild=True).ok


def test_a_refund_is_found_by_its_number(till: Ledger) -> None:
    sale = sell(till, {"PECI": 1})
    back = void(till, sale, shift_of(till), "rina")
    assert find_refund(till, f" {back.receipt.lower()} ") == back
    for other in (sale.receipt, back.receipt + "1", "S03K7-R", "-R00001", "R00001", back.receipt + "x", ""):
        assert find_refund(till, other) is None

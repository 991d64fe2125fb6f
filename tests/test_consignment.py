"""Goods on consignment: what comes in, what leaves unsold, and what no paper can say."""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from pos import journal
from pos.approvals import granted
from pos.balances import Balance, ageing, balances_of, low_stock, mismatches, to_check
from pos.body import decoded
from pos.chains import reading
from pos.clock import stopped_at
from pos.consignment import correct, give_back, receive, write_off
from pos.deliveries import Entry, Head
from pos.errors import BadDocument, Refused
from pos.ledger import Ledger
from pos.model import By, Fields, Product, Staff
from pos.refunds import void
from pos.stock import on_hand
from pos.stock_cards import stock_card
from pos.stock_slips import find_slip
from pos.sync import copy_chains
from tests.books import MOMENT, STAFF, booth, busy_day, derived, documents, sell, shift_of, with_catalogue

RINA, SARI = STAFF
MINE = Head("LPP-PLG", "Yuliana, S.H.", "W6.PAS.23-114")


def officer(ledger: Ledger) -> By:
    return By(SARI, shift_of(ledger))


def of(ledger: Ledger, sku: str) -> Balance:
    return next(one for one in balances_of(ledger) if one.sku == sku)


def proven(ledger: Ledger) -> None:
    """The books agree with themselves, live and derived again."""
    with ledger.read() as conn:
        assert mismatches(conn) == []
    live = derived(ledger)
    with ledger.write() as conn:
        journal.rebuild(conn, chunk=3)
    assert derived(ledger) == live


def test_goods_come_in_by_a_numbered_slip_that_holds_its_paper(till: Ledger) -> None:
    entries = [Entry("NASTAR-500", 40, " B-07 ", date(2023, 5, 1)), Entry("SEMPRONG", 30)]
    slip = receive(till, MINE, entries, By(RINA, shift_of(till)), 85)
    assert slip.receipt == f"{till.own().prefix}-T00002"  # the booth of the tests received something before
    assert (slip.partner, slip.letter, slip.percent) == ("Yuliana, S.H.", "W6.PAS.23-114", 85)
    assert slip.institution_name == "Lapas Perempuan Kelas IIA Palembang"
    assert (slip.pieces, slip.value) == (70, 40 * 65_000 + 30 * 30_000)
    assert slip.items[0].batch == "B-07"
    assert on_hand(till)["NASTAR-500"] == 140
    assert find_slip(till, f" {slip.receipt.lower()}") == slip
    for other in ("", "T00002", slip.receipt + "x", "S03K7-X00001", f"{till.own().prefix}-B00002"):
        assert find_slip(till, other) is None
    proven(till)


def test_each_letter_is_a_series_of_its_own(till: Ledger) -> None:
    by = officer(till)
    out = [Entry("SEMPRONG", 1)]
    slips = [
        receive(till, MINE, out, by, 85),
        write_off(till, "damaged", Head("LPP-PLG", reason="remuk"), out, by),
        give_back(till, MINE, out, by),
        write_off(till, "gift", Head("LPP-PLG", reason="tamu dinas"), out, by),
        receive(till, MINE, out, by, 85),
    ]
    assert [slip.receipt[-6:] for slip in slips] == ["T00002", "G00001", "B00001", "G00002", "T00003"]


def test_on_hand_is_always_the_sum_of_what_happened(till: Ledger) -> None:
    busy_day(till)
    void(till, sell(till, {"HAMPERS": 2, "SEMPRONG": 1}), shift_of(till), "rina")
    by = officer(till)
    receive(till, MINE, [Entry("SEMPRONG", 10)], by, 85)
    write_off(till, "sample", Head("LPP-PLG", reason="dicicipi"), [Entry("SEMPRONG", 2)], by)
    give_back(till, MINE, [Entry("SEMPRONG", 5)], by)
    one = of(till, "SEMPRONG")
    assert (one.received, one.sold, one.back, one.lost, one.returned) == (110, 15, 5, 2, 5)
    assert one.on_hand == on_hand(till)["SEMPRONG"] == 93
    assert "HAMPERS" not in {each.sku for each in balances_of(till)}
    proven(till)


def test_the_stock_card_tells_every_movement_and_its_paper(till: Ledger) -> None:
    sale = sell(till, {"SEMPRONG": 3})
    bundle = sell(till, {"HAMPERS": 1})
    back = void(till, sale, shift_of(till), "rina")
    slip = give_back(till, MINE, [Entry("SEMPRONG", 4)], officer(till))
    card = stock_card(till, "SEMPRONG")
    assert [(move.kind, move.paper, move.came, move.went, move.left) for move in card[1:]] == [
        ("sold", sale.receipt, 0, 3, 97),
        ("bundle", bundle.receipt, 0, 2, 95),
        ("refund", back.receipt, 3, 0, 98),
        ("returned", slip.receipt, 0, 4, 94),
    ]
    assert card[0].kind == "received"


def test_a_wrong_delivery_is_countered_once(till: Ledger) -> None:
    slip = receive(till, MINE, [Entry("PUTRI-500", 240, "X", date(2023, 4, 30))], officer(till), 85)
    counter = correct(till, slip, "seharusnya 24", officer(till))
    assert correct(till, slip, "seharusnya 24", officer(till)) == counter
    assert (counter.corrects, counter.corrected) == ((slip.device, slip.seq), slip.receipt)
    assert counter.value == -slip.value
    assert on_hand(till)["PUTRI-500"] == 100
    with pytest.raises(Refused):
        correct(till, counter, "lagi", officer(till))
    with pytest.raises(Refused, match="salah"):
        correct(till, slip, "  ", officer(till))
    with till.read() as conn:
        assert ageing(conn, "S03", date(2023, 4, 30)) == []
    proven(till)


def test_who_may_not_needs_somebody_who_may(till: Ledger) -> None:
    by, out = By(RINA, shift_of(till)), [Entry("SEMPRONG", 1)]
    with pytest.raises(Refused, match="petugas"):
        write_off(till, "damaged", Head("LPP-PLG", reason="remuk"), out, by)
    with pytest.raises(Refused, match="petugas"):
        give_back(till, MINE, out, by)
    allowed = granted(till, "sari", "give_back", "LPP-PLG", "akhir pameran")
    give_back(till, MINE, out, By(RINA, shift_of(till), allowed))
    with pytest.raises(Refused):  # once
        give_back(till, MINE, out, By(RINA, shift_of(till), allowed))
    assert derived(till)["approval"][-1][6] == "sari"


@pytest.mark.parametrize(
    ("head", "entry"),
    [
        (MINE, Entry("SEMPRONG", 0)),
        (MINE, Entry("SEMPRONG", -5)),
        (MINE, Entry("SEMPRONG", 10**7)),
        (MINE, Entry("TIDAK-ADA", 1)),
        (MINE, Entry("PECI", 1)),  # of another institution
        (MINE, Entry("HAMPERS", 1)),  # a bundle
        (MINE, Entry("SEMPRONG", 1, expires=date(2023, 4, 13))),  # yesterday
        (MINE, Entry("SEMPRONG", 1, expires=date(9023, 4, 13))),
        (Head("TIDAK-ADA", "Yuliana"), Entry("SEMPRONG", 1)),
    ],
    ids=str,
)
def test_what_cannot_come_in_is_told_and_changes_nothing(till: Ledger, head: Head, entry: Entry) -> None:
    before = documents(till)
    with pytest.raises(Refused) as told:
        receive(till, head, [Entry("NASTAR-500", 1), entry], officer(till), 85)
    assert told.value.message
    assert documents(till) == before


def test_an_empty_slip_or_an_endless_one_is_none(till: Ledger) -> None:
    for entries in ([], [Entry("SEMPRONG", 1)] * 501):
        with pytest.raises(Refused):
            receive(till, MINE, entries, officer(till), 85)


def test_what_the_books_do_not_know_cannot_leave_by_a_paper(till: Ledger) -> None:
    sell(till, {"PUTRI-500": 99})
    two = [Entry("PUTRI-500", 1), Entry("PUTRI-500", 1)]
    with pytest.raises(Refused, match="1"):
        give_back(till, MINE, two, officer(till))
    with pytest.raises(Refused, match="1"):
        write_off(till, "gift", Head("LPP-PLG", reason="tamu"), two, officer(till))
    with pytest.raises(Refused):
        write_off(till, "gift", Head("LPP-PLG"), two[:1], officer(till))  # no reason
    with pytest.raises(Refused):
        give_back(till, Head("LPP-PLG", "\u202e "), two[:1], officer(till))  # nobody takes it


def test_odd_names_come_in_as_one_clean_line(till: Ledger) -> None:
    odd = "<b>Ibu\u202e\x00 Yuli</b> \U0001f36a\n" + "x" * 300
    slip = receive(till, Head("LPP-PLG", odd, odd), [Entry("SEMPRONG", 1, odd)], officer(till), 85)
    for words, most in ((slip.partner, 60), (slip.letter, 60), (slip.items[0].batch, 30)):
        assert words.startswith("<b>Ibu Yuli</b> \U0001f36a")
        assert len(words) <= most
    proven(till)


def test_what_expires_first_is_taken_to_be_sold_first(till: Ledger) -> None:
    soon, later = date(2023, 4, 18), date(2023, 6, 1)
    receive(
        till, MINE, [Entry("PUTRI-500", 10, "A", soon), Entry("PUTRI-500", 20, "B", later)], officer(till), 85
    )
    with till.read() as conn:
        (old,) = ageing(conn, "S03", date(2023, 4, 14))
        assert (old.batch, old.left, old.expires) == ("A", 10, soon)
    sell(till, {"PUTRI-500": 106})  # 24 are left: 20 of B, so 4 of A
    with till.read() as conn:
        (old,) = ageing(conn, "S03", date(2023, 4, 14))
        assert old.left == 4
    sell(till, {"PUTRI-500": 10})
    with till.read() as conn:
        assert ageing(conn, "S03", date(2023, 4, 14)) == []


def test_few_and_missing_goods_are_lists_for_the_officer(till: Ledger) -> None:
    sell(till, {"PUTRI-500": 96, "SEMPRONG": 103, "NASTAR-500": 100})
    found = balances_of(till)
    assert [one.sku for one in low_stock(found, 5)] == ["NASTAR-500", "PUTRI-500"]
    assert [(one.sku, one.on_hand) for one in to_check(found)] == [("SEMPRONG", -3)]


def test_the_central_file_has_the_same_rows(till: Ledger, collector: Ledger) -> None:
    slip = receive(till, MINE, [Entry("SEMPRONG", 9, "A", date(2023, 5, 1))], officer(till), 85)
    correct(till, slip, "salah UPT", officer(till))
    give_back(till, MINE, [Entry("SEMPRONG", 4)], officer(till))
    with reading(till) as source:
        assert copy_chains(source, collector).refused == []
    assert derived(collector) == derived(till)


def test_a_cashier_whose_role_nobody_knows_may_receive_nothing(till: Ledger) -> None:
    with pytest.raises(Refused):
        receive(till, MINE, [Entry("SEMPRONG", 1)], By(Staff("x", "X", "tamu")), 85)


def test_goods_that_never_came_are_known_with_nothing(till: Ledger) -> None:
    with_catalogue(till, [Product("BARU", "Barang Baru", 5_000, "LPP-PLG")])
    assert of(till, "BARU").on_hand == 0
    assert low_stock(balances_of(till), 5) == []


def test_the_stock_card_knows_every_laptop_of_the_booth(till: Ledger, tmp_path: Path) -> None:
    with closing(booth(tmp_path / "lain.lapak")) as other, closing(booth(tmp_path / "s07", "S07")) as foreign:
        other.clock = stopped_at(MOMENT + timedelta(minutes=5))
        sale = sell(other, {"SEMPRONG": 2})
        sell(foreign, {"SEMPRONG": 7})
        for ledger in (other, foreign):
            with reading(ledger) as source:
                assert copy_chains(source, till).refused == []
    card = stock_card(till, "SEMPRONG")
    assert (card[-1].paper, card[-1].left) == (sale.receipt, 198)
    assert of(till, "SEMPRONG").on_hand == 198  # what another booth has is not here
    give_back(till, MINE, [Entry("SEMPRONG", 198)], officer(till))
    proven(till)


@pytest.mark.parametrize(
    ("slip", "change"),
    [
        ("received", {"corrects": {"device": "X", "seq": 1}}),  # takes nothing back
        ("received", {"corrects": {"device": "X", "seq": 0}}),
        ("received", {"corrects": "T00001"}),
        ("returned", {"corrects": {"device": "X", "seq": 1}}),
        ("lost", {}),
        ("damaged", {}),  # adds to the stock
    ],
    ids=str,
)
def test_a_slip_that_cannot_be_is_refused_at_the_door(till: Ledger, slip: str, change: Fields) -> None:
    receive(till, MINE, [Entry("SEMPRONG", 3)], officer(till), 85)
    doc = documents(till)[till.own().code][-1]
    fields = decoded(doc.body) | {"slip": slip} | change
    for name in ("device", "seq", "kind", "at", "prev", "v", "uptime"):
        fields.pop(name, None)
    with till.write() as conn, pytest.raises(BadDocument):
        till.post(conn, "stock", fields)

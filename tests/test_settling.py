"""Settling with institutions: sheets come to the sales, what is later stands on the next, nothing moves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from pos import journal
from pos.body import decoded
from pos.carry import sync_target
from pos.catalog import post_products
from pos.chains import reading
from pos.clock import ZONES, new_id, stopped_at
from pos.errors import BadDocument, Refused
from pos.ledger import Ledger, create, new_device, open_ledger
from pos.model import By, Staff
from pos.offices import begin_office
from pos.receipts.settlement import settlement_sheets
from pos.remittances import Paying, account_of, remit
from pos.reports import Period, run_report
from pos.returns import Item, Wanted, take_back
from pos.settlements import Settlement, settlements_of
from pos.settling import preview, set_split, settle
from pos.shares import TURNOVER, Split
from pos.shifts import current_shift, open_shift
from pos.sync import copy_chains
from tests.books import (
    CATALOGUE,
    DAY,
    MOMENT,
    STAFF,
    booth,
    bring,
    busy_day,
    derived,
    documents,
    event,
    new_collector,
    next_shift,
    sell,
    shift_of,
    with_catalogue,
)

OFFICER = By(STAFF[1])
KANTOR = By(Staff("kanwil", "Kepala Kantor", "kantor"))
UNITS = ("LPP-PLG", "LP1-PLG", "LPK-MRE")
TOMORROW = (DAY + timedelta(days=1)).isoformat()


def settled(ledger: Ledger) -> list[Settlement]:
    """A sheet with each institution."""
    return [settle(ledger, unit, "Yuliana, S.H.", OFFICER) for unit in UNITS]


def parts(sheets: list[Settlement]) -> dict[str, int]:
    """What each part got by all of these."""
    found: dict[str, int] = {}
    for sheet in sheets:
        for one in sheet.sharings:
            for (part, _percent), amount in zip(one.rule.shares, one.amounts, strict=True):
                found[part] = found.get(part, 0) + amount
    return found


def one_figure(ledger: Ledger) -> None:
    assert run_report(ledger, "reconcile", Period()).totals == {"difference": 0}


def test_the_sheets_come_to_the_sales(till: Ledger) -> None:
    turnover = sum(sale.total for sale in busy_day(till))
    sheets = settled(till)
    assert sum(sheet.money.turnover for sheet in sheets) == turnover
    for sheet in sheets:
        money = sheet.money
        assert money.turnover == money.cost + money.unsplit + sum(parts([sheet]).values())
    assert [sheet.receipt[-6:] for sheet in sheets] == ["U00001", "U00002", "U00003"]
    one_figure(till)


def test_what_a_sheet_says_of_the_goods(till: Ledger) -> None:
    sale = sell(till, {"NASTAR-500": 3, "HAMPERS": 1})
    wanted = Wanted(new_id(), (Item(0, 1, damaged=True),), reason="rusak")
    take_back(till, sale, wanted, shift_of(till), "sari")
    sheet = settle(till, "LPP-PLG", "Yuliana, S.H.", OFFICER)
    one = next(goods for goods in sheet.goods if goods.sku == "NASTAR-500")
    assert (one.received, one.sold, one.back, one.damaged, one.left) == (100, 4, 1, 1, 96)
    assert sheet.money.qty == sum(goods.sold - goods.back for goods in sheet.goods)
    assert settlements_of(till, "LPP-PLG") == [sheet]


def test_what_comes_later_stands_on_the_next_sheet(till: Ledger) -> None:
    busy_day(till)
    first = settled(till)
    seen = preview(till, "LPP-PLG")
    assert (seen.number, seen.counted) == (0, ())
    sale = sell(till, {"NASTAR-500": 1})
    second = settle(till, "LPP-PLG", "Yuliana, S.H.", OFFICER)
    assert (second.money.turnover, second.before) == (sale.total, (first[0].receipt,))
    assert second.counted[0].after == first[0].counted[0].last < sale.seq <= second.counted[0].last
    take_back(till, sale, Wanted(new_id(), (Item(0, 1),), reason="batal"), shift_of(till), "sari")
    third = settle(till, "LPP-PLG", "Yuliana, S.H.", OFFICER)
    assert third.money.turnover == -sale.total
    assert parts([second]) == {part: -amount for part, amount in parts([third]).items()}
    with pytest.raises(Refused, match="tidak ada barang"):
        settle(till, "LPP-PLG", "Yuliana, S.H.", OFFICER)
    one_figure(till)


def test_rounding_never_adds_up(till: Ledger) -> None:
    """A hundred small sheets share out what one large sheet would have."""
    post_products(till, [replace(CATALOGUE[2], price=30_001, cost=18_500)])
    sheets = []
    for _n in range(12):
        sell(till, {"SEMPRONG": 1})
        sheets.append(settle(till, "LPP-PLG", "Yuliana, S.H.", OFFICER))
    profit = 12 * (30_001 - 18_500)
    assert parts(sheets) == {"premium": profit // 2, "capital": 48_304, "state": 20_702}
    assert sum(parts(sheets).values()) == profit


def test_goods_without_cost_are_said_and_not_shared_out(till: Ledger) -> None:
    sell(till, {"PECI": 2})
    sheet = settle(till, "LP1-PLG", "Kasubsi", OFFICER)
    assert (sheet.money.uncosted, sheet.money.unsplit) == (2, 100_000)
    assert parts([sheet]) == {"premium": 0, "capital": 0, "state": 0}
    table = run_report(till, "settlement", Period(institution="LP1-PLG"))
    (row,) = (dict(zip((one.key for one in table.columns), cells, strict=True)) for cells in table.rows)
    assert (row["cost"], row["profit"], row.get("state")) == (None, None, None)
    assert (row["unsplit"], row["note"]) == (100_000, "Modal belum diisi")


def test_a_later_cost_or_rule_moves_no_old_sale(till: Ledger) -> None:
    sell(till, {"NASTAR-500": 1, "PECI": 1})
    old = preview(till, "LPP-PLG")
    post_products(till, [replace(CATALOGUE[0], cost=1), replace(CATALOGUE[3], cost=5_000)])
    set_split(till, Split(TOMORROW, TURNOVER, (("institution", 90), ("state", 10))), KANTOR)
    assert preview(till, "LPP-PLG").sharings == old.sharings
    assert preview(till, "LP1-PLG").money.uncosted == 1
    till.clock = stopped_at(MOMENT + timedelta(days=1))
    next_shift(till, "rina", DAY + timedelta(days=1))
    sell(till, {"NASTAR-500": 1})
    sheet = settle(till, "LPP-PLG", "Yuliana, S.H.", OFFICER)
    assert [(one.rule.since, one.money.turnover) for one in sheet.sharings] == [
        ("", 65_000),
        (TOMORROW, 65_000),
    ]
    assert sheet.sharings[0].amounts == (11_500, 8_050, 3_450)
    assert sheet.sharings[1].amounts == (58_500, 6_500)
    one_figure(till)


@pytest.mark.parametrize("since", ["", "besok", "2023-02-30", "2023-04-14", "2020-01-01"])
def test_a_rule_begins_on_a_day_to_come(till: Ledger, since: str) -> None:
    before = documents(till)
    with pytest.raises(Refused):
        set_split(till, Split(since), KANTOR)
    assert documents(till) == before


def test_a_rule_for_days_that_are_over_is_no_document(till: Ledger) -> None:
    fields = {"since": "2023-04-14", "base": "profit", "revision": 1, "cashier": "x"}
    shares = [{"part": "state", "percent": 100}]
    with pytest.raises(BadDocument), till.write() as conn:
        till.post(conn, "split", fields | {"shares": shares})


def test_who_may(till: Ledger) -> None:
    busy_day(till)
    cashier = By(STAFF[0])
    with pytest.raises(Refused, match="petugas"):
        settle(till, "LPP-PLG", "Yuliana, S.H.", cashier)
    with pytest.raises(Refused, match="petugas"):
        set_split(till, Split(TOMORROW), OFFICER)
    with pytest.raises(Refused, match="menandatangani"):
        settle(till, "LPP-PLG", " ", OFFICER)
    with pytest.raises(Refused, match="LP-TIADA"):
        settle(till, "LP-TIADA", "Yuliana", OFFICER)


def test_a_sheet_that_does_not_add_up_is_refused(till: Ledger) -> None:
    busy_day(till)
    settle(till, "LPP-PLG", "Yuliana, S.H.", OFFICER)
    doc = documents(till)[till.own().code][-1]
    body = decoded(doc.body)
    kept = {
        name: body[name] for name in body if name not in ("prev", "device", "seq", "kind", "v", "at", "up")
    }
    kept["splits"][0]["parts"][0]["amount"] += 1
    with pytest.raises(BadDocument), till.write() as conn:
        till.post(conn, "settlement", kept | {"number": 2})


def test_what_was_paid_out_stays_true(till: Ledger) -> None:
    busy_day(till)
    due = account_of(till, "LPP-PLG").due
    remit(till, "LPP-PLG", Paying(due, "transfer", "Bendahara"), By(STAFF[1], shift_of(till)))
    sheet = settle(till, "LPP-PLG", "Yuliana, S.H.", OFFICER)
    assert (sheet.account.paid, sheet.account.due) == (due, 0)
    assert sheet.account == account_of(till, "LPP-PLG")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Ledger]:
    """A region: two booths' days in a central file that has become an office's."""
    central = open_ledger(new_collector(tmp_path / "pusat.lapak"), stopped_at(MOMENT))
    for code in ("S03", "S07"):
        with closing(booth(tmp_path / f"{code}.lapak", code)) as ledger:
            busy_day(ledger)
            bring(central, documents(ledger)[ledger.own().code])
    begin_office(central)
    yield central
    central.close()


def test_the_office_counts_every_booth(office: Ledger, tmp_path: Path) -> None:
    sheets = settled(office)
    assert {one.device for one in sheets[0].counted} == set(documents(office)) - {office.own().code}
    assert (
        sum(sheet.money.turnover for sheet in sheets)
        == run_report(office, "totals", Period()).totals["total"]
    )
    with closing(open_ledger(tmp_path / "S07.lapak", stopped_at(MOMENT))) as seventh:
        late = sell(seventh, {"NASTAR-500": 2})
        bring_late(office, seventh)
    again = settle(office, "LPP-PLG", "Yuliana, S.H.", OFFICER)
    assert (again.money.turnover, [one.device for one in again.counted]) == (late.total, [late.device])
    one_figure(office)


def bring_late(office: Ledger, ledger: Ledger) -> None:
    with reading(ledger) as source:
        assert copy_chains(source, office).refused == []


def test_two_that_counted_the_same_are_named_and_the_next_sheet_corrects_it(
    office: Ledger, tmp_path: Path
) -> None:
    with closing(open_ledger(tmp_path / "S07.lapak", stopped_at(MOMENT))) as seventh:
        twice = settle(seventh, "LPP-PLG", "Yuliana, S.H.", OFFICER)  # knows nothing of the office's
        settle(office, "LPP-PLG", "Yuliana, S.H.", OFFICER)
        bring_late(office, seventh)
    table = run_report(office, "reconcile", Period())
    rows = {row[0]: row for row in table.rows}
    assert table.totals == {"difference": twice.money.turnover}
    assert rows["S03"][7] == 0
    assert "U00001, Jumat, 14 April 2023" in rows["S07"][8]
    assert rows[""][8:] == rows["S07"][8:]
    right = settle(office, "LPP-PLG", "Yuliana, S.H.", OFFICER)
    assert right.money.turnover == -twice.money.turnover
    one_figure(office)


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
@pytest.mark.parametrize("days", [1, 400])
def test_other_zones_and_lengths(tmp_path: Path, zone: str, days: int) -> None:
    first = date(2023, 3, 23)
    held = replace(event(zone), start=first, end=first + timedelta(days=days - 1))
    ledger = create(tmp_path / "a.lapak", new_device("S03", "Stan", "LPP-PLG", held))
    with closing(with_catalogue(ledger)):
        for day in (first, held.end):
            ledger.clock = stopped_at(datetime.combine(day, time(21, 30), ZONES[zone]))
            next_shift(ledger, "rina", day) if current_shift(ledger) else open_shift(ledger, "rina", day)
            sell(ledger, {"NASTAR-500": 1, "HAMPERS": 1})
        turnover = run_report(ledger, "totals", Period()).totals["total"]
        assert sum(sheet.money.turnover for sheet in settled_all(ledger)) == turnover == 2 * 235_000
        board = run_report(ledger, "daily-board", Period())
        assert len(board.columns) == days + 5
        assert run_report(ledger, "exceptions", Period()).rows == ()
        one_figure(ledger)
        live = derived(ledger)
        with ledger.write() as conn:
            journal.rebuild(conn, chunk=3)
        assert derived(ledger) == live


def settled_all(ledger: Ledger) -> list[Settlement]:
    return [settle(ledger, unit, "Yuliana", OFFICER) for unit in ("LPP-PLG", "LP1-PLG")]


@pytest.mark.parametrize("read_only", [False, True])
def test_a_preview_at_the_office_puts_nothing_down(till: Ledger, tmp_path: Path, read_only: bool) -> None:
    """Nobody of it has put down anything yet: what it would be is only thought of."""
    busy_day(till)
    path = tmp_path / "pusat.lapak"
    sync_target(till, str(path))
    with closing(open_ledger(path, stopped_at(MOMENT), read_only=read_only)) as central:
        before = documents(central)
        seen = preview(central, "LPP-PLG")
        pages = settlement_sheets(central, seen)
        assert (seen.number, seen.money, bool(pages)) == (0, preview(till, "LPP-PLG").money, True)
        assert (documents(central), central.device) == (before, None)
        run_report(central, "settlement", Period())
        assert documents(central) == before

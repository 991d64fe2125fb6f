"""One figure: every way of counting comes to the same, or the first document that breaks it is named."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pos import journal
from pos.body import decoded
from pos.clock import new_id, stopped_at
from pos.journal import Stamp
from pos.ledger import Ledger, open_ledger
from pos.model import By
from pos.refunds import void
from pos.reports import Period, run_report
from pos.returns import Item, Wanted, take_back
from pos.settling import settle
from pos.shifts import open_shift
from tests import plain_sums
from tests.books import DAY, MOMENT, STAFF, booth, busy_day, end_shift, sell, shift_of


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed shift, a sheet, and an open shift behind both."""
    path = tmp_path_factory.mktemp("one") / "stan.lapak"
    ledger = booth(path)
    sales = busy_day(ledger)
    wanted = Wanted(new_id(), (Item(0, 1),), reason="rusak")
    take_back(ledger, sales[0], wanted, shift_of(ledger), "sari")
    void(ledger, sales[4], shift_of(ledger), "sari", "salah")
    end_shift(ledger)
    settle(ledger, "LPP-PLG", "Yuliana", By(STAFF[1]))
    open_shift(ledger, "rina", DAY)
    sell(ledger, {"HAMPERS": 1, "PECI": 2})
    ledger.close()
    return path


@pytest.fixture
def till(book: Path, tmp_path: Path) -> Iterator[Ledger]:
    ledger = open_ledger(shutil.copyfile(book, tmp_path / "stan.lapak"), stopped_at(MOMENT))
    yield ledger
    ledger.close()


def figure(ledger: Ledger, period: Period | None = None) -> dict[str, Any]:
    """The row of the booth, by column."""
    table = run_report(ledger, "reconcile", period or Period())
    return dict(zip((one.key for one in table.columns), table.rows[-1], strict=True))


def test_every_way_comes_to_the_same(till: Ledger) -> None:
    turnover = run_report(till, "totals", Period()).totals["total"]
    row = figure(till)
    ways = ("sales", "payments", "shifts", "sheets", "institutions")
    assert [row[way] for way in ways] == [turnover] * 5
    assert (row["difference"], row["first"], row["seq"]) == (0, "", None)
    of_day = figure(till, Period(DAY, DAY))
    assert (of_day["shifts"], of_day["sheets"], of_day["difference"]) == (turnover, None, 0)


BREAKS = {
    "UPDATE sale_line SET total = total - 500 WHERE seq = 8": (0, "", None),  # no kept sum: the cross-check
    "UPDATE day_item SET total = total - 500 WHERE sku = 'PECI'": (0, "", None),
    "UPDATE day_payment SET amount = amount - 500 WHERE method = 'qris'": (500, "Jumlah tersimpan", 0),
    "UPDATE day_unit SET total = total + 7 WHERE institution = 'LP1-PLG'": (7, "Jumlah tersimpan", 0),
    "UPDATE block_unit SET total = total + 7 WHERE institution = 'LP1-PLG'": (7, "Jumlah tersimpan", 0),
    "UPDATE day_cashier SET total = total + 7 WHERE cashier = 'sari'": (28, "Jumlah tersimpan", 0),
    "UPDATE shift_sum SET total = total + 7 WHERE shift > 2": (0, "", None),  # the cross-check, too
    "DELETE FROM sale WHERE seq = (SELECT max(seq) FROM sale)": (
        391_400,
        "Jumlah tersimpan",
        0,
    ),  # of the open shift
    "UPDATE shift_close SET net = net + 1": (1, "S03{}-Z00001, Jumat, 14 April 2023", None),
    "UPDATE settled SET turnover = turnover + 3": (3, "Jumlah tersimpan", 0),
}


@pytest.mark.parametrize("fault", BREAKS)
def test_what_breaks_it_is_named(till: Ledger, fault: str) -> None:
    off, said, seq = BREAKS[fault]
    with till.write() as conn:
        assert conn.exec_driver_sql(fault).rowcount > 0
    row = figure(till)
    assert row["difference"] == off
    assert row["first"].startswith(said.format(till.own().code[:2]))
    if off:
        assert (row["device"], row["seq"] or 0) == (till.own().code, row["seq"] if seq is None else seq)


def test_a_sale_that_its_lines_do_not_make_is_named_first(till: Ledger) -> None:
    with till.write() as conn:
        conn.exec_driver_sql("UPDATE payment SET amount = amount - 500 WHERE method = 'qris'")
        conn.exec_driver_sql("UPDATE day_payment SET amount = amount - 500 WHERE method = 'qris'")
        seq = conn.exec_driver_sql("SELECT min(seq) FROM payment WHERE method = 'qris'").scalar_one()
        number = conn.exec_driver_sql(f"SELECT number FROM sale WHERE seq = {seq}").scalar_one()
    row = figure(till)
    assert (row["first"], row["seq"]) == (f"S03{till.own().code[:2]}-{number:06d}, Jumat, 14 April 2023", seq)


@pytest.mark.parametrize("before", [900, 1_023, 1_030])
def test_what_lies_behind_a_sheet_is_told_whatever_block_it_ended_in(tmp_path: Path, before: int) -> None:
    """Sums of whole blocks of 1,024 documents, and the lines of the one that the sheet cut in two."""
    with closing(booth(tmp_path / "stan.lapak")) as till:
        sell_many(till, before - head_of(till))
        assert head_of(till) == before
        settle(till, "LPP-PLG", "Yuliana", By(STAFF[1]))
        sell(till, {"HAMPERS": 2, "NASTAR-500": 1})
        sell_many(till, 1_200)
        settle(till, "LP1-PLG", "Rahmat", By(STAFF[1]))
        void(till, sell(till, {"HAMPERS": 1, "PECI": 2}), shift_of(till), "rina")
        sell(till, {"HAMPERS": 1, "NASTAR-500": 3})
        turnover = run_report(till, "totals", Period()).totals["total"]
        row = figure(till)
        assert (row["sheets"], row["institutions"], row["difference"]) == (turnover, turnover, 0)
        with till.write() as conn:
            conn.exec_driver_sql("UPDATE settled SET last_seq = last_seq + 2 WHERE institution = 'LPP-PLG'")
        assert figure(till)["sheets"] != turnover
        assert plain_sums.hold(till)


def head_of(till: Ledger) -> int:
    with till.read() as conn:
        return journal.head(conn, till.own().code)[0]


def sell_many(till: Ledger, count: int) -> None:
    """The same small sale again and again, as fast as it goes."""
    first = sell(till, {"NASTAR-500": 1, "PECI": 1})
    with till.write() as conn:
        fields = decoded(journal.read(conn, first.device, first.seq - 1, 1)[0].body)
        papers = [
            (
                Stamp(first.at.isoformat(), n),
                fields | {"number": first.number + n, "cart": f"{first.cart}-{n}"},
            )
            for n in range(1, count)
        ]
        journal.post_many(conn, first.device, "sale", papers)

"""A history that was split off: its papers bear what was printed, and its old bytes can be made again."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from pos.body import decoded
from pos.cli import main
from pos.closing import read_closing
from pos.deposits import find_deposit
from pos.exports.sources import source
from pos.forks import split
from pos.ledger import Ledger
from pos.model import receipt_number
from pos.numbers import all_numbered
from pos.order_book import find_order, order_of
from pos.radar import radar
from pos.receipt_pages import Sought, receipts
from pos.reports import Period, run_report
from pos.restate import original
from pos.tables import SALE, SHIFT_CLOSE
from tests.books import DAY, documents, end_shift, next_shift, sell
from tests.ordering import ahead, ordered
from tests.sync.conftest import Copy
from tests.sync.test_forks import only_fork, twins
from tests.sync.world import take


def test_papers_of_a_history_that_was_split_off_bear_what_was_printed(copy: Copy, pusat: Ledger) -> None:
    one, clone = twins(copy)
    order = ordered(clone)
    ahead(clone, order, 50_000)
    with clone.read() as conn:
        order = order_of(conn, order.root)
    closed = end_shift(clone)
    take(one, pusat)
    take(clone, pusat)
    made = split(pusat, only_fork(pusat))

    with pusat.read() as conn:
        (doc,) = all_numbered(conn, SHIFT_CLOSE, "Z", closed.paper)
    assert doc.device == made.device
    shown = read_closing(doc)
    assert (shown.paper, shown.hash) == (closed.paper, closed.hash)
    found = find_order(pusat, order.receipt)
    assert (found.device, found.receipt, found.hash) == (made.device, order.receipt, order.hash)
    deposit = find_deposit(pusat, order.deposits[0].receipt)
    assert deposit is not None
    assert (deposit.device, deposit.hash) == (made.device, order.deposits[0].hash)


def test_the_old_bytes_can_be_made_again(copy: Copy, pusat: Ledger) -> None:
    one, clone = twins(copy)
    take(one, pusat)
    take(clone, pusat)
    made = split(pusat, only_fork(pusat))
    told = [original(decoded(doc.body)) for doc in documents(pusat)[made.device][1:]]
    assert told == [decoded(doc.body) for doc in documents(clone)[one.own().code][12:]]


def test_reports_name_its_papers_as_they_were_printed_and_count_them_to_its_own_booth(
    copy: Copy, pusat: Ledger
) -> None:
    one, clone = twins(copy)
    next_shift(clone, "rina", DAY)
    sell(clone, {"PECI": 1})
    closed = end_shift(clone)
    take(one, pusat)
    take(clone, pusat)
    made = split(pusat, only_fork(pusat))
    own = one.own()

    def told(report: str, *keys: str) -> list[tuple[object, ...]]:
        table = run_report(pusat, report, Period(booth="S01B"))
        places = [[column.key for column in table.columns].index(key) for key in keys]
        return [tuple(row[place] for place in places) for row in table.rows]

    with clone.read() as conn:
        last = receipt_number("S01", own.code, conn.execute(select(func.max(SALE.c.number))).scalar_one())
    assert told("numbers", "booth", "last") == [("S01B", last)]
    assert told("shifts", "booth", "paper") == [("S01B", closed.paper)]
    assert {blip.device: blip.last_receipt for blip in radar(pusat)}[made.device] == last
    listed = {(row.device, row.booth) for row in receipts(pusat, Sought()).rows}
    assert listed == {(own.code, "S01"), (made.device, "S01B")}
    for name in ("sales", "lines", "payments"):
        table = source(pusat, name, Period())
        booth, device = ([column.key for column in table.columns].index(key) for key in ("booth", "device"))
        assert {(row[device], row[booth]) for row in table.rows} == listed


def test_of_two_receipts_with_one_number_the_check_code_says_which(
    copy: Copy, pusat: Ledger, capsys: pytest.CaptureFixture[str]
) -> None:
    one, clone = copy("S01"), copy("S01")
    sold = sell(one, {"PECI": 1}), sell(clone, {"SEMPRONG": 1})
    assert sold[0].receipt == sold[1].receipt
    take(one, pusat)
    take(clone, pusat)
    split(pusat, only_fork(pusat))
    office = str(pusat.path)
    assert main(["receipt", office, sold[0].receipt, "--text"]) == 2
    said = capsys.readouterr().err
    assert all(f'"{sale.receipt} {sale.code}"' in said for sale in sold)
    for sale, name in zip(sold, ("Peci", "Semprong"), strict=True):
        assert main(["receipt", office, f"{sale.receipt} {sale.code}", "--text"]) == 0
        assert name in capsys.readouterr().out
    assert main(["receipt", office, f"{sold[0].receipt} 00000000", "--text"]) == 2

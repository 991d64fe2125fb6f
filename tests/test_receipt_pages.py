"""The office's list of receipts: every one comes once, whatever narrows it, and each has its place."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from pos import mark
from pos.chains import reading
from pos.errors import Refused
from pos.ledger import Ledger, open_target
from pos.model import Sale
from pos.receipt_pages import Receipt, Sought, count, receipts, trace
from pos.refunds import void
from pos.sync import copy_chains
from tests.books import DAY, booth, busy_day, next_shift, sell, shift_of

NEXT_DAY = DAY + timedelta(days=1)


@pytest.fixture
def sold(collector: Ledger, tmp_path: Path) -> tuple[Ledger, list[Sale]]:
    """Two booths' days in a central file, and every sale of them."""
    third, seventh = booth(tmp_path / "s03.lapak"), booth(tmp_path / "s07.lapak", "S07")
    sales = busy_day(third)
    void(third, sales[1], shift_of(third), "sari", reason="salah ketik")
    sales.append(sell(seventh, {"PECI": 2}))
    next_shift(seventh, "rina", NEXT_DAY)
    sales.append(sell(seventh, {"NASTAR-500": 1}, "qris"))
    for one in (third, seventh):
        with reading(one) as source:
            copy_chains(source, collector)
        one.close()
    return collector, sales


def everything(ledger: Ledger, sought: Sought, size: int = 3) -> list[Receipt]:
    """Portion by portion, to the end."""
    portion = receipts(ledger, sought, None, size)
    found = list(portion.rows)
    while portion.after:
        portion = receipts(ledger, sought, portion.after, size)
        found += portion.rows
    return found


def numbers(found: list[Receipt]) -> set[str]:
    assert len({one.number for one in found}) == len(found)  # none comes twice
    return {one.number for one in found}


def test_every_receipt_comes_once_newest_day_first(sold: tuple[Ledger, list[Sale]]) -> None:
    ledger, sales = sold
    found = everything(ledger, Sought())
    assert numbers(found) == {sale.receipt for sale in sales}
    assert [one.day for one in found] == sorted((one.day for one in found), reverse=True)
    assert count(ledger, Sought()) == (len(sales), sum(sale.total for sale in sales))


@pytest.mark.parametrize("size", [1, 2, 100])
def test_the_size_of_a_portion_changes_nothing(sold: tuple[Ledger, list[Sale]], size: int) -> None:
    ledger, _sales = sold
    assert everything(ledger, Sought(), size) == everything(ledger, Sought(), 4)


def test_each_filter_leaves_what_it_names(sold: tuple[Ledger, list[Sale]]) -> None:
    ledger, sales = sold

    def those(sought: Sought) -> set[str]:
        found = numbers(everything(ledger, sought))
        assert count(ledger, sought)[0] == len(found)
        return found

    assert those(Sought(booth="S07")) == {one.receipt for one in sales if one.booth == "S07"}
    assert those(Sought(start=NEXT_DAY)) == {one.receipt for one in sales if one.day == NEXT_DAY}
    assert those(Sought(end=DAY)) == {one.receipt for one in sales if one.day == DAY}
    assert those(Sought(cashier="sari")) == {one.receipt for one in sales if one.cashier == "sari"}
    qris = {one.receipt for one in sales if any(part.method == "qris" for part in one.payments)}
    assert those(Sought(method="qris")) == qris
    assert those(Sought(method="qris", booth="S07", start=NEXT_DAY)) == {sales[-1].receipt}
    assert those(Sought(booth="S99")) == set()


def test_goods_inside_a_bundle_are_on_its_receipt(sold: tuple[Ledger, list[Sale]]) -> None:
    ledger, sales = sold
    of = {
        one.receipt
        for one in sales
        if any("LP1-PLG" in (line.institution, *(p.institution for p in line.parts)) for line in one.lines)
    }
    assert numbers(everything(ledger, Sought(institution="LP1-PLG"))) == of
    assert any(line.parts for sale in sales if sale.receipt in of for line in sale.lines)


@pytest.mark.parametrize("word", ["peci", "PECI bordir", "Semprong"])
def test_words_of_goods_are_found(sold: tuple[Ledger, list[Sale]], word: str) -> None:
    ledger, sales = sold
    wanted = {
        sale.receipt
        for sale in sales
        if all(any(part in line.name.lower() for line in sale.lines) for part in word.lower().split())
    }
    assert numbers(everything(ledger, Sought(text=word))) == wanted != set()


def test_numbers_amounts_and_people_are_found(sold: tuple[Ledger, list[Sale]]) -> None:
    ledger, sales = sold
    one = sales[2]
    assert numbers(everything(ledger, Sought(text=one.receipt.lower()))) == {one.receipt}
    for amount in (str(one.total), f"Rp{one.total:,}".replace(",", ".")):
        assert one.receipt in numbers(everything(ledger, Sought(text=amount)))
    assert numbers(everything(ledger, Sought(text="sari"))) == {sales[6].receipt}
    assert everything(ledger, Sought(text="tidak ada begini")) == []
    assert everything(ledger, Sought(text="% _ ' \" ; 99999999999999999999")) == []


def test_what_became_of_a_receipt_is_said(sold: tuple[Ledger, list[Sale]]) -> None:
    ledger, sales = sold
    states = {one.number: one.state for one in everything(ledger, Sought())}
    assert states.pop(sales[1].receipt) == "cancelled"
    assert set(states.values()) == {""}


def test_a_receipt_has_its_refunds_and_its_place_in_the_chain(sold: tuple[Ledger, list[Sale]]) -> None:
    ledger, sales = sold
    traced = trace(ledger, sales[1].device, sales[1].seq)
    assert traced.sale.receipt == sales[1].receipt
    assert [one.void for one in traced.refunds] == [True]
    assert traced.whole
    assert traced.head[0] > traced.sale.seq
    assert traced.device is not None
    assert traced.device.booth == "S03"
    again = trace(ledger, traced.refunds[0].device, traced.refunds[0].seq)  # by what came back, too
    assert again.sale == traced.sale
    with pytest.raises(Refused):
        trace(ledger, sales[1].device, 1)
    with pytest.raises(Refused):
        trace(ledger, "ZZZZZZZZ", 4)


def test_a_changed_receipt_is_seen(sold: tuple[Ledger, list[Sale]]) -> None:
    ledger, sales = sold
    one = sales[0]
    with closing(sqlite3.connect(str(ledger.path))) as raw:
        raw.execute("DROP TRIGGER document_stays")
        change = "UPDATE document SET body = replace(body, 'Nastar', 'Nestar') WHERE device = ? AND seq = ?"
        raw.execute(change, (one.device, one.seq))
        raw.execute(mark.GUARDS[0])
        raw.commit()
    assert not trace(ledger, one.device, one.seq).whole


def test_a_database_lists_the_same(sold: tuple[Ledger, list[Sale]], postgres_url: str) -> None:
    ledger, _sales = sold
    with closing(open_target(postgres_url)) as database:
        with reading(ledger) as source:
            copy_chains(source, database)
        for sought in (
            Sought(),
            Sought(institution="LP1-PLG"),
            Sought(method="cash", text="peci"),
            Sought(text="65000"),
        ):
            assert everything(database, sought) == everything(ledger, sought)
            assert count(database, sought) == count(ledger, sought)
        assert everything(database, replace(Sought(), booth="S07")) == everything(ledger, Sought(booth="S07"))

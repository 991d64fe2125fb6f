"""Rows: one function from documents to rows, whoever applies them, wherever, in whatever order."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from pos import journal, upgrade
from pos.catalog import post_products, products
from pos.clock import stopped_at
from pos.label_facts import Facts
from pos.label_goods import tell_story
from pos.ledger import Ledger, create_collector, open_ledger, open_target
from pos.model import By, Component, Document, Fields, Product, Staff
from pos.refunds import void
from pos.staff import post_staff
from pos.stock import on_hand, receive
from tests.books import MOMENT, booth, bring, busy_day, derived, documents, sell, shift_of


def restocked(ledger: Ledger) -> None:
    receive(ledger, {"PECI": 12, "SEMPRONG": 0})
    sell(ledger, {"PECI": 112})


def changed_cards(ledger: Ledger) -> None:
    post_products(ledger, [Product("PECI", "Peci Bordir Emas", 55_000, "LP1-PLG", active=False)])
    post_staff(ledger, [Staff("rina", "Rina O.", "petugas")])
    facts = Facts("Dibordir dengan tangan.", "ID1611", "P-IRT 2061", "BK-02")
    post_products(ledger, [Product("PECI", "Peci Bordir Emas", 60_000, "LP1-PLG", facts=facts)])
    for story in ("Kue dari dapur kami.", "", "Kue dari dapur kami sejak 2015."):
        tell_story(ledger, "LPP-PLG", story, By(Staff("sari", "Sari Wulandari", "petugas")))


def odd_names(ledger: Ledger) -> None:
    part = Product("PECI|:1", "Peci : satu", 50_000, "LP1-PLG")
    odd = Product(
        "a|b:c",
        "<b>'; DROP TABLE sale",
        7,
        "LPP-PLG",
        aliases=("x|y", ""),
        components=(Component("PECI|:1", 3),),
    )
    post_products(ledger, [odd, part])
    sell(ledger, {"a|b:c": 3})


def nothing(_ledger: Ledger) -> None:
    pass


SELDOM = {"shift_close", "cash", "remittance", "lot", "counted", "quota", "erasure", "approval"}
SELDOM |= {"closed_day", "maker"}
SELDOM |= {"origin", "repeated"}  # of histories that part: tests/sync/test_forks.py
SELDOM |= {"preorder", "preorder_line", "order_step", "deposit"}
SELDOM |= {
    "noted",
    "clock_back",
    "unfounded",
    "split",
    "target",
    "pnbp",
    "settlement",
    "settled",
    "settled_part",
}
SCENARIOS = [nothing, busy_day, restocked, changed_cards, odd_names]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_rebuilt_tables_equal_live_ones(till: Ledger, scenario: Callable[[Ledger], object]) -> None:
    scenario(till)
    live = derived(till)
    with till.write() as conn:
        journal.rebuild(conn, chunk=3)
    assert derived(till) == live


def test_every_derived_table_has_rows_after_a_busy_day(till: Ledger) -> None:
    void(till, busy_day(till)[-1], shift_of(till), "sari")
    empty = {name for name, rows in derived(till).items() if not rows}
    assert empty == SELDOM  # the whole exhibition fills these


def test_the_sums_are_those_of_the_sales(till: Ledger) -> None:
    sales = busy_day(till)
    rows = derived(till)
    total = sum(sale.total for sale in sales)
    assert sum(row[-3] for row in rows["day_item"]) == total
    assert sum(row[-1] for row in rows["day_payment"]) == total
    assert [row[2:-2] for row in rows["day_cashier"]] == [
        ("rina", 14, 6, sum(sale.qty for sale in sales[:-1]), total - sales[-1].total),
        ("sari", 14, 1, 3, 170_000),
    ]


def test_pieces_of_unknown_cost_are_counted_apart(till: Ledger) -> None:
    sell(till, {"NASTAR-500": 2, "PECI": 3})
    sell(till, {"NASTAR-500": 1})
    assert {row[3]: row[-2:] for row in derived(till)["day_item"]} == {
        "NASTAR-500": (126_000, 0),
        "PECI": (0, 3),
    }


def test_a_bundle_moves_its_components_and_not_itself(till: Ledger) -> None:
    sell(till, {"HAMPERS": 2})
    moved = {row[6]: row[8] for row in derived(till)["movement"] if row[5] == "bundle"}
    assert moved == {"NASTAR-500": -2, "SEMPRONG": -4, "PECI": -2}
    assert "HAMPERS" not in on_hand(till)


@pytest.mark.parametrize("seed", range(5))
def test_any_order_and_any_cut_gives_the_same_tables(tmp_path: Path, seed: int) -> None:
    chains: list[list[Document]] = []
    for code in ("S01", "S02", "S03"):
        with closing(booth(tmp_path / code, code)) as ledger:
            SCENARIOS[seed](ledger)
            busy_day(ledger)
            chains += documents(ledger).values()
    chance = Random(seed)
    seen = []
    for name in ("a.lapak", "b.lapak"):
        create_collector(tmp_path / name)
        with closing(open_ledger(tmp_path / name)) as target:
            left = {chain[0].device: list(chain) for chain in chance.sample(chains, 3)}
            while left:
                device = chance.choice(sorted(left))
                cut = chance.randint(1, 4)
                bring(target, left[device][:cut])
                left[device] = left[device][cut:]
                left = {code: docs for code, docs in left.items() if docs}
            seen.append(derived(target))
    assert seen[0] == seen[1]


@pytest.mark.parametrize("batch", [1, 1000])  # single inserts, and COPY
def test_postgres_derives_the_same_rows(till: Ledger, postgres_url: str, batch: int) -> None:
    for scenario in SCENARIOS:
        scenario(till)
    (chain,) = documents(till).values()
    with closing(open_target(postgres_url, stopped_at(MOMENT))) as central:
        for start in range(0, len(chain), batch):
            bring(central, chain[start : start + batch])
        assert derived(central) == derived(till)
        assert documents(central) == documents(till)
        with central.write() as conn:
            journal.rebuild(conn, chunk=5)
        assert derived(central) == derived(till)


def test_the_higher_card_stands_whichever_comes_first(tmp_path: Path) -> None:
    with closing(booth(tmp_path / "s01", "S01")) as first, closing(booth(tmp_path / "s02", "S02")) as second:
        post_products(first, [Product("PECI", "Peci tiga", 3, "LP1-PLG")])
        post_products(first, [Product("PECI", "Peci empat", 4, "LP1-PLG")])
        post_products(second, [Product("PECI", "Peci dua", 2, "LP1-PLG")])
        chains = [chain for ledger in (first, second) for chain in documents(ledger).values()]
    for name, order in (("a", chains), ("b", chains[::-1])):
        create_collector(tmp_path / name)
        with closing(open_ledger(tmp_path / name)) as target:
            for chain in order:
                bring(target, chain)
            assert {product.name for product in products(target) if product.sku == "PECI"} == {"Peci empat"}


def test_an_old_shape_is_read_through_its_steps(till: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    sell(till, {"PECI": 1})

    def renamed(old: Fields) -> Fields:
        return {key: value for key, value in old.items() if key != "kasir"} | {
            "cashier": old["kasir"],
            "v": 2,
        }

    with till.write() as conn:
        till.post(conn, "lama", {"kasir": "rina", "day": "2023-04-14", "float": 5})
    monkeypatch.setattr(upgrade, "STEPS", {"lama": (renamed,)})
    old = json.loads(documents(till)[till.own().code][-1].body)
    new = upgrade.current("lama", old)
    assert new is not None
    assert (new["cashier"], new["v"], upgrade.newest("lama"), upgrade.newest("sale")) == ("rina", 2, 2, 1)
    assert upgrade.current("lama", new) == new
    assert upgrade.current("lama", {"v": 3}) is None

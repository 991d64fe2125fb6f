"""Rows: one function from documents to rows, whoever applies them, wherever, in whatever order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest

from pos import journal, upgrade
from pos.body import canonical
from pos.catalog import post_products, products
from pos.checkout import find_sale
from pos.clock import stopped_at
from pos.errors import BadDocument
from pos.ledger import Ledger, create_collector, devices, open_ledger, open_target
from pos.model import Component, Document, Fields, Product, Staff
from pos.staff import post_staff
from pos.stock import on_hand, receive
from tests.books import DAY, MOMENT, booth, busy_day, derived, documents, sell


def restocked(ledger: Ledger) -> None:
    receive(ledger, {"PECI": 12, "SEMPRONG": 0})
    sell(ledger, {"PECI": 112})


def changed_cards(ledger: Ledger) -> None:
    post_products(ledger, [Product("PECI", "Peci Bordir Emas", 55_000, "LP1-PLG", active=False)])
    post_staff(ledger, [Staff("rina", "Rina O.", "petugas")])


def odd_names(ledger: Ledger) -> None:
    odd = Product(
        "a|b:c",
        "<b>'; DROP TABLE sale",
        7,
        "LPP-PLG",
        aliases=("x|y", ""),
        components=(Component("PECI|:1", 3),),
    )
    post_products(ledger, [odd])
    sell(ledger, {"a|b:c": 3})


def nothing(_ledger: Ledger) -> None:
    pass


SCENARIOS = [nothing, busy_day, restocked, changed_cards, odd_names]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_rebuilt_tables_equal_live_ones(till: Ledger, scenario: Callable[[Ledger], object]) -> None:
    scenario(till)
    live = derived(till)
    with till.write() as conn:
        journal.rebuild(conn, chunk=3)
    assert derived(till) == live


def test_every_derived_table_has_rows_after_a_busy_day(till: Ledger) -> None:
    busy_day(till)
    assert [name for name, rows in derived(till).items() if not rows] == []


def test_the_sums_are_those_of_the_sales(till: Ledger) -> None:
    sales = busy_day(till)
    rows = derived(till)
    total = sum(sale.total for sale in sales)
    assert sum(row[-3] for row in rows["day_item"]) == total
    assert sum(row[-1] for row in rows["day_payment"]) == total
    assert [row[2:] for row in rows["day_cashier"]] == [
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
    moved = {row[5]: row[7] for row in derived(till)["movement"] if row[4] == "sale"}
    assert moved == {"NASTAR-500": -2, "SEMPRONG": -4, "PECI": -2}
    assert "HAMPERS" not in on_hand(till)


@pytest.fixture
def collector(tmp_path: Path) -> Iterator[Ledger]:
    create_collector(tmp_path / "pusat.lapak")
    ledger = open_ledger(tmp_path / "pusat.lapak")
    yield ledger
    ledger.close()


def bring(target: Ledger, docs: list[Document]) -> None:
    """Admit documents of one chain, whatever the target has of it already."""
    with target.write() as conn:
        device = docs[0].device
        journal.admit(conn, device, docs, journal.head(conn, device))


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


def forged(doc: Document, change: Callable[[Fields], object], at: str | None = None) -> Document:
    """`doc` changed by somebody who knows our rules of hashing."""
    fields = json.loads(doc.body)
    change(fields)
    if at is not None:
        fields["at"] = at
    body = canonical(fields)
    return doc._replace(body=body, hash=journal.digest(body), at=fields["at"])


def put(*path: str | int, value: Any) -> Callable[[Fields], object]:
    """A change that sets one value deep inside a body."""

    def change(fields: Fields) -> None:
        inner: Any = fields
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value

    return change


def drop(*path: str | int) -> Callable[[Fields], object]:
    """A change that leaves one value out."""

    def change(fields: Fields) -> None:
        inner: Any = fields
        for key in path[:-1]:
            inner = inner[key]
        del inner[path[-1]]

    return change


def both(*changes: Callable[[Fields], object]) -> Callable[[Fields], object]:
    return lambda fields: [change(fields) for change in changes]


HUGE = 2**62
BAD_SALES = {
    "31 a negative total": both(
        put("total", value=-1), put("lines", 0, "total", value=-1), put("payments", 0, "amount", value=-1)
    ),
    "31 a total in text": put("total", value="120000"),
    "31 too large a sale": both(
        *(
            put(*path, value=10**12 + 1)
            for path in (("total",), ("lines", 0, "total"), ("lines", 0, "price"))
        ),
        *(put("payments", 0, name, value=10**12 + 1) for name in ("amount", "tendered")),
    ),
    "31 no pieces": both(put("lines", 0, "qty", value=0), put("lines", 0, "total", value=0)),
    "31 less than no pieces": put("lines", 0, "qty", value=-1),
    "31 pieces in text": put("lines", 0, "qty", value="1"),
    "31 true for one piece": put("lines", 0, "qty", value=True),
    "31 endless pieces for nothing": both(
        put("lines", 0, "qty", value=HUGE),
        put("lines", 0, "price", value=0),
        put("lines", 0, "total", value=0),
        put("lines", 0, "parts", value=[]),
    ),
    "31 an endless price less an endless discount": both(
        put("lines", 0, "price", value=HUGE), put("lines", 0, "discount", value=HUGE - 170_000)
    ),
    "31 a negative discount": both(
        put("lines", 0, "discount", value=-1), put("lines", 0, "price", value=169_999)
    ),
    "31 an endless cost": put("lines", 0, "cost", value=HUGE),
    "31 a negative cost": put("lines", 0, "cost", value=-1),
    "31 beyond every column": put("payments", 0, "tendered", value=2**63),
    "32 a line that does not add up": put("lines", 0, "price", value=1),
    "32 lines that do not make the total": put("total", value=171_000),
    "32 parts that do not make the line": put("lines", 0, "parts", 0, "amount", value=1),
    "32 a part of no pieces": put("lines", 0, "parts", 0, "qty", value=0),
    "33 paid too little": put("payments", 0, "amount", value=169_999),
    "33 paid too much": both(
        put("payments", 0, "amount", value=170_001), put("payments", 0, "tendered", value=170_001)
    ),
    "33 handed over too little": put("payments", 0, "tendered", value=1),
    "33 handed over without end": put("payments", 0, "tendered", value=HUGE),
    "33 not paid": put("payments", value=[]),
    "34 a day that never was": put("day", value="2023-02-30"),
    "34 a day written in another way": put("day", value="20230414"),
    "34 a day by its week": put("day", value="2023-W15-5"),
    "34 a day in words": put("day", value="Jumat"),
    "a number in text": put("number", value="1"),
    "number zero": put("number", value=0),
    "a name that is a number": put("lines", 0, "name", value=5),
    "a name that is a list": put("lines", 0, "name", value=["a"]),
    "nobody": put("cashier", value=None),
    "a booth in letters that no barcode holds": put("booth", value="СТ03"),
    "a booth that is a list": put("booth", value=["S03"]),
    "no cart": drop("cart"),
    "no lines": drop("lines"),
    "lines that are a number": put("lines", value=5),
    "lines that are words": put("lines", value=["satu"]),
    "parts that are a word": put("lines", 0, "parts", value="satu"),
    "a sku without end": drop("lines", 0, "sku"),
    "a payment without method": drop("payments", 0, "method"),
}


def last_after(ledger: Ledger, what: str) -> list[Document]:
    """The chain of a booth whose last document is of the kind `what`."""
    match what:
        case "sale":
            sell(ledger, {"HAMPERS": 1})
        case "catalog":
            post_products(
                ledger, [Product("PAKET", "Paket", 5, "LPP-PLG", components=(Component("PECI", 1),))]
            )
        case "staff":
            post_staff(ledger, [Staff("adi", "Adi")])
        case "stock":
            receive(ledger, {"PECI": 1})
    (chain,) = documents(ledger).values()
    ends = max(n for n, doc in enumerate(chain) if doc.kind == what)
    return chain[: ends + 1]


def refuses(target: Ledger, bad: Document) -> bool:
    try:
        bring(target, [bad])
    except BadDocument:
        return True
    return False


def refused_by(target: Ledger, good: list[Document], bad: Document) -> None:
    """The bad one is refused, and what is then in the target can be read."""
    if good:
        bring(target, good)
    before = derived(target)
    with pytest.raises(BadDocument) as refusal:
        bring(target, [bad])
    assert (refusal.value.device, refusal.value.seq) == (bad.device, bad.seq)
    assert derived(target) == before


@pytest.mark.parametrize("how", BAD_SALES)
def test_a_sale_that_cannot_be_never_enters(till: Ledger, collector: Ledger, how: str) -> None:
    *good, last = last_after(till, "sale")
    refused_by(collector, good, forged(last, BAD_SALES[how]))


def test_postgres_refuses_the_same_sales(till: Ledger, postgres_url: str) -> None:
    *good, last = last_after(till, "sale")
    with closing(open_target(postgres_url, stopped_at(MOMENT))) as central:
        bring(central, good)
        assert [how for how, change in BAD_SALES.items() if not refuses(central, forged(last, change))] == []
        bring(central, [last])
        assert derived(central) == derived(till)


@pytest.mark.parametrize(
    "at", ["", "kemarin", "2023-04-14", "2023-W15-5T14:07:00+07:00", "2023-04-14T14:07:00"]
)
def test_a_sale_at_no_time_never_enters(till: Ledger, collector: Ledger, at: str) -> None:
    *good, last = last_after(till, "sale")
    refused_by(collector, good, forged(last, lambda _fields: None, at=at))


@pytest.mark.parametrize("day", ["1970-01-01", "2999-12-31"])
def test_a_sale_of_a_clock_gone_wrong_is_kept_as_it_is(till: Ledger, collector: Ledger, day: str) -> None:
    *good, last = last_after(till, "sale")
    bring(collector, [*good, forged(last, put("day", value=day), at=f"{day}T00:00:00+07:00")])
    assert find_sale(collector, f"S03{last.device[:2]}-1").day.isoformat() == day


def test_a_number_or_a_cart_used_twice_never_enters(till: Ledger, collector: Ledger) -> None:
    chain = last_after(till, "sale")
    bring(collector, chain)
    second = json.loads(last_after(till, "sale")[-1].body)
    for name in ("number", "cart"):
        twin = forged(documents(till)[chain[0].device][-1], put(name, value=json.loads(chain[-1].body)[name]))
        assert json.loads(twin.body)[name] != second[name]
        before = derived(collector)
        with pytest.raises(Exception, match="UNIQUE"):
            bring(collector, [twin])
        assert derived(collector) == before


BAD_PAPERS = {
    ("catalog", "31 a negative price"): put("cards", 0, "price", value=-1),
    ("catalog", "31 an endless price"): put("cards", 0, "price", value=HUGE),
    ("catalog", "31 a price in text"): put("cards", 0, "price", value="5"),
    ("catalog", "31 a negative cost"): put("cards", 0, "cost", value=-1),
    ("catalog", "36 an endless revision"): put("cards", 0, "revision", value=HUGE),
    ("catalog", "36 no revision"): put("cards", 0, "revision", value=0),
    ("catalog", "a position in text"): put("cards", 0, "position", value="1"),
    ("catalog", "components without count"): put("cards", 0, "components", 0, "qty", value=0),
    ("catalog", "components counted in words"): put("cards", 0, "components", 0, "qty", value="dua"),
    ("catalog", "a component that is a number"): put("cards", 0, "components", 0, "sku", value=5),
    ("catalog", "an alias that is a number"): put("cards", 0, "aliases", value=[5]),
    ("catalog", "cards that are a number"): put("cards", value=5),
    ("staff", "36 an endless revision"): put("cards", 0, "revision", value=HUGE),
    ("staff", "a name that is a number"): put("cards", 0, "name", value=5),
    ("stock", "31 endless pieces"): put("items", 0, "qty", value=HUGE),
    ("stock", "31 endless pieces taken"): put("items", 0, "qty", value=-HUGE),
    ("stock", "pieces in text"): put("items", 0, "qty", value="1"),
    ("shift_open", "31 a negative float"): put("float", value=-1),
    ("shift_open", "31 an endless float"): put("float", value=HUGE),
    ("shift_open", "34 a day that never was"): put("day", value="2023-04-31"),
    ("device", "no event"): drop("event"),
    ("device", "an event without days"): drop("event", "start"),
    ("device", "47 an event on no day"): put("event", "end", value="besok"),
    ("device", "47 a zone of another world"): put("event", "timezone", value="Mars/Olympus"),
    ("device", "institutions that are a number"): put("event", "institutions", value=5),
    ("device", "an institution without name"): put("event", "institutions", 0, value={"code": "X"}),
    ("device", "a name that is a number"): put("event", "name", value=5),
    ("device", "sample in words"): put("sample", value="ya"),
    ("device", "a booth that is a list"): put("booth", value=["S03"]),
}


@pytest.mark.parametrize(("kind", "how"), BAD_PAPERS)
def test_a_paper_that_cannot_be_never_enters(till: Ledger, collector: Ledger, kind: str, how: str) -> None:
    *good, last = last_after(till, kind)
    refused_by(collector, good, forged(last, BAD_PAPERS[kind, how]))
    with collector.read() as conn:
        assert len(devices(conn)) == bool(good)


def test_a_revision_at_its_end_can_still_be_followed(till: Ledger, collector: Ledger) -> None:
    """36: nobody's card wins for ever."""
    *good, last = last_after(till, "catalog")
    top = forged(last, put("cards", 0, "revision", value=1_000_000_000))
    with closing(
        open_ledger(collector.path or Path(), stopped_at(MOMENT.replace(year=DAY.year + 1)))
    ) as later:
        bring(later, [*good, top])
        later.device = till.own()
        post_products(later, [Product("PAKET", "Paket baru", 6, "LPP-PLG")])
        assert [product.name for product in products(later) if product.sku == "PAKET"] == ["Paket baru"]

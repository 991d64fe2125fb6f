"""Papers that cannot be: refused before one row is written, in a file and in PostgreSQL alike.

Numbers at the ends of names are those of the catalogue of bad inputs.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pos import journal
from pos.body import canonical
from pos.catalog import post_products, products
from pos.checkout import find_sale
from pos.clock import stopped_at
from pos.errors import BadDocument
from pos.ledger import Ledger, devices, open_ledger, open_target
from pos.model import Component, Document, Fields, Product, Staff
from pos.staff import post_staff
from pos.stock import receive
from tests.books import DAY, MOMENT, bring, derived, documents, sell


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
def test_a_sale_at_no_time_never_enters_34(till: Ledger, collector: Ledger, at: str) -> None:
    *good, last = last_after(till, "sale")
    refused_by(collector, good, forged(last, lambda _fields: None, at=at))


@pytest.mark.parametrize("day", ["1970-01-01", "2999-12-31"])
def test_a_sale_of_a_clock_gone_wrong_is_kept_as_it_is_34(till: Ledger, collector: Ledger, day: str) -> None:
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

"""The nation's exhibition: 531 institutions, 200 booths; shifts, sales of three lines, returns, closings.

Each booth sells the goods of its region, which are those of 20 institutions.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from pos import catalog, checkout, journal
from pos.cart import sold_lines
from pos.clock import new_device_code
from pos.exhibition import builtin_event
from pos.journal import Stamp
from pos.ledger import Ledger, create, create_collector, new_device, open_ledger
from pos.model import Event, Fields, Institution, Product, event_fields, receipt_number
from pos.payments import settle
from tests.bench.books import DAYS, FIRST_DAY, cart

BOOTHS = 200
UNITS = 531
REGION = 20  # institutions
GOODS = 3  # of each institution
BACK_EVERY = 50  # of so many sales one comes back


def nation(folder: Path, sales: int) -> Ledger:
    """A new central file in `folder` with about `sales` sales, open."""
    office = folder / "office.lapak"
    goods = make_office(office)
    central = folder / "nation.lapak"
    create_collector(central)
    ledger = open_ledger(central)
    with closing(open_ledger(office)) as model, model.read() as source:
        code = model.own().code
        catalogue = journal.read(source, code, 0, 1_000)
    with ledger.write() as conn:
        journal.admit(conn, code, catalogue, journal.head(conn, code))
    for number in range(BOOTHS):
        _live(ledger, number, goods, sales // BOOTHS)
    return ledger


def files(folder: Path, sales: int) -> None:
    """The same as one file a booth, and one of the office with the catalogue."""
    goods = make_office(folder / "office.lapak")
    for number in range(BOOTHS):
        path = folder / f"{number:03d}.lapak"
        create_collector(path)
        with closing(open_ledger(path)) as ledger:
            _live(ledger, number, goods, sales // BOOTHS)


def make_office(path: Path) -> tuple[Product, ...]:
    """A new ledger of an office with all goods. Returns them in the order of their institutions."""
    goods = tuple(
        Product(
            f"P{n:04d}",
            f"Nastar nomor {n}",
            30_000 + n % 60 * 500,
            unit.code,
            "Kue kering",
            cost=20_000,
            position=n,
        )
        for n, unit in enumerate(unit for unit in _event().institutions for _good in range(GOODS))
    )
    office = replace(new_device("K01", "Kantor", "UPT-001", _event()), role="office")
    with closing(create(path, office)) as ledger:
        catalog.post_products(ledger, goods)
    return goods


def _event() -> Event:
    units = tuple(
        Institution(f"UPT-{n:03d}", f"Lembaga Pemasyarakatan {n}", f"Lapas {n}", f"Kabupaten {n}")
        for n in range(1, UNITS + 1)
    )
    return replace(builtin_event(), institutions=units)


def _live(ledger: Ledger, number: int, goods: tuple[Product, ...], sales: int) -> None:
    """All the days of one booth, in one transaction."""
    event, code, name = _event(), new_device_code(), f"B{number:03d}"
    regions = UNITS // REGION
    region = number * regions // BOOTHS
    products = goods[region * REGION * GOODS : (region + 1) * REGION * GOODS]
    if region == regions - 1:
        products = goods[-REGION * GOODS :]
    unit = event.institutions[number * UNITS // BOOTHS].code
    first: Fields = {"role": "booth", "booth": name, "name": name, "institution": unit, "sample": False}
    with ledger.write() as conn:
        journal.post_many(
            conn, code, "device", [(Stamp(_at(0, 0), 0), first | {"event": event_fields(event)})]
        )
        sold, back = 0, 0
        for day in range(DAYS):
            many = sales * (day + 1) // DAYS - sold
            shift = journal.head(conn, code)[0] + 1
            head: Fields = {"day": _day(day), "cashier": "rina"}
            opened = head | {"booth": name, "float": 0}
            journal.post_many(conn, code, "shift_open", [(Stamp(_at(day, 0), 0), opened)])
            papers = list(_sales(name, products, range(sold, sold + many), day, shift))
            docs = journal.post_many(conn, code, "sale", papers) if papers else ()
            sold += many
            both = zip(docs, papers, strict=True)
            returned = [(d.seq, f) for d, (_stamp, f) in both if f["number"] % BACK_EVERY == 0]
            refunds = [
                (Stamp(_at(day, many), many), _refund(fields, code, seq, back + n, shift))
                for n, (seq, fields) in enumerate(returned, 1)
            ]
            back += len(refunds)
            if refunds:
                journal.post_many(conn, code, "refund", refunds)
            made = ([fields for _stamp, fields in papers], refunds)
            last = journal.head(conn, code)[0]
            closed = _closing(head | {"booth": name}, day, shift, made, last)
            journal.post_many(conn, code, "shift_close", [(Stamp(_at(day, many), 0), closed)])


def _day(day: int) -> str:
    return (FIRST_DAY + timedelta(days=day)).isoformat()


def _at(day: int, n: int) -> str:
    minute = min(n * 2, 9 * 60 - 1)
    return f"{_day(day)}T{8 + minute // 60:02d}:{minute % 60:02d}:00+07:00"


def _sales(
    name: str, products: tuple[Product, ...], which: range, day: int, shift: int
) -> Iterator[tuple[Stamp, Fields]]:
    for place, n in enumerate(which):
        bought = cart(products, n)
        paid = [settle(("cash", "qris", "transfer")[n % 3], bought.total)]
        fields = checkout.sale_fields(name, n + 1, bought.id, sold_lines(bought), paid)
        who: Fields = {"day": _day(day), "cashier": ("rina", "sari")[n % 2], "shift": shift}
        yield Stamp(_at(day, place), n), fields | who


def _refund(sale: Fields, device: str, seq: int, number: int, shift: int) -> Fields:
    """The first line of a sale, in cash."""
    line = sale["lines"][0]
    who = {name: sale[name] for name in ("booth", "day", "cashier")}
    what: Fields = {"number": number, "shift": shift, "cart": f"r{number}", "void": False, "reason": "rusak"}
    paid = [{"method": "cash", "amount": line["total"]}]
    receipt = receipt_number(sale["booth"], device, sale["number"])
    of = {"of": {"device": device, "seq": seq, "receipt": receipt}}
    return who | what | of | {"lines": [line | {"line": 0}], "payments": paid, "total": line["total"]}


def _closing(
    head: Fields, day: int, shift: int, papers: tuple[list[Fields], list[tuple[Stamp, Fields]]], last: int
) -> Fields:
    """A closing whose drawer holds what it should, as pos/closing.py writes it."""
    sales, refunds = papers
    sold, back = sum(one["total"] for one in sales), sum(one["total"] for _stamp, one in refunds)
    cash = sum(one["amount"] for sale in sales for one in sale["payments"] if one["method"] == "cash")
    at = _at(day, len(sales))
    left = cash - back
    counted = {"notes": {}, "other": left, "total": left, "by": "rina", "at": at, "seq": last}
    none = {"count": 0, "amount": 0}
    drawer = dict.fromkeys(("back", "deposits", "remitted", "in", "out", "bank"), none)
    report: Fields = {
        "opened": _at(day, 0),
        "sales": {"count": len(sales), "qty": len(sales) * 4, "gross": sold, "discount": 0, "net": sold},
        "returns": {"count": len(refunds), "amount": back},
        "voids": none,
        "ways": [],
        "back": [],
        "deposits": [],
        "drawer": {"float": 0, "sales": {"count": len(sales), "amount": cash}} | drawer,
        "removals": none,
    }
    return head | {
        "number": day + 1,
        "shift": shift,
        "first_seq": shift,
        "last_seq": last,
        "counts": [counted],
        "counted": left,
        "expected": left,
        "reason": "",
        "report": report,
    }

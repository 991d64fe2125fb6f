"""A central file with 200 booths' exhibition: shifts, sales of three lines, returns, closings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from pos import checkout, journal
from pos.cart import sold_lines
from pos.clock import new_device_code
from pos.exhibition import builtin_event
from pos.journal import Stamp
from pos.ledger import Ledger, create_collector, open_ledger
from pos.model import Fields, Product, event_fields
from pos.money import Rupiah
from pos.payments import settle
from tests.bench.books import DAYS, FIRST_DAY, booth, cart

BOOTHS = 200
BACK_EVERY = 50  # of so many sales one comes back


def nation(folder: Path, sales: int) -> Ledger:
    """A new central file in `folder` with about `sales` sales, open."""
    model, products = booth(folder / "model.lapak")
    central = folder / "nation.lapak"
    create_collector(central)
    ledger = open_ledger(central)
    with model.read() as source:
        catalogue = journal.read(source, model.own().code, 0, 1_000)
    with ledger.write() as conn:
        journal.admit(conn, model.own().code, catalogue, journal.head(conn, model.own().code))
    model.close()
    for number in range(BOOTHS):
        _live(ledger, number, products, sales // BOOTHS)
    return ledger


def _live(ledger: Ledger, number: int, products: tuple[Product, ...], sales: int) -> None:
    """All the days of one booth, in one transaction."""
    event, code, name = builtin_event(), new_device_code(), f"B{number:03d}"
    unit = event.institutions[number % len(event.institutions)].code
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
            left = sum(f["total"] for _s, f in papers) - sum(f["total"] for _s, f in refunds)
            closing = _closing(head, name, day, shift, left, (many, journal.head(conn, code)[0]))
            journal.post_many(conn, code, "shift_close", [(Stamp(_at(day, many), 0), closing)])


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
    of = {"of": {"device": device, "seq": seq, "receipt": ""}}
    return who | what | of | {"lines": [line | {"line": 0}], "payments": paid, "total": line["total"]}


def _closing(head: Fields, booth: str, day: int, shift: int, money: Rupiah, made: tuple[int, int]) -> Fields:
    """A closing whose drawer holds what it should, as pos/closing.py writes it."""
    sales, last = made
    counted = {"notes": {}, "other": money, "total": money, "by": "rina", "at": _at(day, sales), "seq": last}
    none = {"count": 0, "amount": 0}
    drawer = dict.fromkeys(("sales", "back", "deposits", "remitted", "in", "out", "bank"), none)
    report: Fields = {
        "opened": _at(day, 0),
        "sales": {"count": sales, "qty": sales * 4, "gross": money, "discount": 0, "net": money},
        "returns": none,
        "voids": none,
        "ways": [],
        "back": [],
        "deposits": [],
        "drawer": {"float": 0} | drawer,
        "removals": none,
    }
    return head | {
        "booth": booth,
        "number": day + 1,
        "shift": shift,
        "first_seq": shift,
        "last_seq": last,
        "counts": [counted],
        "counted": money,
        "expected": money,
        "reason": "",
        "report": report,
    }

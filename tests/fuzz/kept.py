"""Targets that read what the program itself put down on this machine, and somebody or a failing disk changed.

It is read as nothing or as it is; a till that does not open because of a broken cart loses a day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial

from pos.backup_notes import FILE as NOTES
from pos.backup_notes import read_notes
from pos.carts import held_drafts, open_draft
from pos.counts import open_count, summary
from pos.deliveries import kept as kept_delivery
from pos.drawer_count import count_fields, kept_counts, kept_entry
from pos.errors import Refused
from pos.handed import known_booths
from pos.ledger import Ledger, set_setting
from pos.letterhead import letterhead_of, letterhead_text
from pos.local_tables import DRAFT
from pos.machine import doubt_of, read_machine_file
from pos.printers import printer_of, printer_text, typed_printer
from pos.settings import read_machine, valid
from pos.setup import read_setup
from pos.shifts import current_shift
from pos.staff import tries_of, waiting_s
from tests.books import CATALOGUE, MOMENT
from tests.fuzz.targets import Bench, Target, text_of, words
from ui.scan_burst import Burst, ScanSettings, Stroke, scan_settings
from ui.till.favourites import from_setting


def kept(bench: Bench) -> Iterator[Target]:
    """One target for each thing that is kept."""
    in_files: Mapping[str, Callable[[], object]] = {
        "machine": lambda: doubt_of("S03", {"machine": "0"}, str, bench.laid),
        "settings": lambda: _machine_settings(bench),
        "setup": lambda: repr(read_setup(bench.laid)),
        "backup": lambda: repr(read_notes(bench.laid)),
    }
    names = {
        "machine": "machine.json",
        "settings": "settings.json",
        "setup": "persiapan.json",
        "backup": NOTES,
    }

    def on_disk(name: str, data: bytes) -> None:
        bench.file(names[name], data)
        in_files[name]()
        if name == "machine":
            read_machine_file(bench.laid)

    readers: Mapping[str, Callable[[Ledger, str], object]] = {
        "scan": _scanner,
        "head": lambda _ledger, text: letterhead_text(letterhead_of(text)).encode(),
        "cart": _cart,
        "count": _count,
        "delivery": _delivery,
        "drawer": _drawer,
        "booths": _booths,
        "printer": lambda _ledger, text: (printer_text(printer_of(text)), printer_text(typed_printer(text))),
        "pinned": lambda _ledger, text: "".join(from_setting(text)),
        "tries": _tries,
    }

    def in_ledger(name: str, data: bytes) -> None:
        text = text_of(data)
        with suppress(UnicodeEncodeError):  # no text of SQLite
            text.encode()
            readers[name](bench.ledger, text)
            assert bench.same()

    json = words('{ } [ ] , : "" null true false 0 -1 1.5 1e400 "x" "heads" "lines" "product" "price" "qty"')
    for name in names:
        yield Target(f"kept-{name}", partial(on_disk, name), words=json)
    for name in readers:
        yield Target(f"kept-{name}", partial(in_ledger, name), words=json)


def _machine_settings(bench: Bench) -> None:
    assert all(valid(key, value) for key, value in read_machine(bench.laid).items())


def _scanner(_ledger: Ledger, text: str) -> None:
    """Whatever the settings say, keys can be pressed."""
    settings = scan_settings(text)
    burst = Burst(settings if isinstance(settings, ScanSettings) else ScanSettings())
    for place, letter in enumerate("8991234\r"):
        burst.press(Stroke("end" if letter == "\r" else "char", letter, ord(letter), place * 10))
    burst.silence()


def _cart(ledger: Ledger, text: str) -> None:
    row = {"cart": "c", "at": MOMENT.isoformat(), "name": "", "state": "open", "selected": 0, "body": text}
    for state in ("open", "held"):
        with ledger.write() as conn:
            conn.execute(DRAFT.delete())
            conn.execute(DRAFT.insert().values(**row | {"state": state}))
        found = open_draft(ledger)
        for draft in (*held_drafts(ledger), *((found,) if found else ())):
            cart = draft.cart
            assert all(type(n) is int for n in (cart.total, cart.qty, cart.discount, draft.top)), draft
            assert all(type(part.amount) is int for part in draft.parts)
            assert all((line.product.name + line.product.sku + line.note).encode() for line in cart.lines)
            with suppress(Refused):  # it may be as large as one can be
                cart.add(CATALOGUE[0])
    with ledger.write() as conn:
        conn.execute(DRAFT.delete())


def _count(ledger: Ledger, text: str) -> None:
    set_setting(ledger, "count:LP1-PLG", text)
    found = open_count(ledger, "LP1-PLG")
    summary(found, list(CATALOGUE))
    assert all(one.at + one.cause + one.note for one in found.results.values())
    set_setting(ledger, "count:LP1-PLG", "")


def _delivery(ledger: Ledger, text: str) -> None:
    set_setting(ledger, "delivery:LP1-PLG", text)
    kept_delivery(ledger, "LP1-PLG")
    set_setting(ledger, "delivery:LP1-PLG", "")


def _drawer(ledger: Ledger, text: str) -> None:
    shift = current_shift(ledger)
    assert shift
    set_setting(ledger, "count", text)
    assert all(type(one.total) is int and count_fields(one) for one in kept_counts(ledger, shift))
    kept_entry(ledger, shift)
    set_setting(ledger, "count", "")


def _booths(ledger: Ledger, text: str) -> None:
    set_setting(ledger, "known:stik", text)
    known_booths(ledger, "stik")
    set_setting(ledger, "known:stik", "")


def _tries(ledger: Ledger, text: str) -> None:
    set_setting(ledger, tries_of("rina"), text)
    assert waiting_s(ledger, "rina") >= 0
    set_setting(ledger, tries_of("rina"), "")

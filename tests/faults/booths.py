"""Booths, an office and programs beside each other: what they do in parts P5 and P7 of the fault suite."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from pos import journal
from pos.cart import Cart
from pos.checkout import checkout
from pos.clock import stopped_at
from pos.errors import WorldFailed
from pos.ledger import open_ledger
from pos.merge import sources_in
from pos.payments import settle
from pos.stock import receive
from pos.tables import SALE
from tests.books import MOMENT, booth, cart_of, shift_of
from tests.faults.bare import STAN
from tests.faults.goods import GOODS
from tests.faults.walks import CENTRAL, SHARED, Said, Tell, Walk, command

CODES = ("S01", "S02", "S03")
MERGED = "rumah/semua.lapak"
BESIDE = 3  # programs that sell with one ledger at once


def _booths(folder: Path) -> None:
    (folder / "rumah").mkdir()
    (folder / "stik").mkdir()
    for code in CODES:
        booth(folder / f"rumah/{code}.lapak", code).close()


def _sells(code: str, folder: Path, tell: Tell) -> Said:
    """Three carts more; the last one once again, for who knows whether it was sold."""
    where = f"rumah/{code}.lapak"
    with closing(open_ledger(folder / where, stopped_at(MOMENT))) as ledger:
        with ledger.read() as conn:
            sold = conn.scalar(select(func.count()).select_from(SALE)) or 0
        for n in range(max(sold, 1), sold + 4):
            cart = Cart(f"{code}-{n}", cart_of(ledger, GOODS).lines)
            tell.paper(where, checkout(ledger, cart, [settle("cash", cart.total)], shift_of(ledger), "rina"))
    return None


def _brings(code: str, target: str, folder: Path, tell: Tell) -> Said:
    """What another program sells meanwhile may come along or not: only what was there before is promised."""
    ledger = folder / f"rumah/{code}.lapak"
    with closing(open_ledger(ledger, read_only=True)) as books, books.read() as conn:
        upto, _hash = journal.head(conn, books.own().code)
    said = command("sync", ledger, folder / target)
    if said is None:
        tell.chain(target, ledger, upto)
    return said


def _merges(folder: Path, _tell: Tell) -> Said:
    if not sources_in([folder / "stik"]):  # nobody has brought anything yet: that is refused, rightly
        return None
    return command("merge", folder / MERGED, folder / "stik")


def _sells_beside(who: int, folder: Path, tell: Tell) -> Said:
    """One of several programs that sell with one ledger; in use by another is no reason to give up."""
    with closing(open_ledger(folder / STAN, stopped_at(MOMENT))) as ledger:
        shift = shift_of(ledger)
        for n in range(int((folder / "stik/berapa").read_text())):
            cart = Cart(f"p{who}-{n}", cart_of(ledger, GOODS).lines)
            for tries_left in range(20, -1, -1):
                try:
                    sale = checkout(ledger, cart, [settle("cash", cart.total)], shift, "rina")
                    break
                except WorldFailed:
                    if not tries_left:
                        raise
            tell.paper(STAN, sale)
    return None


def _of_today(folder: Path) -> None:
    """A booth that is about to sell, by the clock of this machine, and has enough of it for a whole day."""
    from tests.faults.day_till import SKUS  # with Qt, which no other walk needs
    from tests.ui.shop import books_of_today

    (folder / "rumah").mkdir()
    (folder / "stik").mkdir()
    with closing(books_of_today(folder / STAN)) as ledger:
        receive(ledger, dict.fromkeys(SKUS, 5_000))


def _one_ledger(folder: Path) -> None:
    (folder / "rumah").mkdir()
    (folder / "stik").mkdir()
    booth(folder / STAN).close()


BOOTHS = {
    walk.name: walk
    for walk in (
        *(Walk(f"{code} sells", _booths, partial(_sells, code)) for code in CODES),
        *(Walk(f"{code} to stick", _booths, partial(_brings, code, CENTRAL)) for code in CODES),
        *(Walk(f"{code} to folder", _booths, partial(_brings, code, SHARED)) for code in CODES),
        Walk("office merges", _booths, _merges),
        Walk("a day", _of_today, lambda _folder, _tell: None),
        *(Walk(f"beside {n}", _one_ledger, partial(_sells_beside, n)) for n in range(BESIDE)),
    )
}

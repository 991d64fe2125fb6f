"""Two histories of one chain: which there are, how they differ, and the second split off by itself.

A laptop that was cloned or set back to an old backup goes on under the same identity as before. The first
history that came in stands; the other lies in quarantine. Splitting it off puts it down as the chain of a new
device (pos/restate.py), from the same documents the same everywhere; nothing is lost, and what is sold on
both sides is counted once (pos/repeats.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, zip_longest

from sqlalchemy import Connection, func, select

from pos import journal, quarantine
from pos.approvals import take
from pos.body import decoded
from pos.errors import Refused
from pos.ledger import Ledger, devices
from pos.model import GENESIS, By, Column, Device, Document, Fields, Table
from pos.money import Rupiah
from pos.nouns import staff_of
from pos.parting import divert_on, letter_of_split, met
from pos.restate import LETTERS, restate, restated_names
from pos.rights import may
from pos.sides import paper_of
from pos.tables import DOCUMENT, REFUND, REPEATED, SALE, STAFF
from pos.text import _

MOST_SHOWN = 500  # documents of each side in `differences`


@dataclass(frozen=True, slots=True)
class Side:
    """One of two histories behind the place where they part; `total` in Rupiah, net of what came back."""

    documents: int
    sales: int
    total: Rupiah
    first: str  # moments, ISO 8601
    last: str


@dataclass(frozen=True, slots=True)
class Fork:
    """A chain with two histories: from `seq` on they differ. `hash` is that of the second's first document.

    `booth` and `name` are what the laptop calls itself, `second` is what the second would be called once it
    is split off, and `letter` what tells them apart; `both` counts the sales that are in both.
    """

    device: str
    booth: str
    name: str
    seq: int
    hash: str
    letter: str
    second: str
    ours: Side
    theirs: Side
    both: int
    source: str

    @property
    def since(self) -> str:
        """When the two went apart (ISO 8601): the earlier of the first documents of each."""
        return min(self.ours.first, self.theirs.first)


@dataclass(frozen=True, slots=True)
class SplitOff:
    """What was split off: the device's code, booth and name; `repeated` of its documents count elsewhere."""

    device: str
    booth: str
    name: str
    documents: int
    repeated: int


def forks(ledger: Ledger) -> tuple[Fork, ...]:
    """Every second history that waits to be split off, by device and place."""
    with ledger.read() as conn:
        known = devices(conn)
        rows = quarantine.aside(conn, branches=True)
        found: list[Fork] = []
        for code, group in groupby(rows, key=lambda row: row.device):
            held = list(group)
            if code in known:
                sources = {row.hash: row.source for row in held}
                found += [
                    _fork(conn, known, run, sources[run[0].hash])
                    for run in _seconds(held)
                    if letter_of_split(conn, run[0]) is None
                ]
    return tuple(found)


def differences(ledger: Ledger, fork: Fork) -> Table:
    """Both histories side by side, one document of each a row: what it is, its number, time, Rupiah, hash."""
    with ledger.read() as conn:
        theirs = _run(conn, fork)[:MOST_SHOWN]
        ours = journal.read(conn, fork.device, fork.seq - 1, MOST_SHOWN)
    rows = [
        (seq, *_cells(one), *_cells(other))
        for seq, (one, other) in enumerate(zip_longest(ours, theirs), fork.seq)
    ]
    sides = ((fork.name, "ours"), (fork.second, "theirs"))
    columns = [Column("seq", _("Document"), "int")]
    for name, key in sides:
        columns += [
            Column(f"{key}_kind", name, "text"),
            Column(f"{key}_number", _("Number"), "text"),
            Column(f"{key}_at", _("When"), "text"),
            Column(f"{key}_total", _("Amount"), "money"),
            Column(f"{key}_hash", _("Check code"), "text"),
        ]
    return Table(
        "differences", _("Two histories of {name}").format(name=fork.name), tuple(columns), tuple(rows)
    )


def split(ledger: Ledger, fork: Fork, by: By | None = None) -> SplitOff:
    """Put the second history down as a device of its own, and let it go from quarantine; all or nothing.

    Where officers are known it needs the right "split_off", or an approval of it on the device's code. `by`
    is None at the command line, where whoever has the file is its keeper. Raises Refused without the right,
    and when there is no such second history.
    """
    with ledger.write() as conn:
        if by and any(may(staff_of(row), "split_off") for row in conn.execute(select(STAFF))):
            take(conn, by.approval, by.who, "split_off", fork.device)
        run = _run(conn, fork)
        beginning = journal.document(conn, fork.device, 1)
        trunk = journal.document(conn, fork.device, fork.seq - 1)
        if not run or beginning is None or trunk is None:
            raise Refused(_("There is no second history of {name} here any more.").format(name=fork.name))
        chain = restate(run, decoded(beginning.body), (trunk.seq, trunk.hash), fork.letter)
        code = chain[0].device
        if letter_of_split(conn, run[0]) or journal.head(conn, code)[0]:
            raise Refused(_("The second history of {name} was split off already.").format(name=fork.name))
        journal.admit(conn, code, chain, (0, GENESIS))
        rest = [other for other in _beginning_so(conn, fork) if other != run]
        quarantine.let_go(conn, [doc for one in (run, *rest) for doc in one])
        for other in rest:  # histories that part from the second later on: from now on they are seconds of it
            divert_on(conn, other, (quarantine.source_name(fork.source), met(ledger)))
        return _split_off(conn, devices(conn)[code], len(run))


def _split_off(conn: Connection, device: Device, documents: int) -> SplitOff:
    mine = select(func.count()).select_from(REPEATED).where(REPEATED.c.device == device.code)
    return SplitOff(device.code, device.booth, device.name, documents, conn.scalar(mine) or 0)


def _seconds(held: Sequence[quarantine.Aside]) -> list[list[Document]]:
    """One run for each first document, the longest that begins with it."""
    longest: dict[tuple[int, str], list[Document]] = {}
    for run in quarantine.runs(held):
        key = (run[0].seq, run[0].hash)
        former = longest.get(key, [])
        if (len(run), run[-1].hash) > (len(former), former[-1].hash if former else ""):
            longest[key] = run
    return [longest[key] for key in sorted(longest)]


def _run(conn: Connection, fork: Fork) -> list[Document]:
    """The documents of the second history."""
    runs = _seconds(quarantine.aside(conn, fork.device, branches=True))
    return next((run for run in runs if (run[0].seq, run[0].hash) == (fork.seq, fork.hash)), [])


def _beginning_so(conn: Connection, fork: Fork) -> list[list[Document]]:
    """All that is kept of histories that begin as this one."""
    held = quarantine.aside(conn, fork.device, branches=True)
    return [run for run in quarantine.runs(held) if run[0].hash == fork.hash]


def _fork(conn: Connection, known: dict[str, Device], run: Sequence[Document], source: str) -> Fork:
    device, seq = known[run[0].device], run[0].seq
    ours, carts = _our_side(conn, device.code, seq)
    bodies = [decoded(doc.body) for doc in run]
    sold = [body for body in bodies if body["kind"] == "sale"]
    back = sum(body["total"] for body in bodies if body["kind"] == "refund")
    total = sum(body["total"] for body in sold) - back
    theirs = Side(len(run), len(sold), total, run[0].at, run[-1].at)
    both = sum(body["cart"] in carts for body in sold)
    names = (device.code, device.booth, device.name)
    start = journal.document(conn, device.code, 1)
    beginning = decoded(start.body) if start else {"booth": device.booth, "name": device.name}
    letter = _letter(beginning, {one.booth for one in known.values()})
    second = restated_names(beginning, letter)[1]
    return Fork(*names, seq, run[0].hash, letter, second, ours, theirs, both, source)


def _our_side(conn: Connection, device: str, seq: int) -> tuple[Side, set[str]]:
    """What stands in the books from `seq` on, and the carts that were sold there."""
    mine = (SALE.c.device == device, SALE.c.seq >= seq)
    back = select(func.coalesce(func.sum(REFUND.c.total), 0)).where(
        REFUND.c.device == device, REFUND.c.seq >= seq
    )
    sold = conn.execute(select(SALE.c.cart, SALE.c.total).where(*mine)).all()
    ends = select(func.count(), func.min(DOCUMENT.c.seq), func.max(DOCUMENT.c.seq))
    count, first, last = conn.execute(ends.where(DOCUMENT.c.device == device, DOCUMENT.c.seq >= seq)).one()
    moments = [
        doc.at if doc else "" for doc in (journal.document(conn, device, end) for end in (first, last) if end)
    ]
    total = sum(row.total for row in sold) - int(conn.scalar(back) or 0)
    return Side(count, len(sold), total, *(moments or ["", ""])), {row.cart for row in sold}


def _letter(beginning: Fields, taken: set[str]) -> str:
    """The first letter that makes a booth code nobody has."""
    free = (letter for letter in LETTERS if restated_names(beginning, letter)[0] not in taken)
    return next(free, LETTERS[-1])


def _cells(doc: Document | None) -> tuple[object, ...]:
    """What a row says of one document."""
    if doc is None:
        return ("", "", "", None, "")
    paper = paper_of(doc)
    return (paper.kind, paper.number, paper.at, paper.total, paper.code)

"""How far the books have come and whether they are whole: what an official paper may say of the ledger.

Nothing is said that was not looked at for it: every document is read again, numbers are counted, the papers
are added up against the sums, and these compared with what each closing of a shift says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

from sqlalchemy import Connection, func, select

from pos.ledger import Ledger, devices
from pos.model import Device
from pos.radar import radar
from pos.reports import Period, run_report
from pos.sync import Progress
from pos.tables import DEVICE, SALE, SHIFT, SHIFT_CLOSE
from pos.text import _
from pos.verify import verify

MOST_GAPS = 20  # named one by one


@dataclass(frozen=True, slots=True)
class ChainEnd:
    """Where one laptop's chain ends here: its last document, and how many receipts it has."""

    device: str
    booth: str
    name: str
    seq: int
    hash: str
    sales: int
    at: str
    role: str = "booth"


@dataclass(frozen=True, slots=True)
class Standing:
    """The ends of all chains, what is wrong with them, and what cannot be told.

    `faults` are sentences about documents that were changed, numbers that are missing, and closings that are
    not what their papers say. `open` are the booths whose last shift is not closed, so that no signed report
    speaks of their last sales; `lacking` those of which more is known to exist than is here, and how much;
    `parted` those that are the second history of a laptop, so that some of its numbers were given twice.
    """

    ends: tuple[ChainEnd, ...]
    faults: tuple[str, ...]
    open: tuple[str, ...]
    lacking: tuple[str, ...] = ()
    parted: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Nothing is wrong."""
        return not self.faults

    @property
    def booths(self) -> tuple[str, ...]:
        """The booths that have a chain here."""
        return tuple(dict.fromkeys(one.booth for one in self.ends if one.booth and one.role == "booth"))

    @property
    def sidik(self) -> str:
        """The fingerprint of all ends, as 12 hex digits in groups: `B41C-77D0-9E52`.

        Of the lines `device seq hash`, by device: whoever has the chains can make it again.
        """
        return sidik_of([(one.device, one.seq, one.hash) for one in self.ends])


def sidik_of(ends: list[tuple[str, int, str]]) -> str:
    """The fingerprint of the ends (device, seq, hash) of chains."""
    text = "".join(f"{device} {seq} {digest}\n" for device, seq, digest in sorted(ends))
    digits = sha256(text.encode()).hexdigest()[:12].upper()
    return f"{digits[:4]}-{digits[4:8]}-{digits[8:]}"


def standing(ledger: Ledger, progress: Progress | None = None) -> Standing:
    """Look at every chain from first to last. Raises WorldFailed when the ledger cannot be read."""
    checked = verify(ledger, progress=progress)
    with ledger.read() as conn:
        known = devices(conn)
        counted = select(SALE.c.device, func.count(), func.max(SALE.c.at)).group_by(SALE.c.device)
        sales = {device: (count, at) for device, count, at in conn.execute(counted)}
        opened = dict(
            conn.execute(select(SHIFT.c.device, func.max(SHIFT.c.seq)).group_by(SHIFT.c.device)).all()
        )
        closed = dict(
            conn.execute(
                select(SHIFT_CLOSE.c.device, func.max(SHIFT_CLOSE.c.seq)).group_by(SHIFT_CLOSE.c.device)
            ).all()
        )
        parted = _parted(conn)
    ends = [
        ChainEnd(
            device,
            checked.booths.get(device, ""),
            _name(known, device),
            seq,
            digest,
            *sales.get(device, (0, "")),
            known[device].role if device in known else "booth",
        )
        for device, (seq, digest) in checked.heads.items()
    ]
    unclosed = [one.booth for one in ends if _unclosed(one, opened, closed)]
    faults = [problem.message for problem in checked.problems]
    return Standing(
        tuple(sorted(ends, key=lambda one: (one.booth, one.device))),
        (*faults, *_missing(ledger, checked.booths), *_disagreeing(ledger), *_deviating(ledger)),
        tuple(sorted(set(unclosed))),
        _lacking(ledger),
        tuple(sorted(checked.booths.get(device, device) for device in parted)),
    )


def _name(known: dict[str, Device], device: str) -> str:
    return known[device].name if device in known else ""


def _unclosed(end: ChainEnd, opened: dict[str, int], closed: dict[str, int]) -> bool:
    """Whether something was sold of which no closing speaks."""
    return end.sales > 0 and closed.get(end.device, 0) <= opened.get(end.device, 0)


def _missing(ledger: Ledger, booths: Mapping[str, str]) -> list[str]:
    """The receipt numbers that are missing, counted from the receipts themselves and not from any sums.

    A history that was split off begins where it parted; its numbers before are those of the other.
    """
    query = select(SALE.c.device, func.min(SALE.c.number), func.max(SALE.c.number), func.count())
    said, told = _("{booth}: receipts {numbers} are missing."), []
    with ledger.read() as conn:
        parted = _parted(conn)
        for device, first, last, count in conn.execute(query.group_by(SALE.c.device)).all():
            before = first - 1 if device in parted else 0
            if count == last - before:
                continue
            mine = select(SALE.c.number).where(SALE.c.device == device).order_by(SALE.c.number)
            gaps = [
                f"{one + 1}" if other == one + 2 else f"{one + 1}–{other - 1}"
                for one, other in pairwise((before, *conn.scalars(mine)))
                if other > one + 1
            ]
            more = ["…"] if len(gaps) > MOST_GAPS else []
            told.append(
                said.format(booth=booths.get(device, device), numbers=", ".join(gaps[:MOST_GAPS] + more))
            )
    return told


def _parted(conn: Connection) -> set[str]:
    """The laptops whose chain is a second history that was split off."""
    return set(conn.scalars(select(DEVICE.c.device).where(DEVICE.c.restates == 1)))


def _lacking(ledger: Ledger) -> tuple[str, ...]:
    """The booths of which something is missing, as the radar sees it."""
    said = _("{booth} at least {count}")
    return tuple(
        said.format(booth=blip.booth or blip.device, count=blip.lacks) for blip in radar(ledger) if blip.lacks
    )


def _disagreeing(ledger: Ledger) -> list[str]:
    said = _("The sums are not those of the receipts: {sums}.")
    report = run_report(ledger, "cross-check", Period())
    wrong = [str(row[0]) for row in report.rows if row[-1]]
    return [said.format(sums=", ".join(wrong))] if wrong else []


def _deviating(ledger: Ledger) -> list[str]:
    said = _("{booth}, shift of {day}: the closing is not what its papers say.")
    report = run_report(ledger, "shifts", Period())
    keys = [column.key for column in report.columns]
    day, booth, off = keys.index("day"), keys.index("booth"), keys.index("deviation")
    return [said.format(booth=row[booth], day=row[day]) for row in report.rows if row[off]]

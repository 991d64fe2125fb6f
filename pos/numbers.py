"""Numbers of papers, one series without gaps per device and letter: the next one, and the paper of one."""

from __future__ import annotations

import re
from itertools import islice

from sqlalchemy import ColumnElement, Connection, Table, func, select

from pos.body import decoded
from pos.journal import documents_of
from pos.model import Document
from pos.tables import DEVICE

MOST_OF_ONE_NUMBER = 20

_NUMBER = re.compile(r"([!-~]+)-([A-Z]?)([0-9]{1,11})")  # ASCII, as every booth and laptop is called


def next_number(conn: Connection, series: Table, device: str, *only: ColumnElement[bool]) -> int:
    """The number after the last of `series` (a table of papers) on `device`; `only` narrows it down.

    Only inside the transaction that uses it.
    """
    mine = (series.c.device == device, *only)
    return (conn.scalar(select(func.max(series.c.number)).where(*mine)) or 0) + 1


def parts_of(number: str) -> tuple[str, str, int] | None:
    """`S03K7`, `Z` and 1 of `S03K7-Z00001` (any case), the letter of a sale being ""; None for no number."""
    parts = _NUMBER.fullmatch(number.strip().upper())
    return (parts[1], parts[2], int(parts[3])) if parts else None


def letter_of(number: str) -> str | None:
    """The letter of the series of a number, "" of a sale's; None for what is no number."""
    parts = parts_of(number)
    return parts[1] if parts else None


def numbered(
    conn: Connection, papers: Table, letter: str, number: str, *only: ColumnElement[bool]
) -> Document | None:
    """The document of the one of `papers`, a series with this letter, that bears `number` (any case)."""
    return next(iter(all_numbered(conn, papers, letter, number, *only)), None)


def booths_of(conn: Connection) -> dict[str, str]:
    """The booth of each laptop as it is called now, by its code."""
    return dict(conn.execute(select(DEVICE.c.device, DEVICE.c.booth)).all())


def paper_booths(conn: Connection) -> dict[str, str]:
    """The booth that the papers of each laptop bear, by its code. A history that was split off has a name of
    its own since; its papers were printed before that, under the name of the laptop it parted from.
    """
    rows = conn.execute(select(DEVICE.c.device, DEVICE.c.booth, DEVICE.c.of_device, DEVICE.c.restates)).all()
    booths = {row.device: row.booth for row in rows}
    parted = {row.device: row.of_device for row in rows if row.restates and row.of_device in booths}
    for device in parted:
        root, steps = device, len(parted)  # no more steps than there are: a foreign file may name a circle
        while root in parted and steps:
            root, steps = parted[root], steps - 1
        booths[device] = booths[root] if root not in parted else booths[device]
    return booths


def all_numbered(
    conn: Connection, papers: Table, letter: str, number: str, *only: ColumnElement[bool]
) -> list[Document]:
    """All of them: two histories of one laptop may each have a paper with that number (pos/forks.py).

    A paper bears the booth that its own body names: of a history that was split off, not what that is called
    since. Where an older one names none it is that of its laptop.
    """
    parts = parts_of(number)
    if parts is None or parts[1] != letter:
        return []
    (prefix, _letter, n), device = parts, papers.c.device
    query = documents_of(papers).join(DEVICE, DEVICE.c.device == device).add_columns(DEVICE.c.booth)
    query = query.where(papers.c.number == n, func.substr(device, 1, 2) == prefix[-2:], *only)
    docs = ((Document(*row), booth) for *row, booth in conn.execute(query.order_by(device, papers.c.seq)))
    own = (doc for doc, booth in docs if decoded(doc.body).get("booth", booth) == prefix[:-2])
    return list(islice(own, MOST_OF_ONE_NUMBER))

"""Numbers of papers, one series without gaps per device and letter: the next one, and the paper of one."""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, Connection, Table, func, select

from pos.journal import documents_of
from pos.model import Document
from pos.tables import DEVICE

MOST_OF_ONE_NUMBER = 20

_NUMBER = re.compile(r"(\S+)-([A-Z]?)([0-9]{1,11})")


def next_number(conn: Connection, series: Table, device: str, *only: ColumnElement[bool]) -> int:
    """The number after the last of `series` (a table of papers) on `device`; `only` narrows it down.

    Only inside the transaction that uses it.
    """
    mine = (series.c.device == device, *only)
    return (conn.scalar(select(func.max(series.c.number)).where(*mine)) or 0) + 1


def letter_of(number: str) -> str | None:
    """The letter of the series of `S03K7-Z00001` (any case), "" of a sale's; None for what is no number."""
    parts = _NUMBER.fullmatch(number.strip().upper())
    return parts[2] if parts else None


def numbered(
    conn: Connection, papers: Table, letter: str, number: str, *only: ColumnElement[bool]
) -> Document | None:
    """The document of the one of `papers`, a series with this letter, that bears `number` (any case)."""
    return next(iter(all_numbered(conn, papers, letter, number, *only)), None)


def all_numbered(
    conn: Connection, papers: Table, letter: str, number: str, *only: ColumnElement[bool]
) -> list[Document]:
    """All of them: two histories of one laptop may each have a paper with that number (pos/forks.py)."""
    parts = _NUMBER.fullmatch(number.strip().upper())
    if parts is None or parts[2] != letter:
        return []
    query, booth = documents_of(papers), papers.c.get("booth")
    if booth is None:
        query, booth = query.join(DEVICE, DEVICE.c.device == papers.c.device), DEVICE.c.booth
    prefix = booth + func.substr(papers.c.device, 1, 2)
    query = query.where(papers.c.number == int(parts[3]), prefix == parts[1], *only)
    found = query.order_by(papers.c.device, papers.c.seq).limit(MOST_OF_ONE_NUMBER)
    return [Document(*row) for row in conn.execute(found)]

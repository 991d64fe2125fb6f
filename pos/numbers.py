"""Numbers of papers: one series without gaps per device and kind."""

from __future__ import annotations

from sqlalchemy import Connection, Table, func, select


def next_number(conn: Connection, series: Table, device: str) -> int:
    """The number after the last of `series` (a table of papers) on `device`.

    Only inside the transaction that uses it.
    """
    return (conn.scalar(select(func.max(series.c.number)).where(series.c.device == device)) or 0) + 1

"""A ledger as it stands at one moment: the sheets of a workbook agree while the till goes on selling."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection

from pos.faults import told
from pos.ledger import Ledger


@dataclass(slots=True, kw_only=True)
class _Snapshot(Ledger):
    """A ledger of which every reader gets the same view."""

    view: Connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """The one view. Its faults are the ledger's, also while another file is being written."""
        with told(self.name):
            yield self.view


@contextmanager
def snapshot(ledger: Ledger) -> Iterator[Ledger]:
    """The ledger as it is now, for reading. Sales that are made until the block ends are not seen in it."""
    with ledger.read() as conn:
        if conn.dialect.name == "postgresql":  # its own default shows each statement the newest state
            conn.execution_options(isolation_level="REPEATABLE READ")
        yield _Snapshot(ledger.name, ledger.engine, ledger.clock, ledger.device, ledger.path, view=conn)

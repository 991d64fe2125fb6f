"""Tables that only a central database has: what booths hand in, and whose turn it is."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, MetaData, Table, Text

SERVER_METADATA = MetaData()

_TEXT = Text(collation="C")

# Documents as booths hand them in; the office takes them from here through the one door (pos/inbox.py).
INBOX = Table(
    "inbox",
    SERVER_METADATA,
    Column("device", _TEXT, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", _TEXT, nullable=False),
    Column("at", _TEXT, nullable=False),
    Column("hash", _TEXT, nullable=False),
    Column("body", _TEXT, nullable=False),
    Column("private", _TEXT),
)
# One row. Who adds documents holds it together with others; who makes tables anew holds it alone.
TURN = Table("turn", SERVER_METADATA, Column("name", _TEXT, primary_key=True))

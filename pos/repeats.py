"""What two chains tell both is counted once.

A restated history may tell what another chain tells too: an office that met the other one first has both the
other way round, or the same cart was sold on both sides. Which of them counts does not hang on which came
first: a document in the chain it was made for, before one that restates it, and of two that restate it the
one of the lower device code. Restated chains are short; when what is counted in one changes, all of its rows
are made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, and_, exists, or_, select

from pos import derive, rows
from pos.body import decoded
from pos.derive.shapes import Rows
from pos.model import Document
from pos.tables import CARDS, DEVICE, DOCUMENT, ERASURE, ORIGIN, REFUND, REPEATED, SALE


def settle(conn: Connection, device: str) -> None:
    """Count once what `device` and the chains that restate its documents, or it restates, tell both.

    In the transaction in which documents of `device` were stored and added up.
    """
    for code in _family(conn, device):
        _settle(conn, code)


def settle_all(conn: Connection) -> None:
    """The same for every chain."""
    for code in conn.scalars(select(DEVICE.c.device).where(DEVICE.c.restates == 1)).all():
        _settle(conn, code)


def insert(conn: Connection, docs: Sequence[Document], made: Rows) -> Rows:
    """Store the rows of documents that were just stored in a restated chain, but for what is counted in
    another: what was once put in not everybody may take out again. Returns the rows that count.
    """
    device, always = docs[0].device, (DEVICE, ORIGIN, ERASURE, *CARDS)
    rows.insert(conn, {table: found if table in always else [] for table, found in made.items()})
    left = set[int]()
    if _may(conn, "repeated", "INSERT"):
        left.update(seq for seq in _found(conn, device) if seq >= docs[0].seq)
    counted = made
    if left:
        counted = derive.no_rows()
        for doc in docs:
            if doc.seq not in left:
                derive.derive(doc, decoded(doc.body), counted)
    rows.insert(conn, {table: [] if table in always else found for table, found in counted.items()})
    rows.note_repeated(conn, device, sorted(left))
    return counted


def _family(conn: Connection, device: str) -> Iterable[str]:
    """The restated chains that go back to the same one as `device` does."""
    pairs = select(DEVICE.c.device, DEVICE.c.of_device).where(DEVICE.c.restates == 1)
    of = {row.device: row.of_device for row in conn.execute(pairs)}
    if not of:
        return ()
    return sorted(code for code in of if _root(of, code) == _root(of, device))


def _root(of: dict[str, str], device: str) -> str:
    seen = {device}
    while device in of and of[device] not in seen:
        device = of[device]
        seen.add(device)
    return device


def _settle(conn: Connection, device: str) -> None:
    found, known = _found(conn, device), _known(conn, device)
    if found != known and _may(conn, "sale", "DELETE"):
        _make_anew(conn, device, found)


def unsettled(conn: Connection) -> list[str]:
    """The chains of which something is counted twice, for whoever wrote last may not take anything out."""
    codes = conn.scalars(select(DEVICE.c.device).where(DEVICE.c.restates == 1)).all()
    return [code for code in codes if _found(conn, code) != _known(conn, code)]


def _may(conn: Connection, table: str, right: str) -> bool:
    """Whether rows may be put in or taken out; the office's login of a server may only add
    (pos/server_rights.py). What was counted before it turned out to be told twice is then taken out with the
    next merge of the database's owner, and doctor says so until then.
    """
    if conn.dialect.name != "postgresql":
        return True
    asked = "SELECT has_table_privilege(%s, %s)"
    return bool(conn.exec_driver_sql(asked, (table, right)).scalar_one())


def _found(conn: Connection, device: str) -> list[int]:
    same = _same_elsewhere(conn, device)
    return sorted(same | _sold_elsewhere(conn, device, same))


def _known(conn: Connection, device: str) -> list[int]:
    return sorted(conn.scalars(select(REPEATED.c.seq).where(REPEATED.c.device == device)))


def _same_elsewhere(conn: Connection, device: str) -> set[int]:
    """What is told in a chain that comes before, too: the very same document."""
    other = ORIGIN.alias("other")
    there = and_(
        DOCUMENT.c.device == ORIGIN.c.of_device,
        DOCUMENT.c.seq == ORIGIN.c.of_seq,
        DOCUMENT.c.hash == ORIGIN.c.of_hash,
    )
    same = and_(other.c.of_seq == ORIGIN.c.of_seq, other.c.of_hash == ORIGIN.c.of_hash)
    twin = and_(other.c.of_device == ORIGIN.c.of_device, other.c.device < ORIGIN.c.device, same)
    told = or_(exists().where(there), exists().where(twin))
    return set(conn.scalars(select(ORIGIN.c.seq).where(ORIGIN.c.device == device, told)))


def _sold_elsewhere(conn: Connection, device: str, same: set[int]) -> set[int]:
    """The sales whose cart is sold in a chain that comes before. One that was voided in its own chain is no
    sale of the cart, here or there: it counts with its void.
    """
    other, sale = ORIGIN.alias("other"), SALE.alias("sold")
    mine = (ORIGIN.c.device == device, ORIGIN.c.cart != "")
    void = and_(REFUND.c.sale_device == sale.c.device, REFUND.c.sale_seq == sale.c.seq, REFUND.c.void == 1)
    sold = and_(sale.c.device == ORIGIN.c.of_device, sale.c.cart == ORIGIN.c.cart)
    stands = ~exists().where(void, REFUND.c.device == sale.c.device)
    found = set(conn.scalars(select(ORIGIN.c.seq).where(*mine, exists().where(sold, stands))))
    twin = and_(other.c.of_device == ORIGIN.c.of_device, other.c.cart == ORIGIN.c.cart)
    both = select(ORIGIN.c.seq, other.c.device, other.c.seq.label("place")).join(other, twin)
    no_sale: dict[str, set[int]] = {}  # of the other chain: what counts elsewhere, or was voided in it
    for seq, code, place in conn.execute(both.where(*mine, other.c.device < ORIGIN.c.device)).all():
        if seq in same or seq in found:
            continue
        if code not in no_sale:
            no_sale[code] = _same_elsewhere(conn, code) | _voided(conn, code)
        if place not in no_sale[code]:
            found.add(seq)
    found -= same
    return found - _voided(conn, device) if found else found


def _voided(conn: Connection, device: str) -> set[int]:
    """The sales of a restated chain that were voided in it, by its documents: not all of them make rows."""
    mine = (DOCUMENT.c.device == device, DOCUMENT.c.kind == "refund")
    bodies = [decoded(body) for body in conn.scalars(select(DOCUMENT.c.body).where(*mine))]
    of = [one.get("of") for one in bodies if one.get("void") is True]  # a newer program's may have none
    return {one["seq"] for one in of if isinstance(one, dict) and one.get("device") == device}


def _make_anew(conn: Connection, device: str, repeated: list[int]) -> None:
    """All rows of `device`, without those of the documents in `repeated`."""
    made, left = derive.no_rows(), set(repeated)
    chain = select(DOCUMENT).where(DOCUMENT.c.device == device).order_by(DOCUMENT.c.seq)
    last = 0
    for row in conn.execute(chain):
        doc = Document(*row)
        last = doc.seq
        if doc.seq not in left:
            derive.derive(doc, decoded(doc.body), made)
    rows.withdraw(conn, device)
    rows.restore(conn, made, (device, 1, last), repeated)

"""What institutions were settled with: the sheets as nouns, and how each institution stands.

A sheet counts what no sheet before it has counted, laptop by laptop: it says up to which document of each.
So what comes in later, from wherever, stands on the next sheet by itself, and all sheets together come to the
sales. The rule that shares the money out is that of the day of each sale; what goods cost is what stood on
the sold line. Parts are rounded over all sheets together, so that no rupiah is lost between them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import pairwise

from sqlalchemy import ColumnElement, Connection, Table, func, select

from pos.balances import devices_of
from pos.body import decoded
from pos.columns import added, plain_rows
from pos.derive.settling import SUMS
from pos.journal import documents_of
from pos.ledger import Ledger
from pos.model import Document, Fields, paper_number
from pos.money import Rupiah
from pos.numbers import numbered
from pos.remittances import Account
from pos.restate import printed_hash
from pos.settled_tables import SETTLED, SETTLEMENT, SPLIT
from pos.shares import Money, Split, added_up, share_out, split_on
from pos.sum_tables import BLOCK_UNIT, DAY_UNIT
from pos.tables import DOCUMENT

LETTER = "U"  # of the series of sheets
MONEY = (
    "qty",
    "total",
    "cost",
    "uncosted",
    "unsplit",
)  # columns of DAY_UNIT and BLOCK_UNIT, in the order of shares.Money


@dataclass(frozen=True, slots=True)
class Goods:
    """Pieces of one product since the exhibition began, and the Rupiah that they brought.

    `sold` is before what came `back`; `lost` are `damaged` pieces, samples and gifts.
    """

    sku: str
    name: str
    unit: str
    received: int
    sold: int
    back: int
    lost: int
    damaged: int
    returned: int
    counted: int
    left: int
    total: Rupiah


@dataclass(frozen=True, slots=True)
class Counted:
    """What a sheet counts of one laptop under one rule: its documents behind `after` up to `last`."""

    device: str
    since: str
    after: int
    last: int
    money: Money


@dataclass(frozen=True, slots=True)
class Sharing:
    """How the money under one rule is shared out: Rupiah beside each of the rule's parts."""

    rule: Split
    money: Money
    amounts: tuple[Rupiah, ...]


@dataclass(frozen=True, slots=True)
class Settlement:
    """A sheet: final as it stands in the journal, or with number 0 as it would be now.

    `before` are the numbers of the sheets before it; `account` and `percent` say how the institution stands
    with what was paid out to it.
    """

    device: str
    seq: int
    number: int
    booth: str
    day: date
    at: datetime
    institution: str
    institution_name: str
    cashier_name: str
    partner: str
    goods: tuple[Goods, ...]
    counted: tuple[Counted, ...]
    sharings: tuple[Sharing, ...]
    before: tuple[str, ...]
    account: Account
    percent: int
    hash: str

    @property
    def receipt(self) -> str:
        """The number people see, such as `K01K7-U00001`."""
        return paper_number(self.booth, self.device, LETTER, self.number)

    @property
    def code(self) -> str:
        """Kode periksa, as on a sale."""
        return self.hash[:8].upper()

    @property
    def money(self) -> Money:
        """All that this sheet counts."""
        return added_up(one.money for one in self.counted)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one institution stands: all it brought, what sheets have counted of it, and the parts of the whole.

    `parts` is empty where nothing can be shared out, for nobody said what any piece had cost.
    """

    money: Money
    settled: Money
    parts: Mapping[str, Rupiah]
    sheets: int = 0
    last: str = ""  # the number of its newest sheet

    @property
    def open(self) -> Rupiah:
        """Turnover that no sheet has counted yet; below 0 more came back than was sold since."""
        return self.money.turnover - self.settled.turnover


def splits(conn: Connection) -> list[Split]:
    """The rules that this ledger knows, from the first to the last; of two for a day the higher is last."""
    order = (SPLIT.c.since, SPLIT.c.revision, SPLIT.c.at, SPLIT.c.device, SPLIT.c.seq)
    return [
        Split(row.since, row.base, tuple((part, percent) for part, percent in json.loads(row.shares)))
        for row in conn.execute(select(SPLIT).order_by(*order))
    ]


def standings(conn: Connection, booth: str = "", institution: str = "") -> dict[str, Standing]:
    """How each institution that sold anything or has a sheet stands, by code; narrowed down by the two."""
    rules = splits(conn)
    devices = devices_of(conn, booth) if booth else None
    sold = _by_rule(conn, rules, devices, institution)
    settled = _settled(conn, devices)
    sheets = _sheets(conn)
    found = {}
    for unit in sorted({*sold, *settled}):
        if not institution or unit == institution:
            some = sold.get(unit, {})
            money = added_up(some.values())
            found[unit] = Standing(
                money, settled.get(unit, Money()), _parts(some), *sheets.get(unit, (0, ""))
            )
    return found


def shared_out(rules: Mapping[Split, Money]) -> dict[str, Rupiah]:
    """Rupiah for each part of what was sold under these rules."""
    parts: dict[str, Rupiah] = {}
    for rule, money in rules.items():
        for (part, _percent), amount in zip(rule.shares, share_out(rule, money), strict=True):
            parts[part] = parts.get(part, 0) + amount
    return parts


def _parts(rules: Mapping[Split, Money]) -> dict[str, Rupiah]:
    """As `shared_out`; nothing where the cost of every piece is unknown."""
    whole = added_up(rules.values())
    if not any(rule.of(money) for rule, money in rules.items()) and whole.uncosted:
        return {}
    return shared_out(rules)


def _by_rule(
    conn: Connection, rules: Sequence[Split], devices: Sequence[str] | None, institution: str
) -> dict[str, dict[Split, Money]]:
    """Money by institution and the rule of the day on which it came in.

    Under most rules no other one began meanwhile: then it is that of all blocks of the chains. Only what was
    sold since the second rule is added up by days; what is left was sold under the first.
    """
    ends = (select(one(DAY_UNIT.c.day)).scalar_subquery() for one in (func.min, func.max))  # look-ups, alone
    first, last = conn.execute(select(*ends)).one()
    later = sorted({rule.since for rule in rules if first is not None and first < rule.since <= last})
    found: dict[str, dict[Split, Money]] = {}
    whole = _sums(conn, BLOCK_UNIT, devices, institution)
    for since, until in pairwise([*later, ""]):
        of_days = (DAY_UNIT.c.day >= since, *((DAY_UNIT.c.day < until,) if until else ()))
        for unit, money in _sums(conn, DAY_UNIT, devices, institution, *of_days).items():
            found.setdefault(unit, {})[split_on(rules, since)] = money
    for unit, money in whole.items():
        mine = found.setdefault(unit, {})
        rest = money - added_up(mine.values())
        if rest != Money() or not mine:
            mine[split_on(rules, first)] = rest
    return found


def _sums(
    conn: Connection,
    table: Table,
    devices: Sequence[str] | None,
    institution: str,
    *wanted: ColumnElement[bool],
) -> dict[str, Money]:
    """Money by institution."""
    unit = table.c.institution
    query = select(unit, *(added(table.c[name]) for name in MONEY)).where(*wanted).group_by(unit)
    if devices is not None:
        query = query.where(table.c.device.in_(devices))
    if institution:
        query = query.where(unit == institution)
    return {code: Money(*sums) for code, *sums in plain_rows(conn, query)}


def _settled(conn: Connection, devices: Sequence[str] | None) -> dict[str, Money]:
    """What sheets have counted, by institution."""
    query = select(SETTLED.c.institution, *(added(SETTLED.c[name]) for name in SUMS))
    if devices is not None:
        query = query.where(SETTLED.c.of_device.in_(devices))
    return {unit: Money(*sums) for unit, *sums in conn.execute(query.group_by(SETTLED.c.institution))}


def _sheets(conn: Connection) -> dict[str, tuple[int, str]]:
    """How many sheets each institution has, and the number of the newest."""
    columns = (SETTLEMENT.c.institution, SETTLEMENT.c.booth, SETTLEMENT.c.device, SETTLEMENT.c.number)
    order = (SETTLEMENT.c.at, SETTLEMENT.c.device, SETTLEMENT.c.seq)
    found: dict[str, tuple[int, str]] = {}
    for unit, booth, device, number in conn.execute(select(*columns).order_by(*order)):
        count, _before = found.get(unit, (0, ""))
        found[unit] = (count + 1, paper_number(booth, device, LETTER, number))
    return found


def settlements_of(ledger: Ledger, institution: str) -> list[Settlement]:
    """The sheets of an institution, oldest first."""
    query = documents_of(SETTLEMENT).where(SETTLEMENT.c.institution == institution)
    order = (DOCUMENT.c.at, DOCUMENT.c.device, DOCUMENT.c.seq)
    with ledger.read() as conn:
        return [read_settlement(Document(*row)) for row in conn.execute(query.order_by(*order))]


def find_settlement(ledger: Ledger, number: str) -> Settlement | None:
    """The sheet with this number (`K01K7-U00001`, any case), or None."""
    with ledger.read() as conn:
        doc = numbered(conn, SETTLEMENT, LETTER, number)
    return read_settlement(doc) if doc else None


def read_settlement(doc: Document) -> Settlement:
    """The sheet that a document holds."""
    body = decoded(doc.body)
    at, digest = datetime.fromisoformat(doc.at), printed_hash(body, doc.hash)
    return settlement_of(body, doc.device, doc.seq, at, digest)


def settlement_of(body: Fields, device: str, seq: int, at: datetime, digest: str) -> Settlement:
    """The sheet of a body, also of one that is not put down yet."""
    return Settlement(
        device=device,
        seq=seq,
        number=body["number"],
        booth=body["booth"],
        day=date.fromisoformat(body["day"]),
        at=at,
        institution=body["institution"],
        institution_name=body["names"]["institution"],
        cashier_name=body["names"].get("cashier", ""),
        partner=body["partner"],
        goods=tuple(Goods(**one) for one in body["goods"]),
        counted=tuple(
            Counted(one["device"], one["since"], one["after"], one["last"], money_of(one))
            for one in body["counted"]
        ),
        sharings=tuple(_sharing(one) for one in body["splits"]),
        before=tuple(one["number"] for one in body["before"]),
        account=Account(**body["account"]),
        percent=body["percent"],
        hash=digest,
    )


def money_of(fields: Fields) -> Money:
    """The money that `money_fields` wrote."""
    return Money(*(fields[name] for name in SUMS))


def money_fields(money: Money) -> Fields:
    """Money as it stands in a body."""
    return asdict(money)


def _sharing(fields: Fields) -> Sharing:
    parts = fields["parts"]
    shares = tuple((one["part"], one["percent"]) for one in parts)
    rule = Split(fields["since"], fields["base"], shares)
    return Sharing(rule, money_of(fields), tuple(one["amount"] for one in parts))


def newest_head(conn: Connection, institution: str) -> dict[str, int]:
    """Up to which document of each laptop the sheets of an institution have counted."""
    of = SETTLED.c.of_device
    query = select(of, func.max(SETTLED.c.last_seq)).where(SETTLED.c.institution == institution).group_by(of)
    return {row[0]: row[1] for row in conn.execute(query)}

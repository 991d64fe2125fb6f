"""The tables of a ledger: the journal, all that is derived from it, and the little that is local.

The same definitions serve SQLite and PostgreSQL. Text compares by bytes on both, so that "the higher card
wins" means the same everywhere. Whoever changes a table raises its version in pos/mark.py.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text

_INT = BigInteger().with_variant(Integer(), "sqlite")
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")

METADATA = MetaData()


def _key(name: str, *, text: bool = False) -> Column[int] | Column[str]:
    if text:
        return Column(name, _TEXT, primary_key=True)
    return Column(name, _INT, primary_key=True, autoincrement=False)


def _text(name: str, *, null: bool = False) -> Column[str]:
    return Column(name, _TEXT, nullable=null)


def _int(name: str, *, null: bool = False) -> Column[int]:
    return Column(name, _INT, nullable=null)


def _table(name: str, *columns: Column[int] | Column[str] | Index, rowid: bool = False) -> Table:
    return Table(name, METADATA, *columns, sqlite_strict=True, sqlite_with_rowid=rowid)


# Bodies are long, so this one keeps SQLite's row ids: its key is then a small index beside the rows.
DOCUMENT = _table(
    "document",
    _key("device", text=True),
    _key("seq"),
    _text("kind"),
    _text("at"),
    _text("hash"),
    _text("body"),
    _text("private", null=True),
    rowid=True,
)

# Local to this machine, never synced: which device this is, settings; carts that are no sales yet; lines that
# were taken out of carts, for the shift's report.
SETTING = _table("setting", _key("name", text=True), _text("value"))
DRAFT = _table(
    "draft",
    _key("cart", text=True),
    _text("at"),
    _text("name"),
    _text("state"),
    _int("selected"),
    _text("body"),
)
REMOVAL = _table(
    "removal",
    _key("id", text=True),
    _text("at"),
    _text("cashier"),
    _int("shift", null=True),
    _text("cart"),
    _text("sku"),
    _text("name"),
    _int("qty"),
    _int("amount"),
    _int("undone"),
)

DEVICE = _table(
    "device",
    _key("device", text=True),
    _int("seq"),
    _text("role"),
    _text("booth"),
    _text("name"),
    _text("institution"),
    _text("event"),
    _int("sample"),
    _text("at"),
)


def _card(name: str, *columns: Column[int] | Column[str]) -> Table:
    """A table of cards, where of two with the same key the higher (revision, at, device, seq) stands."""
    return _table(name, *columns, _int("revision"), _text("at"), _text("device"), _int("seq"))


def _lines(name: str) -> Table:
    """A table of lines, as they were sold or came back."""
    return _table(
        name,
        _key("device", text=True),
        _key("seq"),
        _key("line"),
        _text("day"),
        _text("sku"),
        _text("name"),
        _text("category"),
        _text("institution"),
        _text("unit"),
        _int("qty"),
        _int("price"),
        _int("total"),
        _int("discount"),
        _int("cost", null=True),
        _int("bundle"),
    )


INSTITUTION = _card("institution", _key("code", text=True), _text("name"), _text("short"), _text("regency"))
STAFF = _card("staff", _key("code", text=True), _text("name"), _text("role"), _text("pin"))
PRODUCT = _card(
    "product",
    _key("sku", text=True),
    _text("name"),
    _text("category"),
    _text("unit"),
    _int("price"),
    _text("institution"),
    _text("barcode"),
    _int("cost", null=True),
    _text("aliases"),
    _text("components"),
    _text("image"),
    _int("active"),
    _int("position"),
)

SHIFT = _table(
    "shift",
    _key("device", text=True),
    _key("seq"),
    _text("day"),
    _text("at"),
    _text("cashier"),
    _int("float_cash"),
)

SALE = _table(
    "sale",
    _key("device", text=True),
    _key("seq"),
    _int("number"),
    _text("booth"),
    _text("day"),
    _text("at"),
    _text("cashier"),
    _int("shift", null=True),
    _text("cart"),
    _text("buyer"),
    _int("qty"),
    _int("discount"),
    _int("total"),
    Index("sale_number", "device", "number", unique=True),
    Index("sale_cart", "device", "cart", unique=True),
)
# Lines and payments repeat the sale's day, so that their sums need no join.
SALE_LINE = _lines("sale_line")
PAYMENT = _table(
    "payment",
    _key("device", text=True),
    _key("seq"),
    _key("part"),
    _text("day"),
    _text("method"),
    _int("amount"),
    _int("tendered"),
    _text("reference"),
)
# Goods and money that went back. `line` is the place of the sale's line; money goes back as in `payment`.
REFUND = _table(
    "refund",
    _key("device", text=True),
    _key("seq"),
    _int("number"),
    _text("booth"),
    _text("day"),
    _text("at"),
    _text("cashier"),
    _int("shift", null=True),
    _text("sale_device"),
    _int("sale_seq"),
    _int("void"),
    _text("reason"),
    _int("qty"),
    _int("discount"),
    _int("total"),
    Index("refund_number", "device", "number", unique=True),
    Index("refund_sale", "sale_device", "sale_seq"),
)
REFUND_LINE = _lines("refund_line")
REFUND_PAYMENT = _table(
    "refund_payment",
    _key("device", text=True),
    _key("seq"),
    _key("part"),
    _text("day"),
    _text("method"),
    _int("amount"),
)
# Stock slips, the components of sold bundles, and what came back. A plain sold line
# is its own movement.
MOVEMENT = _table(
    "movement",
    _key("device", text=True),
    _key("seq"),
    _key("line"),
    _key("part"),
    _text("reason"),
    _text("sku"),
    _text("institution"),
    _int("qty"),
    _int("amount"),
)

# Sums that commute, kept while documents are applied, so that no report walks a million sales.
DAY_ITEM = _table(
    "day_item",
    _key("day", text=True),
    _key("device", text=True),
    _key("institution", text=True),
    _key("sku", text=True),
    _text("name"),
    _text("category"),
    _int("lines"),
    _int("qty"),
    _int("discount"),
    _int("total"),
    _int("cost"),
    _int("uncosted"),
)
DAY_PAYMENT = _table(
    "day_payment",
    _key("day", text=True),
    _key("device", text=True),
    _key("method", text=True),
    _int("count"),
    _int("amount"),
)
DAY_CASHIER = _table(
    "day_cashier",
    _key("day", text=True),
    _key("device", text=True),
    _key("cashier", text=True),
    _key("hour"),
    _int("sales"),
    _int("qty"),
    _int("total"),
)
STOCK = _table("stock", _key("device", text=True), _key("sku", text=True), _int("qty"))

SUMS = (DAY_ITEM, DAY_PAYMENT, DAY_CASHIER, STOCK)
CARDS = (INSTITUTION, STAFF, PRODUCT)
FACTS = (DEVICE, SHIFT, SALE, SALE_LINE, PAYMENT, REFUND, REFUND_LINE, REFUND_PAYMENT, MOVEMENT)
DERIVED = (*FACTS, *CARDS, *SUMS)

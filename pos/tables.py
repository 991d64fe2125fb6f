"""The tables of a ledger that travel: the journal, and all that is derived from it.

The same definitions serve SQLite and PostgreSQL. Whoever changes a table raises its version in pos/mark.py.
What is local to a machine lies in pos/local_tables.py.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Index, Table
from sqlalchemy import text as text_clause

from pos.columns import card, key, paper, table, text, text_key, whole
from pos.label_tables import MAKER
from pos.noted_tables import CLOCK_BACK, NOTED, PRICED, UNFOUNDED
from pos.settled_tables import PNBP, SETTLED, SETTLED_PART, SETTLEMENT, SPLIT, TARGET
from pos.sum_tables import BLOCK_UNIT, DAY_SHARE, DAY_UNIT, ITEM, MOVED, SHIFT_SUM

# Bodies are long, so this one keeps SQLite's row ids: its key is then a small index beside the rows.
DOCUMENT = table(
    "document",
    text_key("device"),
    key("seq"),
    text("kind"),
    text("at"),
    text("hash"),
    text("body"),
    text("private", null=True),
    rowid=True,
)

# `of_device` and `of_seq` name where another chain had come to when this one went on from it; `restates`:
# its documents are those of a history that parted there (pos/restate.py). `event` may be long and is the same
# of all laptops of an exhibition: it lies last, `event_hash` tells whether another one is needed, and SQLite
# keeps its row ids, for in a small index no look-up meets it.
DEVICE = table(
    "device",
    text_key("device"),
    whole("seq"),
    text("role"),
    text("booth"),
    text("name"),
    text("institution"),
    whole("sample"),
    text("at"),
    text("of_device"),
    whole("of_seq"),
    whole("restates"),
    text("event_hash"),
    text("event"),
    rowid=True,
)


def _lines(name: str, *more: Column[int]) -> Table:
    """A table of lines, as they were sold or came back."""
    return table(
        name,
        text_key("device"),
        key("seq"),
        key("line"),
        text("day"),
        text("sku"),
        text("name"),
        text("category"),
        text("institution"),
        text("unit"),
        whole("qty"),
        whole("price"),
        whole("total"),
        whole("discount"),
        whole("cost", null=True),
        whole("bundle"),
        *more,
    )


INSTITUTION = card("institution", text_key("code"), text("name"), text("short"), text("regency"))
STAFF = card("staff", text_key("code"), text("name"), text("role"), text("pin"))
PRODUCT = card(
    "product",
    text_key("sku"),
    text("name"),
    text("category"),
    text("unit"),
    whole("price"),
    text("institution"),
    text("barcode"),
    whole("cost", null=True),
    text("aliases"),
    text("components"),
    text("image"),
    whole("active"),
    whole("position"),
    whole("choose"),  # of the components, how many pieces one bundle holds; 0: all of them
    text("facts"),  # what labels tell: pos/label_facts.py
)
# How many of a product may be ordered for a day at a booth; 0 closes its orders.
QUOTA = card("quota", text_key("booth"), text_key("sku"), text_key("day"), whole("most"))
# Why nobody sells on a day; the office says so of all booths, in a row without one. No reason: it is open.
CLOSED_DAY = card("closed_day", text_key("booth"), text_key("day"), text("reason"))

SHIFT = table(
    "shift",
    text_key("device"),
    key("seq"),
    text("day"),
    text("at"),
    text("cashier"),
    whole("float_cash"),
)
# `shift` is the seq of the shift's opening; `first_seq` to `last_seq` the documents that it holds, `net` what
# they sold less what came back. What it told people stands behind: receipts, their Rupiah and discount, what
# came back, the float and the cash sales; `uncounted`: nobody counted the drawer.
SHIFT_CLOSE = paper(
    "shift_close",
    whole("counted"),
    whole("expected"),
    text("reason"),
    whole("first_seq"),
    whole("last_seq"),
    whole("net"),
    whole("told_sales"),
    whole("told_total"),
    whole("told_discount"),
    whole("told_back"),
    whole("told_float"),
    whole("told_cash"),
    whole("uncounted"),
    Index("shift_close_shift", "device", "shift"),
)
# Money that went into the drawer (above 0) or out of it beside sales. kind: in, out, bank (to the treasurer).
CASH = paper("cash", text("kind"), whole("amount"), text("reason"))
# What was paid to an institution for its goods; by cash it came out of the drawer of `shift`.
REMITTANCE = paper(
    "remittance", text("institution"), text("method"), whole("amount"), text("reference"), text("partner")
)

_OFF = text_clause("discount > 0")
_SOME_OFF: dict[str, Any] = {"sqlite_where": _OFF, "postgresql_where": _OFF}

SALE = table(
    "sale",
    text_key("device"),
    key("seq"),
    whole("number"),
    text("booth"),
    text("day"),
    text("at"),
    text("cashier"),
    whole("shift", null=True),
    text("cart"),
    text("buyer"),
    whole("qty"),
    whole("discount"),
    whole("total"),
    Index("sale_number", "device", "number", unique=True),
    Index("sale_cart", "device", "cart", unique=True),
    Index("sale_off", "device", "seq", **_SOME_OFF),
)
# Lines and payments repeat the sale's day, so that their sums need no join.
SALE_LINE = _lines("sale_line")
PAYMENT = table(
    "payment",
    text_key("device"),
    key("seq"),
    key("part"),
    text("day"),
    text("method"),
    whole("amount"),
    whole("tendered"),
    text("reference"),
)
# Goods and money that went back; money as in `payment`. Each holds what else its paper says, so that many can
# be listed at once: `receipt` is the number of the sale, `code` the check code, `way` the only one by which
# money went back, empty where there were several.
REFUND = table(
    "refund",
    text_key("device"),
    key("seq"),
    whole("number"),
    text("booth"),
    text("day"),
    text("at"),
    text("cashier"),
    whole("shift", null=True),
    text("sale_device"),
    whole("sale_seq"),
    whole("void"),
    text("reason"),
    whole("qty"),
    whole("discount"),
    whole("total"),
    text("receipt"),
    text("code"),
    text("way"),
    Index("refund_number", "device", "number", unique=True),
    Index("refund_sale", "sale_device", "sale_seq"),
)
# `of_line` is the place of the sale's line; `of_part` that of a bundle's component that came alone, or -1.
REFUND_LINE = _lines("refund_line", whole("of_line"), whole("of_part"), whole("damaged"))
_REFUND_PAYMENT = (text_key("device"), key("seq"), key("part"), text("day"), text("method"), whole("amount"))
REFUND_PAYMENT = table("refund_payment", *_REFUND_PAYMENT)
# A paper about goods that came, went or were counted: its movements have the same device and seq. kind:
# received, counted, damaged, sample, gift, returned (to the institution). `number` 0: 0.2.0 gave none.
SLIP = paper("slip", text("kind"), text("institution"), text("partner"), text("letter"), text("reason"))
# Goods of one batch, as they were received; `expires` is a day or empty.
LOT = table(
    "lot",
    text_key("device"),
    key("seq"),
    key("line"),
    text("sku"),
    text("institution"),
    whole("qty"),
    text("batch"),
    text("expires"),
)
# What was counted beside what the books said then, and why they differ.
COUNTED = table(
    "counted",
    text_key("device"),
    key("seq"),
    key("line"),
    text("sku"),
    text("institution"),
    whole("expected"),
    whole("counted"),
    text("cause"),
)
# Why goods moved: what slips say, the components of sold bundles (bundle) and of bundles that came back
# (bundle_back), lines that came back (refund). A plain sold line is its own movement.
MOVEMENT = table(
    "movement",
    text_key("device"),
    key("seq"),
    key("line"),
    key("part"),
    text("day"),
    text("reason"),
    text("sku"),
    text("institution"),
    whole("qty"),
    whole("amount"),
    whole("cost", null=True),  # in all, of the parts of bundles only
)

# An order; changed, it is put down anew as a whole: `root_device` and `root_seq` name the first of its
# versions, the highest (revision, at, device, seq) stands: a wrong clock cannot win for ever. `number` is the
# same in all; `cart` is what it was made of, once. Who ordered lies in `private`.
PREORDER = paper(
    "preorder",
    text("booth"),
    text("root_device"),
    whole("root_seq"),
    text("channel"),
    text("due"),
    text("due_time"),
    text("place"),
    whole("qty"),
    whole("total"),
    text("cart"),
    whole("revision"),
    Index("preorder_root", "root_device", "root_seq"),
    Index("preorder_due", "due"),
    Index("preorder_cart", "device", "cart"),
)
PREORDER_LINE = _lines("preorder_line")
# What became of an order (`order_device`, `order_seq`: its first version). step: prepared (its goods are
# being put together), ready, cancelled, reopened; of these the highest (revision, at, device, seq) stands.
# And taken, by the sale that handed it over, unless that was cancelled.
ORDER_STEP = table(
    "order_step",
    text_key("device"),
    key("seq"),
    text("order_device"),
    whole("order_seq"),
    text("step"),
    text("day"),
    text("at"),
    text("cashier"),
    text("reason"),
    whole("revision"),
    Index("order_step_of", "order_device", "order_seq"),
)
# Money paid ahead for an order; below 0 it was given back. `entry` is what was paid at once, in parts or not.
DEPOSIT = paper(
    "deposit",
    text("booth"),
    text("order_device"),
    whole("order_seq"),
    text("method"),
    whole("amount"),
    whole("tendered"),
    text("reference"),
    text("entry"),
    Index("deposit_entry", "device", "entry"),
    Index("deposit_of", "order_device", "order_seq"),
)
# Whose personal data were taken out of which document.
ERASURE = table(
    "erasure",
    text_key("device"),
    key("seq"),
    key("place"),
    text("of_device"),
    whole("of_seq"),
    Index("erasure_of", "of_device", "of_seq"),
)
# Who allowed what a document did. `id` is used once.
APPROVAL = table(
    "approval",
    text_key("device"),
    key("seq"),
    text("id"),
    text("at"),
    text("action"),
    text("subject"),
    text("by"),
    text("reason"),
    Index("approval_id", "id"),
)

# Which document of a history that parted was put down anew by this one: the one made first, also where the
# history that restates it parted again; `cart` is that of a sale.
ORIGIN = table(
    "origin",
    text_key("device"),
    key("seq"),
    text("of_device"),
    whole("of_seq"),
    text("of_hash"),
    text("cart"),
    Index("origin_of", "of_device", "of_seq"),
    Index("origin_cart", "cart"),
)
# Of these nothing else is derived: the same is counted in another chain (pos/repeats.py).
REPEATED = table("repeated", text_key("device"), key("seq"))

# Sums that commute, kept while documents are applied, so that no report walks a million sales.
DAY_ITEM = table(
    "day_item",
    text_key("day"),
    text_key("device"),
    text_key("institution"),
    text_key("sku"),
    text("name"),
    text("category"),
    whole("lines"),
    whole("qty"),
    whole("discount"),
    whole("total"),
    whole("cost"),
    whole("uncosted"),
)
DAY_PAYMENT = table(
    "day_payment",
    text_key("day"),
    text_key("device"),
    text_key("method"),
    whole("count"),
    whole("amount"),
)
# `loose` is the turnover of sales in no shift, such as those entered from paper.
DAY_CASHIER = table(
    "day_cashier",
    text_key("day"),
    text_key("device"),
    text_key("cashier"),
    key("hour"),
    whole("sales"),
    whole("qty"),
    whole("total"),
    whole("discount"),
    whole("loose"),
)
STOCK = table("stock", text_key("device"), text_key("sku"), whole("qty"))

SUMS = (DAY_ITEM, DAY_PAYMENT, DAY_CASHIER, STOCK, DAY_SHARE, DAY_UNIT, BLOCK_UNIT, SHIFT_SUM, ITEM, MOVED)
CARDS = (INSTITUTION, STAFF, PRODUCT, QUOTA, TARGET, CLOSED_DAY, MAKER)
FACTS = (
    *(DEVICE, SHIFT, SALE, SALE_LINE, PAYMENT, REFUND, REFUND_LINE, REFUND_PAYMENT, MOVEMENT),
    *(SHIFT_CLOSE, CASH, REMITTANCE, SLIP, LOT, COUNTED),
    *(PREORDER, PREORDER_LINE, ORDER_STEP, DEPOSIT, ERASURE, APPROVAL),
    ORIGIN,
    *(NOTED, CLOCK_BACK, PRICED, UNFOUNDED),
    *(SPLIT, PNBP, SETTLEMENT, SETTLED, SETTLED_PART),
)
DERIVED = (*FACTS, *CARDS, *SUMS, REPEATED)

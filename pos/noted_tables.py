"""The tables of what somebody should look at: notes, clocks, prices. Part of those in pos/tables.py."""

from __future__ import annotations

from sqlalchemy import Index

from pos.columns import key, table, text, text_key, whole

# What happened in a shift beside its papers, as its closing says it. kind: drawer (opened without a sale),
# clock (it jumped), reprint (of `number`), removal (of lines, before document `of` was paid, 0: never),
# removals (in the whole shift).
NOTED = table(
    "noted",
    text_key("device"),
    key("seq"),
    key("place"),
    text("day"),
    text("at"),
    text("cashier"),
    text("kind"),
    whole("count"),
    whole("amount"),
    text("number"),
    text("detail"),
    whole("of"),
)
# Sales that say they were made before the one before them (`before`), seen when their shift was closed.
CLOCK_BACK = table("clock_back", text_key("device"), key("seq"), text("day"), text("before"))
# Returns of sales of the same laptop that its chain did not bear out when they were made: no such sale before
# them, or more of it had come back by then than was sold. Those of other laptops are looked at when asked.
UNFOUNDED = table("unfounded", text_key("device"), key("seq"))
# Every price that a product got: revision by revision, as the cards said it. `who` put it down at a till.
PRICED = table(
    "priced",
    text_key("device"),
    key("seq"),
    text_key("sku"),
    whole("revision"),
    text("at"),
    whole("price"),
    text("name"),
    text("who"),
    Index("priced_sku", "sku", "revision"),
)

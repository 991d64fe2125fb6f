"""Sums that are kept beside those of pos/tables.py: by makers, and since the exhibition began."""

from __future__ import annotations

from pos.columns import key, table, text, text_key, whole

# Bundles hold goods of several institutions: what to add to `day_item` so that each has its own. A sold
# bundle stands here as less for who sells it and more for whose goods are inside.
DAY_SHARE = table(
    "day_share",
    text_key("day"),
    text_key("device"),
    text_key("institution"),
    text_key("sku"),
    whole("qty"),
    whole("total"),
)
# What a day sold by the makers of goods, a bundle under those whose goods are inside; a discount stays with
# who sold it. `unsplit` is the turnover of `uncosted` pieces, whose cost nobody had said when they were sold.
DAY_UNIT = table(
    "day_unit",
    text_key("day"),
    text_key("institution"),
    text_key("device"),
    whole("qty"),
    whole("discount"),
    whole("total"),
    whole("cost"),
    whole("uncosted"),
    whole("unsplit"),
)
# Since the exhibition began: what was sold of each product, and of that in bundles (the bundles themselves);
# and why goods moved (see MOVEMENT).
ITEM = table(
    "item",
    text_key("institution"),
    text_key("sku"),
    text_key("device"),
    text("name"),
    text("category"),
    whole("qty"),
    whole("discount"),
    whole("total"),
    whole("bundles"),
    whole("bundled"),
)
MOVED = table(
    "moved",
    text_key("institution"),
    text_key("sku"),
    text_key("reason"),
    text_key("device"),
    whole("qty"),
    whole("amount"),
)

# The money of DAY_UNIT by BLOCK documents of a chain instead of days, so that what lies behind a document is
# a few rows, and the lines of one block. `block` 0 begins with document 0, which there is not.
BLOCK = 1_024
BLOCK_UNIT = table(
    "block_unit",
    text_key("device"),
    text_key("institution"),
    key("block"),
    whole("qty"),
    whole("total"),
    whole("cost"),
    whole("uncosted"),
    whole("unsplit"),
)
# What the papers of a shift come to; those of no shift stand under shift 0. `returned` is what came back,
# `cash` and what follows is what the drawer took in and (below 0) gave out.
SHIFT_SUM = table(
    "shift_sum",
    text_key("device"),
    key("shift"),
    whole("sales"),
    whole("discount"),
    whole("total"),
    whole("returned"),
    whole("cash"),
    whole("back"),
    whole("deposits"),
    whole("cash_in"),
    whole("cash_out"),
    whole("bank"),
    whole("remitted"),
)

"""Sums that are kept beside those of pos/tables.py: by makers, and since the exhibition began."""

from __future__ import annotations

from pos.columns import table, text, text_key, whole

# The same by the makers of the goods, a bundle under those whose goods are inside; a discount stays with who
# sold it. `unsplit` is the turnover of `uncosted` pieces, whose cost nobody had said when they were sold.
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

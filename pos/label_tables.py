"""The table of what institutions tell of themselves. Part of those in pos/tables.py."""

from __future__ import annotations

from pos.columns import card, text, text_key

# What labels tell of an institution. Its name and place stand in `institution`, with the exhibition.
MAKER = card("maker", text_key("code"), text("story"))

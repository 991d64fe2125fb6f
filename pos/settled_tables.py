"""The tables of settling with institutions: rules, sheets, state revenue. Part of those in pos/tables.py."""

from __future__ import annotations

from sqlalchemy import Index

from pos.columns import card, key, paper, table, text, text_key, whole

# How profit or turnover is shared out from the business day `since` on, see pos/shares.py. Of those that have
# begun, the highest (since, revision, at, device, seq) holds.
SPLIT = table(
    "split",
    text_key("device"),
    key("seq"),
    text("since"),
    text("base"),
    text("shares"),  # JSON: pairs of a part and its percent
    whole("revision"),
    text("at"),
)
# What an institution is to bring in a year; see PNBP.
TARGET = card("target", text_key("institution"), key("year"), whole("amount"))
# State revenue that was paid into the treasury; `day` is the day of that. Below 0 it takes back the one that
# `of_device` and `of_seq` name, which was entered by mistake.
PNBP = paper(
    "pnbp",
    text("booth"),
    text("institution"),
    whole("amount"),
    text("billing"),
    text("ntpn"),
    text("note"),
    text("of_device"),
    whole("of_seq"),
    Index("pnbp_ntpn", "ntpn"),
)
# A sheet by which an institution was settled with. Its money is that of `settled`, one row a laptop and split
# that it counted: the documents behind `after_seq` up to `last_seq`. `unsplit` was sold at a cost that nobody
# had said.
SETTLEMENT = paper(
    "settlement",
    text("booth"),
    text("institution"),
    text("partner"),
    whole("turnover"),
    whole("cost"),
    whole("unsplit"),
)
SETTLED = table(
    "settled",
    text_key("device"),
    key("seq"),
    text_key("of_device"),
    text_key("since"),
    text("institution"),
    whole("after_seq"),
    whole("last_seq"),
    whole("qty"),
    whole("turnover"),
    whole("cost"),
    whole("uncosted"),
    whole("unsplit"),
    Index("settled_of", "institution", "of_device"),
)
# How a sheet shared the money of one split out.
SETTLED_PART = table(
    "settled_part",
    text_key("device"),
    key("seq"),
    text_key("since"),
    text_key("part"),
    text("institution"),
    text("base"),
    whole("percent"),
    whole("amount"),
)

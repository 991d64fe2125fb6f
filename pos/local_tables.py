"""Tables that are local to one machine and synced nowhere: settings, open carts, print jobs, happenings.

They hold what no person would sign. Losing them loses no money.
"""

from __future__ import annotations

from pos.columns import key, table, text, text_key, whole

# Which device this is, and whatever else is set at this booth.
SETTING = table("setting", text_key("name"), text("value"))
# Carts that are no sales yet.
DRAFT = table(
    "draft", text_key("cart"), text("at"), text("name"), text("state"), whole("selected"), text("body")
)
# Lines that were taken out of carts, for the shift's report.
REMOVAL = table(
    "removal",
    text_key("id"),
    text("at"),
    text("cashier"),
    whole("shift", null=True),
    text("cart"),
    text("sku"),
    text("name"),
    whole("qty"),
    whole("amount"),
    whole("undone"),
)
# What happened at the till besides its documents, for the shift's report. kind: drawer (opened without a
# sale), reprint, clock (it jumped). `detail` says of what, such as a receipt's number.
ACTIVITY = table(
    "activity",
    text_key("id"),
    text("at"),
    text("cashier"),
    whole("shift", null=True),
    text("kind"),
    text("detail"),
)
# Papers on their way to a printer, and those that came out lately. paper: see pos/printing.py; `device` and
# `seq` name the document that it is drawn from; state: waiting, printing, printed, failed, dropped.
PRINT_JOB = table(
    "print_job",
    text_key("id"),
    text("at"),
    text("paper"),
    text("number"),
    text("device"),
    whole("seq"),
    whole("copy"),
    text("state"),
    whole("tries"),
    text("error"),
)
# Documents that were refused, so that nothing is lost and both sides can be shown: pos/quarantine.py.
# `parts_at` is the seq at which a second history leaves the one that is known, 0 for any other refusal; `why`
# says in words what was wrong, `source` where it came from, `met` when.
QUARANTINE = table(
    "quarantine",
    text_key("device"),
    key("seq"),
    text_key("hash"),
    text("kind"),
    text("at"),
    text("body"),
    text("private", null=True),
    text("prev"),
    whole("parts_at"),
    text("why"),
    text("source"),
    text("met"),
    rowid=True,
)
# How far a chain is known to reach beyond what is here, by what was met (kind: segment, source, slip, ...).
SIGHTING = table(
    "sighting",
    text_key("device"),
    text_key("kind"),
    whole("seq"),
    whole("number"),
    text("hash"),
    text("at"),
    text("source"),
)

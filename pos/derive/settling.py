"""Rows of what is shared out with the institutions: rules, sheets, state revenue and its targets."""

from __future__ import annotations

import json
import re
from collections import Counter

from pos.derive.shapes import MAX_COUNT, MAX_REVISION, Rows, booth, day, moment, one_of, place, within, word
from pos.derive.shifts import paper
from pos.errors import BadDocument
from pos.model import Document, Fields
from pos.money import MAX_AMOUNT
from pos.settled_tables import PNBP, SETTLED, SETTLED_PART, SETTLEMENT, SPLIT, TARGET
from pos.shares import BASES, PARTS, PROFIT
from pos.text import _

BILLING = re.compile(r"[0-9]{15}", re.ASCII)  # kode billing of SIMPONI
NTPN = re.compile(r"[0-9A-Z]{16}", re.ASCII)  # nomor transaksi penerimaan negara
YEARS = (2000, 2999)
SUMS = ("qty", "turnover", "cost", "uncosted", "unsplit")  # the fields of pos.shares.Money
_FIGURES = ("turnover", "cost", "unsplit")


def split(doc: Document, body: Fields, rows: Rows) -> None:
    """A rule for days to come; none may change what was sold already."""
    since, at = day(body["since"]), moment(doc.at)
    if since <= at[:10]:
        raise BadDocument(doc.device, doc.seq, _("a rule begins on a later day than it is made."))
    shares = [(one_of(one["part"], *PARTS), within(one["percent"], 0, 100)) for one in body["shares"]]
    if sum(one["percent"] for one in body["shares"]) != 100 or len(dict(shares)) < len(shares):
        raise ValueError(shares)
    word(body["cashier"])
    revision = within(body["revision"], 1, MAX_REVISION)
    base = one_of(body["base"], *BASES)
    rows[SPLIT].append((doc.device, doc.seq, since, base, json.dumps(shares), revision, at))


def target(doc: Document, body: Fields, rows: Rows) -> None:
    """What institutions are to bring in a year."""
    for card in body["cards"]:
        what = (card["institution"], within(card["year"], *YEARS), within(card["amount"], 0, MAX_AMOUNT))
        revision = within(card["revision"], 1, MAX_REVISION)
        rows[TARGET].append((*what, revision, doc.at, doc.device, doc.seq))


def pnbp(doc: Document, body: Fields, rows: Rows) -> None:
    """State revenue was paid in; below 0 an entry is taken back."""
    amount = within(body["amount"], -MAX_AMOUNT, MAX_AMOUNT)
    of = place(body["of"]) if "of" in body else ("", 0)
    if (amount < 0) != (of[1] > 0) or amount == 0:
        raise ValueError(amount)
    for text, form in ((body["billing"], BILLING), (body["ntpn"], NTPN)):
        if not form.fullmatch(text):
            raise ValueError(text)
    what = (booth(body["booth"]), body["institution"], amount, body["billing"], body["ntpn"], body["note"])
    rows[PNBP].append((*paper(doc, body), *what, *of))


def settlement(doc: Document, body: Fields, rows: Rows) -> None:
    """A sheet: what it counted of each laptop, and how that was shared out. All of it must add up."""
    unit, sums = word(body["institution"]), Counter[tuple[str, str]]()
    for one in body["counted"]:
        since = day(one["since"]) if one["since"] else ""
        after = within(one["after"], 0, MAX_COUNT)
        span = (after, within(one["last"], after, MAX_COUNT))
        money = [within(one[name], -MAX_AMOUNT, MAX_AMOUNT) for name in SUMS]
        for name, amount in zip(SUMS, money, strict=True):
            sums[since, name] += amount
        rows[SETTLED].append((doc.device, doc.seq, word(one["device"]), since, unit, *span, *money))
    for rule in body["splits"]:
        since, base = rule["since"], one_of(rule["base"], *BASES)
        _qty, turnover, cost, _uncosted, unsplit = (sums.pop((since, name)) for name in SUMS)
        left = turnover - (cost + unsplit if base == PROFIT else 0)
        for part in rule["parts"]:
            amount = within(part["amount"], -MAX_AMOUNT, MAX_AMOUNT)
            named = (one_of(part["part"], *PARTS), unit, base, within(part["percent"], 0, 100))
            rows[SETTLED_PART].append((doc.device, doc.seq, since, *named, amount))
            left -= amount
        if left:
            raise _not_adding_up(doc)
    whole = [within(body[name], -MAX_AMOUNT, MAX_AMOUNT) for name in _FIGURES]
    counted = [sum(one[name] for one in body["counted"]) for name in _FIGURES]
    if sums or whole != counted:
        raise _not_adding_up(doc)
    what = (booth(body["booth"]), unit, word(body["partner"]))
    rows[SETTLEMENT].append((*paper(doc, body), *what, *whole))


def _not_adding_up(doc: Document) -> BadDocument:
    return BadDocument(doc.device, doc.seq, _("its parts do not add up."))

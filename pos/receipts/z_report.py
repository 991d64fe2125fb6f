"""The report of a shift on the roll: Z when it is closed, X while it is open; drawn from what was stored.

Every name and figure on it comes from the closing's own document (pos/closing.py), none is added up anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from pos.closing import Closing
from pos.drawer import MONEY
from pos.ledger import Ledger, devices
from pos.model import Fields
from pos.money import Rupiah, plain
from pos.payments import method_name
from pos.practice import no_payment
from pos.receipts.blocks import Block, Gap, Mark, Rule, Slip, Text, centred, printable, rows
from pos.text import _, clock_time

MINUS = "-"  # on slips: not every printer has the true sign

Figure = tuple[str, str, bool]  # label, value, bold


def closing_slip(
    ledger: Ledger, closing: Closing, *, columns: int = 48, copy: int = 0, blind: bool = False
) -> Slip:
    """The Z report of a closing, or the X report of an open shift (number 0); `columns` 48 or 32.

    `copy` is 0 for the original, otherwise the copy's number. `blind` leaves out all that tells how much cash
    there should be: nobody who still has to count may know.
    """
    marks = marks_of(ledger, closing, copy)
    report = closing.report
    blocks: list[Block] = [*(Mark(text) for text in marks)]
    blocks += centred(title_of(closing), columns, bold=True)
    blocks += centred(f"{report['booth_name']} · {closing.day:%d/%m/%Y}", columns)
    blocks += centred(span_of(closing), columns)
    for part in figures(closing, blind=blind):
        blocks.append(Rule())
        for label, value, bold in part:
            blocks += rows(label, value, columns, bold=bold)
    blocks += [Rule(), *_reason(closing, columns), *_fingerprint(closing, columns)]
    if closing.number or closing.counts:
        blocks += _signatures(closing, columns)
    return Slip(paper_of(closing), columns, tuple(blocks))


def paper_of(closing: Closing) -> str:
    """What the paper is called: its number, or X and when it was made."""
    return closing.paper if closing.number else f"X-{closing.at:%Y%m%d-%H%M%S}"


def title_of(closing: Closing) -> str:
    """`LAPORAN Z · SIF 1`; while nothing is counted it is an X report."""
    number = closing.report["number_of_day"]
    if closing.number or closing.counts:
        return _("Z REPORT · SHIFT {number}").format(number=number)
    return _("X REPORT · SHIFT {number}").format(number=number)


def span_of(closing: Closing) -> str:
    """`07.52 - 14.12 · Rina Oktaviani`; with the date where the shift was closed on another day."""
    opened, until = datetime.fromisoformat(closing.report["opened"]), clock_time(closing.at)
    if closing.at.date() != closing.day:
        until = f"{closing.at:%d/%m} {until}"
    return f"{clock_time(opened)} - {until} · {closing.report['cashier_name']}"


def marks_of(ledger: Ledger, closing: Closing, copy: int) -> list[str]:
    """The words that nobody may overlook: a sample, a copy, a shift that nobody counted."""
    with ledger.read() as conn:
        marks = list(filter(None, [no_payment(devices(conn)[closing.device])]))
    if copy:
        now = clock_time(ledger.clock.now())
        marks.append(_("COPY no. {number}, {time}").format(number=copy, time=now))
    return marks + ([_("NOT COUNTED")] if closing.uncounted else [])


def figures(closing: Closing, *, blind: bool = False) -> list[list[Figure]]:
    """The figures of the paper in groups that add up; see `closing_slip`."""
    parts = [_sales(closing.report, blind=blind), _ways(closing.report, blind=blind)]
    if not blind:
        parts.append(_drawer(closing))
    return [part for part in (*parts, _watched(closing.report)) if part]


def _sales(report: Fields, *, blind: bool) -> list[Figure]:
    sales, discount = report["sales"], report["sales"]["discount"]
    shown: list[Figure] = [(_("Transactions"), plain(sales["count"]), False)]
    if blind:
        return [*shown, (_("Pieces"), plain(sales["qty"]), False)]
    shown += [
        (_("Gross sales"), amount(sales["gross"]), False),
        (_("Discount"), amount(-discount), False),
        (_("Net sales"), amount(sales["net"]), True),
    ]
    returns, voids = report["returns"], report["voids"]
    if returns["count"] or voids["count"]:
        back = ((_("Returns"), returns), (_("Cancelled"), voids))
        shown += [
            (_counted(name, each), amount(-each["amount"]), False) for name, each in back if each["count"]
        ]
        left = sales["net"] - returns["amount"] - voids["amount"]
        shown.append((_("Turnover"), amount(left), True))
    return shown


def _ways(report: Fields, *, blind: bool) -> list[Figure]:
    """What was paid by which way, and what was given back by it."""
    shown = [
        (_counted(method_name(way["method"]), way), amount(way["amount"]), False)
        for way in report["ways"]
        if not (blind and way["method"] == MONEY)
    ]
    for way in report["back"]:
        if not (blind and way["method"] == MONEY):
            name = _("{method} given back").format(method=method_name(way["method"]))
            shown.append((_counted(name, way), amount(-way["amount"]), False))
    for way in report["deposits"]:
        if not (blind and way["method"] == MONEY):
            name = _("Deposits, {method}").format(method=method_name(way["method"]))
            shown.append((_counted(name, way), amount(way["amount"]), False))
    return shown


def _drawer(closing: Closing) -> list[Figure]:
    drawer = closing.report["drawer"]
    shown: list[Figure] = [
        (_("Float"), amount(drawer["float"]), False),
        (_("Cash sales"), amount(drawer["sales"]["amount"]), False),
    ]
    seldom = (
        (_("Cash given back"), drawer["back"], -1),
        (_("Cash deposits"), drawer["deposits"], 1),
        (_("Cash in"), drawer["in"], 1),
        (_("Cash out"), drawer["out"], 1),
        (_("To the treasurer"), drawer["bank"], 1),
        (_("Paid to institutions"), drawer["remitted"], -1),
    )
    shown += [(name, amount(sign * each["amount"]), False) for name, each, sign in seldom if each["count"]]
    shown.append((_("Should be there"), amount(closing.expected), True))
    if closing.counted is not None:
        shown.append((_("Counted"), amount(closing.counted), False))
        shown.append((_("Difference"), amount(closing.difference), True))
    elif closing.uncounted:
        shown.append((_("Counted"), _("not counted"), True))
    if len(closing.counts) > 1:
        earlier = " / ".join(amount(one.total) for one in closing.counts[:-1])
        shown.append((_("Counted before"), earlier, False))
    return shown


def _watched(report: Fields) -> list[Figure]:
    """What an officer looks at, and the range of the numbers."""
    waiting, removals = report["waiting"], report["removals"]
    shown: list[Figure] = [(_("Cancelled"), plain(report["voids"]["count"]), False)]
    if removals["count"]:
        shown.append((_counted(_("Removed lines"), removals), amount(removals["amount"]), False))
    if waiting["count"]:
        shown.append((_counted(_("QRIS unconfirmed"), waiting), amount(waiting["amount"]), True))
    for name, key in (
        (_("Carts put aside"), "held"),
        (_("Printed again"), "reprint_noted"),
        (_("Drawer opened without a sale"), "drawer_noted"),
        (_("Clock changes"), "clock_noted"),
    ):
        if report[key]:
            shown.append((name, plain(report[key]), False))
    names = ((_("First no."), _("Last no.")), (_("First return no."), _("Last return no.")))
    for pair, numbers in zip(names, (report["numbers"], report["refund_numbers"]), strict=True):
        shown += [(name, number, False) for name, number in zip(pair, numbers, strict=False)]
    return shown


def fingerprint(closing: Closing) -> list[str]:
    """The head of the chain in groups of 8 hex digits; after the closing that is its own document's hash."""
    text = closing.hash.upper()
    return [text[place : place + 8] for place in range(0, len(text), 8)]


def _fingerprint(closing: Closing, columns: int) -> Iterator[Block]:
    groups = fingerprint(closing)
    number = [closing.paper] if closing.number else []
    yield from rows(_("Report no."), number[0], columns) if number else ()
    yield Text(_("Fingerprint of the chain"))
    each = 4 if columns >= 40 else 2
    for place in range(0, len(groups), each):
        yield Text(" ".join(groups[place : place + each]).rjust(columns))


def _reason(closing: Closing, columns: int) -> Iterator[Block]:
    if closing.reason:
        yield from rows(_("Reason: {reason}").format(reason=closing.reason), "", columns)
        yield Rule()


def _signatures(closing: Closing, columns: int) -> Sequence[Block]:
    officer = closing.report["officer"]
    left, right = f"({printable(closing.report['cashier_name'])})", f"({printable(officer) or '.' * 16})"
    names: list[Block] = [Text(left, right)]
    if len(left) + len(right) >= columns:
        names = [Text(left[:columns]), Gap(), Gap(), Gap(), Gap(), Text("", right[:columns])]
    return [Rule(), Text(_("Cashier"), _("Head of the booth")), *(Gap(),) * 5, *names]


def _counted(name: str, counted: Fields) -> str:
    return f"{name} ({plain(counted['count'])})"


def amount(value: Rupiah) -> str:
    """`4.193.000`, below zero with a sign that every printer has."""
    return plain(value).replace("\u2212", MINUS)

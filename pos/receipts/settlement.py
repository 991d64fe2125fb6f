"""The sheet by which an institution is settled with, on A4: its goods, its money, and who gets what of it."""

from __future__ import annotations

from collections.abc import Iterator

from pos.ledger import Ledger
from pos.letterhead import letterhead
from pos.money import Rupiah, in_words, plain, rupiah
from pos.receipts.consignment import origin
from pos.receipts.letter import Column, Figure, Letter, Signer, letter_date, marks_of, sheets
from pos.receipts.sheet import Sheet
from pos.settlements import Goods, Settlement, Sharing
from pos.shares import PROFIT, added_up, base_name, part_name
from pos.text import _, ngettext
from pos.weight import GRAM, kilograms


def settlement_sheets(ledger: Ledger, sheet: Settlement, copy: int = 0) -> tuple[Sheet, ...]:
    """The pages of a sheet; `copy` is 0 for the original, a higher number is marked on it.

    One that is not final (number 0) says so: nobody signs it.
    """
    device, place = origin(ledger, sheet.device)
    marks = marks_of(device, ledger.clock, copy)
    if not sheet.number:
        marks = (*marks, _("PREVIEW - NOT FINAL"))
    money = sheet.money
    letter = Letter(
        of=sheet,
        device=device,
        head=letterhead(ledger),
        day=sheet.day,
        title=_("Settlement with the institution"),
        subtitle=_("Goods of {institution} until {day}").format(
            institution=sheet.institution_name, day=letter_date(sheet.day)
        ),
        about=(
            (_("Institution"), sheet.institution_name),
            (_("Sheets before"), ", ".join(sheet.before[-3:]) or _("none")),
        ),
        columns=_columns(),
        rows=tuple(_cells(number, one) for number, one in enumerate(sheet.goods, 1)),
        sums=("", _("Total"), *("",) * 6, plain(sum(one.total for one in sheet.goods))),
        figures=tuple(_figures(sheet)),
        closing=tuple(_closing(sheet, money.turnover)),
        signers=(
            Signer(_("Known to,"), sheet.partner, sheet.institution_name),
            Signer(_("Made by,"), sheet.cashier_name, device.name),
        ),
        place=place,
        marks=marks,
    )
    return sheets(letter)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("No."), 20, 6, "right"),
        Column(_("Goods"), 23, 52, strong=True),
        Column(_("Received"), 91, 15, "right"),
        Column(_("Sold"), 107, 15, "right"),
        Column(_("From buyers"), 126, 18, "right"),
        Column(_("Damaged etc."), 143, 16, "right"),
        Column(_("To the institution"), 160, 16, "right"),
        Column(_("Left"), 173, 13, "right", strong=True),
        Column(_("Turnover (Rp)"), 195, 21, "right"),
    )


def _cells(number: int, one: Goods) -> tuple[str, ...]:
    """Pieces; goods by weight in kilograms."""
    name = f"{one.name} (kg)" if one.unit == GRAM else one.name
    pieces = (one.received, one.sold, one.back, one.lost, one.returned, one.left)
    return (str(number), name, *(_pieces(one.unit, qty) for qty in pieces), plain(one.total))


def _pieces(unit: str, qty: int) -> str:
    if not qty:
        return "–"
    sign = "\u2212" if qty < 0 else ""
    return sign + (kilograms(abs(qty)) if unit == GRAM else plain(abs(qty)))


def _figures(sheet: Settlement) -> Iterator[Figure]:
    money = sheet.money
    yield Figure(_("Turnover on this sheet"), plain(money.turnover), strong=True)
    for sharing in sheet.sharings:
        if sharing.rule.base == PROFIT:
            some = sharing.money
            if len(sheet.sharings) > 1:
                words = _("Turnover by the rule {rule}").format(rule=_rule(sharing))
                yield Figure(words, plain(some.turnover))
            if some.unsplit:
                yield Figure(_("of it without cost, not shared out"), plain(-some.unsplit))
            if not sharing.rule.of(some) and some.uncosted:
                continue  # nothing is known that could be shared out
            yield Figure(_("Cost of the goods"), plain(-some.cost))
        yield Figure(_shared(sharing), plain(sharing.rule.of(sharing.money)), strong=True)
        for (part, percent), amount in zip(sharing.rule.shares, sharing.amounts, strict=True):
            yield Figure(f"{part_name(part)} {percent}%", plain(amount))


def _shared(sharing: Sharing) -> str:
    base = base_name(sharing.rule.base)
    if not sharing.rule.since:
        return base
    return _("{base}, rule {rule}").format(base=base, rule=_rule(sharing))


def _rule(sharing: Sharing) -> str:
    if not sharing.rule.since:
        return _("until then")
    return _("since {day}").format(day=_short(sharing.rule.since))


def _short(day: str) -> str:
    return f"{day[8:]}/{day[5:7]}/{day[:4]}"


def _closing(sheet: Settlement, turnover: Rupiah) -> Iterator[str]:
    said = _("Turnover on this sheet {amount} ({words} rupiah).")
    yield said.format(amount=rupiah(turnover), words=in_words(turnover))
    missing = added_up(one.money for one in sheet.sharings if one.rule.base == PROFIT)
    if missing.uncosted:
        said = ngettext(
            "Cost not filled in for {count} piece, {amount}: of it nothing is shared out.",
            "Cost not filled in for {count} pieces, {amount}: of it nothing is shared out.",
            missing.uncosted,
        )
        yield said.format(count=plain(missing.uncosted), amount=rupiah(missing.unsplit))
    account = sheet.account
    said = _("Share of the institution, {percent}%: {share}; paid out {paid}, still to pay {due}.")
    yield said.format(
        percent=sheet.percent,
        share=rupiah(account.share),
        paid=rupiah(account.paid),
        due=rupiah(account.due),
    )
    yield _("What is sold or comes in later stands on the next sheet.")

"""The papers of goods on consignment on A4: tanda terima titipan, berita acara pengembalian, of goods that
were written off, of a count, and of money paid to an institution.

Drawn from the stored documents: names, units and prices are those of then.
"""

from __future__ import annotations

import re

from pos.catalog import institutions
from pos.counts import cause_name
from pos.ledger import Ledger, devices
from pos.letterhead import letterhead
from pos.model import Device
from pos.money import in_words, plain, rupiah
from pos.offices import office_to_be
from pos.payments import method_name
from pos.receipts.letter import LEFT, Column, Letter, Signer, letter_date, marks_of, sheets
from pos.receipts.sheet import Sheet
from pos.remittances import Remittance, share_of
from pos.stock_slips import Item, StockSlip, kind_name
from pos.text import _
from pos.weight import GRAM, counted, shown_price

_KINDS = re.compile(r"^(?:Kota|Kabupaten|Kab\.)\s+")


def consignment_sheets(ledger: Ledger, slip: StockSlip, copy: int = 0) -> tuple[Sheet, ...]:
    """The paper of a slip. What goes back to its institution comes twice, one copy for each side.

    `copy` is 0 for the original; a higher number is marked on it.
    """
    if slip.kind == "counted":
        return sheets(_counted(ledger, slip, copy))
    if slip.kind != "returned":
        return sheets(_moved(ledger, slip, copy))
    whose = (_("Sheet 1 of 2, for the institution"), _("Sheet 2 of 2, for the booth"))
    return tuple(page for note in whose for page in sheets(_moved(ledger, slip, copy, note)))


def quantity(unit: str, qty: int) -> str:
    """How much of one thing, without a sign: `12 toples`, or `0,25 kg` of what is sold by weight."""
    return counted(unit, abs(qty)) + (f" {unit}" if unit not in (GRAM, "") else "")


def _moved(ledger: Ledger, slip: StockSlip, copy: int, note: str = "") -> Letter:
    device, place = origin(ledger, slip.device)
    came = slip.kind == "received"
    titles = {"received": _("Consignment receipt"), "returned": _("Report on the return of goods")}
    title = titles.get(slip.kind, _("Report on goods written off: {kind}").format(kind=kind_name(slip.kind)))
    if slip.corrects:
        title = _("Correction of {number}").format(number=slip.corrected)
    rows = tuple(_cells(slip, number, item) for number, item in enumerate(slip.items, 1))
    total = sum(abs(item.value) for item in slip.items)
    kinds = len({item.sku for item in slip.items})
    both = Signer(_("Handed over by,"), slip.partner, slip.institution_name)
    booth = Signer(_("Received by,"), slip.cashier_name, device.name)
    if slip.kind == "returned":
        both = Signer(_("Received by,"), slip.partner, slip.institution_name)
        booth = Signer(_("Handed over by,"), slip.cashier_name, device.name)
    elif not came:
        both = Signer(_("Known to,"), slip.partner, slip.institution_name)
        booth = Signer(_("Written down by,"), slip.cashier_name, device.name)
    subtitle = _("{kinds} kinds of goods of {institution}")
    return Letter(
        of=slip,
        device=device,
        head=letterhead(ledger),
        day=slip.day,
        title=title,
        subtitle=subtitle.format(kinds=kinds, institution=slip.institution_name),
        about=_about(slip),
        columns=_columns(with_share=came),
        rows=rows,
        sums=("", _("Total"), "", "", "", *(("",) if came else ()), plain(total)),
        closing=_closing(slip, total),
        signers=(both, booth) if came or slip.kind != "returned" else (booth, both),
        place=place,
        note=note,
        marks=marks_of(device, ledger.clock, copy),
    )


def _about(slip: StockSlip) -> tuple[tuple[str, str], ...]:
    who = {"received": _("Handed over by"), "returned": _("Taken by")}
    rows = [
        (_("Institution"), slip.institution_name),
        (_("Letter no."), slip.letter),
        (who.get(slip.kind, _("Known to")), slip.partner),
        (_("Officer of the booth"), slip.cashier_name),
    ]
    return (*rows, (_("Cause"), slip.reason)) if slip.reason else tuple(rows)


def _columns(*, with_share: bool) -> tuple[Column, ...]:
    return (
        Column(_("No."), 20, 6, "right"),
        Column(_("Goods"), 23, 58, strong=True),
        Column(_("Batch · expiry"), 84, 28),
        Column(_("Quantity"), 133, 20, "right"),
        Column(_("Price (Rp)"), 150, 16, "right"),
        *((Column(_("Share (Rp)"), 172, 18, "right"),) if with_share else ()),
        Column(_("Value (Rp)"), 195, 21, "right", strong=True),
    )


def _cells(slip: StockSlip, number: int, item: Item) -> tuple[str, ...]:
    """Goods by weight with price and share of a kilogram."""
    each = shown_price(item.unit, item.price)
    expires = f"{item.expires:%d/%m/%Y}" if item.expires else ""
    return (
        str(number),
        f"{item.name} · {item.sku}",
        " · ".join(part for part in (item.batch, expires) if part) or "–",
        quantity(item.unit, item.qty),
        plain(each),
        *((plain(share_of(each, slip.percent)),) if slip.kind == "received" else ()),
        plain(abs(item.value)),
    )


def _closing(slip: StockSlip, total: int) -> tuple[str, ...]:
    said = _("Value at selling prices {amount} ({words} rupiah).")
    words = [said.format(amount=rupiah(total), words=in_words(total))]
    if slip.corrects:
        words.append(
            _("These goods are taken back from delivery {number}; it does not count.").format(
                number=slip.corrected
            )
        )
    elif slip.kind == "received":
        share = _("The goods remain the institution's. Of what is sold {percent}% is its share.")
        words.append(share.format(percent=slip.percent))
    elif slip.kind == "returned":
        words.append(_("With this the goods above are back with their institution, counted by both sides."))
    return tuple(words)


def _counted(ledger: Ledger, slip: StockSlip, copy: int) -> Letter:
    device, place = origin(ledger, slip.device)
    rows = tuple(
        (
            str(number),
            item.name,
            plain(item.expected),
            plain(item.counted),
            f"+{plain(item.qty)}" if item.qty > 0 else plain(item.qty),
            ", ".join(part for part in (item.cause and cause_name(item.cause), item.note) if part),
            plain(item.value),
        )
        for number, item in enumerate(slip.items, 1)
    )
    off = sum(1 for item in slip.items if item.qty)
    columns = (
        Column(_("No."), 20, 6, "right"),
        Column(_("Goods"), 23, 46, strong=True),
        Column(_("By the books"), 89, 17, "right"),
        Column(_("Counted"), 109, 15, "right"),
        Column(_("Difference"), 124, 14, "right", strong=True),
        Column(_("Cause"), 128, 46),
        Column(_("Value (Rp)"), 195, 19, "right"),
    )
    return Letter(
        of=slip,
        device=device,
        head=letterhead(ledger),
        day=slip.day,
        title=_("Report on a stock count"),
        subtitle=_("{kinds} kinds of goods counted, {off} differ").format(kinds=len(slip.items), off=off),
        about=((_("Institution"), slip.institution_name), (_("Witness"), slip.partner)),
        columns=columns,
        rows=rows,
        sums=("", _("Total"), "", "", "", "", plain(slip.value)),
        closing=(_("What was sold while it was counted is no difference."),),
        signers=(
            Signer(_("Witnessed by,"), slip.partner, slip.institution_name),
            Signer(_("Counted by,"), slip.cashier_name, device.name),
        ),
        place=place,
        marks=marks_of(device, ledger.clock, copy),
    )


def remittance_sheets(ledger: Ledger, paid: Remittance, copy: int = 0) -> tuple[Sheet, ...]:
    """The paper that an institution signs for its money; `copy` as in `consignment_sheets`."""
    device, place = origin(ledger, paid.device)
    account = paid.account
    left = account.due - paid.amount
    lines = (
        (_("Turnover until now"), account.turnover),
        (_("Share of the institution, {percent}%").format(percent=paid.percent), account.share),
        (_("Remitted before"), account.paid),
        (_("Paid with this"), paid.amount),
        (_("Still to pay"), left),
    )
    said = _("Received {amount} ({words} rupiah).")
    letter = Letter(
        of=paid,
        device=device,
        head=letterhead(ledger),
        day=paid.day,
        title=_("Receipt of the institution's share"),
        subtitle=_("Until {day}").format(day=letter_date(paid.day)),
        about=(
            (_("Institution"), paid.institution_name),
            (_("Paid by"), " ".join((method_name(paid.method), paid.reference)).strip()),
        ),
        columns=(Column(_("Description"), LEFT, 120), Column(_("Value (Rp)"), 195, 40, "right", strong=True)),
        rows=tuple((label, plain(amount)) for label, amount in lines),
        sums=(),
        closing=(said.format(amount=rupiah(paid.amount), words=in_words(paid.amount)),),
        signers=(
            Signer(_("Handed over by,"), paid.cashier_name, device.name),
            Signer(_("Received by,"), paid.partner, paid.institution_name),
        ),
        place=place,
        marks=marks_of(device, ledger.clock, copy),
    )
    return sheets(letter)


def origin(ledger: Ledger, code: str) -> tuple[Device, str]:
    """The laptop of a paper, and the town it is written in."""
    with ledger.read() as conn:
        device = devices(conn).get(code) or office_to_be(ledger)  # of a preview: it has put nothing down yet
    unit = institutions(ledger).get(device.institution)
    return device, _KINDS.sub("", unit.regency) if unit else ""

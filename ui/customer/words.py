"""What the buyer's screen says in words: parts of its faces, and a whole face for a screen reader."""

from __future__ import annotations

from pos.model import Device
from pos.money import plain, rupiah
from pos.practice import practice_word
from pos.text import _, ngettext
from pos.weight import counted, shown_price
from ui.customer.faces import Bought, Face, Paying, Qris, Receipt, Shopping, Thanks, Welcome

DOT = " · "


def place(device: Device) -> str:
    """The exhibition and the booth."""
    return DOT.join((device.event.name, device.name))


def welcome() -> tuple[str, str]:
    """The warm lines for those who pass by."""
    return _("Everything here is the work of people in custody."), _("You are welcome to look around.")


def mission() -> str:
    """What each purchase does."""
    return _("Every purchase supports people in custody in learning to stand on their own.")


def gratitude() -> str:
    """What this purchase did."""
    return _("Your purchase helps open a better way home for people in custody.")


def detail(bought: Bought, *, short: bool = False) -> str:
    """How many at what price, the discount, and the maker (`short`: as the booths call it)."""
    each = rupiah(shown_price(bought.unit, bought.price))
    parts = [f"{counted(bought.unit, bought.qty)} × {each}"]
    if bought.percent:
        parts.append(_("discount {percent}%").format(percent=bought.percent))
    elif bought.discount:
        parts.append(_("discount {amount}").format(amount=rupiah(bought.discount)))
    maker = bought.maker.short if short else bought.maker.name
    return DOT.join([*parts, maker] if maker else parts)


def summary(shopping: Shopping) -> str:
    """How many things, and what was saved."""
    count = ngettext("{count} item", "{count} items", shopping.count).format(count=plain(shopping.count))
    if not shopping.saved:
        return count
    return count + DOT + _("You save {amount}").format(amount=rupiah(shopping.saved))


def range_of(first: int, last: int, count: int) -> str:
    """Which of many lines are in sight, counted from 1."""
    return _("Lines {first}–{last} of {count}").format(first=first, last=last, count=count)


def due(paying: Paying) -> str:
    """What the large amount beside a code is: the total, or that part of it which the code pays."""
    return _("Total") if paying.qris.amount == paying.shopping.total else _("To pay by QRIS")


def how_to_scan() -> str:
    """What to do with the code."""
    return _("Scan with a bank app or an e-wallet")


def amount_hint(qris: Qris) -> str:
    """Whether the amount has to be typed."""
    if qris.amount_inside:
        return _("The amount is filled in")
    return _("Enter the amount {amount}").format(amount=rupiah(qris.amount))


def paid(thanks: Thanks) -> str:
    """How it was paid."""
    return _("Paid · {method}").format(method=thanks.method)


def handed_over(thanks: Thanks) -> str:
    """What was handed over for which bill, where there is change."""
    given = f"{thanks.method} {rupiah(thanks.paid)}"
    return _("{paid} for a bill of {total}").format(paid=given, total=rupiah(thanks.total))


def keep(receipt: Receipt) -> list[str]:
    """What to do with the code of a receipt, and what is not in it."""
    said = [_("Point the phone's camera at the code: your receipt is in it, no network needed.")]
    return [*said, _("Too many lines for a code: only their sum is in it.")] if receipt.summed else said


def spoken(face: Face, device: Device) -> str:
    """All that a face shows, one thing per line."""
    match face:
        case Welcome():
            said = [place(device), *welcome()]
        case Shopping():
            said = [_("Your shopping"), *_lines(face), summary(face), _total(_("Total"), face.total)]
        case Paying(shopping, qris):
            amount = _total(due(face), qris.amount)
            said = [_("Your shopping"), *_lines(shopping), amount, how_to_scan(), amount_hint(qris)]
        case Thanks():
            said = [_("Thank you"), gratitude(), *_money(face), *(maker.name for maker in face.makers)]
        case Receipt():
            said = [_("Thank you"), *keep(face), *(_money(face.thanks)[:1] if face.thanks else [])]
    return "\n".join([*said, *filter(None, [practice_word(device)])])


def _money(thanks: Thanks) -> list[str]:
    if thanks.change:
        return [_total(_("Change"), thanks.change), handed_over(thanks)]
    return [_total(paid(thanks), thanks.total)]


def _lines(shopping: Shopping) -> list[str]:
    return [f"{line.name}, {detail(line)}, {rupiah(line.total)}" for line in shopping.lines]


def _total(what: str, amount: int) -> str:
    return f"{what} {rupiah(amount)}"

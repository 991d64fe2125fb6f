"""Rupiah: whole numbers only. Print, parse, say in words, and split without losing one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from pos.errors import Refused
from pos.text import _

Rupiah: TypeAlias = int

MAX_AMOUNT: Rupiah = 1_000_000_000_000  # a document with more than this is a mistake or an attack
MAX_PRICE: Rupiah = 1_000_000_000
COIN: Rupiah = 100  # the smallest that is still in people's pockets: less cannot be paid out

_SIGN = re.compile(r"\Arp\.?\s*")
_DIGITS = re.compile(r"[0-9]{1,15}|[0-9]{1,3}(?:\.[0-9]{3}){1,4}")
_SHORT = re.compile(r"([0-9]{1,6})(?:,([0-9]{1,3}))?\s*(rb|ribu|jt|juta)")
_UNITS = {"rb": 3, "ribu": 3, "jt": 6, "juta": 6}
_ONES = (
    "",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
_GROUPS = ("", "ribu", "juta", "miliar", "triliun")


def plain(amount: Rupiah) -> str:
    """`30000` as `30.000`; negative with a true minus sign (U+2212)."""
    return f"{amount:,}".replace(",", ".").replace("-", "\u2212")


def rupiah(amount: Rupiah) -> str:
    """`30000` as `Rp30.000`, `-5000` as `−Rp5.000` (PUEBI II.H.5: no space, dot for thousands)."""
    sign = "\u2212" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")


def short_amount(amount: Rupiah) -> str:
    """On an axis: `500 rb`, `1,1 jt`, `2,35 M`."""
    for unit, name in ((10**12, _("trillion")), (10**9, _("billion")), (10**6, _("million"))):
        if abs(amount) >= unit:
            tenths = (abs(amount) * 10 + unit // 2) // unit
            whole, part = divmod(tenths, 10)
            words = f"{plain(whole)},{part}" if part else plain(whole)
            return _sign(amount) + f"{words} {name}"
    if abs(amount) >= 1000:
        words = _("{count} thousand").format(count=(abs(amount) + 500) // 1000)
        return _sign(amount) + words
    return plain(amount)


def _sign(amount: Rupiah) -> str:
    return "\u2212" if amount < 0 else ""


def parse_rupiah(text: str) -> Rupiah:
    """What a person wrote as an amount: `Rp 30.000`, `30000`, `30rb`, `1,5 jt`, `Rp1.250.000,-`, `30.000,00`.

    A dot separates thousands, so `1.250` is 1250. Raises Refused for anything that is not surely a whole
    number of Rupiah from 0 to MAX_AMOUNT: `12,5`, `1.5`, `-1`, `1e6`, `30,000`.
    """
    bare = _SIGN.sub("", text.strip().casefold(), count=1)
    short = _SHORT.fullmatch(bare)
    if short:
        whole, fraction, unit = short.group(1), short.group(2) or "", short.group(3)
        amount = int(whole + fraction.ljust(_UNITS[unit], "0")) if len(fraction) <= _UNITS[unit] else -1
    else:
        digits = bare.removesuffix(",-").removesuffix(",00")
        amount = int(digits.replace(".", "")) if _DIGITS.fullmatch(digits) else -1
    if not 0 <= amount <= MAX_AMOUNT:
        raise Refused(
            _("'{text}' is not an amount in whole Rupiah.").format(text=text[:40]),
            _("Write 30000 or 30.000."),
        )
    return amount


def in_words(amount: Rupiah) -> str:
    """The amount as Indonesian words without "rupiah": 21000 is `dua puluh satu ribu`.

    `se-` stands only for ten, hundred and a thousands group of exactly one (domain.md 2.2). Below 10^15.
    """
    if amount < 0:
        return "minus " + in_words(-amount)
    if amount == 0:
        return "nol"
    groups: list[str] = []
    for name in _GROUPS:
        amount, three = divmod(amount, 1000)
        if three:
            words = "seribu" if (three, name) == (1, "ribu") else f"{_below_thousand(three)} {name}"
            groups.insert(0, words.strip())
    return " ".join(groups)


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = []
    if hundreds:
        words.append("seratus" if hundreds == 1 else f"{_ONES[hundreds]} ratus")
    if rest >= 20:
        tens, ones = divmod(rest, 10)
        words.append(f"{_ONES[tens]} puluh {_ONES[ones]}".strip())
    elif rest >= 12:
        words.append(f"{_ONES[rest - 10]} belas")
    elif rest:
        words.append(_ONES[rest])
    return " ".join(words)


def split(amount: Rupiah, weights: Sequence[int], unit: Rupiah = 1) -> tuple[Rupiah, ...]:
    """Shares of `amount` in proportion to `weights` that always add up to it (largest remainder).

    Ties go to the first. Weights are whole and not negative; when all are 0 the shares are equal. Shares are
    multiples of `unit` Rupiah when `amount` is one. Raises ValueError without weights.
    """
    if unit > 1 and amount % unit == 0:
        return tuple(share * unit for share in split(amount // unit, weights))
    if not weights or min(weights) < 0:
        raise ValueError("weights must be present and not negative")
    total = sum(weights)
    if total == 0:
        return split(amount, [1] * len(weights))
    shares = [amount * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount * weights[i] % total), i))
    for i in by_remainder[: amount - sum(shares)]:
        shares[i] += 1
    return tuple(shares)

"""How the money of sold goods is shared out: the parts, the rule that holds on a day, rupiah for each part.

By default 50 % premium of the inmates, 35 % capital, 15 % state revenue, of the profit (Kepmen Kehakiman
M.01-PP.02.01 of 1990, domain.md 3.1); other rules are in use, so an office may set its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pos.errors import Refused
from pos.money import Rupiah, split
from pos.text import _

PROFIT, TURNOVER = "profit", "turnover"
BASES = (PROFIT, TURNOVER)
STATE = "state"
PARTS = ("premium", "capital", STATE, "institution", "booth")
BEARERS = ("capital", "institution")  # of a loss; where there is neither, whoever comes first


@dataclass(frozen=True, slots=True)
class Money:
    """What came of some goods: pieces net of what came back, Rupiah.

    `cost` is that of the pieces whose cost was known when they were sold; `unsplit` the turnover of the
    others, of which there are `uncosted`.
    """

    qty: int = 0
    turnover: Rupiah = 0
    cost: Rupiah = 0
    uncosted: int = 0
    unsplit: Rupiah = 0

    @property
    def profit(self) -> Rupiah:
        """Turnover less cost, of the pieces whose cost is known."""
        return self.turnover - self.unsplit - self.cost

    def __add__(self, other: Money) -> Money:
        return Money(
            self.qty + other.qty,
            self.turnover + other.turnover,
            self.cost + other.cost,
            self.uncosted + other.uncosted,
            self.unsplit + other.unsplit,
        )

    def __sub__(self, other: Money) -> Money:
        return self + Money(-other.qty, -other.turnover, -other.cost, -other.uncosted, -other.unsplit)


@dataclass(frozen=True, slots=True)
class Split:
    """A rule: which part gets how many percent of the base (one of BASES), together 100.

    It holds from the business day `since` (ISO) until another one begins; "" is since ever.
    """

    since: str = ""
    base: str = PROFIT
    shares: tuple[tuple[str, int], ...] = (("premium", 50), ("capital", 35), (STATE, 15))

    def of(self, money: Money) -> Rupiah:
        """What is shared out of `money`."""
        return money.profit if self.base == PROFIT else money.turnover


STANDARD = Split()


def part_name(part: str) -> str:
    """What a part is called in the language in use; an unknown one stands for itself."""
    return {
        "premium": _("Inmates' premium"),
        "capital": _("Production capital"),
        STATE: _("State revenue (PNBP)"),
        "institution": _("The institution"),
        "booth": _("The booth"),
    }.get(part, part)


def base_name(base: str) -> str:
    """What a base is called in the language in use."""
    return _("Profit") if base == PROFIT else _("Turnover")


def check_split(found: Split) -> None:
    """Raise Refused for a rule that cannot be one."""
    parts = [part for part, _percent in found.shares]
    if found.base not in BASES:
        raise Refused(_("'{base}' is not what can be shared out.").format(base=found.base[:40]))
    if not parts or not set(parts) <= set(PARTS) or len(set(parts)) < len(parts):
        raise Refused(_("Each part is one of {known}, and once only.").format(known=", ".join(PARTS)))
    percents = [percent for _part, percent in found.shares]
    if any(type(percent) is not int or not 0 <= percent <= 100 for percent in percents):
        raise Refused(_("A part is a whole percent from 0 to 100."))
    if sum(percents) != 100:
        raise Refused(
            _("The parts come to {sum} %, not to 100 %.").format(sum=sum(percents)),
            _("Change one of them until they do."),
        )


def split_on(known: Sequence[Split], day: str) -> Split:
    """The rule of a business day (ISO); `known` goes from the first to the last."""
    holding = STANDARD
    for one in known:
        if one.since <= day:
            holding = one
    return holding


def share_out(rule: Split, money: Money) -> tuple[Rupiah, ...]:
    """Rupiah for each part of `rule`; they always add up to what is shared out (largest remainder).

    Of a loss nobody gets anything: it is borne by one part alone.
    """
    amount = rule.of(money)
    parts = [part for part, _percent in rule.shares]
    if amount < 0:
        bearer = next((part for part in BEARERS if part in parts), parts[0])
        return tuple(amount if part == bearer else 0 for part in parts)
    return split(amount, [percent for _part, percent in rule.shares])


def added_up(money: Iterable[Money]) -> Money:
    """The sum."""
    whole = Money()
    for one in money:
        whole += one
    return whole

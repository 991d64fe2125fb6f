"""P8: a clock that jumps by hours and years, both ways, changes no order, no number and no sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from pos.cart import Cart
from pos.checkout import checkout
from pos.clock import Clock
from pos.ledger import Ledger, open_ledger
from pos.payments import settle
from pos.refunds import void
from pos.shifts import current_shift, days_of, oddities
from tests.books import MOMENT, WIB, cart_of, end_shift, next_shift
from tests.faults.bare import STAN, books
from tests.faults.goods import GOODS
from tests.faults.parts import Figure, Scale
from tests.faults.trial import World
from tests.faults.walks import WALKS, Tell

_HOUR, _YEAR = 3_600, 31_557_600
_JUMPS = (1, -1, _HOUR, -_HOUR, 26 * _HOUR, -26 * _HOUR, _YEAR, -_YEAR, 30 * _YEAR, -30 * _YEAR)
_FIRST, _LAST = 0, 200 * _YEAR  # 1970 to 2170: what a cheap mainboard may show


@dataclass(slots=True)
class Hands:
    """The hands of a clock, moved by somebody."""

    at: float = MOMENT.timestamp()

    def move(self, chance: Random) -> None:
        """A jump; mostly only a minute passes."""
        jump = chance.choice(_JUMPS) if chance.random() < 0.5 else 60
        self.at = min(max(self.at + jump, _FIRST), _LAST)


def jumping_clocks(world: World, chance: Random, scale: Scale, _names: Sequence[str]) -> Iterator[Figure]:
    """A till sells, takes back, closes and opens shifts, and is started anew, while the clock jumps."""
    figure = Figure("P8", "clock jumps", f"{scale.sales} sales")
    trial = world.trial("till")
    path, hands = trial.folder / STAN, Hands()
    clock = Clock(WIB, lambda: hands.at, lambda: 0.0)
    ledger = open_ledger(path, clock)
    broken, before = [], books(path)
    for n in range(1, scale.sales + 1):
        hands.move(chance)
        shift = current_shift(ledger)
        assert shift is not None
        cart = Cart(f"jam-{n}", cart_of(ledger, GOODS).lines)
        sale = checkout(ledger, cart, [settle("cash", cart.total)], shift, "rina")
        if sale.number != n:
            broken.append(f"sale {n} got the number {sale.number}")
        if n % 7 == 0:
            void(ledger, sale, shift, "rina", "salah pilih")
        if n % 10 == 0:
            end_shift(ledger)
            ledger.close()
            ledger = open_ledger(path, clock)
            hands.move(chance)
            broken += _asked(ledger, hands)
            next_shift(ledger, "rina", ledger.clock.now().date(), 50_000)
        figure = figure.plus(1, ())
    ledger.close()
    found = books(path)
    broken += [*found.problems, *(f"lost {place}" for place in before.hashes if place not in found.hashes)]
    if ill := WALKS["examine"].act(trial.folder, Tell(trial.folder / "kata", None)):
        broken.append(ill[1])
    trial.done()
    yield figure.plus(0, broken, where="at the end", times=0)


def _asked(ledger: Ledger, hands: Hands) -> Iterator[str]:
    """A day before the last one, or far behind it, is asked about before a shift is opened for it."""
    days = days_of(ledger)
    today = ledger.clock.now().date()
    last = days.closing
    if last and today < last.day and not oddities(days, today):
        yield f"the day goes back from {last.day} to {today} ({hands.at:.0f}) without a question"

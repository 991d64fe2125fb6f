"""The rush: when sales follow each other so fast that nothing optional has a place, and what sells then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pos.model import Sale

# Six sales in two minutes are one every 20 s: a sale alone takes 5 to 15 s at the till, so by then nobody
# puts the money away between two buyers. A usual hour of an exhibition has 20 to 40.
SALES, WITHIN = 6, timedelta(minutes=2)
PAST = timedelta(hours=1)
MOST = 10  # best sellers


@dataclass(frozen=True, slots=True)
class Sold:
    """When something was sold, and the pieces by SKU."""

    at: datetime
    pieces: tuple[tuple[str, int], ...]


def sold_of(sale: Sale) -> Sold:
    """What matters here of a sale."""
    return Sold(sale.at, tuple((line.sku, line.qty) for line in sale.lines))


def is_rush(sold: Sequence[Sold], now: datetime) -> bool:
    """Whether the newest sales came that fast; `sold` is in their order."""
    return len(sold) >= SALES and sold[-1].at <= now and now - sold[-SALES].at <= WITHIN


def lately(sold: Sequence[Sold], now: datetime) -> list[Sold]:
    """Those of the last hour."""
    return [one for one in sold if now - one.at <= PAST]


def best_sellers(sold: Sequence[Sold], former: Sequence[str] = (), most: int = MOST) -> tuple[str, ...]:
    """The SKUs that sold in most sales, at most so many, the best first.

    Those of `former` that are still among them keep their places, so that a hand finds them where they were;
    new ones take the places that became free.
    """
    counts = Counter(sku for one in sold for sku, _qty in one.pieces)
    best = [sku for sku, _count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))][:most]
    fresh = iter([sku for sku in best if sku not in former])
    kept = [sku if sku in best else next(fresh, "") for sku in former]
    return tuple(filter(None, [*kept, *fresh]))

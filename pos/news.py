"""What came home, from the office or a booth's other laptop: which cards are other ones than before."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from pos.ledger import Ledger
from pos.tables import PRODUCT, STAFF
from pos.text import _, ngettext


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of a ledger at one moment: of each product its price and the whole card, of each person."""

    goods: dict[str, tuple[int, tuple[object, ...]]]
    people: dict[str, tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class News:
    """How many goods are new, have another price, are otherwise another, and how many people changed."""

    goods: int = 0
    prices: int = 0
    changed: int = 0
    people: int = 0

    def __bool__(self) -> bool:
        return bool(self.goods or self.prices or self.changed or self.people)


def cards_of(ledger: Ledger) -> Cards:
    """The cards as they are now."""
    about = [column for column in PRODUCT.c if column.name not in ("revision", "at", "device", "seq")]
    with ledger.read() as conn:
        goods = {row.sku: (row.price, tuple(row)) for row in conn.execute(select(*about))}
        people = conn.execute(select(STAFF.c.code, STAFF.c.name, STAFF.c.role, STAFF.c.pin))
        return Cards(goods, {row.code: tuple(row) for row in people})


def news_between(before: Cards, after: Cards) -> News:
    """What is other in `after`; a new price counts as that alone, whatever else changed."""
    new = after.goods.keys() - before.goods.keys()
    both = after.goods.keys() & before.goods.keys()
    prices = {sku for sku in both if after.goods[sku][0] != before.goods[sku][0]}
    changed = {sku for sku in both - prices if after.goods[sku] != before.goods[sku]}
    people = [code for code, card in after.people.items() if before.people.get(code) != card]
    return News(len(new), len(prices), len(changed), len(people))


def news_text(news: News) -> str:
    """`Diterima: 2 barang baru, 3 harga berubah`; empty when nothing is other."""
    parts = (
        (news.goods, ngettext("{count} new product", "{count} new products", news.goods)),
        (news.prices, ngettext("{count} new price", "{count} new prices", news.prices)),
        (news.changed, ngettext("{count} product changed", "{count} products changed", news.changed)),
        (news.people, ngettext("{count} person", "{count} people", news.people)),
    )
    told = ", ".join(words.format(count=count) for count, words in parts if count)
    return _("Received: {news}").format(news=told) if told else ""

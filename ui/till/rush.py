"""Rush mode: the hour's best sellers in tiles of double size, nothing asked, paper only when wanted.

It begins by itself when sales come fast, or by hand; a tap on any other chip ends it. Tiles change only while
the last page of a sale covers them, or when somebody asks for it: never under a finger that fills a cart.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, SignalInstance

from pos.model import Sale
from pos.rush import MOST, Sold, best_sellers, is_rush, lately, sold_of
from pos.text import _
from ui import work
from ui.app import App
from ui.till.goods import Item, Shelf
from ui.till.goods_pane import RUSH
from ui.till.till_screen import TillScreen

QUIET_MS = 15 * 60_000  # after somebody ended it: so long it does not begin by itself


class RushWatch(QObject):
    """Counts the sales, and begins and ends the mode of `till`."""

    def __init__(self, app: App, till: TillScreen, sold: SignalInstance) -> None:
        super().__init__(till)
        self.app = app
        self.till = till
        self._sold: list[Sold] = []
        self._best: tuple[str, ...] = ()
        self._ended_ms: int | None = None
        self.on = app.hurried
        sold.connect(self._count)
        till.rush.connect(self.toggle)
        till.goods.categories.chosen.connect(self._follow)
        if self.on:  # another look, in the middle of it
            self._show()

    def read(self) -> None:
        """What was sold before, asked in the background."""
        from pos.sold_lately import sold_lately

        ledger, now = self.app.ledger, self.app.clock.now()
        work.run(partial(sold_lately, ledger, now), done=self._know)

    def toggle(self) -> None:
        """By hand."""
        if self.on:
            self.till.goods.categories.choose("")
        else:
            self._begin()

    def show_shelf(self) -> None:
        """Other goods, or another stock."""
        if self.on:
            self._show()

    def _know(self, sold: list[Sold]) -> None:
        self._sold = [*sold, *(one for one in self._sold if one not in sold)]
        self.show_shelf()

    def _count(self, sale: Sale) -> None:
        now = self.app.clock.now()
        self._sold = lately([*self._sold, sold_of(sale)], now)
        if self.on:
            self._show()
        elif self.app.switched_on("rush") and not self._is_quiet() and is_rush(self._sold, now):
            self._begin()
            self.till.cart.toast.say(_("Rush mode is on: best sellers first, paper on request"), "flame")

    def _is_quiet(self) -> bool:
        return self._ended_ms is not None and self.app.clock.uptime_ms() - self._ended_ms < QUIET_MS

    def _begin(self) -> None:
        self._set(on=True)
        self._show()
        self.till.goods.categories.choose(RUSH)

    def _show(self) -> None:
        self._best = best_sellers(self._sold, self._best)
        self.till.goods.show_rush(rush_items(self.till.goods.shelf, self._best))

    def _follow(self, key: str) -> None:
        """Another chip was tapped: that is the way out."""
        if self.on and key != RUSH:
            self._ended_ms = self.app.clock.uptime_ms()
            self._set(on=False)
            self.till.goods.show_rush([])

    def _set(self, *, on: bool) -> None:
        self.on = self.app.hurried = self.till.hurried = on


def rush_items(shelf: Shelf, best: tuple[str, ...]) -> list[Item]:
    """The best sellers on the shelf; where they are fewer than ten, its first goods after them."""
    by_sku = {item.product.sku: item for item in shelf.items}
    first = [by_sku[sku] for sku in best if sku in by_sku]
    others = (item for item in shelf.items if item.product.sku not in best and not item.sold_out)
    return [*first, *others][:MOST]

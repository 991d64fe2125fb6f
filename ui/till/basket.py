"""The cart at the till, those put aside, and the way back: carts never change, so former ones are kept.

A basket knows no widget and outlives them all: screens are made anew when theme or language change.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from pos.cart import Cart, new_cart
from pos.draft import HELD, WAITING, Draft, Removal, draft_name, removal
from pos.errors import Refused, UserError
from pos.model import Component, Payment, Product
from pos.text import _

STEPS_BACK = 100
WHOLE = -1  # in the place of a line's number: all of the cart


class Step(NamedTuple):
    """The way back over one change: the cart before it, and what else it did.

    `back` goes among the carts put aside again, `away` are the ids of those that leave them again.
    """

    cart: Cart
    selected: int
    parts: tuple[Payment, ...]
    back: tuple[Draft, ...] = ()
    away: tuple[str, ...] = ()
    removals: tuple[Removal, ...] = ()


class Basket(QObject):
    """What the buyer is about to buy, and the carts of those who come back later.

    Every change can be undone until the cart is paid. `held` are the carts put aside, oldest first; before
    the ledger is open only how many there are (`held_count`). `now` tells the booth's time.
    """

    changed = Signal()  # the cart, its selected line, or the carts put aside
    moved = Signal()  # only the place to which the lines are scrolled
    offered = Signal(str, str)  # a change that one may want back: a sentence, an icon
    removed = Signal(object)  # tuple[Removal, ...]: lines went away unpaid, or came back
    refused = Signal(UserError)
    asked = Signal()  # somebody wants to see the carts put aside

    def __init__(self, now: Callable[[], datetime], draft: Draft | None = None, held_count: int = 0) -> None:
        """Goes on with `draft` where it was left; `held_count` carts are put aside in the ledger."""
        super().__init__()
        self.now = now
        self._at = draft.at if draft else now()
        self._former: deque[Step] = deque(maxlen=STEPS_BACK)
        self._elsewhere = held_count  # in the ledger, and not read yet
        self.held: tuple[Draft, ...] = ()
        self.restored = draft is not None  # and nobody has been told so
        self.cart, self.selected, self.top = new_cart(), -1, 0
        self.parts: tuple[Payment, ...] = ()
        self.last_content: dict[str, tuple[Component, ...]] = {}  # what was last chosen for a bundle, by SKU
        if draft:
            self._open(draft)

    @property
    def held_count(self) -> int:
        """How many carts are put aside."""
        return self._elsewhere + len(self.held)

    @property
    def draft(self) -> Draft:
        """The open cart as it is to be found again after a power cut."""
        return Draft(self.cart, self._at, self.selected, parts=self.parts, top=self.top)

    def add(self, product: Product, qty: int = 1, chosen: tuple[Component, ...] = ()) -> None:
        """Put `qty` pieces in; their line becomes the selected one. `chosen` is what one bundle holds."""
        cart = self._tried(lambda: self.cart.add(product, qty, chosen))
        if cart:
            self._note_content(product, chosen)
            self.become(cart, cart.place(product, chosen))

    def fill(self, row: int, chosen: tuple[Component, ...]) -> None:
        """Put another content into the bundles of line `row`."""
        cart = self._tried(lambda: self.cart.with_content(row, chosen))
        if cart:
            self._note_content(cart.lines[row].product, chosen)
            if cart != self.cart:
                self.become(cart, row)

    def step(self, row: int, by: int) -> None:
        """Change the quantity of line `row` by `by` pieces; below one it is removed."""
        if not 0 <= row < len(self.cart.lines):
            return
        qty = self.cart.lines[row].qty + by
        if qty <= 0:
            self.remove(row)
            return
        cart = self._tried(lambda: self.cart.with_qty(row, qty))
        if cart:
            self.become(cart, row)

    def remove(self, row: int) -> None:
        """Take line `row` out."""
        if 0 <= row < len(self.cart.lines):
            line, cart = self.cart.lines[row], self.cart.without(row)
            if not cart.lines:  # the next buyer must not get this one's discount
                cart = cart.with_percent_off(0)
            self.become(cart, min(row, len(cart.lines) - 1), (removal(self.cart, line),))
            self.offered.emit(_("{name} removed").format(name=line.product.name), "trash-2")

    def clear(self) -> None:
        """Take all lines out; the next cart is another one."""
        if self.cart.lines and self._may_go(self.parts):
            self.become(new_cart(), -1, _removals(self.cart))
            self.offered.emit(_("Cart cleared"), "trash-2")

    def become(self, cart: Cart, selected: int | None = None, removals: tuple[Removal, ...] = ()) -> None:
        """Go on with `cart`, the next one after what was done to the present one."""
        self._remember(removals=removals)
        self.cart = cart
        self.selected = self.selected if selected is None else selected
        self._tell(removals)

    def select(self, row: int) -> None:
        """Make `row` the selected line, as far as there is such a line."""
        if self.cart.lines:
            self.selected = max(0, min(row, len(self.cart.lines) - 1))
            self.changed.emit()

    def scroll(self, top: int) -> None:
        """Line `top` is the first in sight."""
        if top != self.top:
            self.top = top
            self.moved.emit()

    def receive(self, parts: Iterable[Payment]) -> None:
        """These parts of the cart have been paid."""
        self.parts = tuple(parts)
        self._tell()

    def hold(self, *, waiting: bool = False) -> None:
        """Put the cart aside; `waiting` for a payment that is still to come."""
        if self.cart.lines:
            aside = self._aside(WAITING if waiting else HELD)
            self._remember(away=(aside.cart.id,))
            self.held = (*self.held, aside)
            self._open(Draft(new_cart(), self.now()))
            self._tell()
            self.offered.emit(_("Put aside: {name}").format(name=aside.cart.lines[0].product.name), "pause")

    def recall(self, cart: str) -> None:
        """Go on with the cart of this id that was put aside; the present one is put aside for it."""
        wanted = self._held(cart)
        aside = (self._aside(HELD),) if self.cart.lines else ()
        self._remember(back=(wanted,), away=tuple(draft.cart.id for draft in aside))
        self.held = (*(draft for draft in self.held if draft is not wanted), *aside)
        self._open(wanted)
        self._tell()

    def rename(self, cart: str, name: str) -> None:
        """Call a cart that was put aside `name`."""
        former = self._held(cart)
        self._remember(back=(former,), away=(cart,))
        self.held = tuple(replace(one, name=name) if one is former else one for one in self.held)
        self._tell()

    def give_up(self, cart: str) -> None:
        """The buyer of a cart that was put aside does not come back."""
        gone = self._held(cart)
        if not self._may_go(gone.parts):
            return
        removals = _removals(gone.cart)
        self._remember(back=(gone,), removals=removals)
        self.held = tuple(draft for draft in self.held if draft is not gone)
        self._tell(removals)
        self.offered.emit(_("{name} removed").format(name=draft_name(gone)), "trash-2")

    def undo(self) -> bool:
        """Back to before the last change; False when there is none."""
        if not self._former:
            return False
        last = self._former.pop()
        if last.cart.id != self.cart.id:  # what was paid of a cart stays paid, whatever is undone in it
            self.parts = last.parts
        self.cart, self.selected = last.cart, last.selected
        kept = (draft for draft in self.held if draft.cart.id not in last.away)
        self.held = tuple(sorted((*kept, *last.back), key=lambda draft: (draft.at, draft.cart.id)))
        self._tell(tuple(replace(one, undone=True) for one in last.removals))
        return True

    def start_anew(self) -> None:
        """An empty cart for the next buyer; nothing can be undone into it."""
        self._former.clear()
        self._open(Draft(new_cart(), self.now()))
        self._tell()

    def learn(self, held: tuple[Draft, ...]) -> None:
        """The ledger was read: these carts were put aside before the program began."""
        self._elsewhere = 0
        self.held = (*held, *self.held)
        self.changed.emit()

    def _open(self, draft: Draft) -> None:
        self.cart, self.selected, self.parts, self.top = draft.cart, draft.selected, draft.parts, draft.top

    def _aside(self, state: str) -> Draft:
        return replace(self.draft, at=self.now(), state=state)

    def _held(self, cart: str) -> Draft:
        return next(draft for draft in self.held if draft.cart.id == cart)

    def _may_go(self, parts: tuple[Payment, ...]) -> bool:
        """Whether a cart may be given up: not when money was taken for it."""
        if parts:
            told = Refused(_("Part of this cart has been paid."), _("Finish its payment first."))
            self.refused.emit(told)
        return not parts

    def _remember(
        self,
        back: tuple[Draft, ...] = (),
        away: tuple[str, ...] = (),
        removals: tuple[Removal, ...] = (),
    ) -> None:
        self._former.append(Step(self.cart, self.selected, self.parts, back, away, removals))

    def _tell(self, removals: tuple[Removal, ...] = ()) -> None:
        self._at = self.now()
        self.changed.emit()
        if removals:
            self.removed.emit(removals)

    def _note_content(self, product: Product, chosen: tuple[Component, ...]) -> None:
        if chosen:
            self.last_content[product.sku] = chosen

    def _tried(self, make: Callable[[], Cart]) -> Cart | None:
        try:
            return make()
        except UserError as error:
            self.refused.emit(error)
            return None


def _removals(cart: Cart) -> tuple[Removal, ...]:
    return tuple(removal(cart, line) for line in cart.lines)

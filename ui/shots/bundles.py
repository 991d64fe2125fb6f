"""States of hampers: what the buyer chooses is asked for, stands in the cart, and is packed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pos.model import Component, Product
from pos.receipts.packing_slip import packing_slip
from pos.text import _
from ui.shots.studio import Stage

PIECES = 2  # of the first component: a bundle that is not full yet


def choice(stage: Stage) -> Product:
    """The first bundle of the catalogue that the buyer fills. Raises StopIteration without one."""
    return next(item.product for item in stage.desk.shelf.items if item.product.choose)


def picking(stage: Stage) -> QWidget:
    """Some of its places are filled, with something of what lies in the cart already."""
    product, basket = choice(stage), stage.desk.basket
    first, second = product.components[0], product.components[1]
    basket.last_content[product.sku] = _content(first, second, product.choose)
    stage.desk.till.put(product, 1)
    for _time in range(min(PIECES, product.choose - 1)):
        stage.press("+")
    stage.rest()
    return stage.frame


def filled(stage: Stage) -> QWidget:
    """Its line in the cart, with its buttons and the words of its card."""
    product, basket = choice(stage), stage.desk.basket
    basket.add(product, 2, _content(product.components[0], product.components[1], product.choose))
    basket.become(basket.cart.with_note(basket.selected, _("Happy Eid, and forgive us, body and soul")))
    stage.rest()
    return stage.frame


def packing(stage: Stage) -> QWidget:
    """The sale of such a bundle is done, and its packing slip is shown."""
    filled(stage)
    stage.press("F10")
    sale, done = stage.desk.sale, stage.desk.done
    if sale is not None and done is not None:  # not by its button: that prints, too
        done.view.show_packing(packing_slip(stage.app.ledger, sale))
    stage.rest()
    return stage.frame


def _content(first: Component, second: Component, pieces: int) -> tuple[Component, ...]:
    return (Component(first.sku, pieces - 1), Component(second.sku, 1)) if pieces > 1 else (first,)
